/**
 * Which units are told in which stretches of time, so that no group under its limit follows from what is told. `docs/decisions/0007` argues
 * the rule; this file is the rule.
 */
import { faultsOf, smallestToHide } from './hidden-block.ts'
import type { TimeNode, TimeTree } from './time-tree.ts'

/** Units by place: the whole is place 0, and whoever stands above another comes before it. Equal counts are told apart by place. */
export interface UnitTree {
  /** Place of the unit directly above; -1 for the whole. */
  readonly above: Int32Array
  readonly below: readonly (readonly number[])[]
  /** Fewest answers a unit may be told with. */
  readonly limits: Float64Array
}

/** Answers of every unit, with all below it, in a stretch of time. */
export type Counts = (node: TimeNode) => Float64Array

/** For a stretch of time, which units are told: 1 or 0 by place. */
export type Told = (node: TimeNode) => Uint8Array

/**
 * Coarse before fine: years first, then their parts. All parts of a stretch are decided together and alike for each unit, so that what is
 * hidden of a stretch is a whole block. A unit is told by the parts of a stretch when
 *
 * - it is told for the stretch as a whole, and what stands above it is told by the same parts;
 * - it has no part with answers under its limit;
 * - nothing hidden beside it follows (`hidden-block.ts`). Where something would, the smallest unit that is still told is hidden as well;
 *   where there is none left, the unit above.
 *
 * Cost: parts x units for each stretch that was opened.
 */
export function decideUnits(tree: UnitTree, time: TimeTree, counts: Counts): Told {
  const known = new Map<TimeNode, Uint8Array>()
  const told: Told = (node) => {
    const before = known.get(node)
    if (before) return before
    const { within } = node
    const parts = within === null ? [node] : time.partsOf(within)!
    const decided = decideParts(tree, { within, parts, counts, told })
    for (const part of parts) known.set(part, decided)
    return decided
  }
  return told
}

interface Question {
  readonly within: TimeNode | null
  readonly parts: readonly TimeNode[]
  readonly counts: Counts
  readonly told: Told
}

function decideParts(tree: UnitTree, { within, parts, counts, told }: Question): Uint8Array {
  const { above, below, limits } = tree
  const columns = parts.map(counts)
  const wider = within === null ? null : told(within)
  const shown = new Uint8Array(above.length)
  for (let unit = 0; unit < above.length; unit += 1) {
    const over = above[unit]!
    const may = (wider === null || wider[unit] === 1) && (over < 0 || shown[over] === 1)
    shown[unit] = may && !columns.some((column) => column[unit]! > 0 && column[unit]! < limits[unit]!) ? 1 : 0
  }
  const blockOf = (unit: number) => ({
    totals: columns.map((column) => column[unit]!),
    members: below[unit]!,
    n: (member: number, part: number) => columns[part]![member]!,
    shown: (member: number) => shown[member] === 1,
    toldWider: (member: number) => wider?.[member] === 1,
    limitOf: (member: number) => limits[member]!,
    limit: limits[unit]!,
  })
  // From the leaves up: a unit that must be hidden makes the unit above look again.
  for (let unit = above.length - 1; unit >= 0; unit -= 1) {
    if (below[unit]!.length === 0) continue
    while (shown[unit] === 1) {
      const block = blockOf(unit)
      const faults = faultsOf(block)
      if (faults.length === 0) break
      hideBelow(below, shown, smallestToHide(block, faults) ?? unit)
    }
  }
  return shown
}

/** With everything below it. */
export function hideBelow(below: UnitTree['below'], shown: Uint8Array, unit: number): void {
  const waiting = [unit]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (shown[next] === 0) continue
    shown[next] = 0
    waiting.push(...below[next]!)
  }
}
