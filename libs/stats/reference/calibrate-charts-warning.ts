// False alarms and power of growth tests, change tests and forecast bands when the truth is known. Nominal sizes: growth one-sided 5 %,
// change 5 %, bands 95 %. Run: node libs/stats/reference/calibrate-charts-warning.ts [replications]. Output: warning-calibration.json.
import { writeFileSync } from 'node:fs'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { fitSmoothing } from '../src/forecast/fit-smoothing.ts'
import { lowCountForecast } from '../src/forecast/low-count-forecast.ts'
import { smoothingForecast } from '../src/forecast/smoothing-forecast.ts'
import { changePoints } from '../src/warning/change-points.ts'
import { cusumChangeTest, pettittTest } from '../src/warning/change-tests.ts'
import { dispersedGrowthTest } from '../src/warning/dispersed-growth-test.ts'
import { growthTest } from '../src/warning/growth-test.ts'
import { historyDispersion } from '../src/warning/history-dispersion.ts'

/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
function seededUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

const replications = Number(process.argv[2] ?? 10000)
const uniform = seededUniform(1)
const normal = () => normalQuantile(uniform())
const rows: Record<string, unknown>[] = []
const percent = (count: number, of = replications) => Math.round((1000 * count) / of) / 10

function poisson(mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  let count = 0
  for (let left = uniform(); left > Math.exp(-mean); left *= uniform()) count += 1
  return count
}
/** Gamma of mean 1 and the given squared coefficient of variation, as a mean of squares (shape a multiple of one half). */
function bunched(mean: number, halves: number): number {
  if (halves === 0) return poisson(mean)
  let sum = 0
  for (let i = 0; i < halves; i++) sum += normal() ** 2
  return poisson((mean * sum) / halves)
}

// Growth from week to week: rules "more than 30 %", exact, mid-p, quasi-Poisson with 24 weeks of history; true ratio 1 and 1.6.
for (const [kind, halves] of [
  ['Poisson', 0],
  ['bunched, variance mean + 0.2 mean squared', 10],
] as const) {
  for (const mean of [2, 5, 10, 50, 200]) {
    for (const ratio of [1, 1.6]) {
      const hits = { 'more than 30 %': 0, exact: 0, 'mid-p': 0, 'mid-p against 1.3': 0, 'quasi-Poisson': 0 }
      for (let run = 0; run < replications; run++) {
        const history = Array.from({ length: 24 }, () => ({ events: bunched(mean, halves), exposure: 1 }))
        const earlier = { events: bunched(mean, halves), exposure: 1 }
        const later = { events: bunched(mean * ratio, halves), exposure: 1 }
        hits['more than 30 %'] += Number(later.events > 1.3 * earlier.events)
        for (const method of ['exact', 'mid-p'] as const) {
          const found = growthTest({ earlier, later, nullRatio: 1, alternative: 'greater', method })
          hits[method] += Number(found.kind === 'growth' && found.pValue < 0.05)
        }
        const more = growthTest({ earlier, later, nullRatio: 1.3, alternative: 'greater', method: 'mid-p' })
        hits['mid-p against 1.3'] += Number(more.kind === 'growth' && more.pValue < 0.05)
        const known = historyDispersion({ history, method: 'pearson' })
        if (known.kind === 'cannot') continue
        const dispersion = {
          kind: 'quasi-poisson',
          factor: known.factor,
          degreesOfFreedom: known.degreesOfFreedom,
        } as const
        const wide = dispersedGrowthTest({ earlier, later, nullRatio: 1, alternative: 'greater', dispersion })
        hits['quasi-Poisson'] += Number(wide.kind === 'growth' && wide.pValue < 0.05)
      }
      for (const [rule, count] of Object.entries(hits))
        rows.push({
          what: 'growth',
          rule,
          data: `${kind}, ${mean} a week, ratio ${ratio}`,
          firesPercent: percent(count),
        })
    }
  }
}

// Change of level: none, with independent or AR(1) values, 60 and 120 points.
for (const length of [60, 120]) {
  for (const correlation of [0, 0.3, 0.6]) {
    const runs = Math.round(replications / 5)
    const hits = {
      Pettitt: 0,
      'cumulative sums': 0,
      'cumulative sums, lag 4': 0,
      'any change point, bic': 0,
      'any change point, modified bic': 0,
    }
    for (let run = 0; run < runs; run++) {
      let value = normal()
      const values = Array.from(
        { length },
        () => (value = correlation * value + Math.sqrt(1 - correlation ** 2) * normal()),
      )
      const fires = (result: ReturnType<typeof pettittTest>) => Number(result.kind === 'test' && result.pValue < 0.05)
      hits.Pettitt += fires(pettittTest(values))
      hits['cumulative sums'] += fires(cusumChangeTest({ values, longRunLag: 0 }))
      hits['cumulative sums, lag 4'] += fires(cusumChangeTest({ values, longRunLag: 4 }))
      for (const penalty of ['bic', 'modified-bic'] as const) {
        const found = changePoints({ values, model: { kind: 'mean', sigma: 1 }, penalty, minimumLength: 5 })
        hits[penalty === 'bic' ? 'any change point, bic' : 'any change point, modified bic'] += Number(
          found.kind === 'segments' && found.changes.length > 0,
        )
      }
    }
    for (const [rule, count] of Object.entries(hits))
      rows.push({
        what: 'change',
        rule,
        data: `${length} points, AR(1) ${correlation}, no change`,
        firesPercent: percent(count, runs),
      })
  }
}

// Bands: share of next values (step 1 and 6) inside 95 %.
for (const length of [36, 72]) {
  const runs = Math.round(replications / 40)
  let [first, sixth] = [0, 0]
  for (let run = 0; run < runs; run++) {
    let level = 100
    const values = Array.from({ length: length + 6 }, (_, t) => {
      level += 0.3 * normal()
      return level + 5 * Math.sin((2 * Math.PI * t) / 12) + normal()
    })
    const fit = fitSmoothing({ values: values.slice(0, length), model: { trend: 'none', period: 12 } })
    if (fit.kind === 'cannot') throw new Error(fit.detail)
    const { points } = smoothingForecast(fit, 6)
    const inside = (step: number) =>
      Number(
        values[length + step - 1]! >= points[step - 1]!.lower && values[length + step - 1]! <= points[step - 1]!.upper,
      )
    first += inside(1)
    sixth += inside(6)
  }
  rows.push({
    what: 'band',
    rule: 'smoothing with season, step 1',
    data: `${length} months`,
    insidePercent: percent(first, runs),
  })
  rows.push({
    what: 'band',
    rule: 'smoothing with season, step 6',
    data: `${length} months`,
    insidePercent: percent(sixth, runs),
  })
}
for (const mean of [1, 4]) {
  const runs = Math.round(replications / 5)
  let inside = 0
  for (let run = 0; run < runs; run++) {
    const history = Array.from({ length: 26 }, () => ({ events: poisson(mean), exposure: 1 }))
    const found = lowCountForecast({ history, nextExposure: 1, memory: 'likeliest' })
    const next = poisson(mean)
    inside += Number(found.kind === 'forecast' && next >= found.lower && next <= found.upper)
  }
  rows.push({
    what: 'band',
    rule: 'low counts',
    data: `26 weeks, ${mean} a week`,
    insidePercent: percent(inside, runs),
  })
}

writeFileSync(
  new URL('warning-calibration.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
)
console.table(rows)
