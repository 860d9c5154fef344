import { logRisingFactorial } from './log-rising-factorial.ts'
import { type Curvature, maximiseTwo } from './maximise-two.ts'
import { polygammaRise } from './polygamma.ts'

export interface CountedGroup {
  successes: number
  trials: number
}

export interface BetaPrior {
  /** Mean of the groups' true proportions. */
  mean: number
  /** alpha + beta: how many trials the prior is worth; null when groups do not differ beyond chance (all are then the mean). */
  concentration: number | null
}

const LEAST_CONCENTRATION = 1e-6
const MOST_CONCENTRATION = 1e8
/** A likelihood this much (relative) above that of chance alone is rounding. */
const NO_GAIN = 1e-11

/**
 * Moments of a beta-binomial sample: mean and concentration from the spread of the proportions.
 *
 * When to use: through `shrinkProportions`; fast, no iteration.
 * Formula in words: weighted mean of proportions and their weighted squares, weights the trials; the intraclass correlation is the share of
 * the squares beyond what binomial chance gives; concentration = 1 / correlation - 1.
 * Source: Kleinman (1973), Journal of the American Statistical Association 68:46-54, equations 2.3 to 2.5 (weights n).
 * Edge cases: a correlation <= 0 gives concentration null. Arguments: at least two groups with trials, one with more than one; not all
 * successes 0 or trials. Cost: O(groups).
 */
export function betaMoments(groups: readonly CountedGroup[]): BetaPrior {
  let total = 0
  let successes = 0
  let squaredTrials = 0
  let known = 0
  for (const { successes: y, trials: n } of groups) {
    if (n === 0) continue
    total += n
    successes += y
    squaredTrials += n * n
    known++
  }
  const mean = successes / total
  let squares = 0
  for (const { successes: y, trials: n } of groups) if (n > 0) squares += n * (y / n - mean) ** 2
  const chance = known - 1
  const spread = total - squaredTrials / total
  const variance = mean * (1 - mean)
  const correlation = (squares - variance * chance) / (variance * (spread - chance))
  if (!(correlation > 1 / MOST_CONCENTRATION)) return { mean, concentration: null }
  return { mean, concentration: Math.max(LEAST_CONCENTRATION, 1 / correlation - 1) }
}

/**
 * Maximum of the marginal likelihood of a beta-binomial sample.
 *
 * When to use: through `shrinkProportions`; uses the data best, also with very unequal trials.
 * Formula in words: damped Newton steps in (logit of the mean, logarithm of the concentration) from the moments; compared with the binomial
 * limit (concentration infinite), which wins when the likelihood rises towards it.
 * Source: Griffiths (1973), Biometrics 29:637-648; boundary as in Tarone (1979), Biometrika 66:585-590.
 * Edge cases: concentration null at the binomial limit, at least 1e-6;
 * null as a whole if the steps do not settle. Arguments: as `betaMoments`. Cost: O(groups) a step, under 30 steps.
 */
export function betaLikelihood(groups: readonly CountedGroup[]): BetaPrior | null {
  const start = betaMoments(groups)
  const used = groups.filter((group) => group.trials > 0)
  const at = (u: number, v: number) => likelihoodAt(used, u, v)
  const limits = [
    [-40, 40],
    [Math.log(LEAST_CONCENTRATION), Math.log(MOST_CONCENTRATION)],
  ] as const
  const trials = used.reduce((sum, group) => sum + group.trials, 0) / used.length
  const concentration = Math.min(MOST_CONCENTRATION / 10, start.concentration ?? 20 * trials)
  const best = maximiseTwo(at, [Math.log(start.mean / (1 - start.mean)), Math.log(concentration)], limits)
  if (!best) return null
  const binomial = used.reduce((sum, { successes: y, trials: n }) => {
    return sum + (y > 0 ? y * Math.log(start.mean) : 0) + (n > y ? (n - y) * Math.log1p(-start.mean) : 0)
  }, 0)
  if (best.v >= limits[1][1] - 1 || binomial >= best.value - NO_GAIN * (1 + Math.abs(best.value)))
    return { mean: start.mean, concentration: null }
  return { mean: 1 / (1 + Math.exp(-best.u)), concentration: Math.exp(best.v) }
}

function likelihoodAt(groups: readonly CountedGroup[], u: number, v: number): Curvature {
  const mean = 1 / (1 + Math.exp(-u))
  const rest = 1 / (1 + Math.exp(u))
  const total = Math.exp(v)
  const a = total * mean
  const b = total * rest
  let value = 0
  let [gA, gB, hAA, hBB, hBoth] = [0, 0, 0, 0, 0]
  for (const { successes: y, trials: n } of groups) {
    value += logRisingFactorial(a, y) + logRisingFactorial(b, n - y) - logRisingFactorial(total, n)
    const ofA = polygammaRise(a, y)
    const ofB = polygammaRise(b, n - y)
    const ofTotal = polygammaRise(total, n)
    gA += ofA.digamma - ofTotal.digamma
    gB += ofB.digamma - ofTotal.digamma
    hAA += ofA.trigamma
    hBB += ofB.trigamma
    hBoth -= ofTotal.trigamma
  }
  // Chain rule: a = total * mean and b = total * rest, in u = logit mean and v = log total.
  const q = total * mean * rest
  const turn = rest - mean
  const uu = q * q * (hAA + hBB) + q * turn * (gA - gB)
  const uv = q * (a * hAA - b * hBB) + q * (gA - gB)
  const vv = a * a * hAA + b * b * hBB + total * total * hBoth + a * gA + b * gB
  return { value, gradient: [q * (gA - gB), a * gA + b * gB], hessian: [uu, uv, vv] }
}
