import { chiSquareTail } from '../distributions/chi-square-tail.ts'
import { type Cannot, requireCount } from '../estimates/estimate.ts'
import { requirePositive } from '../power/design.ts'
import { logGamma } from '../special/log-gamma.ts'

function requireArms(counts: readonly number[], shares: readonly number[]): void {
  if (counts.length !== shares.length || counts.length < 2)
    throw new RangeError('counts and shares must be given for the same arms, at least two')
  counts.forEach((count, i) => requireCount(count, `counts[${i}]`))
  shares.forEach((share, i) => requirePositive(share, `shares[${i}]`))
  const sum = shares.reduce((all, share) => all + share, 0)
  if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`shares must add up to 1, got ${sum}`)
}

/**
 * Sample-ratio mismatch: do the arms have the sizes that were planned?
 *
 * When to use: before any result is read; a mismatch says that assignment or counting is broken and the comparison worthless.
 * Formula in words: chi-square of counts against planned shares; p is the upper tail itself, so gross mismatches keep their digits.
 * Sources: Pearson (1900); Fabijan et al. (2019), KDD, "Diagnosing sample ratio mismatch" (alpha 0.01 or below is usual).
 * Edge cases: no cases 'no-data'. Errors: RangeError for counts not whole, shares not positive or not adding to 1. Cost: O(arms).
 */
export function sampleRatio(input: {
  counts: readonly number[]
  shares: readonly number[]
}): { kind: 'test'; chiSquare: number; pValue: number; expected: number[] } | Cannot<'no-data'> {
  const { counts, shares } = input
  requireArms(counts, shares)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return { kind: 'cannot', because: 'no-data', detail: 'no case has been assigned' }
  const expected = shares.map((share) => share * total)
  const chiSquare = counts.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0)
  return { kind: 'test', chiSquare, pValue: chiSquareTail(chiSquare, counts.length - 1, 'upper'), expected }
}

/**
 * Sample-ratio check that may be looked at after every case: an always-valid p-value.
 *
 * When to use: as a running alarm during an experiment.
 * Formula in words: the likelihood of the counts averaged over a Dirichlet distribution about the planned shares, over their likelihood at the
 * planned shares; p is 1 over the largest such ratio so far.
 * Source: Lindon and Malek (2022), NeurIPS, "Anytime-valid inference for multinomial count data", equation 8.
 * Arguments: `looks` cumulative counts per look, in order; `concentration` default 10,000: high values find small mismatches late, low values
 * large ones early; validity does not depend on it. Edge cases: no looks or no cases give p = 1.
 * Errors: RangeError as `sampleRatio`, concentration not positive, counts that fall from look to look. Cost: O(looks arms).
 */
export function sequentialSampleRatio(input: {
  looks: readonly (readonly number[])[]
  shares: readonly number[]
  concentration?: number
}): { pValue: number; pValues: number[] } {
  const { looks, shares, concentration = 10_000 } = input
  requirePositive(concentration, 'concentration')
  let logEvidence = 0
  const pValues = looks.map((counts, k) => {
    requireArms(counts, shares)
    if (k > 0 && counts.some((count, i) => count < looks[k - 1]![i]!))
      throw new RangeError(`looks[${k}] must not fall below the look before: counts are cumulative`)
    const total = counts.reduce((sum, count) => sum + count, 0)
    let log = risingLog(concentration, total) * -1
    counts.forEach((count, i) => {
      log += risingLog(concentration * shares[i]!, count) - count * Math.log(shares[i]!)
    })
    logEvidence = Math.max(logEvidence, log)
    return Math.exp(-logEvidence)
  })
  return { pValue: pValues.at(-1) ?? 1, pValues }
}

/** log of a (a + 1) ... (a + n - 1). */
function risingLog(a: number, n: number): number {
  return n === 0 ? 0 : logGamma(a + n) - logGamma(a)
}
