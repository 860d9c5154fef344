import { expect, test } from 'vitest'
import { seededChance } from '../seeded-random.ts'
import { testClock } from '../testing/clock.ts'
import { idMaker } from './new-id.ts'

test('ids are of version 7, in the order they were made, and the same for the same clock and seed', () => {
  const make = () => {
    const clock = testClock('2026-03-02T01:00:00Z')
    const newId = idMaker({ now: clock.now, random: seededChance(7) })
    const ids = Array.from({ length: 10_000 }, () => newId())
    clock.advance({ seconds: 1 })
    return [...ids, newId()]
  }
  const ids = make()
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
  expect(make()).toEqual(ids)
  expect(Number.parseInt(ids[0]!.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 2, 2, 1))
})
