import { logRisingFactorial } from './log-rising-factorial.ts'
import { type Curvature, maximiseTwo } from './maximise-two.ts'
import { polygammaRise } from './polygamma.ts'

export interface CountedExposure {
  /** Events, a whole number. */
  count: number
  /** What the events are counted over: cases, days, beds; >= 0. */
  exposure: number
}

export interface GammaPrior {
  /** Mean of the groups' true rates, events per unit of exposure. */
  mean: number
  /** Shape of the gamma; null when groups do not differ beyond chance. The prior is worth shape / mean units of exposure. */
  shape: number | null
}

const LEAST_SHAPE = 1e-6
const MOST_SHAPE = 1e8
/** A likelihood this much (relative) above that of chance alone is rounding. */
const NO_GAIN = 1e-11

/**
 * Moments of counts with exposures: mean rate and the spread of true rates.
 *
 * When to use: through `shrinkRates`; fast, no iteration.
 * Formula in words: total count over total exposure; variance of true rates = exposure-weighted variance of the rates less mean rate over
 * mean exposure; shape = mean squared / variance.
 * Source: Marshall (1991), Applied Statistics 40:283-294, section 3.1 (global empirical Bayes).
 * Edge cases: a variance <= 0 gives shape null. Arguments: two groups with exposure, one event. Cost: O(groups).
 */
export function gammaMoments(groups: readonly CountedExposure[]): GammaPrior {
  const used = groups.filter((group) => group.exposure > 0)
  const exposure = used.reduce((sum, group) => sum + group.exposure, 0)
  const mean = used.reduce((sum, group) => sum + group.count, 0) / exposure
  const squares = used.reduce((sum, group) => sum + group.exposure * (group.count / group.exposure - mean) ** 2, 0)
  const variance = squares / exposure - mean / (exposure / used.length)
  const shape = (mean * mean) / variance
  if (!(variance > 0) || shape >= MOST_SHAPE) return { mean, shape: null }
  return { mean, shape: Math.max(LEAST_SHAPE, shape) }
}

/**
 * Maximum of the marginal (negative binomial) likelihood of counts with exposures.
 *
 * When to use: through `shrinkRates`; uses the data best, also with very unequal exposures.
 * Formula in words: damped Newton steps in (log mean, log shape) from the moments; compared with the Poisson limit.
 * Source: negative binomial likelihood, Anscombe (1950), Biometrika 37:358-382; with exposures Clayton and Kaldor (1987), Biometrics
 * 43:671-681, section 3.1.
 * Edge cases: shape null at the Poisson limit, at least 1e-6;
 * null as a whole if the steps do not settle. Arguments: as `gammaMoments`. Cost: O(groups) a step, under 30 steps.
 */
export function gammaLikelihood(groups: readonly CountedExposure[]): GammaPrior | null {
  const start = gammaMoments(groups)
  const used = groups.filter((group) => group.exposure > 0)
  // Exposures over their mean, so that the logarithm of the mean stays moderate whatever their unit.
  const unit = used.reduce((sum, group) => sum + group.exposure, 0) / used.length
  const scaled = used.map(({ count, exposure }) => ({ count, exposure: exposure / unit }))
  const mean = start.mean * unit
  const limits = [
    [Math.log(mean) - 30, Math.log(mean) + 30],
    [Math.log(LEAST_SHAPE), Math.log(MOST_SHAPE)],
  ] as const
  const shape = Math.min(MOST_SHAPE / 10, start.shape ?? 20 * Math.max(1, mean))
  const best = maximiseTwo((u, v) => likelihoodAt(scaled, u, v), [Math.log(mean), Math.log(shape)], limits)
  if (!best) return null
  const poisson = scaled.reduce((sum, { count, exposure }) => {
    return sum - mean * exposure + (count > 0 ? count * Math.log(mean * exposure) : 0)
  }, 0)
  if (best.v >= limits[1][1] - 1 || poisson >= best.value - NO_GAIN * (1 + Math.abs(best.value)))
    return { mean: start.mean, shape: null }
  return { mean: Math.exp(best.u) / unit, shape: Math.exp(best.v) }
}

/** Up to log(count!), which no parameter touches. */
function likelihoodAt(groups: readonly CountedExposure[], u: number, v: number): Curvature {
  const a = Math.exp(v)
  let value = 0
  let [gU, gA, uu, uv, aa] = [0, 0, 0, 0, 0]
  for (const { count: y, exposure } of groups) {
    const expected = Math.exp(u) * exposure
    const both = a + expected
    value += logRisingFactorial(a, y) - a * Math.log1p(expected / a) + (y > 0 ? y * Math.log(expected / both) : 0)
    gU += (a * (y - expected)) / both
    const rise = polygammaRise(a, y)
    gA += rise.digamma - Math.log1p(expected / a) + (expected - y) / both
    uu -= (a * expected * (a + y)) / (both * both)
    uv += (a * (y - expected) * expected) / (both * both)
    aa += rise.trigamma + expected / (a * both) - (expected - y) / (both * both)
  }
  return { value, gradient: [gU, a * gA], hessian: [uu, uv, a * gA + a * a * aa] }
}
