/** Rules over events on real stores, and what cannot stand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RuleDraftInput } from '../../contract.ts'
import { closeAlert } from '../desk/act.ts'
import { saveRule } from '../rules.ts'
import { watchText } from '../texts.ts'
import { evaluateMoment } from './evaluate.ts'
import { alertsOf, complain, goTo, openShops, rule, run, shape, SHOPS } from './shops-for-test.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openShops()).close
})
afterAll(() => close?.())

describe('rules over events', () => {
  test('a fault that repeats itself, a group that complains, a source that falls silent', async () => {
    goTo('2026-06-03T06:00:00Z')
    for (const shop of SHOPS) await complain(shop, '2026-05-06', 1)
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
})
