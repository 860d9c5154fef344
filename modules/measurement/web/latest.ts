/** Which point of a series is "now": the newest full period with a value; while the first runs, the running one. */
import type { Point } from '#measurement/contract'

export function latestOf(points: readonly Point[] | undefined): Point | undefined {
  return (
    points?.findLast((point) => point.complete && point.value !== null) ??
    points?.findLast((point) => point.value !== null)
  )
}

/** The full period with a value before that one. */
export function beforeLatest(points: readonly Point[] | undefined): Point | undefined {
  const latest = latestOf(points)
  return points?.findLast(
    (point) => point.value !== null && latest !== undefined && point.periodStart < latest.periodStart,
  )
}
