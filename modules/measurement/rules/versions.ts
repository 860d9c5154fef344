/** Which version of an indicator judges which day. */
export interface Effective {
  readonly version: number
  /** First day it judges; null: from the beginning. */
  readonly effectiveFrom: string | null
}

const startOf = (one: Effective) => one.effectiveFrom ?? ''

/** The version for a day: of those in force by then the one that begins last, of several that begin on one day the newest. Days before all take the first. */
export function versionOn<T extends Effective>(versions: readonly T[], day: string): T | undefined {
  const ordered = inOrder(versions)
  return ordered.findLast((one) => startOf(one) <= day) ?? ordered[0]
}

/** From the one that begins first to the one that begins last, older ones before newer ones. */
const inOrder = <T extends Effective>(versions: readonly T[]) =>
  versions.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : a.version - b.version))

/** The day after the last one each version judges; null: it still judges. A version replaced from its own first day on judges none. */
export function effectiveUntil(versions: readonly Effective[]): Map<number, string | null> {
  const ordered = inOrder(versions)
  return new Map(
    ordered.map((one, index) => [
      one.version,
      ordered[index + 1]?.effectiveFrom ?? (index + 1 < ordered.length ? '' : null),
    ]),
  )
}

/**
 * Why a new version may not begin on that day; null when it may. It may not begin before the newest one does: days that one
 * judges would have two judges. On the same day it takes the other's place.
 */
export function overlapFault(
  newest: Effective | null,
  effectiveFrom: string | null,
): { version: number; from: string } | null {
  if (newest === null || newest.effectiveFrom === null) return null
  if (effectiveFrom !== null && effectiveFrom >= newest.effectiveFrom) return null
  return { version: newest.version, from: newest.effectiveFrom }
}
