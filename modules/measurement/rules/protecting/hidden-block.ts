/** Whether something hidden follows from what is told beside it. */
import { bridgesOf, type Edge } from './bridges.ts'

/**
 * What one thing that is told (a unit, a group) is made of, in the parts of a stretch of time. Members are told or hidden in all parts
 * alike. What the members do not account for (answers of the unit itself, groups that are not named) is hidden.
 */
export interface Block {
  /** Answers of the whole in each part. */
  readonly totals: readonly number[]
  readonly members: readonly number[]
  readonly n: (member: number, part: number) => number
  readonly shown: (member: number) => boolean
  /** Whether the member is told for the stretch as a whole. */
  readonly toldWider: (member: number) => boolean
  readonly limitOf: (member: number) => number
  /** Of the whole and of what no member accounts for. */
  readonly limit: number
}

interface Hidden extends Edge {
  readonly n: number
  readonly limit: number
}

/** Counts may be sums of numbers that are not whole. */
const ROUNDING = 1e-6

/**
 * The parts in which something follows. What is told is an equation: of a part the sum over its hidden cells (the
 * whole less the members told), of a member told for the whole stretch the sum over its parts. Cells are edges between their part and
 * their member; members not told for the whole stretch are known together only and share one end. One cell follows exactly when its edge
 * is a bridge. What is hidden must amount to its limit in each part, unless it is all there is.
 */
export function faultsOf(block: Block): number[] {
  const { cells, open } = hiddenCells(block)
  if (cells.length === 0) return []
  const faults = new Set([...bridgesOf(cells)].map((place) => cells[place]!.one))
  for (const [part, own] of Map.groupBy(cells, (cell) => cell.one))
    if (open[part]! > 0 && sumOf(own) < Math.max(...own.map((cell) => cell.limit))) faults.add(part)
  return [...faults].sort((a, b) => a - b)
}

/**
 * Of the members told that have answers in a faulty part, the one with the fewest over all parts: hiding it mends the part. Null where
 * nothing can be mended.
 */
export function smallestToHide({ totals, members, n, shown }: Block, faults: readonly number[]): number | null {
  for (const fault of faults) {
    let smallest: number | null = null
    let fewest = Infinity
    for (const member of members) {
      if (!shown(member) || n(member, fault) === 0) continue
      const sum = totals.reduce((all, _total, part) => all + n(member, part), 0)
      if (sum < fewest) {
        fewest = sum
        smallest = member
      }
    }
    if (smallest !== null) return smallest
  }
  return null
}

const sumOf = (cells: readonly Hidden[]) => cells.reduce((sum, cell) => sum + cell.n, 0)

/** `open`: answers of each part that are told. */
function hiddenCells(block: Block): { cells: Hidden[]; open: number[] } {
  const { totals, members, limit } = block
  // Ends of edges: parts on one side; on the other those known together, then the members.
  const together = totals.length
  const cells: Hidden[] = []
  const open = totals.map(() => 0)
  for (const [part, total] of totals.entries()) {
    let rest = total
    for (const member of members) {
      const n = block.n(member, part)
      rest -= n
      if (n === 0) continue
      if (block.shown(member)) open[part]! += n
      else {
        const other = block.toldWider(member) ? together + 1 + member : together
        cells.push({ one: part, other, n, limit: block.limitOf(member) })
      }
    }
    // Where nothing else was counted, the rest is the whole, which is told.
    if (rest > ROUNDING && rest < total - ROUNDING) cells.push({ one: part, other: together, n: rest, limit })
  }
  return { cells, open }
}
