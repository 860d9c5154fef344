/** What changes between two rankings of the same units, as a list that can be read while it moves. */
import type { PreviewRow } from './questions.ts'

export interface Move {
  readonly row: PreviewRow
  readonly rankBefore: number | null
  readonly starsBefore: number | null
  /** Ranks up (more than 0) or down; null where it has a rank on one side only. */
  readonly by: number | null
  /** Whether chance alone moves it as far: the rank before lies in the range of ranks it may have now. */
  readonly withinChance: boolean
  readonly top: 'stays' | 'enters' | 'leaves' | null
}

export interface Moves {
  /** In the order of the ranks now; those without one last. */
  readonly rows: readonly Move[]
  readonly moved: number
  readonly movedWithinChance: number
  readonly starsChanged: number
  /** How many count as the top, and who enters and leaves it. */
  readonly topCount: number
  readonly enters: readonly PreviewRow[]
  readonly leaves: readonly PreviewRow[]
}

const isRanked = (row: PreviewRow) => row.rank !== null

export function topCountOf(rows: readonly PreviewRow[], topShare: number): number {
  const ranked = rows.filter(isRanked).length
  return ranked === 0 ? 0 : Math.max(1, Math.round(topShare * ranked))
}

/** `before` null: nothing to compare with, and nothing moves. */
export function movesOf(before: readonly PreviewRow[] | null, now: readonly PreviewRow[], topShare: number): Moves {
  const then = new Map((before ?? now).map((row) => [row.entity.key, row]))
  const topCount = topCountOf(now, topShare)
  const topBefore = topCountOf(before ?? now, topShare)
  const isTop = (rank: number | null | undefined, count: number) => rank != null && rank <= count
  const rows = now.map((row): Move => {
    const old = then.get(row.entity.key)
    const [was, is] = [isTop(old?.rank, topBefore), isTop(row.rank, topCount)]
    const rankBefore = old?.rank ?? null
    const by = row.rank === null || rankBefore === null ? null : rankBefore - row.rank
    return {
      row,
      rankBefore,
      starsBefore: old?.stars ?? null,
      by,
      withinChance:
        by !== null && by !== 0 && row.rankLow !== null && row.rankHigh !== null
          ? row.rankLow <= rankBefore! && rankBefore! <= row.rankHigh
          : false,
      top: is ? (was ? 'stays' : 'enters') : was ? 'leaves' : null,
    }
  })
  const moved = rows.filter((move) => move.by !== 0 && (move.by !== null || move.row.rank !== move.rankBefore))
  return {
    rows,
    moved: moved.length,
    movedWithinChance: moved.filter((move) => move.withinChance).length,
    starsChanged: rows.filter((move) => move.row.stars !== move.starsBefore).length,
    topCount,
    enters: rows.filter((move) => move.top === 'enters').map((move) => move.row),
    leaves: rows.filter((move) => move.top === 'leaves').map((move) => move.row),
  }
}

/** How many units have 1, 2, … stars, and the lowest composite that earns each. */
export function starsCounted(rows: readonly PreviewRow[], grades: number): { count: number; from: number | null }[] {
  return Array.from({ length: grades }, (_unused, place) => {
    const own = rows.filter((row) => row.stars === place + 1)
    const earned = rows.filter((row) => row.starsUncapped === place + 1 && row.cappedBy === null && !row.starsHeld)
    const lows = earned.flatMap((row) => row.composite ?? [])
    return { count: own.length, from: lows.length === 0 ? null : Math.min(...lows) }
  })
}
