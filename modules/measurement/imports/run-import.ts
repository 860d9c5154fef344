/**
 * One import at work: reads and maps blocks while the measurements store the one before, and writes about every second how
 * far it is. Whoever takes it up after an interruption goes on from the last block that was acknowledged.
 */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { openTable, type RowBatch, type Table, type TablePosition } from '#platform/files/read-table'
import type { RowIssue } from '#organisation/contract'
import { createMissingEntities, readProfile } from '#organisation/actions/look-up'
import { entityNumbers } from '../recording/entity-numbers.ts'
import { storeEvents } from '../recording/store-events.ts'
import { announceRecorded } from '../recording/tell-events.ts'
import type { MappingDefinition } from '../contract.ts'
import { EARLIEST_MILLISECONDS, latestMilliseconds, OUT_OF_RANGE } from '../rules/event-time.ts'
import { isFault, type MappedRow, type RowFault, type RowMapper, rowMapper } from '../rules/map-row.ts'
import { advanceImport, type ImportRow, insertIssues } from '../store/records/imports.ts'
import { Overloaded } from '../store/insert-events.ts'
import { type EventIds, eventIds } from './event-ids.ts'

/** Most rows of a block that consists of several batches: one insert of the engine each. */
const BLOCK_ROWS = 120_000
/** Blocks that may wait for the measurements while reading goes on. */
const WAITING_BLOCKS_LIMIT = 3
/** Refused rows kept with their reason; the rest is counted. */
const ISSUES_LIMIT = 10_000
const PROGRESS_MILLISECONDS = 1_000
/** News at most this often, so that listeners do not work on every block. */
const NEWS_MILLISECONDS = 5_000
/** How long a claim holds without a sign of life. */
export const CLAIM_SECONDS = 20
const BUSY_WAIT_MILLISECONDS = 1_000
const BUSY_TRIES_LIMIT = 120
/** Keys kept in mind; beyond, they are looked up anew. */
const MET_KEYS_LIMIT = 1_000_000
/** The kind of entities an import creates where the mapping names none. */
const CREATED_KIND = 'unit'

/** The import was stopped by a person, or another worker took it over: nothing to tell. */
export class LetGo extends Error {
  constructor() {
    super('The import was stopped or taken over.')
    this.name = 'LetGo'
  }
}

interface Counts {
  rows: number
  stored: number
  duplicates: number
  corrected: number
  refused: number
  createdEntities: number
  issueCount: number
}

interface Work {
  readonly context: Context
  readonly row: ImportRow
  readonly claim: string
  readonly map: RowMapper
  readonly idOf: EventIds
  /** Keys this import met: the number, or null where there is no such entity. */
  readonly entities: Map<string, number | null>
  readonly latest: number
  /** Up to where everything is stored, with what that came to. */
  readonly done: {
    counts: Counts
    position: TablePosition
    untold: { from: number; to: number; stored: number } | null
  }
  readonly issues: RowIssue[]
  /** The newest time read in a transaction of this import. */
  now: Temporal.Instant
  wroteAt: number
  toldAt: number
  /** The write under way: one follows the other, so that an older count never overwrites a newer one. */
  writing: Promise<void>
}

/** What one block brings, added up when it is acknowledged. */
interface Block {
  /** The batch its events go by. */
  readonly batch: string
  readonly events: MappedRow[]
  readonly issues: RowIssue[]
  rows: number
  refused: number
  createdEntities: number
  from: number
  to: number
  end: TablePosition
}

export async function runImport(files: Files, context: Context, row: ImportRow, claim: string): Promise<void> {
  const file = await files.find(context.organisation, row.file)
  if (!file) throw new Error(`The file of import ${row.id} is gone.`)
  const table = await openTable(file.path)
  try {
    const work = await beginWork(context, row, claim, table)
    await readAll(work, table)
    await finish(work)
  } finally {
    await table.close()
  }
}

async function beginWork(context: Context, row: ImportRow, claim: string, table: Table): Promise<Work> {
  const { timeZone, now } = await context.separately(async (inside) => ({
    timeZone: (await readProfile(inside)).timeZone,
    now: inside.now,
  }))
  const { rows, stored, duplicates, corrected, refused, createdEntities, issueCount } = row
  return {
    context,
    row,
    claim,
    map: rowMapper(row.definition, table.header, timeZone),
    idOf: eventIds(row.definition),
    entities: new Map(),
    latest: latestMilliseconds(now),
    done: {
      counts: { rows, stored, duplicates, corrected, refused, createdEntities, issueCount },
      position: row.position ?? { byte: 0, line: 0 },
      untold: row.position?.untold ?? null,
    },
    issues: [],
    now,
    wroteAt: performance.now(),
    toldAt: performance.now(),
    writing: Promise.resolve(),
  }
}

