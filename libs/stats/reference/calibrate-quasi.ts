// Coverage of 95 % intervals and size of 5 % tests of the quasi-experimental methods when the truth is known, on autocorrelated, seasonal and
// clustered data. Run: node libs/stats/reference/calibrate-quasi.ts [share of the usual replications]. Output: quasi-calibration.json.
// Standard error of a printed coverage of 95 %: root(0.95 * 0.05 / replications), 0.7 points at 1,000. Some seven minutes.
import { writeFileSync } from 'node:fs'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { countInterruptedSeries } from '../src/interrupted/count-series.ts'
import { interruptedSeries } from '../src/interrupted/interrupted-series.ts'
import type { SeriesErrors } from '../src/interrupted/series-contract.ts'
import { staggeredEffects } from '../src/panel/staggered-effects.ts'
import { twoWayRegression } from '../src/panel/two-way-regression.ts'
import { regressionDiscontinuity } from '../src/quasi/regression-discontinuity.ts'
import { CAUSAL_IMPACT_PRIORS, structuralEffect } from '../src/quasi/structural/structural-effect.ts'
import { syntheticDifference } from '../src/synthetic/synthetic-difference.ts'
import { spacePlacebos } from '../src/synthetic/synthetic-placebos.ts'

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

const share = Number(process.argv[2] ?? 1)
const runs = (usual: number) => Math.max(20, Math.round(usual * share))
const percent = (count: number, of: number) => Math.round((1000 * count) / of) / 10
const rows: Record<string, unknown>[] = []
const holds = ({ lower, upper }: { lower: number; upper: number }, truth: number) =>
  Number(lower <= truth && truth <= upper)

/** ARMA noise of variance 1, after a warm-up. */
function noise(length: number, ar: readonly number[], ma: readonly number[], normal: () => number): number[] {
  const shocks: number[] = []
  const values: number[] = []
  for (let t = 0; t < length + 60; t++) {
    shocks.push(normal())
    let value = shocks[t]!
    ma.forEach((theta, j) => {
      value += theta * (shocks[t - 1 - j] ?? 0)
    })
    ar.forEach((phi, j) => {
      value += phi * (values[t - 1 - j] ?? 0)
    })
    values.push(value)
  }
  return values.slice(-length)
}
/** Standard deviation of such noise, by its first 400 weights. */
function deviationOf(ar: readonly number[], ma: readonly number[]): number {
  const weights: number[] = []
  for (let t = 0; t < 400; t++) {
    let weight = t === 0 ? 1 : (ma[t - 1] ?? 0)
    ar.forEach((phi, j) => {
      weight += phi * (weights[t - 1 - j] ?? 0)
    })
    weights.push(weight)
  }
  return Math.hypot(...weights)
}

// 1. Interrupted series: average effect, truth 1 + 0.05 a period, a third of the points after.
const laws: [string, number[], number[]][] = [
  ['independent', [], []],
  ['AR(1) 0.5', [0.5], []],
  ['ARMA(1,1) 0.8 -0.4', [0.8], [-0.4]],
  ['AR(2) 0.4 0.3', [0.4, 0.3], []],
]
const treatments: [string, SeriesErrors][] = [
  ['newey-west', { standardErrors: 'newey-west' }],
  ['prais-winsten', { standardErrors: 'prais-winsten' }],
  ['arma (1,0) reml', { standardErrors: 'arma', arma: { order: { ar: 1, ma: 0 }, likelihood: 'reml' } }],
  ['arma (1,1) reml', { standardErrors: 'arma', arma: { order: { ar: 1, ma: 1 }, likelihood: 'reml' } }],
  ['arma (1,0) ml', { standardErrors: 'arma', arma: { order: { ar: 1, ma: 0 }, likelihood: 'ml' } }],
]
for (const length of [36, 60, 120]) {
  for (const [law, ar, ma] of laws) {
    for (const seasonal of length === 60 ? [false, true] : [false]) {
      const replications = runs(600)
      const normal = seeded(length + ar.length * 7 + ma.length)
      const size = deviationOf(ar, ma)
      const start = Math.round((length * 2) / 3)
      const hits = treatments.map(() => 0)
      for (let run = 0; run < replications; run++) {
        const errors = noise(length, ar, ma, normal)
        const points = errors.map((error, time) => {
          const effect = time >= start ? 1 + 0.05 * (time - start) : 0
          const wave = seasonal ? 2 * Math.cos((2 * Math.PI * time) / 12) : 0
          return { time, value: 10 + 0.1 * time + effect + wave + error / size }
        })
        const truth = 1 + (0.05 * (length - start - 1)) / 2
        treatments.forEach(([, errorsAs], j) => {
          const season = seasonal
            ? ({ kind: 'fourier', period: 12, harmonics: 1 } as const)
            : ({ kind: 'none' } as const)
          const result = interruptedSeries({ points, interventionTime: start, season, ...errorsAs })
          if (result.kind === 'estimate') hits[j]! += holds(result.averageEffect, truth)
        })
      }
      treatments.forEach(([method], j) =>
        rows.push({
          method: `interrupted series, ${method}`,
          data: `${length} points, ${law}${seasonal ? ', season' : ''}`,
          coverage: percent(hits[j]!, replications),
          replications,
        }),
      )
    }
  }
}

