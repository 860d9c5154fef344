export interface SimplexFit {
  /** At least 0, adding up to 1. */
  weights: number[]
  /** Sum of squared residuals plus ridge times the sum of squared weights. */
  loss: number
  /** Largest breach of the optimality conditions, as a share of the largest gradient: 0 for an exact optimum. */
  breach: number
  steps: number
}

const MOST_STEPS = 5000
/** Share of the mean diagonal added to it, so that dependent columns do no harm. */
const SAFETY_RIDGE = 1e-13
const TOLERANCE = 1e-10

/**
 * Least squares with weights on the simplex: at least 0 and adding up to 1.
 *
 * When to use: weights of a synthetic control; any mixture of given profiles.
 * Formula in words: active set: the weights of a few columns solve the problem with the sum constraint alone; the column whose gradient most
 * undercuts theirs joins; where a weight would turn negative the step stops at 0 and the column leaves; until no column undercuts.
 * Sources: Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23; Nocedal and Wright (2006), Numerical Optimization,
 * section 16.5; optimality Karush (1939), Kuhn and Tucker (1951).
 * Arguments: `columns` one list a weight, all of the length of `target`; `importance` weights of the rows, default 1; `ridge` at least 0.
 * Convention: exact up to rounding, which is reported as `breach`; with more columns than rows one of several optima is returned.
 * Errors: RangeError for no columns or lengths that differ, negative importance or ridge. Cost: O(columns squared rows) once, then some
 * steps of O(columns active + active cubed).
 */
export function simplexLeastSquares(input: {
  columns: readonly (readonly number[])[]
  target: readonly number[]
  importance?: readonly number[] | undefined
  ridge?: number
}): SimplexFit {
  const { columns, target, importance, ridge = 0 } = input
  requireSimplex(input)
  return simplexFromProducts(crossOfGaps(columns, target, importance), ridge)
}

/**
 * The same from the products of the columns' distances from the target, which is overwritten; for many problems made of the same products;
 * `start` holds weights of a problem much like it.
 * Source: as `simplexLeastSquares` (Lawson and Hanson 1974). Cost: some steps of O(columns active + active cubed).
 */
export function simplexFromProducts(
  cross: readonly Float64Array[],
  ridge: number,
  start?: readonly number[],
): SimplexFit {
  const count = cross.length
  let trace = 0
  for (let i = 0; i < count; i++) trace += cross[i]![i]!
  const safety = (SAFETY_RIDGE * trace) / count
  for (let i = 0; i < count; i++) cross[i]![i]! += ridge + safety
  const weights = start ? Float64Array.from(start) : new Float64Array(count)
  if (!start) {
    let best = 0
    for (let i = 1; i < count; i++) if (cross[i]![i]! < cross[best]![best]!) best = i
    weights[best] = 1
  }
  const active = new Set<number>()
  weights.forEach((weight, i) => {
    if (weight > 0) active.add(i)
  })
  if (start) solveActive(cross, weights, active)
  let steps = 0
  for (; steps < MOST_STEPS; steps++) {
    const gradient = gradientOf(cross, weights, active)
    const level = [...active].reduce((sum, i) => sum + weights[i]! * gradient[i]!, 0)
    const joins = mostUndercutting(gradient, level, active)
    if (joins === null) break
    active.add(joins)
    solveActive(cross, weights, active)
    // A column that was sent away at once would be called again for ever: rounding, not progress.
    if (!active.has(joins)) break
  }
  return finish(cross, weights, active, ridge + safety, ridge, steps)
}

/** Products of distances from the target: with weights that add up to 1 they mix as the columns do, and do not cancel. */
export function crossOfGaps(
  columns: readonly (readonly number[])[],
  target: readonly number[],
  importance?: readonly number[],
): Float64Array[] {
  const rows = target.length
  const gaps = columns.map((column) => {
    const gap = new Float64Array(rows)
    for (let row = 0; row < rows; row++)
      gap[row] = (column[row]! - target[row]!) * (importance ? Math.sqrt(importance[row]!) : 1)
    return gap
  })
  const cross = gaps.map(() => new Float64Array(gaps.length))
  for (let i = 0; i < gaps.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let row = 0; row < rows; row++) sum += gaps[i]![row]! * gaps[j]![row]!
      cross[i]![j] = sum
      cross[j]![i] = sum
    }
  }
  return cross
}

