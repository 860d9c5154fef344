import type { Cannot } from '../cannot.ts'

/** What is good: more, less, or close to a target (in the unit of the item). */
export type Direction = 'benefit' | 'cost' | { target: number }

/** Units in rows, items in columns; null where there is no figure. */
export type DecisionMatrix = readonly (readonly (number | null)[])[]

export type MatrixProblem = 'missing' | 'not-finite' | 'too-few'

/**
 * Reads a decision matrix: units in rows, items in columns, every figure known.
 *
 * When to use: before any method that compares units over several items; a gap must be filled or its unit left out by a stated rule
 * first, never in silence.
 * Source: the decision matrix of Hwang and Yoon (1981), Multiple Attribute Decision Making, section 2.1.
 * Arguments: `minimumRows` units the method needs at least.
 * Edge cases: a null gives 'missing', NaN or Infinity 'not-finite' (the detail names row and column, counted from 0), too few rows
 * 'too-few'. Errors: RangeError for no columns or rows of different length. Cost: O(units * items).
 */
export function readMatrix(
  rows: DecisionMatrix,
  minimumRows = 1,
): { kind: 'matrix'; values: number[][]; units: number; items: number } | Cannot<MatrixProblem> {
  const items = rows[0]?.length ?? 0
  if (rows.length > 0 && items === 0) throw new RangeError('rows must have at least one column')
  const uneven = rows.findIndex((row) => row.length !== items)
  if (uneven >= 0) throw new RangeError(`rows[${uneven}] must have ${items} values, got ${rows[uneven]!.length}`)
  if (rows.length < minimumRows) {
    return { kind: 'cannot', because: 'too-few', detail: `${rows.length} units, at least ${minimumRows} are needed` }
  }
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row.entries()) {
      if (value === null) return { kind: 'cannot', because: 'missing', detail: `row ${i}, column ${j} has no value` }
      if (!Number.isFinite(value)) {
        return { kind: 'cannot', because: 'not-finite', detail: `row ${i}, column ${j} holds ${value}` }
      }
    }
  }
  return { kind: 'matrix', values: rows.map((row) => row.map((value) => value!)), units: rows.length, items }
}

/** Refuses directions that do not fit the columns, by RangeError. O(items). */
export function requireDirections(directions: readonly Direction[], items: number): void {
  if (directions.length !== items)
    throw new RangeError(`directions must have ${items} values, got ${directions.length}`)
  for (const [j, direction] of directions.entries()) {
    const sound = typeof direction === 'object' ? Number.isFinite(direction.target) : /^(benefit|cost)$/.test(direction)
    if (!sound) throw new RangeError(`directions[${j}] must be 'benefit', 'cost' or a finite target`)
  }
}
