import { factorise } from './lu-factors.ts'

export type ProgrammeResult =
  | { kind: 'optimum'; solution: number[]; values: number[] }
  | { kind: 'infeasible' }
  | { kind: 'unbounded' }
  /** Rounding defeated the pivots; no programme of our tests did. */
  | { kind: 'stalled' }

/** Figures below this are rounding, once rows and columns are scaled so that figures lie around 1. */
const TINY = 1e-9
const SCALING_ROUNDS = 4
/** Far beyond what any sound programme of a thousand columns needs. */
const MOST_PIVOTS = 50_000

/**
 * Linear programme in standard form with objectives in order of precedence: minimise the first, then the second without giving up anything
 * of the first, and so on, subject to rows x = limits, x >= 0.
 *
 * When to use: small dense programmes, up to some tens of rows and thousands of columns; made for `envelopmentAnalysis`.
 * Formula in words: two-phase revised simplex. Every step factorises the basis afresh from the given figures (it has few rows), so rounding
 * does not pile up. The column with the steepest reduced cost enters; after a run of steps without progress Bland's rule takes over (first
 * column that helps, first row among the tightest), which cannot cycle. Between objectives every column that would worsen the one just met
 * is closed.
 * Source: Dantzig (1963), Linear Programming and Extensions, chapters 5, 9 and 11; Bland (1977), Mathematics of Operations Research
 * 2:103-107; Harris (1973), Mathematical Programming 5:1-28 (among nearly tightest rows the one with the largest pivot).
 * Why of our own: no solver is among the project's dependencies; a basis of ten rows needs no sparse machinery, and fixed rules for ties
 * give the same basis on every machine, which makes peers reproducible.
 * Arguments: `objectives` k x n, `rows` m x n, `limits` m. Rows and columns are scaled inside; tolerance 1e-9 of the scaled figures.
 * Errors: RangeError for shapes, figures not finite. Cost: O(m cubed + m n) a step; usually a few times m steps.
 */
export function solveProgramme(
  objectives: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): ProgrammeResult {
  const n = requireShapes(objectives, rows, limits)
  const m = rows.length
  const { rowScales, columnScales } = equilibrate(rows)
  const unit = limits.reduce((most, limit, i) => Math.max(most, Math.abs(limit * rowScales[i]!)), 0) || 1
  const signed = rowScales.map((scale, i) => (limits[i]! < 0 ? -scale : scale))
  const columns = new Float64Array((n + m) * m)
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < m; i++) columns[j * m + i] = signed[i]! * rows[i]![j]! * columnScales[j]!
  }
  for (let i = 0; i < m; i++) columns[(n + i) * m + i] = 1
  const state: State = {
    columns,
    limits: Float64Array.from(limits, (limit, i) => (signed[i]! * limit) / unit),
    basis: rows.map((_, i) => n + i),
    closed: new Uint8Array(n + m),
  }
  const feasible = minimise(state, new Float64Array(n + m).fill(1, n))
  if (feasible.kind !== 'met') return feasible
  if (state.basis.some((column, i) => column >= n && feasible.level[i]! > TINY)) return { kind: 'infeasible' }
  driveOutArtificial(state, n)
  state.closed.fill(1, n)
  let level = feasible.level
  for (const objective of objectives) {
    const costs = new Float64Array(n + m)
    for (let j = 0; j < n; j++) costs[j] = objective[j]! * columnScales[j]!
    const largest = costs.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0) || 1
    const met = minimise(
      state,
      costs.map((cost) => cost / largest),
    )
    if (met.kind !== 'met') return met
    met.reduced.forEach((cost, j) => {
      if (cost > TINY) state.closed[j] = 1
    })
    level = met.level
  }
  const solution = Array.from({ length: n }, () => 0)
  state.basis.forEach((column, i) => {
    if (column < n) solution[column] = Math.max(0, level[i]!) * unit * columnScales[column]!
  })
  const values = objectives.map((objective) => objective.reduce((sum, cost, j) => sum + cost * solution[j]!, 0))
  return { kind: 'optimum', solution, values }
}

interface State {
  /** n given columns of m figures, then m artificial ones. */
  columns: Float64Array
  limits: Float64Array
  /** The m columns of the basis. */
  basis: number[]
  /** 1 for columns that must not enter. */
  closed: Uint8Array
}

/** Steps until no open column helps; levels of the basis and reduced costs at the optimum. */
function minimise(
  state: State,
  costs: Float64Array,
): { kind: 'met'; level: Float64Array; reduced: Float64Array } | { kind: 'unbounded' } | { kind: 'stalled' } {
  const { columns, basis, closed } = state
  const m = basis.length
  let idle = 0
  const reduced = new Float64Array(costs.length)
  for (let step = 0; step < MOST_PIVOTS; step++) {
    const factors = factoriseBasis(state)
    if (!factors) return { kind: 'stalled' }
    const level = factors.solve(state.limits)
    const prices = factors.solveTransposed(Float64Array.from(basis, (column) => costs[column]!))
    for (let j = 0; j < reduced.length; j++) reduced[j] = costs[j]! - timesColumn(prices, columns, j)
    for (const column of basis) reduced[column] = 0
    const careful = idle > 2 * m + 10
    const entering = chooseColumn(reduced, closed, careful)
    if (entering < 0)
      return level.some((value) => value < -1e-7) ? { kind: 'stalled' } : { kind: 'met', level, reduced }
    const direction = factors.solve(columns.subarray(entering * m, (entering + 1) * m))
    const leaving = chooseRow(level, direction, basis, careful)
    if (leaving < 0) return { kind: 'unbounded' }
    idle = level[leaving]! / direction[leaving]! > TINY ? 0 : idle + 1
    basis[leaving] = entering
  }
  return { kind: 'stalled' }
}

