/** People judge units beside the measurements (EVA-6): each in the capacity their roles give, in time, and the scores follow. */
import { createApiClient, signInTo } from '#platform/http/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import type { RoleName } from '../modules/organisation/contract.ts'
import { meanRating } from './indicators.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

const title = (text: string) => ({ zh: text, en: text })
const HALLS = ['H1', 'H2', 'H3', 'H4'] as const
type Hall = (typeof HALLS)[number]
const MARCH = { grain: 'month' as const, periodStart: '2026-03-01' }
/** Mean of the visitors' ratings of March: what customers say. */
const RATED: Readonly<Record<Hall, number>> = { H1: 4, H2: 3, H3: 4.5, H4: 2.5 }
const WEIGHTS = { self: 0.1, superior: 0.3, 'third-party': 0.4, customers: 0.2 } as const

let house: House
let office: Api
const people = new Map<string, Api>()
const as = (name: string) => people.get(name)!
const give = (name: string, entity: string, value: number, part: object = {}) =>
  as(name).evaluation.giveAssessment({ scheme: 'halls', item: 'manner', ...MARCH, entity, value, ...part })

async function person(name: string, roles: { role: RoleName; entityKey?: string }[]): Promise<void> {
  const email = `${name}@scenario.example`
  const administrator = await house.as('administrator')
  await administrator.organisation.createPerson({ name, email, password: PASSWORD, roles })
  const cookie = await signInTo(house.address, email, PASSWORD)
  people.set(
    name,
    createApiClient(apiContract, house.address, () => ({ cookie, origin: house.address })),
  )
}

type SchemeInput = Parameters<Api['evaluation']['saveScheme']>[0]
const scheme = (leniency: boolean): SchemeInput => ({
  id: 'halls',
  title: title('Halls'),
  entityKind: 'hall',
  below: 'NET',
  dimensions: [
    {
      id: 'all',
      title: title('All'),
      weight: 1,
      items: [
        {
          id: 'manner',
          source: {
            kind: 'assessed',
            title: title('Manner'),
            question: title('How are visitors received?'),
            scale: { low: 1, high: 5 },
            leniency,
            raters: [
              { kind: 'self', weight: WEIGHTS.self },
              { kind: 'superior', weight: WEIGHTS.superior },
              { kind: 'third-party', weight: WEIGHTS['third-party'] },
              { kind: 'customers', weight: WEIGHTS.customers, indicator: 'rating' },
            ],
          },
          weight: 1,
          transform: {
            kind: 'piecewise',
            points: [
              [1, 0],
              [5, 100],
            ],
          },
        },
      ],
    },
  ],
})

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-04-10' })
  office = await house.as('improvement-office')
  const draw = { kind: 'hall', attributes: {} }
  await office.organisation.createEntity({ key: 'NET', name: 'Network', kind: 'network' })
  for (const key of HALLS) await office.organisation.createEntity({ ...draw, key, name: key, parentKey: 'NET' })
  await office.organisation.createEntity({ ...draw, key: 'FAR', name: 'Far', parentKey: null })
  await office.organisation.createEntity({ key: 'H2-W', name: 'Window', kind: 'window', parentKey: 'H2' })
  await house.installation.platform.settle()
  await office.measurement.saveIndicator(meanRating)
  const events = HALLS.flatMap((entity) =>
    Array.from({ length: 20 }, (_, visit) => ({
      id: `${entity} ${visit}`,
      type: 'visit',
      entity,
      at: `2026-03-${String(1 + visit).padStart(2, '0')}T02:00:00Z`,
      values: { rating: RATED[entity] + (visit % 2 === 0 ? 0.5 : -0.5) },
    })),
  )
  await office.measurement.recordEvents({ events })
  await office.evaluation.saveScheme({ ...scheme(false), adopt: {} })
  await house.installation.platform.settle()
  await person('head', [{ role: 'department-head', entityKey: 'H1' }])
  await person('kind', [{ role: 'assessor' }])
  await person('stern', [{ role: 'assessor', entityKey: 'NET' }])
  await person('insider', [{ role: 'assessor' }, { role: 'staff', entityKey: 'H2-W' }])
  await person('group', [{ role: 'steering-group' }])
  await person('public', [{ role: 'public-supervisor' }])
  await person('clerk', [{ role: 'staff', entityKey: 'H1' }])
})
afterAll(() => house?.close())

const composite = async (hall: Hall) => {
  await house.installation.platform.settle()
  house.clock.stand(house.clock.now().add({ minutes: 2 }))
  await house.installation.platform.runSchedule('evaluation.scoreLive')
  const { rows } = await office.evaluation.readRanking({ id: 'halls', periodStart: MARCH.periodStart })
  return rows.find((row) => row.entity.key === hall)!.composite!
}
const points = (value: number) => (value - 1) * 25

