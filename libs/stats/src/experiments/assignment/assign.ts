import { saltedHash, unitInterval } from './sip-hash.ts'

export interface ArmShare {
  name: string
  /** Share of units, above 0; all shares add up to 1. */
  share: number
}

/** Refuses shares that do not add up to 1: a programmer's mistake. */
export function requireArmShares(arms: readonly ArmShare[]): void {
  if (arms.length < 1) throw new RangeError('arms must hold at least one arm')
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length) throw new RangeError('arms must have different names')
  let sum = 0
  arms.forEach((arm, i) => {
    if (!(arm.share > 0)) throw new RangeError(`arms[${i}].share must be above 0, got ${arm.share}`)
    sum += arm.share
  })
  if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`arms must have shares that add up to 1, got ${sum}`)
}

/**
 * Deterministic assignment of units to arms.
 *
 * When to use: an unending stream of customers or calls, where the same unit must always meet the same arm and nobody keeps a list.
 * Formula in words: SipHash-2-4, keyed by the experiment's salt, of the stratum and the unit, each with its length before it (so that "ab" +
 * "c" is not "a" + "bc"); its upper 53 bits are a number in [0, 1); the arm is the first whose cumulative share exceeds it.
 * Sources: Aumasson and Bernstein (2012); Kohavi, Tang and Xu (2020), Trustworthy Online Controlled Experiments, chapter 4 (hash and partition).
 * Arguments: one salt per experiment (two experiments with one salt would assign alike); `stratum` optional, part of the hash only. Shares hold
 * on average: for exact balance in short lists use `stratifiedRandomisation`. Widening the first share keeps the units it had.
 * Errors: RangeError for an empty salt, shares, equal names. Cost: some microseconds a unit; keep the returned function.
 */
export function assigner(input: {
  salt: string
  arms: readonly ArmShare[]
}): (unit: string, stratum?: string) => string {
  requireArmShares(input.arms)
  const arms = input.arms.map((arm) => ({ ...arm }))
  const uniform = uniformOf(input.salt)
  return (unit, stratum = '') => {
    const point = uniform(unit, stratum)
    let reached = 0
    for (const arm of arms) {
      reached += arm.share
      if (point < reached) return arm.name
    }
    return arms.at(-1)!.name
  }
}

/** The number in [0, 1) that a salt gives a unit of a stratum. Source and errors: as `assigner`. */
export function uniformOf(salt: string): (unit: string, stratum?: string) => number {
  const hash = saltedHash(salt)
  return (unit, stratum = '') => unitInterval(hash(`${stratum.length}:${stratum}${unit.length}:${unit}`))
}
