import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import type { PeriodEffect } from './effect-decay.ts'

export interface SustainmentWindow {
  /** Periods since the measure, first inclusive, last exclusive. */
  from: number
  to: number
}

export type WindowVerdict =
  | {
      kind: 'window'
      from: number
      to: number
      periods: number
      mean: number
      lower: number
      upper: number
      /** One-sided p-value that less than the demanded share of the promise is left: small means the effect is kept. */
      keptPValue: number
      /** 'kept': the demanded effect is shown; 'lost': less is shown; 'open': neither. */
      verdict: 'kept' | 'lost' | 'open'
    }
  | { kind: 'cannot'; from: number; to: number; because: 'too-few' | 'constant'; detail: string }

/**
 * Re-checks an effect in windows fixed beforehand (30, 60, 90 days) against a demanded share of the promise.
 *
 * When to use: the sustainment clause of a plan: the rule is locked with the plan and applied unchanged at each date.
 * Formula in words: mean effect of the window, its error widened for autocorrelation by root((1 + r) / (1 - r)) with the stated r; 'kept' when
 * the one-sided interval lies on the good side of the demanded effect, 'lost' when on the bad side.
 * Sources: Student (1908); Bayley and Hammersley (1946), Suppl J R Statist Soc 8:184-197 (effective number); non-inferiority as ICH E9 (1998).
 * Arguments: `promised` effect a period with its sign; `demandedShare` of it, in (0, 1]; `autocorrelation` of neighbouring periods from the
 * baseline, 0 for none; `sigma` of one period when known from the baseline, else from the window itself; `alpha` one-sided.
 * Edge cases: a window with fewer than two periods (one, when sigma is given) 'too-few'; no spread 'constant'.
 * Errors: RangeError for arguments outside their range, effects not finite. Convention: several windows are several looks; halve alpha by
 * their number to keep the chance of one wrong 'lost' at alpha. Cost: O(T windows).
 */
export function checkSustainment(input: {
  effects: readonly PeriodEffect[]
  windows: readonly SustainmentWindow[]
  promised: number
  demandedShare: number
  autocorrelation: number
  sigma: number | null
  alpha: number
}): WindowVerdict[] {
  const { effects, windows, promised, demandedShare, autocorrelation, sigma, alpha } = input
  requireSustainment(input)
  const direction = Math.sign(promised)
  const demanded = demandedShare * Math.abs(promised)
  return windows.map(({ from, to }): WindowVerdict => {
    const own = effects.flatMap(({ since, effect }) => (since >= from && since < to ? [direction * effect] : []))
    const needed = sigma === null ? 2 : 1
    if (own.length < needed)
      return { kind: 'cannot', from, to, because: 'too-few', detail: `${own.length} periods, ${needed} are needed` }
    const mean = own.reduce((sum, x) => sum + x, 0) / own.length
    const spread = sigma ?? Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (own.length - 1))
    if (!(spread > 0))
      return { kind: 'cannot', from, to, because: 'constant', detail: 'the effects of the window do not differ' }
    const effective = Math.max(1, (own.length * (1 - autocorrelation)) / (1 + autocorrelation))
    const error = spread / Math.sqrt(effective)
    const degrees = sigma === null ? Math.max(1, effective - 1) : 1e6
    const reach = studentTQuantile(alpha, degrees, 'upper') * error
    const [low, high] = [mean - reach, mean + reach]
    return {
      kind: 'window',
      from,
      to,
      periods: own.length,
      mean: direction * mean,
      lower: direction > 0 ? low : -high,
      upper: direction > 0 ? high : -low,
      keptPValue: studentTTail((mean - demanded) / error, degrees, 'upper'),
      verdict: low >= demanded ? 'kept' : high < demanded ? 'lost' : 'open',
    }
  })
}

function requireSustainment(input: Parameters<typeof checkSustainment>[0]): void {
  const { effects, windows, promised, demandedShare, autocorrelation, sigma, alpha } = input
  if (promised === 0 || !Number.isFinite(promised))
    throw new RangeError(`promised must be finite and not 0, got ${promised}`)
  if (!(demandedShare > 0 && demandedShare <= 1))
    throw new RangeError(`demandedShare must lie in (0, 1], got ${demandedShare}`)
  if (!(autocorrelation >= 0 && autocorrelation < 1))
    throw new RangeError(`autocorrelation must lie in [0, 1), got ${autocorrelation}`)
  if (sigma !== null && !(sigma > 0)) throw new RangeError(`sigma must be above 0, got ${sigma}`)
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must lie in (0, 0.5), got ${alpha}`)
  if (!effects.every(({ since, effect }) => Number.isFinite(since) && Number.isFinite(effect)))
    throw new RangeError('effects must be finite numbers')
  windows.forEach(({ from, to }, i) => {
    if (!(to > from)) throw new RangeError(`windows[${i}] must end after it begins`)
  })
}
