/** Ten thousand alerts in one minute: each is there once, people are told in one line, and easing them all again takes no longer. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveIndicator } from '#measurement/actions/indicators'
import type { Context } from '#platform/context'
import { ORGANISATION } from '#platform/testing/world'
import { recordLines } from '../../measurement/actions/intake/record-lines.ts'
import { foldDue } from '../../measurement/folding/fold-due.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../../measurement/imports/open-for-test.ts'
import { ruleDraft } from '../contract.ts'
import { alertCounts, listAlerts } from './desk/read.ts'
import { evaluateRules } from './evaluating/evaluate.ts'
import { complaintsCounted } from './evaluating/shops-for-test.ts'
import { tellEscalated, tellFlood, tellRaised } from './notify.ts'
import { saveRule } from './rules.ts'

const UNITS = 10_000
let all: MeasurementWorld
const run = <T>(work: (context: Context) => Promise<T>) => all.run(work)
const noticesOf = async (kind: string) => {
  const { rows } = await all.world.records.ownerPool.query<{
    key: string
    person_id: string
    zh: string
    importance: string
  }>(
    `select m.key, n.person_id, m.title->>'zh' as zh, m.importance from notices.message m join notices.notice n on n.message_id = m.id
     where m.kind = $1 order by m.key`,
    [kind],
  )
  return rows
}

beforeAll(async () => {
  all = await openMeasurementWorld('2026-02-05T01:00:00Z')
  const keys = Array.from({ length: UNITS }, (_unused, index) => `window-${index}`)
  for (let start = 0; start < UNITS; start += 2000) await all.createEntities(keys.slice(start, start + 2000), 'window')
  await run((context) => saveIndicator(context, complaintsCounted))
  const lines = keys.flatMap((entity) =>
    Array.from({ length: 6 }, (_unused, index) =>
      JSON.stringify({ id: `${entity}-${index}`, type: 'complaint', entity, at: '2026-02-04T04:00:00Z' }),
    ),
  )
  const answer = await all.apart((context) =>
    recordLines(
      context,
      (async function* body() {
        yield Buffer.from(`${lines.join('\n')}\n`)
      })(),
    ),
  )
  expect(answer).toMatchObject({ stored: 6 * UNITS, refused: 0 })
  await all.settle()
  for (let round = 0; round < 3; round += 1) await all.apart((context) => foldDue(context))
}, 120_000)
afterAll(() => all?.close())

test('every unit beyond the level has one alert', async () => {
  all.world.clock.set(Temporal.Instant.from('2026-02-09T01:00:00Z'))
  await run((context) =>
    saveRule(
      context,
      ruleDraft.parse({
        id: 'weekly',
        title: { zh: '周投诉', en: 'Weekly complaints' },
        indicator: 'complaints',
        grain: 'week',
        watch: { entityKind: 'window' },
        condition: { kind: 'threshold', levels: { yellow: 1 } },
        minimumN: 0,
        startsOn: '2026-02-02',
      }),
    ),
  )
  const counts = await run((context) => alertCounts(context))
  expect(counts).toMatchObject({ yellow: UNITS })
  await run((context) => evaluateRules(context))
  expect(await run((context) => alertCounts(context))).toMatchObject({ yellow: UNITS })
}, 60_000)

test('all of them ease in one go', async () => {
  all.world.clock.set(Temporal.Instant.from('2026-02-16T01:00:00Z'))
  await run((context) => evaluateRules(context))
  const page = await run((context) => listAlerts(context, { state: 'live', drill: false, limit: 50 }))
  expect(new Set(page.rows.map((alert) => alert.signal))).toEqual(new Set(['normal']))
  expect(await run((context) => alertCounts(context))).toMatchObject({ yellow: UNITS })
}, 60_000)

test('whoever owes is told once, in words; a flood in one line; what is overdue goes to the next', async () => {
  const pool = all.world.records.ownerPool
  for (const [id, role] of [
    ['head', 'department-head'],
    ['office', 'improvement-office'],
  ]) {
    await pool.query(
      `insert into organisation.person (organisation_id, id, name, email, created_at) values ($1, $2, $2, $2 || '@example.com', now())`,
      [ORGANISATION, id],
    )
    await pool.query(
      `insert into organisation.role_assignment (organisation_id, person_id, role, entity) values ($1, $2, $3, 0)`,
      [ORGANISATION, id, role],
    )
  }
  const { rows } = await run((context) => listAlerts(context, { state: 'live', drill: false, limit: 2 }))
  const [one] = rows
  for (let times = 0; times < 2; times += 1) await run((context) => tellRaised(context, { id: one!.id }))
  expect(await noticesOf('alert-raised')).toMatchObject([
    { person_id: 'head', zh: `黄色预警：${one!.entity.name}，周投诉`, importance: 'low' },
  ])
  const ids = rows.map(({ id }) => id)
  for (let times = 0; times < 2; times += 1)
    await run((context) => tellFlood(context, { rule: 'weekly', count: UNITS - 50, ids }))
  expect((await noticesOf('alert-raised')).filter(({ person_id }) => person_id === 'office')).toMatchObject([
    { zh: `同时有 9,950 条预警：周投诉`, importance: 'urgent' },
  ])
  const duty = one!.duties[0]!
  await run((context) => tellEscalated(context, { alert: one!.id, duty: duty.id, person: 'office', step: 1 }))
  expect(await noticesOf('alert-escalated')).toMatchObject([
    { person_id: 'office', zh: `超时未办：${one!.entity.name}，${duty.title.zh}` },
  ])
})
