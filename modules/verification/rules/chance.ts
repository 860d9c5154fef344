/** Chance that can be repeated: what is drawn follows from the fingerprint of the design, so that anybody draws the same. */

/** Mulberry32 (Ettinger 2017): numbers in [0, 1), the same for the same seed. Far below its period of 2 to the 32 here. */
export function repeatableChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The first eight hexadecimal digits of a fingerprint. */
export const seedOf = (sha256: string): number => Number.parseInt(sha256.slice(0, 8), 16) || 0
