/**
 * One import at work: reads and maps blocks while the measurements store the one before, and writes about every second how
 * far it is. Whoever takes it up after an interruption goes on from the last block that was acknowledged.
 */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { openAny } from '#platform/files/open-any'
import type { RowBatch, Table, TablePosition } from '#platform/files/read-table'
import type { RowIssue } from '#organisation/contract'
import { readProfile } from '#organisation/actions/look-up'
import { storeEvents } from '../recording/store-events.ts'
import { announceRecorded } from '../recording/tell-events.ts'
import { isFault, namedColumns } from '../rules/intake/map-row.ts'
import { advanceImport, type ImportRow, insertIssues } from '../store/records/imports.ts'
import { Overloaded } from '../store/insert-events.ts'
import type { Untold } from '../tables.ts'
import {
  type Block,
  beginTaking,
  emptyBlock,
  ISSUES_LIMIT,
  mapBatch,
  sortOutRepeats,
  type Taking,
} from './map-batch.ts'
import { rowReader } from './row-reader.ts'

/** Most rows of a block that consists of several batches: one insert of the engine each. */
const BLOCK_ROWS = 120_000
/** Blocks that may wait for the measurements while reading goes on. */
const WAITING_BLOCKS_LIMIT = 3
const PROGRESS_MILLISECONDS = 1_000
/** News at most this often, so that listeners do not work on every block. */
const NEWS_MILLISECONDS = 5_000
/** How long a claim holds without a sign of life. */
export const CLAIM_SECONDS = 20
const BUSY_WAIT_MILLISECONDS = 1_000
const BUSY_TRIES_LIMIT = 120
/** Types one piece of news names; beyond, it is told at once. */
const TOLD_TYPES_LIMIT = 500

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
  ahead: number
  repeats: number
  createdEntities: number
  issueCount: number
}

interface Work {
  readonly context: Context
  readonly row: ImportRow
  readonly claim: string
  readonly taking: Taking
  /** Up to where everything is stored, with what that came to. */
  readonly done: {
    counts: Counts
    position: TablePosition
    untold: Untold | null
  }
  readonly issues: RowIssue[]
  /** The newest time read in a transaction of this import. */
  now: Temporal.Instant
  wroteAt: number
  toldAt: number
  /** The write under way: one follows the other, so that an older count never overwrites a newer one. */
  writing: Promise<void>
}

export async function runImport(files: Files, context: Context, row: ImportRow, claim: string): Promise<void> {
  const file = await files.find(context.organisation, row.file)
  if (!file) throw new Error(`The file of import ${row.id} is gone.`)
  const { definition } = row
  const columns = definition === null ? [] : namedColumns(definition)
  const table = await openAny(file.path, { columns, sheet: definition?.sheet })
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
  const { definition, dryRun, onRepeat } = row
  const { rows, stored, duplicates, corrected, refused, ahead, repeats, createdEntities, issueCount } = row
  const reader = rowReader(definition, table, timeZone)
  return {
    context,
    row,
    claim,
    taking: beginTaking(context, { definition, reader, dryRun, onRepeat: dryRun ? 'unasked' : onRepeat, now }),
    done: {
      counts: { rows, stored, duplicates, corrected, refused, ahead, repeats, createdEntities, issueCount },
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
  const resumeAt = work.row.position?.line ?? 0
  const inTurn = work.taking.onRepeat !== 'unasked'
  let block: Block | null = null
  let sending: Promise<void> = Promise.resolve()
  let waiting = 0
  let failure: unknown
  const send = (full: Block) => {
    waiting += 1
    // The measurements get the block at once and store blocks in the order they come; it counts when those before it do.
    // Only where repeats are looked for must the block before be stored first.
    const storing = inTurn ? sending.then(() => storeBlock(work, full)) : storeBlock(work, full)
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
    if (batch.end.line <= resumeAt) {
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
    await mapBatch(work.taking, batch, block)
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

/** Rows taken in before an interruption are read once more, only for what later ids depend on. */
function remember(work: Work, batch: RowBatch): void {
  const { reader } = work.taking
  for (const [index, cells] of batch.cells.entries()) {
    const mapped = reader.read(batch, index)
    if (!isFault(mapped)) reader.idOf(mapped, cells)
  }
}

const NOTHING_STORED = { stored: 0, duplicates: 0, corrected: 0 }

async function storeBlock(work: Work, block: Block): Promise<typeof NOTHING_STORED> {
  if (work.row.dryRun) return NOTHING_STORED
  await sortOutRepeats(work.taking, block)
  return block.events.length === 0 ? NOTHING_STORED : storePatiently(work, block)
}

/** Everything at once, so that what is written of the progress always fits together. */
function countBlock(work: Work, block: Block, receipt: typeof NOTHING_STORED): void {
  const { counts, untold } = work.done
  counts.stored += receipt.stored
  counts.duplicates += receipt.duplicates
  counts.corrected += receipt.corrected
  const changed = receipt.stored + receipt.corrected
  if (changed > 0) {
    work.done.untold = {
      types: [...new Set([...(untold?.types ?? []), ...block.types])],
      from: Math.min(untold?.from ?? block.from, block.from),
      to: Math.max(untold?.to ?? block.to, block.to),
      stored: (untold?.stored ?? 0) + changed,
    }
  }
  counts.rows += block.rows
  counts.refused += block.refused
  counts.ahead += block.ahead
  counts.repeats += block.repeats
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
      const { id: importId, sourceId: origin } = work.row
      const from = { source: 'file' as const, importId, origin, received, tell: false }
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
  const told = untold !== null && (tell || untold.types.length > TOLD_TYPES_LIMIT)
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
    if (told) await announceAll(inside, untold)
    return true
  })
  if (!kept) throw new LetGo()
}

/** One piece of news names a bounded number of types. */
async function announceAll(context: Context, { types, from, to, stored }: Untold): Promise<void> {
  for (let start = 0; start < types.length; start += TOLD_TYPES_LIMIT)
    await announceRecorded(context, { eventTypes: types.slice(start, start + TOLD_TYPES_LIMIT), from, to, stored })
}
