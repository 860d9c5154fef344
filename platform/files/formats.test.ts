import { gzipSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { openAny } from './open-any.ts'
import { openParquet } from './parquet/read-parquet.ts'
import { fileSource } from './read-table.ts'
import {
  asCsv,
  asJson,
  asNdjson,
  asParquet,
  asRawWorkbook,
  asXlsx,
  asZip,
  readAll,
  openReadingForTest,
} from './write-for-test.ts'

const { read, write, close } = openReadingForTest()
afterAll(close)

const ROWS = [
  { 机构: '急诊', 人数: 12, 'rate, %': 0.125, 时间: '2026-03-01 08:00:00', open: true },
  { 机构: '门诊 "A"', 人数: -7, 'rate, %': null, 时间: '2026-03-02', open: false },
]
const CELLS = [
  ['急诊', '12', '0.125', '2026-03-01 08:00:00', 'true'],
  ['门诊 "A"', '-7', '', '2026-03-02', 'false'],
]

describe('the same rows in every format', () => {
  const formats: [string, () => Uint8Array | Promise<Uint8Array>][] = [
    ['csv', () => asCsv(ROWS)],
    ['ndjson', () => asNdjson(ROWS)],
    ['json', () => asJson(ROWS)],
    ['xlsx', () => asXlsx(ROWS)],
    ['parquet', () => asParquet(ROWS)],
  ]
  for (const [kind, make] of formats) {
    test(kind, async () => {
      const { table, rows } = await read(await make())
      expect(table.format.kind).toBe(kind)
      expect(table.header).toEqual(Object.keys(ROWS[0]!))
      expect(rows).toEqual(CELLS)
      expect(table.readBytes()).toBe(table.totalBytes)
    })
    test(`${kind}, read again from where a batch ended`, async () => {
      const many = Array.from({ length: 23 }, (_, index) => ({ a: `x${index}`, n: index }))
      const bytes = { csv: asCsv, ndjson: asNdjson, json: asJson, xlsx: asXlsx, parquet: asParquet }[kind]!(many)
      const path = write(await bytes)
      const all: string[][] = []
      const ends = []
      for await (const batch of (await openAny(path)).batches()) {
        all.push(...batch.cells)
        ends.push({ at: all.length, end: batch.end })
      }
      expect(all).toHaveLength(23)
      for (const { at, end } of ends) {
        const rest: string[][] = []
        for await (const batch of (await openAny(path)).batches(end)) rest.push(...batch.cells)
        expect(rest).toEqual(all.slice(at))
      }
    })
  }
})

describe('what is no table is told, whatever it is called', () => {
  const cases: [string, string | Uint8Array | Promise<Uint8Array>, string][] = [
    ['nothing', '', 'empty'],
    ['blanks', '  \n \n', 'empty'],
    ['a PDF', '%PDF-1.7 ...', 'binary'],
    ['gzip', gzipSync('a,b\n1,2\n'), 'binary'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'binary'],
    ['random bytes', Buffer.from([1, 2, 0, 3, 0, 0, 9, 255, 254, 0, 1]), 'binary'],
    ['a zip without a workbook', asZip({ 'a.csv': 'a,b\n1,2' }), 'binary'],
    ['an empty list', '[]', 'empty'],
    ['objects without names', '[{}, {}]', 'empty'],
    ['a list of numbers', '[{"a":1}, 2]', 'broken'],
    ['a list that ends early', '[{"a":1},{"a":2', 'broken'],
    ['a workbook cut off', asXlsx(ROWS).then((bytes) => bytes.subarray(0, bytes.length - 40)), 'broken'],
    ['Parquet cut off', asParquet(ROWS).subarray(0, 60), 'broken'],
    ['Parquet in name only', Buffer.from('PAR1 and nothing else PAR1'), 'broken'],
    ['a sheet of figures', asXlsx([{ '1': 1, '2': 2 }]), 'no-header'],
    ['a workbook without a row', asRawWorkbook(''), 'empty'],
  ]
  for (const [name, content, reason] of cases) {
    test(name, async () => {
      await expect(read(await content)).rejects.toMatchObject({ reason })
    })
  }
  test('CSV in GB18030 under the name of a workbook is CSV', async () => {
    const { table, rows } = await read(Buffer.from('bbfab9b92cc8cbcafd0d0abcb1d5ef2c31320d0a', 'hex'))
    expect(table.format).toMatchObject({ kind: 'csv', encoding: 'gb18030' })
    expect(rows).toEqual([['急诊', '12']])
  })
  test('a workbook that unpacks to more than is taken', async () => {
    const bomb = asRawWorkbook(
      `<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>${' '.repeat(270 * 1024 * 1024)}`,
    )
    expect(bomb.length).toBeLessThan(1024 * 1024)
    await expect(read(bomb)).rejects.toMatchObject({ reason: 'unpacks-too-large' })
  })
})

describe('JSON and NDJSON', () => {
  test('nested objects get dotted names, lists stay JSON, nothing is empty', async () => {
    const { table, rows } = await read(
      '{"a":{"b":{"c":1},"d":[1,{"e":2}]},"f":null,"g":1e-7}\n{"f":"x","a":{"b":{}}}\n',
    )
    expect(table.header).toEqual(['a.b.c', 'a.d', 'f', 'g'])
    expect(rows).toEqual([
      ['1', '[1,{"e":2}]', '', '1e-7'],
      ['', '', 'x', ''],
    ])
  })
  test('a list that an object wraps', async () => {
    const { rows } = await read('{"code":0,"more":{"x":[1]},"data":[{"a":"]}"},{"a":"\\"{"}],"total":2}')
    expect(rows).toEqual([[']}'], ['"{']])
  })
  test('one object alone, on one line or on several', async () => {
    expect((await read('{"a":1,"b":"x"}')).rows).toEqual([['1', 'x']])
    expect((await read('{\n "a": 1,\n "b": "x"\n}\n')).rows).toEqual([['1', 'x']])
  })
  test('lines that are no JSON are told one by one; NaN is none', async () => {
    const { rows, problems, lines } = await read('{"a":1}\n{"a":NaN}\n\nnot json\n[1]\n{"a":"\\u0000"}\n{"a":2')
    expect(lines).toEqual([1, 2, 4, 5, 6, 7])
    expect(rows[0]).toEqual(['1'])
    expect(problems.map((each) => each.rule)).toEqual(Array(5).fill('json'))
  })
  test('columns the beginning does not show are there when they are asked for', async () => {
    const { table, rows } = await read('{"a":1}\n', { columns: ['a', 'late'] })
    expect(table.header).toEqual(['a', 'late'])
    expect(rows).toEqual([['1', '']])
  })
  test('a mark at the beginning, and text beyond ASCII', async () => {
    expect((await read('\ufeff[{"机构":"急诊𠮷"}]')).rows).toEqual([['急诊𠮷']])
    expect(await read(Buffer.from('7b2261223a22bbfa227d', 'hex')).catch((error: unknown) => error)).toMatchObject({
      reason: 'broken',
    })
  })
  test('batches end between objects, however long the file is', async () => {
    const many = Array.from({ length: 40_000 }, (_, index) => ({ n: index, text: 'x'.repeat(100), o: { '}': '{"' } }))
    for (const bytes of [asJson(many), asNdjson(many)]) {
      const { rows, lines } = await read(bytes)
      expect(rows).toHaveLength(40_000)
      expect(rows.at(-1)![0]).toBe('39999')
      expect(lines.at(-1)).toBe(40_000)
    }
  })
  test('an object longer than a line may be', async () => {
    await expect(read(`[{"a":"${'x'.repeat(3 * 1024 * 1024)}"}]`)).rejects.toMatchObject({ reason: 'line-too-long' })
  })
  test('too many names', async () => {
    const wide = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`c${index}`, 1]))
    await expect(read(JSON.stringify([wide]))).rejects.toMatchObject({ reason: 'too-many-columns' })
  })
})

