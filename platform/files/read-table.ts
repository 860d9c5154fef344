/**
 * Reads a delimited text file of any size in bounded memory: encoding, delimiter and line ends are found out, quotes may
 * hold line breaks, rows may have too many or too few cells. Cells are text and stay text: nothing is ever evaluated.
 */
import { type FileHandle, open } from 'node:fs/promises'
import {
  detectDelimiter,
  detectEncoding,
  detectLineEnd,
  SAMPLE_BYTES,
  type TableEncoding,
  type TableFormat,
} from './detect-format.ts'
import { splitRecords } from './split-records.ts'
import { TableUnreadable } from './table-unreadable.ts'

export type { TableFormat } from './detect-format.ts'
export { TableUnreadable } from './table-unreadable.ts'

/** Longest line, and longest record with line breaks inside quotes. */
export const LINE_LIMIT_BYTES = 1024 * 1024
export const COLUMNS_LIMIT = 500
/** Bytes of one batch, about 10,000 rows of a usual file. */
export const BATCH_BYTES = 1024 * 1024

/** What a file turned out to be. */
export type FileFormat =
  | TableFormat
  | { readonly kind: 'ndjson' | 'json' }
  | { readonly kind: 'xlsx'; readonly sheet: string; readonly sheets: readonly string[] }
  | { readonly kind: 'parquet' }

interface TableRow {
  /** Physical line the row begins on, counted from 1. */
  readonly line: number
  readonly cells: string[]
}

/** Where to go on: the first byte and line that were not read. In formats without lines a row counts as one, and the byte is a share of the file. */
export interface TablePosition {
  readonly byte: number
  readonly line: number
}

/** Long cells share memory with their batch: what is kept longer than the batch should be copied. */
export interface RowBatch {
  readonly cells: readonly string[][]
  readonly lines: readonly number[]
  /** Where rows are objects (JSON, NDJSON): they themselves. */
  readonly objects?: readonly Readonly<Record<string, unknown>>[]
  /** Rows that cannot be read, by their place in the batch. */
  readonly problems?: ReadonlyMap<number, RowProblem>
  /** Where the next batch begins; a table can be opened again from here. */
  readonly end: TablePosition
}

/** Why one row cannot be read while others can. */
export interface RowProblem {
  readonly rule: string
  readonly message: string
}

export interface Table<Format extends FileFormat = FileFormat> {
  readonly format: Format
  /** Names made different: an empty one becomes `column 3`, a repeated one `name (2)`. */
  readonly header: readonly string[]
  /** Row by row; for many rows `batches` is several times faster. Either is read once. */
  readonly rows: AsyncIterable<TableRow>
  readonly batches: (from?: TablePosition) => AsyncIterable<RowBatch>
  readonly totalBytes: number
  /** Bytes read so far, of `totalBytes`. */
  readonly readBytes: () => number
  /** Reading to the end, or leaving the loop early, closes too. */
  readonly close: () => Promise<void>
}

/** Where bytes come from: a file, or in tests a source that never lies on disk. */
export interface ByteSource {
  /** Where the file lies, where it lies anywhere. */
  readonly path?: string
  readonly totalBytes: number
  /** Fills `target` from the place; gives the number of bytes, fewer only at the end. */
  readonly read: (target: Uint8Array, place: number) => Promise<number>
  readonly close: () => Promise<void>
}

/** Throws `TableUnreadable` with the reason where the file is no table. */
export async function openTable(path: string): Promise<Table<TableFormat>> {
  const source = await fileSource(path)
  try {
    return await openSource(source)
  } catch (error) {
    await source.close()
    throw error
  }
}

export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    path,
    totalBytes: size,
    read: (target, place) => fill(handle, target, place),
    close: () => handle.close(),
  }
}

