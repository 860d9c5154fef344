/**
 * Reads JSON (a list of objects, also one that a wrapping object holds) and NDJSON (an object on each line) of any size in
 * bounded memory, as a table: the columns are the names met at the file's beginning and those the reader asks for.
 */
import { SAMPLE_BYTES } from './detect-format.ts'
import { addColumn, type Columns, eachLeaf, noColumns, toCells } from './flatten.ts'
import {
  BATCH_BYTES,
  type ByteSource,
  LINE_LIMIT_BYTES,
  type RowBatch,
  type RowProblem,
  rowsOf,
  type Table,
  type TablePosition,
} from './read-table.ts'
import { endOfObject, isBlankByte, splitObjects, startOfList } from './split-objects.ts'
import { TableUnreadable } from './table-unreadable.ts'

type Kind = 'json' | 'ndjson'
type Row = Readonly<Record<string, unknown>>

const FEED = 0x0a
const OPEN_BRACKET = 0x5b
const MARK_BYTES = 3

/** True where the first bytes begin JSON objects, alone or in a list: no header of a CSV file does. */
export function beginsJson(sample: Uint8Array): boolean {
  const start = /^(?:\ufeff|\s)*(?:\[\s*(?:\{\s*(?:["}]|$)|\]|$)|\{\s*(?:["}]|$))/
  return start.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(sample.subarray(0, 1024)))
}

/** `wanted` are columns the reader needs, whether the file's beginning shows them or not. */
export async function openObjects(source: ByteSource, wanted: readonly string[] = []): Promise<Table> {
  const sample = Buffer.allocUnsafe(Math.min(SAMPLE_BYTES, source.totalBytes))
  const sampled = sample.subarray(0, await source.read(sample, 0))
  const whole = sampled.length >= source.totalBytes
  const begin = sampled[0] === 0xef && sampled[1] === 0xbb && sampled[2] === 0xbf ? MARK_BYTES : 0
  const { kind, start } = howWritten(sampled, begin, whole)
  const from: TablePosition = { byte: start, line: 1 }
  const columns = noColumns()
  const looked = kind === 'json' ? listRows(sampled.subarray(start), 1) : lineRows(sampled.subarray(start), 1, whole)
  for (const row of looked.objects) eachLeaf(row, (name) => addColumn(columns, name))
  if (columns.names.length === 0 && whole) throw nothingIn(looked)
  for (const name of wanted) addColumn(columns, name)
  let read = 0
  let closing: Promise<void> | undefined
  const close = () => (closing ??= source.close())
  const batches = (place: TablePosition = from) =>
    readBatches({ source, kind, columns, close, tell: (bytes) => (read = bytes) }, place)
  return {
    format: { kind },
    header: columns.names,
    batches,
    rows: rowsOf(batches),
    totalBytes: source.totalBytes,
    readBytes: () => read,
    close,
  }
}

function nothingIn({ problems }: Taken): TableUnreadable {
  const [first] = problems.values()
  return first
    ? new TableUnreadable('broken', first.message)
    : new TableUnreadable('empty', 'There is no object with any name in it.')
}

/** One object on a line is NDJSON, unless it wraps a list and is all there is. */
function howWritten(bytes: Buffer, begin: number, whole: boolean): { kind: Kind; start: number } {
  let first = begin
  while (isBlankByte(bytes[first])) first += 1
  if (bytes[first] === OPEN_BRACKET) return { kind: 'json', start: first + 1 }
  const feed = bytes.indexOf(FEED, first)
  const line = bytes.subarray(first, feed < 0 ? bytes.length : feed)
  const alone = feed < 0 ? whole : whole && bytes.subarray(feed).every(isBlankByte)
  const list = startOfList(bytes.subarray(first))
  const closed = endOfObject(line, 0) >= 0 || /\}\s*$/.test(line.subarray(-20).toString('latin1'))
  if (closed && !(alone && list >= 0 && !isEvent(line))) return { kind: 'ndjson', start: first }
  return { kind: 'json', start: list >= 0 ? first + list : first }
}

