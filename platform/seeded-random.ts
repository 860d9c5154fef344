/** Chance that can be repeated: whoever knows the seed draws the same. */

const UINT32 = 4_294_967_296

/**
 * Uniform in [0, 1), from a whole number; its lowest 32 bits count. Source: mulberry32, Ettinger (2017), a 32-bit counter with a mixing
 * function; its period of 2^32 is far above the some 10^7 numbers one ranking draws. Not for secrets.
 */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32
  }
}

/** The same from a seed in [0, 1). */
export const seededRandom = (seed: number): (() => number) => seededChance(Math.floor(seed * UINT32))
