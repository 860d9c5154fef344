import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { arcsineDistance } from '../effect-size/cohens-h.ts'
import { type Design, powerOfScore, requirePositive, requireShare, type TestOptions } from './design.ts'

/**
 * Two independent shares: count is cases of the first side, effect the difference second - first.
 *
 * Formula in words: 'pooled' the normal test with pooled error under no effect and separate errors under the effect; 'arcsine' Cohen's h.
 * Sources: Fleiss (1981), Statistical Methods for Rates and Proportions, section 3.2; Cohen (1988), section 6.3. R: power.prop.test(strict =
 * TRUE); pwr::pwr.2p.test, pwr.2p2n.test. With `sided: 'one'` effects above 0 are looked for.
 * Arguments: `share` of the first side in (0, 1), `allocation` second count over first. Errors: RangeError for either. Cost: O(1) a power.
 */
export function twoProportionsDesign(
  input: { share: number; allocation?: number; method?: 'pooled' | 'arcsine' } & TestOptions,
): Design {
  const { share, allocation = 1, method = 'pooled', alpha = 0.05, sided = 'two' } = input
  requireShare(share, 'share')
  requirePositive(allocation, 'allocation')
  requireShare(alpha, 'alpha')
  return {
    leastCount: 1,
    effects: { low: -share, high: 1 - share },
    power: (count, effect) => {
      const other = share + effect
      const [m, n] = [count, count * allocation]
      if (method === 'arcsine') {
        const distance = arcsineDistance(share, other) / Math.sqrt(1 / m + 1 / n)
        const critical = normalQuantile(sided === 'two' ? alpha / 2 : alpha, 'upper')
        const above = normalTail(critical - distance, 'upper')
        return sided === 'one' ? above : above + normalTail(-critical - distance, 'lower')
      }
      const pooled = (share + allocation * other) / (1 + allocation)
      return powerOfScore({
        effect,
        errorUnderNull: Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n)),
        errorUnderEffect: Math.sqrt((share * (1 - share)) / m + (other * (1 - other)) / n),
        alpha,
        sided,
      })
    },
  }
}

/**
 * Two rates of events: count is exposure of the first side, effect the relative change (0.2 means the second rate is 20 % higher).
 *
 * Formula in words: the logarithm of the ratio against the normal, its variance dispersion x (1 / events + 1 / events), with one common rate
 * under no effect. Sources: Zhu and Lakkis (2014), Statistics in Medicine 33:376-387 (the variant with the pooled rate under no effect);
 * McCullagh and Nelder (1989), section 6.2 (dispersion). Checked against the exact power of `rateRatio` in the tests.
 * Arguments: `rate` of the first side per unit of exposure; `allocation` second exposure over first; `dispersion` default 1 (Poisson).
 * Errors: RangeError for arguments not positive. Cost: O(1) a power.
 */
export function twoRatesDesign(
  input: { rate: number; allocation?: number; dispersion?: number } & TestOptions,
): Design {
  const { rate, allocation = 1, dispersion = 1 } = input
  requirePositive(rate, 'rate')
  requirePositive(allocation, 'allocation')
  requirePositive(dispersion, 'dispersion')
  return {
    leastCount: 0,
    effects: { low: -1, high: Number.POSITIVE_INFINITY },
    power: (count, effect) => {
      if (count <= 0) return 0
      const other = rate * (1 + effect)
      const pooled = (rate + allocation * other) / (1 + allocation)
      const variance = (one: number, two: number) => (dispersion / count) * (1 / one + 1 / (two * allocation))
      return powerOfScore({
        ...input,
        effect: Math.log1p(effect),
        errorUnderNull: Math.sqrt(variance(pooled, pooled)),
        errorUnderEffect: Math.sqrt(variance(rate, other)),
      })
    },
  }
}
