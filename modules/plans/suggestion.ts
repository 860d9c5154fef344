/** The arithmetic of a suggested plan. Pure: figures and dates in, a draft out. */
import type { Alert } from '#alerts/contract'
import type { Indicator } from '#measurement/contract'
import type { Grain } from '#platform/contract'
import { sayIn } from '#platform/web/words.ts'
import type { PlanDraft } from './contract.ts'
import { words } from './words.ts'

/** Periods of baseline and of proof a suggestion asks for: enough for a segmented regression with a season of a week or a year. */
const BASELINE_PERIODS = { day: 182, week: 52, month: 24 } as const
const PROOF_PERIODS = { day: 90, week: 13, month: 8 } as const
/** The goal closes the gap to the baseline or target; the smallest effect worth having is half of it. */
const SMALLEST_SHARE_OF_GAP = 0.5

export interface SuggestionInput {
  readonly alert: Alert
  readonly indicator: Indicator
  readonly today: string
  readonly grain: 'day' | 'week' | 'month'
  readonly periodStart: string
  readonly ownerId: string
  readonly language: 'zh' | 'en'
  readonly addPeriods: (periodStart: string, grain: Grain, count: number) => string
}

const round = (value: number) => Number(value.toPrecision(3))

export function suggestFrom(input: SuggestionInput): PlanDraft {
  const { alert, indicator, grain, language } = input
  const reading = alert.readings.at(-1)!
  const better = indicator.direction === 'higher-is-better' ? 1 : -1
  const reference = reading.baseline ?? indicator.target ?? reading.level
  const gap = Math.abs(reading.value - reference) || Math.abs(reading.value) * 0.1 || 1
  const interventionOn = input.addPeriods(input.periodStart, grain, 1)
  const endsOn = input.addPeriods(input.addPeriods(interventionOn, grain, PROOF_PERIODS[grain]), 'day', -1)
  const names = { entity: alert.entity.name, indicator: indicator.title[language] }
  const figures = {
    period: reading.periodStart,
    value: round(reading.value),
    n: reading.n,
    reference: round(reference),
  }
  return {
    title: sayIn(language, words.suggestedTitle, names),
    kind: 'rectification',
    entity: alert.entity.key,
    alertId: alert.id,
    currentState: sayIn(language, words.suggestedState, { ...names, ...figures }),
    goal: {
      indicator: indicator.id,
      entity: alert.entity.key,
      fromValue: round(reading.value),
      toValue: round(reading.value + better * gap),
      byDate: endsOn,
    },
    measures: [],
    tasks: [],
    interventionOn,
    verification: {
      grain,
      baselineFrom: input.addPeriods(input.periodStart, grain, -BASELINE_PERIODS[grain]),
      endsOn,
      smallestEffect: round(gap * SMALLEST_SHARE_OF_GAP),
      seasonPeriods: grain === 'day' ? 7 : 0,
    },
  }
}
