import { normalTail } from '../distributions/normal-tail.ts'
import { logGamma } from '../special/log-gamma.ts'
import type { CountedShare } from './share-growth-test.ts'

/** Cochran (1954): from this expected count in every cell on, the score test may be trusted. */
const LEAST_EXPECTED = 5
/** Terms smaller than this share of the sum so far end it. */
const NEGLIGIBLE = 1e-17

/**
 * One-sided p-value that a share grew (or fell) at all, exact where cases are few.
 *
 * When to use: very many units at once, before `falseDiscovery`; one unit's growth with limits is `shareGrowthTest`.
 * Formula in words: where every cell expects at least five cases, the pooled score z, (later share - earlier share) over the root of
 * p (1 - p) (1/n1 + 1/n2); else the hypergeometric tail from the later count on, all four margins fixed.
 * Sources: Fisher (1935), The Logic of Inductive Inference, J R Statist Soc 98:39-82; Cochran (1954), Biometrics 10:417-451 (five cases).
 * Edge cases: NaN where a side has no cases; 1 where all cases are alike. Errors: none, arguments are taken as checked (whole numbers).
 * R: fisher.test(alternative = "greater"). Cost: one normal tail, or one term for each count of the tail.
 */
export function shareGrowthPValue(input: {
  earlier: CountedShare
  later: CountedShare
  alternative: 'greater' | 'less'
}): number {
  const { earlier, later, alternative } = input
  if (!(earlier.trials > 0 && later.trials > 0)) return Number.NaN
  const trials = earlier.trials + later.trials
  const successes = earlier.successes + later.successes
  if (successes === 0 || successes === trials) return 1
  const least = (Math.min(earlier.trials, later.trials) * Math.min(successes, trials - successes)) / trials
  if (least < LEAST_EXPECTED) return hypergeometricTail(input, successes, trials)
  const pooled = successes / trials
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / earlier.trials + 1 / later.trials))
  const z = (later.successes / later.trials - earlier.successes / earlier.trials) / spread
  return normalTail(z, alternative === 'greater' ? 'upper' : 'lower')
}

function hypergeometricTail(
  { earlier, later, alternative }: Parameters<typeof shareGrowthPValue>[0],
  successes: number,
  trials: number,
): number {
  const [n1, n2] = [earlier.trials, later.trials]
  const least = Math.max(0, successes - n1)
  const most = Math.min(n2, successes)
  const step = alternative === 'greater' ? 1 : -1
  const end = alternative === 'greater' ? most : least
  const choose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  let term = Math.exp(choose(n2, later.successes) + choose(n1, successes - later.successes) - choose(trials, successes))
  let sum = term
  for (let k = later.successes; k !== end; k += step) {
    // Ratio of neighbouring terms, up or down.
    term *=
      step === 1
        ? ((n2 - k) * (successes - k)) / ((k + 1) * (n1 - successes + k + 1))
        : (k * (n1 - successes + k)) / ((n2 - k + 1) * (successes - k + 1))
    sum += term
    if (term < sum * NEGLIGIBLE) break
  }
  return Math.min(1, sum)
}
