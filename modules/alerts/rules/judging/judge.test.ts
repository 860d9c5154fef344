import { describe, expect, test } from 'vitest'
import { seededRandom } from '#platform/seeded-random'
import { judge, lookBack } from './judge.ts'
import { askedOf, type Cell, panelOf } from './made-for-test.ts'

const share = (numerator: number, denominator: number): Cell => ({ numerator, denominator })
const repeated = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_unused, index) => one(index))
const severities = (verdicts: { severity: Uint8Array }) => [...verdicts.severity]

describe('thresholds', () => {
  const levels = { yellow: 5, orange: 10, red: 20 }
  test('the worst level reached; a hair below is none', () => {
    const panel = panelOf(
      'unknown',
      [4.99, 5, 10, 19.9, 20].map((value) => [{ numerator: 0, n: 9, value }]),
    )
    expect(severities(judge(askedOf(panel, { kind: 'threshold', levels })))).toEqual([0, 1, 2, 2, 3])
  })
  test('higher is better: low is bad', () => {
    const panel = panelOf(
      'unknown',
      [95, 90, 79].map((value) => [{ numerator: 0, n: 9, value }]),
    )
    const low = { yellow: 90, orange: 80, red: null }
    expect(
      severities(judge(askedOf(panel, { kind: 'threshold', levels: low }, { direction: 'higher-is-better' }))),
    ).toEqual([0, 1, 2])
  })
  test('shares: a small unit needs to be farther out', () => {
    // 2 of 10 and 400 of 2000 are both 20 %, against 10 %: only the large one is sure (binomial tails 0.26 and 1e-40).
    const panel = panelOf('binomial', [[share(2, 10)], [share(400, 2000)]], 100)
    const verdicts = judge(askedOf(panel, { kind: 'threshold', levels: { orange: 10 } }))
    expect(severities(verdicts)).toEqual([0, 2])
    expect(verdicts.pValue[0]).toBeCloseTo(0.2639010709, 9)
  })
  test('surely beyond the milder level only: the milder colour', () => {
    const verdicts = judge(
      askedOf(panelOf('count', [[70], [95]]), { kind: 'threshold', levels: { yellow: 20, red: 60 } }),
    )
    expect(severities(verdicts)).toEqual([1, 3])
  })
  test('no test asked, no test made', () => {
    const panel = panelOf('binomial', [[share(2, 10)]], 100)
    expect(severities(judge(askedOf(panel, { kind: 'threshold', levels: { orange: 10 } }, { confidence: 0 })))).toEqual(
      [2],
    )
  })
  test('too few cases are not judged and count as unknown', () => {
    const panel = panelOf('binomial', [[share(4, 4)], [share(40, 40)]], 100)
    const verdicts = judge(askedOf(panel, { kind: 'threshold', levels: { red: 10 } }, { minimumN: 5 }))
    expect([severities(verdicts), [...verdicts.known]]).toEqual([
      [0, 3],
      [0, 1],
    ])
  })
  test('what fires already is held by eased levels', () => {
    const panel = panelOf(
      'unknown',
      [9.2, 8.9].map((value) => [{ numerator: 0, n: 9, value }]),
    )
    const steadiness = { easePercent: 10 }
    const ask = (firing?: Uint8Array) =>
      severities(
        judge(
          askedOf(panel, { kind: 'threshold', levels: { orange: 10 } }, { steadiness, ...(firing ? { firing } : {}) }),
        ),
      )
    expect(ask()).toEqual([0, 0])
    expect(ask(Uint8Array.of(1, 1))).toEqual([2, 0])
  })
})

