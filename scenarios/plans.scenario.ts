/** The way of a plan with everything that goes wrong on it, and a year of an organisation lived in seconds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanDraft } from '../modules/plans/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import { meanWaiting } from './indicators.ts'
import { type House, openHouse } from './house.ts'

let house: House
let office: Api
let head: Api
let steering: Api
let headId = ''

const FIRST = '2025-01-06'
const CUT = '2026-01-05'
const week = (index: number) => Temporal.PlainDate.from(FIRST).add({ weeks: index }).toString()
/** Minutes of 40 visits in a week: around 40 before the measure, around 25 after; a fixed pattern, no trend. */
const minutesOf = (index: number, visit: number) => (week(index) < CUT ? 40 : 25) + ((index * 7 + visit * 13) % 17) - 8

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-07-20' })
  const administrator = await house.as('administrator')
  await administrator.organisation.createEntity({ key: 'HALL', name: '大厅', kind: 'hall' })
  ;[office, head, steering] = await Promise.all([
    house.as('improvement-office'),
    house.as('department-head'),
    house.as('steering-group'),
  ])
  headId = (await head.organisation.me({})).person.id
  const rows = Array.from({ length: 80 }, (_, index) =>
    Array.from(
      { length: 40 },
      (_, visit) => `${index}-${visit},${week(index)}T09:00:00+08:00,${minutesOf(index, visit)}`,
    ),
  ).flat()
  const state = await house.importFile(
    { name: 'visits.csv', content: `id,time,minutes\n${rows.join('\n')}\n` },
    'visits',
    {
      eventType: 'visit',
      entity: { key: 'HALL' },
      unknownEntities: 'refuse',
      time: { column: 'time', format: 'iso' },
      identity: ['id'],
      attributes: [],
      values: [{ name: 'minutes', column: 'minutes' }],
      emptyNumber: 'refuse',
    },
  )
  expect(state).toMatchObject({ state: 'done', stored: 3200 })
  await office.measurement.saveIndicator(meanWaiting)
})
afterAll(() => house?.close())

const draft = (part: Partial<PlanDraft> = {}): PlanDraft => ({
  title: 'One queue',
  kind: 'project',
  entity: 'HALL',
  alertId: null,
  currentState: 'People wait 40 minutes.',
  goal: { indicator: 'waiting', entity: 'HALL', fromValue: 40, toValue: 28, byDate: '2026-06-30' },
  measures: [{ what: 'Pool the windows', ownerId: headId, costYuan: 100, benefit: '' }],
  tasks: [{ title: 'Move the ropes', ownerId: headId, startsOn: null, dueOn: '2026-01-02' }],
  interventionOn: CUT,
  verification: { grain: 'week', baselineFrom: FIRST, endsOn: '2026-05-31', smallestEffect: 5, seasonPeriods: 0 },
  ...part,
})

describe('the way of a plan', () => {
  test('what is missing or contradicts itself is told by field', async () => {
    const empty = await head.plans.draftPlan(draft({ currentState: '', measures: [], tasks: [] }))
    await expect(head.plans.submitPlan({ id: empty.id })).rejects.toMatchObject({
      code: 'PLAN_INCOMPLETE',
      data: { issues: [{ field: 'currentState' }, { field: 'measures' }, { field: 'tasks' }] },
    })
    const wrongWay = draft({ goal: { ...draft().goal, toValue: 50 } })
    await expect(head.plans.draftPlan(wrongWay)).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ field: 'goal.toValue' }] },
    })
    await expect(
      head.plans.draftPlan(draft({ tasks: [{ title: 'x', ownerId: 'nobody', startsOn: null, dueOn: CUT }] })),
    ).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' })
    expect((await head.plans.withdrawPlan({ id: empty.id })).state).toBe('withdrawn')
  })

  test('returned, mended, approved; nobody judges their own; each step is on record', async () => {
    const plan = await office.plans.draftPlan(draft())
    await office.plans.submitPlan({ id: plan.id })
    await expect(office.plans.reviewPlan({ id: plan.id, decision: 'pass' })).rejects.toMatchObject({
      code: 'STEP_NOT_POSSIBLE',
      data: { because: 'own-plan' },
    })
    await office.plans.withdrawPlan({ id: plan.id })

    const mine = await head.plans.draftPlan(draft())
    await head.plans.submitPlan({ id: mine.id })
    expect(
      (await office.plans.reviewPlan({ id: mine.id, decision: 'return', remark: 'Say what it costs.' })).state,
    ).toBe('draft')
    const edited = await head.plans.editPlan({ id: mine.id, revision: 1, draft: draft({ title: 'One queue, costed' }) })
    expect(edited.revision).toBe(2)
    await expect(head.plans.editPlan({ id: mine.id, revision: 1, draft: draft() })).rejects.toMatchObject({
      code: 'REVISION_STALE',
      data: { revision: 2 },
    })
    await head.plans.submitPlan({ id: mine.id })
    await office.plans.reviewPlan({ id: mine.id, decision: 'pass' })
    const approved = await steering.plans.approvePlan({ id: mine.id, decision: 'approve', remark: 'Yes.' })
    expect(approved.steps.map((step) => [step.by, step.what, step.remark])).toEqual([
      ['department-head', 'drafted', ''],
      ['department-head', 'submitted', ''],
      ['improvement-office', 'returned', 'Say what it costs.'],
      ['department-head', 'edited', ''],
      ['department-head', 'submitted', ''],
      ['improvement-office', 'reviewed', ''],
      ['steering-group', 'approved', 'Yes.'],
    ])
    await steering.plans.approvePlan({ id: mine.id, decision: 'approve' }).then(
      () => expect.unreachable('approved twice'),
      (error: unknown) => expect(error).toMatchObject({ code: 'STEP_NOT_POSSIBLE' }),
    )
  })
})

