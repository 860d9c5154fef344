import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rotaDraft } from '../contract.ts'
import { nextInLine, onCallAt, type Override, turns } from './rota.ts'

const SHANGHAI = 'Asia/Shanghai'
const at = (text: string) => Temporal.Instant.from(text)
const rota = (part: object = {}) =>
  rotaDraft.parse({ people: ['ann', 'bo', 'cai'], every: 'week', startsOn: '2026-03-02', handoverAt: '09:00', ...part })
const override = (id: string, from: string, until: string, personId: string | null = null): Override => ({
  id,
  from: at(from),
  until: at(until),
  personId,
  because: personId === null ? 'leave' : 'swap',
})

describe('turns go round', () => {
  const cases: [string, string, string | undefined][] = [
    ['a second before it begins', '2026-03-02T00:59:59Z', undefined],
    ['the first instant', '2026-03-02T01:00:00Z', 'ann'],
    ['the last second of the week', '2026-03-09T00:59:59Z', 'ann'],
    ['the second week', '2026-03-09T01:00:00Z', 'bo'],
    ['the fourth week begins again', '2026-03-23T01:00:00Z', 'ann'],
  ]
  test.each(cases)('%s', (_name, instant, person) => {
    expect(onCallAt(rota(), [], at(instant), SHANGHAI)?.person).toBe(person)
  })
  test('by day', () => {
    const people = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map(
      (day) => onCallAt(rota({ every: 'day' }), [], at(`${day}T02:00:00Z`), SHANGHAI)?.person,
    )
    expect(people).toEqual(['ann', 'bo', 'cai', 'ann'])
  })
})

describe('swaps and leave', () => {
  test('a swap holds for its time only, and names whose turn it was', () => {
    const swap = override('s', '2026-03-03T01:00:00Z', '2026-03-04T01:00:00Z', 'cai')
    const found = turns(rota(), [swap], at('2026-03-02T01:00:00Z'), at('2026-03-16T01:00:00Z'), SHANGHAI)
    expect(found.map(({ person, from, override: over }) => [person, from.toString(), over?.insteadOf ?? null])).toEqual(
      [
        ['ann', '2026-03-02T01:00:00Z', null],
        ['cai', '2026-03-03T01:00:00Z', 'ann'],
        ['ann', '2026-03-04T01:00:00Z', null],
        ['bo', '2026-03-09T01:00:00Z', null],
      ],
    )
  })
  test('leave without a name goes to the next in turn; the last entry counts', () => {
    const leave = override('l', '2026-03-03T00:00:00Z', '2026-03-05T00:00:00Z')
    const swap = override('s', '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z', 'cai')
    expect(onCallAt(rota(), [leave, swap], at('2026-03-03T10:00:00Z'), SHANGHAI)?.person).toBe('bo')
    expect(onCallAt(rota(), [leave, swap], at('2026-03-04T10:00:00Z'), SHANGHAI)?.person).toBe('cai')
  })
  test('one person alone stays on call, whatever the leave says', () => {
    const leave = override('l', '2026-03-03T00:00:00Z', '2026-03-05T00:00:00Z')
    expect(onCallAt(rota({ people: ['ann'] }), [leave], at('2026-03-03T10:00:00Z'), SHANGHAI)?.person).toBe('ann')
  })
})

describe('where clocks change, handovers keep the hour of the day', () => {
  const berlin = (part: object = {}) => rota({ every: 'day', startsOn: '2026-03-28', handoverAt: '02:30', ...part })
  const lengths = (from: string, until: string, part: object = {}) =>
    turns(berlin(part), [], at(from), at(until), 'Europe/Berlin').map((turn) =>
      turn.until.since(turn.from).total('hours'),
    )
  test('spring: a handover inside the gap comes an hour later by the clock', () => {
    // 02:30 on 29 March does not exist: 03:30 CEST = 01:30Z.
    expect(lengths('2026-03-28T01:30:00Z', '2026-03-31T00:30:00Z')).toEqual([24, 23, 24])
    expect(onCallAt(berlin(), [], at('2026-03-29T01:29:59Z'), 'Europe/Berlin')?.person).toBe('ann')
    expect(onCallAt(berlin(), [], at('2026-03-29T01:30:00Z'), 'Europe/Berlin')?.person).toBe('bo')
  })
  test('autumn: of the hour that comes twice the first counts', () => {
    const autumn = { startsOn: '2026-10-24' }
    expect(lengths('2026-10-24T00:30:00Z', '2026-10-27T01:30:00Z', autumn)).toEqual([24, 25, 24])
    expect(onCallAt(berlin(autumn), [], at('2026-10-25T00:30:00Z'), 'Europe/Berlin')?.person).toBe('bo')
    // 02:10 the second time: Bo's turn has begun at 02:30 the first time.
    expect(onCallAt(berlin(autumn), [], at('2026-10-25T01:10:00Z'), 'Europe/Berlin')?.person).toBe('bo')
  })
})

test('turns leave no gap and do not overlap, whatever is laid over them', () => {
  const instant = fc
    .integer({ min: 0, max: 60 * 24 * 60 })
    .map((minutes) => at('2026-03-01T00:00:00Z').add({ minutes }))
  const anyOverride = fc.record({
    id: fc.uuid(),
    from: instant,
    length: fc.integer({ min: 1, max: 5000 }),
    personId: fc.constantFrom(null, 'ann', 'bo', 'zoe'),
  })
  fc.assert(
    fc.property(fc.array(anyOverride, { maxLength: 6 }), fc.constantFrom('day', 'week'), (overrides, every) => {
      const laid = overrides.map(
        ({ length, ...each }): Override => ({
          ...each,
          until: each.from.add({ minutes: length }),
          because: 'swap',
        }),
      )
      const [from, until] = [at('2026-03-05T03:00:00Z'), at('2026-04-20T03:00:00Z')]
      const found = turns(rota({ every, handoverAt: '02:30' }), laid, from, until, 'Europe/Berlin')
      expect(found[0]!.from.equals(from) && found.at(-1)!.until.equals(until)).toBe(true)
      for (const [index, turn] of found.slice(1).entries()) expect(turn.from.equals(found[index]!.until)).toBe(true)
      for (const turn of found)
        expect(onCallAt(rota({ every, handoverAt: '02:30' }), laid, turn.from, 'Europe/Berlin')?.person).toBe(
          turn.person,
        )
    }),
    { numRuns: 60 },
  )
})

test('escalation walks down the line once', () => {
  expect(nextInLine(rota(), ['bo'])).toBe('cai')
  expect(nextInLine(rota(), ['bo', 'cai'])).toBe('ann')
  expect(nextInLine(rota(), ['bo', 'cai', 'ann'])).toBe(null)
  // Somebody from outside stepped in.
  expect(nextInLine(rota(), ['zoe'])).toBe('ann')
})
