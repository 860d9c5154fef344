/** What happens after an alert: a plan started and ticked off, passed on to a regulator, counted as answered; and a drill nobody knew of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiClient } from '#platform/http/client'
import { judgeSignature, signedHeaders } from '#platform/outbound/signature'
import { textIsSigned } from '#platform/signing/ed25519'
import { canonicalText } from '#platform/text/canonical-text'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import { type House, openHouse } from './house.ts'
import { openAddress } from './publishing/world.ts'

let house: House
let office: Api
let head: Api
let address: Awaited<ReturnType<typeof openAddress>>
let secret = ''
let alertId = ''
const HALL = 'HALL'
const settle = () => house.installation.platform.settle()
const later = (minutes: number) => house.clock.stand(house.clock.now().add({ minutes }))
const run = (schedule: string) => house.installation.platform.runSchedule(schedule)

async function faults(entity: string, times: number): Promise<void> {
  const events = Array.from({ length: times }, (_unused, index) => ({
    id: `${entity}-${house.clock.now().toString()}-${index}`,
    type: 'fault',
    entity,
    at: house.clock.now().toString(),
    attributes: { cause: 'door' },
  }))
  await office.measurement.recordEvents({ events })
  await settle()
}
const messages = () =>
  address.heard.map(
    ({ body }) =>
      JSON.parse(body) as {
        type: string
        data: { content: object; signature: object; acknowledge: { path: string; token: string } }
      },
  )

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-10-08', pullPrivate: true })
  address = await openAddress()
  house.clock.stand(Temporal.Instant.from('2026-10-08T02:00:00Z'))
  const administrator = await house.as('administrator')
  await administrator.organisation.createEntity({ key: HALL, name: '一号大厅', kind: 'hall' })
  await administrator.organisation.createEntity({ key: 'OTHER', name: '二号大厅', kind: 'hall' })
  office = await house.as('improvement-office')
  head = await house.as('department-head')
  await settle()
  await office.alerts.saveRule({
    id: 'lift-again',
    title: { zh: '电梯重复故障', en: 'Lift fails again' },
    indicator: null,
    grain: 'day',
    watch: { entityKind: 'hall' },
    condition: {
      kind: 'repeated',
      eventType: 'fault',
      same: ['cause'],
      windowHours: 24,
      levels: { orange: 3, red: 6 },
    },
    startsOn: '2026-10-01',
  })
})
afterAll(async () => {
  address?.close()
  await house?.close()
})

describe('passed on', () => {
  test('a regulator is told, though its server refuses twice: signed, no more than it needs', async () => {
    const draft = {
      id: 'regulator',
      recipient: '市监管局',
      address: address.url,
      match: { leastColour: 'orange' as const },
    }
    await expect(head.alerts.saveSubscription(draft)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(office.alerts.saveSubscription({ ...draft, address: 'ftp://x.example' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    const made = await office.alerts.saveSubscription(draft)
    secret = made.secret!
    expect((await office.alerts.saveSubscription(draft)).secret).toBeNull()
    expect(JSON.stringify(await office.alerts.listSubscriptions({}))).not.toContain(secret)
    expect(await office.evaluation.listSubscriptions({})).toEqual([])
    address.refuse(2)
    await faults(HALL, 3)
    for (const minutes of [2, 6]) {
      later(minutes)
      await run('alerts.sendAgain')
    }
    const { rows } = await office.alerts.listAlerts({ entity: HALL })
    alertId = rows[0]!.id
    expect(address.heard).toHaveLength(3)
    const { headers, body } = address.heard[2]!
    expect(judgeSignature(secret, signedHeaders(headers), Buffer.from(body), house.clock.now())).toBe('genuine')
    const { data } = messages()[2]!
    expect(data.content).toMatchObject({
      format: 'bihuan-alert/1',
      what: 'raised',
      colour: 'orange',
      entity: { key: HALL },
      title: { zh: '电梯重复故障' },
      value: null,
    })
    const signature = data.signature as { value: string; publicKey: string }
    expect(textIsSigned(canonicalText(data.content), signature.value, signature.publicKey)).toBe(true)
  })

  test('it acknowledges without signing in, by its token only, once', async () => {
    const [sharing] = (await office.alerts.listSharings({ alert: alertId })).rows
    expect(sharing).toMatchObject({
      what: 'raised',
      state: 'sent',
      attempts: 3,
      subscription: { recipient: '市监管局' },
    })
    const { path, token } = messages()[2]!.data.acknowledge
    const organisation = /public\/([^/]+)\//.exec(path)![1]!
    const anyone = createApiClient(apiContract, house.address, () => ({ origin: house.address }))
    const said = { organisation, id: sharing!.id, by: '值班员' }
    await expect(anyone.alerts.acknowledgeSharing({ ...said, token: 'wrong' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const first = await anyone.alerts.acknowledgeSharing({ ...said, token })
    later(5)
    expect(await anyone.alerts.acknowledgeSharing({ ...said, token })).toEqual(first)
    expect((await office.alerts.listSharings({ alert: alertId })).rows).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: '值班员' },
    ])
  })

  test('worse is told once more, the same is not', async () => {
    const before = address.heard.length
    await faults(HALL, 4)
    await settle()
    expect(
      messages()
        .slice(before)
        .map(({ data }) => data.content),
    ).toMatchObject([{ what: 'worsened', colour: 'red' }])
    await faults(HALL, 1)
    expect(address.heard).toHaveLength(before + 1)
  })
})

describe('responded to', () => {
  test('the plan that fits is proposed first, started once, ticked off by the clock, ended when all is said', async () => {
    const proposed = await head.alerts.proposedPlans({ id: alertId })
    expect(proposed[0]!.id).toBe('lift-trapped')
    const started = await head.alerts.startResponse({ id: alertId, plan: 'lift-trapped' })
    await expect(head.alerts.startResponse({ id: alertId, plan: 'lift-trapped' })).rejects.toMatchObject({
      code: 'RESPONSE_RUNNING',
    })
    expect(started.steps.every((step) => !step.overdue && step.doneAt === null)).toBe(true)
    const [first, ...others] = started.steps
    later(first!.withinMinutes + 1)
    expect((await head.alerts.listResponses({ id: alertId }))[0]!.steps[0]!.overdue).toBe(true)
    await expect(head.alerts.endResponse({ id: started.id })).rejects.toMatchObject({ code: 'STEPS_OPEN' })
    await expect(head.alerts.stepResponse({ id: started.id, step: first!.id, done: false })).rejects.toMatchObject({
      code: 'REMARK_NEEDED',
    })
    await head.alerts.stepResponse({ id: started.id, step: first!.id, done: false, remark: '无人被困' })
    for (const step of others) await head.alerts.stepResponse({ id: started.id, step: step.id, done: true })
    const ended = await head.alerts.endResponse({ id: started.id })
    expect(ended.endedAt).not.toBeNull()
    expect(ended.steps[0]).toMatchObject({ skippedBecause: '无人被困', doneAt: null })
    await expect(head.alerts.endResponse({ id: started.id })).rejects.toMatchObject({ code: 'RESPONSE_ENDED' })
    const alert = await head.alerts.readAlert({ id: alertId })
    expect(alert.history.map(({ what }) => what)).toContain('response-started')
    const used = (await office.alerts.listResponsePlans({})).find((plan) => plan.id === 'lift-trapped')
    expect([used!.lastUsedAt, used!.lastDrilledAt]).toEqual([started.startedAt, null])
  })

  test('a plan of the library is changed by saving it: the response that ran keeps its own', async () => {
    const plans = await office.alerts.listResponsePlans({})
    expect(plans.length).toBeGreaterThanOrEqual(24)
    const {
      origin: _origin,
      version: _version,
      lastUsedAt: _used,
      lastDrilledAt: _drilled,
      ...draft
    } = plans.find((plan) => plan.id === 'lift-trapped')!
    const saved = await office.alerts.saveResponsePlan({ ...draft, steps: draft.steps.slice(0, 3) })
    expect([saved.origin, saved.version, saved.steps.length]).toEqual(['changed', 2, 3])
    const [ran] = await head.alerts.listResponses({ id: alertId })
    expect([ran!.plan.version, ran!.steps.length]).toEqual([1, draft.steps.length])
  })
})

describe('the two-hour answer', () => {
  test('is an event of the unit: late where nobody answered, in time where somebody did', async () => {
    await faults('OTHER', 3)
    const [other] = (await office.alerts.listAlerts({ entity: 'OTHER' })).rows
    later(30)
    await head.alerts.acknowledgeAlert({ id: other!.id })
    await settle()
    later(120)
    await run('alerts.recordUnanswered')
    await settle()
    const events = await office.measurement.listEvents({ type: 'alert-answer', limit: 10 })
    const told = events.rows.map(({ entity, attributes, values }) => [
      entity,
      attributes['on-time'],
      values['waiting-minutes'],
    ])
    expect(told.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      [HALL, 'no', 120],
      ['OTHER', 'yes', 30],
    ])
  })
})

describe('drilled', () => {
  test('drawn for the quarter; nobody but those who plan it learns the day', async () => {
    await office.alerts.saveDrillProgramme({
      perQuarter: 2,
      plans: ['power-cut', 'fire'],
      entityKind: 'hall',
      colour: 'orange',
    })
    await run('alerts.drills')
    await run('alerts.drills')
    const planned = await office.alerts.listDrills({})
    expect(planned.map((drill) => [drill.state, drill.quarter])).toEqual([
      ['drawn', '2026-10-01'],
      ['drawn', '2026-10-01'],
    ])
    expect(planned.every((drill) => drill.startsAt! > '2026-10-09' && drill.startsAt! < '2027-01-01')).toBe(true)
    const told = await head.alerts.listDrills({})
    expect(told.map((drill) => [drill.startsAt, drill.plan, drill.entity, drill.seed])).toEqual([
      [null, null, null, null],
      [null, null, null, null],
    ])
  })

  test('held in a copy of the real flow: duties, checklist and clock, apart from the desk and from others outside', async () => {
    const before = address.heard.length
    const [first] = await office.alerts.listDrills({})
    house.clock.stand(Temporal.Instant.from(first!.startsAt!).add({ minutes: 1 }))
    const counts = await office.alerts.alertCounts({})
    await run('alerts.drills')
    await settle()
    const [running] = (await head.alerts.listDrills({})).filter((drill) => drill.state === 'running')
    expect(running!.plan!.id).toBe(first!.plan!.id)
    expect(await office.alerts.alertCounts({})).toMatchObject({ orange: counts.orange, red: counts.red })
    const { rows } = await head.alerts.listAlerts({ drill: true })
    expect(rows).toMatchObject([{ id: running!.alertId, drill: true, rule: { title: { zh: '演练' } } }])
    expect(rows[0]!.duties.length).toBeGreaterThan(0)
    expect(address.heard).toHaveLength(before)
    later(7)
    await head.alerts.acknowledgeAlert({ id: running!.alertId! })
    const [response] = await head.alerts.listResponses({ id: running!.alertId! })
    for (const step of response!.steps) await head.alerts.stepResponse({ id: response!.id, step: step.id, done: true })
    await head.alerts.endResponse({ id: response!.id })
    const [finished] = (await head.alerts.listDrills({})).filter((drill) => drill.id === running!.id)
    expect(finished).toMatchObject({
      state: 'finished',
      stepsInTime: { of: response!.steps.length },
      // The other drill of the quarter is still to come.
      seed: null,
    })
    expect([finished!.answeredMinutes!, finished!.finishedMinutes!].map(Math.round)).toEqual([7, 7])
  })

  test('what it showed becomes a duty with an owner and a day; what is called off does not begin', async () => {
    const me = (await head.organisation.me({})).person.id
    const [held] = (await office.alerts.listDrills({})).filter((drill) => drill.state === 'finished')
    const noted = await head.alerts.addFinding({ id: held!.id, text: '应急灯两盏不亮', owner: me, dueDays: 7 })
    expect(noted.findings).toMatchObject([{ text: '应急灯两盏不亮', owner: { id: me }, doneAt: null }])
    const alert = await head.alerts.readAlert({ id: held!.alertId! })
    expect(alert.duties.map((duty) => duty.kind)).toContain('finding')
    const finding = noted.findings[0]!.id
    const done = await head.alerts.finishFinding({ id: held!.id, finding, remark: '已更换' })
    expect(done.findings[0]!.doneAt).not.toBeNull()
    await expect(head.alerts.finishFinding({ id: held!.id, finding, remark: '已更换' })).rejects.toMatchObject({
      code: 'DUTY_DONE',
    })
    const [next] = (await office.alerts.listDrills({})).filter((drill) => drill.state === 'drawn')
    await expect(
      head.alerts.addFinding({ id: next!.id, text: '太早了', owner: null, dueDays: 3 }),
    ).rejects.toMatchObject({
      code: 'DRILL_NOT_BEGUN',
    })
    await office.alerts.callOffDrill({ id: next!.id })
    await expect(office.alerts.callOffDrill({ id: next!.id })).rejects.toMatchObject({ code: 'DRILL_OVER' })
    // Now that all of the quarter are over, the draw can be done again by anybody.
    expect((await head.alerts.listDrills({})).every((drill) => drill.seed !== null)).toBe(true)
  })
})
