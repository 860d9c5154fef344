import { betaQuantile } from '../distributions/beta-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { type Cannot, describeEstimate, type IntervalEstimate } from './estimate.ts'
import { quantileInterval, requireProbability, sortedCopy, sortedQuantile } from './quantile-interval.ts'

export type QuantileDifferenceResult = IntervalEstimate | Cannot<'too-few' | 'not-finite' | 'constant'>

const HALVINGS = 40
const USUAL_RESAMPLES = 10_000

/**
 * Difference of a quantile between two independent samples, second - first.
 *
 * When to use: did the 90th percentile of waiting fall?
 * Formula in words: 'order-statistics' the two order-statistic intervals combined as squares of the distances to their estimates, so that
 * skew is kept; p is the level at which that interval just touches 0. 'density' the widths as standard errors, normal limits. 'bootstrap'
 * percentiles of the difference of resampled quantiles; the order statistics of a resample are drawn directly (a beta quantile picks the
 * rank), so a resample costs the same at any n.
 * Sources: Zou and Donner (2008), Statistics in Medicine 27:1693-1702 (combining intervals); Woodruff (1952), JASA 47:635-646; Efron (1979),
 * Annals of Statistics 7:1-26; David and Nagaraja (2003), Order Statistics, section 2.1 (their distribution).
 * Arguments: `random` in [0, 1) for 'bootstrap', `resamples` default 10,000. Units: those of the values. Assumes independent values.
 * Edge cases: 'too-few' and 'not-finite' as `quantileInterval`; no spread about the quantile 'constant'.
 * Errors: RangeError for probability, confidence, resamples below 1, bootstrap without `random`. Cost: O(n log n).
 */
export function quantileDifference(input: {
  first: ArrayLike<number>
  second: ArrayLike<number>
  probability: number
  method?: 'order-statistics' | 'density' | 'bootstrap'
  confidence?: number
  resamples?: number
  random?: () => number
}): QuantileDifferenceResult {
  const { probability, method = 'order-statistics', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireProbability(probability)
  const first = sortedCopy(input.first)
  const second = sortedCopy(input.second)
  const usual = combined(first, second, probability, confidence)
  if (usual.kind === 'cannot') return usual
  if (method === 'bootstrap') return byBootstrap(input, first, second, confidence)
  const { estimate, lower, upper, error } = usual
  if (error === 0) return { kind: 'cannot', because: 'constant', detail: 'the values about the quantile are all equal' }
  if (method === 'density')
    return describeEstimate(
      { estimate, standardError: error, degreesOfFreedom: Number.POSITIVE_INFINITY },
      { confidence },
    )
  let [low, high] = [0, 1]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    const level = combined(first, second, probability, 1 - middle)
    if (level.kind === 'limits' && (level.lower > 0 || level.upper < 0)) high = middle
    else low = middle
  }
  return { kind: 'estimate', estimate, lower, upper, pValue: high, confidence }
}

function combined(
  first: Float64Array,
  second: Float64Array,
  probability: number,
  confidence: number,
):
  | { kind: 'limits'; estimate: number; lower: number; upper: number; error: number }
  | Cannot<'too-few' | 'not-finite'> {
  const one = quantileInterval({ values: first, probability, confidence, sorted: true })
  const two = quantileInterval({ values: second, probability, confidence, sorted: true })
  if (one.kind === 'cannot') return one
  if (two.kind === 'cannot') return two
  const estimate = two.estimate - one.estimate
  return {
    kind: 'limits',
    estimate,
    lower: estimate - Math.hypot(two.estimate - two.lower, one.upper - one.estimate),
    upper: estimate + Math.hypot(two.upper - two.estimate, one.estimate - one.lower),
    error: Math.hypot(one.standardError, two.standardError),
  }
}

function byBootstrap(
  input: { probability: number; resamples?: number; random?: () => number },
  first: Float64Array,
  second: Float64Array,
  confidence: number,
): QuantileDifferenceResult {
  const { probability, resamples = USUAL_RESAMPLES, random } = input
  if (!random) throw new RangeError('random must be given for the bootstrap')
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError('resamples must be a positive whole number')
  const differences = new Float64Array(resamples)
  let [below, above] = [0, 0]
  for (let r = 0; r < resamples; r++) {
    const difference = resampled(second, probability, random) - resampled(first, probability, random)
    differences[r] = difference
    if (difference <= 0) below++
    if (difference >= 0) above++
  }
  differences.sort()
  const tail = (1 - confidence) / 2
  return {
    kind: 'estimate',
    estimate: sortedQuantile(second, probability) - sortedQuantile(first, probability),
    lower: sortedQuantile(differences, tail),
    upper: sortedQuantile(differences, 1 - tail),
    pValue: Math.min(1, (2 * (Math.min(below, above) + 1)) / (resamples + 1)),
    confidence,
  }
}

/** The type 7 quantile of one resample: ranks k and k + 1 of n uniform draws, each draw naming a value. */
function resampled(sorted: Float64Array, probability: number, random: () => number): number {
  const n = sorted.length
  const position = (n - 1) * probability
  const k = Math.floor(position) + 1
  const share = position - (k - 1)
  const uniform = betaQuantile(random(), k, n - k + 1)
  const low = sorted[Math.min(n - 1, Math.floor(uniform * n))]!
  if (share === 0) return low
  const next = 1 - (1 - uniform) * random() ** (1 / (n - k))
  const high = sorted[Math.min(n - 1, Math.floor(next * n))]!
  return low + share * (high - low)
}
