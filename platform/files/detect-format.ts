/** What a file's first bytes say about it: encoding, delimiter, line ends. */
import { splitRecords } from './split-records.ts'
import { TableUnreadable } from './table-unreadable.ts'

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
export type TableDelimiter = ',' | ';' | '\t' | '|'
export interface TableFormat {
  readonly kind: 'csv'
  readonly encoding: TableEncoding
  readonly delimiter: TableDelimiter
  readonly lineEnd: 'lf' | 'crlf' | 'cr'
}

/** Bytes looked at before anything is decided. */
export const SAMPLE_BYTES = 1024 * 1024
/** Records that vote on the delimiter. */
const SAMPLE_RECORDS = 50
const DELIMITERS: readonly TableDelimiter[] = [',', '\t', ';', '|']
/** Control characters a text may hold, as a share of its characters: more is no text. */
const CONTROL_SHARE_LIMIT = 0.01

/** Begins of files people take for tables. */
const KNOWN_BEGINS: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'It is a zipped file. Unpack it first.'],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'It is an old Excel workbook (.xls) or one with a password. Save it as .xlsx without a password, or as CSV.',
  ],
  [[0x25, 0x50, 0x44, 0x46], 'It is a PDF document.'],
  [[0x1f, 0x8b], 'It is compressed with gzip. Unpack it first.'],
]

export interface DetectedEncoding {
  readonly encoding: TableEncoding
  /** Bytes of the byte order mark. */
  readonly markBytes: number
}

/** `whole` tells that the sample is the whole file. Throws `TableUnreadable` for what is no text. */
export function detectEncoding(sample: Uint8Array, whole: boolean): DetectedEncoding {
  for (const [begin, detail] of KNOWN_BEGINS) {
    if (begin.every((byte, index) => sample[index] === byte)) throw new TableUnreadable('binary', detail)
  }
  const marked = byMark(sample)
  const found = marked ?? { encoding: withoutMark(sample, whole), markBytes: 0 }
  const text = decodeSample(sample.subarray(found.markBytes), found.encoding, whole)
  if (text === null) {
    const detail = `Its begin says ${found.encoding}, but not all of it is. Save it again as UTF-8.`
    throw new TableUnreadable('encoding', detail)
  }
  const controls = countControls(text)
  if (controls > text.length * CONTROL_SHARE_LIMIT)
    throw new TableUnreadable('binary', 'It holds bytes that are no text.')
  return found
}

/** Characters below the blank that are no tab and no line or page break. */
function countControls(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x20 && (code < 0x09 || code > 0x0d)) count += 1
  }
  return count
}

function byMark(sample: Uint8Array): DetectedEncoding | null {
  const [first, second, third] = sample
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  return null
}

function withoutMark(sample: Uint8Array, whole: boolean): TableEncoding {
  let evenNulls = 0
  let oddNulls = 0
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue
    if (index % 2 === 0) evenNulls += 1
    else oddNulls += 1
  }
  // Commas, digits and line ends of UTF-16 have a zero byte, always on the same side.
  if (oddNulls > 0 && evenNulls === 0) return 'utf-16le'
  if (evenNulls > 0 && oddNulls === 0) return 'utf-16be'
  if (evenNulls > 0) throw new TableUnreadable('binary', 'It holds zero bytes, which no text does.')
  if (decodeSample(sample, 'utf-8', whole) !== null) return 'utf-8'
  if (decodeSample(sample, 'gb18030', whole) !== null) return 'gb18030'
  throw new TableUnreadable('encoding', 'It is neither UTF-8, UTF-16 nor GB18030. Save it again as UTF-8.')
}

function decodeSample(sample: Uint8Array, encoding: TableEncoding, whole: boolean): string | null {
  try {
    // A sample may end in the middle of a character.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(sample, { stream: !whole })
  } catch {
    return null
  }
}

export function detectLineEnd(text: string): TableFormat['lineEnd'] {
  const feed = text.indexOf('\n')
  const carriage = text.indexOf('\r')
  if (carriage < 0 || (feed >= 0 && feed < carriage)) return 'lf'
  return text[carriage + 1] === '\n' ? 'crlf' : 'cr'
}

/** The delimiter that cuts most records into as many cells as the header; of equals the one that gives more columns. */
export function detectDelimiter(text: string): TableDelimiter {
  let best: { delimiter: TableDelimiter; share: number; columns: number } = { delimiter: ',', share: 0, columns: 1 }
  for (const delimiter of DELIMITERS) {
    const records = splitRecords(text, delimiter, 1, true).cells.slice(0, SAMPLE_RECORDS)
    const columns = records[0]?.length ?? 1
    if (columns < 2) continue
    const share = records.filter((record) => record.length === columns).length / records.length
    if (share > best.share || (share === best.share && columns > best.columns)) best = { delimiter, share, columns }
  }
  return best.delimiter
}
