import { describe, expect, test } from 'vitest'
import { inhibitedBy, matches, stateOf } from './quiet.ts'

const at = (text: string) => Temporal.Instant.from(`2026-03-${text}:00Z`)
const window = (part: object = {}) => ({
  from: at('02T22:00'),
  until: at('03T04:00'),
  repeatsEveryDays: null,
  liftedAt: null,
  ...part,
})

describe('windows', () => {
  const cases: [string, object, string, string][] = [
    ['before', {}, '02T21:59', 'planned'],
    ['its first instant', {}, '02T22:00', 'now'],
    ['its end no longer', {}, '03T04:00', 'over'],
    ['each night again', { repeatsEveryDays: 1 }, '09T23:00', 'now'],
    ['by day not', { repeatsEveryDays: 1 }, '09T12:00', 'planned'],
    ['each week', { repeatsEveryDays: 7 }, '16T23:00', 'now'],
    ['not in between', { repeatsEveryDays: 7 }, '12T23:00', 'planned'],
    ['lifted', { liftedAt: at('02T23:00') }, '02T23:30', 'lifted'],
  ]
  test.each(cases)('%s', (_name, part, now, state) => {
    expect(stateOf(window(part), at(now))).toBe(state)
  })
})

test('a matcher matches what it names; empty fields match everything', () => {
  const what = { rule: 'queue', colour: 'red' as const, path: ['city', 'hall', 'window-3'] }
  const matcher = (part: object) => matches({ rule: null, below: null, colour: null, ...part }, what)
  expect([
    matcher({}),
    matcher({ rule: 'queue' }),
    matcher({ rule: 'other' }),
    matcher({ below: 'hall' }),
    matcher({ below: 'x' }),
    matcher({ colour: 'yellow' }),
  ]).toEqual([true, true, false, true, false, false])
})

describe('a worse alert speaks for others', () => {
  const alert = (id: string, rule: string, path: number[], firing = true) => ({
    id,
    rule,
    colour: 'red' as const,
    path,
    firing,
  })
  const outage = {
    id: 'o',
    source: { rule: 'system-down', colour: null },
    target: { rule: 'queue', colour: null },
    reason: 'same cause',
  }
  test('at its unit and below, not beside', () => {
    const alerts = [
      alert('s', 'system-down', [1, 10]),
      alert('q', 'queue', [1, 10, 100]),
      alert('r', 'queue', [1, 11]),
      alert('t', 'staff', [1, 10]),
    ]
    expect([...inhibitedBy(alerts, [outage])]).toEqual(['q'])
  })
  test('only while it fires; two that point at each other do not both vanish by themselves', () => {
    expect(inhibitedBy([alert('s', 'system-down', [1], false), alert('q', 'queue', [1, 10])], [outage]).size).toBe(0)
    const own = { ...outage, target: { rule: null, colour: null } }
    expect([...inhibitedBy([alert('s', 'system-down', [1]), alert('s2', 'system-down', [1, 10])], [own])]).toEqual([])
  })
  test('the whole organisation is above everything', () => {
    expect([...inhibitedBy([alert('s', 'system-down', []), alert('q', 'queue', [7])], [outage])]).toEqual(['q'])
  })
})
