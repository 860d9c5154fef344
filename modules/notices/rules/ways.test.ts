import { describe, expect, test } from 'vitest'
import { type Preferences, preferences } from '../contract.ts'
import { leaving, nextDigest, quietUntil, shownInInbox, wayFor } from './ways.ts'

const SHANGHAI = 'Asia/Shanghai'
const at = (text: string) => Temporal.Instant.from(text)
const wish = (part: object = {}): Preferences => preferences.parse(part)

describe('quiet hours', () => {
  const night = { from: '22:00', until: '07:00' }
  const cases: [string, { from: string; until: string } | null, string, string | null][] = [
    ['none', null, '2026-03-02T15:00:00Z', null],
    ['just before', night, '2026-03-02T13:59:59Z', null],
    ['they begin', night, '2026-03-02T14:00:00Z', '2026-03-02T23:00:00Z'],
    ['after midnight', night, '2026-03-02T18:00:00Z', '2026-03-02T23:00:00Z'],
    ['they end', night, '2026-03-02T23:00:00Z', null],
    ['by day', { from: '12:00', until: '13:30' }, '2026-03-02T04:30:00Z', '2026-03-02T05:30:00Z'],
    ['an empty span is never quiet', { from: '08:00', until: '08:00' }, '2026-03-02T00:00:00Z', null],
  ]
  test.each(cases)('%s', (_name, quiet, now, until) => {
    expect(quietUntil(quiet, at(now), SHANGHAI)?.toString() ?? null).toBe(until)
  })
  test('the night clocks go forward is an hour shorter', () => {
    const end = quietUntil(night, at('2026-03-28T21:00:00Z'), 'Europe/Berlin')!
    expect(end.since(at('2026-03-28T21:00:00Z')).total('hours')).toBe(8)
  })
})

test('a digest comes at the next stroke of its hour', () => {
  expect(nextDigest(8, at('2026-03-01T23:59:59Z'), SHANGHAI).toString()).toBe('2026-03-02T00:00:00Z')
  expect(nextDigest(8, at('2026-03-02T00:00:00Z'), SHANGHAI).toString()).toBe('2026-03-03T00:00:00Z')
})

describe('when a message leaves', () => {
  const night = at('2026-03-02T15:00:00Z')
  const quiet = { from: '22:00', until: '07:00' }
  const told = (importance: 'urgent' | 'normal' | 'low', part: object = {}, kind = 'alert-raised') => {
    const answer = leaving(wish({ quiet, ...part }), { kind, importance }, night, SHANGHAI)
    return answer && [answer.dueAt.toString(), answer.digest]
  }
  const allAtOnce = { ways: { urgent: 'at-once', normal: 'at-once', low: 'at-once' } }
  test('urgent passes, others wait for the morning, low ones stay in', () => {
    expect(told('urgent')).toEqual(['2026-03-02T15:00:00Z', false])
    expect(told('normal', allAtOnce)).toEqual(['2026-03-02T23:00:00Z', false])
    expect(told('normal')).toEqual(['2026-03-03T00:00:00Z', true])
    expect(told('low')).toBe(null)
  })
  test('a digest whose hour is quiet comes when it is not', () => {
    expect(told('normal', { digestHour: 3 })).toEqual(['2026-03-02T23:00:00Z', true])
  })
  test('a kind may go its own way', () => {
    const kinds = [{ kind: 'alert-raised', way: 'off', inbox: false }]
    expect(told('urgent', { kinds })).toBe(null)
    expect(wayFor(wish({ kinds }), 'drill', 'urgent')).toBe('at-once')
    expect(shownInInbox(wish({ kinds }), 'alert-raised', 'normal')).toBe(false)
    expect(shownInInbox(wish({ kinds }), 'alert-raised', 'urgent')).toBe(true)
  })
})
