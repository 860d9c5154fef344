import { studentTTail } from '../distributions/student-t-tail.ts'
import { leastSquares } from '../regression/least-squares.ts'
import { neweyWestCovariance } from '../regression/newey-west-covariance.ts'
import { neweyWestLag } from '../regression/newey-west-lag.ts'
import { figuresOf } from '../interrupted/series-figures.ts'
import type { Effect } from '../interrupted/series-contract.ts'

/** Effect of one period after the measure: the figure seen less what was expected without it. */
export interface PeriodEffect {
  /** Periods since the measure, in order. */
  since: number
  effect: number
}

export interface EffectDecay {
  kind: 'decay'
  /** Effect at the time of the measure and its change per period, along a straight line. */
  initial: Effect
  slope: Effect
  /** One-sided p-value that the effect moves towards 0. */
  fadingPValue: number
  /** Periods until half of the initial effect is left, on the straight line; null when it does not fade. */
  halfLife: number | null
  /** Periods after which the line has lost all; null when it does not fade. */
  goneAfter: number | null
  lag: number
}

export type DecayResult =
  | EffectDecay
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite' | 'collinear'; detail: string }

const LEAST_PERIODS = 6

/**
 * Does an effect fade? Slope of the effect over time, with its half-life on a straight line.
 *
 * When to use: some half a year after a measure, on the gaps between figures and counterfactual; before a reward is paid for good.
 * Formula in words: least squares of effect on periods since the measure; errors by Newey-West; fading is a slope towards 0, tested one-sided
 * in that direction; half-life is half the initial effect over minus the slope.
 * Sources: Newey and West (1987), Econometrica 55:703-708; Student (1908).
 * Arguments: `lag` of Newey-West or 'automatic'; in short series it understates errors (see README). Units: of the effect per period.
 * Edge cases: fewer than six periods 'too-few'; effects without residual 'constant'; not finite 'not-finite'; one time only 'collinear'.
 * Errors: RangeError for a lag not whole from 0. Cost: O(T lag).
 */
export function effectDecay(input: {
  effects: readonly PeriodEffect[]
  lag: number | 'automatic'
  confidence?: number
}): DecayResult {
  const { effects, confidence = 0.95 } = input
  if (input.lag !== 'automatic' && (!Number.isInteger(input.lag) || input.lag < 0))
    throw new RangeError(`lag must be a whole number from 0 or 'automatic', got ${input.lag}`)
  if (!effects.every(({ since, effect }) => Number.isFinite(since) && Number.isFinite(effect)))
    return { kind: 'cannot', because: 'not-finite', detail: 'a time or effect is not a finite number' }
  if (effects.length < LEAST_PERIODS)
    return { kind: 'cannot', because: 'too-few', detail: `${effects.length} periods, ${LEAST_PERIODS} are needed` }
  const fit = leastSquares({
    rows: effects.map(({ since }) => [1, since]),
    response: effects.map(({ effect }) => effect),
  })
  if (fit.kind === 'cannot') return fit
  const largest = Math.max(...effects.map(({ effect }) => Math.abs(effect)))
  if (Math.max(...fit.residuals.map(Math.abs)) <= 1e-12 * largest || largest === 0)
    return {
      kind: 'cannot',
      because: 'constant',
      detail: 'the effects follow a line without residual: no error can be estimated',
    }
  const lag = input.lag === 'automatic' ? neweyWestLag(effects.length) : Math.min(input.lag, effects.length - 1)
  const covariance = neweyWestCovariance({
    scores: fit.scores,
    unscaledCovariance: fit.unscaledCovariance,
    lag,
    smallSample: 'adjusted',
  })
  const { effect } = figuresOf({ ...fit, covariance }, confidence)
  const initial = effect([1, 0])
  const slope = effect([0, 1])
  const towards = -Math.sign(initial.estimate) * slope.estimate
  const fades = towards > 0
  return {
    kind: 'decay',
    initial,
    slope,
    fadingPValue: studentTTail(towards / slope.standardError, fit.degreesOfFreedom, 'upper'),
    halfLife: fades ? Math.abs(initial.estimate) / (2 * towards) : null,
    goneAfter: fades ? Math.abs(initial.estimate) / towards : null,
    lag,
  }
}