describe('workbooks', () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const head = `<row r="1">${text('when')}${text('n')}</row>`
  for (const [date1904, serial] of [
    [false, 46082.3333333333],
    [true, 44620.3333333333],
  ] as const) {
    test(`dates count from ${date1904 ? 1904 : 1900}`, async () => {
      const rows = `${head}<row r="2"><c s="1"><v>${serial}</v></c><c><v>1</v></c></row>`
      expect((await read(asRawWorkbook(rows, { date1904 }))).rows).toEqual([['2026-03-01T08:00:00', '1']])
    })
  }
  test('whole days and times of day', async () => {
    const rows = `${head}<row r="2"><c s="1"><v>46082</v></c></row><row r="3"><c s="1"><v>0.5</v></c></row>`
    expect((await read(asRawWorkbook(rows))).rows).toEqual([
      ['2026-03-01', ''],
      ['12:00:00', ''],
    ])
  })
  test('formulas give the value seen last, errors their name, none at all nothing', async () => {
    const rows = `${head}<row r="2"><c t="str"><f>A1&amp;"x"</f><v>yx</v></c><c><f>1+1</f><v>2</v></c></row>
      <row r="5"><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c></row>`
    const { rows: cells, lines } = await read(asRawWorkbook(rows))
    expect(cells).toEqual([
      ['yx', '2'],
      ['#DIV/0!', ''],
    ])
    expect(lines).toEqual([2, 5])
  })
  test('repeated names, a huge cell, rows too short, too long and empty', async () => {
    const huge = 'x'.repeat(40_000)
    const sheet = await writeXlsx({
      sheets: [{ name: 'S', rows: [['a', 'a', null], [huge], [], [1, 2, 3, 4]] }],
    })
    const { table, rows, lines } = await read(sheet)
    expect(table.header).toEqual(['a', 'a (2)'])
    expect(rows).toEqual([
      [huge, ''],
      ['1', '2', '3', '4'],
    ])
    expect(lines).toEqual([2, 4])
  })
  test('joined cells: texts count for all of them, numbers once', async () => {
    const rows = `${head}<row r="2">${text('急诊')}<c><v>5</v></c></row><row r="3"><c/><c/></row><row r="4"><c/><c><v>6</v></c></row>`
    const behind = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B2:B3"/></mergeCells>'
    expect((await read(asRawWorkbook(rows, { behind }))).rows).toEqual([
      ['急诊', '5'],
      ['急诊', ''],
      ['急诊', '6'],
    ])
  })
  test('hidden sheets are read when they are named only', async () => {
    const book = await writeXlsx({
      sheets: [
        { name: '说明', hidden: true, rows: [['x'], ['no']] },
        { name: '数据', rows: [['a'], ['yes']] },
        { name: 'More', rows: [['b'], ['more']] },
      ],
    })
    const first = await read(book)
    expect(first.table.format).toEqual({ kind: 'xlsx', sheet: '数据', sheets: ['数据', 'More'] })
    expect(first.rows).toEqual([['yes']])
    expect((await read(book, { sheet: 'More' })).rows).toEqual([['more']])
    expect((await read(book, { sheet: '说明' })).rows).toEqual([['no']])
    await expect(read(book, { sheet: 'none' })).rejects.toMatchObject({ reason: 'no-header' })
  })
  test('cells far out and rows out of order are no way to break it', async () => {
    const far = `${head}<row r="2"><c r="XFD2"><v>1</v></c></row>`
    const { rows } = await read(asRawWorkbook(far))
    expect(rows[0]!.length).toBeGreaterThan(500)
    const backwards = `${head}<row r="9"><c><v>1</v></c></row><row r="3"><c><v>2</v></c></row>`
    expect((await read(asRawWorkbook(backwards))).rows.map((row) => row[0])).toEqual(['1', '2'])
    await expect(read(asRawWorkbook(`<row r="1"><c><v>1</v></c>`))).rejects.toMatchObject({
      reason: expect.any(String),
    })
  })
  test('twenty thousand rows in batches', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ a: `x${index}`, n: index }))
    const { rows } = await read(await asXlsx(many))
    expect(rows).toHaveLength(20_000)
    expect(rows.at(-1)).toEqual(['x19999', '19999'])
  })
})