/** An object that names itself may hold lists; a wrapping one has no id of its own. */
const isEvent = (line: Buffer) => {
  const object = parse(line)
  return isRow(object) && 'id' in object && 'type' in object
}

interface RowsTaken {
  readonly objects: Row[]
  readonly lines: number[]
  readonly problems: Map<number, RowProblem>
}
interface Taken extends RowsTaken {
  readonly used: number
  readonly nextLine: number
  readonly ended: boolean
}

interface Reading {
  readonly source: ByteSource
  readonly kind: Kind
  readonly columns: Columns
  readonly close: () => Promise<void>
  readonly tell: (readBytes: number) => void
}

async function* readBatches(reading: Reading, from: TablePosition): AsyncIterable<RowBatch> {
  const { source, kind, columns } = reading
  let { byte, line } = from
  let size = BATCH_BYTES
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(Math.min(size, Math.max(source.totalBytes - byte, 0)))
      const bytes = buffer.subarray(0, await source.read(buffer, byte))
      if (bytes.length === 0) return
      const last = byte + bytes.length >= source.totalBytes
      const taken = kind === 'json' ? listRows(bytes, line) : lineRows(bytes, line, last)
      if (taken.objects.length === 0 && taken.used < bytes.length && !taken.ended) {
        if (last) throw new TableUnreadable('broken', `The file ends inside row ${line}. Send it in full.`)
        if (bytes.length >= LINE_LIMIT_BYTES + BATCH_BYTES) throw tooLong(line)
        size *= 2
        continue
      }
      size = BATCH_BYTES
      byte = taken.ended ? source.totalBytes : byte + taken.used
      line = taken.nextLine
      reading.tell(byte)
      const { objects, lines, problems } = taken
      if (objects.length === 0) continue
      yield { cells: objects.map((row) => toCells(row, columns)), lines, objects, problems, end: { byte, line } }
    }
  } finally {
    await reading.close()
  }
}

const tooLong = (line: number) =>
  new TableUnreadable('line-too-long', `Line ${line} is longer than ${LINE_LIMIT_BYTES / 1024 / 1024} MB.`)

function listRows(bytes: Buffer, firstLine: number): Taken {
  const { spans, used, ended, strange } = splitObjects(bytes)
  // Rows before a mistake still count; the mistake is met at the beginning of the next batch.
  if (strange !== null && spans.length === 0) {
    throw new TableUnreadable('broken', `Row ${firstLine} is no object. The file must be a list of objects.`)
  }
  const into: RowsTaken = { objects: [], lines: [], problems: new Map() }
  for (const [index, [start, end]] of spans.entries()) take(into, bytes.subarray(start, end), firstLine + index)
  return { ...into, used, ended, nextLine: firstLine + spans.length }
}

function lineRows(bytes: Buffer, firstLine: number, last: boolean): Taken {
  const objects: Row[] = []
  const lines: number[] = []
  const problems = new Map<number, RowProblem>()
  let place = 0
  let line = firstLine
  const into = { objects, lines, problems }
  while (place < bytes.length) {
    const feed = bytes.indexOf(FEED, place)
    if (feed < 0 && !last) break
    const end = feed < 0 ? bytes.length : feed
    const written = bytes.subarray(place, end)
    if (!written.every(isBlankByte)) take(into, written, line)
    place = feed < 0 ? end : feed + 1
    line += 1
  }
  return { ...into, used: place, nextLine: line, ended: false }
}

const NO_ROW: Row = Object.freeze({})

function take(taken: RowsTaken, bytes: Buffer, line: number): void {
  const object = parse(bytes)
  if (!isRow(object)) {
    const message = object === undefined ? 'The row is not JSON.' : 'The row is no object.'
    taken.problems.set(taken.objects.length, { rule: 'json', message })
  }
  taken.objects.push(isRow(object) ? object : NO_ROW)
  taken.lines.push(line)
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Undefined for what is not JSON in UTF-8; the character 0 is part of no text here. */
function parse(bytes: Buffer): unknown {
  try {
    const text = utf8.decode(bytes)
    return text.includes('\\u0000') ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