// 2. Counts: average rate ratio, truth 0.8, 20 events a month, Poisson or with an AR(1) rate.
for (const [data, spread] of [
  ['60 points, Poisson', 0],
  ['60 points, log rate AR(1) 0.5 deviation 0.2', 0.2],
] as const) {
  const replications = runs(600)
  const uniform = seededUniform(77)
  const normal = () => normalQuantile(uniform())
  const hits = { 'quasi-poisson': 0, 'newey-west': 0 }
  for (let run = 0; run < replications; run++) {
    const errors = noise(60, [0.5], [], normal)
    const points = errors.map((error, time) => {
      const mean = 20 * (time >= 40 ? 0.8 : 1) * Math.exp((spread * error) / deviationOf([0.5], []) - spread ** 2 / 2)
      return { time, events: poisson(mean, uniform) }
    })
    for (const standardErrors of ['quasi-poisson', 'newey-west'] as const) {
      const result = countInterruptedSeries({ points, interventionTime: 40, standardErrors })
      if (result.kind === 'estimate') hits[standardErrors] += holds(result.averageEffect, 0.8)
    }
  }
  for (const [method, count] of Object.entries(hits))
    rows.push({ method: `counts, ${method}`, data, coverage: percent(count, replications), replications })
}

// 3. Panels: a third of the clusters treated, 12 periods, AR(1) 0.6 within units.
for (const clusters of [6, 10, 20, 40]) {
  const replications = runs(1000)
  const normal = seeded(clusters)
  const hits = { all: 0, 'nested-free': 0, none: 0 }
  for (let run = 0; run < replications; run++) {
    const panel = Array.from({ length: clusters }, (_, unit) => {
      const errors = noise(12, [0.6], [], normal)
      return errors.map((error, time) => ({
        unit: `u${unit}`,
        time,
        value: unit + 0.3 * time + error + (unit < clusters / 3 && time >= 6 ? 1 : 0),
      }))
    }).flat()
    const regressors = panel.map(({ unit, time }) => [Number(Number(unit.slice(1)) < clusters / 3 && time >= 6)])
    for (const factor of ['all', 'nested-free', 'none'] as const) {
      const fit = twoWayRegression({ rows: panel, regressors, factor })
      if (fit.kind === 'fit') hits[factor] += holds(fit.effects[0]!, 1)
    }
  }
  for (const [factor, count] of Object.entries(hits))
    rows.push({
      method: `two-way effects, CR1 ${factor}`,
      data: `${clusters} units, 12 periods, AR(1) 0.6`,
      coverage: percent(count, replications),
      replications,
    })
}
for (const units of [20, 60, 150]) {
  const replications = runs(500)
  const normal = seeded(units + 1)
  const uniform = seededUniform(units + 2)
  let [simple, band] = [0, 0]
  for (let run = 0; run < replications; run++) {
    const list = Array.from({ length: units }, (_, i) => {
      const treatedFrom = i % 4 === 0 ? 3 : i % 4 === 1 ? 5 : null
      const values = noise(7, [0.6], [], normal).map(
        (error, time) => i + 0.2 * time + error + (treatedFrom !== null && time >= treatedFrom ? 1 : 0),
      )
      return { unit: `u${i}`, treatedFrom, values }
    })
    const result = staggeredEffects({
      units: list,
      times: [0, 1, 2, 3, 4, 5, 6],
      control: 'not-yet-treated',
      base: 'varying',
      bootstrap: { draws: 400, multiplier: 'mammen', scale: 'influence', random: uniform },
    })
    if (result.kind === 'cannot') continue
    simple += holds(result.simple, 1)
    band += Number(result.groupTime.every((effect) => holds(effect.band!, effect.time >= effect.group ? 1 : 0)))
  }
  rows.push({
    method: 'staggered, simple average, normal interval',
    data: `${units} units, 7 periods, AR(1) 0.6`,
    coverage: percent(simple, replications),
    replications,
  })
  rows.push({
    method: 'staggered, all group-times within the band',
    data: `${units} units, 7 periods, AR(1) 0.6`,
    coverage: percent(band, replications),
    replications,
  })
}

