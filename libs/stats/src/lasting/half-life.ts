import { leastSquares } from '../regression/least-squares.ts'
import { neweyWestCovariance } from '../regression/newey-west-covariance.ts'
import { figuresOf } from '../interrupted/series-figures.ts'
import type { PeriodEffect } from './effect-decay.ts'

export type HalfLifeResult =
  | {
      kind: 'half-life'
      /** Effect at the time of the measure. */
      initial: number
      /** Share lost per period, continuously; negative: the effect grows. */
      rate: number
      rateStandardError: number
      /** log 2 / rate, Infinity when the effect does not fade, and the interval that follows from that of the rate. */
      halfLife: number
      lower: number
      upper: number
      confidence: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite' | 'not-converged'; detail: string }

const LEAST_PERIODS = 6
const MOST_ROUNDS = 200

/**
 * Half-life of an effect that fades exponentially.
 *
 * When to use: training, campaigns, reminders: effects that are forgotten in proportion to what is left.
 * Formula in words: effect = initial exp(-rate since), by nonlinear least squares (Gauss-Newton with halved steps); errors by Newey-West on the
 * gradients; the half-life is log 2 over the rate, its limits those of the rate turned over.
 * Sources: Bates and Watts (1988), Nonlinear Regression Analysis, section 2.2; Newey and West (1987). R: nls.
 * Arguments: `lag` of Newey-West, 0 for independent periods. Units: periods.
 * Edge cases: fewer than six periods 'too-few'; all effects 0 or no residual 'constant'; no minimum found 'not-converged' (an effect that
 * changes sign has no half-life). Errors: RangeError for a lag not whole from 0. Cost: some ten fits.
 */
export function effectHalfLife(input: {
  effects: readonly PeriodEffect[]
  lag: number
  confidence?: number
}): HalfLifeResult {
  const { effects, lag, confidence = 0.95 } = input
  if (!Number.isInteger(lag) || lag < 0) throw new RangeError(`lag must be a whole number from 0, got ${lag}`)
  if (!effects.every(({ since, effect }) => Number.isFinite(since) && Number.isFinite(effect)))
    return { kind: 'cannot', because: 'not-finite', detail: 'a time or effect is not a finite number' }
  if (effects.length < LEAST_PERIODS)
    return { kind: 'cannot', because: 'too-few', detail: `${effects.length} periods, ${LEAST_PERIODS} are needed` }
  const size = Math.max(...effects.map(({ effect }) => Math.abs(effect)))
  if (size === 0) return { kind: 'cannot', because: 'constant', detail: 'all effects are 0' }
  const found = descend(effects, size)
  if (!found) return { kind: 'cannot', because: 'not-converged', detail: 'the effects follow no exponential course' }
  const rows = effects.map(({ since }) => gradient(found, since))
  const residuals = effects.map(({ since, effect }) => effect - found.initial * Math.exp(-found.rate * since))
  const fit = leastSquares({ rows, response: residuals })
  if (fit.kind === 'cannot') return { kind: 'cannot', because: 'not-converged', detail: fit.detail }
  if (Math.max(...residuals.map(Math.abs)) <= 1e-9 * size)
    return {
      kind: 'cannot',
      because: 'constant',
      detail: 'the effects follow the curve without residual: no error can be estimated',
    }
  const scores = rows.map((row, t) => row.map((x) => x * residuals[t]!))
  const covariance = neweyWestCovariance({
    scores,
    unscaledCovariance: fit.unscaledCovariance,
    lag,
    smallSample: 'adjusted',
  })
  const { effect } = figuresOf(
    { coefficients: [found.initial, found.rate], covariance, degreesOfFreedom: effects.length - 2 },
    confidence,
  )
  const rate = effect([0, 1])
  const turned = (value: number): number => (value > 0 ? Math.LN2 / value : Number.POSITIVE_INFINITY)
  return {
    kind: 'half-life',
    initial: found.initial,
    rate: rate.estimate,
    rateStandardError: rate.standardError,
    halfLife: turned(rate.estimate),
    lower: turned(rate.upper),
    upper: turned(rate.lower),
    confidence,
  }
}

interface Curve {
  initial: number
  rate: number
}

function gradient({ initial, rate }: Curve, since: number): [number, number] {
  const left = Math.exp(-rate * since)
  return [left, -initial * since * left]
}

function descend(effects: readonly PeriodEffect[], size: number): Curve | null {
  const squares = ({ initial, rate }: Curve): number =>
    effects.reduce((sum, { since, effect }) => sum + (effect - initial * Math.exp(-rate * since)) ** 2, 0)
  const span = Math.max(...effects.map(({ since }) => Math.abs(since))) || 1
  // For every rate the best initial effect is a mean: a coarse look over rates gives the start.
  let curve: Curve = { initial: 0, rate: 0 }
  let least = Number.POSITIVE_INFINITY
  for (let step = -4; step <= 40; step++) {
    const rate = (step / 4) * (1 / span)
    const [above, below] = effects.reduce(
      ([a, b], { since, effect }) => [a + effect * Math.exp(-rate * since), b + Math.exp(-2 * rate * since)],
      [0, 0],
    )
    const tried = { initial: above / below, rate }
    if (squares(tried) >= least) continue
    least = squares(tried)
    curve = tried
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const rows = effects.map(({ since }) => gradient(curve, since))
    const response = effects.map(({ since, effect }) => effect - curve.initial * Math.exp(-curve.rate * since))
    const step = leastSquares({ rows, response })
    if (step.kind === 'cannot') return null
    let share = 1
    let next = curve
    for (; share > 1e-10; share /= 2) {
      next = {
        initial: curve.initial + share * step.coefficients[0]!,
        rate: curve.rate + share * step.coefficients[1]!,
      }
      if (squares(next) <= least) break
    }
    if (share <= 1e-10) return curve
    const moved = Math.abs(next.initial - curve.initial) / size + Math.abs(next.rate - curve.rate) * span
    least = squares(next)
    curve = next
    if (moved < 1e-11) return curve
  }
  return null
}
