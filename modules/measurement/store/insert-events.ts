/**
 * The way in: small calls wait for each other and share one insert, large ones go straight through; everybody is answered
 * after the engine's fsync. Exactly-once by event id, see docs/decisions/0002-exactly-once-events.md.
 */
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Measurements } from '#platform/measurements/measurements'
import { must } from '#platform/refusal'
import { encodeContents, type StoredEvent } from './intake/stored-event.ts'
import { type Place, type PreparedEvents, prepareEvents, writeEvents } from './intake/write-events.ts'

/** A group is written when it has this many rows, or when its first one has waited this long. */
const GROUP_ROWS = 1_000
const GROUP_WAIT_MILLISECONDS = 50
/** A call of so many rows is a group of its own, encoded while the engine still writes the group before. */
const LARGE_CALL_ROWS = 20_000
/** Rows judged at a time: one look into the store for all of them. */
const CHUNK_ROWS_LIMIT = 125_000
/** Rows of one organisation that may wait; a call beyond is refused unless nothing waits. */
const WAITING_ROWS_LIMIT = 500_000
const WAITING_CALLS_LIMIT = 20_000

/** The expected "not now": send the same events again in a few seconds. */
export class Overloaded extends Error {
  constructor(cause?: unknown) {
    super('The measurements are busy. Send the same events again in a few seconds.', { cause })
    this.name = 'Overloaded'
  }
}

export interface Receipt {
  readonly stored: number
  readonly duplicates: number
  readonly corrected: number
  /** Of the events stored anew: the exclusive or of their identities, in decimal. `checkBatches` finds the same again. */
  readonly hash: string
  /** Where events lay that corrections moved away, of this call or of others it was written with. */
  readonly left: readonly Place[]
}

interface Call {
  readonly events: readonly StoredEvent[]
  /** The first chunk of a large call, on its way or ready. */
  readonly prepared: Promise<PreparedEvents> | null
  readonly receivedMilliseconds: number
  readonly resolve: (receipt: Receipt) => void
  readonly reject: (reason: unknown) => void
}

interface Intake {
  readonly calls: Call[]
  waitingRows: number
  busy: boolean
  timer: NodeJS.Timeout | undefined
}

const intakes = new WeakMap<object, Map<string, Intake>>()

/**
 * Stores events of one organisation and tells what became of them: an id already stored changes nothing, with other
 * content it corrects, the last received wins. Throws `Overloaded`; sending the same events again is always safe.
 */
export async function insertEvents(
  measurements: Measurements,
  events: readonly StoredEvent[],
  receivedMilliseconds: number,
): Promise<Receipt> {
  const first = events[0]
  if (!first) return { stored: 0, duplicates: 0, corrected: 0, hash: '0', left: [] }
  for (const event of events) must(event.organisation === first.organisation, 'one call carries one organisation')
  // A mistake in one call must not fail the others of its group, so small calls are tried out alone first.
  if (events.length < GROUP_ROWS) tryEncoding(events)
  const intake = intakeOf(measurements, first.organisation)
  const crowded = intake.waitingRows > 0 && intake.waitingRows + events.length > WAITING_ROWS_LIMIT
  if (crowded || intake.calls.length >= WAITING_CALLS_LIMIT) throw new Overloaded()
  const { promise, resolve, reject } = Promise.withResolvers<Receipt>()
  const prepared = events.length >= LARGE_CALL_ROWS ? prepareChunk(events, 0) : null
  intake.calls.push({ events, prepared, receivedMilliseconds, resolve, reject })
  intake.waitingRows += events.length
  wake(measurements, intake)
  return promise
}

function tryEncoding(events: readonly StoredEvent[]): void {
  const contents = encodeContents(events.length)
  for (const event of events) contents.add(event)
}

function intakeOf(measurements: Measurements, organisation: string): Intake {
  const all = intakes.get(measurements.opening) ?? new Map<string, Intake>()
  intakes.set(measurements.opening, all)
  const own = all.get(organisation) ?? { calls: [], waitingRows: 0, busy: false, timer: undefined }
  all.set(organisation, own)
  return own
}

