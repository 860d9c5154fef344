/** How the rows of one file become events: by a mapping, or because they are events already. */
import type { RowBatch, Table } from '#platform/files/read-table'
import type { MappingDefinition } from '../contract.ts'
import { contentOf, eventRow } from '../rules/intake/event-rows.ts'
import { type MappedRow, type RowFault, rowMapper } from '../rules/intake/map-row.ts'
import { contentIds, identityIds, messageIds, type RowIds } from './event-ids.ts'

export interface RowReader {
  readonly read: (batch: RowBatch, index: number) => MappedRow | RowFault
  /** The row's id, or why it has none. Rows are given in the order of the file, each once. */
  readonly idOf: (row: MappedRow, cells: readonly string[]) => string | RowFault
  /** The column the time stands in, for telling about it. */
  readonly timeField: string
  /** An id is chosen by the sender, so that the same content may come under two of them. */
  readonly chosenIds: boolean
}

/** `message` names what the rows came with where the same content may well come twice: a webhook's message. */
export function rowReader(
  definition: MappingDefinition | null,
  table: Table,
  timeZone: string,
  message: string | null = null,
): RowReader {
  const problem = ({ problems }: RowBatch, index: number): RowFault | null => {
    const found = problems?.get(index)
    return found ? { field: '', ...found } : null
  }
  if (definition === null) {
    const ids = identityIds(['id'])
    return {
      read: (batch, index) => problem(batch, index) ?? eventRow(batch.objects?.[index] ?? {}),
      idOf: (row) => {
        const fault = ids(row.eventId, contentOf(row))
        return fault ?? row.eventId
      },
      timeField: 'at',
      chosenIds: true,
    }
  }
  const map = rowMapper(definition, table.header, timeZone)
  const idOf: RowIds =
    message !== null && !definition.identity ? messageIds(message) : contentIds(definition, table.header)
  return {
    read: (batch, index) => problem(batch, index) ?? map(batch.cells[index]!),
    idOf,
    timeField: definition.time.column,
    chosenIds: definition.identity !== undefined || message !== null,
  }
}
