import { normalTail } from '../../distributions/normal-tail.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import { requireShare } from '../../power/design.ts'

/**
 * Tuning of a normal mixture so that its boundary is tightest at a given time.
 *
 * When to use: once, before looking, with the time (count or information) at which the verdict is expected; any positive value is valid,
 * it only moves where the intervals are short.
 * Formula in words: time over (2 log(1/a) + log(1 + 2 log(1/a))), with a = alpha, or 2 alpha for one side.
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021), arXiv 2103.06476, appendix B.2 (their rho squared is 1 / this); Howard et
 * al. (2021), Annals of Statistics 49:1055-1080, section 3.5 (an approximation to the exact optimum).
 * Errors: RangeError for a time not positive, alpha outside (0, 1), one-sided alpha from 0.5. O(1).
 */
export function mixtureTuning(input: { tightestAt: number; alpha: number; sided?: 'two' | 'one' }): number {
  const { tightestAt, alpha, sided = 'two' } = input
  requireShare(alpha, 'alpha')
  if (!(tightestAt > 0 && tightestAt < Number.POSITIVE_INFINITY))
    throw new RangeError(`tightestAt must be positive, got ${tightestAt}`)
  const used = sided === 'two' ? alpha : 2 * alpha
  if (!(used < 1)) throw new RangeError(`alpha must lie below 0.5 for one side, got ${alpha}`)
  const log = -2 * Math.log(used)
  return tightestAt / (log + Math.log1p(log))
}

/**
 * Logarithm of the normal mixture: evidence against "no drift" of a sum with a given clock, valid at all times at once.
 *
 * When to use: behind sequential tests; its inverse is an always-valid p-value.
 * Formula in words: two-sided: half log(tuning / (clock + tuning)) + sum squared / (2 (clock + tuning)), a likelihood ratio averaged over
 * normal effects; one-sided: the same over positive effects only.
 * Sources: Robbins (1970), Annals of Mathematical Statistics 41:1397-1409; Howard et al. (2021), equations 14 and 3.7.
 * Arguments: `sum` of independent terms of mean 0 under no effect, `clock` their summed variance, `tuning` > 0 in units of the clock.
 * Errors: RangeError for a negative clock or tuning not positive. O(1).
 */
export function logNormalMixture(input: { sum: number; clock: number; tuning: number; sided?: 'two' | 'one' }): number {
  const { sum, clock, tuning, sided = 'two' } = input
  if (!(clock >= 0 && clock < Number.POSITIVE_INFINITY)) throw new RangeError(`clock must be at least 0, got ${clock}`)
  if (!(tuning > 0)) throw new RangeError(`tuning must be above 0, got ${tuning}`)
  const all = clock + tuning
  const two = 0.5 * Math.log(tuning / all) + (sum * sum) / (2 * all)
  return sided === 'two' ? two : two + Math.LN2 + normalTail(sum / Math.sqrt(all), 'lower', 'log')
}

/**
 * The sum at which the mixture reaches 1 / alpha: the boundary that a sum without drift crosses at any time with chance alpha at most.
 *
 * Sources, arguments and errors: as `logNormalMixture`. Two-sided in closed form, one-sided by a root. Cost: O(1).
 */
export function normalMixtureBoundary(input: {
  clock: number
  tuning: number
  alpha: number
  sided?: 'two' | 'one'
}): number {
  const { clock, tuning, alpha, sided = 'two' } = input
  requireShare(alpha, 'alpha')
  const all = clock + tuning
  const two = Math.sqrt(all * (2 * Math.log(1 / alpha) + Math.log(all / tuning)))
  if (sided === 'two') return two
  const excess = (sum: number) => logNormalMixture({ sum, clock, tuning, sided }) + Math.log(alpha)
  return two * bracketedRoot((share) => excess(share * two), -40, 1)
}
