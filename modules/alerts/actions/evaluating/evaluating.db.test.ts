/** Rules at work on real stores: what is raised, held, revised, pooled, muted, and what becomes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveIndicator } from '#measurement/actions/indicators'
import { createMissingEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { indicatorDraft } from '../../../measurement/contract/indicators.ts'
import { recordEvents } from '../../../measurement/actions/intake/record-events.ts'
import { foldDue } from '../../../measurement/folding/fold-due.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../../../measurement/imports/open-for-test.ts'
import { type Alert, type RuleDraftInput, ruleDraft } from '../../contract.ts'
import { acknowledgeAlert, closeAlert, finishDuty } from '../desk/act.ts'
import { escalateDuties } from '../desk/escalate.ts'
import { alertCounts, listAlerts, readAlert, similarAlerts } from '../desk/read.ts'
import { saveInhibitions, saveQuiet } from '../quiet.ts'
import { listRules, saveRule } from '../rules.ts'
import { watchText } from '../texts.ts'
import { evaluateMoment, evaluateRules, reactToEvents } from './evaluate.ts'

let all: MeasurementWorld
const title = { zh: '投诉', en: 'Complaints' }
const SHOPS = Array.from({ length: 12 }, (_unused, index) => `shop-${String(index + 1).padStart(2, '0')}`)
const NOON = 'T04:00:00Z'
let serial = 0

const run = <T>(work: (context: Context) => Promise<T>) => all.run(work)
const goTo = (instant: string) => all.world.clock.set(Temporal.Instant.from(instant))

/** So many complaints at a shop on a day. */
async function complain(
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

const rule = (id: string, condition: RuleDraftInput['condition'], part: Partial<RuleDraftInput> = {}) =>
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
const alertsOf = async (ruleId: string, state: 'all' | 'live' = 'all'): Promise<Alert[]> =>
  (await run((context) => listAlerts(context, { state, rule: ruleId, drill: false, limit: 200 }))).rows
const told = (alert: Alert) => alert.history.map((line) => line.what)
const shape = (alert: Alert) => [alert.entity.key, alert.colour, alert.state, alert.signal]

beforeAll(async () => {
  all = await openMeasurementWorld('2026-02-02T01:00:00Z')
  await run((context) => createMissingEntities(context, ['city'], { kind: 'city', parentKey: null }))
  await run((context) => createMissingEntities(context, ['north', 'south'], { kind: 'district', parentKey: 'city' }))
  await run((context) => createMissingEntities(context, SHOPS.slice(0, 6), { kind: 'shop', parentKey: 'north' }))
  await run((context) => createMissingEntities(context, SHOPS.slice(6), { kind: 'shop', parentKey: 'south' }))
  await all.settle()
  await run((context) =>
    saveIndicator(
      context,
      indicatorDraft.parse({
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
      }),
    ),
  )
  // Four weeks of January, ten a week everywhere.
  for (const day of ['2026-01-07', '2026-01-14', '2026-01-21', '2026-01-28'])
    for (const shop of SHOPS) await complain(shop, day, 10)
  await all.settle()
  for (let round = 0; round < 4; round += 1) await all.apart((context) => foldDue(context))
})
afterAll(() => all?.close())

describe('a threshold from week to week', () => {
  const weekly = rule('weekly', { kind: 'threshold', levels: { yellow: 20, red: 60 } })
  test('fires on those and only those that are surely beyond, with duties and an owner to be', async () => {
    goTo('2026-02-09T01:00:00Z')
    await complain('shop-01', '2026-02-04', 45)
    await complain('shop-02', '2026-02-04', 22)
    await all.settle()
    await run((context) => saveRule(context, weekly))
    const alerts = await alertsOf('weekly')
    expect(alerts.map(shape)).toEqual([['shop-01', 'yellow', 'open', 'firing']])
    expect(alerts[0]).toMatchObject({ readings: [{ periodStart: '2026-02-02', value: 45, level: 20 }], owner: null })
    expect(alerts[0]!.readings[0]!.pValue).toBeLessThan(1e-4)
    expect(alerts[0]!.duties.map((duty) => [duty.title.en, duty.dueAt])).toEqual([
      ['Hand in a rectification plan', '2026-02-12T01:00:00Z'],
    ])
  })
  test('worse brings its own duties; the answer to it is done by taking charge', async () => {
    goTo('2026-02-16T01:00:00Z')
    await complain('shop-01', '2026-02-11', 150)
    await run((context) => evaluateRules(context))
    const [alert] = await alertsOf('weekly')
    expect(shape(alert!)).toEqual(['shop-01', 'red', 'open', 'firing'])
    expect(told(alert!)).toEqual(['raised', 'worsened'])
    expect(alert!.duties.map((duty) => duty.title.en).toSorted()).toEqual([
      'Answer within two hours',
      'Form a task force',
      'Free the resources that are needed',
      'Hand in a rectification plan',
      'Report every hour',
    ])
    await run((context) => acknowledgeAlert(context, { id: alert!.id, remark: '' }))
    const taken = await run((context) => readAlert(context, { id: alert!.id }))
    expect([taken.state, taken.owner?.name, taken.duties.find((duty) => duty.kind === 'answer')?.doneAt]).toEqual([
      'acknowledged',
      'Ann',
      '2026-02-16T01:00:00Z',
    ])
  })
  test('duties nobody does climb the line', async () => {
    goTo('2026-02-16T06:00:00Z')
    await run((context) => escalateDuties(context))
    const [alert] = await alertsOf('weekly')
    expect(alert!.overdue).toBe(true)
    expect(alert!.duties.some((duty) => duty.escalations > 0)).toBe(true)
  })
  test('the signal goes, the duty stays; the alert closes once both are gone', async () => {
    goTo('2026-02-23T01:00:00Z')
    await run((context) => evaluateRules(context))
    const [alert] = await alertsOf('weekly')
    expect(shape(alert!)).toEqual(['shop-01', 'red', 'acknowledged', 'normal'])
    expect(told(alert!)).toContain('signal-gone')
    for (const duty of alert!.duties.filter((each) => each.doneAt === null && each.kind === 'task'))
      await run((context) => finishDuty(context, { id: alert!.id, duty: duty.id, remark: '已完成' }))
    const done = await run((context) => readAlert(context, { id: alert!.id }))
    expect([done.state, done.closedBecause]).toEqual(['closed', 'back-to-normal'])
  })
  test('a relapse opens the same alert again', async () => {
    goTo('2026-03-02T01:00:00Z')
    await complain('shop-01', '2026-02-25', 70)
    await run((context) => evaluateRules(context))
    const alerts = await alertsOf('weekly')
    expect(alerts).toHaveLength(1)
    expect(alerts[0]!.state).toBe('open')
    expect(told(alerts[0]!).at(-1)).toBe('reopened')
    expect(alerts[0]!.readings.map((reading) => reading.periodStart)).toEqual([
      '2026-02-02',
      '2026-02-09',
      '2026-02-23',
    ])
  })
  test('late data judges again and marks the alert as revised; others are raised for the past', async () => {
    await complain('shop-01', '2026-02-26', 60)
    await complain('shop-03', '2026-02-26', 80)
    await run((context) =>
      reactToEvents(context, { eventTypes: ['complaint'], from: '2026-02-26T04:00:00Z', to: '2026-02-26T04:00:00Z' }),
    )
    const alerts = await alertsOf('weekly')
    const first = alerts.find((alert) => alert.entity.key === 'shop-01')!
    expect([first.revised, first.colour, first.readings.at(-1)!.value]).toEqual([true, 'red', 130])
    expect(alerts.find((alert) => alert.entity.key === 'shop-03')).toMatchObject({ colour: 'red', signal: 'firing' })
  })
  test('evaluations that did not take place are counted', async () => {
    goTo('2026-03-23T01:00:00Z')
    await run((context) => evaluateRules(context))
    const [known] = (await run((context) => listRules(context))).filter((each) => each.id === 'weekly')
    expect(known!.health).toMatchObject({ state: 'fine', evaluatedTo: '2026-03-16', missed: 2 })
  })
  test('another title changes nothing, another level judges anew', async () => {
    const before = await alertsOf('weekly', 'live')
    await run((context) => saveRule(context, { ...weekly, title: { zh: '新名', en: 'New name' } }))
    expect((await alertsOf('weekly', 'live')).map((alert) => told(alert).length)).toEqual(
      before.map((alert) => told(alert).length),
    )
    await run((context) =>
      saveRule(context, {
        ...weekly,
        condition: { kind: 'threshold', levels: { yellow: 500, orange: null, red: null } },
      }),
    )
    const [known] = (await run((context) => listRules(context))).filter((each) => each.id === 'weekly')
    expect(known!.health.firing).toBe(0)
  })
})

describe('steadiness', () => {
  test('pending until it holds, recovering until it is quiet', async () => {
    goTo('2026-04-06T01:00:00Z')
    await run((context) =>
      saveRule(
        context,
        rule(
          'steady',
          { kind: 'threshold', levels: { orange: 20 } },
          { startsOn: '2026-03-23', steadiness: { forPeriods: 2, quietPeriods: 2 } },
        ),
      ),
    )
    const state = async () => (await run((context) => listRules(context))).find((each) => each.id === 'steady')!.health
    const week = async (monday: string, count: number) => {
      const day = Temporal.PlainDate.from(monday).add({ days: 2 }).toString()
      goTo(`${Temporal.PlainDate.from(monday).add({ days: 7 }).toString()}T01:00:00Z`)
      if (count > 0) await complain('shop-05', day, count)
      await run((context) => evaluateRules(context))
    }
    await week('2026-04-06', 60)
    expect(await state()).toMatchObject({ pending: 1, firing: 0 })
    expect(await alertsOf('steady')).toEqual([])
    await week('2026-04-13', 60)
    expect(await state()).toMatchObject({ pending: 0, firing: 1 })
    await week('2026-04-20', 0)
    expect(await state()).toMatchObject({ firing: 0, recovering: 1 })
    expect((await alertsOf('steady')).map(shape)).toEqual([['shop-05', 'orange', 'open', 'recovering']])
    await week('2026-04-27', 0)
    expect((await alertsOf('steady'))[0]!.signal).toBe('normal')
  })
})

describe('many weak signals', () => {
  test('below one node they become one alert there, naming them', async () => {
    goTo('2026-05-11T01:00:00Z')
    for (const shop of SHOPS.slice(0, 4)) await complain(shop, '2026-05-06', 60)
    await complain('shop-09', '2026-05-06', 60)
    await run((context) =>
      saveRule(
        context,
        rule(
          'pooled',
          { kind: 'threshold', levels: { yellow: 20 } },
          { startsOn: '2026-05-04', pooling: { leastUnits: 3, leastSharePercent: 50 } },
        ),
      ),
    )
    const alerts = await alertsOf('pooled')
    expect(alerts.map((alert) => alert.entity.key).toSorted()).toEqual(['north', 'shop-09'])
    const north = alerts.find((alert) => alert.entity.key === 'north')!
    expect(north.members.map((member) => member.key).toSorted()).toEqual(SHOPS.slice(0, 4))
    expect(north.readings[0]!.value).toBe(240)
  })
})

describe('what stays silent', () => {
  test('maintenance: nothing arises; silence: it arises and is muted; a worse alert speaks for others', async () => {
    goTo('2026-05-18T01:00:00Z')
    await complain('shop-07', '2026-05-13', 80)
    await complain('shop-08', '2026-05-13', 80)
    const window = {
      from: '2026-05-18T00:00:00Z',
      until: '2026-05-18T06:00:00Z',
      repeatsEveryDays: null,
      reason: '系统升级',
    }
    await run((context) =>
      saveQuiet(context, { ...window, kind: 'maintenance', match: { rule: null, below: 'shop-07', colour: null } }),
    )
    await run((context) =>
      saveRule(context, rule('quiet', { kind: 'threshold', levels: { red: 20 } }, { startsOn: '2026-05-11' })),
    )
    await run((context) =>
      saveQuiet(context, { ...window, kind: 'silence', match: { rule: 'quiet', below: 'shop-08', colour: null } }),
    )
    await run((context) =>
      saveRule(
        context,
        rule(
          'loud',
          { kind: 'threshold', levels: { yellow: 20 } },
          { startsOn: '2026-05-11', watch: { entityKind: 'shop', below: 'shop-08' } },
        ),
      ),
    )
    expect((await alertsOf('quiet')).map((alert) => [alert.entity.key, alert.muted])).toEqual([['shop-08', 'silence']])
    await run((context) =>
      saveInhibitions(context, {
        inhibitions: [
          {
            id: 'one',
            source: { rule: 'quiet', colour: null },
            target: { rule: 'loud', colour: null },
            reason: '同一原因',
          },
        ],
      }),
    )
    expect((await alertsOf('loud')).map((alert) => alert.muted)).toEqual(['inhibited'])
    expect((await run((context) => alertCounts(context))).muted).toBe(2)
  })
})

describe('rules over events', () => {
  test('a fault that repeats itself, a group that complains, a source that falls silent', async () => {
    goTo('2026-06-03T06:00:00Z')
    const lift = { category: 'lift', cause: 'door' }
    await complain('shop-10', '2026-06-02', 2, { ...lift, customer: 'a' })
    await complain('shop-10', '2026-06-03', 1, { ...lift, customer: 'b' })
    await complain('shop-10', '2026-06-03', 1, { category: 'lift', cause: 'light', customer: 'c' })
    const events = { indicator: null, watch: { entityKind: 'shop' } }
    await run((context) =>
      saveRule(
        context,
        rule(
          'again',
          {
            kind: 'repeated',
            eventType: 'complaint',
            same: ['category', 'cause'],
            windowHours: 72,
            levels: { orange: 3 },
          },
          events,
        ),
      ),
    )
    await run((context) =>
      saveRule(
        context,
        rule(
          'group',
          {
            kind: 'repeated',
            eventType: 'complaint',
            same: ['category'],
            distinct: 'customer',
            windowHours: 72,
            levels: { red: 3 },
          },
          events,
        ),
      ),
    )
    await run((context) =>
      saveRule(
        context,
        rule('silent', { kind: 'silence', eventType: 'complaint', levelsHours: { yellow: 24 * 20 } }, events),
      ),
    )
    expect(
      (await alertsOf('again')).map((alert) => [
        alert.entity.key,
        alert.readings[0]!.value,
        alert.readings[0]!.because,
      ]),
    ).toEqual([['shop-10', 3, ['lift · door']]])
    expect(
      (await alertsOf('group')).map((alert) => [alert.entity.key, alert.colour, alert.readings[0]!.value]),
    ).toEqual([['shop-10', 'red', 3]])
    const silent = (await alertsOf('silent')).map((alert) => alert.entity.key)
    expect(silent).not.toContain('shop-10')
    expect(silent).toContain('shop-01')
  })
  test('words are read once, denials do not count, and it takes as many mentions as asked', async () => {
    await run((context) =>
      saveRule(
        context,
        rule(
          'words',
          { kind: 'keyword', phrases: ['退款', '12345'], windowHours: 24, levels: { orange: 2 } },
          { indicator: null, watch: { entityKind: 'district' } },
        ),
      ),
    )
    const text = (id: string, words: string, entity = 'shop-02') => ({
      id,
      entity,
      at: '2026-06-03T05:00:00Z',
      text: words,
    })
    const read = (...texts: ReturnType<typeof text>[]) => run((context) => watchText(context, { texts }))
    expect(await read(text('t1', '再不解决我就打12345'), text('t2', '不用退款，谢谢'))).toEqual({
      read: 2,
      mentions: 1,
    })
    expect(await alertsOf('words')).toEqual([])
    expect(await read(text('t1', '再不解决我就打12345'))).toEqual({ read: 0, mentions: 0 })
    await read(text('t3', '马上给我退款', 'shop-03'))
    const [alert] = await alertsOf('words')
    expect([alert!.entity.key, alert!.readings[0]!.value]).toEqual(['north', 2])
    expect(alert!.readings[0]!.because).toEqual(['再不解决我就打12345', '马上给我退款'])
  })
  test('two rules at the same unit make a third; it ends with them', async () => {
    await run((context) =>
      saveRule(
        context,
        rule('both', { kind: 'combination', rules: ['again', 'group'], atLeast: 2 }, { indicator: null }),
      ),
    )
    expect((await alertsOf('both')).map(shape)).toEqual([['shop-10', 'red', 'open', 'firing']])
    goTo('2026-06-09T06:00:00Z')
    await run((context) => evaluateMoment(context))
    expect((await alertsOf('both')).map((alert) => alert.signal)).toEqual(['normal'])
  })
})

describe('refusals name the field', () => {
  const refused = (draft: ReturnType<typeof rule>) =>
    run((context) => saveRule(context, draft)).then(
      () => null,
      (error: { code: string; data: unknown }) => [error.code, error.data],
    )
  const cases: [string, RuleDraftInput['condition'], Partial<RuleDraftInput>, string, object | undefined][] = [
    ['no level', { kind: 'threshold', levels: {} }, {}, 'RULE_WITHOUT_LEVEL', undefined],
    [
      'levels upside down',
      { kind: 'threshold', levels: { yellow: 50, red: 10 } },
      {},
      'LEVELS_CONTRADICT',
      { field: 'condition.levels' },
    ],
    [
      'no indicator',
      { kind: 'threshold', levels: { red: 1 } },
      { indicator: null },
      'RULE_WITHOUT_INDICATOR',
      undefined,
    ],
    [
      'an unknown one',
      { kind: 'threshold', levels: { red: 1 } },
      { indicator: 'nothing-like-it' },
      'INDICATOR_UNKNOWN',
      undefined,
    ],
    [
      'a share chart of counts',
      { kind: 'chart', chart: 'p' },
      {},
      'RULE_UNFIT',
      { field: 'condition.chart', because: 'chart-p-not-for-count' },
    ],
    [
      'itself',
      { kind: 'combination', rules: ['own', 'again'] },
      { id: 'own', indicator: null },
      'RULE_CIRCLE',
      { rules: ['own'] },
    ],
    [
      'a rule that is not there',
      { kind: 'combination', rules: ['nobody', 'again'] },
      { indicator: null },
      'NOT_FOUND',
      undefined,
    ],
    [
      'pooling without units',
      { kind: 'threshold', levels: { red: 1 } },
      { watch: { below: 'north' }, pooling: {} },
      'RULE_UNFIT',
      { field: 'pooling', because: 'pooling-needs-units' },
    ],
  ]
  test.each(cases)('%s', async (_name, condition, part, code, data) => {
    const found = (await refused(rule('refused', condition, part))) as [string, unknown]
    expect(found[0]).toBe(code)
    if (data) expect(found[1]).toEqual(data)
  })
  test('closing by hand needs a reason; a false alarm is remembered as a label', async () => {
    const [alert] = await alertsOf('again')
    await expect(
      run((context) => closeAlert(context, { id: alert!.id, because: 'by-hand', remark: '' })),
    ).rejects.toMatchObject({ code: 'REMARK_NEEDED' })
    const closed = await run((context) =>
      closeAlert(context, { id: alert!.id, because: 'false-alarm', remark: '同一人重复提交' }),
    )
    expect([closed.state, closed.closedBecause]).toEqual(['closed', 'false-alarm'])
    await expect(
      run((context) => closeAlert(context, { id: alert!.id, because: 'by-hand', remark: '再关' })),
    ).rejects.toMatchObject({ code: 'ALERT_CLOSED' })
  })
  test('alerts like it are found', async () => {
    const [alert] = await alertsOf('pooled')
    expect((await run((context) => similarAlerts(context, { id: alert!.id }))).length).toBeGreaterThan(0)
  })
})
