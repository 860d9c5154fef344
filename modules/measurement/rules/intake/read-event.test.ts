import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serviceEvent } from '../../contract.ts'
import { readEvent, timeIssue } from './read-event.ts'

const good = {
  id: 'T1',
  type: 'visit',
  entity: 'D-1',
  at: '2026-03-01T08:00:00+08:00',
  attributes: { channel: 'web' },
  values: { minutes: 12.5 },
}
const readJson = (text: string) => readEvent(JSON.parse(text))

test('a good event', () => {
  expect(readEvent(good)).toEqual({
    kind: 'event',
    event: {
      eventId: 'T1',
      eventType: 'visit',
      entityKey: 'D-1',
      occurredAt: Temporal.Instant.from('2026-03-01T00:00:00Z').epochMilliseconds,
      attributes: { channel: 'web' },
      values: { minutes: 12.5 },
    },
  })
})

describe('what is refused, by field and rule', () => {
  const cases: [string, unknown, string, string][] = [
    ['no object', 7, '', 'invalid_type'],
    ['null', null, '', 'invalid_type'],
    ['a list', [good], '', 'invalid_type'],
    ['no id', { ...good, id: undefined }, 'id', 'invalid_type'],
    ['an empty id', { ...good, id: '' }, 'id', 'too_small'],
    ['a long id', { ...good, id: 'x'.repeat(201) }, 'id', 'too_big'],
    ['a number as id', { ...good, id: 7 }, 'id', 'invalid_type'],
    ['a key with a slash', { ...good, entity: 'a/b' }, 'entity', 'invalid_format'],
    ['no time', { ...good, at: 'soon' }, 'at', 'invalid_format'],
    ['a time without zone', { ...good, at: '2026-03-01T08:00:00' }, 'at', 'invalid_format'],
    ['a day that is none', { ...good, at: '2026-02-30T08:00:00Z' }, 'at', 'invalid_format'],
    ['a long text', { ...good, attributes: { a: 'x'.repeat(501) } }, 'attributes.a', 'too_big'],
    ['a number as text of an attribute', { ...good, attributes: { a: 7 } }, 'attributes.a', 'invalid_type'],
    ['a number sent as text', { ...good, values: { minutes: '12' } }, 'values.minutes', 'invalid_type'],
    ['values as a list', { ...good, values: [1] }, 'values', 'invalid_type'],
  ]
  for (const [name, raw, field, rule] of cases) {
    test(name, () => {
      expect(readEvent(raw)).toMatchObject({ kind: 'issues', issues: [{ field, rule }] })
    })
  }
  test('numbers sent as text, and numbers beyond all', () => {
    expect(JSON.stringify(readEvent({ ...good, values: { minutes: '12' } }))).toContain('without quotes')
    const text = JSON.stringify(good).replace('12.5', '1e999')
    expect(readJson(text)).toMatchObject({
      kind: 'issues',
      issues: [{ field: 'values.minutes', message: 'The number is too large.' }],
    })
  })
})

test('unusual but valid: blanks around a key, fractions, no attributes', () => {
  expect(readEvent({ ...good, entity: ' D-1 ' })).toMatchObject({ kind: 'event', event: { entityKey: 'D-1' } })
  expect(readEvent({ ...good, at: '2026-03-01T08:00:00.1239-05:30' })).toMatchObject({
    event: { occurredAt: Temporal.Instant.from('2026-03-01T13:30:00.123Z').epochMilliseconds },
  })
  const { attributes: _attributes, values: _values, ...bare } = good
  expect(readEvent(bare)).toMatchObject({ kind: 'event', event: { attributes: {}, values: {} } })
})

test('times before 1990 and more than a day ahead', () => {
  const latest = Temporal.Instant.from('2026-03-03T01:00:00Z').epochMilliseconds
  const issueAt = (at: string) => {
    const reading = readEvent({ ...good, at })
    return reading.kind === 'event' ? timeIssue(reading.event, latest) : 'unread'
  }
  expect(issueAt('1989-12-31T23:59:59Z')).toMatchObject({ field: 'at', rule: 'range' })
  expect(issueAt('1990-01-01T00:00:00Z')).toBe(null)
  expect(issueAt('2026-03-03T01:00:00Z')).toBe(null)
  expect(issueAt('2026-03-03T01:00:01Z')).toMatchObject({ rule: 'range' })
})

test('the quick way and the schema never disagree', () => {
  const odd = fc.oneof(
    fc.constantFrom('', ' ', 'a', 'a b', 'x'.repeat(101), null, 7, true, [], {}),
    fc.string({ maxLength: 12 }),
    fc
      .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') })
      .map((date) => date.toISOString()),
  )
  const event = fc.record(
    {
      id: fc.oneof(fc.constant('T1'), odd),
      type: fc.oneof(fc.constant('visit'), odd),
      entity: fc.oneof(fc.constant('D-1'), odd),
      at: fc.oneof(
        fc.constantFrom(good.at, '2026-03-01T08:00Z', '2026-03-01T24:00:00Z', '2026-03-01T08:00:00+24:00'),
        odd,
      ),
      attributes: fc.oneof(fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.string(), odd)), odd),
      values: fc.oneof(fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.double(), odd)), odd),
    },
    { requiredKeys: ['id', 'type'] },
  )
  fc.assert(
    fc.property(event, (raw) => {
      const parsed = serviceEvent.safeParse(raw)
      const reading = readEvent(raw)
      expect(reading.kind).toBe(parsed.success ? 'event' : 'issues')
      if (reading.kind === 'event' && parsed.success) {
        const { event: own } = reading
        expect(own.occurredAt).toBe(Temporal.Instant.from(parsed.data.at).epochMilliseconds)
        expect([own.eventId, own.entityKey, own.values]).toEqual([
          parsed.data.id,
          parsed.data.entity,
          parsed.data.values,
        ])
      }
    }),
    { numRuns: 3_000 },
  )
})
