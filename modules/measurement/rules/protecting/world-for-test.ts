/** Small worlds of units, time and answers, and everything one may ask about them. */
import fc from 'fast-check'
import { dayNumber } from '#worktime/days'
import type { Asked } from './attack-for-test.ts'
import { decideUnits, type UnitTree } from './decide-units.ts'
import { type TimeNode, type TimeTree, timeTree } from './time-tree.ts'

export const LIMIT = 10

/** Place of the unit above for each unit; place 0 is the whole. */
export const aboves = (most: number) =>
  fc.array(fc.nat(), { minLength: 1, maxLength: most }).map((choices) => {
    const above = [-1]
    for (const [index, choice] of choices.entries()) above.push(choice % (index + 1))
    return above
  })

export function treeOf(above: readonly number[], limits?: readonly number[]): UnitTree {
  const below = above.map(() => [] as number[])
  for (const [unit, over] of above.entries()) if (over >= 0) below[over]!.push(unit)
  return {
    above: Int32Array.from(above),
    below,
    limits: Float64Array.from(above, (_over, unit) => limits?.[unit] ?? LIMIT),
  }
}

/** None, few, some. */
export const answers = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 4, arbitrary: fc.integer({ min: 5, max: 40 }) },
)

export interface Atom {
  readonly unit: number
  readonly leaf: TimeNode
  readonly group: number
  readonly n: number
}

export interface World {
  readonly tree: UnitTree
  readonly time: TimeTree
  /** Every stretch of time there is, from years to leaves. */
  readonly nodes: readonly TimeNode[]
  /** Answers of one unit itself, in one leaf of time, of one group. */
  readonly atoms: readonly Atom[]
  /** Places of the atoms of a unit with all below it. */
  readonly atomsOf: (unit: number, node: TimeNode, group?: number) => number[]
  readonly count: (atoms: readonly number[]) => number
  readonly counts: (node: TimeNode, group?: number) => Float64Array
}

/** `draw`: answers of a unit itself in a leaf and group. */
export function worldOf(
  tree: UnitTree,
  ranges: readonly (readonly [from: string, until: string])[],
  groups: number,
  draw: (unit: number, leaf: number, group: number) => number,
): World {
  const time = timeTree(1, dayNumber('2030-06-05'))
  for (const [from, until] of ranges) time.cover(dayNumber(from), dayNumber(until))
  const leaves = time.leaves()
  const nodes = [...new Set(leaves.flatMap((leaf) => chainOf(leaf)))]
  const atoms = [...tree.above.keys()].flatMap((unit) =>
    leaves.flatMap((leaf, place) =>
      Array.from({ length: groups }, (_unused, group) => ({ unit, leaf, group, n: draw(unit, place, group) })),
    ),
  )
  const known = atoms.filter((atom) => atom.n > 0)
  const under = (unit: number, over: number): boolean => unit === over || (unit >= 0 && under(tree.above[unit]!, over))
  const atomsOf = (unit: number, node: TimeNode, group?: number) =>
    [...known.keys()].filter((place) => {
      const atom = known[place]!
      return (
        (group === undefined || atom.group === group) && chainOf(atom.leaf).includes(node) && under(atom.unit, unit)
      )
    })
  const count = (places: readonly number[]) => places.reduce((sum, place) => sum + known[place]!.n, 0)
  const cache = new Map<string, Float64Array>()
  const counts = (node: TimeNode, group?: number) => {
    const key = `${nodes.indexOf(node)} ${group}`
    const counted = cache.get(key) ?? Float64Array.from(tree.above, (_over, unit) => count(atomsOf(unit, node, group)))
    cache.set(key, counted)
    return counted
  }
  return { tree, time, nodes, atoms: known, atomsOf, count, counts }
}

export function chainOf(node: TimeNode): TimeNode[] {
  return node.within === null ? [node] : [node, ...chainOf(node.within)]
}

export interface Cell extends Asked {
  readonly unit: number
  readonly node: TimeNode
  readonly n: number
  readonly told: boolean
}

export function cellsOf(world: World): Cell[] {
  const told = decideUnits(world.tree, world.time, (node) => world.counts(node))
  return world.nodes.flatMap((node) =>
    [...world.tree.above.keys()].map((unit) => {
      const atoms = world.atomsOf(unit, node)
      return { name: `${unit} ${node.kind}`, unit, node, atoms, n: world.count(atoms), told: told(node)[unit] === 1 }
    }),
  )
}

/** What is told less everything told that is a part of it in one direction: below it, or in the parts of its time. */
export function residuals(world: World, cells: readonly Cell[]): number[][] {
  const told = cells.filter((cell) => cell.told)
  const less = (whole: Cell, parts: readonly Cell[]) => {
    const taken = new Set(parts.flatMap((part) => part.atoms))
    return whole.atoms.filter((atom) => !taken.has(atom))
  }
  return told.flatMap((whole) => [
    less(
      whole,
      told.filter((cell) => cell.node === whole.node && world.tree.above[cell.unit] === whole.unit),
    ),
    less(
      whole,
      told.filter((cell) => cell.unit === whole.unit && cell.node.within === whole.node),
    ),
  ])
}

/** Differences of two answers of which one is part of the other. */
export function differences(cells: readonly Asked[]): number[][] {
  const found: number[][] = []
  for (const one of cells) {
    const own = new Set(one.atoms)
    for (const other of cells) {
      if (other.atoms.length >= one.atoms.length || !other.atoms.every((atom) => own.has(atom))) continue
      const taken = new Set(other.atoms)
      found.push(one.atoms.filter((atom) => !taken.has(atom)))
    }
  }
  return found
}
