/** Rows of a batch on their way to events: read, given an id and an entity, judged by their time, counted. */
import type { Context } from '#platform/context'
import type { RowBatch, TablePosition } from '#platform/files/read-table'
import type { RowIssue } from '#organisation/contract'
import { createMissingEntities } from '#organisation/actions/look-up'
import { entityNumbers } from '../recording/entity-numbers.ts'
import type { MappingDefinition } from '../contract.ts'
import { EARLIEST_MILLISECONDS, latestMilliseconds, OUT_OF_RANGE } from '../rules/intake/event-time.ts'
import { isFault, type MappedRow, type RowFault } from '../rules/intake/map-row.ts'
import { possibleRepeats } from '../store/possible-repeats.ts'
import type { RowReader } from './row-reader.ts'

/** Refused rows kept with their reason; the rest is counted. */
export const ISSUES_LIMIT = 10_000
/** Keys kept in mind; beyond, they are looked up anew. */
const MET_KEYS_LIMIT = 1_000_000
/** The kind of entities an import creates where the mapping names none. */
const CREATED_KIND = 'unit'

export interface Taking {
  readonly context: Context
  readonly definition: MappingDefinition | null
  readonly reader: RowReader
  readonly dryRun: boolean
  /** What becomes of events whose content is stored under another id already. */
  readonly onRepeat: 'unasked' | 'count' | 'refuse'
  /** Epoch milliseconds: later is in the future, and later than `latest` is refused. */
  readonly now: number
  readonly latest: number
  /** Keys met: the number, or null where there is no such entity. */
  readonly entities: Map<string, number | null>
}

export function beginTaking(
  context: Context,
  how: Pick<Taking, 'definition' | 'reader' | 'dryRun' | 'onRepeat'> & { now: Temporal.Instant },
): Taking {
  const { now, ...rest } = how
  return { ...rest, context, now: now.epochMilliseconds, latest: latestMilliseconds(now), entities: new Map() }
}

/** What one block brings, added up when it is acknowledged. */
export interface Block {
  /** The batch its events go by. */
  readonly batch: string
  readonly events: MappedRow[]
  /** Where each of the events stands in the file. */
  readonly lines: number[]
  readonly issues: RowIssue[]
  readonly types: Set<string>
  rows: number
  refused: number
  ahead: number
  repeats: number
  createdEntities: number
  from: number
  to: number
  end: TablePosition
}

export const emptyBlock = (batch: string, end: TablePosition): Block => ({
  batch,
  events: [],
  lines: [],
  issues: [],
  types: new Set(),
  rows: 0,
  refused: 0,
  ahead: 0,
  repeats: 0,
  createdEntities: 0,
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  end,
})

export async function mapBatch(taking: Taking, batch: RowBatch, block: Block): Promise<void> {
  const mapped = batch.cells.map((_cells, index) => taking.reader.read(batch, index))
  block.createdEntities += await meetEntities(taking, mapped)
  for (let index = 0; index < mapped.length; index += 1) {
    block.rows += 1
    const row = mapped[index]!
    const event = isFault(row) ? row : toEvent(taking, row, batch.cells[index]!, block.batch)
    if ('rule' in event) {
      refuseRow(block, batch.lines[index]!, event)
      continue
    }
    block.events.push(event)
    block.lines.push(batch.lines[index]!)
    block.types.add(event.eventType)
    if (event.occurredAt > taking.now) block.ahead += 1
    if (event.occurredAt < block.from) block.from = event.occurredAt
    if (event.occurredAt > block.to) block.to = event.occurredAt
  }
}

function refuseRow(block: Block, row: number, fault: RowFault): void {
  block.refused += 1
  if (block.issues.length < ISSUES_LIMIT)
    block.issues.push({ row, field: fault.field, rule: fault.rule, message: fault.message })
}

function toEvent(taking: Taking, row: MappedRow, cells: readonly string[], batch: string): MappedRow | RowFault {
  // The id comes first: whether a row is refused must not change the ids of the rows after it.
  const eventId = taking.reader.idOf(row, cells)
  if (typeof eventId !== 'string') return eventId
  if (row.occurredAt < EARLIEST_MILLISECONDS || row.occurredAt > taking.latest)
    return { field: taking.reader.timeField, rule: 'range', message: OUT_OF_RANGE }
  const entity = taking.entities.get(row.entityKey)
  if (entity === null || entity === undefined) return unknownEntity(taking.definition, row.entityKey)
  row.organisation = taking.context.organisation
  row.entity = entity
  row.eventId = eventId
  row.batch = batch
  return row
}

function unknownEntity(definition: MappingDefinition | null, key: string): RowFault {
  const field = definition !== null && 'columns' in definition.entity ? definition.entity.columns.join(', ') : 'entity'
  const way = definition === null ? 'Create it first.' : 'Create it, or let the mapping create it.'
  return { field, rule: 'unknown-entity', message: `There is no entity ${key}. ${way}` }
}

/** Looks up keys not met before; creates them where the mapping says so. Gives the number created. */
async function meetEntities(taking: Taking, mapped: readonly (MappedRow | RowFault)[]): Promise<number> {
  const { context, definition, entities, dryRun } = taking
  const fresh = new Set<string>()
  for (const row of mapped) if (!isFault(row) && !entities.has(row.entityKey)) fresh.add(row.entityKey)
  if (fresh.size === 0) return 0
  if (entities.size > MET_KEYS_LIMIT) {
    entities.clear()
    for (const row of mapped) if (!isFault(row)) fresh.add(row.entityKey)
  }
  // Cells share memory with the text they were cut from; a key that is kept must not keep a megabyte.
  const keys = new Set(JSON.parse(JSON.stringify([...fresh])) as string[])
  const numbers = await entityNumbers(context, keys)
  const missing = [...keys].filter((key) => !numbers.has(key))
  const create = definition?.unknownEntities === 'create'
  if (create && missing.length > 0 && !dryRun) {
    const below = definition.createdBelow ?? { kind: CREATED_KIND, parentKey: null }
    const made = await context.separately((inside) => createMissingEntities(inside, missing, below))
    for (const place of made) numbers.set(place.key, place.number)
  }
  // A dry run counts what would be created, under a number that is never stored.
  for (const key of keys) entities.set(key, numbers.get(key) ?? (create && dryRun ? 0 : null))
  return create ? missing.length : 0
}

const REPEAT: RowFault = {
  field: '',
  rule: 'repeat',
  message: 'An event of the same type, entity, time and content is stored under another id.',
}

/** Counts events that look like ones stored under another id, and takes them out where the source refuses them. */
export async function sortOutRepeats(taking: Taking, block: Block): Promise<void> {
  if (taking.onRepeat === 'unasked' || !taking.reader.chosenIds || block.events.length === 0) return
  const repeats = await possibleRepeats(taking.context.measurements, taking.context.organisation, block.events)
  block.repeats = repeats.size
  if (taking.onRepeat === 'count' || repeats.size === 0) return
  const kept = block.events.map((event, index) => ({ event, line: block.lines[index]!, repeat: repeats.has(index) }))
  block.events.length = 0
  block.lines.length = 0
  for (const { event, line, repeat } of kept) {
    if (repeat) {
      refuseRow(block, line, REPEAT)
      continue
    }
    block.events.push(event)
    block.lines.push(line)
  }
}
