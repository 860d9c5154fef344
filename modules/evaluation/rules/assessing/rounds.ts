/** When judgements of a period are taken: while it runs and some days after. */
import { ASSESSMENT_DAYS_AFTER } from '../../contract/assessing.ts'
import type { Grain } from '#platform/contract'
import { addPeriods, periodStartOf } from '#platform/periods'

export interface Round {
  readonly periodStart: string
  /** The last day judgements are taken. */
  readonly closesOn: string
  readonly running: boolean
}

const daysLater = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()

/** The last day of the period, and the days of grace after it. */
export const closesOn = (periodStart: string, grain: Grain): string =>
  daysLater(addPeriods(periodStart, grain, 1), ASSESSMENT_DAYS_AFTER - 1)

/** Periods open on a day, the newest first. */
export function openRounds(grain: Grain, day: string): Round[] {
  const running = periodStartOf(day, grain)
  const rounds: Round[] = []
  for (let periodStart = running; closesOn(periodStart, grain) >= day; periodStart = addPeriods(periodStart, grain, -1))
    rounds.push({ periodStart, closesOn: closesOn(periodStart, grain), running: periodStart === running })
  return rounds
}

export const isOpen = (periodStart: string, grain: Grain, day: string): boolean =>
  periodStart <= day && day <= closesOn(periodStart, grain)
