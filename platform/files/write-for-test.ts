/** Files of every format from the same rows, for tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { openAny, type OpenOptions } from './open-any.ts'
import type { RowProblem, Table } from './read-table.ts'

export type TestRow = Readonly<Record<string, string | number | boolean | null>>

const quoted = (value: TestRow[string] | undefined) => `"${String(value ?? '').replaceAll('"', '""')}"`

export const asCsv = (rows: readonly TestRow[]): Uint8Array => {
  const names = Object.keys(rows[0] ?? {})
  return Buffer.from(
    [names.map(quoted), ...rows.map((row) => names.map((name) => quoted(row[name])))]
      .map((cells) => cells.join(','))
      .join('\r\n'),
  )
}
export const asNdjson = (rows: readonly unknown[]): Uint8Array =>
  Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
export const asJson = (rows: readonly unknown[]): Uint8Array => Buffer.from(JSON.stringify(rows, null, 2))
export const asXlsx = async (rows: readonly TestRow[]): Promise<Uint8Array> => {
  const names = Object.keys(rows[0] ?? {})
  return writeXlsx({
    sheets: [{ name: 'Sheet1', rows: [names, ...rows.map((row) => names.map((name) => row[name] ?? null))] }],
  })
}
export const asParquet = (rows: readonly TestRow[], rowGroupSize = 7): Uint8Array => {
  const names = Object.keys(rows[0] ?? {})
  const columnData = names.map((name) => {
    const data = rows.map((row) => row[name] ?? null)
    const has = (type: string) => data.some((value) => typeof value === type)
    const type: 'STRING' | 'BOOLEAN' | 'DOUBLE' = has('string') ? 'STRING' : has('boolean') ? 'BOOLEAN' : 'DOUBLE'
    return { name, data, type: type, nullable: true }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }))
}

/** A zip archive with these parts, for workbooks no program would write. */
export function asZip(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let place = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(Buffer.byteLength(content), 22)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(Buffer.byteLength(content), 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(place, 42)
    locals.push(local, Buffer.from(name), packed)
    entries.push(entry, Buffer.from(name))
    place += local.length + Buffer.byteLength(name) + packed.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length / 2, 8)
  end.writeUInt16LE(entries.length / 2, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(place, 16)
  return Buffer.concat([...locals, directory, end])
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet with the XML given between its `sheetData` tags. */
export function asRawWorkbook(
  sheetData: string,
  options: { date1904?: boolean; behind?: string; sheets?: string } = {},
): Uint8Array {
  const { date1904 = false, behind = '', sheets = '<sheet name="数据 &amp; 1" sheetId="1" r:id="rId1"/>' } = options
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  return asZip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetData}</sheetData>${behind}</worksheet>`,
  })
}

/** A folder that goes away, and what reading a content written there gives. */
export function openReadingForTest() {
  const directory = mkdtempSync(join(tmpdir(), 'bihuan-formats-'))
  let files = 0
  const write = (content: string | Uint8Array, name = 'x.dat'): string => {
    files += 1
    const path = join(directory, `${files}-${name}`)
    writeFileSync(path, content)
    return path
  }
  return {
    write,
    read: async (content: string | Uint8Array, options: OpenOptions = {}) =>
      readAll(await openAny(write(content), options)),
    close: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export interface ReadTable {
  readonly table: Table
  readonly rows: string[][]
  readonly lines: number[]
  readonly problems: RowProblem[]
}

export async function readAll(table: Table): Promise<ReadTable> {
  const rows: string[][] = []
  const lines: number[] = []
  const problems: RowProblem[] = []
  let end = 0
  for await (const batch of table.batches()) {
    rows.push(...batch.cells)
    lines.push(...batch.lines)
    problems.push(...(batch.problems?.values() ?? []))
    if (batch.end.line <= end) throw new Error('A position did not move on.')
    end = batch.end.line
  }
  return { table, rows, lines, problems }
}
