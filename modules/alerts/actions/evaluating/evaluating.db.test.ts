/** Rules at work on real stores: what is raised, held, revised, pooled, muted, and what becomes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acknowledgeAlert, finishDuty } from '../desk/act.ts'
import { escalateDuties } from '../desk/escalate.ts'
import { alertCounts, readAlert, similarAlerts } from '../desk/read.ts'
import { saveInhibitions, saveQuiet } from '../quiet.ts'
import { listRules, saveRule } from '../rules.ts'
import { evaluateRules, reactToEvents } from './evaluate.ts'
import { alertsOf, all, complain, goTo, openShops, rule, run, shape, SHOPS, told } from './shops-for-test.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openShops()).close
})
afterAll(() => close?.())

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
  test('alerts like it are found', async () => {
    const [alert] = await alertsOf('pooled')
    expect((await run((context) => similarAlerts(context, { id: alert!.id }))).length).toBeGreaterThan(0)
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
