/** What a file is by its bytes, whatever it is called. Only what cannot run by itself is taken. */

export interface AttachmentType {
  readonly type: string
  /** Ends of names that go with it; the first is added where a name has none of them. */
  readonly ends: readonly string[]
}

export const ATTACHMENT_TYPES = {
  pdf: { type: 'application/pdf', ends: ['.pdf'] },
  png: { type: 'image/png', ends: ['.png'] },
  jpeg: { type: 'image/jpeg', ends: ['.jpg', '.jpeg'] },
  webp: { type: 'image/webp', ends: ['.webp'] },
  text: { type: 'text/plain; charset=utf-8', ends: ['.txt', '.csv', '.md', '.log'] },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ends: ['.xlsx'] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ends: ['.docx'] },
} as const satisfies Record<string, AttachmentType>
export type AttachmentKind = keyof typeof ATTACHMENT_TYPES

const begins = (bytes: Uint8Array, ...marks: readonly [number, string | readonly number[]][]) =>
  marks.every(([place, mark]) => {
    const wanted = typeof mark === 'string' ? Buffer.from(mark, 'latin1') : mark
    return wanted.every((byte, index) => bytes[place + index] === byte)
  })

/** Null for everything that is not taken. */
export function detectType(bytes: Uint8Array): AttachmentKind | null {
  if (begins(bytes, [0, '%PDF-'])) return 'pdf'
  if (begins(bytes, [0, '\x89PNG\r\n\x1a\n'])) return 'png'
  if (begins(bytes, [0, [0xff, 0xd8, 0xff]])) return 'jpeg'
  if (begins(bytes, [0, 'RIFF'], [8, 'WEBP'])) return 'webp'
  if (begins(bytes, [0, 'PK\x03\x04'])) return officeKind(bytes)
  return isPlainText(bytes) ? 'text' : null
}

/** A workbook or a document without macros and without other programs inside. */
function officeKind(bytes: Uint8Array): 'xlsx' | 'docx' | null {
  const names = zipNames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!names?.includes('[Content_Types].xml')) return null
  if (names.some((name) => /vbaProject|oleObject|activeX|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|com|jar)$/i.test(name)))
    return null
  if (names.includes('xl/workbook.xml')) return 'xlsx'
  return names.includes('word/document.xml') ? 'docx' : null
}

const END = 0x06054b50
const END_BYTES = 22
const COMMENT_LIMIT_BYTES = 65_535
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const ENTRIES_LIMIT = 10_000

/** Names in the directory of a zip archive (APPNOTE.TXT 6.3.10, PKWARE, 2022, section 4.3); null where it is damaged. */
function zipNames(zip: Buffer): string[] | null {
  let end = zip.length - END_BYTES
  const lowest = Math.max(0, end - COMMENT_LIMIT_BYTES)
  while (end >= lowest && zip.readUInt32LE(end) !== END) end -= 1
  if (end < lowest) return null
  const count = zip.readUInt16LE(end + 10)
  let place = zip.readUInt32LE(end + 16)
  if (count > ENTRIES_LIMIT) return null
  const names: string[] = []
  for (let index = 0; index < count; index += 1) {
    if (place + ENTRY_BYTES > zip.length || zip.readUInt32LE(place) !== ENTRY) return null
    const nameBytes = zip.readUInt16LE(place + 28)
    names.push(zip.toString('utf8', place + ENTRY_BYTES, place + ENTRY_BYTES + nameBytes))
    place += ENTRY_BYTES + nameBytes + zip.readUInt16LE(place + 30) + zip.readUInt16LE(place + 32)
  }
  return names
}

/** UTF-8 throughout, without control characters but tab and line ends. */
function isPlainText(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const NAME_LENGTH_LIMIT = 150

/**
 * The name with an end that tells the truth: a text called `x.html` is saved as `x.html.txt`, so that no browser runs it. Signs that turn
 * the direction of writing are left out: with them an end can be made to look like another.
 */
export function truthfulName(name: string, kind: AttachmentKind): string {
  const { ends } = ATTACHMENT_TYPES[kind]
  const shown =
    name
      .replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '')
      .trim()
      .slice(-NAME_LENGTH_LIMIT) || 'file'
  return ends.some((end) => shown.toLowerCase().endsWith(end)) ? shown : `${shown}${ends[0]}`
}
