/** What an interval says about the measure. */
import type { Effect } from '#stats/interrupted/series-contract'
import type { Verdict } from '../contract.ts'
import type { VerdictDesign } from './evidence.ts'

type Judgement = Pick<Verdict, 'outcome' | 'because'>
type Stated = Pick<VerdictDesign, 'direction' | 'smallestEffect' | 'equivalenceMargin'>

/** The interval turned so that positive is better. */
export function turned(design: Pick<VerdictDesign, 'direction'>, effect: Pick<Effect, 'lower' | 'upper'>) {
  const { lower, upper } = effect
  return design.direction === 'higher-is-better' ? { low: lower, high: upper } : { low: -upper, high: -lower }
}

/**
 * The interval, positive being better, is held against nothing, the smallest effect worth having and the margin of equivalence:
 *
 * - no relevant difference: the whole interval lies within the margin (with the shown interval, so stricter than two one-sided tests,
 *   Schuirmann 1987) and below the smallest effect;
 * - effective: the whole interval lies above 0 and reaches the smallest effect;
 * - harmful: the whole interval lies below 0;
 * - undecided: anything else. Where it lies below the smallest effect the measure has not brought what it promised, but harm is not ruled out.
 */
export function judge(design: Stated, effect: Pick<Effect, 'lower' | 'upper'>): Judgement {
  const { low, high } = turned(design, effect)
  const within = low > -design.equivalenceMargin && high < design.equivalenceMargin
  if (within && high < design.smallestEffect) return { outcome: 'no-relevant-difference', because: null }
  if (high < 0) return { outcome: 'harmful', because: null }
  if (low > 0 && high >= design.smallestEffect) return { outcome: 'effective', because: null }
  if (high < design.smallestEffect)
    return { outcome: 'undecided', because: low > 0 ? 'too-small-for-margin' : 'harm-not-ruled-out' }
  return { outcome: 'undecided', because: 'interval-includes-both' }
}
