/** What is seen, as a file. Bounded: a file holds so many rows and says where there were more. */
import { writeXlsx } from 'hucre/xlsx'
import type { Context } from '#platform/context'
import { csvText } from '#platform/text/csv-text'
import { listEvents } from '../actions/intake/browse-events.ts'
import { compareEntities } from '../actions/compare.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { EXPORT_ROWS_LIMIT, type ExportFormat } from '../contract/exploring/exports.ts'
import type { ListedEvent } from '../contract/intake/events.ts'
import { comparisonSheet, eventsSheet, type Language, seriesSheet, type Sheet } from '../rules/exploring/sheets.ts'
import { exportWords } from '../words/explore-export.ts'

interface Told {
  readonly format: ExportFormat
  readonly language?: Language | undefined
}
const languageOf = (context: Context, { language }: Told) => language ?? context.who.language

export async function exportSeries(context: Context, input: Parameters<typeof readSeries>[1] & Told): Promise<File> {
  const language = languageOf(context, input)
  return fileOf(seriesSheet(await readSeries(context, input), language), input.format, language, false)
}

export async function exportComparison(
  context: Context,
  input: Omit<Parameters<typeof compareEntities>[1], 'limit'> & Told,
): Promise<File> {
  const language = languageOf(context, input)
  const comparison = await compareEntities(context, { ...input, limit: EXPORT_ROWS_LIMIT })
  return fileOf(comparisonSheet(comparison, language), input.format, language, comparison.truncated)
}

const PAGE_ROWS = 1_000

export async function exportEvents(
  context: Context,
  input: Omit<Parameters<typeof listEvents>[1], 'limit' | 'cursor'> & Told,
): Promise<File> {
  const events: ListedEvent[] = []
  let cursor: string | undefined
  do {
    const limit = Math.min(PAGE_ROWS, EXPORT_ROWS_LIMIT - events.length)
    const page = await listEvents(context, { ...input, limit, ...(cursor === undefined ? {} : { cursor }) })
    events.push(...page.rows)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && events.length < EXPORT_ROWS_LIMIT)
  const language = languageOf(context, input)
  return fileOf(eventsSheet(events, language), input.format, language, cursor !== undefined)
}

const SHEET_NAME_LENGTH = 31
/** Signs neither file systems nor workbooks take in a name. */
const FORBIDDEN = /[\\/:*?"<>|[\]\p{Cc}]/gu

async function fileOf(sheet: Sheet, format: ExportFormat, language: Language, more: boolean): Promise<File> {
  const name = sheet.name.replaceAll(FORBIDDEN, ' ').slice(0, 100)
  const last = exportWords.more[language].replace('{count}', String(sheet.rows.length))
  const rows = more ? [...sheet.rows, [last]] : sheet.rows
  if (format === 'csv') return new File([csvText(sheet.head, rows)], `${name}.csv`, { type: 'text/csv;charset=utf-8' })
  // Cells of text stay text in a workbook, whatever they begin with.
  const table = [sheet.head, ...rows].map((row) => [...row])
  const bytes = await writeXlsx({ sheets: [{ name: name.slice(0, SHEET_NAME_LENGTH), rows: table }] })
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return new File([Uint8Array.from(bytes)], `${name}.xlsx`, { type })
}
