/**
 * Which version of something judges a day. Source: bitemporal tables after Snodgrass, "Developing Time-Oriented Database Applications in
 * SQL" (1999): `effectiveFrom` is the time in the world, `version` the order in which it became known.
 */
export interface Effective {
  /** The first day it holds for, YYYY-MM-DD. */
  readonly effectiveFrom: string
  /** 1, 2, 3 … in the order in which they were recorded. */
  readonly version: number
}

/**
 * The version for a day: the one with the latest `effectiveFrom` not after it; of several with the same, the one recorded last (it corrects
 * the others). Days before every `effectiveFrom` take the earliest version: nothing else is known of them. Undefined only without versions.
 * O(versions); days compare as text.
 */
export function versionFor<T extends Effective>(versions: readonly T[], day: string): T | undefined {
  const better = (one: T, other: T | undefined, later: boolean): boolean => {
    if (other === undefined) return true
    if (one.effectiveFrom === other.effectiveFrom) return one.version > other.version
    return one.effectiveFrom > other.effectiveFrom === later
  }
  let holding: T | undefined
  let earliest: T | undefined
  for (const one of versions) {
    if (one.effectiveFrom <= day && better(one, holding, true)) holding = one
    if (better(one, earliest, false)) earliest = one
  }
  return holding ?? earliest
}
