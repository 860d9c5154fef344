/** Which groups of a split (or which segment) are told for which units, where the units themselves are told. */
import { type Counts, hideBelow, type Told, type UnitTree } from './decide-units.ts'
import { faultsOf, smallestToHide } from './hidden-block.ts'
import type { TimeNode, TimeTree } from './time-tree.ts'

/** Answers of every unit, by group: one list for each group, by place of the unit. */
export type GroupCounts = (node: TimeNode) => readonly Float64Array[]
/** The same, 1 or 0. */
export type GroupsTold = (node: TimeNode) => readonly Uint8Array[]

/** Groups that are parts of one thing: of the unit itself, or, where two attributes split it, of a group of one of them. */
export interface Line {
  readonly members: readonly number[]
  readonly counts: Counts
  readonly told: Told
  /** Whether what no group accounts for may be worked out: it is looked at by `barred`. */
  readonly open?: boolean
}

export interface GroupsAsked {
  /** How many groups there are. */
  readonly groups: number
  readonly counts: GroupCounts
  readonly lines: readonly Line[]
  /** What else forbids a group of a unit in a part. */
  readonly barred?: (node: TimeNode, group: number, unit: number) => boolean
}

/**
 * As `decideUnits`, for each group of each unit: told where the unit is told, the stretch as a whole is told for the group, and the unit
 * above is told for it; with no part under the limit; and so that nothing hidden follows among the groups of a unit nor among the units
 * that have the group. Cost: parts x units x groups for each stretch.
 */
export function decideGroups(tree: UnitTree, time: TimeTree, asked: GroupsAsked): GroupsTold {
  const known = new Map<TimeNode, readonly Uint8Array[]>()
  const told: GroupsTold = (node) => {
    const before = known.get(node)
    if (before) return before
    const { within } = node
    const parts = within === null ? [node] : time.partsOf(within)!
    const decided = decideParts(stretchOf(tree, asked, parts, within === null ? null : told(within)))
    for (const part of parts) known.set(part, decided)
    return decided
  }
  return told
}

interface Stretch {
  readonly tree: UnitTree
  readonly asked: GroupsAsked
  readonly parts: readonly TimeNode[]
  /** By part, then by group, then by unit. */
  readonly columns: readonly (readonly Float64Array[])[]
  /** Where the stretch as a whole is told. */
  readonly wider: readonly Uint8Array[] | null
  /** Totals of each line by part, and where it is told. */
  readonly lines: readonly (Line & { readonly totals: readonly Float64Array[]; readonly here: Uint8Array })[]
  readonly shown: readonly Uint8Array[]
}

function stretchOf(tree: UnitTree, asked: GroupsAsked, parts: readonly TimeNode[], wider: Stretch['wider']): Stretch {
  return {
    tree,
    asked,
    parts,
    wider,
    columns: parts.map(asked.counts),
    lines: asked.lines.map((line) => ({ ...line, totals: parts.map(line.counts), here: line.told(parts[0]!) })),
    shown: Array.from({ length: asked.groups }, () => new Uint8Array(tree.above.length)),
  }
}

function decideParts(stretch: Stretch): readonly Uint8Array[] {
  const { tree, lines, shown } = stretch
  for (const group of shown.keys()) begin(stretch, group)
  let changed = true
  // Hiding a unit's group opens a line of groups, and hiding that one a line of units: until nothing changes. Each turn hides more.
  while (changed) {
    changed = false
    for (let unit = tree.above.length - 1; unit >= 0; unit -= 1) {
      for (const group of shown.keys()) changed = settleUnits(stretch, group, unit) || changed
      for (const line of lines) changed = settleGroups(stretch, line, unit) || changed
    }
  }
  return shown
}

/** What may be told of a group at most. */
function begin({ tree, asked, parts, columns, wider, lines, shown }: Stretch, group: number): void {
  const { above, limits } = tree
  const own = lines.filter((line) => line.members.includes(group))
  for (let unit = 0; unit < above.length; unit += 1) {
    const over = above[unit]!
    const may =
      own.every((line) => line.here[unit] === 1) &&
      (wider === null || wider[group]![unit] === 1) &&
      (over < 0 || shown[group]![over] === 1)
    const small = (part: number) => columns[part]![group]![unit]! > 0 && columns[part]![group]![unit]! < limits[unit]!
    const free = parts.every((node, part) => !small(part) && !asked.barred?.(node, group, unit))
    shown[group]![unit] = may && free ? 1 : 0
  }
}

/** The units below one that tells the group. */
function settleUnits(stretch: Stretch, group: number, unit: number): boolean {
  const { tree, columns, wider, shown } = stretch
  const own = shown[group]!
  const members = tree.below[unit]!
  if (members.length === 0 || own[unit] === 0) return false
  const column = columns.map((groups) => groups[group]!)
  let changed = false
  while (own[unit] === 1) {
    const block = {
      totals: column.map((each) => each[unit]!),
      members,
      n: (member: number, part: number) => column[part]![member]!,
      shown: (member: number) => own[member] === 1,
      toldWider: (member: number) => wider?.[group]![member] === 1,
      limitOf: (member: number) => tree.limits[member]!,
      limit: tree.limits[unit]!,
    }
    const faults = faultsOf(block)
    if (faults.length === 0) return changed
    hideBelow(tree.below, own, smallestToHide(block, faults) ?? unit)
    changed = true
  }
  return changed
}

/** The groups of one unit. What they are parts of is told already, so at worst all of them are hidden. */
function settleGroups(stretch: Stretch, line: Stretch['lines'][number], unit: number): boolean {
  const { tree, columns, wider, shown } = stretch
  if (line.open || line.here[unit] === 0) return false
  const column = columns.map((groups) => groups.map((group) => group[unit]!))
  let changed = false
  for (;;) {
    const block = {
      totals: line.totals.map((each) => each[unit]!),
      members: line.members,
      n: (member: number, part: number) => column[part]![member]!,
      shown: (member: number) => shown[member]![unit] === 1,
      toldWider: (member: number) => wider?.[member]![unit] === 1,
      limitOf: () => tree.limits[unit]!,
      limit: tree.limits[unit]!,
    }
    const faults = faultsOf(block)
    const smallest = smallestToHide(block, faults)
    // Where nothing is left to hide, what follows is as large as something told.
    if (smallest === null) return changed
    hideBelow(tree.below, shown[smallest]!, unit)
    changed = true
  }
}
