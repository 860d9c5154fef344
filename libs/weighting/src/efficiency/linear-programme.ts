export type ProgrammeResult =
  | { kind: 'optimum'; solution: number[]; values: number[] }
  | { kind: 'infeasible' }
  | { kind: 'unbounded' }

/** Figures below this are rounding; the programme should be scaled so that its figures lie around 1. */
const TINY = 1e-9

/**
 * Linear programme in standard form with objectives in order of precedence: minimise the first, then the second without giving up anything
 * of the first, and so on, subject to rows x = limits, x >= 0.
 *
 * When to use: small dense programmes, up to some tens of rows and thousands of columns; made for `envelopmentAnalysis`.
 * Formula in words: two-phase tableau simplex; artificial variables first, driven out where possible; Bland's rule (the first column that
 * helps enters, among the tightest rows the one of the first variable leaves), which cannot cycle; between objectives every column that
 * would worsen the one just met is closed.
 * Source: Dantzig (1963), Linear Programming and Extensions, chapters 5 and 9; Bland (1977), Mathematics of Operations Research 2:103-107.
 * Why of our own: no solver is among the project's dependencies; a dense tableau of this size needs no sparse machinery, and Bland's rule
 * gives the same basis on every machine, which makes peers reproducible.
 * Arguments: `objectives` k x n, `rows` m x n, `limits` m (negative ones are turned round). Tolerance 1e-9 absolute: scale the figures.
 * Errors: RangeError for shapes, figures not finite. Cost: O(m n) a pivot; usually a few times m + n pivots.
 */
export function solveProgramme(
  objectives: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): ProgrammeResult {
  const n = requireShapes(objectives, rows, limits)
  const m = rows.length
  const width = n + m + 1
  const table = rows.map((row, i) => {
    const sign = limits[i]! < 0 ? -1 : 1
    const line = new Float64Array(width)
    row.forEach((value, j) => {
      line[j] = sign * value
    })
    line[n + i] = 1
    line[width - 1] = sign * limits[i]!
    return line
  })
  const basis = rows.map((_, i) => n + i)
  const closed = new Uint8Array(width - 1)
  const artificial = Float64Array.from({ length: width - 1 }, (_, j) => (j >= n ? 1 : 0))
  if (minimise(table, basis, closed, artificial) === 'unbounded') return { kind: 'unbounded' }
  if (basis.some((column, i) => column >= n && table[i]![width - 1]! > TINY)) return { kind: 'infeasible' }
  driveOutArtificial(table, basis, n)
  closed.fill(1, n)
  for (const objective of objectives) {
    const costs = new Float64Array(width - 1)
    costs.set(objective)
    const reduced = minimise(table, basis, closed, costs)
    if (reduced === 'unbounded') return { kind: 'unbounded' }
    for (let j = 0; j < n; j++) if (reduced[j]! > TINY) closed[j] = 1
  }
  const solution = Array.from({ length: n }, () => 0)
  basis.forEach((column, i) => {
    if (column < n) solution[column] = Math.max(0, table[i]![width - 1]!)
  })
  const values = objectives.map((objective) => objective.reduce((sum, cost, j) => sum + cost * solution[j]!, 0))
  return { kind: 'optimum', solution, values }
}

/** Pivots until no open column helps; the reduced costs of the optimum. */
function minimise(
  table: Float64Array[],
  basis: number[],
  closed: Uint8Array,
  costs: Float64Array,
): Float64Array | 'unbounded' {
  const width = costs.length + 1
  const reduced = new Float64Array(width)
  reduced.set(costs)
  table.forEach((line, i) => {
    const cost = costs[basis[i]!]!
    if (cost !== 0) for (let j = 0; j < width; j++) reduced[j]! -= cost * line[j]!
  })
  for (;;) {
    let entering = 0
    while (entering < costs.length && (closed[entering] === 1 || reduced[entering]! >= -TINY)) entering++
    if (entering === costs.length) return reduced
    let leaving = -1
    let tightest = Number.POSITIVE_INFINITY
    table.forEach((line, i) => {
      if (line[entering]! <= TINY) return
      const ratio = line[width - 1]! / line[entering]!
      const tied = Math.abs(ratio - tightest) <= TINY * TINY
      if (tied ? basis[i]! < basis[leaving]! : ratio < tightest) {
        leaving = i
        tightest = ratio
      }
    })
    if (leaving < 0) return 'unbounded'
    pivot(table, basis, leaving, entering)
    const factor = reduced[entering]!
    const line = table[leaving]!
    for (let j = 0; j < width; j++) reduced[j]! -= factor * line[j]!
    reduced[entering] = 0
  }
}

function pivot(table: Float64Array[], basis: number[], row: number, column: number): void {
  const line = table[row]!
  const factor = line[column]!
  for (let j = 0; j < line.length; j++) line[j]! /= factor
  line[column] = 1
  table.forEach((other, i) => {
    const share = other[column]!
    if (i === row || share === 0) return
    for (let j = 0; j < other.length; j++) other[j]! -= share * line[j]!
    other[column] = 0
  })
  basis[row] = column
}

/** An artificial variable left in the basis at 0 is exchanged for a real one; a row without any is redundant and stays. */
function driveOutArtificial(table: Float64Array[], basis: number[], n: number): void {
  basis.forEach((column, i) => {
    if (column < n) return
    const real = table[i]!.findIndex((value, j) => j < n && Math.abs(value) > TINY)
    if (real >= 0) pivot(table, basis, i, real)
  })
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
