/** Writes ClickHouse's RowBinary by hand: several times faster than JSON for Node to write and for the engine to read. */
import { must } from '../refusal.ts'

const GROWTH_FACTOR = 2
const LONGEST_VARINT_BYTES = 10
/** Text up to this length is copied character by character, which beats a native call while it is ASCII. */
const SHORT_TEXT_LENGTH = 64
const TWO_TO_32 = 4_294_967_296

export interface RowBinaryWriter {
  readonly length: () => number
  /** Forgets everything behind a place, e.g. a row that turns out not to be needed. */
  readonly truncate: (length: number) => void
  readonly byte: (value: number) => void
  readonly variableUInt: (value: number) => void
  /** Integers from 0 to 2^53. */
  readonly uint64: (value: number) => void
  readonly float64: (value: number) => void
  readonly text: (value: string) => void
  /** The 16 bytes of `uuidBytes`. */
  readonly bytes: (value: Uint8Array) => void
  /** A view, valid until the next write. */
  readonly written: () => Buffer
}

export function rowBinaryWriter(initialBytes: number): RowBinaryWriter {
  let buffer = Buffer.allocUnsafeSlow(Math.max(initialBytes, 1024))
  let view = new DataView(buffer.buffer)
  let position = 0

  const reserve = (bytes: number) => {
    if (position + bytes <= buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * GROWTH_FACTOR, position + bytes))
    buffer.copy(larger, 0, 0, position)
    buffer = larger
    view = new DataView(larger.buffer)
  }
  const variableUInt = (value: number) => {
    reserve(LONGEST_VARINT_BYTES)
    let rest = value
    while (rest >= 128) {
      buffer[position++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    buffer[position++] = rest
  }
  const text = (value: string) => {
    const length = value.length
    if (length <= SHORT_TEXT_LENGTH) {
      reserve(length + 1)
      let index = 0
      for (; index < length; index += 1) {
        const code = value.charCodeAt(index)
        if (code >= 128) break
        buffer[position + 1 + index] = code
      }
      if (index === length) {
        buffer[position] = length
        position += length + 1
        return
      }
    }
    const bytes = Buffer.byteLength(value)
    variableUInt(bytes)
    reserve(bytes)
    buffer.write(value, position, bytes, 'utf8')
    position += bytes
  }
  return {
    length: () => position,
    truncate: (length) => {
      position = length
    },
    byte: (value) => {
      reserve(1)
      buffer[position++] = value
    },
    variableUInt,
    uint64: (value) => {
      reserve(8)
      view.setUint32(position, value % TWO_TO_32, true)
      view.setUint32(position + 4, Math.floor(value / TWO_TO_32), true)
      position += 8
    },
    float64: (value) => {
      reserve(8)
      view.setFloat64(position, value, true)
      position += 8
    },
    text,
    bytes: (value) => {
      reserve(value.length)
      buffer.set(value, position)
      position += value.length
    },
    written: () => buffer.subarray(0, position),
  }
}

/** A UUID in ClickHouse's layout: two little-endian halves. */
export function uuidBytes(uuid: string): Uint8Array {
  const plain = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  must(plain.length === 16, `${uuid} is a uuid`)
  return Uint8Array.from([...plain.subarray(0, 8).reverse(), ...plain.subarray(8).reverse()])
}
