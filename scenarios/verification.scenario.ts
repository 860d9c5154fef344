/**
 * Proofs of several methods in one world: twelve halls, planted effects of all kinds, a measure everybody's luck would flatter, a unit picked at
 * its worst, a waiver, and an effect that does not last. Days are lived through; every verdict is the daily run's own.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanDraft } from '../modules/plans/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import { seededChance } from '../platform/seeded-random.ts'
import { meanWaiting } from './indicators.ts'
import { type House, openHouse } from './house.ts'

const FIRST = '2024-12-30'
const CUT_WEEK = 52
const END_WEEK = 76
const WEEKS = 104
const week = (index: number) => Temporal.PlainDate.from(FIRST).add({ weeks: index }).toString()
const OTHERS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8']
/** Minutes each hall's waiting changes by, in a week. */
const planted: Record<string, (index: number) => number> = {
  GOOD: (index) => (index >= CUT_WEEK ? -12 : 0),
  IDLE: () => 0,
  HARM: (index) => (index >= CUT_WEEK ? 12 : 0),
  // Bad by chance for four weeks before; nothing was ever done.
  PICKED: (index) => (index >= CUT_WEEK - 4 && index < CUT_WEEK ? 9 : 0),
  // Works, and is forgotten half a year later.
  FADES: (index) => (index >= CUT_WEEK && index < END_WEEK + 6 ? -12 : 0),
}
/** From the cut on a new line opened nearby: everybody waits less, measure or not. */
const common = (index: number) => (index >= CUT_WEEK ? -7 : 0)

let house: House
let office: Api
let head: Api
let steering: Api
let headId = ''
const plans = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: week(WEEKS + 1) })
  const administrator = await house.as('administrator')
  await administrator.organisation.createEntity({ key: 'ALL', name: '全市', kind: 'city' })
  const halls = [...Object.keys(planted), ...OTHERS]
  for (const key of halls)
    await administrator.organisation.createEntity({ key, name: `大厅 ${key}`, kind: 'hall', parentKey: 'ALL' })
  ;[office, head, steering] = await Promise.all([
    house.as('improvement-office'),
    house.as('department-head'),
    house.as('steering-group'),
  ])
  headId = (await head.organisation.me({})).person.id
  const random = seededChance(11)
  const rows = halls.flatMap((key, place) =>
    Array.from({ length: WEEKS }, (_, index) => {
      const level = 40 + place + (planted[key]?.(index) ?? 0) + common(index) + 3 * (random() + random() - 1)
      return [-5, 0, 5].map(
        (apart, visit) => `${key}-${index}-${visit},${key},${week(index)}T09:00:00+08:00,${level + apart}`,
      )
    }).flat(),
  )
  const content = `id,hall,time,minutes\n${rows.join('\n')}\n`
  const state = await house.importFile({ name: 'visits.csv', content }, 'visits', {
    eventType: 'visit',
    entity: { columns: ['hall'] },
    unknownEntities: 'refuse',
    time: { column: 'time', format: 'iso' },
    identity: ['id'],
    attributes: [],
    values: [{ name: 'minutes', column: 'minutes' }],
    emptyNumber: 'refuse',
  })
  expect(state).toMatchObject({ state: 'done', stored: rows.length })
  await office.measurement.saveIndicator(meanWaiting)
})
afterAll(() => house?.close())

type Proving = Partial<PlanDraft['verification']>
const draft = (title: string, entity: string, proving: Proving): PlanDraft => ({
  title,
  kind: 'project',
  entity,
  alertId: null,
  currentState: 'People wait.',
  goal: { indicator: 'waiting', entity, fromValue: 45, toValue: 30, byDate: week(END_WEEK) },
  measures: [{ what: 'A measure', ownerId: headId, costYuan: 100, benefit: '' }],
  tasks: [{ title: 'A task', ownerId: headId, startsOn: null, dueOn: week(CUT_WEEK) }],
  interventionOn: week(CUT_WEEK),
  verification: {
    grain: 'week',
    baselineFrom: FIRST,
    endsOn: Temporal.PlainDate.from(week(END_WEEK)).subtract({ days: 1 }).toString(),
    smallestEffect: 5,
    seasonPeriods: 0,
    ...proving,
  },
})

