/** Remembers the rows of one file by their hashes, 12 bytes for each row and twice that while there is room. */
const FIRST_SLOTS = 1 << 16
const FULL_SHARE = 0.6

export interface SeenRows {
  /** How often this hash was noted, this time included. */
  readonly count: (high: number, low: number) => number
  /** The number kept with this hash: the one it was first given with. */
  readonly keep: (high: number, low: number, number: number) => number
  readonly size: () => number
}

/** One of the two uses for one table. A hash is two numbers of 32 bits each, evenly spread. */
export function seenRows(): SeenRows {
  let slots = FIRST_SLOTS
  let highs = new Uint32Array(slots)
  let lows = new Uint32Array(slots)
  let numbers = new Uint32Array(slots)
  let used = 0

  const slotOf = (high: number, low: number) => {
    let slot = low & (slots - 1)
    while ((highs[slot] !== 0 || lows[slot] !== 0) && (highs[slot] !== high || lows[slot] !== low))
      slot = (slot + 1) & (slots - 1)
    return slot
  }
  const grow = () => {
    const before = { highs, lows, numbers }
    slots *= 2
    highs = new Uint32Array(slots)
    lows = new Uint32Array(slots)
    numbers = new Uint32Array(slots)
    for (let index = 0; index < before.highs.length; index += 1) {
      const [high, low] = [before.highs[index]!, before.lows[index]!]
      if (high === 0 && low === 0) continue
      const slot = slotOf(high, low)
      highs[slot] = high
      lows[slot] = low
      numbers[slot] = before.numbers[index]!
    }
  }
  let fresh = false
  /** The slot of a hash; `fresh` tells whether it is new there. Zero in both numbers marks an empty slot. */
  const find = (high: number, low: number): number => {
    if (used >= slots * FULL_SHARE) grow()
    const slot = slotOf(high, low || 1)
    fresh = highs[slot] === 0 && lows[slot] === 0
    if (fresh) {
      highs[slot] = high
      lows[slot] = low || 1
      used += 1
    }
    return slot
  }
  return {
    count: (high, low) => {
      const slot = find(high, low)
      numbers[slot]! += 1
      return numbers[slot]!
    },
    keep: (high, low, number) => {
      const slot = find(high, low)
      if (fresh) numbers[slot] = number
      return numbers[slot]!
    },
    size: () => used,
  }
}
