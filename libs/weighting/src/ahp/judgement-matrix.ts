import type { Cannot } from '../cannot.ts'

/** How many times item i matters as much as item j; null where the pair was not judged. The diagonal is 1. */
export type JudgementMatrix = readonly (readonly (number | null)[])[]

/** 'saaty': 1/9 to 9, in between any value (group means are not whole); 'positive': any ratio. */
export type JudgementScale = 'saaty' | 'positive'

export type JudgementProblem = 'not-positive' | 'outside-scale' | 'not-reciprocal' | 'disconnected'

/** Reciprocals typed as decimals (0.33 for 1/3) are within one per cent. */
export const USUAL_RECIPROCAL_TOLERANCE = 0.02

/** Saaty's verbal scale: 1/9, 1/8, … 1/2, 1, 2, … 9, rising. */
export const SAATY_SCALE: readonly number[] = [
  ...[9, 8, 7, 6, 5, 4, 3, 2].map((value) => 1 / value),
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
]

/**
 * Reads a matrix of pairwise judgements: checks scale and reciprocity, fills the lower half from the upper.
 *
 * When to use: before priorities are computed from what people typed.
 * Formula in words: a judgement and its mirror image must multiply to 1; the one at or above 1 is kept (it is the one people say), its
 * mirror becomes its exact reciprocal; a missing mirror is filled.
 * Source: Saaty (1980), The Analytic Hierarchy Process, chapter 1 (reciprocal matrices, scale 1 to 9); Harker (1987), Mathematical
 * Modelling 9:353-360 (missing judgements).
 * Arguments: `reciprocalTolerance` largest |product - 1|, default 0.02 (decimals such as 0.33 pass).
 * Edge cases: figures <= 0 or not finite 'not-positive'; outside 1/9 to 9 'outside-scale' under the scale 'saaty'; a pair whose product is
 * not 1 or a diagonal that is not 1 'not-reciprocal'; items that no chain of judgements joins 'disconnected', the detail naming the groups.
 * Errors: RangeError for a matrix that is not square or empty, tolerance negative. Cost: O(n squared).
 */
export function readJudgements(
  matrix: JudgementMatrix,
  scale: JudgementScale = 'saaty',
  reciprocalTolerance = USUAL_RECIPROCAL_TOLERANCE,
): { kind: 'judgements'; values: (number | null)[][]; missing: number } | Cannot<JudgementProblem> {
  const n = matrix.length
  if (n === 0) throw new RangeError('matrix must have at least one row')
  if (matrix.some((row) => row.length !== n)) throw new RangeError(`matrix must be square, ${n} x ${n}`)
  if (!(reciprocalTolerance >= 0)) throw new RangeError('reciprocalTolerance must be at least 0')
  const values: (number | null)[][] = matrix.map((row, i) => row.map((_, j) => (i === j ? 1 : null)))
  let missing = 0
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const said = matrix[i]![j]!
      const mirror = matrix[j]![i]!
      const problem = problemOfPair(said, mirror, i, j, scale, reciprocalTolerance)
      if (problem) return problem
      if (i === j) continue
      if (said === null && mirror === null) {
        missing++
        continue
      }
      const leads = mirror === null || (said !== null && said >= mirror)
      values[i]![j] = leads ? said : 1 / mirror
      values[j]![i] = leads ? 1 / said : mirror
    }
  }
  const groups = connectedGroups(values)
  if (groups.length > 1) {
    const named = groups.map((group) => `{${group.join(', ')}}`).join(' and ')
    return { kind: 'cannot', because: 'disconnected', detail: `no judgement joins the items ${named}` }
  }
  return { kind: 'judgements', values, missing }
}

function problemOfPair(
  said: number | null,
  mirror: number | null,
  i: number,
  j: number,
  scale: JudgementScale,
  tolerance: number,
): Cannot<JudgementProblem> | null {
  for (const value of [said, mirror]) {
    if (value === null) continue
    if (!(value > 0) || value === Number.POSITIVE_INFINITY)
      return { kind: 'cannot', because: 'not-positive', detail: `the judgement of ${i} and ${j} is ${value}` }
    if (scale === 'saaty' && (value > 9 * (1 + tolerance) || value < 1 / 9 / (1 + tolerance)))
      return {
        kind: 'cannot',
        because: 'outside-scale',
        detail: `the judgement of ${i} and ${j} is ${value}, outside 1/9 to 9`,
      }
  }
  if (i === j) {
    if (said === null || said === 1) return null
    return { kind: 'cannot', because: 'not-reciprocal', detail: `item ${i} is compared with itself as ${said}` }
  }
  if (said === null || mirror === null || Math.abs(said * mirror - 1) <= tolerance) return null
  return {
    kind: 'cannot',
    because: 'not-reciprocal',
    detail: `${i} against ${j} is ${said}, ${j} against ${i} is ${mirror}: the product must be 1`,
  }
}

/** Groups of items joined by chains of judgements, each rising, in the order of their first items. */
function connectedGroups(values: readonly (readonly (number | null)[])[]): number[][] {
  const seen = new Set<number>()
  const groups: number[][] = []
  for (let start = 0; start < values.length; start++) {
    if (seen.has(start)) continue
    const group = [start]
    seen.add(start)
    for (const item of group) {
      values[item]!.forEach((value, other) => {
        if (value === null || seen.has(other)) return
        seen.add(other)
        group.push(other)
      })
    }
    groups.push(group.sort((left, right) => left - right))
  }
  return groups
}