async function approve(title: string, entity: string, proving: Proving): Promise<string> {
  const plan = await head.plans.draftPlan(draft(title, entity, proving))
  await head.plans.submitPlan({ id: plan.id })
  await office.plans.reviewPlan({ id: plan.id, decision: 'pass' })
  await steering.plans.approvePlan({ id: plan.id, decision: 'approve' })
  plans.set(title, plan.id)
  return plan.id
}
const proofOf = (title: string) => head.verification.readProof({ planId: plans.get(title)! })

const compared = ['comparative-series', 'difference-in-differences', 'synthetic-control'] as const

describe('a year of proofs', () => {
  test('a method without its comparison is refused by field; advice says how to go on', async () => {
    await house.liveOn(week(CUT_WEEK))
    for (const [method, comparison, rule] of [
      ['difference-in-differences', ['C1'], 'too-few'],
      ['interrupted-time-series', ['C1'], 'unused'],
      ['comparative-series', ['GOOD'], 'distinct'],
    ] as const)
      await expect(
        head.plans.draftPlan(draft('wrong', 'GOOD', { method, comparison: [...comparison] })),
      ).rejects.toMatchObject({ code: 'INVALID', data: { issues: [{ field: 'verification.comparison', rule }] } })
    const windows = {
      grain: 'week',
      baselineFrom: FIRST,
      interventionOn: week(CUT_WEEK),
      endsOn: week(END_WEEK),
    } as const
    const question = { indicator: 'waiting', ...windows, smallestEffect: 5 }
    const advice = await head.verification.adviseDesign({ ...question, entity: 'PICKED' })
    expect(advice.warnings.map(({ code }) => code)).toContain('regression-to-the-mean')
    expect(advice.runUpPeriods).toBeGreaterThan(0)
    expect(advice.comparison.map(({ key }) => key)).toEqual(expect.arrayContaining(OTHERS))
    expect(advice.candidates[0]).toMatchObject({ design: 'synthetic-control', feasible: true })
    expect(advice.candidates[0]!.power).toBeGreaterThan(0.9)
    const swapped = { ...question, entity: 'GOOD', endsOn: FIRST }
    await expect(head.verification.adviseDesign(swapped)).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('verdicts as planted; what moves everybody flatters only the design without comparison', async () => {
    for (const method of compared) {
      for (const entity of ['GOOD', 'IDLE', 'HARM'])
        await approve(`${method} ${entity}`, entity, { method, comparison: OTHERS })
      await approve(`${method} PICKED`, 'PICKED', { method, comparison: OTHERS, runUpPeriods: 4 })
    }
    await approve('alone IDLE', 'IDLE', {})
    await approve('strict IDLE', 'IDLE', { method: 'comparative-series', comparison: OTHERS, smallestEffect: 0.05 })
    await approve('FADES', 'FADES', { method: 'comparative-series', comparison: OTHERS, watchPeriods: 26 })
    const waived = await approve('waived', 'GOOD', {})
    await house.liveOn(week(CUT_WEEK + 1))
    await expect(head.verification.waiveProof({ planId: waived, reason: 'No time for proofs.' })).rejects.toMatchObject(
      {
        code: 'NOT_ALLOWED',
      },
    )
    await steering.verification.waiveProof({ planId: waived, reason: 'The hall closes in March.' })
    for (let index = CUT_WEEK + 4; index <= END_WEEK; index += 4) await house.liveOn(week(index))
    await house.liveOn(week(END_WEEK))

    const outcomes: Record<string, string | undefined> = {}
    for (const title of plans.keys()) outcomes[title] = (await proofOf(title)).verdict?.outcome
    for (const method of compared) {
      expect(outcomes[`${method} GOOD`]).toBe('effective')
      expect(outcomes[`${method} IDLE`]).toBe('no-relevant-difference')
      expect(outcomes[`${method} HARM`]).toBe('harmful')
      expect(outcomes[`${method} PICKED`]).toBe('no-relevant-difference')
    }
    expect(outcomes['alone IDLE']).toBe('effective')
    expect(outcomes['strict IDLE']).toBe('undecided')
    expect(outcomes['FADES']).toBe('effective')
  })

  test('the waiver stays by name and closes as waived; the undecided one says what it would take', async () => {
    const waived = await proofOf('waived')
    expect(waived).toMatchObject({ verdict: null, design: { state: 'waived' }, waiver: { by: 'steering-group' } })
    expect(await head.plans.readPlan({ id: plans.get('waived')! })).toMatchObject({
      state: 'closed',
      outcome: 'waived',
    })
    await expect(office.verification.concludeProof({ planId: plans.get('waived')! })).rejects.toMatchObject({
      code: 'WAIVED',
    })
    const strict = (await proofOf('strict IDLE')).verdict!
    expect(strict.needed).toMatchObject({ power: 0.8 })
    expect(strict.needed!.powerNow).toBeLessThan(0.3)
    const others = (await proofOf('comparative-series GOOD')).verdict!.checks.find(({ code }) => code === 'other-plans')
    expect(others).toMatchObject({ state: 'warn' })
  })

  test('anybody recomputes every proof with the script alone, and a touched file is found out', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'bihuan-proof-'))
    const script = join(import.meta.dirname, '..', 'apps', 'web', 'public', 'recompute-proof.mjs')
    const run = (content: unknown) => {
      const path = join(directory, 'proof.json')
      writeFileSync(path, JSON.stringify(content))
      return spawnSync(process.execPath, [script, path], { encoding: 'utf8' }).stdout
    }
    for (const title of plans.keys()) expect(run(await proofOf(title))).toContain('Everything agrees.')
    const touched = await proofOf('comparative-series IDLE')
    touched.points[3]!.value! += 20
    expect(run(touched)).toContain('DIFFERS effect: value')
    rmSync(directory, { recursive: true })
  })

  test('together: what share was proved effective, and what one of them returns', async () => {
    const portfolio = await head.verification.readPortfolio({})
    const effective = portfolio.byKind.find(({ group }) => group === 'project')!
    expect(effective).toMatchObject({ plans: plans.size, effective: 5, harmful: 3, waived: 1, undecided: 1 })
    expect(effective.low < effective.share && effective.share < effective.high).toBe(true)
    expect(portfolio.worked.map(({ planTitle }) => planTitle)).toContain('synthetic-control GOOD')
    const range = (least: number, most: number) => ({ least, likely: (least + most) / 2, most })
    const question = { costYuan: range(1000, 2000), yuanPerUnit: range(10, 20), periods: range(20, 30) }
    const answer = await head.verification.simulateReturn({
      planId: plans.get('comparative-series GOOD')!,
      ...question,
    })
    expect(answer.netYuan.median).toBeGreaterThan(2500)
    expect(answer.netYuan.median).toBeLessThan(3500)
    expect(answer.netYuan.low < answer.netYuan.median && answer.netYuan.median < answer.netYuan.high).toBe(true)
    await expect(head.verification.simulateReturn({ planId: plans.get('waived')!, ...question })).rejects.toMatchObject(
      {
        code: 'NO_EFFECT',
      },
    )
  })

  test('an effect that does not last opens its plan again', async () => {
    for (let index = END_WEEK + 1; index <= END_WEEK + 20; index += 1) await house.liveOn(week(index))
    const { watch } = await proofOf('FADES')
    expect(watch).toMatchObject({ state: 'relapsed' })
    expect(watch!.relapsedSince! >= week(END_WEEK + 6) && watch!.relapsedSince! <= week(END_WEEK + 10)).toBe(true)
    const plan = await head.plans.readPlan({ id: plans.get('FADES')! })
    expect(plan).toMatchObject({ state: 'change-requested', outcome: null })
    expect(plan.steps.at(-1)).toMatchObject({ what: 'reopened' })
  })
})