async function readAll(work: Work, table: Table): Promise<void> {
  const resumeAt = work.row.position?.byte ?? 0
  let block: Block | null = null
  let sending: Promise<void> = Promise.resolve()
  let waiting = 0
  let failure: unknown
  const send = (full: Block) => {
    waiting += 1
    // The measurements get the block at once and store blocks in the order they come; it counts when those before it do.
    const storing = storeBlock(work, full)
    storing.catch(() => {})
    sending = sending
      .then(async () => {
        const receipt = await storing
        if (failure === undefined) countBlock(work, full, receipt)
      })
      .catch((error: unknown) => {
        failure ??= error
      })
      .finally(() => {
        waiting -= 1
      })
  }
  for await (const batch of table.batches()) {
    if (failure !== undefined) break
    if (batch.end.byte <= resumeAt) {
      remember(work, batch)
      await writeProgress(work)
      continue
    }
    if (block && block.rows + batch.cells.length > BLOCK_ROWS) {
      send(block)
      block = null
      while (waiting >= WAITING_BLOCKS_LIMIT && failure === undefined) await sign(work, sending)
    }
    block ??= emptyBlock(work.context.newId(), batch.end)
    await mapBatch(work, batch, block)
    block.end = batch.end
    if (work.row.dryRun) {
      send(block)
      block = null
    }
    await writeProgress(work)
  }
  if (block !== null && failure === undefined) send(block)
  while (waiting > 0) await sign(work, sending)
  if (failure !== undefined) throw failure
}

/** Waits for the measurements, and gives a sign of life meanwhile. */
async function sign(work: Work, sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const second = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PROGRESS_MILLISECONDS)
  })
  await Promise.race([sending, second])
  clearTimeout(timer)
  await writeProgress(work)
}

const emptyBlock = (batch: string, end: TablePosition): Block => ({
  batch,
  events: [],
  issues: [],
  rows: 0,
  refused: 0,
  createdEntities: 0,
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  end,
})

/** Rows taken in before an interruption are read once more, only for what later ids depend on. */
function remember(work: Work, batch: RowBatch): void {
  for (const cells of batch.cells) {
    const mapped = work.map(cells)
    if (!isFault(mapped)) work.idOf(mapped, cells)
  }
}

async function mapBatch(work: Work, batch: RowBatch, block: Block): Promise<void> {
  const mapped = batch.cells.map(work.map)
  block.createdEntities += await meetEntities(work, mapped)
  for (let index = 0; index < mapped.length; index += 1) {
    block.rows += 1
    const row = mapped[index]!
    const event = isFault(row) ? row : toEvent(work, row, batch.cells[index]!, block.batch)
    if ('rule' in event) {
      block.refused += 1
      if (block.issues.length < ISSUES_LIMIT)
        block.issues.push({ row: batch.lines[index]!, field: event.field, rule: event.rule, message: event.message })
      continue
    }
    block.events.push(event)
    if (event.occurredAt < block.from) block.from = event.occurredAt
    if (event.occurredAt > block.to) block.to = event.occurredAt
  }
}

function toEvent(work: Work, row: MappedRow, cells: readonly string[], batch: string): MappedRow | RowFault {
  // The id comes first: whether a row is refused must not change the ids of the rows after it.
  const eventId = work.idOf(row, cells)
  if (typeof eventId !== 'string') return eventId
  if (row.occurredAt < EARLIEST_MILLISECONDS || row.occurredAt > work.latest)
    return { field: work.row.definition.time.column, rule: 'range', message: OUT_OF_RANGE }
  const entity = work.entities.get(row.entityKey)
  if (entity === null || entity === undefined) return unknownEntity(work.row.definition, row.entityKey)
  row.organisation = work.context.organisation
  row.entity = entity
  row.eventId = eventId
  row.batch = batch
  return row
}

function unknownEntity(definition: MappingDefinition, key: string): RowFault {
  const field = 'columns' in definition.entity ? definition.entity.columns.join(', ') : 'entity'
  return {
    field,
    rule: 'unknown-entity',
    message: `There is no entity ${key}. Create it, or let the mapping create it.`,
  }
}

