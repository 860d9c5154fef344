/** Decisions of `verification`: which observations count, and what they say about the measure. */
import { interruptedSeries } from '#stats/interrupted/interrupted-series'
import type { Effect, InterruptedSeriesEstimate, Season } from '#stats/interrupted/series-contract'
import type { Verdict } from './contract.ts'

/** The parts of a frozen design the verdict depends on. */
export interface VerdictDesign {
  readonly direction: 'higher-is-better' | 'lower-is-better'
  readonly interventionOn: string
  readonly smallestEffect: number
  readonly seasonPeriods: number
  readonly errorRate: number
}

/** One period of the series: its first and last day, what was measured. */
export interface Observation {
  readonly periodStart: string
  readonly periodEnd: string
  readonly numerator: number
  readonly denominator: number
  readonly n: number
  readonly value: number | null
  /** Proportional to 1 / variance; 1 where the indicator's kind gives none. */
  readonly weight: number
}

/** Two-sided risk of calling a measure effective that is not. */
export const ERROR_RATE = 0.05
/**
 * From this many periods on Newey-West errors are used; below, Prais-Winsten. Measured by simulation on series of 24 to 60 points with
 * correlated errors, Newey-West intervals meant to hold 95 % held 71 to 90 %, Prais-Winsten 92 to 96 % (docs/decisions/0003).
 */
export const NEWEY_WEST_FROM_PERIODS = 200
/** Seasons up to a week long get a dummy for each period; longer ones two harmonics, so that two years suffice. */
const LONGEST_DUMMY_SEASON_PERIODS = 7
const HARMONICS = 2

function seasonOf(periods: number): Season {
  if (periods < 2) return { kind: 'none' }
  if (periods <= LONGEST_DUMMY_SEASON_PERIODS) return { kind: 'dummies', period: periods }
  return { kind: 'fourier', period: periods, harmonics: Math.min(HARMONICS, Math.floor(periods / 2)) }
}

export interface Conclusion {
  readonly outcome: Verdict['outcome']
  readonly because: Verdict['because']
  readonly estimate: InterruptedSeriesEstimate | null
  /** How the errors of neighbouring periods were treated. */
  readonly errors: 'newey-west' | 'prais-winsten' | null
  readonly lines: ReadonlyMap<
    string,
    { fitted: number; counterfactual: number | null; low: number | null; high: number | null }
  >
  readonly periodsBefore: number
  readonly periodsAfter: number
}

/**
 * The verdict. A segmented regression with errors that allow for correlated neighbours estimates the mean difference from the counterfactual after the
 * measure; it is turned so that positive is better and held against 0 and the smallest effect worth having:
 *
 * - harmful (not effective): the whole interval lies below 0;
 * - not effective: the whole interval lies below the smallest effect, so whatever it did is too little;
 * - effective: the whole interval lies above 0 and reaches the smallest effect;
 * - undecided: the interval holds both nothing and something worth having, or the data cannot tell.
 *
 * A period the measure began in the middle of belongs to neither side and is left out.
 */
export function conclude(design: VerdictDesign, observations: readonly Observation[]): Conclusion {
  const used = observations.flatMap((observation, time) => {
    const transition = observation.periodStart < design.interventionOn && observation.periodEnd >= design.interventionOn
    return observation.value === null || transition ? [] : [{ observation, time }]
  })
  const after = observations.findIndex((observation) => observation.periodStart >= design.interventionOn)
  const counts = {
    periodsBefore: used.filter(({ observation }) => observation.periodStart < design.interventionOn).length,
    periodsAfter: used.filter(({ observation }) => observation.periodStart >= design.interventionOn).length,
  }
  const nothing = { estimate: null, errors: null, lines: new Map(), ...counts }
  if (after < 0) return { outcome: 'undecided', because: 'after-too-short', ...nothing }
  const errors = used.length >= NEWEY_WEST_FROM_PERIODS ? 'newey-west' : 'prais-winsten'
  const result = interruptedSeries({
    points: used.map(({ observation, time }) => ({ time, value: observation.value!, weight: observation.weight })),
    interventionTime: after,
    season: seasonOf(design.seasonPeriods),
    standardErrors: errors,
    confidence: 1 - design.errorRate,
  })
  if (result.kind === 'cannot') return { outcome: 'undecided', because: result.because, ...nothing }
  return {
    ...judge(design, result.averageEffect),
    estimate: result,
    errors,
    lines: linesOf(observations, result),
    ...counts,
  }
}

function judge(design: VerdictDesign, effect: Effect): Pick<Conclusion, 'outcome' | 'because'> {
  const better = design.direction === 'higher-is-better' ? 1 : -1
  const [low, high] = better === 1 ? [effect.lower, effect.upper] : [-effect.upper, -effect.lower]
  if (high < 0) return { outcome: 'not-effective', because: 'harmful' }
  if (high < design.smallestEffect) return { outcome: 'not-effective', because: null }
  if (low > 0) return { outcome: 'effective', because: null }
  return { outcome: 'undecided', because: 'interval-includes-both' }
}

function linesOf(observations: readonly Observation[], estimate: InterruptedSeriesEstimate): Conclusion['lines'] {
  const counterfactual = new Map(estimate.counterfactual.map((point) => [point.time, point]))
  return new Map(
    estimate.fitted.map((point) => {
      const without = counterfactual.get(point.time)
      const line = {
        fitted: point.fitted,
        counterfactual: without?.fitted ?? null,
        low: without?.lower ?? null,
        high: without?.upper ?? null,
      }
      return [observations[point.time]!.periodStart, line]
    }),
  )
}

/** The effect as the verdict states it. */
export const toEstimate = (effect: Effect) => ({
  value: effect.estimate,
  standardError: effect.standardError,
  low: effect.lower,
  high: effect.upper,
  p: effect.pValue,
})
