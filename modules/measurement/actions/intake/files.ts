/** Uploaded files: received, looked into, opened. */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { openAny, type OpenOptions } from '#platform/files/open-any'
import { type FileFormat, type Table, TableUnreadable } from '#platform/files/read-table'
import { found, refuse } from '#platform/refusal'
import { measurementRefusals } from '../../contract.ts'
import { looksLikeEvents } from '../../rules/intake/event-rows.ts'
import {
  eventTypeOf,
  GUESS_ROWS,
  lookAtColumns,
  samplesOf,
  suggestMapping,
} from '../../rules/intake/suggest-mapping.ts'

export const FILE_LIMIT_BYTES = 4 * 1024 ** 3
const PREVIEW_ROWS = 20

export async function receiveFile(
  files: Files,
  context: Context,
  body: AsyncIterable<Uint8Array>,
  query: Readonly<Record<string, string>>,
) {
  return files.receive(context.organisation, query.name ?? '', body)
}

/** Refuses with FILE_UNREADABLE what is no table. The caller closes it, or reads it to its end. */
export async function openReceived(
  files: Files,
  context: Context,
  file: string,
  options: OpenOptions = {},
): Promise<{ name: string; table: Table }> {
  const received = found(await files.find(context.organisation, file), 'file', file)
  try {
    return { name: received.name, table: await openAny(received.path, options) }
  } catch (error) {
    if (error instanceof TableUnreadable) {
      const { reason, detail } = error
      return refuse(measurementRefusals, 'FILE_UNREADABLE', { reason, detail })
    }
    throw error
  }
}

export async function previewFile(files: Files, context: Context, input: { file: string; sheet?: string | undefined }) {
  const { name, table } = await openReceived(files, context, input.file, { sheet: input.sheet })
  const { rows, objects } = await firstRows(table)
  const columns = lookAtColumns(table.header, rows)
  const events = objects !== null && looksLikeEvents(objects)
  const suggestion = suggestMapping(columns, eventTypeOf(name))
  return {
    format: shownFormat(table.format),
    events,
    columns: columns.map((column) => ({
      name: column.name,
      looksLike: column.looksLike,
      samples: samplesOf(column),
    })),
    rows: rows.slice(0, PREVIEW_ROWS),
    suggestion: suggestion && input.sheet !== undefined ? { ...suggestion, sheet: input.sheet } : suggestion,
  }
}

const shownFormat = (format: FileFormat) =>
  format.kind === 'xlsx' ? { ...format, sheets: [...format.sheets] } : { ...format }

/** The rows a guess rests on, and where rows are objects they themselves. */
export async function firstRows(
  table: Table,
): Promise<{ rows: string[][]; objects: Readonly<Record<string, unknown>>[] | null }> {
  const rows: string[][] = []
  let objects: Readonly<Record<string, unknown>>[] | null = null
  try {
    for await (const batch of table.batches()) {
      for (const [index, row] of batch.cells.entries()) {
        if (rows.length >= GUESS_ROWS) break
        if (batch.problems?.has(index)) continue
        rows.push(row)
        if (batch.objects) (objects ??= []).push(batch.objects[index]!)
      }
      if (rows.length >= GUESS_ROWS) break
    }
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error
    refuse(measurementRefusals, 'FILE_UNREADABLE', { reason: error.reason, detail: error.detail })
  } finally {
    await table.close()
  }
  return { rows, objects }
}