describe('a year in seconds: a change after approval goes round again', () => {
  test('the approved design waits, a rejected change falls back to it, an approved one supersedes it, the verdict closes the plan', async () => {
    await house.liveOn('2025-12-01')
    const plan = await head.plans.draftPlan(draft({ title: 'Story' }))
    const goRound = async () => {
      await head.plans.submitPlan({ id: plan.id })
      await office.plans.reviewPlan({ id: plan.id, decision: 'pass' })
    }
    await goRound()
    await steering.plans.approvePlan({ id: plan.id, decision: 'approve' })
    await house.liveOn('2025-12-02')
    const first = (await head.verification.readProof({ planId: plan.id })).design

    await head.plans.requestChange({ id: plan.id, remark: 'Ask for less.' })
    await head.plans.editPlan({
      id: plan.id,
      revision: 1,
      draft: draft({ title: 'Story, cheaper', verification: { ...draft().verification, smallestEffect: 1 } }),
    })
    await goRound()
    const rejected = await steering.plans.approvePlan({ id: plan.id, decision: 'reject', remark: 'No.' })
    expect(rejected).toMatchObject({
      state: 'running',
      title: 'Story',
      revision: 1,
      verification: { smallestEffect: 5 },
    })
    expect((await head.verification.readProof({ planId: plan.id })).design.sha256).toBe(first.sha256)

    await head.plans.requestChange({ id: plan.id })
    const changed = await head.plans.editPlan({
      id: plan.id,
      revision: 1,
      draft: draft({ title: 'Story, longer', verification: { ...draft().verification, endsOn: '2026-06-28' } }),
    })
    await goRound()
    await steering.plans.approvePlan({ id: plan.id, decision: 'approve' })
    await house.liveOn('2025-12-10')
    const second = (await head.verification.readProof({ planId: plan.id })).design
    expect(second).toMatchObject({ planRevision: changed.revision, endsOn: '2026-06-28', state: 'waiting' })
    expect(second.sha256).not.toBe(first.sha256)
    expect(
      (await office.verification.listProofs({ state: 'superseded' })).rows.map((row) => row.design.sha256),
    ).toContain(first.sha256)

    // A day each day: two hundred mornings, with every schedule of every module.
    for (let day = '2025-12-11'; day <= '2026-06-29'; day = Temporal.PlainDate.from(day).add({ days: 7 }).toString())
      await house.liveOn(day)
    await house.liveOn('2026-06-29')
    const proof = await head.verification.readProof({ planId: plan.id })
    expect(proof.verdict).toMatchObject({ outcome: 'effective', periodsBefore: 52, periodsAfter: 25 })
    expect(Math.abs(proof.verdict!.effect!.value - -15)).toBeLessThan(1)
    expect(await head.plans.readPlan({ id: plan.id })).toMatchObject({ state: 'closed', outcome: 'effective' })
    expect(proof.earlier.map((one) => [one.design.sha256, one.design.state])).toEqual([[first.sha256, 'superseded']])
    expect(proof.verdict!.specifications[0]).toMatchObject({ kind: 'frozen', outcome: 'effective' })
  })
})
