/** NDJSON: one event on each line. Good lines are stored in blocks while the rest still comes in; bad lines are told. */
import type { Context } from '#platform/context'
import { latestMilliseconds } from '../../rules/intake/event-time.ts'
import { entityIssue, type EventIssue, type ReadEvent, readEvent, timeIssue } from '../../rules/intake/read-event.ts'
import { entityNumbers } from '../../recording/entity-numbers.ts'
import { toStored } from './record-events.ts'
import { originOf, refusingOverload, storeEvents } from '../../recording/store-events.ts'
import type { StoredEvent } from '../../store/intake/stored-event.ts'

const LINE_LIMIT_BYTES = 1024 * 1024
export const STREAM_LIMIT_BYTES = 2 * 1024 ** 3
/** Events of one block. */
const BLOCK_EVENTS = 50_000
/** Issues the answer names; the rest is counted. */
const ISSUES_LIMIT = 1_000

interface LineIssue extends EventIssue {
  /** Counted from 1, empty lines too. */
  readonly line: number
}
export interface RecordedLines {
  readonly stored: number
  readonly duplicates: number
  readonly corrected: number
  readonly refused: number
  readonly issues: readonly LineIssue[]
}

interface Reading {
  readonly context: Context
  readonly latest: number
  readonly totals: { stored: number; duplicates: number; corrected: number; refused: number }
  readonly issues: LineIssue[]
  block: { line: number; event: ReadEvent }[]
}

/** Throws the refusal OVERLOADED when the stores stay busy: sending the whole stream again is safe, ids tell events apart. */
export async function recordLines(context: Context, body: AsyncIterable<Uint8Array>): Promise<RecordedLines> {
  const totals = { stored: 0, duplicates: 0, corrected: 0, refused: 0 }
  const reading: Reading = { context, latest: latestMilliseconds(context.now), totals, issues: [], block: [] }
  let storing: Promise<void> = Promise.resolve()
  for await (const { lines, firstLine } of lineGroups(body)) {
    for (let index = 0; index < lines.length; index += 1) readLine(reading, lines[index]!, firstLine + index)
    if (reading.block.length < BLOCK_EVENTS) continue
    const block = reading.block
    reading.block = []
    // One block is stored while the next is read.
    await storing
    storing = storeBlock(reading, block)
    // Told when it is awaited; until then it must not count as forgotten.
    storing.catch(() => {})
  }
  await storing
  await storeBlock(reading, reading.block)
  return { ...totals, issues: reading.issues.toSorted((a, b) => a.line - b.line).slice(0, ISSUES_LIMIT) }
}

type Line = string | { readonly problem: 'too-long' | 'encoding' }

function readLine(reading: Reading, line: Line, number: number): void {
  if (typeof line !== 'string') {
    const message =
      line.problem === 'too-long'
        ? `The line is longer than ${LINE_LIMIT_BYTES / 1024 / 1024} MB.`
        : 'The line is not UTF-8.'
    refuseLine(reading, number, { field: '', rule: line.problem, message })
    return
  }
  if (line === '' || line.trim() === '') return
  let raw: unknown
  try {
    raw = JSON.parse(line)
  } catch {
    refuseLine(reading, number, { field: '', rule: 'json', message: 'The line is not JSON.' })
    return
  }
  const read = readEvent(raw)
  if (read.kind === 'issues') {
    refuseLine(reading, number, ...read.issues)
    return
  }
  const untimely = timeIssue(read.event, reading.latest)
  if (untimely) refuseLine(reading, number, untimely)
  else reading.block.push({ line: number, event: read.event })
}

function refuseLine(reading: Reading, line: number, ...issues: readonly EventIssue[]): void {
  reading.totals.refused += 1
  if (reading.issues.length < ISSUES_LIMIT) reading.issues.push(...issues.map((issue) => ({ line, ...issue })))
}

async function storeBlock(reading: Reading, block: Reading['block']): Promise<void> {
  const { context, totals } = reading
  const numbers = await entityNumbers(context, new Set(block.map(({ event }) => event.entityKey)))
  const batch = context.newId()
  const events: StoredEvent[] = []
  for (const { line, event } of block) {
    const number = numbers.get(event.entityKey)
    if (number === undefined) refuseLine(reading, line, entityIssue(event))
    else events.push(toStored(context, batch, event, number))
  }
  if (events.length === 0) return
  const received = context.now.epochMilliseconds
  const receipt = await refusingOverload(() =>
    storeEvents(context, batch, events, {
      source: 'stream',
      importId: null,
      origin: originOf(context),
      received,
      tell: true,
    }),
  )
  totals.stored += receipt.stored
  totals.duplicates += receipt.duplicates
  totals.corrected += receipt.corrected
}

const FEED = 0x0a

/** Whole lines, many at a time. A line beyond the limit is passed over without being kept. */
async function* lineGroups(body: AsyncIterable<Uint8Array>): AsyncIterable<{ lines: Line[]; firstLine: number }> {
  let rest: Buffer = Buffer.alloc(0)
  let firstLine = 1
  /** Inside a line that is too long already. */
  let passing = false
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const first = bytes.indexOf(FEED)
    if (first < 0) {
      if (!passing) rest = Buffer.concat([rest, bytes])
      passing ||= rest.length > LINE_LIMIT_BYTES
      if (passing) rest = Buffer.alloc(0)
      continue
    }
    const end = bytes.lastIndexOf(FEED)
    const lines: Line[] = passing
      ? [{ problem: 'too-long' }, ...toLines(bytes.subarray(first + 1, end + 1))]
      : toLines(Buffer.concat([rest, bytes.subarray(0, end + 1)]))
    passing = false
    yield { lines, firstLine }
    firstLine += lines.length
    rest = Buffer.from(bytes.subarray(end + 1))
  }
  if (passing) yield { lines: [{ problem: 'too-long' }], firstLine }
  else if (rest.length > 0) yield { lines: toLines(rest), firstLine }
}

function toLines(bytes: Buffer): Line[] {
  if (bytes.length === 0) return []
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const shown = (line: string): Line =>
    line.length * 3 > LINE_LIMIT_BYTES && Buffer.byteLength(line) > LINE_LIMIT_BYTES ? { problem: 'too-long' } : line
  try {
    const lines = decoder.decode(bytes).split('\n')
    if (lines.at(-1) === '') lines.pop()
    return lines.map(shown)
  } catch {
    return oneByOne(bytes, shown)
  }
}

/** Some line is not UTF-8: the others still count. */
function oneByOne(bytes: Buffer, shown: (line: string) => Line): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(FEED, start)
    const end = feed < 0 ? bytes.length : feed
    try {
      lines.push(shown(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))))
    } catch {
      lines.push({ problem: 'encoding' })
    }
    start = end + 1
  }
  return lines
}
