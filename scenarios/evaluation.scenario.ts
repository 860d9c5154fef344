/** Scores people can trust: schemes proposed, replayed, compared and adopted; scores as calculated here by hand; live ones that follow the events. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '../apps/demo/stories.ts'
import { MONTHS, HALLS, type SchemeInput, visit, scheme, byHand, openHalls } from './evaluation/halls.ts'
import type { House } from './house.ts'

let house: House
let office: Api
beforeAll(async () => {
  ;({ house, office } = await openHalls())
})
afterAll(() => house?.close())

describe('a scheme', () => {
  test('is proposed first: it judges nothing until somebody adopts it', async () => {
    const saved = await office.evaluation.saveScheme(scheme())
    expect([saved.version, saved.state]).toEqual([1, 'proposed'])
    const empty = await office.evaluation.readRanking({ id: 'halls' })
    expect([empty.period, empty.rows]).toEqual([null, []])
    await expect(
      office.evaluation.runScheme({ id: 'halls', from: '2026-01-01', to: '2026-03-01' }),
    ).rejects.toMatchObject({
      code: 'SCHEME_NOT_ADOPTED',
    })
  })

  test('adopted, every period has its scores, as calculated here', async () => {
    await office.evaluation.adoptScheme({ id: 'halls', version: 1, adoption: { reason: 'First year' } })
    const ranking = await office.evaluation.readRanking({ id: 'halls' })
    expect(ranking.period).toMatchObject({ periodStart: '2026-03-01', complete: true, revisedAt: null, version: 1 })
    expect(ranking.periods.map((period) => period.periodStart)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'])
    for (const row of ranking.rows) {
      const own = byHand(row.entity.key, ['2026-03'])
      if (own === null) expect([row.composite, row.notRankedBecause]).toEqual([null, 'too-few'])
      else {
        expect(row.composite).toBeCloseTo(own, 8)
        expect(row.parts.reduce((sum, part) => sum + part.contribution!, 0)).toBeCloseTo(own, 8)
        expect(row.experience).toBeCloseTo(1 + (4 * own) / 100, 8)
        expect(row.rankLow! <= row.rank! && row.rank! <= row.rankHigh!).toBe(true)
        expect(row.low! < own && own < row.high!).toBe(true)
      }
    }
    expect(ranking.rows.map((row) => row.rank ?? 99)).toEqual(
      ranking.rows.map((row) => row.rank ?? 99).toSorted((a, b) => a - b),
    )
    const { summary } = ranking
    expect(summary!.units).toBe(12)
    expect(summary!.ranked).toBe(11)
    expect(summary!.starsCounts.reduce((sum, count) => sum + count, 0)).toBe(11)
  })

  test('quarters are scored over all their events, not as a mean of months', async () => {
    const ranking = await office.evaluation.readRanking({ id: 'halls', grain: 'quarter', periodStart: '2026-01-01' })
    for (const row of ranking.rows) {
      const own = byHand(row.entity.key, MONTHS)
      expect(row.composite, row.entity.key).toBeCloseTo(own!, 8)
    }
    // Three months together are enough for the tiny hall too, and its range of ranks tells how little they say.
    const tiny = ranking.rows.find((row) => row.entity.key === 'H12')!
    const large = ranking.rows.find((row) => row.entity.key === 'H11')!
    expect(tiny.rankHigh! - tiny.rankLow!).toBeGreaterThan(large.rankHigh! - large.rankLow!)
  })

  test('a serious incident caps the stars, whatever the score', async () => {
    const { rows } = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-03-01' })
    const row = rows.find((each) => each.entity.key === 'H11')!
    expect(row.cappedBy).toBe('incident')
    expect(row.stars!).toBeLessThanOrEqual(2)
    expect(row.starsUncapped!).toBeGreaterThan(2)
  })

  test('one unit over time, and one page after another', async () => {
    const history = await office.evaluation.readScores({ id: 'halls', entity: 'H05' })
    expect(history.rows.map((row) => row.periodStart)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'])
    const [january, february] = history.rows
    expect(february!.change).toBeCloseTo(february!.composite! - january!.composite!, 8)
    expect([january!.change, january!.starsBefore]).toEqual([null, null])
    expect(february!.starsBefore).toBe(january!.stars)
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await office.evaluation.readRanking({ id: 'halls', limit: 5, ...(cursor ? { cursor } : {}) })
      seen.push(...page.rows.map((row) => row.entity.key))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen.toSorted()).toEqual(HALLS)
    const found = await office.evaluation.readRanking({ id: 'halls', search: 'h07' })
    expect(found.rows.map((row) => row.entity.key)).toEqual(['H07'])
    const left = await office.evaluation.readRanking({ id: 'halls', only: 'not-ranked' })
    expect(left.rows.map((row) => row.entity.key)).toEqual(['H12'])
    await expect(office.evaluation.readRanking({ id: 'halls', cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })
})

describe('another version', () => {
  const other = scheme({
    peerGroups: { by: 'attribute', attribute: 'level' },
    dimensions: scheme().dimensions.map((dimension) => ({
      ...dimension,
      weight: dimension.id === 'voice' ? 0.8 : 0.2,
    })),
  })

  test('is replayed over the past beside what counts', async () => {
    await office.evaluation.saveScheme(other)
    const before = await office.evaluation.readRanking({ id: 'halls' })
    const run = await office.evaluation.replayScheme({ id: 'halls', version: 2, from: '2026-01-01', to: '2026-12-31' })
    expect(run).toMatchObject({ kind: 'replay', version: 2, from: '2026-01-01', to: '2026-03-01' })
    const replayed = await office.evaluation.readRanking({ id: 'halls', run: run.id, periodStart: '2026-02-01' })
    expect(replayed.scheme.version).toBe(2)
    expect(new Set(replayed.rows.map((row) => row.peerGroup))).toEqual(new Set(['city', 'county']))
    const row = replayed.rows.find((each) => each.entity.key === 'H03')!
    const parts = new Map(row.parts.map((part) => [part.item, part]))
    expect(row.composite).toBeCloseTo(0.2 * parts.get('prompt')!.points! + 0.8 * parts.get('rating')!.points!, 8)
    expect(await office.evaluation.readRanking({ id: 'halls' })).toEqual(before)
  })

  test('is compared side by side: who rises, who falls, and why', async () => {
    const found = await office.evaluation.compareVersions({ id: 'halls', before: 1, after: 2 })
    expect(found.periodStart).toBe('2026-03-01')
    expect(found.units).toBe(12)
    const moved = found.rows.filter((row) => row.before.rank !== null && row.before.rank !== row.after.rank)
    expect(found.rises + found.falls).toBe(moved.length)
    for (const row of found.rows.filter((each) => each.before.composite !== null)) {
      const told = row.because.reduce((sum, each) => sum + each.difference, 0)
      expect(told).toBeCloseTo(row.after.composite! - row.before.composite!, 1)
    }
    expect(found.agreement! > -1 && found.agreement! < 1).toBe(true)
  })

  test('is adopted from a day on with its reason, the old one going on beside it', async () => {
    await expect(
      office.evaluation.adoptScheme({ id: 'halls', version: 2, adoption: {} }),
      'a second version takes the place of the first only from the beginning',
    ).resolves.toMatchObject({ state: 'adopted' })
    await office.evaluation.saveScheme(scheme())
    const scan = { political: 'New directive', economic: '', social: 'More elderly visitors', technical: '' }
    const adopted = await office.evaluation.adoptScheme({
      id: 'halls',
      version: 3,
      adoption: { effectiveFrom: '2026-04-01', overlapUntil: '2026-05-31', reason: 'Directive', scan },
    })
    expect(adopted.adoption).toMatchObject({ scan, overlapUntil: '2026-05-31' })
    await expect(office.evaluation.adoptScheme({ id: 'halls', version: 3, adoption: {} })).rejects.toMatchObject({
      code: 'VERSION_ADOPTED',
    })
    await office.evaluation.saveScheme(other)
    for (const [adoption, reason] of [
      [{}, 'effective-from-missing'],
      [{ effectiveFrom: '2026-03-01' }, 'before-newest'],
      [{ effectiveFrom: '2026-06-01', overlapUntil: '2026-05-01' }, 'overlap-before'],
    ] as const)
      await expect(office.evaluation.adoptScheme({ id: 'halls', version: 4, adoption })).rejects.toMatchObject({
        code: 'ADOPTION_INVALID',
        data: { reason },
      })
    const march = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-03-01' })
    expect(march.scheme.version, 'March stays with the version that judged it').toBe(2)
  })
})

describe('live scores', () => {
  const april = (day: number) =>
    Temporal.PlainDate.from({ year: 2026, month: 4, day }).toZonedDateTime({
      timeZone: 'Asia/Shanghai',
      plainTime: '09:00',
    })

  test('follow the events of the running month, on both tracks', async () => {
    const events = Array.from({ length: 30 }, (_, index) => visit('H01', april(1 + (index % 9)), index % 3 > 0, 4))
    await office.measurement.recordEvents({ events })
    await house.installation.platform.settle()
    const live = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-04-01' })
    expect(live.period).toMatchObject({ complete: false, version: 3 })
    expect(live.rows[0]!.composite).toBeCloseTo(byHand('H01', ['2026-04'])!, 8)
    expect(live.overlap).toBe(true)
    const beside = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-04-01', track: 'overlap' })
    expect(beside.scheme.version).toBe(2)
    // More events at once: the score waits for its minute, then follows.
    const more = Array.from({ length: 10 }, () => visit('H01', april(9), true, 5))
    await office.measurement.recordEvents({ events: more })
    await house.installation.platform.settle()
    house.clock.stand(house.clock.now().add({ minutes: 2 }))
    await house.installation.platform.runSchedule('evaluation.scoreLive')
    const after = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-04-01' })
    expect(after.rows[0]!.composite).toBeCloseTo(byHand('H01', ['2026-04'])!, 8)
    expect(after.run, 'the running period keeps its run').toBe(live.run)
  })

  test('late events revise what was over, and say so', async () => {
    const late = Array.from({ length: 20 }, () =>
      visit('H02', Temporal.ZonedDateTime.from('2026-02-10T09:00:00[Asia/Shanghai]'), false, 1),
    )
    await office.measurement.recordEvents({ events: late })
    await house.installation.platform.settle()
    const february = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-02-01' })
    expect(february.period!.revisedAt).not.toBeNull()
    const january = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-01-01' })
    expect(january.period!.revisedAt).toBeNull()
  })

  test('become final when the month is over', async () => {
    house.clock.stand(Temporal.Instant.from('2026-05-01T02:00:00Z'))
    await house.installation.platform.runSchedule('evaluation.scoreDue')
    const april = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-04-01' })
    expect(april.period!.complete).toBe(true)
    const { rows } = await office.evaluation.listRuns({ scheme: 'halls', limit: 50 })
    expect(rows.map((run) => run.kind)).toEqual(expect.arrayContaining(['live', 'periodic', 'replay']))
  })
})

describe('weights', () => {
  test('by pairwise comparison, with the judgement to think about', async () => {
    const draft = scheme({
      id: 'weighed',
      weighting: {
        method: 'analytic-hierarchy',
        comparisons: [
          {
            of: null,
            judges: [
              { name: 'Office', judgements: [3] },
              { name: 'Customers', judgements: [1 / 3] },
            ],
          },
        ],
      },
    })
    const report = await office.evaluation.calculateWeights(draft)
    expect(report.dimensions.map((dimension) => Number(dimension.weight.toFixed(6)))).toEqual([0.5, 0.5])
    expect(report.comparisons[0]!.consensus!).toBeLessThan(1)
  })
  test('from the data of a period', async () => {
    const draft = scheme({ id: 'weighed', weighting: { method: 'entropy', periodStart: '2026-03-01' } })
    const report = await office.evaluation.calculateWeights(draft)
    expect(report.dimensions.reduce((sum, dimension) => sum + dimension.weight, 0)).toBeCloseTo(1, 8)
    const empty = await office.evaluation.calculateWeights({
      ...draft,
      weighting: { method: 'critic', periodStart: '2020-01-01' },
    })
    expect(empty.warnings).toContainEqual({ rule: 'too-few-units', of: null })
  })
  test('what they do to the order', async () => {
    const found = await office.evaluation.readSensitivity({ id: 'halls', periodStart: '2026-03-01' })
    expect(found.ranges.map((range) => range.item)).toEqual(['prompt', 'rating'])
    for (const range of found.ranges)
      expect(range.order!.from <= range.weight && range.weight <= range.order!.to).toBe(true)
    expect(found.nearby.length).toBe(found.units)
    expect(await office.evaluation.readSensitivity({ id: 'halls', periodStart: '2026-03-01' })).toEqual(found)
  })
  test('the same ranking in the editor as on the server', async () => {
    const preview = await office.evaluation.previewScheme({ draft: scheme(), periodStart: '2026-01-01' })
    for (const row of preview.filter((each) => each.composite !== null))
      expect(row.composite).toBeCloseTo(byHand(row.entity.key, ['2026-01'])!, 8)
  })
})

describe('what cannot stand', () => {
  const broken: [string, Partial<SchemeInput>, string][] = [
    ['weights that do not sum to 1', { dimensions: [{ ...scheme().dimensions[0]!, weight: 0.9 }] }, 'dimensions'],
    [
      'an indicator nobody knows',
      {
        dimensions: [
          {
            ...scheme().dimensions[0]!,
            weight: 1,
            items: [{ ...scheme().dimensions[0]!.items[0]!, source: { kind: 'indicator', indicator: 'nothing' } }],
          },
        ],
      },
      'dimensions.0.items.0.source.indicator',
    ],
    [
      'borders that fall',
      { grades: { bands: { kind: 'fixed', from: [70, 60] }, hysteresisPoints: 0 } },
      'grades.bands',
    ],
  ]
  test.each(broken)('%s', async (_name, part, field) => {
    await expect(office.evaluation.saveScheme(scheme({ id: 'broken', ...part }))).rejects.toMatchObject({
      code: 'SCHEME_INVALID',
      data: { issues: [expect.objectContaining({ field })] },
    })
    const issues = await office.evaluation.checkScheme(scheme({ id: 'broken', ...part }))
    expect(issues.some((issue) => issue.field === field && issue.severity === 'error')).toBe(true)
  })
  test('a period the scheme does not score, a version it has not, a scheme that is not there', async () => {
    await expect(office.evaluation.readRanking({ id: 'halls', grain: 'week' })).rejects.toMatchObject({
      code: 'GRAIN_NOT_SCORED',
    })
    await expect(office.evaluation.readScheme({ id: 'halls', version: 99 })).rejects.toMatchObject({
      code: 'SCHEME_VERSION_UNKNOWN',
    })
    await expect(office.evaluation.readScheme({ id: 'nothing' })).rejects.toMatchObject({ code: 'SCHEME_UNKNOWN' })
    await expect(office.evaluation.readRanking({ id: 'halls', periodStart: '2020-01-01' })).rejects.toMatchObject({
      code: 'SCORES_MISSING',
    })
  })
})
