import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asXlsx } from '../files/write-for-test.ts'
import { type AttachmentKind, detectType, truthfulName } from './detect-type.ts'
import { JPEG, PNG, WEBP } from './pictures-for-test.ts'
import { stripped } from './strip-pictures.ts'

const SECRET = 'N31 13 E121 28 secret place'
const has = (bytes: Uint8Array | null, text: string) => Buffer.from(bytes ?? []).includes(text)

const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
/** EXIF with orientation and a secret, in either order of bytes. */
function exif(orientation: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(26)
  const short = (value: number, place: number) =>
    little ? tiff.writeUInt16LE(value, place) : tiff.writeUInt16BE(value, place)
  const long = (value: number, place: number) =>
    little ? tiff.writeUInt32LE(value, place) : tiff.writeUInt32BE(value, place)
  tiff.write(little ? 'II' : 'MM', 'latin1')
  short(42, 2)
  long(8, 4)
  short(1, 8)
  short(0x0112, 10)
  short(3, 12)
  long(1, 14)
  short(orientation, 18)
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(SECRET)])
}
const withSegments = (...segments: Buffer[]) =>
  Buffer.concat([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2), Buffer.from(`trailer ${SECRET}`)])

const chunk = (type: string, body: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
const afterHead = 8 + 25
const withChunks = (...chunks: Buffer[]) =>
  Buffer.concat([PNG.subarray(0, afterHead), ...chunks, PNG.subarray(afterHead), Buffer.from(SECRET)])

function withRiff(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(body.length, 4)
  const whole = Buffer.concat([WEBP, head, body, Buffer.alloc(body.length % 2)])
  whole.writeUInt32LE(whole.length - 8, 4)
  // VP8X says that there is EXIF and XMP.
  whole[20]! |= 0x0c
  return whole
}

describe('what a file is', () => {
  const zip = (...names: string[]) => {
    const entries = names.map((name) => {
      const entry = Buffer.alloc(46 + name.length)
      entry.writeUInt32LE(0x02014b50)
      entry.writeUInt16LE(name.length, 28)
      entry.write(name, 46, 'latin1')
      return entry
    })
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50)
    end.writeUInt16LE(names.length, 10)
    end.writeUInt32LE(4, 16)
    return Buffer.concat([Buffer.from('PK\x03\x04'), ...entries, end])
  }
  const content = '[Content_Types].xml'
  const cases: [string, Uint8Array, AttachmentKind | null][] = [
    ['a JPEG', JPEG, 'jpeg'],
    ['a PNG', PNG, 'png'],
    ['a WebP', WEBP, 'webp'],
    ['a PDF', Buffer.from('%PDF-1.7\n...'), 'pdf'],
    ['a text', Buffer.from('门诊候诊时间\t记录\r\n'), 'text'],
    ['a text that would be a page is a text', Buffer.from('<script>alert(1)</script>'), 'text'],
    ['a document', zip(content, 'word/document.xml'), 'docx'],
    [
      'a workbook with settings of a printer',
      zip(content, 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin'),
      'xlsx',
    ],
    ['a workbook with macros', zip(content, 'xl/workbook.xml', 'xl/vbaProject.bin'), null],
    [
      'a document with another program inside',
      zip(content, 'word/document.xml', 'word/embeddings/oleObject1.bin'),
      null,
    ],
    ['any other archive', zip('evil.exe'), null],
    ['an archive that is cut off', Buffer.from('PK\x03\x04 and no more'), null],
    ['a program', Buffer.from('MZ\x90\0\x03'), null],
    ['a GIF', Buffer.from('GIF89a\x01\0'), null],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), null],
    ['a text that is not UTF-8', Buffer.from([0xb5, 0xc8, 0xba, 0xf2]), null],
    ['a text in UTF-16', Buffer.from('\ufeffabc', 'utf16le'), null],
  ]
  test.each(cases)('%s', (_name, bytes, kind) => expect(detectType(bytes)).toBe(kind))
  test('a workbook as programs write it', async () => expect(detectType(await asXlsx([{ a: 1 }]))).toBe('xlsx'))
  test('anything at all gives an answer', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('', 'PK\x03\x04', '\xff\xd8\xff'),
        (rest, begin) => {
          const bytes = Buffer.concat([Buffer.from(begin, 'latin1'), rest])
          const kind = detectType(bytes)
          if (kind) stripped(bytes, kind)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('names', () => {
  const cases: [string, AttachmentKind, string][] = [
    ['照片.JPG', 'jpeg', '照片.JPG'],
    ['photo.png', 'jpeg', 'photo.png.jpg'],
    ['x.html', 'text', 'x.html.txt'],
    ['data.csv', 'text', 'data.csv'],
    ['', 'pdf', 'file.pdf'],
    ['../../etc/passwd', 'text', '....etcpasswd.txt'],
    ['invoice\u202efdp.exe', 'pdf', 'invoicefdp.exe.pdf'],
    [`${'长'.repeat(400)}.pdf`, 'pdf', `${'长'.repeat(146)}.pdf`],
  ]
  test.each(cases)('%s as %s', (name, kind, told) => expect(truthfulName(name, kind)).toBe(told))
})

describe('pictures lose what is not the picture', () => {
  test('JPEG: EXIF, XMP, comments, notes of makers and what follows the end', () => {
    const given = withSegments(
      segment(0xe1, exif(1, true)),
      segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
      segment(0xe2, Buffer.from(`MPF\0${SECRET}`)),
      segment(0xed, Buffer.from(SECRET)),
      segment(0xfe, Buffer.from(SECRET)),
    )
    expect(has(given, SECRET)).toBe(true)
    const bytes = stripped(given, 'jpeg')!
    expect(has(bytes, SECRET)).toBe(false)
    expect(has(bytes, 'ICC_PROFILE')).toBe(true)
    // Nothing but the picture as the browser wrote it.
    expect(Buffer.from(bytes).equals(JPEG)).toBe(true)
  })
  test.each([
    [6, true],
    [8, false],
  ])('JPEG: how it is turned stays (%d)', (turned, little) => {
    const bytes = Buffer.from(stripped(withSegments(segment(0xe1, exif(turned, little))), 'jpeg')!)
    expect(has(bytes, SECRET)).toBe(false)
    const again = Buffer.from(stripped(bytes, 'jpeg')!)
    expect(again.equals(bytes)).toBe(true)
    expect(bytes.subarray(2, 4).toString('hex')).toBe('ffe1')
    expect(bytes.readUInt16BE(30)).toBe(turned)
  })
  test('PNG: texts, time, EXIF and what follows the end', () => {
    const secret = Buffer.from(`Comment\0${SECRET}`)
    const given = withChunks(chunk('tEXt', secret), chunk('iTXt', secret), chunk('eXIf', secret), chunk('tIME', secret))
    expect(Buffer.from(stripped(given, 'png')!).equals(PNG)).toBe(true)
    const kept = chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))
    expect(has(stripped(withChunks(kept), 'png'), 'gAMA')).toBe(true)
  })
  test('WebP: EXIF and XMP, and the flags that tell of them', () => {
    for (const type of ['EXIF', 'XMP ']) {
      const bytes = Buffer.from(stripped(withRiff(type, Buffer.from(SECRET)), 'webp')!)
      expect(bytes.equals(WEBP)).toBe(true)
    }
  })
  test('cut off at any place, a picture is refused or whole, never a fault', () => {
    for (const [bytes, kind] of [
      [withSegments(segment(0xe1, exif(6, true))), 'jpeg'],
      [PNG, 'png'],
      [WEBP, 'webp'],
    ] as const)
      for (let length = 12; length < bytes.length; length += 1) {
        const found = stripped(bytes.subarray(0, length), kind)
        if (found) expect(found.length).toBeLessThanOrEqual(bytes.length)
      }
  })
  test('what is no picture stays byte for byte', () => {
    const text = Buffer.from('abc')
    expect(stripped(text, 'text')).toBe(text)
  })
})
