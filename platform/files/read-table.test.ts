import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type ByteSource,
  COLUMNS_LIMIT,
  openSource,
  openTable,
  type Table,
  type TableFormat,
  TableUnreadable,
} from './read-table.ts'

const directory = mkdtempSync(join(tmpdir(), 'bihuan-table-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let files = 0
function write(content: string | Uint8Array): string {
  files += 1
  const path = join(directory, `${files}.csv`)
  writeFileSync(path, content)
  return path
}
async function read(
  content: string | Uint8Array,
): Promise<{ table: Table<TableFormat>; rows: [number, ...string[]][] }> {
  const table = await openTable(write(content))
  const rows: [number, ...string[]][] = []
  for await (const { line, cells } of table.rows) rows.push([line, ...cells])
  return { table, rows }
}
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
/** 机构,人数 / 急诊,12 / 门诊𠮷,7 in GB18030; the last sign takes four bytes. */
const GB18030 = Buffer.from(
  'bbfab9b92cc8cbcafd0d0abcb1d5ef2c31320d0ac3c5d5ef9530e5342c370d0a'.replace('9530e534', '9535b230'),
  'hex',
)

describe('encodings', () => {
  const text = '机构,人数\n急诊,12\n门诊,7\n'
  const cases: [string, string | Uint8Array, string][] = [
    ['UTF-8', text, 'utf-8'],
    ['UTF-8 with mark', `\ufeff${text}`, 'utf-8'],
    ['UTF-16 LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with mark', utf16be(`\ufeff${text}`), 'utf-16be'],
    ['UTF-16 LE without mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE without mark', utf16be(text), 'utf-16be'],
  ]
  for (const [name, content, encoding] of cases) {
    test(name, async () => {
      const { table, rows } = await read(content)
      expect(table.format.encoding).toBe(encoding)
      expect(table.header).toEqual(['机构', '人数'])
      expect(rows).toEqual([
        [2, '急诊', '12'],
        [3, '门诊', '7'],
      ])
    })
  }
  test('GB18030 with characters of two and four bytes', async () => {
    const { table, rows } = await read(GB18030)
    expect(table.format).toEqual({ kind: 'csv', encoding: 'gb18030', delimiter: ',', lineEnd: 'crlf' })
    expect(table.header).toEqual(['机构', '人数'])
    expect(rows[0]).toEqual([2, '急诊', '12'])
    expect(rows[1]![1]).toMatch(/^门诊.+$/u)
    expect(Array.from(rows[1]![1]!)).toHaveLength(3)
  })
  test('GB18030 that begins with two megabytes of ASCII', async () => {
    const ascii = Buffer.from(`a,b\n${'x,1\n'.repeat(524_288)}`)
    const { rows } = await read(Buffer.concat([ascii, Buffer.from('bcb1d5ef2c320a', 'hex')]))
    expect(rows.at(-1)).toEqual([524_290, '急诊', '2'])
  })
  test('Latin-1 is told where a letter with an accent cannot be GB18030', async () => {
    await expect(read(Buffer.from('ville,n\ncaf\xe9,1\n', 'latin1'))).rejects.toMatchObject({ reason: 'encoding' })
  })
})

describe('line ends and lines', () => {
  for (const [name, end, lineEnd] of [
    ['LF', '\n', 'lf'],
    ['CRLF', '\r\n', 'crlf'],
    ['CR only', '\r', 'cr'],
  ] as const) {
    test(name, async () => {
      const { table, rows } = await read(['a,b', '1,2', '', '3,4'].join(end))
      expect(table.format.lineEnd).toBe(lineEnd)
      expect(rows).toEqual([
        [2, '1', '2'],
        [4, '3', '4'],
      ])
    })
  }
  test('mixed line ends, blank lines before the header and between, no end at the end', async () => {
    const { table, rows } = await read('\r\n\na,b\r\n1,2\n3,4\r5,6\r\n , \n7,8')
    expect(table.header).toEqual(['a', 'b'])
    expect(rows).toEqual([
      [4, '1', '2'],
      [5, '3', '4'],
      [6, '5', '6'],
      [8, '7', '8'],
    ])
  })
  test('a header alone', async () => {
    expect((await read('a,b')).rows).toEqual([])
    expect((await read('a,b\r\n')).rows).toEqual([])
  })
})

describe('cells', () => {
  test('quotes, doubled quotes, line breaks inside, with lines counted as an editor counts them', async () => {
    const { rows } = await read('a,b\r\n"x, ""y""","one\r\ntwo\r\n\r\nthree"\r\n"",z\r\n5" pipe,"end"\r\n')
    expect(rows).toEqual([
      [2, 'x, "y"', 'one\ntwo\n\nthree'],
      [6, '', 'z'],
      [7, '5" pipe', 'end'],
    ])
  })
  test('text after a closing quote stays; a quote never closed ends with the file', async () => {
    expect((await read('a,b\n"x"y,1\n')).rows).toEqual([[2, 'xy', '1']])
    expect((await read('a,b\n1,"open\n2,3\n')).rows).toEqual([[2, '1', 'open\n2,3\n'.trimEnd()]])
  })
  test('rows too short and too long come as they are', async () => {
    expect((await read('a,b,c\n1\n1,2,3,4\n')).rows).toEqual([
      [2, '1'],
      [3, '1', '2', '3', '4'],
    ])
  })
  test('formulas and NA are text', async () => {
    const { rows } = await read('a,b\n=1+1,NA\n@SUM(A1),-3\n+cmd|calc,\t\n')
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['=1+1', 'NA'],
      ['@SUM(A1)', '-3'],
      ['+cmd|calc', '\t'],
    ])
  })
  for (const delimiter of [',', ';', '\t', '|']) {
    test(`delimiter ${JSON.stringify(delimiter)}`, async () => {
      const { table, rows } = await read(`name${delimiter}text\nx${delimiter}"1,2;3|4\t5"\n`)
      expect(table.format.delimiter).toBe(delimiter)
      expect(rows).toEqual([[2, 'x', '1,2;3|4\t5']])
    })
  }
})

