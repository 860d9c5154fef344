/** Uploaded files: received, looked into, opened. */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { openTable, type Table, TableUnreadable } from '#platform/files/read-table'
import { found, refuse } from '#platform/refusal'
import { measurementRefusals } from '../contract.ts'
import { eventTypeOf, GUESS_ROWS, lookAtColumns, samplesOf, suggestMapping } from '../rules/suggest-mapping.ts'

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
): Promise<{ name: string; table: Table }> {
  const received = found(await files.find(context.organisation, file), 'file', file)
  try {
    return { name: received.name, table: await openTable(received.path) }
  } catch (error) {
    if (error instanceof TableUnreadable) {
      const { reason, detail } = error
      return refuse(measurementRefusals, 'FILE_UNREADABLE', { reason, detail })
    }
    throw error
  }
}

export async function previewFile(files: Files, context: Context, input: { file: string }) {
  const { name, table } = await openReceived(files, context, input.file)
  const rows: string[][] = []
  try {
    for await (const { cells } of table.batches()) {
      for (const row of cells) if (rows.length < GUESS_ROWS) rows.push(row)
      if (rows.length >= GUESS_ROWS) break
    }
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error
    refuse(measurementRefusals, 'FILE_UNREADABLE', { reason: error.reason, detail: error.detail })
  } finally {
    await table.close()
  }
  const columns = lookAtColumns(table.header, rows)
  return {
    format: { ...table.format },
    columns: columns.map((column) => ({
      name: column.name,
      looksLike: column.looksLike,
      samples: samplesOf(column),
    })),
    rows: rows.slice(0, PREVIEW_ROWS),
    suggestion: suggestMapping(columns, eventTypeOf(name)),
  }
}
