/** Halls with visits, for the scenario of scores: what was sent is kept, so that scores can be calculated by hand. */
import type { Api } from '../../apps/demo/stories.ts'
import { seededRandom } from '../../platform/seeded-random.ts'
import { hallIndicators, inBoth } from '../indicators.ts'
import { type House, openHouse } from '../house.ts'

export const MONTHS = ['2026-01', '2026-02', '2026-03'] as const
export const HALLS = Array.from({ length: 12 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`)
export type SchemeInput = Parameters<Api['evaluation']['saveScheme']>[0]

/** What was sent, for calculations by hand. */
const visits = new Map<string, { n: number; prompt: number; ratings: number[]; incidents: number }>()
const cell = (hall: string, month: string) => {
  const key = `${hall} ${month}`
  const known = visits.get(key) ?? { n: 0, prompt: 0, ratings: [], incidents: 0 }
  visits.set(key, known)
  return known
}

let sent = 0
export function visit(hall: string, at: Temporal.ZonedDateTime, prompt: boolean, rating: number) {
  sent += 1
  const own = cell(hall, at.toPlainDate().toString().slice(0, 7))
  own.n += 1
  own.prompt += prompt ? 1 : 0
  own.ratings.push(rating)
  return {
    id: `v${sent}`,
    type: 'visit',
    entity: hall,
    at: at.toInstant().toString(),
    attributes: { prompt: prompt ? 'yes' : 'no' },
    values: { rating },
  }
}

function incident(hall: string, day: string) {
  sent += 1
  cell(hall, day.slice(0, 7)).incidents += 1
  return { id: `i${sent}`, type: 'incident', entity: hall, at: `${day}T02:00:00Z` }
}

const lines = (...points: [number, number][]) => ({ kind: 'piecewise' as const, points })
export const scheme = (part: Partial<SchemeInput> = {}): SchemeInput => ({
  id: 'halls',
  title: inBoth('Halls'),
  grains: ['month', 'quarter'],
  entityKind: 'hall',
  dimensions: [
    {
      id: 'process',
      title: inBoth('Process'),
      weight: 0.6,
      items: [
        {
          id: 'prompt',
          source: { kind: 'indicator', indicator: 'prompt' },
          weight: 1,
          transform: lines([50, 0], [100, 100]),
          required: true,
        },
      ],
    },
    {
      id: 'voice',
      title: inBoth('Voice'),
      weight: 0.4,
      items: [
        {
          id: 'rating',
          source: { kind: 'indicator', indicator: 'rating' },
          weight: 1,
          transform: lines([1, 0], [5, 100]),
        },
      ],
    },
  ],
  gates: [
    {
      id: 'incident',
      title: inBoth('Incident'),
      indicator: 'incidents',
      operator: 'at-least',
      limit: 1,
      cap: { kind: 'stars', most: 2 },
    },
  ],
  grades: { bands: { kind: 'fixed', from: [40, 50, 60, 70] }, hysteresisPoints: 1 },
  ...part,
})

/** As the scheme above says, from what was sent. */
export function byHand(hall: string, months: readonly string[]) {
  const cells = months.map((month) => cell(hall, month))
  const n = cells.reduce((sum, each) => sum + each.n, 0)
  if (n < 10) return null
  const share = cells.reduce((sum, each) => sum + each.prompt, 0) / n
  const ratings = cells.flatMap((each) => each.ratings)
  const rating = ratings.reduce((sum, each) => sum + each, 0) / ratings.length
  const clamp = (value: number) => Math.min(100, Math.max(0, value))
  return 0.6 * clamp((share * 100 - 50) * 2) + 0.4 * clamp((rating - 1) * 25)
}

/** Twelve halls, the last one tiny, with three months of visits and one incident. */
export async function openHalls(): Promise<{ house: House; office: Api }> {
  const house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-04-10' })
  const administrator = await house.as('administrator')
  for (const [index, key] of HALLS.entries())
    await administrator.organisation.createEntity({
      key,
      name: `${key} 大厅`,
      kind: 'hall',
      attributes: { level: index % 2 === 0 ? 'city' : 'county' },
    })
  await house.installation.platform.settle()
  const office = await house.as('improvement-office')
  for (const draft of hallIndicators) await office.measurement.saveIndicator(draft)
  const random = seededRandom(0.42)
  const events: object[] = []
  for (const month of MONTHS)
    for (const [index, hall] of HALLS.entries()) {
      // The last hall is tiny: six visits a month.
      const count = index === HALLS.length - 1 ? 6 : 40 + 10 * index
      for (let visitNumber = 0; visitNumber < count; visitNumber += 1) {
        const day = Temporal.PlainDate.from(`${month}-01`).add({ days: visitNumber % 28 })
        const at = day.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '10:00' })
        events.push(visit(hall, at, random() < 0.6 + index * 0.03, 2 + Math.floor(random() * 4)))
      }
    }
  events.push(incident('H11', '2026-03-05'))
  for (let start = 0; start < events.length; start += 1000)
    await office.measurement.recordEvents({ events: events.slice(start, start + 1000) })
  await house.installation.platform.settle()
  return { house, office }
}
