import { normalTail } from '../distributions/normal-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { wilsonInterval } from '../intervals/wilson-interval.ts'
import { minimumLikelihood } from './minimum-likelihood.ts'

export type TwoProportionResult =
  | {
      kind: 'comparison'
      /** second share - first share. */
      difference: number
      lower: number
      upper: number
      pValue: number
      method: 'exact' | 'large-sample'
      confidence: number
    }
  | { kind: 'cannot'; because: 'no-data'; detail: string }

/** Below this expected count in any cell 'automatic' takes the exact test (Cochran 1954). */
const SMALLEST_EXPECTED = 5

/**
 * Comparison of two proportions, first and second (for example before and after).
 *
 * When to use: is this change of a share more than chance?
 * Formula in words: 'exact' Fisher's test, all tables with the same margins no more probable than the observed one; 'large-sample' the
 * difference over its pooled standard error against the normal; 'automatic' exact when an expected count is below 5. The interval of the
 * difference combines the two Wilson intervals.
 * Sources: Fisher (1935); Pearson (1900) (the square of z is his chi-square); Cochran (1954), Biometrics 10:417-451; Newcombe (1998),
 * Statistics in Medicine 17:873-890, method 10.
 * Units: counts in, shares out. Assumes independent cases; two-sided.
 * Edge cases: a side without trials gives 'no-data'; both shares 0 or both 1 give p = 1.
 * Errors: RangeError for counts not whole, successes above trials, confidence outside (0, 1).
 * Convention: no continuity correction. R: fisher.test, prop.test(correct = FALSE). Cost: O(1), exact O(smallest margin).
 */
export function twoProportionTest(input: {
  first: { successes: number; trials: number }
  second: { successes: number; trials: number }
  method?: 'exact' | 'large-sample' | 'automatic'
  confidence?: number
}): TwoProportionResult {
  const { first, second, method = 'automatic', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireWhole(first, 'first')
  requireWhole(second, 'second')
  const one = wilsonInterval({ ...first, confidence })
  const two = wilsonInterval({ ...second, confidence })
  if (one.kind === 'cannot' || two.kind === 'cannot') {
    return {
      kind: 'cannot',
      because: 'no-data',
      detail: `the ${one.kind === 'cannot' ? 'first' : 'second'} side has no cases`,
    }
  }
  const pooled = (first.successes + second.successes) / (first.trials + second.trials)
  const smallest = Math.min(first.trials, second.trials) * Math.min(pooled, 1 - pooled)
  const chosen = method === 'automatic' ? (smallest < SMALLEST_EXPECTED ? 'exact' : 'large-sample') : method
  const difference = two.estimate - one.estimate
  return {
    kind: 'comparison',
    difference,
    lower: difference - Math.hypot(two.estimate - two.lower, one.upper - one.estimate),
    upper: difference + Math.hypot(two.upper - two.estimate, one.estimate - one.lower),
    pValue: chosen === 'exact' ? fisherPValue(first, second) : pooledPValue(first, second, pooled, difference),
    method: chosen,
    confidence,
  }
}

function requireWhole(side: { successes: number; trials: number }, name: string): void {
  if (!Number.isInteger(side.trials) || side.trials < 0)
    throw new RangeError(`${name}.trials must be a whole number from 0`)
  if (!Number.isInteger(side.successes) || side.successes < 0 || side.successes > side.trials) {
    throw new RangeError(`${name}.successes must be a whole number from 0 to ${name}.trials, got ${side.successes}`)
  }
}

function pooledPValue(
  first: { trials: number },
  second: { trials: number },
  pooled: number,
  difference: number,
): number {
  if (pooled === 0 || pooled === 1) return 1
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials))
  return 2 * normalTail(Math.abs(difference) / error, 'upper')
}

function fisherPValue(
  first: { successes: number; trials: number },
  second: { successes: number; trials: number },
): number {
  const drawn = first.successes + second.successes
  const m = first.trials
  const n = second.trials
  const low = Math.max(0, drawn - n)
  const high = Math.min(m, drawn)
  const mode = Math.min(high, Math.max(low, Math.floor(((drawn + 1) * (m + 1)) / (m + n + 2))))
  const up = (k: number) => ((m - k) / (k + 1)) * ((drawn - k) / (n - drawn + k + 1))
  return minimumLikelihood({ low, high, mode, observed: first.successes, up })
}
