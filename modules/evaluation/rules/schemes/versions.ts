/** Which version of a scheme judges which period, and which goes on beside it for a while. */
import type { Adoption } from '../../contract/scheme.ts'

export interface Adopted {
  readonly version: number
  readonly adoption: Adoption
}

/** The version in force on a day: the one with the latest beginning not after it; of two with the same, the later version. */
export function versionOn<T extends Adopted>(adopted: readonly T[], day: string): T | null {
  let best: T | null = null
  for (const one of adopted) {
    const from = one.adoption.effectiveFrom ?? ''
    if (from > day) continue
    const known = best?.adoption.effectiveFrom ?? ''
    if (!best || from > known || (from === known && one.version > best.version)) best = one
  }
  return best
}

/** The version before, where the one in force says it goes on beside it on this day. */
export function overlapOn<T extends Adopted>(adopted: readonly T[], day: string): T | null {
  const now = versionOn(adopted, day)
  if (!now || now.adoption.overlapUntil === null || now.adoption.overlapUntil < day) return null
  const { effectiveFrom } = now.adoption
  if (effectiveFrom === null) return null
  const earlier = adopted.filter((one) => one !== now && (one.adoption.effectiveFrom ?? '') < effectiveFrom)
  return versionOn(earlier, effectiveFrom)
}

export type AdoptionFault = 'effective-from-missing' | 'before-newest' | 'overlap-before' | 'overlap-nothing'

/**
 * Why a version cannot be adopted like that. `others`: versions adopted before. It may not begin before the newest one does, or days that one
 * judges would have two judges; on the same day it takes the other's place.
 */
export function faultOfAdoption(adoption: Adoption, others: readonly Adopted[]): AdoptionFault | null {
  const { effectiveFrom, overlapUntil } = adoption
  const dated = others.some((other) => other.adoption.effectiveFrom !== null)
  if (effectiveFrom === null && dated) return 'effective-from-missing'
  if (others.some((other) => (other.adoption.effectiveFrom ?? '') > (effectiveFrom ?? ''))) return 'before-newest'
  if (overlapUntil !== null) {
    if (effectiveFrom === null || overlapUntil < effectiveFrom) return 'overlap-before'
    if (!others.some((other) => (other.adoption.effectiveFrom ?? '') < effectiveFrom)) return 'overlap-nothing'
  }
  return null
}