describe('what is open for whom', () => {
  test('the running month and the one before, each person their own units', async () => {
    const rounds = await as('head').evaluation.listAssessmentRounds({})
    expect(
      rounds.map(({ periodStart, closesOn, running, units, expected, given }) => [
        periodStart,
        closesOn,
        running,
        units,
        expected,
        given,
      ]),
    ).toEqual([
      ['2026-03-01', '2026-04-15', false, 1, 1, 0],
      ['2026-04-01', '2026-05-15', true, 1, 1, 0],
    ])
    const mine = await as('head').evaluation.listUnitsToAssess({ scheme: 'halls', ...MARCH })
    expect(mine.rows.map((row) => [row.entity.key, row.items.map((item) => item.as)])).toEqual([['H1', ['self']]])
    const all = await as('kind').evaluation.listUnitsToAssess({ scheme: 'halls', ...MARCH, limit: 3 })
    expect(all.rows.map((row) => row.entity.key)).toEqual(['H1', 'H2', 'H3'])
    const rest = await as('kind').evaluation.listUnitsToAssess({
      scheme: 'halls',
      ...MARCH,
      cursor: all.nextCursor!,
    })
    expect([rest.rows.map((row) => row.entity.key), rest.nextCursor]).toEqual([['H4'], null])
    const insider = await as('insider').evaluation.listUnitsToAssess({ scheme: 'halls', ...MARCH })
    expect(
      insider.rows.map((row) => row.entity.key),
      'not the hall they work in',
    ).toEqual(['H1', 'H3', 'H4'])
    expect(await as('public').evaluation.listAssessmentRounds({}), 'supervisors are not asked').toEqual([])
  })
  test('who may not judge at all is refused at the door', async () => {
    await expect(as('clerk').evaluation.listAssessmentRounds({})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(as('kind').evaluation.readAgreement({ id: 'halls' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })
})

describe('a judgement', () => {
  test('counts by the declared weight of its kind, and the score follows', async () => {
    expect(await composite('H1'), 'customers alone').toBeCloseTo(points(RATED.H1), 8)
    expect(await give('head', 'H1', 5, { remark: ' Well done ' })).toMatchObject({ as: 'self', remark: 'Well done' })
    await give('group', 'H1', 3)
    const told = WEIGHTS.self * 5 + WEIGHTS.superior * 3 + WEIGHTS.customers * RATED.H1
    const share = WEIGHTS.self + WEIGHTS.superior + WEIGHTS.customers
    expect(await composite('H1')).toBeCloseTo(points(told / share), 8)
  })
  test('is replaced by a later one of the same person', async () => {
    await give('group', 'H1', 4)
    const told = WEIGHTS.self * 5 + WEIGHTS.superior * 4 + WEIGHTS.customers * RATED.H1
    const share = WEIGHTS.self + WEIGHTS.superior + WEIGHTS.customers
    expect(await composite('H1')).toBeCloseTo(points(told / share), 8)
    const { rows } = await as('group').evaluation.listUnitsToAssess({ scheme: 'halls', ...MARCH, only: 'given' })
    expect(rows.map((row) => [row.entity.key, row.items[0]!.mine!.value])).toEqual([['H1', 4]])
  })

  const refused: [string, () => Promise<unknown>, object][] = [
    ['off the scale', () => give('kind', 'H1', 6), { code: 'ASSESSMENT_OFF_SCALE', data: { low: 1, high: 5 } }],
    ['of a unit of another head', () => give('head', 'H2', 4), { code: 'ASSESSMENT_NOT_ASKED' }],
    ['of the own unit from outside', () => give('insider', 'H2', 4), { code: 'ASSESSMENT_OWN_UNIT' }],
    ['by a role the item does not ask', () => give('public', 'H1', 4), { code: 'ASSESSMENT_NOT_ASKED' }],
    [
      'too late',
      () => give('kind', 'H1', 4, { periodStart: '2026-02-01' }),
      { code: 'ASSESSMENT_CLOSED', data: { opensOn: '2026-02-01', closesOn: '2026-03-15' } },
    ],
    ['too early', () => give('kind', 'H1', 4, { periodStart: '2026-05-01' }), { code: 'ASSESSMENT_CLOSED' }],
    ['of a day that begins no month', () => give('kind', 'H1', 4, { periodStart: '2026-03-02' }), { code: 'INVALID' }],
    ['of an item nobody judges', () => give('kind', 'H1', 4, { item: 'rating' }), { code: 'ITEM_NOT_ASSESSED' }],
    ['of a unit outside of the scheme', () => give('kind', 'FAR', 4), { code: 'UNIT_NOT_IN_SCHEME' }],
    ['of a unit of another kind', () => give('kind', 'H2-W', 4), { code: 'UNIT_NOT_IN_SCHEME' }],
    ['of a unit nobody knows', () => give('kind', 'H9', 4), { code: 'NOT_FOUND' }],
    ['in a scheme that is not there', () => give('kind', 'H1', 4, { scheme: 'nothing' }), { code: 'SCHEME_UNKNOWN' }],
    ['of a length not scored', () => give('kind', 'H1', 4, { grain: 'week' }), { code: 'GRAIN_NOT_SCORED' }],
  ]
  test.each(refused)('%s is refused by name', async (_name, deed, refusal) => {
    await expect(deed()).rejects.toMatchObject(refusal)
  })
})

describe('how far the judges agree', () => {
  // Both see the same order; one is a point more severe.
  const TRUTH: Readonly<Record<Hall, number>> = { H1: 4, H2: 3.5, H3: 4.5, H4: 3 }
  test('alpha, intraclass correlation and leniency with intervals; the corrected value beside the plain one', async () => {
    for (const hall of HALLS) {
      await give('kind', hall, TRUTH[hall] + (hall === 'H1' ? 0.5 : 0.25))
      if (hall !== 'H4') await give('stern', hall, TRUTH[hall] - 0.75)
    }
    const { shown, periods } = await office.evaluation.readAgreement({ id: 'halls' })
    expect(periods).toEqual([{ periodStart: '2026-03-01', judgements: 9 }])
    const third = shown!.kinds.find((each) => each.kind === 'third-party')!
    expect(third).toMatchObject({ weight: 0.4, judgements: 7, units: 4 })
    expect(third.raters.map((each) => each.name)).toEqual(['kind', 'stern'])
    const [lenient, severe] = third.raters.map((each) => each.leniency!)
    expect(lenient!.estimate + severe!.estimate).toBeCloseTo(0, 10)
    expect(lenient!.low < lenient!.estimate && lenient!.estimate < lenient!.high).toBe(true)
    const own = shown!.agreement.find((each) => each.of === 'third-party')!
    expect(own.correlation).toMatchObject({ units: 3, raters: 2 })
    expect(own.alpha!.low).toBeLessThanOrEqual(own.alpha!.estimate)
    const unit = shown!.units.find((each) => each.entity.key === 'H4')!
    expect(unit.kinds.map((each) => each.n)).toEqual([0, 0, 1, 20])
    // Only the lenient one saw this hall: without his leniency it is worth less.
    expect(unit.corrected!).toBeCloseTo((0.4 * (TRUTH.H4 + 0.25 - lenient!.estimate) + 0.2 * RATED.H4) / 0.6, 8)
    expect(unit.uncorrected!).toBeCloseTo((0.4 * (TRUTH.H4 + 0.25) + 0.2 * RATED.H4) / 0.6, 8)
    expect(await composite('H4'), 'this version does not take leniency out').toBeCloseTo(points(unit.uncorrected!), 8)
    await office.evaluation.saveScheme({ ...scheme(true), adopt: {} })
    expect(await composite('H4'), 'this one does').toBeCloseTo(points(unit.corrected!), 8)
    expect(await office.evaluation.readAgreement({ id: 'halls' })).toMatchObject({
      shown: { leniencyTakenOut: true, agreement: shown!.agreement },
    })
  })
  test('nothing judged yet is told as such', async () => {
    const empty = await office.evaluation.readAgreement({ id: 'halls', periodStart: '2026-04-01' })
    expect(empty.shown).toBeNull()
    await expect(office.evaluation.readAgreement({ id: 'halls', item: 'nothing' })).rejects.toMatchObject({
      code: 'ITEM_NOT_ASSESSED',
    })
  })
})

test('after the fifteenth day the round is over', async () => {
  house.clock.stand(Temporal.Instant.from('2026-04-15T15:59:00Z'))
  await give('stern', 'H4', 2)
  house.clock.stand(Temporal.Instant.from('2026-04-15T16:00:00Z'))
  await expect(give('stern', 'H4', 3)).rejects.toMatchObject({ code: 'ASSESSMENT_CLOSED' })
  const rounds = await as('stern').evaluation.listAssessmentRounds({})
  expect(rounds.map((round) => round.periodStart)).toEqual(['2026-04-01'])
})

test('the first judgement of a period makes its first scores', async () => {
  await as('stern').evaluation.giveAssessment({
    scheme: 'halls',
    item: 'manner',
    grain: 'month',
    periodStart: '2026-04-01',
    entity: 'H3',
    value: 4,
  })
  const { rows, period } = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-04-01' })
  expect(period).toMatchObject({ complete: false })
  expect(rows.map((row) => [row.entity.key, row.composite])).toEqual([['H3', 75]])
})
