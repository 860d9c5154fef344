import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { normalTail } from '../../distributions/normal-tail.ts'

/** How the error of one tail is spent as information arrives. */
export type Spending =
  | { kind: 'lan-demets-obrien-fleming' }
  | { kind: 'lan-demets-pocock' }
  | { kind: 'hwang-shih-decani'; gamma: number }
  | { kind: 'power'; rho: number }

/**
 * Error of one tail spent by a fraction of information.
 *
 * When to use: looks whose number and times are not fixed beforehand.
 * Formula in words: 'lan-demets-obrien-fleming' 2 - 2 Phi(z(a/2) / root t), almost nothing early; 'lan-demets-pocock' a log(1 + (e - 1) t);
 * 'hwang-shih-decani' a (1 - exp(-gamma t)) / (1 - exp(-gamma)), gamma -4 near O'Brien-Fleming, 1 near Pocock, 0 straight; 'power' a t^rho.
 * Sources: Lan and DeMets (1983), Biometrika 70:659-663; Hwang, Shih and DeCani (1990), Statistics in Medicine 9:1439-1445; Kim and DeMets
 * (1987), Biometrika 74:149-154. Convention: `alpha` is that of ONE tail (two-sided designs halve first), as gsDesign does.
 * Edge cases: from fraction 1 on all is spent. Errors: RangeError for alpha outside (0, 1), a negative fraction, rho not above 0. O(1).
 */
export function spentError(spending: Spending, alpha: number, fraction: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie in (0, 1), got ${alpha}`)
  if (!(fraction >= 0)) throw new RangeError(`fraction must be at least 0, got ${fraction}`)
  if (fraction >= 1) return alpha
  if (fraction === 0) return 0
  switch (spending.kind) {
    case 'lan-demets-obrien-fleming':
      return 2 * normalTail(normalQuantile(alpha / 2, 'upper') / Math.sqrt(fraction), 'upper')
    case 'lan-demets-pocock':
      return alpha * Math.log1p((Math.E - 1) * fraction)
    case 'hwang-shih-decani': {
      const { gamma } = spending
      if (!Number.isFinite(gamma)) throw new RangeError(`gamma must be finite, got ${gamma}`)
      return gamma === 0 ? alpha * fraction : (alpha * Math.expm1(-gamma * fraction)) / Math.expm1(-gamma)
    }
    case 'power':
      if (!(spending.rho > 0)) throw new RangeError(`rho must be above 0, got ${spending.rho}`)
      return alpha * fraction ** spending.rho
  }
}
