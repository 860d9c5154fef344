/**
 * Reads a sheet of an Excel workbook (.xlsx) as a table. Dates come as ISO text, formulas as the value Excel saw last. Hidden
 * rows are rows; hidden sheets are read only when they are named. Joined cells: texts and dates count for every cell they cover,
 * numbers for the first only, so that no amount is counted twice.
 */
import { streamXlsxRows } from 'hucre/xlsx'
import { cellText } from './flatten.ts'
import {
  type ByteSource,
  COLUMNS_LIMIT,
  different,
  type RowBatch,
  rowsOf,
  type Table,
  type TablePosition,
} from './read-table.ts'
import { TableUnreadable } from './table-unreadable.ts'
import { type JoinedCells, readParts } from './workbook-parts.ts'

/** A workbook is held in memory while it is read. */
const WORKBOOK_LIMIT_BYTES = 128 * 1024 * 1024
const BATCH_ROWS = 5_000
const DAY_MILLISECONDS = 86_400_000
/** Excel's day numbers are fractions: a whole second may come a little off. */
const OFF_MILLISECONDS = 2
/** Times of day without a date lie before this. */
const FIRST_DATE_MILLISECONDS = Date.UTC(1900, 0, 1)

export async function openWorkbook(source: ByteSource, wanted: string | undefined): Promise<Table> {
  const { totalBytes } = source
  if (totalBytes > WORKBOOK_LIMIT_BYTES) {
    const detail = `A workbook may have ${WORKBOOK_LIMIT_BYTES / 1024 / 1024} MB. Send it as CSV or Parquet, or in parts.`
    throw new TableUnreadable('too-large', detail)
  }
  const bytes = Buffer.alloc(totalBytes)
  await source.read(bytes, 0)
  await source.close()
  const { sheets, joined } = await readParts(bytes)
  const visible = sheets.filter((each) => !each.hidden)
  const sheet = wanted ?? (visible[0] ?? sheets[0]!).name
  const number = sheets.findIndex((each) => each.name === sheet)
  if (number < 0) throw new TableUnreadable('no-header', `The workbook has no sheet named ${sheet}.`)
  const rows = () => sheetRows(bytes, number, joined(number))
  const { header, line } = await readHeader(rows())
  let read = 0
  const batches = (from: TablePosition = { byte: 0, line }) =>
    readBatches({ rows: rows(), width: header.length, totalBytes, tell: (place) => (read = place) }, from)
  return {
    format: { kind: 'xlsx', sheet, sheets: (visible.length > 0 ? visible : sheets).map((each) => each.name) },
    header,
    batches,
    rows: rowsOf(batches),
    totalBytes,
    readBytes: () => read,
    close: async () => {},
  }
}

interface SheetRow {
  /** As Excel numbers it, from 1. */
  readonly line: number
  readonly cells: string[]
}

/** Rows with anything in them. */
async function* sheetRows(bytes: Buffer, sheet: number, joined: readonly JoinedCells[]): AsyncIterable<SheetRow> {
  const cover = coverer(joined)
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      const cells = cover(index, values)
      while (cells.length > 0 && cells.at(-1) === '') cells.pop()
      if (cells.some((cell) => cell.trim() !== '')) yield { line: index + 1, cells }
    }
  } catch (error) {
    if (error instanceof TableUnreadable) throw error
    throw new TableUnreadable('broken', `The sheet cannot be read: ${(error as Error).message}`)
  }
}

/** Gives covered cells what the first of the joined cells says. */
function coverer(joined: readonly JoinedCells[]) {
  const byTop = joined.toSorted((a, b) => a.top - b.top)
  let next = 0
  let open: { cells: JoinedCells; text: string }[] = []
  return (row: number, values: readonly unknown[]): string[] => {
    const cells = values.map(textOf)
    while (next < byTop.length && byTop[next]!.top <= row) {
      const area = byTop[next]!
      const first = area.top === row ? values[area.left] : null
      next += 1
      if (typeof first === 'string' || first instanceof Date) open.push({ cells: area, text: textOf(first) })
    }
    if (open.length === 0) return cells
    open = open.filter((each) => each.cells.bottom >= row)
    for (const { cells: area, text } of open) {
      for (let column = area.left; column <= Math.min(area.right, COLUMNS_LIMIT); column += 1) {
        while (cells.length <= column) cells.push('')
        if (cells[column] === '') cells[column] = text
      }
    }
    return cells
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value.getTime())
  return cellText(value)
}

/** A day, a day with its time, or a time alone, all without a zone: Excel knows none. */
function dateText(exact: number): string {
  if (!Number.isFinite(exact)) return ''
  const second = Math.round(exact / 1000) * 1000
  const milliseconds = Math.abs(exact - second) <= OFF_MILLISECONDS ? second : exact
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) return ''
  const text = date.toISOString().slice(0, -1).replace('.000', '')
  if (milliseconds < FIRST_DATE_MILLISECONDS) return text.slice(text.indexOf('T') + 1)
  return milliseconds % DAY_MILLISECONDS === 0 ? text.slice(0, text.indexOf('T')) : text
}

async function readHeader(rows: AsyncIterable<SheetRow>): Promise<{ header: string[]; line: number }> {
  for await (const { line, cells } of rows) {
    if (cells.length > COLUMNS_LIMIT) {
      const detail = `It has ${cells.length} columns; ${COLUMNS_LIMIT} are read.`
      throw new TableUnreadable('too-many-columns', detail)
    }
    if (cells.every((cell) => cell.trim() === '' || /^[\d\s.,:/+-]+$/.test(cell))) {
      const detail = 'The first row holds figures only. The first row must name the columns.'
      throw new TableUnreadable('no-header', detail)
    }
    return { header: different(cells), line: line + 1 }
  }
  throw new TableUnreadable('empty', 'The sheet is empty.')
}

interface Reading {
  readonly rows: AsyncIterable<SheetRow>
  readonly width: number
  readonly totalBytes: number
  readonly tell: (readBytes: number) => void
}

/** The sheet is parsed without pause while batches wait to be taken: what may be there at most is bounded by what it unpacks to. */
async function* readBatches(reading: Reading, from: TablePosition): AsyncIterable<RowBatch> {
  const ready: SheetRow[][] = []
  let wake = () => {}
  let over = false
  let stopped = false
  let failure: unknown
  const gather = async () => {
    let batch: SheetRow[] = []
    for await (const row of reading.rows) {
      if (stopped) return
      if (row.line < from.line) continue
      batch.push(row)
      if (batch.length < BATCH_ROWS) continue
      ready.push(batch)
      batch = []
      wake()
    }
    if (batch.length > 0) ready.push(batch)
  }
  const gathering = gather()
    .catch((error: unknown) => (failure = error))
    .finally(() => {
      over = true
      wake()
    })
  let line = from.line
  try {
    for (;;) {
      const batch = ready.shift()
      if (!batch) {
        if (over) break
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      // Row numbers that run backwards come from no real program; positions must not.
      line = Math.max(line + 1, batch.at(-1)!.line + 1)
      const byte = over && ready.length === 0 ? reading.totalBytes : Math.min(line, reading.totalBytes - 1)
      reading.tell(byte)
      yield {
        cells: batch.map((row) => padded(row.cells, reading.width)),
        lines: batch.map((row) => row.line),
        end: { byte, line },
      }
    }
    if (failure !== undefined) throw failure
  } finally {
    stopped = true
    await gathering
  }
}

/** Excel leaves empty cells at the end of a row out. */
function padded(cells: string[], width: number): string[] {
  while (cells.length < width) cells.push('')
  return cells
}
