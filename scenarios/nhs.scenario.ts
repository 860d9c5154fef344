/**
 * The loop on real data: every accident-and-emergency department of England, 2016 to 2019. Import, share of patients within four hours, ranking with
 * funnel, alerts, one plan approved and proven. Every number is calculated here once more, from the file, by other means.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Matrix, solve } from 'ml-matrix'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorDraftInput, MappingDefinition } from '../modules/measurement/contract.ts'
import { type House, openHouse } from './house.ts'

const FILE = '../shared/data/nhs-ae-attendances.csv'
const there = existsSync(FILE)

const mapping: MappingDefinition = {
  eventType: 'ae-month',
  entity: { columns: ['org_code'] },
  unknownEntities: 'create',
  createdBelow: { kind: 'provider', parentKey: 'NHS' },
  time: { column: 'period', format: 'auto' },
  identity: ['period', 'org_code', 'type'],
  attributes: [{ column: 'type', name: 'type' }],
  values: ['attendances', 'breaches', 'admissions'].map((name) => ({ name, column: name })),
  emptyNumber: 'refuse',
}
const term = (of: string, coefficient = 1) => ({ of, coefficient, where: [] })
const withinFourHours: IndicatorDraftInput = {
  id: 'within-4-hours',
  title: { zh: '四小时内完成率', en: 'Within four hours' },
  explanation: { zh: '急诊四小时内离开的比例。', en: 'Share of patients who left within four hours.' },
  unit: 'percent',
  direction: 'higher-is-better',
  target: 95,
  minimumN: 100,
  examples: [
    {
      from: '2026-03-01',
      to: '2026-03-31',
      events: [{ type: 'ae-month', at: '2026-03-01T00:00:00Z', values: { attendances: 200, breaches: 30 } }],
      expected: 85,
      expectedN: 200,
    },
  ],
  definition: {
    kind: 'proportion',
    eventType: 'ae-month',
    where: [],
    numerator: [term('attendances'), term('breaches', -1)],
    denominator: [term('attendances')],
  },
}

interface Cell {
  attendances: number
  within: number
}
/** Organisation and month, summed over department types, straight from the file. */
const cells = new Map<string, Cell>()
const organisations = new Set<string>()
const months = new Set<string>()
let rowCount = 0
if (there) {
  const [head, ...lines] = readFileSync(FILE, 'utf8').trim().split(/\r?\n/)
  const column = new Map(
    head!
      .replaceAll('"', '')
      .split(',')
      .map((name, index) => [name, index]),
  )
  for (const line of lines) {
    const part = line.replaceAll('"', '').split(',')
    const at = (name: string) => part[column.get(name)!]!
    const month = at('period').slice(0, 10)
    const key = `${at('org_code')} ${month}`
    const cell = cells.get(key) ?? { attendances: 0, within: 0 }
    cell.attendances += Number(at('attendances'))
    cell.within += Number(at('attendances')) - Number(at('breaches'))
    cells.set(key, cell)
    organisations.add(at('org_code'))
    months.add(month)
    rowCount += 1
  }
}
const percent = (cell: Cell) => (100 * cell.within) / cell.attendances
const standardError = (cell: Cell) => {
  const share = cell.within / cell.attendances
  return 100 * Math.sqrt((share * (1 - share)) / cell.attendances)
}
const nextMonth = (month: string, count = 1) => Temporal.PlainDate.from(month).add({ months: count }).toString()
const LAST = '2019-03-01'
const CURVE = [
  [70, 0],
  [85, 60],
  [95, 90],
  [100, 100],
] as [number, number][]
const points = (value: number) => {
  const index = CURVE.findIndex(([x]) => x >= value)
  if (index === 0) return CURVE[0]![1]
  if (index < 0) return CURVE.at(-1)![1]
  const [[x0, y0], [x1, y1]] = [CURVE[index - 1]!, CURVE[index]!]
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0)
}

