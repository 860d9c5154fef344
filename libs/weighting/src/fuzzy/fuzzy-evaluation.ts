import type { Cannot } from '../cannot.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'

export type FuzzyOperator =
  /** M(min, max): largest of the smaller of weight and membership; the dominant item decides. */
  | 'min-max'
  /** M(product, max): largest of weight times membership. */
  | 'product-max'
  /** M(min, bounded sum): sum of the smaller of weight and membership, at most 1. */
  | 'min-bounded-sum'
  /** M(product, bounded sum): the weighted mean; every item counts. */
  | 'product-bounded-sum'

export interface FuzzyEvaluation {
  kind: 'evaluation'
  /** Membership of the whole in each grade, as the operator gives it. */
  memberships: number[]
  /** The same scaled to sum 1. */
  shares: number[]
  /** Grades (positions) with the largest membership: more than one means undecided. */
  strongestGrades: number[]
  /** Second largest over largest membership: near 1, the reading by maximum is hardly better than its neighbour. */
  ambiguity: number
  /** Mean of the grades' values weighted by shares ** exponent; null without grade values. */
  centroid: number | null
}

/**
 * Fuzzy comprehensive evaluation: items' memberships in grades, combined by weights and read as one grade or one score.
 *
 * When to use: judgements by grade ("40 % of the panel said good"), or figures turned into memberships, over weighted items.
 * Formula in words: for every grade combine weights and memberships by the named operator. Read either by maximum membership or as the
 * centroid: the grades' values weighted by their memberships.
 * Source: Zadeh (1965); Wang (1983), Fuzzy Set Theory and its Applications (comprehensive evaluation); operators as in Feng and Xu (1999),
 * Fuzzy Sets and Systems 105:1-12; centroid as weighted average principle.
 * Arguments: `memberships` items x grades in [0, 1]; `weights` per item, scaled to 1; `gradeValues` points per grade;
 * `centroidExponent` default 1 (2 stresses the strongest grades).
 * Convention: operator named, no default. Under 'min-max' weights are thresholds rather than shares (with many items each is small and
 * hides all memberships): prefer 'product-bounded-sum' unless a rule says otherwise.
 * Dominance: with rising grade values an item moved up one grade never lowers the centroid under 'product-bounded-sum' (exponent 1, rows
 * summing to 1); the other operators do not promise it.
 * Edge cases: a row need not sum to 1; all memberships 0 give 'no-membership'. Errors: RangeError for shapes, memberships outside [0, 1],
 * weights, centroidExponent not above 0. Cost: O(items * grades).
 */
export function fuzzyEvaluation(input: {
  memberships: readonly (readonly number[])[]
  weights: readonly number[]
  operator: FuzzyOperator
  gradeValues?: readonly number[]
  centroidExponent?: number
}): FuzzyEvaluation | Cannot<'no-membership'> {
  const { operator, gradeValues, centroidExponent = 1 } = input
  const grades = requireMemberships(input.memberships)
  if (input.weights.length !== input.memberships.length)
    throw new RangeError(`weights must have ${input.memberships.length} values, got ${input.weights.length}`)
  if (gradeValues && (gradeValues.length !== grades || !gradeValues.every(Number.isFinite)))
    throw new RangeError(`gradeValues must have ${grades} finite values`)
  if (!(centroidExponent > 0 && Number.isFinite(centroidExponent)))
    throw new RangeError(`centroidExponent must be finite and above 0, got ${centroidExponent}`)
  const weights = normalisedWeights(input.weights)
  const memberships = Array.from({ length: grades }, (_, k) => {
    const parts = input.memberships.map((row, i) =>
      operator.startsWith('min') ? Math.min(weights[i]!, row[k]!) : weights[i]! * row[k]!,
    )
    return operator.endsWith('bounded-sum')
      ? Math.min(
          1,
          parts.reduce((sum, part) => sum + part, 0),
        )
      : parts.reduce((most, part) => Math.max(most, part), 0)
  })
  const total = memberships.reduce((sum, value) => sum + value, 0)
  if (total === 0) return { kind: 'cannot', because: 'no-membership', detail: 'no item belongs to any grade' }
  const strongest = memberships.reduce((most, value) => Math.max(most, value), 0)
  const strongestGrades = memberships.flatMap((value, k) => (value >= strongest * (1 - 1e-12) ? [k] : []))
  const second = memberships.reduce((most, value, k) => (strongestGrades.includes(k) ? most : Math.max(most, value)), 0)
  return {
    kind: 'evaluation',
    memberships,
    shares: memberships.map((value) => value / total),
    strongestGrades,
    ambiguity: strongestGrades.length > 1 ? 1 : second / strongest,
    centroid: gradeValues ? centroidOf(memberships, strongest, gradeValues, centroidExponent) : null,
  }
}

function centroidOf(
  memberships: readonly number[],
  strongest: number,
  gradeValues: readonly number[],
  exponent: number,
): number {
  const powers = memberships.map((value) => (value / strongest) ** exponent)
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.reduce((sum, power, k) => sum + power * gradeValues[k]!, 0) / total
}

function requireMemberships(memberships: readonly (readonly number[])[]): number {
  const grades = memberships[0]?.length ?? 0
  if (grades === 0) throw new RangeError('memberships must have at least one item and one grade')
  memberships.forEach((row, i) => {
    if (row.length !== grades) throw new RangeError(`memberships[${i}] must have ${grades} values, got ${row.length}`)
    if (!row.every((value) => value >= 0 && value <= 1)) throw new RangeError(`memberships[${i}] must lie in [0, 1]`)
  })
  return grades
}
