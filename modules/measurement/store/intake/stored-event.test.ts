import { expect, test } from 'vitest'
import { encodeContents, identityOf, type StoredEvent } from './stored-event.ts'

const event: StoredEvent = {
  organisation: '01900000-0000-7000-8000-00000000000a',
  entity: 1,
  eventType: 'call',
  eventId: 'e1',
  occurredAt: 1_700_000_000_000,
  attributes: { channel: 'web', region: '东' },
  values: { wait: 1.5, zero: 0 },
  batch: '01900000-0000-7000-8000-00000000000b',
}
const hash = (each: StoredEvent) => encodeContents(1).add(each)

test('the order of names and the sign of zero are not content; everything else is', () => {
  const same = { ...event, attributes: { region: '东', channel: 'web' }, values: { zero: -0, wait: 1.5 } }
  expect(hash(same)).toBe(hash(event))
  expect(hash({ ...event, batch: '01900000-0000-7000-8000-00000000000c' })).toBe(hash(event))
  const others = [
    { ...event, entity: 2 },
    { ...event, eventType: 'visit' },
    { ...event, occurredAt: event.occurredAt + 1 },
    { ...event, attributes: { channel: 'web' } },
    { ...event, values: { wait: 1.5 } },
  ]
  for (const other of others) expect(hash(other)).not.toBe(hash(event))
})

test('an event that breaks a rule of the store leaves no bytes behind', () => {
  const contents = encodeContents(3)
  contents.add(event)
  expect(() => contents.add({ ...event, values: { wait: Number.NaN } })).toThrow(/finite/)
  expect(() => contents.add({ ...event, occurredAt: 0 })).toThrow(/1990/)
  contents.add({ ...event, entity: 2 })
  expect(contents.bytesOf(1).length).toBe(contents.bytesOf(0).length)
})

test('hashes are safe integers and do not meet on a million ids', () => {
  const seen = new Set<number>()
  for (let index = 0; index < 1_000_000; index += 1) seen.add(identityOf(`SRC-${index}`))
  expect(seen.size).toBe(1_000_000)
  for (const each of [...seen].slice(0, 100)) expect(Number.isSafeInteger(each)).toBe(true)
})