describe('Parquet', () => {
  const parquet = (options: Omit<Parameters<typeof parquetWriteBuffer>[0], 'writer'>) =>
    new Uint8Array(parquetWriteBuffer(options))
  test('64 bits, decimals, instants with and without a zone, days, nulls', async () => {
    const schema = [
      { name: 'root', num_children: 6 },
      { name: 'big', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'money', type: 'INT32', repetition_type: 'OPTIONAL', converted_type: 'DECIMAL', scale: 2, precision: 9 },
      { name: 'at', type: 'INT64', repetition_type: 'OPTIONAL', converted_type: 'TIMESTAMP_MILLIS' },
      {
        name: 'local',
        type: 'INT64',
        repetition_type: 'OPTIONAL',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
      },
      { name: 'day', type: 'INT32', repetition_type: 'OPTIONAL', converted_type: 'DATE' },
      { name: 'share', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    ] as const
    const at = new Date('2026-03-01T08:00:00.250Z')
    const columnData = [
      { name: 'big', data: [9_007_199_254_740_993n, null] },
      { name: 'money', data: [12.3, null] },
      { name: 'at', data: [at, null] },
      { name: 'local', data: [at, null] },
      { name: 'day', data: [new Date('2026-03-01'), null] },
      { name: 'share', data: [0.1, Number.NaN] },
    ]
    const { rows } = await read(parquet({ schema: schema as never, columnData }))
    expect(rows[0]).toEqual([
      '9007199254740993',
      '12.30',
      '2026-03-01T08:00:00.250Z',
      '2026-03-01T08:00:00.250',
      '2026-03-01',
      '0.1',
    ])
    expect(rows[1]).toEqual(['', '', '', '', '', ''])
  })
  test('several row groups, in slices', async () => {
    const many = Array.from({ length: 45_000 }, (_, index) => ({ a: `x${index}`, n: index }))
    const { rows, lines } = await read(asParquet(many, 44_000))
    expect(rows).toHaveLength(45_000)
    expect(rows[44_001]).toEqual(['x44001', '44001'])
    expect(lines.at(-1)).toBe(45_000)
  })
  test('bytes changed are told or read, never a crash and never a wait without end', async () => {
    const good = asParquet(Array.from({ length: 50 }, (_, index) => ({ a: `x${index}`, n: index })))
    for (let place = 5; place < good.length; place += Math.ceil(good.length / 12)) {
      const bad = Uint8Array.from(good)
      bad[place]! ^= 0xff
      const source = await fileSource(write(bad))
      const result = await openParquet(source, 1_500)
        .then(readAll, (error: unknown) => error)
        .catch((error: unknown) => error)
      if (result instanceof Error) expect(result.name).toBe('TableUnreadable')
    }
  }, 60_000)
})