// 4. Synthetic control and difference: 21 units, 20 times before, 6 after, two common factors, AR(1) 0.5; no effect, or an effect of 2.
{
  const replications = runs(400)
  const normal = seeded(3)
  let [ten, five, kept] = [0, 0, 0]
  for (let run = 0; run < replications; run++) {
    const factors = [noise(26, [0.8], [], normal), noise(26, [0.8], [], normal)]
    const units = Array.from({ length: 21 }, (_, i) => {
      const load = [normal(), normal()]
      return {
        unit: `u${i}`,
        values: noise(26, [0.5], [], normal).map(
          (error, t) => 20 + load[0]! * factors[0]![t]! + load[1]! * factors[1]![t]! + 0.5 * error,
        ),
      }
    })
    const [treated, ...donors] = units as [(typeof units)[0], ...typeof units]
    const placebo = spacePlacebos({
      treated,
      donors,
      interventionAt: 20,
      match: 'outcomes',
      worstFit: Number.POSITIVE_INFINITY,
    })
    if (placebo.kind === 'placebos') {
      ten += Number(placebo.pValue <= 2 / 21 + 1e-12)
      five += Number(placebo.pValue <= 1 / 21 + 1e-12)
    }
    const moved = { ...treated, values: treated.values.map((value, t) => value + (t >= 20 ? 2 : 0)) }
    const difference = syntheticDifference({
      treated: [moved],
      controls: donors,
      interventionAt: 20,
      standardError: 'placebo',
    })
    if (difference.kind === 'estimate') kept += holds({ lower: difference.lower!, upper: difference.upper! }, 2)
  }
  const data = '20 donors, 20 times before, 6 after'
  rows.push({
    method: 'synthetic control, placebo p <= 1/21 (4.8 %)',
    data,
    rejection: percent(five, replications),
    replications,
  })
  rows.push({
    method: 'synthetic control, placebo p <= 2/21 (9.5 %)',
    data,
    rejection: percent(ten, replications),
    replications,
  })
  rows.push({
    method: 'synthetic difference, placebo interval',
    data,
    coverage: percent(kept, replications),
    replications,
  })
}

// 5. Structural series: effect 1, deviation 1, a control series or none; the priors of CausalImpact, and a level that may move.
const LOOSE = {
  ...CAUSAL_IMPACT_PRIORS,
  level: { deviation: 0.1, worth: 1 },
  observation: { deviation: 0.5, worth: 1 },
}
for (const [data, ar, controlled] of [
  ['48 before, 12 after, control, independent errors', [], true],
  ['48 before, 12 after, control, AR(1) 0.5 errors', [0.5], true],
  ['48 before, 12 after, no control, independent errors', [], false],
  ['48 before, 12 after, no control, AR(1) 0.5 errors', [0.5], false],
] as [string, number[], boolean][]) {
  for (const [name, priors] of [
    ['priors of CausalImpact', CAUSAL_IMPACT_PRIORS],
    ['loose priors', LOOSE],
  ] as const) {
    const replications = runs(200)
    const normal = seeded(48 + ar.length)
    const uniform = seededUniform(49)
    let hits = 0
    for (let run = 0; run < replications; run++) {
      const control = noise(60, [0.9], [], normal)
      const size = deviationOf(ar, [])
      const values = noise(60, ar, [], normal).map(
        (error, t) => 50 + 0.8 * control[t]! * Number(controlled) + error / size + (t >= 48 ? 1 : 0),
      )
      const controls = controlled ? [control] : []
      const result = structuralEffect({
        values,
        controls,
        interventionAt: 48,
        period: null,
        priors,
        draws: 400,
        burnIn: 100,
        random: uniform,
      })
      if (result.kind === 'posterior') hits += holds(result.averageEffect, 1)
    }
    rows.push({ method: `structural series, ${name}`, data, coverage: percent(hits, replications), replications })
  }
}

// 6. Regression discontinuity: jump 0.5 on a curved course, deviation 0.3.
for (const count of [300, 1000]) {
  const replications = runs(400)
  const uniform = seededUniform(count)
  const normal = () => normalQuantile(uniform())
  const methods = ['imbens-kalyanaraman-2012', 'mse-two-step'] as const
  const hits = methods.map(() => ({ conventional: 0, robust: 0 }))
  for (let run = 0; run < replications; run++) {
    const cases = Array.from({ length: count }, () => {
      const running = 2 * uniform() - 1
      const course =
        running < 0
          ? 1.27 * running + 7.18 * running ** 2 + 20.21 * running ** 3 + 21.54 * running ** 4 + 7.33 * running ** 5
          : 0.84 * running - 3 * running ** 2 + 7.99 * running ** 3 - 9.01 * running ** 4 + 3.56 * running ** 5
      return { running, outcome: course + (running >= 0 ? 0.5 : 0) + 0.3 * normal() }
    })
    methods.forEach((bandwidth, j) => {
      const result = regressionDiscontinuity({ cases, cutoff: 0, bandwidth })
      if (result.kind === 'cannot') return
      hits[j]!.conventional += holds(result.conventional, 0.5)
      hits[j]!.robust += holds(result.robust, 0.5)
    })
  }
  methods.forEach((bandwidth, j) => {
    for (const [interval, hit] of Object.entries(hits[j]!))
      rows.push({
        method: `discontinuity, ${interval}, ${bandwidth}`,
        data: `${count} cases`,
        coverage: percent(hit, replications),
        replications,
      })
  })
}

function seeded(seed: number): () => number {
  const uniform = seededUniform(seed)
  return () => normalQuantile(uniform())
}
function poisson(mean: number, uniform: () => number): number {
  let count = 0
  for (let left = uniform(); left > Math.exp(-mean); left *= uniform()) count += 1
  return count
}

writeFileSync(
  new URL('quasi-calibration.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
)
console.table(rows)
