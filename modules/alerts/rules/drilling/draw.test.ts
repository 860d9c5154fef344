import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawDrills } from './draw.ts'

const day = (index: number) => {
  const from = Temporal.Instant.from('2026-10-08T01:00:00Z').add({ hours: 24 * index })
  return { from, to: from.add({ hours: 9 }) }
}
const spans = Array.from({ length: 60 }, (_unused, index) => day(index))
const plans = ['fire', 'outage', 'queue']
const given = { seed: 0.31, count: 2, spans, plans, entities: [4, 5, 6] }

test('the same seed draws the same, another one something else', () => {
  expect(drawDrills(given)).toEqual(drawDrills(given))
  expect(drawDrills({ ...given, seed: 0.32 })).not.toEqual(drawDrills(given))
})

test('begins in the hours of a day, an hour before their end at the latest, no day and no plan twice while there are others', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999_999, noNaN: true }), fc.integer({ min: 0, max: 24 }), (seed, count) => {
      const drills = drawDrills({ ...given, seed, count })
      expect(drills).toHaveLength(count)
      for (const { startsAt, plan, entity } of drills) {
        const inside = spans.find(
          ({ from, to }) =>
            Temporal.Instant.compare(startsAt, from) >= 0 &&
            Temporal.Instant.compare(startsAt, to.subtract({ hours: 1 })) < 0,
        )
        expect(inside).toBeDefined()
        expect([plans.includes(plan), given.entities.includes(entity)]).toEqual([true, true])
      }
      expect(new Set(drills.map(({ startsAt }) => startsAt.toString().slice(0, 10))).size).toBe(count)
      if (count <= plans.length) expect(new Set(drills.map(({ plan }) => plan)).size).toBe(count)
      const times = drills.map(({ startsAt }) => startsAt.epochMilliseconds)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
    }),
  )
})

test('every day has the same chance', () => {
  const counts = new Map<number, number>()
  const draws = 6000
  for (let draw = 0; draw < draws; draw += 1)
    for (const { startsAt } of drawDrills({ ...given, seed: draw / draws, count: 1 })) {
      const place = spans.findIndex(({ to }) => Temporal.Instant.compare(startsAt, to) < 0)
      counts.set(place, (counts.get(place) ?? 0) + 1)
    }
  const expected = draws / spans.length
  const chiSquare = spans.reduce((sum, _span, place) => sum + ((counts.get(place) ?? 0) - expected) ** 2 / expected, 0)
  // 59 degrees of freedom: beyond 110 once in ten thousand.
  expect(chiSquare).toBeLessThan(110)
})

test('nothing to draw from draws nothing', () => {
  expect(drawDrills({ ...given, spans: [] })).toEqual([])
  expect(drawDrills({ ...given, plans: [] })).toEqual([])
  expect(drawDrills({ ...given, entities: [] })).toEqual([])
  const short = [{ from: day(0).from, to: day(0).from.add({ minutes: 60 }) }]
  expect(drawDrills({ ...given, spans: short })).toEqual([])
})