describe('headers', () => {
  test('missing and repeated names are made different', async () => {
    expect((await read('a,,a, b ,a (2)\n1,2,3,4,5\n')).table.header).toEqual([
      'a',
      'column 2',
      'a (2)',
      'b',
      'a (2) (2)',
    ])
  })
  test('a first line of figures is no header', async () => {
    await expect(read('1,2,3\n4,5,6\n')).rejects.toMatchObject({ reason: 'no-header' })
    await expect(read('2026-01-01,2\n2026-01-02,6\n')).rejects.toMatchObject({ reason: 'no-header' })
  })
  test('too many columns', async () => {
    const names = Array.from({ length: COLUMNS_LIMIT + 1 }, (_, index) => `c${index}`)
    await expect(read(`${names.join(',')}\n`)).rejects.toMatchObject({ reason: 'too-many-columns' })
  })
})

describe('what is no table', () => {
  const cases: [string, string | Uint8Array, string][] = [
    ['no bytes', '', 'empty'],
    ['blank lines only', '\n\r\n  \n', 'empty'],
    ['an Excel workbook', Buffer.from('504b030414000600', 'hex'), 'binary'],
    ['a PDF', '%PDF-1.7 …', 'binary'],
    ['zero bytes on both sides', Buffer.from([0, 0, 1, 2, 0, 0]), 'binary'],
    ['control characters', Buffer.from(Array.from({ length: 200 }, (_, index) => (index % 30) + 1)), 'binary'],
  ]
  for (const [name, content, reason] of cases)
    test(name, async () => {
      await expect(read(content)).rejects.toBeInstanceOf(TableUnreadable)
      await expect(read(content)).rejects.toMatchObject({ reason })
    })
})

