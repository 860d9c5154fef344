/**
 * What a workbook (.xlsx) is made of, before anything of it is parsed: its parts are unpacked once without being kept, so that a
 * file that unpacks to far more than it seems is refused, and its sheets and joined cells are known.
 */
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { TableUnreadable } from './table-unreadable.ts'

/** Most bytes one sheet, or the table of texts, may unpack to: about a million rows of ten columns. */
const PART_LIMIT_BYTES = 256 * 1024 * 1024
/** Most bytes of a part that is small in every real workbook. */
const SMALL_PART_LIMIT_BYTES = 16 * 1024 * 1024
const JOINED_LIMIT = 200_000
const ENTRIES_LIMIT = 10_000

export interface SheetPart {
  readonly name: string
  readonly hidden: boolean
}
/** First and last row and column, from 0. */
export interface JoinedCells {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  /** Joined cells of the sheet with this number. */
  readonly joined: (sheet: number) => readonly JoinedCells[]
}

interface Entry {
  readonly name: string
  readonly packed: boolean
  readonly bytes: Buffer
}

const broken = (detail: string) => new TableUnreadable('broken', detail)
const bomb = () =>
  new TableUnreadable(
    'unpacks-too-large',
    `A part of it unpacks to more than ${PART_LIMIT_BYTES / 1024 / 1024} MB. Send it as CSV or Parquet, or in parts.`,
  )

export async function readParts(zip: Buffer): Promise<WorkbookParts> {
  const entries = listEntries(zip)
  const workbook = entries.get('xl/workbook.xml')
  if (!workbook) throw new TableUnreadable('binary', 'It is a zipped file without a workbook in it. Unpack it first.')
  const sheets: (SheetPart & { relation: string })[] = []
  for (const [tag] of small(workbook).matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const relation = /\w+:id="([^"]*)"/.exec(tag)?.[1] ?? ''
    if (name !== '' && relation !== '')
      sheets.push({ name, hidden: attribute(tag, 'state').toLowerCase().endsWith('hidden'), relation })
  }
  if (sheets.length === 0) throw new TableUnreadable('empty', 'The workbook has no sheet.')
  const joinedOf = new Map<string, readonly JoinedCells[]>()
  for (const [name, entry] of entries) {
    if (!name.startsWith('xl/') || !name.endsWith('.xml')) continue
    if (name.startsWith('xl/worksheets/')) joinedOf.set(name, await measure(entry))
    else if (name === 'xl/sharedStrings.xml' || name === 'xl/styles.xml') await measure(entry)
  }
  const relations = entries.get('xl/_rels/workbook.xml.rels')
  const targets = new Map<string, string>()
  for (const [tag] of (relations ? small(relations) : '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const target = attribute(tag, 'Target')
    targets.set(attribute(tag, 'Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return {
    sheets,
    joined: (sheet) => joinedOf.get(targets.get(sheets[sheet]?.relation ?? '') ?? '') ?? [],
  }
}

const attribute = (tag: string, name: string) => unescapeXml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const unescapeXml = (text: string) =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|quot|apos|amp));/gi, (whole, decimal, hex, named) => {
    if (named) return ENTITIES[String(named).toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

function small(entry: Entry): string {
  if (!entry.packed) return entry.bytes.toString('utf8')
  try {
    return inflateRawSync(entry.bytes, { maxOutputLength: SMALL_PART_LIMIT_BYTES }).toString('utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw bomb()
    throw broken('A part of the workbook cannot be unpacked. Save it again.')
  }
}

const JOINED = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g
/** Longer than any such tag, so that none is cut in two. */
const OVERLAP = 200

/** Unpacks one part without keeping it; gives the cells it joins. */
async function measure(entry: Entry): Promise<JoinedCells[]> {
  const joined: JoinedCells[] = []
  let sizeBytes = 0
  let rest = ''
  const look = (chunk: Buffer) => {
    sizeBytes += chunk.length
    if (sizeBytes > PART_LIMIT_BYTES) throw bomb()
    const text = rest + chunk.toString('latin1')
    let seen = 0
    if (text.includes('mergeCell ')) {
      for (const match of text.matchAll(JOINED)) {
        seen = match.index + match[0].length
        const [, left, top, right, bottom] = match
        if (joined.length < JOINED_LIMIT)
          joined.push({ top: Number(top) - 1, left: column(left!), bottom: Number(bottom) - 1, right: column(right!) })
      }
    }
    rest = text.slice(Math.max(seen, text.length - OVERLAP))
  }
  if (!entry.packed) {
    look(entry.bytes)
    return joined
  }
  const inflate = createInflateRaw()
  inflate.end(entry.bytes)
  try {
    for await (const chunk of inflate) look(chunk as Buffer)
  } catch (error) {
    if (error instanceof TableUnreadable) throw error
    throw broken('A part of the workbook cannot be unpacked. Save it again.')
  }
  return joined
}

const column = (letters: string) =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

const END = 0x06054b50
const END_BYTES = 22
const COMMENT_LIMIT_BYTES = 65_535
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30

/** The directory at the end of the archive (APPNOTE.TXT 6.3.10, PKWARE, 2022, section 4.3). */
function listEntries(zip: Buffer): Map<string, Entry> {
  const end = findEnd(zip)
  const entries = new Map<string, Entry>()
  let place = zip.readUInt32LE(end + 16)
  const count = zip.readUInt16LE(end + 10)
  for (let index = 0; index < Math.min(count, ENTRIES_LIMIT); index += 1) {
    if (place + ENTRY_BYTES > zip.length || zip.readUInt32LE(place) !== ENTRY) throw cut()
    const method = zip.readUInt16LE(place + 10)
    const sizeBytes = zip.readUInt32LE(place + 20)
    const nameBytes = zip.readUInt16LE(place + 28)
    const begin = zip.readUInt32LE(place + 42)
    const name = zip.toString('utf8', place + ENTRY_BYTES, place + ENTRY_BYTES + nameBytes)
    place += ENTRY_BYTES + nameBytes + zip.readUInt16LE(place + 30) + zip.readUInt16LE(place + 32)
    if (begin + LOCAL_BYTES > zip.length || zip.readUInt32LE(begin) !== LOCAL) throw cut()
    const data = begin + LOCAL_BYTES + zip.readUInt16LE(begin + 26) + zip.readUInt16LE(begin + 28)
    if (data + sizeBytes > zip.length) throw cut()
    if (method === 0 || method === 8)
      entries.set(name, { name, packed: method === 8, bytes: zip.subarray(data, data + sizeBytes) })
  }
  return entries
}

const cut = () => broken('The workbook is cut off or damaged. Save it again.')

function findEnd(zip: Buffer): number {
  const lowest = Math.max(0, zip.length - END_BYTES - COMMENT_LIMIT_BYTES)
  for (let place = zip.length - END_BYTES; place >= lowest; place -= 1) {
    if (zip.readUInt32LE(place) === END) return place
  }
  throw cut()
}
