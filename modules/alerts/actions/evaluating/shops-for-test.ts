/** Shops whose complaints rules look at, for tests on real stores. */
import { saveIndicator } from '#measurement/actions/indicators'
import { createMissingEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { indicatorDraft } from '../../../measurement/contract/indicators.ts'
import { recordEvents } from '../../../measurement/actions/intake/record-events.ts'
import { foldDue } from '../../../measurement/folding/fold-due.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../../../measurement/imports/open-for-test.ts'
import { type Alert, type RuleDraftInput, ruleDraft } from '../../contract.ts'
import { listAlerts } from '../desk/read.ts'

export let all: MeasurementWorld
const title = { zh: '投诉', en: 'Complaints' }
export const SHOPS = Array.from({ length: 12 }, (_unused, index) => `shop-${String(index + 1).padStart(2, '0')}`)
export const NOON = 'T04:00:00Z'
let serial = 0

export const run = <T>(work: (context: Context) => Promise<T>) => all.run(work)
export const goTo = (instant: string) => all.world.clock.set(Temporal.Instant.from(instant))

/** So many complaints at a shop on a day. */
export async function complain(
  shop: string,
  day: string,
  count: number,
  attributes: Record<string, string> = {},
): Promise<void> {
  const events = Array.from({ length: count }, () => {
    serial += 1
    return { id: `e${serial}`, type: 'complaint', entity: shop, at: `${day}${NOON}`, attributes, values: {} }
  })
  for (let start = 0; start < events.length; start += 1000)
    await run((context) => recordEvents(context, { events: events.slice(start, start + 1000) }))
}

export const rule = (id: string, condition: RuleDraftInput['condition'], part: Partial<RuleDraftInput> = {}) =>
  ruleDraft.parse({
    id,
    title: { zh: `规则 ${id}`, en: `Rule ${id}` },
    indicator: 'complaints',
    grain: 'week',
    watch: { entityKind: 'shop' },
    condition,
    minimumN: 0,
    startsOn: '2026-01-05',
    ...part,
  })
export const alertsOf = async (ruleId: string, state: 'all' | 'live' = 'all'): Promise<Alert[]> =>
  (await run((context) => listAlerts(context, { state, rule: ruleId, drill: false, limit: 200 }))).rows
export const told = (alert: Alert) => alert.history.map((line) => line.what)
export const shape = (alert: Alert) => [alert.entity.key, alert.colour, alert.state, alert.signal]

/** Complaints as they come, none where there are none. */
export const complaintsCounted = indicatorDraft.parse({
  id: 'complaints',
  title,
  explanation: title,
  unit: 'count',
  direction: 'lower-is-better',
  missing: { noEvents: 'zero' },
  definition: {
    kind: 'count',
    eventType: 'complaint',
    where: [],
    numerator: [{ of: 'events', coefficient: 1, where: [] }],
  },
  examples: [
    {
      from: '2026-01-01',
      to: '2026-01-01',
      events: [{ type: 'complaint', at: '2026-01-01T03:00:00Z', attributes: {}, values: {} }],
      expected: 1,
    },
  ],
})

/** Twelve shops in two districts with four weeks of complaints, ten a week everywhere. */
export async function openShops(): Promise<MeasurementWorld> {
  all = await openMeasurementWorld('2026-02-02T01:00:00Z')
  await run((context) => createMissingEntities(context, ['city'], { kind: 'city', parentKey: null }))
  await run((context) => createMissingEntities(context, ['north', 'south'], { kind: 'district', parentKey: 'city' }))
  await run((context) => createMissingEntities(context, SHOPS.slice(0, 6), { kind: 'shop', parentKey: 'north' }))
  await run((context) => createMissingEntities(context, SHOPS.slice(6), { kind: 'shop', parentKey: 'south' }))
  await all.settle()
  await run((context) => saveIndicator(context, complaintsCounted))
  // Four weeks of January, ten a week everywhere.
  for (const day of ['2026-01-07', '2026-01-14', '2026-01-21', '2026-01-28'])
    for (const shop of SHOPS) await complain(shop, day, 10)
  await all.settle()
  for (let round = 0; round < 4; round += 1) await all.apart((context) => foldDue(context))
  return all
}
