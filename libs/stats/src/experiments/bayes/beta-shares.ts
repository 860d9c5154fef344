import { type Proportion, requireProportion } from '../../estimates/score-proportions.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../../intervals/interval.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import { requirePositive } from '../../power/design.ts'
import { logBetaKernel, regularisedBeta } from '../../special/regularised-beta.ts'
import type { Posterior } from './normal-effect.ts'

interface Beta {
  a: number
  b: number
}

const NEGLIGIBLE_LOG = -40
const FIRST_STEPS = 64
/** Precision of chances, and of the interval, whose integrand has a corner where the shifted share leaves [0, 1]. */
const FINE = { tolerance: 1e-13, doublings: 7 }
const FOR_LIMITS = { tolerance: 1e-9, doublings: 4 }

/**
 * Mean of a bounded function of a beta variable: the trapezoidal rule on the logit scale, halved until two results agree.
 * Source: Trefethen and Weideman (2014), SIAM Review 56:385-458. `value` takes x and 1 - x.
 */
function betaMean({ a, b }: Beta, value: (x: number, rest: number) => number, precision: typeof FINE): number {
  const log = (t: number) => logBetaKernel(a, b, 1 / (1 + Math.exp(-t)), 1 / (1 + Math.exp(t)))
  const centre = Math.log(a / b)
  const width = Math.sqrt(1 / a + 1 / b)
  const edge = (sign: 1 | -1) => {
    let reach = 4 * width
    while (log(centre + sign * reach) > NEGLIGIBLE_LOG && reach < 700) reach += width
    return centre + sign * reach
  }
  const [low, high] = [edge(-1), edge(1)]
  const f = (t: number) => {
    const density = Math.exp(log(t))
    return density === 0 ? 0 : density * value(1 / (1 + Math.exp(-t)), 1 / (1 + Math.exp(t)))
  }
  let step = (high - low) / FIRST_STEPS
  let sum = 0
  for (let j = 0; j <= FIRST_STEPS; j++) sum += f(low + j * step)
  let result = sum * step
  for (let doubling = 0, count = FIRST_STEPS; doubling < precision.doublings; doubling++, count *= 2) {
    for (let j = 0; j < count; j++) sum += f(low + (j + 0.5) * step)
    step /= 2
    if (Math.abs(sum * step - result) <= precision.tolerance * Math.abs(sum * step) + 1e-300) return sum * step
    result = sum * step
  }
  return result
}

/** P(second - first > d), integrated over the narrower of the two. */
function chanceAbove(first: Beta, second: Beta, d: number, precision = FINE): number {
  const spread = ({ a, b }: Beta) => (a * b) / ((a + b) ** 2 * (a + b + 1))
  const tail = ({ a, b }: Beta, x: number, rest: number, side: 'lower' | 'upper') => {
    if (x <= 0 || rest <= 0) return x <= 0 === (side === 'upper') ? 1 : 0
    return regularisedBeta(a, b, x, side, 'probability', rest)
  }
  if (spread(first) <= spread(second))
    return betaMean(first, (x, rest) => tail(second, x + d, rest - d, 'upper'), precision)
  return betaMean(second, (x, rest) => tail(first, x - d, rest + d, 'lower'), precision)
}

/**
 * Posterior comparison of two shares with beta priors, second - first.
 *
 * When to use: a view beside the test for shares; state the prior.
 * Formula in words: posteriors are beta with the successes and failures added; the chance integrates one tail over the other posterior; mean
 * losses use that x times a beta density is a beta density with one success more; the interval inverts the distribution of the difference.
 * Sources: Gelman et al. (2013), section 2.4; Stucchio (2015), "Bayesian A/B testing at VWO" (expected loss as a stopping rule).
 * Arguments: `prior` a, b > 0 for both sides (uniform 1, 1; Jeffreys 0.5, 0.5), no default: it must be stated. `better` the good direction.
 * Losses are in shares, exact to about 1e-13; limits to some 1e-7. Peeking: as `normalPosterior`. Edge cases: none; without cases the prior comes back.
 * Errors: RangeError for counts, prior, confidence. Cost: some 200 incomplete beta functions, the interval 30 times that.
 */
export function betaPosterior(input: {
  first: Proportion
  second: Proportion
  prior: Beta
  better: 'higher' | 'lower'
  confidence?: number
}): Posterior {
  const { prior, better, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requirePositive(prior.a, 'prior.a')
  requirePositive(prior.b, 'prior.b')
  const [first, second] = (['first', 'second'] as const).map((name) => {
    requireProportion(input[name], name)
    return { a: prior.a + input[name].successes, b: prior.b + input[name].trials - input[name].successes }
  }) as [Beta, Beta]
  const above = chanceAbove(first, second, 0)
  const below = chanceAbove(second, first, 0)
  const mean = ({ a, b }: Beta) => a / (a + b)
  const grown = ({ a, b }: Beta) => ({ a: a + 1, b })
  // E[max(0, first - second)] and E[max(0, second - first)].
  const shortfall =
    mean(first) * chanceAbove(second, grown(first), 0) - mean(second) * chanceAbove(grown(second), first, 0)
  const excess =
    mean(second) * chanceAbove(first, grown(second), 0) - mean(first) * chanceAbove(grown(first), second, 0)
  const limit = (chance: number) =>
    bracketedRoot((d) => chanceAbove(first, second, d, FOR_LIMITS) - chance, -1, 1, 1e-9)
  const tail = (1 - confidence) / 2
  const [taking, keeping] = better === 'higher' ? [shortfall, excess] : [excess, shortfall]
  return {
    kind: 'posterior',
    chanceToBeat: better === 'higher' ? above : below,
    lossOfTaking: Math.max(0, taking),
    lossOfKeeping: Math.max(0, keeping),
    estimate: mean(second) - mean(first),
    lower: limit(1 - tail),
    upper: limit(tail),
    confidence,
  }
}