function wake(measurements: Measurements, intake: Intake): void {
  if (intake.busy || intake.calls.length === 0) return
  const start = () => {
    clearTimeout(intake.timer)
    intake.timer = undefined
    intake.busy = true
    void work(measurements, intake)
  }
  if (intake.waitingRows >= GROUP_ROWS) start()
  else intake.timer ??= setTimeout(start, GROUP_WAIT_MILLISECONDS)
}

/** While one group is written the next one gathers, so that the load itself sets the size of the groups. */
async function work(measurements: Measurements, intake: Intake): Promise<void> {
  const group = takeGroup(intake)
  try {
    const receipts = await writeGroup(measurements, group)
    for (const [index, call] of group.entries()) call.resolve(receipts[index]!)
  } catch (error) {
    const busy = error instanceof MeasurementsFailure && error.code === 'BUSY'
    for (const call of group) call.reject(busy ? new Overloaded(error) : error)
  }
  intake.busy = false
  wake(measurements, intake)
}

function takeGroup(intake: Intake): Call[] {
  let rows = 0
  let calls = 0
  for (const call of intake.calls) {
    if (calls > 0 && (call.prepared || rows + call.events.length > CHUNK_ROWS_LIMIT)) break
    rows += call.events.length
    calls += 1
    if (call.prepared) break
  }
  intake.waitingRows -= rows
  return intake.calls.splice(0, calls)
}

interface Tally {
  stored: number
  duplicates: number
  corrected: number
  /** Exclusive or of identities, in two halves: a big integer for every row would keep the collector busy. */
  hashLow: number
  hashHigh: number
}

async function writeGroup(measurements: Measurements, group: readonly Call[]): Promise<Receipt[]> {
  const events = group.length === 1 ? group[0]!.events : group.flatMap((call) => call.events)
  const ends = group.map((call) => call.events.length)
  for (let index = 1; index < ends.length; index += 1) ends[index]! += ends[index - 1]!
  const tallies: Tally[] = group.map(() => ({ stored: 0, duplicates: 0, corrected: 0, hashLow: 0, hashHigh: 0 }))
  const received = Math.max(...group.map((call) => call.receivedMilliseconds))
  let ahead = group[0]!.prepared ?? prepareChunk(events, 0)
  let owner = 0
  const places: Place[] = []
  for (let start = 0; start < events.length; start += CHUNK_ROWS_LIMIT) {
    const prepared = await ahead
    ahead = prepareChunk(events, start + CHUNK_ROWS_LIMIT)
    const { outcomes, left } = await writeEvents(measurements, prepared, received)
    for (const place of left) places.push(place)
    for (const [index, outcome] of outcomes.entries()) {
      while (start + index >= ends[owner]!) owner += 1
      const tally = tallies[owner]!
      tally[COUNTED_AS[outcome]] += 1
      if (outcome !== 'stored') continue
      const { identity } = prepared.incoming[index]!
      tally.hashLow ^= identity % TWO_TO_32
      tally.hashHigh ^= Math.floor(identity / TWO_TO_32)
    }
  }
  return tallies.map(({ hashLow, hashHigh, ...counts }) => ({
    ...counts,
    hash: hashText(hashLow, hashHigh),
    left: places,
  }))
}

const TWO_TO_32 = 4_294_967_296
/** Bitwise operators give signed halves; identities have 53 bits. */
const hashText = (low: number, high: number) => String((high >>> 0) * TWO_TO_32 + (low >>> 0))

const COUNTED_AS = { stored: 'stored', duplicate: 'duplicates', corrected: 'corrected' } as const

/** The next chunk is encoded while the engine writes the one before. */
function prepareChunk(events: readonly StoredEvent[], start: number): Promise<PreparedEvents> {
  const prepared = prepareEvents(events.slice(start, start + CHUNK_ROWS_LIMIT))
  prepared.catch(() => {})
  return prepared
}