describe('growth', () => {
  const week = { kind: 'growth' as const, against: 'previous' as const, levelsPercent: { yellow: 30, red: 100 } }
  test('counts: 5 to 7 is noise, 50 to 90 is not', () => {
    const panel = panelOf('count', [
      [5, 7],
      [50, 90],
      [40, 90],
    ])
    expect(severities(judge(askedOf(panel, week)))).toEqual([0, 1, 3])
  })
  test('for higher-is-better a fall is growth of what is bad', () => {
    const panel = panelOf('binomial', [[share(900, 1000), share(500, 1000)]], 100)
    const verdicts = judge(askedOf(panel, week, { direction: 'higher-is-better' }))
    expect(verdicts.measured[0]).toBeCloseTo(44.444, 2)
    expect(severities(verdicts)).toEqual([1])
  })
  test('a year before', () => {
    const panel = panelOf('count', [[...repeated(12, (month) => (month === 0 ? 40 : 90)), 90]])
    expect(severities(judge(askedOf(panel, { ...week, against: 'year-before' })))).toEqual([3])
  })
  test('longer windows judge what single periods cannot', () => {
    const panel = panelOf('count', [[3, 4, 3, 4, 9, 9, 8, 9]])
    expect(severities(judge(askedOf(panel, week)))).toEqual([0])
    expect(severities(judge(askedOf(panel, { ...week, windowPeriods: 4 })))).toEqual([3])
  })
  test('counts that come in bunches are given their scatter', () => {
    const bunched = [60, 20, 75, 10, 66, 30, 80, 15, 70, 25, 50, 90]
    expect(severities(judge(askedOf(panelOf('count', [bunched]), week)))).toEqual([1])
    expect(severities(judge(askedOf(panelOf('count', [bunched]), { ...week, dispersionPeriods: 11 })))).toEqual([0])
  })
  test('nothing before, or nought before: nothing to say', () => {
    const panel = panelOf('count', [
      [null, 9],
      [0, 9],
    ])
    const verdicts = judge(askedOf(panel, week))
    expect([severities(verdicts), [...verdicts.known]]).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
  test('20,000 unchanged units with five complaints a week: few are shamed, and of many truly grown most are named', () => {
    const random = seededRandom(0.42)
    const poisson = (mean: number) => {
      let [count, product] = [0, random()]
      for (const end = Math.exp(-mean); product > end; count += 1) product *= random()
      return count
    }
    const units = 20_000
    const grown = 400
    const rows = repeated(units, (unit) => [poisson(unit < grown ? 20 : 5), poisson(unit < grown ? 80 : 5)])
    const panel = panelOf('count', rows)
    const bare = severities(judge(askedOf(panel, week, { confidence: 0 })))
    const sure = severities(judge(askedOf(panel, week, { confidence: 0.99 })))
    const held = severities(judge(askedOf(panel, week, { falseDiscoveryShare: 0.05 })))
    const false_ = (list: number[]) => list.slice(grown).filter((each) => each > 0).length
    const found = (list: number[]) => list.slice(0, grown).filter((each) => each > 0).length
    expect(false_(bare) / (units - grown)).toBeGreaterThan(0.25)
    expect(false_(sure) / (units - grown)).toBeLessThan(0.01)
    expect(false_(held) / Math.max(1, false_(held) + found(held))).toBeLessThan(0.05)
    expect(found(held) / grown).toBeGreaterThan(0.95)
  })
})

describe('deviations', () => {
  const levelsPercent = { yellow: 5, orange: 20, red: 40 }
  test('own baseline: the ratio of sums of the periods before, half of which must be there', () => {
    const rows = [
      [...repeated(6, () => share(50, 1000)), share(75, 1000)],
      [...repeated(5, () => null), share(50, 1000), share(75, 1000)],
    ]
    const verdicts = judge(
      askedOf(panelOf('poisson', rows, 1000), {
        kind: 'deviation',
        baseline: { of: 'own', periods: 6 },
        levelsPercent,
      }),
    )
    expect([severities(verdicts), verdicts.baseline[0]]).toEqual([[3, 0], 50])
  })
  test('peers: all units of the same period', () => {
    const rows = [[share(100, 1000)], [share(100, 1000)], [share(200, 1000)]]
    const verdicts = judge(
      askedOf(panelOf('binomial', rows, 100), { kind: 'deviation', baseline: { of: 'peers' }, levelsPercent }),
    )
    expect(severities(verdicts)).toEqual([0, 0, 3])
    expect(verdicts.baseline[2]).toBeCloseTo(13.333, 2)
  })
  test('season: the same month of years before', () => {
    const year = (july: number) => repeated(12, (month) => (month === 6 ? july : 10))
    const row = [...year(100), ...year(100), ...year(100).slice(0, 6), 105]
    const condition = { kind: 'deviation' as const, baseline: { of: 'season' as const, years: 2 }, levelsPercent }
    expect(judge(askedOf(panelOf('count', [row]), condition)).measured[0]).toBeCloseTo(5, 9)
  })
  test('targets and figures of the industry', () => {
    const panel = panelOf('normal', [[{ numerator: 6000, denominator: 500, n: 500, squares: 74_000 }]])
    const industry = judge(
      askedOf(panel, { kind: 'deviation', baseline: { of: 'industry', value: 10 }, levelsPercent }),
    )
    expect([severities(industry), industry.measured[0]]).toEqual([[2], 20])
    expect(severities(judge(askedOf(panel, { kind: 'deviation', baseline: { of: 'target' }, levelsPercent })))).toEqual(
      [0],
    )
    expect(
      severities(
        judge(askedOf(panel, { kind: 'deviation', baseline: { of: 'target' }, levelsPercent }, { target: 8 })),
      ),
    ).toEqual([3])
  })
})

describe('charts', () => {
  const chart = { kind: 'chart' as const }
  const steady = [50, 52, 48, 51, 49, 50, 53, 47, 50, 51, 49, 52, 48, 50, 51, 49]
  test('a point beyond the limits', () => {
    const verdicts = judge(
      askedOf(panelOf('unknown', [[...steady, 80].map((value) => ({ numerator: 0, n: 9, value }))]), chart),
    )
    expect([severities(verdicts), verdicts.because.get(0)]).toEqual([[2], ['xmr', 'nhs-astronomical']])
  })
  test('to the good side it is silent unless both are wanted', () => {
    const panel = panelOf('unknown', [[...steady, 20].map((value) => ({ numerator: 0, n: 9, value }))])
    expect(severities(judge(askedOf(panel, chart)))).toEqual([0])
    expect(severities(judge(askedOf(panel, { ...chart, bothSides: true })))).toEqual([2])
    expect(severities(judge(askedOf(panel, chart, { direction: 'higher-is-better' })))).toEqual([2])
  })
  test('large denominators get Laney’s limits: real shares move more than chance', () => {
    const moves = [0, 4, -3, 5, -4, 2, -5, 3, 1, -2, 4, -4, 3, -1, 2]
    const row = moves.map((move) => share(Math.round(280_000 * (0.95 + move / 1000)), 280_000))
    const plain = judge(
      askedOf(panelOf('binomial', [row], 100), { ...chart, chart: 'p', bothSides: true, baselinePeriods: 14 }),
    )
    const laney = judge(askedOf(panelOf('binomial', [row], 100), { ...chart, bothSides: true, baselinePeriods: 14 }))
    expect([severities(plain), severities(laney)]).toEqual([[2], [0]])
  })
  test('limits drawn anew from a confirmed change on', () => {
    const later = steady.map((value) => value + 30)
    const panel = panelOf('unknown', [[...steady, ...later].map((value) => ({ numerator: 0, n: 9, value }))])
    const row = { ...chart, periods: 40, baselinePeriods: 12 }
    expect(severities(judge(askedOf(panel, row)))[0]).toBeGreaterThan(0)
    expect(severities(judge(askedOf(panel, { ...row, changes: [panel.periods.starts[16]!] })))).toEqual([0])
  })
  test('rare events: much less time between two than usual, only in the period it happens in', () => {
    const day = 86_400_000
    const at = [0, 40, 85, 120, 170, 210, 255, 300, 340, 380, 420, 460, 460.04].map((days, cases) => ({
      at: days * day,
      cases,
    }))
    const panel = panelOf('count', [[1, 1]])
    const asked = askedOf(panel, { ...chart, chart: 't' })
    expect(severities(judge({ ...asked, events: () => ({ events: at, fresh: 1 }) }))).toEqual([2])
    expect(severities(judge({ ...asked, events: () => ({ events: at, fresh: 0 }) }))).toEqual([0])
    expect(severities(judge({ ...asked, events: () => ({ events: at.slice(0, 12), fresh: 1 }) }))).toEqual([0])
  })
  test('flat, all nought, one point: nothing to say', () => {
    for (const row of [repeated(20, () => 7), repeated(20, () => 0), [...repeated(19, () => null), 5]])
      expect(severities(judge(askedOf(panelOf('count', [row]), { ...chart, chart: 'xmr' })))).toEqual([0])
  })
})

test('a change of level is dated and only speaks while it is new', () => {
  const row = [...repeated(36, (index) => 100 + (index % 3)), ...repeated(5, (index) => 140 + (index % 3))]
  const panel = panelOf('unknown', [row.map((value) => ({ numerator: 0, n: 9, value }))])
  const change = { kind: 'change-point' as const, periods: 41, levelsPercent: { orange: 20 } }
  const verdicts = judge(askedOf(panel, { ...change, within: 6 }))
  expect([severities(verdicts), verdicts.because.get(0)]).toEqual([[2], [panel.periods.starts[36]]])
  expect(severities(judge(askedOf(panel, { ...change, within: 3 })))).toEqual([0])
})

describe('forecasts', () => {
  const season = repeated(36, (month) => 100 + 30 * Math.sin((month * Math.PI) / 6) + ((month * 7) % 5))
  test('July is no alarm because July is always like that; the same value in December is', () => {
    const band = { kind: 'forecast-band' as const, season: 12 }
    const at = (value: number) =>
      panelOf('unknown', [[...season, value].map((each) => ({ numerator: 0, n: 9, value: each }))])
    expect(severities(judge(askedOf(at(102), band)))).toEqual([0])
    expect(severities(judge(askedOf(at(131), band)))).toEqual([3])
  })
  test('low counts by their own law', () => {
    const band = { kind: 'forecast-band' as const }
    const row = [2, 1, 3, 2, 2, 0, 4, 2, 1, 3, 2, 1, 2, 3]
    expect(severities(judge(askedOf(panelOf('count', [[...row, 4]]), band)))).toEqual([0])
    expect(severities(judge(askedOf(panelOf('count', [[...row, 14]]), band)))).toEqual([3])
  })
  test('a target that will be missed, and when', () => {
    const rising = repeated(20, (month) => ({ numerator: 0, n: 9, value: 50 + 2 * month + (month % 2) }))
    const verdicts = judge(
      askedOf(panelOf('unknown', [rising]), {
        kind: 'forecast-miss',
        horizon: 3,
        target: 92,
        levelsChancePercent: { orange: 60 },
      }),
    )
    expect([severities(verdicts), verdicts.expectedIn.get(0)]).toEqual([[2], 2])
  })
})

test('shortage: demand over capacity', () => {
  const panel = panelOf('count', [[110], [90], [300], [5]])
  const capacity = panelOf(
    'unknown',
    [100, 100, 200, 0].map((value) => [{ numerator: 0, n: 1, value }]),
  )
  const verdicts = judge(
    askedOf(
      panel,
      { kind: 'shortage', capacity: 'seats', levelsPercent: { yellow: 100, red: 140 } },
      { capacity, confidence: 0 },
    ),
  )
  expect(severities(verdicts)).toEqual([1, 0, 3, 3])
})

test('how far back each kind looks', () => {
  expect(
    lookBack(
      {
        kind: 'growth',
        against: 'year-before',
        windowPeriods: 3,
        levelsPercent: { yellow: 5, orange: null, red: null },
        dispersionPeriods: 0,
      },
      'month',
    ),
  ).toBe(14)
})
