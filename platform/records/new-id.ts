/**
 * Ids in the order they were made: UUID version 7 (RFC 9562 §5.7) from the given clock and chance. Within one
 * millisecond the 12 bits after the time count up (§6.2, method 1), so that rows written together keep their order.
 */
import type { Surroundings } from '../context.ts'

const COUNTER_LIMIT = 0xfff
const HALF_RANGE = 2 ** 31

export function idMaker(surroundings: Surroundings): () => string {
  let lastMilliseconds = -1
  let counter = 0
  return () => {
    const milliseconds = surroundings.now().epochMilliseconds
    if (milliseconds > lastMilliseconds) {
      lastMilliseconds = milliseconds
      counter = 0
    } else if (counter < COUNTER_LIMIT) counter += 1
    else {
      // The counter is used up: borrow from the next millisecond rather than repeat an order.
      lastMilliseconds += 1
      counter = 0
    }
    const high = Math.floor(surroundings.random() * HALF_RANGE)
    const low = Math.floor(surroundings.random() * HALF_RANGE)
    return format(lastMilliseconds, counter, high, low)
  }
}

/** 48 bits of time, version 7, 12 bits of counter, variant 10, 62 bits of chance. */
function format(milliseconds: number, counter: number, high: number, low: number): string {
  const time = hex(milliseconds, 12)
  const chance = hex(high, 8) + hex(low, 8)
  const variant = (8 + (Number.parseInt(chance[1]!, 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}${chance.slice(2, 5)}-${chance.slice(5, 16)}${chance[0]}`
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
