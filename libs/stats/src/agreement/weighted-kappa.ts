import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

/** Agreement of categories i and j out of k: 'none' only equal ones count, 'linear' 1 - |i - j| / (k - 1), 'quadratic' 1 - its square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

export type KappaResult =
  | {
      kind: 'agreement'
      kappa: number
      observed: number
      expected: number
      /** Large-sample errors: about the estimate, and if there were no agreement beyond chance (for the test). */
      standardError: number
      standardErrorUnderChance: number
      lower: number
      upper: number
      /** Two-sided against 0. */
      pValue: number
      count: number
      confidence: number
    }
  | { kind: 'cannot'; because: 'no-data' | 'no-variation'; detail: string }

/**
 * Cohen's kappa of two raters, weighted for ordered categories.
 *
 * When to use: two inspectors, or a person and a rule, grade the same cases.
 * Formula in words: (observed - expected) / (1 - expected) weighted agreement; expected from the raters' own shares of each category. Errors
 * by the delta method.
 * Source: Cohen (1968), Psychological Bulletin 70:213-220; errors Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327,
 * equations 8 and 9.
 * Arguments: `table` k x k counts, first rater's category in rows, second's in columns, categories in their order.
 * Convention: quadratic weights make kappa nearly the intraclass correlation (absolute agreement); the weights are named, no default.
 * Kappa is low when nearly all cases fall into one category, however good the agreement: look at `observed` too.
 * Edge cases: no counts 'no-data'; both raters used one and the same category only 'no-variation'. Large-sample interval: not below some 20
 * cases; it is clamped to [-1, 1]. Errors: RangeError for a table not square or below 2 x 2, counts not whole or negative, confidence.
 * R: psych::cohen.kappa (its error of weighted kappa differs from the formula by some per cent). Cost: O(k squared).
 */
export function weightedKappa(
  table: readonly (readonly number[])[],
  weights: KappaWeights,
  confidence = USUAL_CONFIDENCE,
): KappaResult {
  requireConfidence(confidence)
  const k = table.length
  const count = requireTable(table)
  if (count === 0) return { kind: 'cannot', because: 'no-data', detail: 'no case was rated' }
  const weight = (i: number, j: number) => {
    const distance = Math.abs(i - j) / (k - 1)
    return weights === 'none' ? Number(i === j) : 1 - (weights === 'linear' ? distance : distance * distance)
  }
  const share = table.map((row) => row.map((value) => value / count))
  const first = share.map((row) => row.reduce((sum, value) => sum + value, 0))
  const second = share.map((_, j) => share.reduce((sum, row) => sum + row[j]!, 0))
  let [observed, expected] = [0, 0]
  const forFirst = first.map((_, i) => second.reduce((sum, value, j) => sum + value * weight(i, j), 0))
  const forSecond = second.map((_, j) => first.reduce((sum, value, i) => sum + value * weight(i, j), 0))
  share.forEach((row, i) => {
    row.forEach((value, j) => {
      observed += value * weight(i, j)
      expected += first[i]! * second[j]! * weight(i, j)
    })
  })
  if (first.some((value, i) => value === 1 && second[i] === 1))
    return { kind: 'cannot', because: 'no-variation', detail: 'both raters gave all cases one and the same category' }
  const kappa = (observed - expected) / (1 - expected)
  // Fleiss, Cohen and Everitt (1969), equations 8 (about the estimate) and 9 (under chance).
  let [about, chance] = [0, 0]
  share.forEach((row, i) => {
    row.forEach((value, j) => {
      const marginal = forFirst[i]! + forSecond[j]!
      about += value * (weight(i, j) * (1 - expected) - marginal * (1 - observed)) ** 2
      chance += first[i]! * second[j]! * (weight(i, j) - marginal) ** 2
    })
  })
  about -= (observed * expected - 2 * expected + observed) ** 2
  chance -= expected * expected
  const standardError = Math.sqrt(Math.max(0, about) / count) / (1 - expected) ** 2
  const standardErrorUnderChance = Math.sqrt(Math.max(0, chance) / count) / (1 - expected)
  const reach = normalQuantile((1 - confidence) / 2, 'upper') * standardError
  return {
    kind: 'agreement',
    kappa,
    observed,
    expected,
    standardError,
    standardErrorUnderChance,
    lower: Math.max(-1, kappa - reach),
    upper: Math.min(1, kappa + reach),
    pValue: standardErrorUnderChance === 0 ? 1 : 2 * normalTail(Math.abs(kappa) / standardErrorUnderChance, 'upper'),
    count,
    confidence,
  }
}

/** The number of cases. */
function requireTable(table: readonly (readonly number[])[]): number {
  if (table.length < 2 || table.some((row) => row.length !== table.length))
    throw new RangeError('table must be square, at least 2 x 2')
  let count = 0
  for (const [i, row] of table.entries()) {
    for (const value of row) {
      if (!Number.isInteger(value) || value < 0)
        throw new RangeError(`table[${i}] must hold whole counts from 0, got ${value}`)
      count += value
    }
  }
  return count
}
