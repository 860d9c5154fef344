import type { Cannot } from '../cannot.ts'
import { euclideanLength, largest, smallest } from './column-figures.ts'
import {
  type DecisionMatrix,
  type Direction,
  type MatrixProblem,
  readMatrix,
  requireDirections,
} from './decision-matrix.ts'

export type Normalisation = 'min-max' | 'vector' | 'sum' | 'max' | 'z-score' | 'target'

export type NormalisedResult =
  | { kind: 'normalised'; rows: number[][] }
  | Cannot<MatrixProblem | 'constant' | 'not-positive'>

export interface NormalisationInput {
  /** Units x items. */
  rows: DecisionMatrix
  /** One per item. */
  directions: readonly Direction[]
  method: Normalisation
  /** What an item gives in which all units are equal, where the method divides by its spread: a number for all, or 'cannot' (default). */
  whenConstant?: number | 'cannot'
  /** Of the standard deviation of 'z-score'; default 'n-1'. */
  divisor?: 'n' | 'n-1'
}

/**
 * Makes items of different units comparable: every column brought to a scale without unit on which more is better.
 *
 * When to use: before adding, multiplying or measuring distances over items in days, per cent and yuan.
 * Formula in words, per item, x the figure (benefit; cost; target t):
 * 'min-max' (x - min) / (max - min); (max - x) / (max - min); 1 - |x - t| / largest |x - t|;
 * 'vector' x / root of the sum of squares; 1 - that; not for targets;
 * 'sum' x / sum; (1 / x) / sum of 1 / x; not for targets;
 * 'max' x / max; min / x; not for targets;
 * 'z-score' (x - mean) / standard deviation; its negative; the z-score of -|x - t|;
 * 'target' 1 - |x - t| / (max - min), both taken over the figures and t, t the largest figure for benefit, the smallest for cost.
 * Sources: Hwang and Yoon (1981), section 2.4 (vector, linear scales); OECD/JRC (2008), Handbook on Constructing Composite Indicators,
 * step 5 (min-max, z-score); Jahan and Edwards (2015), Materials and Design 65:335-342 (cost as one minus vector); Jahan, Bahraminasab and
 * Edwards (2012), Materials and Design 35:647-654 (target).
 * Units: results dimensionless; 'min-max' and 'target' lie in [0, 1]; with figures >= 0 so do the others but 'z-score'.
 * Edge cases: a constant column under 'min-max', 'z-score', 'target' is `whenConstant`, for 'vector' and 'sum' a column of zeros too;
 * 'sum' and 'max' refuse figures they cannot carry (negative ones; zeros where they are divided by) as 'not-positive'; gaps are
 * 'missing'. Every result depends on the set of units: adding one may change all of them.
 * Errors: RangeError for shapes, a target under 'vector', 'sum' or 'max', whenConstant not finite. Cost: O(units * items).
 */
export function normaliseMatrix(input: NormalisationInput): NormalisedResult {
  const { rows, directions, method, whenConstant = 'cannot', divisor = 'n-1' } = input
  if (whenConstant !== 'cannot' && !Number.isFinite(whenConstant))
    throw new RangeError(`whenConstant must be finite or 'cannot', got ${whenConstant}`)
  const matrix = readMatrix(rows)
  if (matrix.kind === 'cannot') return matrix
  requireDirections(directions, matrix.items)
  const columns: number[][] = []
  for (let j = 0; j < matrix.items; j++) {
    const direction = directions[j]!
    if (typeof direction === 'object' && ['vector', 'sum', 'max'].includes(method))
      throw new RangeError(`directions[${j}] must not be a target: '${method}' has none`)
    const values = matrix.values.map((row) => row[j]!)
    const column = normaliseColumn(values, direction, method, divisor)
    if (column === 'not-positive') {
      const detail = `column ${j} holds figures that '${method}' cannot carry: negative, or zero where it divides`
      return { kind: 'cannot', because: 'not-positive', detail }
    }
    if (column === 'constant' && whenConstant === 'cannot')
      return { kind: 'cannot', because: 'constant', detail: `column ${j} is the same for all units` }
    columns.push(column === 'constant' ? values.map(() => Number(whenConstant)) : column)
  }
  return { kind: 'normalised', rows: matrix.values.map((_, i) => columns.map((column) => column[i]!)) }
}

type Column = number[] | 'constant' | 'not-positive'

function normaliseColumn(
  values: readonly number[],
  direction: Direction,
  method: Normalisation,
  divisor: 'n' | 'n-1',
): Column {
  switch (method) {
    case 'min-max':
      return minMaxColumn(values, direction)
    case 'target':
      return targetColumn(values, direction)
    case 'z-score':
      return zScoreColumn(values, direction, divisor)
    case 'vector': {
      const length = euclideanLength(values)
      if (length === 0) return 'constant'
      return values.map((x) => (direction === 'cost' ? 1 - x / length : x / length))
    }
    case 'sum':
      return sumColumn(values, direction)
    case 'max': {
      const most = largest(values)
      if (smallest(values) < (direction === 'cost' ? Number.MIN_VALUE : 0) || most === 0) return 'not-positive'
      return values.map((x) => (direction === 'cost' ? smallest(values) / x : x / most))
    }
  }
}

function minMaxColumn(values: readonly number[], direction: Direction): Column {
  if (typeof direction === 'object') {
    const gaps = values.map((x) => Math.abs(x - direction.target))
    const most = largest(gaps)
    return most === 0 || most === smallest(gaps) ? 'constant' : gaps.map((gap) => 1 - gap / most)
  }
  const low = smallest(values)
  const high = largest(values)
  if (low === high) return 'constant'
  return values.map((x) => (direction === 'benefit' ? (x - low) / (high - low) : (high - x) / (high - low)))
}

function targetColumn(values: readonly number[], direction: Direction): Column {
  const low = smallest(values)
  const high = largest(values)
  const target = typeof direction === 'object' ? direction.target : direction === 'benefit' ? high : low
  if (low === high) return 'constant'
  const range = Math.max(high, target) - Math.min(low, target)
  return values.map((x) => 1 - Math.abs(x - target) / range)
}

function zScoreColumn(values: readonly number[], direction: Direction, divisor: 'n' | 'n-1'): Column {
  const good = values.map((x) =>
    typeof direction === 'object' ? -Math.abs(x - direction.target) : direction === 'cost' ? -x : x,
  )
  if (smallest(good) === largest(good)) return 'constant'
  const mean = good.reduce((sum, x) => sum + x, 0) / good.length
  const squares = good.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (divisor === 'n' ? good.length : good.length - 1))
  return good.map((x) => (x - mean) / deviation)
}

function sumColumn(values: readonly number[], direction: Direction): Column {
  if (direction === 'cost') {
    if (values.some((x) => x <= 0)) return 'not-positive'
    const total = values.reduce((sum, x) => sum + 1 / x, 0)
    return values.map((x) => 1 / x / total)
  }
  if (values.some((x) => x < 0)) return 'not-positive'
  const total = values.reduce((sum, x) => sum + x, 0)
  return total === 0 ? 'constant' : values.map((x) => x / total)
}
