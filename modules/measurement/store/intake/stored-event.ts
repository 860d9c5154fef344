/** An event on its way into the store: its identity, its content, its bytes. */
import { must } from '#platform/refusal'
import { type RowBinaryWriter, rowBinaryWriter } from '#platform/measurements/row-binary'

export interface StoredEvent {
  readonly organisation: string
  /** The entity's number in the records. */
  readonly entity: number
  readonly eventType: string
  /** Chosen by the sender, unique in the organisation. */
  readonly eventId: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly attributes: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, number>>
  /** A uuid made for this attempt; a repeated attempt has another. */
  readonly batch: string
}

/** The span events may lie in, which also bounds the number of monthly partitions. */
const EARLIEST_MILLISECONDS = Temporal.Instant.from('1990-01-01T00:00:00Z').epochMilliseconds
const LATEST_MILLISECONDS = Temporal.Instant.from('2100-01-01T00:00:00Z').epochMilliseconds

/** Columns of the sender's content, in the order their bytes are written in. */
export const CONTENT_COLUMNS = [
  { name: 'event_type', type: 'String' },
  { name: 'entity', type: 'UInt64' },
  { name: 'occurred_at', type: "DateTime64(3, 'UTC')" },
  { name: 'attributes', type: 'Map(String, String)' },
  { name: 'values', type: 'Map(String, Float64)' },
] as const

/** Encoded contents of many events in one stretch of memory. */
export interface EncodedContents {
  /** Encodes one event's content; gives its 53-bit hash. Throws when the event breaks a rule of the store. */
  readonly add: (event: StoredEvent) => number
  /** The bytes of the event added as number `index`, valid until the next `add`. */
  readonly bytesOf: (index: number) => Uint8Array
}

const TYPICAL_CONTENT_BYTES = 150

export function encodeContents(expectedRows: number): EncodedContents {
  const writer = rowBinaryWriter(expectedRows * TYPICAL_CONTENT_BYTES)
  const ends: number[] = []
  const attributeOrder = keyOrder()
  const valueOrder = keyOrder()
  return {
    add: (event) => {
      const start = ends.at(-1) ?? 0
      checkEvent(event)
      writer.truncate(start)
      writeContent(writer, event, attributeOrder(event.attributes), valueOrder(event.values))
      ends.push(writer.length())
      return hashBytes(writer.written(), start)
    },
    bytesOf: (index) => writer.written().subarray(index === 0 ? 0 : ends[index - 1], ends[index]),
  }
}

function writeContent(
  writer: RowBinaryWriter,
  event: StoredEvent,
  attributes: readonly string[],
  values: readonly string[],
): void {
  writer.text(event.eventType)
  writer.uint64(event.entity)
  writer.uint64(event.occurredAt)
  writer.variableUInt(attributes.length)
  for (const name of attributes) {
    writer.text(name)
    writer.text(event.attributes[name]!)
  }
  writer.variableUInt(values.length)
  for (const name of values) {
    const value = event.values[name]!
    must(Number.isFinite(value), `the value ${name} of event ${event.eventId} is a finite number`)
    writer.text(name)
    // Minus zero and zero are the same content.
    writer.float64(value + 0)
  }
}

function checkEvent(event: StoredEvent): void {
  const { entity, occurredAt, eventId, eventType } = event
  must(Number.isSafeInteger(entity) && entity >= 0, `the entity of event ${eventId} is its number`)
  must(eventId.length > 0 && eventType.length > 0, 'an event has an id and a type')
  must(
    Number.isInteger(occurredAt) && occurredAt >= EARLIEST_MILLISECONDS && occurredAt < LATEST_MILLISECONDS,
    `event ${eventId} happened between 1990 and 2100`,
  )
}

/** The same content in another order of names is the same content. Rows of one file share their names, hence the memory. */
function keyOrder(): (record: Readonly<Record<string, unknown>>) => readonly string[] {
  let seen: readonly string[] = []
  let sorted: readonly string[] = []
  return (record) => {
    const names = Object.keys(record)
    if (names.length === seen.length && names.every((name, index) => name === seen[index])) return sorted
    seen = names
    sorted = [...names].sort()
    return sorted
  }
}

/** 53-bit hash of an event's id: a number in JavaScript and in JSON. Two ids may share one; the ids themselves decide. */
export function identityOf(eventId: string): number {
  let low = LOW_SEED
  let high = HIGH_SEED
  for (let index = 0; index < eventId.length; index += 1) {
    const code = eventId.charCodeAt(index)
    low = Math.imul(low ^ code, LOW_PRIME)
    high = Math.imul(high ^ code, HIGH_PRIME)
  }
  return mixed(low, high)
}

function hashBytes(bytes: Uint8Array, start: number): number {
  let low = LOW_SEED
  let high = HIGH_SEED
  for (let index = start; index < bytes.length; index += 1) {
    const byte = bytes[index]!
    low = Math.imul(low ^ byte, LOW_PRIME)
    high = Math.imul(high ^ byte, HIGH_PRIME)
  }
  return mixed(low, high)
}

// Two multiplicative hashes side by side, mixed at the end: cyrb53 (bryc, 2018, public domain), tried there for collisions.
const LOW_SEED = 0xdeadbeef
const HIGH_SEED = 0x41c6ce57
const LOW_PRIME = 2654435761
const HIGH_PRIME = 1597334677
const TWO_TO_32 = 4_294_967_296
const LOW_21_BITS = 2_097_151

function mixed(lowState: number, highState: number): number {
  let low = Math.imul(lowState ^ (lowState >>> 16), 2246822507)
  low ^= Math.imul(highState ^ (highState >>> 13), 3266489909)
  let high = Math.imul(highState ^ (highState >>> 16), 2246822507)
  high ^= Math.imul(low ^ (low >>> 13), 3266489909)
  return TWO_TO_32 * (LOW_21_BITS & high) + (low >>> 0)
}
