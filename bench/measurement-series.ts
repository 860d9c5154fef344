/** A monthly series of one indicator for 1,000 entities against the query somebody would write by hand on a plain MergeTree. */
import { must } from '../platform/refusal.ts'
import type { Measurements } from '../platform/measurements/measurements.ts'
import { indicatorDefinition } from '../modules/measurement/contract/definition.ts'
import { readSeries } from '../modules/measurement/reading/series-for-test.ts'
import {
  type Comparison,
  fillBoth,
  hashOf,
  median,
  ORGANISATION,
  waitForMerges,
  withStore,
} from './measurement-store.ts'

const ROWS = { small: 50_000, large: 10_000_000 } as const
const ROUNDS = { small: 5, large: 15 } as const
const ASKED_ENTITIES = Array.from({ length: 1000 }, (_unused, index) => index + 1)

const definition = indicatorDefinition.parse({
  kind: 'proportion',
  eventType: 'call',
  where: [{ attribute: 'channel', operator: 'is', value: 'web' }],
  numerator: [{ of: 'attendances' }, { of: 'breaches', coefficient: -1 }],
  denominator: [{ of: 'attendances' }],
})

const BY_HAND = `
  SELECT entity, toStartOfMonth(occurred_at, 'Asia/Shanghai') AS month,
    sum(values['attendances'] - values['breaches']) AS numerator, sum(values['attendances']) AS denominator
  FROM bihuan.plain_event
  WHERE organisation = '${ORGANISATION}' AND event_type = 'call' AND attributes['channel'] = 'web'
    AND entity IN {entities:Array(UInt64)}
    AND occurred_at >= toDateTime64('2024-01-01', 3, 'Asia/Shanghai') AND occurred_at < toDateTime64('2026-01-01', 3, 'Asia/Shanghai')
  GROUP BY entity, month ORDER BY entity, month`

interface ByHand {
  readonly entity: number
  readonly month: string
  readonly numerator: number
  readonly denominator: number
}

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison> {
  return withStore(async (measurements) => {
    await fillBoth(measurements, ROWS[size])
    await waitForMerges(measurements)
    return compareSeries(measurements, ROUNDS[size])
  })
}

/** Takes turns, so that whatever else the machine does falls on both. */
export async function compareSeries(measurements: Measurements, rounds: number): Promise<Comparison> {
  const subjects = { kind: 'entities', entities: ASKED_ENTITIES } as const
  const range = { from: '2024-01-01', to: '2025-12-31', timeZone: 'Asia/Shanghai' }
  const [own, hand]: [number[], number[]] = [[], []]
  let answerHash = ''
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    const points = await readSeries(measurements, ORGANISATION, { definition, subjects, grain: 'month', ...range })
    const between = performance.now()
    const rows = await measurements.query<ByHand>(BY_HAND, { entities: ASKED_ENTITIES })
    own.push(between - start)
    hand.push(performance.now() - between)
    answerHash = hashOf(points.map((each) => [each.entity, each.periodStart, each.numerator, each.denominator]))
    const handHash = hashOf(rows.map((row) => [row.entity, row.month, row.numerator, row.denominator]))
    must(answerHash === handHash, 'both sides give the same answer')
  }
  const [ours, reference] = [median(own), median(hand)]
  return { name: 'monthly series of 1,000 entities', ours, reference, ratio: ours / reference, unit: 'ms', answerHash }
}