async function fill(handle: FileHandle, target: Uint8Array, place: number): Promise<number> {
  let filled = 0
  while (filled < target.length) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, place + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

export async function openSource(source: ByteSource): Promise<Table<TableFormat>> {
  const sample = Buffer.allocUnsafe(Math.min(SAMPLE_BYTES, source.totalBytes))
  const sampled = sample.subarray(0, await source.read(sample, 0))
  if (sampled.length === 0) throw new TableUnreadable('empty', 'The file has no bytes.')
  const { encoding, markBytes } = detectEncoding(sampled, sampled.length >= source.totalBytes)
  const text = sampleText(sampled.subarray(markBytes), encoding, sampled.length >= source.totalBytes)
  const format: TableFormat = { kind: 'csv', encoding, delimiter: detectDelimiter(text), lineEnd: detectLineEnd(text) }
  const { header, line } = readHeader(text, format.delimiter)
  const data = sampled.subarray(markBytes)
  if (encoding === 'utf-16be') data.subarray(0, data.length & ~1).swap16()
  const start = { byte: markBytes + startOfLine(data, line, encoding.startsWith('utf-16')), line }
  let read = markBytes
  let closing: Promise<void> | undefined
  const close = () => (closing ??= source.close())
  const batches = (from: TablePosition = start): AsyncIterable<RowBatch> =>
    readBatches(source, format, from, close, (bytes) => (read = bytes))
  return { format, header, batches, rows: rowsOf(batches), totalBytes: source.totalBytes, readBytes: () => read, close }
}

export async function* rowsOf(batches: () => AsyncIterable<RowBatch>): AsyncIterable<TableRow> {
  for await (const { cells, lines } of batches()) {
    for (const [index, row] of cells.entries()) yield { line: lines[index]!, cells: row }
  }
}

/** The whole lines of the sample, or all of it. */
function sampleText(sample: Uint8Array, encoding: TableEncoding, whole: boolean): string {
  const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(sample, { stream: !whole })
  if (whole) return decoded
  const end = Math.max(decoded.lastIndexOf('\n'), decoded.lastIndexOf('\r'))
  if (end < 0) throw new TableUnreadable('line-too-long', tooLong(1))
  return decoded.slice(0, end + 1)
}

const tooLong = (line: number) =>
  `Line ${line} is longer than ${LINE_LIMIT_BYTES / 1024 / 1024} MB, or a quote on it is never closed.`

/** The first record that is not blank, and where the data begins. */
function readHeader(text: string, delimiter: string): { header: string[]; line: number } {
  const first = splitRecords(text, delimiter, 1, true)
  const names = first.cells[0]
  if (!names) throw new TableUnreadable('empty', 'The file holds blank lines only.')
  if (names.length > COLUMNS_LIMIT) {
    throw new TableUnreadable('too-many-columns', `It has ${names.length} columns; ${COLUMNS_LIMIT} are read.`)
  }
  if (names.every((name) => name.trim() === '' || /^[\d\s.,:/+-]+$/.test(name))) {
    const detail = 'The first line holds figures only. The first line must name the columns.'
    throw new TableUnreadable('no-header', detail)
  }
  // The data begins on the second record's line, or after the text where the file has a header only.
  return { header: different(names), line: first.lines[1] ?? first.nextLine }
}

/** Names as a header needs them: none empty, none twice. */
export function different(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((raw, index) => {
    const name = raw.trim() || `column ${index + 1}`
    let unique = name
    for (let number = 2; taken.has(unique); number += 1) unique = `${name} (${number})`
    taken.add(unique)
    return unique
  })
}

async function* readBatches(
  source: ByteSource,
  format: TableFormat,
  from: TablePosition,
  close: () => Promise<void>,
  tell: (readBytes: number) => void,
): AsyncIterable<RowBatch> {
  const decode = decoderOf(format.encoding)
  const wide = format.encoding.startsWith('utf-16')
  let { byte, line } = from
  let size = BATCH_BYTES
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(Math.min(size, Math.max(source.totalBytes - byte, 0)))
      const bytes = buffer.subarray(0, await source.read(buffer, byte))
      if (bytes.length === 0) return
      const last = byte + bytes.length >= source.totalBytes
      if (format.encoding === 'utf-16be') bytes.subarray(0, bytes.length & ~1).swap16()
      const end = last ? bytes.length : endOfWholeLines(bytes, wide)
      const records = splitRecords(decode(bytes.subarray(0, end), line), format.delimiter, line, last)
      const used = records.openLines === 0 ? end : startOfLastLines(bytes.subarray(0, end), records.openLines, wide)
      if (used === 0) {
        // One record fills the whole batch: once more with twice the bytes, up to the limit.
        if (bytes.length >= LINE_LIMIT_BYTES + BATCH_BYTES) throw new TableUnreadable('line-too-long', tooLong(line))
        size *= 2
        continue
      }
      size = BATCH_BYTES
      byte += used
      line = records.nextLine
      tell(byte)
      yield { cells: records.cells, lines: records.lines, end: { byte, line } }
    }
  } finally {
    await close()
  }
}

/** UTF-8 that turns out to be GB18030 is read on as such, as long as nothing but ASCII, which is the same in both, came before. */
function decoderOf(encoding: TableEncoding): (bytes: Uint8Array, line: number) => string {
  let decoder = new TextDecoder(encoding === 'utf-16be' ? 'utf-16le' : encoding, { fatal: true, ignoreBOM: true })
  let plain = encoding === 'utf-8'
  return (bytes, line) => {
    try {
      const text = decoder.decode(bytes)
      plain &&= text.length === bytes.length
      return text
    } catch {
      if (plain) {
        plain = false
        decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })
        try {
          return decoder.decode(bytes)
        } catch {
          // Neither of them: told below.
        }
      }
      const detail = `After line ${line} there are bytes that are not ${encoding}. Save the file again as UTF-8.`
      throw new TableUnreadable('encoding', detail)
    }
  }
}

const FEED = 0x0a
const CARRIAGE = 0x0d

/** Behind the last line end; 0 where there is none. A CR at the very end may be half of a CRLF: it waits for its other half. */
function endOfWholeLines(bytes: Buffer, wide: boolean): number {
  const step = wide ? 2 : 1
  const whole = bytes.length - (bytes.length % step)
  for (let place = whole - step; place >= 0; place -= step) {
    const unit = wide ? bytes[place]! | (bytes[place + 1]! << 8) : bytes[place]!
    if (unit === FEED || (unit === CARRIAGE && place + step < whole)) return place + step
  }
  return 0
}

/** Where the last `count` lines of whole lines begin. */
function startOfLastLines(bytes: Buffer, count: number, wide: boolean): number {
  const step = wide ? 2 : 1
  const unitAt = (place: number) => (wide ? bytes[place]! | (bytes[place + 1]! << 8) : bytes[place]!)
  let seen = 0
  for (let place = bytes.length - step; place >= 0; place -= step) {
    const unit = unitAt(place)
    const ends = unit === FEED || (unit === CARRIAGE && unitAt(place + step) !== FEED)
    if (!ends) continue
    if (seen === count) return place + step
    seen += 1
  }
  return 0
}

/** Where a physical line begins; the end where there are not so many. */
function startOfLine(bytes: Buffer, line: number, wide: boolean): number {
  const step = wide ? 2 : 1
  const unitAt = (place: number) => (wide ? bytes[place]! | (bytes[place + 1]! << 8) : bytes[place]!)
  let passed = 1
  let place = 0
  while (passed < line && place < bytes.length) {
    const unit = unitAt(place)
    place += step
    if (unit === FEED || (unit === CARRIAGE && unitAt(place) !== FEED)) passed += 1
  }
  return Math.min(place, bytes.length)
}
