/** Decisions of `alerts`: does a reading call for somebody, in which colour, and what becomes of the alert. */
import { normalQuantile } from '#stats/distributions/normal-quantile'
import type { Alert, Colour, DutyPolicy, Reading, RuleDraft } from './contract.ts'

/** Until an organisation sets its own (ALR-2). Hours, because red is counted in them. */
export const defaultPolicy: DutyPolicy = {
  yellow: { duty: { zh: '三日内提交整改方案', en: 'Hand in a rectification plan within 3 days' }, dueHours: 72 },
  orange: {
    duty: { zh: '一日内由部门负责人提交整改方案', en: 'Head of department hands in a rectification plan within 1 day' },
    dueHours: 24,
  },
  red: {
    duty: { zh: '立即成立专项小组，两小时内首次报告', en: 'Form a task force at once; first report within 2 hours' },
    dueHours: 2,
  },
}

/** From worst to mildest; the order in which levels are tried. */
export const colours: readonly Colour[] = ['red', 'orange', 'yellow']
export const rankOf = (colour: Colour): number => colours.indexOf(colour) + 1

export type Direction = 'higher-is-better' | 'lower-is-better' | 'neutral'

/** A value with its uncertainty, in the indicator's unit. */
export interface Observed {
  readonly periodStart: string
  readonly value: number | null
  readonly n: number
  readonly low: number | null
  readonly high: number | null
  readonly standardError: number | null
}
/** What the value is held against; null where there is none (too little history). */
export interface Baseline {
  readonly value: number
  readonly standardError: number | null
}

/** How much worse `a` is than `b`, in units of the indicator: positive is worse. Without direction, higher counts as worse. */
const worseBy = (a: number, b: number, direction: Direction) => (direction === 'higher-is-better' ? b - a : a - b)

/**
 * Is the difference more than chance? One-sided normal test of (value - reference) with the standard errors of both.
 * Where an indicator's kind has no standard error, the test cannot be made and the level alone decides.
 */
function beyondChance(worse: number, errors: readonly (number | null)[], confidence: number): boolean {
  if (confidence === 0 || errors.includes(null)) return true
  const standardError = Math.hypot(...(errors as number[]))
  if (standardError === 0) return worse > 0
  return worse / standardError >= normalQuantile(confidence)
}

/** The worst level this observation crosses for certain, or null when nothing calls for anybody. */
export function readPeriod(
  draft: RuleDraft,
  direction: Direction,
  observed: Observed,
  baseline: Baseline | null,
): Reading | null {
  const { condition, confidence, minimumN } = draft
  if (observed.value === null || observed.n < minimumN) return null
  const common = {
    periodStart: observed.periodStart,
    value: observed.value,
    n: observed.n,
    low: observed.low,
    high: observed.high,
  }
  if (condition.kind === 'threshold') {
    for (const colour of colours) {
      const level = condition.levels[colour]
      if (level === null) continue
      const worse = worseBy(observed.value, level, direction)
      if (worse >= 0 && beyondChance(worse, [observed.standardError], confidence))
        return { ...common, baseline: null, level, colour }
    }
    return null
  }
  if (baseline === null || baseline.value === 0) return null
  const worse = worseBy(observed.value, baseline.value, direction)
  const deviationPercent = (100 * worse) / Math.abs(baseline.value)
  if (!beyondChance(worse, [observed.standardError, baseline.standardError], confidence)) return null
  for (const colour of colours) {
    const level = condition.levelsPercent[colour]
    if (level !== null && deviationPercent >= level) return { ...common, baseline: baseline.value, level, colour }
  }
  return null
}

/** Why a rule cannot stand; null when it can. Red must be at least as bad as orange, orange as yellow. */
export function faultOfLevels(draft: RuleDraft, direction: Direction): 'none' | 'contradict' | null {
  const { condition } = draft
  const levels = condition.kind === 'threshold' ? condition.levels : condition.levelsPercent
  const given = colours.flatMap((colour) => levels[colour] ?? [])
  if (given.length === 0) return 'none'
  const badness =
    condition.kind === 'deviation' || direction !== 'higher-is-better' ? given : given.map((level) => -level)
  return badness.some((level, index) => index > 0 && level > badness[index - 1]!) ? 'contradict' : null
}

/** What the decision needs to know of a live alert. */
export interface LiveAlert {
  readonly colour: Colour
  readonly state: Alert['state']
  readonly readings: readonly Reading[]
}
export type AlertDecision =
  | { readonly what: 'none' }
  | {
      readonly what: 'raised' | 'worsened' | 'eased' | 'kept'
      readonly colour: Colour
      readonly readings: readonly Reading[]
    }
  | { readonly what: 'closed' }

/** Readings kept on an alert: two years of weeks. */
export const READINGS_LIMIT = 104

/**
 * One period's step of an alert: (live alert or none, reading or none) -> what becomes of it. Periods come in order; a period that is
 * judged again (late data) replaces its reading. A signal that is gone closes the alert unless a plan works on it: then the
 * plan's verdict does.
 */
export function decideAlert(live: LiveAlert | null, periodStart: string, reading: Reading | null): AlertDecision {
  if (live === null)
    return reading === null ? { what: 'none' } : { what: 'raised', colour: reading.colour, readings: [reading] }
  const others = live.readings.filter((known) => known.periodStart !== periodStart)
  if (reading === null) {
    const later = others.some((known) => known.periodStart > periodStart)
    if (later || live.state === 'planned')
      return { what: 'kept', colour: live.colour, readings: others.length > 0 ? others : live.readings }
    return { what: 'closed' }
  }
  const readings = [...others, reading]
    .toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1))
    .slice(-READINGS_LIMIT)
  const colour = readings.at(-1)!.colour
  const step = rankOf(colour) - rankOf(live.colour)
  return { what: step < 0 ? 'worsened' : step > 0 ? 'eased' : 'kept', colour, readings }
}

/** By when the duty of a colour must be done. Counted on the clock, not in working time: that comes with calendars. */
export const dueAt = (policy: DutyPolicy, colour: Colour, now: Temporal.Instant): Temporal.Instant =>
  now.add({ seconds: Math.round(policy[colour].dueHours * 3600) })
