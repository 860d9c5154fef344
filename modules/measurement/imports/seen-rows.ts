/** Remembers the rows of one file by their hashes, 12 bytes for each row and twice that while there is room. */
const FIRST_SLOTS = 1 << 16
const FULL_SHARE = 0.6

export interface SeenRows {
  /** How often this hash was noted, this time included. */
  readonly count: (hash: string) => number
  /** The number kept with this hash: the one it was first given with. */
  readonly keep: (hash: string, number: number) => number
  readonly size: () => number
}

/** One of the two uses for one table. Hashes are texts of even spread, such as SHA-256 in base64; their first 12 characters count. */
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
  /** The slot of a hash, and whether it is new there. */
  const find = (hash: string): { slot: number; fresh: boolean } => {
    if (used >= slots * FULL_SHARE) grow()
    const high = lane(hash, 0)
    // Zero in both lanes marks an empty slot.
    const low = lane(hash, 6) || 1
    const slot = slotOf(high, low)
    const fresh = highs[slot] === 0 && lows[slot] === 0
    if (fresh) {
      highs[slot] = high
      lows[slot] = low
      used += 1
    }
    return { slot, fresh }
  }
  return {
    count: (hash) => {
      const { slot } = find(hash)
      numbers[slot]! += 1
      return numbers[slot]!
    },
    keep: (hash, number) => {
      const { slot, fresh } = find(hash)
      if (fresh) numbers[slot] = number
      return numbers[slot]!
    },
    size: () => used,
  }
}

/** 32 bits out of six characters. */
export function lane(hash: string, from: number): number {
  let bits = 0
  for (let index = from; index < from + 6; index += 1) bits = Math.imul(bits, 67) + hash.charCodeAt(index)
  return Math.imul(bits ^ (bits >>> 15), 2246822507) >>> 0
}