/** A source that makes its bytes when asked. */
const made = (totalBytes: number, byteAt: (place: number) => number): ByteSource => ({
  totalBytes,
  read: async (target, place) => {
    const length = Math.max(0, Math.min(target.length, totalBytes - place))
    for (let index = 0; index < length; index += 1) target[index] = byteAt(place + index)
    return length
  },
  close: async () => {},
})
const GIGABYTE = 1024 ** 3
const HEAD = Buffer.from('a,b\n1,2\n')

describe('a gigabyte without a line end', () => {
  test('after good lines: read up to there, then refused, in bounded memory', async () => {
    let asked = 0
    const source = made(GIGABYTE, (place) => {
      asked = Math.max(asked, place)
      return place < HEAD.length ? HEAD[place]! : 0x78
    })
    const table = await openSource(source)
    const lines: number[] = []
    const reading = (async () => {
      for await (const { line } of table.rows) lines.push(line)
    })()
    await expect(reading).rejects.toMatchObject({ reason: 'line-too-long' })
    expect(asked).toBeLessThan(8 * 1024 ** 2)
  })
  test('from the begin on, and inside a quote that is never closed', async () => {
    await expect(openSource(made(GIGABYTE, () => 0x78))).rejects.toMatchObject({ reason: 'line-too-long' })
    const quoted = Buffer.from('a,b\n1,"')
    const table = await openSource(
      made(GIGABYTE, (place) => (place < quoted.length ? quoted[place]! : place % 80 === 0 ? 0x0a : 0x78)),
    )
    const reading = (async () => {
      for await (const _ of table.rows);
    })()
    await expect(reading).rejects.toMatchObject({ reason: 'line-too-long' })
  })
  test('a sparse file of zero bytes', async () => {
    const path = write('')
    truncateSync(path, GIGABYTE)
    await expect(openTable(path)).rejects.toMatchObject({ reason: 'binary' })
  })
})

test('reading can go on from the end of any batch', async () => {
  const body = Array.from({ length: 60_000 }, (_, index) =>
    index % 7 === 0 ? `"急诊\n${index}",${'y'.repeat(index % 90)}` : `门诊 ${index},${'z'.repeat(index % 90)}`,
  )
  for (const content of [
    Buffer.from(`a,b\r\n${body.join('\r\n')}`),
    Buffer.from(`\ufeffa,b\n${body.join('\n')}`, 'utf16le'),
  ]) {
    const path = write(content)
    const whole: [number, ...string[]][] = []
    const ends = []
    for await (const batch of (await openTable(path)).batches()) {
      batch.cells.forEach((cells, index) => void whole.push([batch.lines[index]!, ...cells]))
      ends.push({ position: batch.end, rows: whole.length })
    }
    expect(whole).toHaveLength(60_000)
    expect(ends.length).toBeGreaterThan(2)
    expect(ends.at(-1)!.position.byte).toBe(content.length)
    for (const { position, rows } of ends) {
      const rest: [number, ...string[]][] = []
      for await (const batch of (await openTable(path)).batches(position))
        batch.cells.forEach((cells, index) => void rest.push([batch.lines[index]!, ...cells]))
      expect(rest).toEqual(whole.slice(rows))
    }
  }
})

test('agrees with csv-parse on any table, however it is quoted and ended', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '急', '1', ' ', ',', ';', '"', '\n', '=', '-'), maxLength: 8 })
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (table, end, always) => {
      const quoted = (text: string) =>
        always || /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""').replaceAll('\n', end)}"` : text
      const text = ['name,b,c', ...table.map((cells) => cells.map(quoted).join(','))].join(end)
      const expected = parse(text, { record_delimiter: end, relax_column_count: true })
        .slice(1)
        .map((cells) => cells.map((each) => each.replaceAll(end, '\n')))
        .filter((cells) => cells.some((each) => each.trim() !== ''))
      expect((await read(text)).rows.map(([, ...cells]) => cells)).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})
