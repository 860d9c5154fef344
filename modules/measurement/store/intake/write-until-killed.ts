/** A writer for the kill -9 test: sends events, resends and corrections without end and tells its parent what was answered. */
import { openMeasurements } from '#platform/measurements/measurements'
import { insertEvents } from '../insert-events.ts'
import type { StoredEvent } from './stored-event.ts'

const [directory, organisation, firstId] = process.argv.slice(2) as [string, string, string]
const WRITERS = 4
const EVENTS_PER_CALL = 300
const START = Temporal.Instant.from('2024-01-01T00:00:00Z').epochMilliseconds
const DAY_MILLISECONDS = 86_400_000

const measurements = await openMeasurements({ directory })
let next = Number(firstId)
let calls = 0

/** Content `round` of an event; a higher round moves it to another month and entity. */
function event(id: number, round: number): StoredEvent {
  return {
    organisation,
    entity: (id % 5) + round * 10,
    eventType: 'visit',
    eventId: `k${id}`,
    occurredAt: START + ((id * 7) % 700) * DAY_MILLISECONDS + round * 40 * DAY_MILLISECONDS,
    attributes: { round: String(round) },
    values: { round },
    batch: `01900000-0000-7000-8000-${String(calls).padStart(12, '0')}`,
  }
}

async function write(): Promise<never> {
  for (;;) {
    const first = next
    next += EVENTS_PER_CALL
    const ids = Array.from({ length: EVENTS_PER_CALL }, (_unused, index) => first + index)
    for (const round of [0, 0, 1]) {
      calls += 1
      const chosen = round === 0 ? ids : ids.slice(0, EVENTS_PER_CALL / 3)
      process.send!({ asked: { from: chosen[0], count: chosen.length, round } })
      await insertEvents(
        measurements,
        chosen.map((id) => event(id, round)),
        START + calls,
      )
      process.send!({ answered: { from: chosen[0], count: chosen.length, round } })
    }
  }
}

process.send!({ ready: true })
await Promise.all(Array.from({ length: WRITERS }, write))