function largestSize(values: Float64Array): number {
  let largest = 1e-300
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!))
  return largest
}

function mostUndercutting(gradient: Float64Array, level: number, active: ReadonlySet<number>): number | null {
  const scale = largestSize(gradient)
  let chosen: number | null = null
  let least = level - TOLERANCE * scale
  for (let i = 0; i < gradient.length; i++) {
    if (active.has(i) || !(gradient[i]! < least)) continue
    chosen = i
    least = gradient[i]!
  }
  return chosen
}

/** Moves towards the solution on the active columns, letting those go that reach 0 on the way. */
function solveActive(cross: readonly Float64Array[], weights: Float64Array, active: Set<number>): void {
  for (let round = 0; round <= weights.length; round++) {
    const own = [...active]
    const solved = withSumOne(cross, own)
    let share = 1
    own.forEach((i, a) => {
      if (solved[a]! <= 0) share = Math.min(share, weights[i]! / (weights[i]! - solved[a]!))
    })
    let left = false
    own.forEach((i, a) => {
      const moved = weights[i]! + share * (solved[a]! - weights[i]!)
      const gone = share < 1 && (moved <= 1e-15 || (solved[a]! <= 0 && moved < 1e-12))
      weights[i] = gone ? 0 : moved
      if (!gone) return
      active.delete(i)
      left = true
    })
    if (!left) return
  }
}

/** Minimum of w'Hw under sum 1 on some columns: H u = 1, w = u / sum u, by Cholesky with the last column joined. */
function withSumOne(cross: readonly Float64Array[], own: readonly number[]): number[] {
  const size = own.length
  const lower = own.map(() => new Float64Array(size))
  const forward = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const line = lower[i]!
    for (let j = 0; j <= i; j++) {
      let sum = cross[own[i]!]![own[j]!]!
      for (let m = 0; m < j; m++) sum -= line[m]! * lower[j]![m]!
      // A pivot lost in rounding: the column follows from the others, and gets hardly any weight.
      line[j] = i === j ? Math.sqrt(Math.max(sum, 1e-15 * cross[own[i]!]![own[i]!]! + 1e-300)) : sum / lower[j]![j]!
    }
    let right = 1
    for (let m = 0; m < i; m++) right -= line[m]! * forward[m]!
    forward[i] = right / line[i]!
  }
  const solution = Array.from({ length: size }, () => 0)
  for (let i = size - 1; i >= 0; i--) {
    let sum = forward[i]!
    for (let m = i + 1; m < size; m++) sum -= lower[m]![i]! * solution[m]!
    solution[i] = sum / lower[i]![i]!
  }
  const total = solution.reduce((sum, u) => sum + u, 0)
  return solution.map((u) => u / total)
}

function gradientOf(cross: readonly Float64Array[], weights: Float64Array, active: ReadonlySet<number>): Float64Array {
  const gradient = new Float64Array(weights.length)
  for (const i of active) {
    const [row, weight] = [cross[i]!, weights[i]!]
    for (let j = 0; j < gradient.length; j++) gradient[j]! += row[j]! * weight
  }
  return gradient
}

function finish(
  cross: readonly Float64Array[],
  weights: Float64Array,
  active: ReadonlySet<number>,
  added: number,
  ridge: number,
  steps: number,
): SimplexFit {
  const gradient = gradientOf(cross, weights, active)
  const whole = weights.reduce((sum, w, i) => sum + w * gradient[i]!, 0)
  const squares = weights.reduce((sum, w) => sum + w * w, 0)
  const scale = largestSize(gradient)
  let breach = 0
  gradient.forEach((g, i) => {
    breach = Math.max(breach, (active.has(i) ? Math.abs(g - whole) : whole - g) / scale)
  })
  return { weights: [...weights], loss: Math.max(0, whole - (added - ridge) * squares), breach, steps }
}

function requireSimplex({ columns, target, importance, ridge = 0 }: Parameters<typeof simplexLeastSquares>[0]): void {
  if (columns.length === 0) throw new RangeError('columns must hold at least one')
  if (columns.some((column) => column.length !== target.length))
    throw new RangeError(`columns must all have ${target.length} figures, as the target`)
  if (importance && (importance.length !== target.length || importance.some((value) => !(value >= 0))))
    throw new RangeError(`importance must have ${target.length} figures of at least 0`)
  if (!(ridge >= 0)) throw new RangeError(`ridge must be at least 0, got ${ridge}`)
}
