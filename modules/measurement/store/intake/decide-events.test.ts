import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideEvents, type IncomingEvent, type KnownRow } from './decide-events.ts'

const BATCH = 'b'
const incoming = (eventId: string, content: number, occurredAt = 1): IncomingEvent => ({
  identity: 0,
  content,
  event: {
    organisation: 'o',
    entity: 1,
    eventType: 't',
    eventId,
    occurredAt,
    attributes: {},
    values: {},
    batch: BATCH,
  },
})
const row = (eventId: string, content: number, over: Partial<KnownRow> = {}): KnownRow => ({
  eventId,
  eventType: 't',
  entity: 1,
  occurredAt: 1,
  content,
  version: 10,
  removed: false,
  batch: 'first',
  ...over,
})
const known = (...rows: KnownRow[]) => Map.groupBy(rows, (each) => each.eventId)

test.each([
  ['a new id is stored', [incoming('a', 1)], known(), ['stored'], 1, 0],
  ['the same again in one chunk', [incoming('a', 1), incoming('a', 1)], known(), ['stored', 'duplicate'], 1, 0],
  ['a correction in one chunk', [incoming('a', 1), incoming('a', 2)], known(), ['stored', 'corrected'], 1, 0],
  ['the same as in the store', [incoming('a', 1)], known(row('a', 1)), ['duplicate'], 0, 0],
  ['other content, same key', [incoming('a', 2)], known(row('a', 1)), ['corrected'], 1, 0],
  ['moved in time', [incoming('a', 2, 5)], known(row('a', 1)), ['corrected'], 1, 1],
  [
    'there and back in one chunk',
    [incoming('a', 2), incoming('a', 1)],
    known(row('a', 1)),
    ['corrected', 'corrected'],
    1,
    0,
  ],
  [
    'taken back before',
    [incoming('a', 1)],
    known(row('a', 1), row('a', 0, { version: 11, removed: true })),
    ['stored'],
    1,
    0,
  ],
  [
    'half-finished correction, sent again',
    [incoming('a', 2, 5)],
    known(row('a', 1), row('a', 2, { occurredAt: 5, version: 11 })),
    ['duplicate'],
    0,
    1,
  ],
])('%s', (_name, events, rows, outcomes, stores, removes) => {
  const decision = decideEvents(events, rows, 20)
  expect(decision.outcomes).toEqual(outcomes)
  expect(decision.store).toHaveLength(stores)
  expect(decision.remove).toHaveLength(removes)
})

test('a correction keeps the batch that brought the event and gets a version above all known ones', () => {
  const decision = decideEvents([incoming('a', 2)], known(row('a', 1, { version: 99 })), 20)
  expect(decision.store).toEqual([{ index: 0, version: 100, batch: 'first', correction: BATCH }])
})

test('any sequence of chunks leaves each id once, with the content received last', () => {
  const events = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      content: fc.integer({ min: 1, max: 3 }),
      at: fc.integer({ min: 1, max: 3 }),
    }),
  )
  fc.assert(
    fc.property(fc.array(events, { maxLength: 6 }), (chunks) => {
      const store: KnownRow[] = []
      const expected = new Map<string, string>()
      for (const chunk of chunks) {
        // The content's hash covers the time, as the real one does.
        const list = chunk.map((each) => incoming(each.id, each.content * 10 + each.at, each.at))
        const decision = decideEvents(list, known(...store), 20)
        for (const each of decision.store) {
          const { event, content } = list[each.index]!
          store.push(row(event.eventId, content, { occurredAt: event.occurredAt, version: each.version }))
        }
        for (const each of decision.remove) store.push({ ...each.row, version: each.version, removed: true })
        for (const each of list) expected.set(each.event.eventId, `${each.content}`)
      }
      const newest = new Map<string, KnownRow>()
      for (const each of store) {
        const key = `${each.eventId} ${each.occurredAt}`
        if ((newest.get(key)?.version ?? -1) <= each.version) newest.set(key, each)
      }
      const alive = [...newest.values()].filter((each) => !each.removed)
      expect(alive).toHaveLength(expected.size)
      expect(new Map(alive.map((each) => [each.eventId, `${each.content}`]))).toEqual(expected)
    }),
  )
})