describe.skipIf(!there)('the loop on 36 months of England (skipped where ../shared/data is missing)', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ timeZone: 'Europe/London', start: '2019-04-15' })
    const administrator = await house.as('administrator')
    await administrator.organisation.createEntity({ key: 'NHS', name: 'NHS England', kind: 'country' })
  })
  afterAll(() => house?.close())

  test('import: every row once, also when the file comes twice', async () => {
    const first = await house.importFile(FILE, 'A&E by month', mapping)
    expect(first).toMatchObject({
      state: 'done',
      rows: rowCount,
      stored: rowCount,
      duplicates: 0,
      refused: 0,
      createdEntities: organisations.size,
    })
    const again = await house.importFile(FILE, 'A&E by month', mapping)
    expect(again).toMatchObject({ state: 'done', rows: rowCount, stored: 0, duplicates: rowCount, refused: 0 })
  })

  test('the indicator: every organisation and month, and the country', async () => {
    const office = await house.as('improvement-office')
    await office.measurement.saveIndicator(withinFourHours)
    let compared = 0
    for (const month of months) {
      const { rows } = await office.measurement.compareEntities({
        id: 'within-4-hours',
        periodStart: month,
        kind: 'provider',
        limit: 2000,
      })
      for (const { entity, point } of rows) {
        const cell = cells.get(`${entity.key} ${month}`)
        if (!cell) {
          expect(point.value).toBeNull()
          continue
        }
        expect([point.numerator, point.denominator, point.n]).toEqual([cell.within, cell.attendances, cell.attendances])
        if (cell.attendances > 0) expect(point.value).toBeCloseTo(percent(cell), 9)
        compared += 1
      }
    }
    expect(compared).toBe(cells.size)
    const country = await office.measurement.readSeries({
      id: 'within-4-hours',
      entity: 'NHS',
      grain: 'year',
      from: '2016-01-01',
      to: '2019-12-31',
    })
    const all = country.groups[0]!.points.reduce(
      (sum, point) => ({ attendances: sum.attendances + point.denominator, within: sum.within + point.numerator }),
      { attendances: 0, within: 0 },
    )
    expect([all.attendances, all.attendances - all.within]).toEqual([72_019_402, 8_295_237])
  })

  test('ranking: points, order, bands and funnel as calculated here', async () => {
    const office = await house.as('improvement-office')
    await office.evaluation.saveScheme({
      id: 'four-hours',
      title: { zh: '四小时', en: 'Four hours' },
      entityKind: 'provider',
      below: 'NHS',
      dimensions: [
        {
          id: 'all',
          title: { zh: '全部', en: 'All' },
          weight: 1,
          items: [
            {
              id: 'within-4-hours',
              source: { kind: 'indicator', indicator: 'within-4-hours' },
              weight: 1,
              transform: { kind: 'piecewise', points: CURVE },
              required: true,
            },
          ],
        },
      ],
      adopt: {},
    })
    const ranking = await office.evaluation.readRanking({ id: 'four-hours', periodStart: LAST, limit: 1000 })
    const { rows } = ranking
    const { mean, overDispersion, ranked: count } = ranking.summary!
    const mine = [...organisations].flatMap((key) => {
      const cell = cells.get(`${key} ${LAST}`)
      return cell && cell.attendances >= 100 ? [{ key, score: points(percent(cell)) }] : []
    })
    const ranked = rows.filter((row) => row.composite !== null)
    expect(count).toBe(ranked.length)
    expect(ranked.map((row) => row.entity.key).toSorted()).toEqual(mine.map((unit) => unit.key).toSorted())
    for (const row of ranked) {
      const own = mine.find((unit) => unit.key === row.entity.key)!
      expect(row.composite).toBeCloseTo(own.score, 8)
      expect(row.rank).toBe(1 + mine.filter((unit) => unit.score > own.score + 1e-9).length)
      expect(row.rankLow! <= row.rank! && row.rank! <= row.rankHigh!).toBe(true)
      // Five errors away from everybody, chance cannot move a unit.
      const alone = ranked.every(
        (other) =>
          other === row ||
          Math.abs(other.composite! - row.composite!) > 5 * Math.hypot(other.standardError!, row.standardError!),
      )
      if (alone) expect([row.rankLow, row.rankHigh]).toEqual([row.rank, row.rank])
      const z = (row.composite! - mean!) / (row.standardError! * Math.sqrt(overDispersion))
      const expected =
        row.standardError === 0
          ? null
          : Math.abs(z) <= 1.959963985
            ? 'inside'
            : `${z > 0 ? 'above' : 'below'}-${Math.abs(z) > 3.090232306 ? '99.8' : '95'}`
      if (expected !== null) expect(row.funnel).toBe(expected)
    }
    expect(mean).toBeCloseTo(mine.reduce((sum, unit) => sum + unit.score, 0) / mine.length, 8)
    // Hospitals differ by far more than chance: without widening, nearly all would be pointed at.
    expect(overDispersion).toBeGreaterThan(10)
  })

  const START = '2018-04-01'
  test('alerts: exactly the organisations and months that a hand-written rule finds', async () => {
    const office = await house.as('improvement-office')
    await office.alerts.saveRule({
      id: 'under-85',
      title: { zh: '四小时完成率过低', en: 'Too few within four hours' },
      indicator: 'within-4-hours',
      watch: { entityKind: 'provider', below: 'NHS' },
      condition: { kind: 'threshold', levels: { yellow: 85, orange: 75, red: 65 } },
      confidence: 0.99,
      minimumN: 100,
      startsOn: START,
    })
    const alerts = []
    for (let cursor: string | undefined; ; ) {
      const page = await office.alerts.listAlerts({ state: 'all', limit: 200, ...(cursor ? { cursor } : {}) })
      alerts.push(...page.rows)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    const colourOf = (cell: Cell | undefined) => {
      if (!cell || cell.attendances < 100) return null
      const certain = (level: number) =>
        level - percent(cell) >= 0 &&
        (standardError(cell) === 0
          ? level > percent(cell)
          : (level - percent(cell)) / standardError(cell) >= 2.3263478740408408)
      return certain(65) ? 'red' : certain(75) ? 'orange' : certain(85) ? 'yellow' : null
    }
    // Runs of months that call for somebody: one alert each, ended by the first quiet month. Whoever tells nothing any more is not quiet.
    const expected: string[] = []
    for (const key of organisations) {
      let run: string[] = []
      for (let month = START; month <= LAST; month = nextMonth(month)) {
        const cell = cells.get(`${key} ${month}`)
        if (run.length > 0 && cell === undefined) continue
        const colour = colourOf(cell)
        if (colour) run.push(`${month} ${colour}`)
        else if (run.length > 0) {
          expected.push(`${key} closed ${run.join(', ')}`)
          run = []
        }
      }
      if (run.length > 0) expected.push(`${key} open ${run.join(', ')}`)
    }
    const found = alerts.map(
      (alert) =>
        `${alert.entity.key} ${alert.state} ${alert.readings.map((reading) => `${reading.periodStart} ${reading.colour}`).join(', ')}`,
    )
    expect(found.toSorted()).toEqual(expected.toSorted())
    expect(found.length).toBeGreaterThan(50)
    const counts = await office.alerts.alertCounts({})
    expect(counts.red + counts.orange + counts.yellow).toBe(expected.filter((line) => line.includes(' open ')).length)
  })

  test('a plan goes its way, and the verdict is the one calculated here', async () => {
    const [office, head, steering] = await Promise.all([
      house.as('improvement-office'),
      house.as('department-head'),
      house.as('steering-group'),
    ])
    // A measure of April 2018, planned then: the clock goes back, the data of later months is not looked at before its time.
    await house.liveOn('2018-03-20')
    const me = await head.organisation.me({})
    const draft = {
      title: 'Streaming at the front door',
      entity: 'RRK',
      currentState: 'Fewer patients leave within four hours than two years ago.',
      goal: { indicator: 'within-4-hours', entity: 'RRK', fromValue: 80, toValue: 90, byDate: '2019-03-31' },
      measures: [{ what: 'A nurse streams at the door', ownerId: me.person.id }],
      tasks: [{ title: 'Train the nurses', ownerId: me.person.id, dueOn: '2018-03-31' }],
      interventionOn: '2018-04-01',
      verification: { baselineFrom: '2016-04-01', endsOn: '2019-03-31', smallestEffect: 2, grain: 'month' as const },
    }
    const plan = await head.plans.draftPlan(draft)
    await expect(head.plans.approvePlan({ id: plan.id, decision: 'approve' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    await head.plans.submitPlan({ id: plan.id })
    await expect(steering.plans.approvePlan({ id: plan.id, decision: 'approve' })).rejects.toMatchObject({
      code: 'STEP_NOT_POSSIBLE',
    })
    await office.plans.reviewPlan({ id: plan.id, decision: 'pass' })
    const approved = await steering.plans.approvePlan({ id: plan.id, decision: 'approve', remark: 'Go on.' })
    expect(approved.state).toBe('running')
    await house.liveOn('2018-03-21')
    const frozen = await head.verification.readProof({ planId: plan.id })
    expect(frozen.design).toMatchObject({ state: 'waiting', planRevision: 1, indicatorVersion: 1, smallestEffect: 2 })
    await expect(office.verification.concludeProof({ planId: plan.id })).rejects.toMatchObject({ code: 'TOO_EARLY' })

    await house.liveOn('2019-04-02')
    const proof = await head.verification.readProof({ planId: plan.id })
    const verdict = proof.verdict!
    const own = [...months].toSorted().map((month) => ({ month, cell: cells.get(`RRK ${month}`)! }))
    expect(proof.points.map((point) => [point.periodStart, point.numerator, point.denominator])).toEqual(
      own.map(({ month, cell }) => [month, cell.within, cell.attendances]),
    )
    const mine = segmented(
      own.map(({ cell }) => percent(cell)),
      own.map(({ cell }) => cell.attendances),
      24,
      verdict.autocorrelation!,
    )
    expect(verdict).toMatchObject({ errors: 'prais-winsten', periodsBefore: 24, periodsAfter: 12 })
    expect(verdict.levelChange!.value).toBeCloseTo(mine.level, 6)
    expect(verdict.slopeChange!.value).toBeCloseTo(mine.slope, 6)
    expect(verdict.effect!.value).toBeCloseTo(mine.effect, 6)
    expect(verdict.effect!.standardError).toBeCloseTo(mine.standardError, 6)
    const { low, high } = verdict.effect!
    const within = low > -2 && high < 2
    const outcome = within
      ? 'no-relevant-difference'
      : high < 0
        ? 'harmful'
        : low > 0 && high >= 2
          ? 'effective'
          : 'undecided'
    expect(verdict.outcome).toBe(outcome)
    expect(await head.plans.readPlan({ id: plan.id })).toMatchObject({ state: 'closed', outcome })
    await expect(office.verification.concludeProof({ planId: plan.id })).rejects.toMatchObject({
      code: 'ALREADY_CONCLUDED',
    })
  })
})

/**
 * Segmented regression with errors of the given first-order correlation, by normal equations in dense matrices (three or four digits fewer
 * than the library's, and another way): differences from that share of the month before, weighted by attendances.
 */
function segmented(values: number[], weights: number[], before: number, correlation: number) {
  const rows = values.map((value, time) => {
    const after = time >= before ? 1 : 0
    const root = Math.sqrt(weights[time]!)
    return { x: [1, time - before, after, after * (time - before)].map((each) => each * root), y: value * root }
  })
  const kept = Math.sqrt(1 - correlation ** 2)
  const x = new Matrix(
    rows.map((row, time) =>
      row.x.map((each, index) => (time === 0 ? kept * each : each - correlation * rows[time - 1]!.x[index]!)),
    ),
  )
  const y = Matrix.columnVector(
    rows.map((row, time) => (time === 0 ? kept * row.y : row.y - correlation * rows[time - 1]!.y)),
  )
  const xx = x.transpose().mmul(x)
  const b = solve(xx, x.transpose().mmul(y)).to1DArray()
  const residuals = Matrix.sub(y, x.mmul(Matrix.columnVector(b))).to1DArray()
  const variance = residuals.reduce((sum, each) => sum + each ** 2, 0) / (values.length - 4)
  const afterCount = values.length - before
  const combination = Matrix.columnVector([0, 0, 1, (afterCount - 1) / 2])
  const spread = combination.transpose().mmul(solve(xx, combination)).get(0, 0) * variance
  return {
    level: b[2]!,
    slope: b[3]!,
    effect: b[2]! + (b[3]! * (afterCount - 1)) / 2,
    standardError: Math.sqrt(spread),
  }
}
