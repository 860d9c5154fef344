/** Which periods of a rule are due, and how far back its panel must reach. */
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods, dayOf, lastCompletePeriod, periodStartOf } from '#platform/periods'
import { lookBack } from '../../rules/judging/judge.ts'
import type { RuleRow } from '../../store/rules.ts'

/** Periods one evaluation judges at most; the next one goes on from there. */
export const PERIODS_LIMIT = 800

export interface Due {
  readonly row: RuleRow
  /** First days, rising; the first `silent` of them only find the state again. */
  readonly periods: readonly string[]
  readonly silent: number
  /** First period the panel must hold. */
  readonly from: string
  /** Evaluations that should have taken place before. */
  readonly missed: number
  /** The last of them runs still. */
  readonly running: boolean
}

export interface DueAsked {
  readonly row: RuleRow
  readonly evaluatedTo: string | null
  /** Late data set it back: signals stand further on than `evaluatedTo`. */
  readonly setBack: boolean
  readonly timeZone: string
  /** Also the period that runs now. */
  readonly running: boolean
}

/** Null where nothing is due. */
export function dueOf(context: Context, asked: DueAsked): Due | null {
  const { row, evaluatedTo, setBack, timeZone } = asked
  const { grain, startsOn, steadiness, condition } = row.draft
  const last = lastCompletePeriod(context.now, timeZone, grain)
  const current = periodStartOf(dayOf(context.now, timeZone), grain)
  const startsAt = periodStartOf(startsOn, grain)
  const first = evaluatedTo !== null && evaluatedTo >= startsAt ? addPeriods(evaluatedTo, grain, 1) : startsAt
  const running = asked.running && row.draft.alsoRunning && current >= startsAt
  const judged = periodsBetween(first, running ? current : last, grain)
  if (judged.length === 0) return null
  const silent = setBack ? warmUp(first, startsAt, grain, steadiness.forPeriods + steadiness.quietPeriods) : []
  const periods = [...silent, ...judged]
  return {
    row,
    periods,
    silent: silent.length,
    from: addPeriods(periods[0]!, grain, -lookBack(condition, grain)),
    missed: evaluatedTo === null || setBack ? 0 : Math.max(0, judged.length - (running ? 2 : 1)),
    running: running && judged.at(-1) === current,
  }
}

/** Periods before the first one judged that decide the state it begins in. */
function warmUp(first: string, startsAt: string, grain: Grain, count: number): string[] {
  const from = addPeriods(first, grain, -count)
  return periodsBetween(from < startsAt ? startsAt : from, addPeriods(first, grain, -1), grain)
}

function periodsBetween(first: string, last: string, grain: Grain): string[] {
  const periods: string[] = []
  for (let period = first; period <= last && periods.length < PERIODS_LIMIT; period = addPeriods(period, grain, 1))
    periods.push(period)
  return periods
}
