/** Back from an event to the row of the file it came from: the file is read again, as the import read it, until the row with the event's id. */
import type { Files } from '#platform/files/files'
import { openAny } from '#platform/files/open-any'
import { isFault, namedColumns } from '../rules/intake/map-row.ts'
import type { ImportRow } from '../store/records/imports.ts'
import { rowReader } from './row-reader.ts'

/** Longest time one search may take; the files people open are found within a second. */
const SEARCH_MILLISECONDS = 20_000

export interface FoundRow {
  /** Counted from 1, the head line too. */
  readonly line: number
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

/** `gone`: the file is no longer kept. `late`: not within the time a search may take. `absent`: no row of it has this id. */
export async function findSourceRow(
  files: Files,
  asked: { organisation: string; timeZone: string; eventId: string },
  row: ImportRow,
): Promise<FoundRow | 'gone' | 'late' | 'absent'> {
  const file = await files.find(asked.organisation, row.file)
  if (!file) return 'gone'
  const { definition } = row
  const columns = definition === null ? [] : namedColumns(definition)
  const table = await openAny(file.path, { columns, sheet: definition?.sheet })
  const until = performance.now() + SEARCH_MILLISECONDS
  try {
    const reader = rowReader(definition, table, asked.timeZone)
    for await (const batch of table.batches()) {
      for (const [index, cells] of batch.cells.entries()) {
        const mapped = reader.read(batch, index)
        // Every row is asked for its id: equal rows are told apart by how many came before.
        if (isFault(mapped) || reader.idOf(mapped, cells) !== asked.eventId) continue
        return { line: batch.lines[index]!, columns: [...table.header], cells: [...cells] }
      }
      if (performance.now() > until) return 'late'
    }
    return 'absent'
  } finally {
    await table.close()
  }
}