/** Looks up keys not met before; creates them where the mapping says so. Gives the number created. */
async function meetEntities(work: Work, mapped: readonly (MappedRow | RowFault)[]): Promise<number> {
  const fresh = new Set<string>()
  for (const row of mapped) if (!isFault(row) && !work.entities.has(row.entityKey)) fresh.add(row.entityKey)
  if (fresh.size === 0) return 0
  if (work.entities.size > MET_KEYS_LIMIT) work.entities.clear()
  // Cells share memory with the text they were cut from; a key that is kept must not keep a megabyte.
  const keys = new Set(JSON.parse(JSON.stringify([...fresh])) as string[])
  const numbers = await entityNumbers(work.context, keys)
  const missing = [...keys].filter((key) => !numbers.has(key))
  const create = work.row.definition.unknownEntities === 'create'
  if (create && missing.length > 0 && !work.row.dryRun) {
    const below = work.row.definition.createdBelow ?? { kind: CREATED_KIND, parentKey: null }
    const made = await work.context.separately((inside) => createMissingEntities(inside, missing, below))
    for (const place of made) numbers.set(place.key, place.number)
  }
  // A dry run counts what would be created, under a number that is never stored.
  for (const key of keys) work.entities.set(key, numbers.get(key) ?? (create && work.row.dryRun ? 0 : null))
  return create ? missing.length : 0
}

const NOTHING_STORED = { stored: 0, duplicates: 0, corrected: 0 }

const storeBlock = async (work: Work, block: Block): Promise<typeof NOTHING_STORED> =>
  work.row.dryRun || block.events.length === 0 ? NOTHING_STORED : storePatiently(work, block)

/** Everything at once, so that what is written of the progress always fits together. */
function countBlock(work: Work, block: Block, receipt: typeof NOTHING_STORED): void {
  const { counts, untold } = work.done
  counts.stored += receipt.stored
  counts.duplicates += receipt.duplicates
  counts.corrected += receipt.corrected
  const changed = receipt.stored + receipt.corrected
  if (changed > 0) {
    work.done.untold = {
      from: Math.min(untold?.from ?? block.from, block.from),
      to: Math.max(untold?.to ?? block.to, block.to),
      stored: (untold?.stored ?? 0) + changed,
    }
  }
  counts.rows += block.rows
  counts.refused += block.refused
  counts.createdEntities += block.createdEntities
  for (const issue of block.issues) {
    if (counts.issueCount + work.issues.length >= ISSUES_LIMIT) break
    work.issues.push(issue)
  }
  work.done.position = block.end
}

async function storePatiently(work: Work, { batch: firstBatch, events }: Block) {
  let batch = firstBatch
  for (let tries = 1; ; tries += 1) {
    try {
      const received = work.now.epochMilliseconds
      const from = { source: 'file' as const, importId: work.row.id, received, tell: false }
      return await storeEvents(work.context, batch, events, from)
    } catch (error) {
      if (!(error instanceof Overloaded) || tries >= BUSY_TRIES_LIMIT) throw error
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MILLISECONDS))
      // Some rows may be stored already: each attempt has a batch of its own, else the book would not fit.
      batch = work.context.newId()
      for (const event of events) event.batch = batch
    }
  }
}

async function writeProgress(work: Work): Promise<void> {
  if (performance.now() - work.wroteAt < PROGRESS_MILLISECONDS) return
  work.wroteAt = performance.now()
  const tell = performance.now() - work.toldAt >= NEWS_MILLISECONDS
  if (tell) work.toldAt = performance.now()
  await write(work, tell, {})
}

async function finish(work: Work): Promise<void> {
  await write(work, true, { state: 'done', readBytes: work.row.totalBytes, claimedUntil: null, problem: null })
}

function write(work: Work, tell: boolean, change: Partial<ImportRow>): Promise<void> {
  work.writing = work.writing.then(() => writeNow(work, tell, change))
  return work.writing
}

/** Counts, position, issues and news in one transaction: after a crash they fit together. */
async function writeNow(work: Work, tell: boolean, change: Partial<ImportRow>): Promise<void> {
  const { context, row, claim, done } = work
  const issues = work.issues.splice(0)
  const { untold } = done
  const told = tell && untold !== null
  const firstIssue = done.counts.issueCount + 1
  done.counts.issueCount += issues.length
  const counts = { ...done.counts }
  if (told) done.untold = null
  const position = { ...done.position, untold: done.untold }
  const kept = await context.separately(async (inside) => {
    work.now = inside.now
    const claimedUntil = inside.now.add({ seconds: CLAIM_SECONDS })
    const ended = change.state === undefined ? {} : { endedAt: inside.now }
    const all = { ...counts, position, readBytes: position.byte, faults: 0, claimedUntil, ...ended, ...change }
    if (!(await advanceImport(inside, row.id, claim, all))) return false
    await insertIssues(inside, row.id, firstIssue, issues)
    if (told) await announceRecorded(inside, { eventTypes: [row.definition.eventType], ...untold })
    return true
  })
  if (!kept) throw new LetGo()
}
