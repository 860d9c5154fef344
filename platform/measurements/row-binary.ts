/** Writes ClickHouse's RowBinary by hand: several times faster than JSON for Node to write and for the engine to read. */
import { must } from '../refusal.ts'

const GROWTH_FACTOR = 2
const SMALLEST_BYTES = 1024
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
  const memory = createMemory(initialBytes)
  return {
    length: () => memory.position,
    truncate: (length) => {
      memory.position = length
    },
    byte: (value) => {
      reserve(memory, 1)
      memory.buffer[memory.position++] = value
    },
    variableUInt: (value) => writeVariableUInt(memory, value),
    uint64: (value) => {
      reserve(memory, 8)
      memory.view.setUint32(memory.position, value % TWO_TO_32, true)
      memory.view.setUint32(memory.position + 4, Math.floor(value / TWO_TO_32), true)
      memory.position += 8
    },
    float64: (value) => {
      reserve(memory, 8)
      memory.view.setFloat64(memory.position, value, true)
      memory.position += 8
    },
    text: (value) => {
      if (value.length > SHORT_TEXT_LENGTH || !writeAscii(memory, value)) writeUtf8(memory, value)
    },
    bytes: (value) => {
      reserve(memory, value.length)
      memory.buffer.set(value, memory.position)
      memory.position += value.length
    },
    written: () => memory.buffer.subarray(0, memory.position),
  }
}

interface Memory {
  buffer: Buffer
  view: DataView
  position: number
}

function createMemory(initialBytes: number): Memory {
  const buffer = Buffer.allocUnsafeSlow(Math.max(initialBytes, SMALLEST_BYTES))
  return { buffer, view: new DataView(buffer.buffer), position: 0 }
}

function reserve(memory: Memory, bytes: number): void {
  if (memory.position + bytes <= memory.buffer.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(memory.buffer.length * GROWTH_FACTOR, memory.position + bytes))
  memory.buffer.copy(larger, 0, 0, memory.position)
  memory.buffer = larger
  memory.view = new DataView(larger.buffer)
}

function writeVariableUInt(memory: Memory, value: number): void {
  reserve(memory, LONGEST_VARINT_BYTES)
  let rest = value
  while (rest >= 128) {
    memory.buffer[memory.position++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  memory.buffer[memory.position++] = rest
}

/** False, with nothing written, when the text holds another character. */
function writeAscii(memory: Memory, text: string): boolean {
  reserve(memory, text.length + 1)
  const { buffer, position } = memory
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 128) return false
    buffer[position + 1 + index] = code
  }
  buffer[position] = text.length
  memory.position = position + text.length + 1
  return true
}

function writeUtf8(memory: Memory, text: string): void {
  const bytes = Buffer.byteLength(text)
  writeVariableUInt(memory, bytes)
  reserve(memory, bytes)
  memory.buffer.write(text, memory.position, bytes, 'utf8')
  memory.position += bytes
}

/** A UUID in ClickHouse's layout: two little-endian halves. */
export function uuidBytes(uuid: string): Uint8Array {
  const plain = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  must(plain.length === 16, `${uuid} is a uuid`)
  return Uint8Array.from([...plain.subarray(0, 8).reverse(), ...plain.subarray(8).reverse()])
}
