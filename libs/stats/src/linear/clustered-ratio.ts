import { type Cannot, describeEstimate, type Estimate } from '../estimates/estimate.ts'

/**
 * Ratio metric over few clusters: sum of numerators over sum of denominators, with CR2 errors and Satterthwaite degrees of freedom.
 *
 * When to use: mean score over answers that come by branch, share within time by agent, with some 5 to 50 clusters of unequal size. From
 * some 50 clusters `ratioOfMeans` on the sums gives the same.
 * Formula in words: as least squares with a constant only, one row per denominator unit; then the inverse square root has the closed form
 * (numerator - ratio denominator) / root(1 - share of the cluster in the denominators), squared, summed, over the squared total.
 * Sources: Bell and McCaffrey (2002), Survey Methodology 28:169-181; Pustejovsky and Tipton (2018), equations 7 and 11; the closed form is
 * our own.
 * Arguments: `numerators` and `denominators`, one per cluster; denominators >= 0, clusters with 0 are left out.
 * Units: numerator per denominator. The p-value is against a ratio of `against`, default 0.
 * Edge cases: fewer than two clusters with a denominator 'too-few'; one ratio throughout 'constant'; values not finite 'not-finite'.
 * Errors: RangeError for unequal lengths, negative denominators, confidence. Cost: O(clusters).
 */
export function clusteredRatio(input: {
  numerators: ArrayLike<number>
  denominators: ArrayLike<number>
  against?: number
  confidence?: number
}): Estimate | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { numerators, denominators, against, confidence } = input
  if (numerators.length !== denominators.length)
    throw new RangeError('numerators and denominators must have one length')
  let [total, sum, used] = [0, 0, 0]
  for (let c = 0; c < numerators.length; c++) {
    if (denominators[c]! < 0) throw new RangeError(`denominators[${c}] must be at least 0`)
    if (denominators[c] === 0) continue
    total += denominators[c]!
    sum += numerators[c]!
    used++
  }
  if (!Number.isFinite(total) || !Number.isFinite(sum))
    return { kind: 'cannot', because: 'not-finite', detail: 'a numerator or denominator is not a finite number' }
  if (used < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two clusters are needed' }
  const ratio = sum / total
  let [variance, trace, squares, mixed] = [0, 0, 0, 0]
  for (let c = 0; c < numerators.length; c++) {
    const size = denominators[c]!
    if (size === 0) continue
    const share = size / total
    const rest = numerators[c]! - ratio * size
    variance += (rest * rest) / (1 - share)
    // In units of 1 / total: the diagonal of the quadratic form without and with its common part.
    const own = share / (1 - share)
    const common = (share * share) / (1 - share)
    trace += own - common
    squares += own * own - 2 * own * common
    mixed += common
  }
  const standardError = Math.sqrt(variance) / total
  const scale = 1e-12 * Math.abs(ratio)
  const degreesOfFreedom = (trace * trace) / (squares + mixed * mixed)
  return describeEstimate(
    { estimate: ratio, standardError: standardError > scale ? standardError : 0, degreesOfFreedom },
    { against, confidence },
  )
}
