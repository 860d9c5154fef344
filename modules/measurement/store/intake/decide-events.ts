/** What each event of a chunk is: new, the same again, or a correction. Decisions only. */
import type { StoredEvent } from './stored-event.ts'

/** A row of the store that carries one of the asked ids, alive or not. */
export interface KnownRow {
  readonly eventId: string
  readonly eventType: string
  readonly entity: number
  readonly occurredAt: number
  readonly content: number
  /** Microseconds of receipt: of several rows with one key the highest counts. */
  readonly version: number
  readonly removed: boolean
  readonly batch: string
}

export interface IncomingEvent {
  readonly event: StoredEvent
  readonly identity: number
  readonly content: number
}

/** A row to be written for the event with number `index` of the chunk. */
export interface RowToStore {
  readonly index: number
  readonly version: number
  readonly batch: string
  readonly correction: string | null
}
export interface RowToRemove {
  readonly row: KnownRow
  readonly version: number
  readonly correction: string
}

export type Outcome = 'stored' | 'duplicate' | 'corrected'

export interface Decision {
  /** One for each incoming event, in order. */
  readonly outcomes: readonly Outcome[]
  readonly store: readonly RowToStore[]
  readonly remove: readonly RowToRemove[]
}

interface State {
  content: number
  batch: string
  correction: string | null
  version: number
  /** Number of the event in the chunk that stands for the id now; null while it is the store's own row. */
  index: number | null
  /** Rows the store counts for this id. */
  alive: readonly KnownRow[]
}

/** Shared by all events that are new: most of an import. */
const NONE: readonly KnownRow[] = []

/** The later row wins, within the chunk and against the store. Rows left behind by a half-finished correction are removed. */
export function decideEvents(
  incoming: readonly IncomingEvent[],
  known: ReadonlyMap<string, readonly KnownRow[]>,
  receivedMicroseconds: number,
): Decision {
  const states = new Map<string, State>()
  const outcomes: Outcome[] = []
  for (const [index, { event, content }] of incoming.entries()) {
    const rows = known.get(event.eventId)
    const state = states.get(event.eventId) ?? (rows ? stateOf(rows, receivedMicroseconds) : undefined)
    if (!state) {
      const fresh = { content, batch: event.batch, correction: null, version: receivedMicroseconds, index, alive: NONE }
      states.set(event.eventId, fresh)
      outcomes.push('stored')
      continue
    }
    states.set(event.eventId, state)
    outcomes.push(judge(state, index, content, event.batch))
  }
  return { outcomes, ...rowsOf(states, incoming) }
}

function judge(state: State, index: number, content: number, batch: string): Outcome {
  const absent = state.index === null && state.alive.length === 0
  if (!absent && state.content === content) return 'duplicate'
  state.index = index
  state.content = content
  if (absent) {
    state.batch = batch
    return 'stored'
  }
  state.correction = batch
  return 'corrected'
}

function rowsOf(states: ReadonlyMap<string, State>, incoming: readonly IncomingEvent[]) {
  const store: RowToStore[] = []
  const remove: RowToRemove[] = []
  for (const state of states.values()) {
    const { index, version, batch } = state
    if (index !== null) store.push({ index, version, batch, correction: state.correction })
    const kept = index === null ? state.alive[0]! : incoming[index]!.event
    for (const row of state.alive) {
      if (!sameKey(row, kept)) remove.push({ row, version, correction: state.correction ?? batch })
    }
  }
  return { store, remove }
}

/** What the store says of one id: its living rows, newest first, and a version above all it has ever had. */
function stateOf(rows: readonly KnownRow[], receivedMicroseconds: number): State {
  const newest = new Map<string, KnownRow>()
  let version = receivedMicroseconds
  for (const row of rows) {
    const key = keyOf(row)
    const other = newest.get(key)
    if (!other || row.version >= other.version) newest.set(key, row)
    version = Math.max(version, row.version + 1)
  }
  const alive = [...newest.values()].filter((row) => !row.removed).sort((a, b) => b.version - a.version)
  const current = alive[0]
  return { content: current?.content ?? -1, batch: current?.batch ?? '', correction: null, version, index: null, alive }
}

type Key = Pick<KnownRow, 'eventType' | 'entity' | 'occurredAt'>
const sameKey = (a: Key, b: Key) =>
  a.eventType === b.eventType && a.entity === b.entity && a.occurredAt === b.occurredAt
const keyOf = (row: Key) => `${row.occurredAt} ${row.entity} ${row.eventType}`
