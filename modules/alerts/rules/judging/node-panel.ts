/** The same indicator for the nodes above the units: their sums added up. */
import type { Panel } from './panel.ts'
import { cellAt, pooledFigures } from './panel.ts'

export interface NodePanel {
  readonly panel: Panel
  /** Rows of the units' panel below each node, in the order of the nodes. */
  readonly units: readonly (readonly number[])[]
  /** From the root down to the node itself. */
  readonly paths: readonly (readonly number[])[]
}

/** `paths`: of each unit, from the root down to the unit itself; nodes above `below` are left out. */
export function nodePanelOf(panel: Panel, paths: readonly (readonly number[])[], below: number | null): NodePanel {
  const rows = new Map<number, number[]>()
  const nodePaths = new Map<number, readonly number[]>()
  for (const [unit, path] of paths.entries()) {
    const from = below === null ? 0 : path.indexOf(below)
    if (from < 0) continue
    for (let depth = from; depth < path.length - 1; depth += 1) {
      const node = path[depth]!
      const own = rows.get(node)
      if (own) own.push(unit)
      else {
        rows.set(node, [unit])
        nodePaths.set(node, path.slice(0, depth + 1))
      }
    }
  }
  const nodes = [...rows.keys()]
  const width = panel.periods.starts.length
  const column = () => new Float64Array(nodes.length * width).fill(Number.NaN)
  const made = {
    ...panel,
    subjects: nodes,
    value: column(),
    numerator: column(),
    denominator: column(),
    n: column().fill(0),
    squares: column(),
    error: column(),
  }
  for (const [index, node] of nodes.entries())
    for (let place = 0; place < width; place += 1) {
      const figures = pooledFigures(
        panel,
        rows.get(node)!.map((unit) => cellAt(panel, unit, place)),
      )
      if (figures === null) continue
      const cell = index * width + place
      // A plain count of a node is the sum, not the mean of its units.
      const count = panel.scatter === 'count'
      made.value[cell] = count ? figures.numerator * panel.scale : figures.value
      made.numerator[cell] = figures.numerator
      made.denominator[cell] = count ? Number.NaN : figures.denominator
      made.n[cell] = figures.n
      made.squares[cell] = figures.squares
      made.error[cell] = figures.error
    }
  return { panel: made, units: nodes.map((node) => rows.get(node)!), paths: nodes.map((node) => nodePaths.get(node)!) }
}