function chooseColumn(reduced: Float64Array, closed: Uint8Array, first: boolean): number {
  let chosen = -1
  let steepest = -TINY
  for (let j = 0; j < reduced.length; j++) {
    if (closed[j] === 1 || reduced[j]! >= steepest) continue
    if (first) return j
    chosen = j
    steepest = reduced[j]!
  }
  return chosen
}

function chooseRow(level: Float64Array, direction: Float64Array, basis: readonly number[], careful: boolean): number {
  const slack = careful ? 0 : TINY
  let reach = Number.POSITIVE_INFINITY
  direction.forEach((share, i) => {
    if (share > TINY) reach = Math.min(reach, (Math.max(0, level[i]!) + slack) / share)
  })
  let chosen = -1
  direction.forEach((share, i) => {
    if (share <= TINY || Math.max(0, level[i]!) / share > reach) return
    const better = careful ? basis[i]! < basis[chosen]! : share > direction[chosen]!
    if (chosen < 0 || better) chosen = i
  })
  return chosen
}

/** An artificial variable left in the basis at 0 is exchanged for a real one; a redundant row has none and keeps it. */
function driveOutArtificial(state: State, n: number): void {
  const { columns, basis } = state
  for (let i = 0; i < basis.length; i++) {
    if (basis[i]! < n) continue
    const factors = factoriseBasis(state)
    if (!factors) return
    const row = factors.solveTransposed(Float64Array.from(basis, (_, k) => (k === i ? 1 : 0)))
    let chosen = -1
    let largest = 1e-7
    for (let j = 0; j < n; j++) {
      const share = basis.includes(j) ? 0 : Math.abs(timesColumn(row, columns, j))
      if (share > largest) {
        chosen = j
        largest = share
      }
    }
    if (chosen >= 0) basis[i] = chosen
  }
}

/**
 * Factors for rows and columns, powers of two, that bring the figures near 1: geometric means of the largest and smallest, some rounds.
 * Curtis and Reid (1972), IMA Journal of Applied Mathematics 10:118-124, in its simplest form.
 */
function equilibrate(rows: readonly (readonly number[])[]): { rowScales: number[]; columnScales: number[] } {
  const m = rows.length
  const n = rows[0]!.length
  // Logarithms to the base 2, column by column; NaN, which loses every comparison, for 0.
  const logs = new Float64Array(m * n)
  rows.forEach((row, i) => {
    for (let j = 0; j < n; j++) logs[j * m + i] = row[j] === 0 ? Number.NaN : Math.log2(Math.abs(row[j]!))
  })
  const ofRow = new Float64Array(m)
  const ofColumn = new Float64Array(n)
  const middle = (length: number, at: (k: number) => number) => {
    let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let k = 0; k < length; k++) {
      const log = at(k)
      if (log > most) most = log
      if (log < least) least = log
    }
    return most < least ? 0 : -Math.round((most + least) / 2)
  }
  for (let round = 0; round < SCALING_ROUNDS; round++) {
    for (let i = 0; i < m; i++) ofRow[i] = middle(n, (j) => logs[j * m + i]! + ofColumn[j]!)
    for (let j = 0; j < n; j++) ofColumn[j] = middle(m, (i) => logs[j * m + i]! + ofRow[i]!)
  }
  return { rowScales: Array.from(ofRow, (log) => 2 ** log), columnScales: Array.from(ofColumn, (log) => 2 ** log) }
}

function timesColumn(row: Float64Array, columns: Float64Array, column: number): number {
  let sum = 0
  for (let i = 0, at = column * row.length; i < row.length; i++, at++) sum += row[i]! * columns[at]!
  return sum
}

function factoriseBasis({ columns, basis }: State) {
  const m = basis.length
  return factorise(basis.map((column) => columns.subarray(column * m, (column + 1) * m)))
}

function requireShapes(
  objectives: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): number {
  const n = rows[0]?.length ?? 0
  if (n === 0) throw new RangeError('rows must hold at least one row with at least one column')
  if (objectives.length === 0) throw new RangeError('objectives must hold at least one objective')
  if (limits.length !== rows.length)
    throw new RangeError(`limits must have ${rows.length} values, got ${limits.length}`)
  for (const [name, lines] of Object.entries({ objectives, rows, limits: [limits] })) {
    const length = name === 'limits' ? rows.length : n
    if (lines.some((line) => line.length !== length || !line.every(Number.isFinite)))
      throw new RangeError(`${name} must have ${length} finite values each`)
  }
  return n
}
