/**
 * Takes out of a picture what is not the picture: place, time, device, comments, thumbnails. Bytes of the picture itself stay as they are, so
 * nothing gets worse. Null for what is damaged.
 */
import type { AttachmentKind } from './detect-type.ts'

export function stripped(bytes: Uint8Array, kind: AttachmentKind): Uint8Array | null {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (kind === 'jpeg') return stripJpeg(whole)
  if (kind === 'png') return stripPng(whole)
  if (kind === 'webp') return stripWebp(whole)
  return bytes
}

const PNG_HEAD_BYTES = 8
/** What the pixels need to be shown rightly (PNG, third edition, W3C 2025, section 11); text, time and EXIF are none of it. */
const PNG_CHUNKS = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)

function stripPng(bytes: Buffer): Uint8Array | null {
  const kept = [bytes.subarray(0, PNG_HEAD_BYTES)]
  for (let place = PNG_HEAD_BYTES; ; ) {
    if (place + 12 > bytes.length) return null
    const end = place + 12 + bytes.readUInt32BE(place)
    const type = bytes.toString('latin1', place + 4, place + 8)
    if (end > bytes.length) return null
    if (PNG_CHUNKS.has(type)) kept.push(bytes.subarray(place, end))
    // What follows the end of the picture is none of it.
    if (type === 'IEND') return Buffer.concat(kept)
    place = end
  }
}

/** Segments that are kept: the JFIF head, colour profiles and Adobe's note of how colours are stored; tables and pixels of course. */
const isKept = (marker: number, body: Buffer) => {
  if (marker === 0xe2) return body.toString('latin1', 0, 11) === 'ICC_PROFILE'
  if (marker === 0xe0 || marker === 0xee) return true
  return !(marker >= 0xe0 && marker <= 0xef) && marker !== 0xfe
}

/** Markers and their segments (ITU-T T.81, 1992, annex B). How the picture is turned is said again, in a note of its own. */
function stripJpeg(bytes: Buffer): Uint8Array | null {
  const kept: Buffer[] = []
  let turned = 1
  for (let place = 2; ; ) {
    if (place + 4 > bytes.length || bytes[place] !== 0xff) return null
    const marker = bytes[place + 1]!
    if (marker === 0xff) {
      place += 1
      continue
    }
    if (marker === 0xd9) {
      kept.push(Buffer.from([0xff, 0xd9]))
      break
    }
    const end = place + 2 + bytes.readUInt16BE(place + 2)
    if (end > bytes.length) return null
    const body = bytes.subarray(place + 4, end)
    if (marker === 0xe1) turned = orientationOf(body) ?? turned
    if (isKept(marker, body)) kept.push(bytes.subarray(place, end))
    place = end
    if (marker !== 0xda) continue
    const after = endOfScan(bytes, end)
    kept.push(bytes.subarray(end, after))
    if (after >= bytes.length) return null
    place = after
    if (bytes[after + 1] === 0xd9) {
      kept.push(Buffer.from([0xff, 0xd9]))
      break
    }
  }
  const note = turned === 1 ? [] : [orientationNote(turned)]
  return Buffer.concat([bytes.subarray(0, 2), ...note, ...kept])
}

/** Pixels go on until a marker that is neither a stuffed 0 nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let place = from
  for (;;) {
    place = bytes.indexOf(0xff, place)
    if (place < 0 || place + 1 >= bytes.length) return bytes.length
    const next = bytes[place + 1]!
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return place
    place += next === 0xff ? 1 : 2
  }
}

const ORIENTATION = 0x0112
const EXIF = 'Exif\0\0'

/** Of an EXIF segment (CIPA DC-008, 2023, 4.6.2): 2 to 8; null where it says nothing or is damaged. */
function orientationOf(body: Buffer): number | null {
  if (body.toString('latin1', 0, 6) !== EXIF) return null
  const tiff = body.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (place: number) => (little ? tiff.readUInt16LE(place) : tiff.readUInt16BE(place))
  try {
    const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    const count = short(first)
    for (let index = 0; index < count; index += 1) {
      const entry = first + 2 + 12 * index
      const value = short(entry + 8)
      if (short(entry) === ORIENTATION && value >= 2 && value <= 8) return value
    }
    return null
  } catch {
    return null
  }
}

/** An EXIF segment that says how the picture is turned and nothing else. */
function orientationNote(turned: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(ORIENTATION, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(turned, 18)
  const head = Buffer.from([0xff, 0xe1, 0, 2 + EXIF.length + tiff.length])
  return Buffer.concat([head, Buffer.from(EXIF, 'latin1'), tiff])
}

const WEBP_HEAD_BYTES = 12
const WEBP_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** In the flags of VP8X: there is EXIF, there is XMP (RFC 9649, section 2.7). */
const EXIF_AND_XMP = 0x0c

function stripWebp(bytes: Buffer): Uint8Array | null {
  const kept: Buffer[] = []
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  for (let place = WEBP_HEAD_BYTES; place < end; ) {
    if (place + 8 > end) return null
    const size = bytes.readUInt32LE(place + 4)
    const after = place + 8 + size + (size % 2)
    if (after > bytes.length) return null
    const type = bytes.toString('latin1', place, place + 4)
    if (WEBP_CHUNKS.has(type)) {
      const chunk = Buffer.from(bytes.subarray(place, after))
      if (type === 'VP8X' && size > 0) chunk[8]! &= ~EXIF_AND_XMP
      kept.push(chunk)
    }
    place = after
  }
  const body = Buffer.concat(kept)
  if (body.length === 0) return null
  const head = Buffer.from(bytes.subarray(0, WEBP_HEAD_BYTES))
  head.writeUInt32LE(4 + body.length, 4)
  return Buffer.concat([head, body])
}
