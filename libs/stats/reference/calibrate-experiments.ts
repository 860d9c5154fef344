// How often tests and intervals for improvement plans are wrong on service-like data: skewed waiting times, values in clusters, over-dispersed
// counts, seasons, and looks on every day. Nominal are 5 % false claims and 95 % coverage throughout.
// Run: node libs/stats/reference/calibrate-experiments.ts [scale]. Output: calibrate-experiments.json beside this file; `scale` multiplies the
// replications (1 takes some five minutes). Each row: what, setting, share in percent, its sampling error (one standard error) in points.
import { writeFileSync } from 'node:fs'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { proportionDifference } from '../src/estimates/compare-proportions.ts'
import { differenceOfEstimates, relativeChange } from '../src/estimates/compare-estimates.ts'
import type { Measured } from '../src/estimates/estimate.ts'
import { pairSumsOf } from '../src/estimates/pair-sums.ts'
import { quantileInterval } from '../src/estimates/quantile-interval.ts'
import { rateRatio } from '../src/estimates/rates.ts'
import { ratioOfMeans } from '../src/estimates/ratio-of-means.ts'
import { clusteredQuantile } from '../src/experiments/clustered-quantile.ts'
import { cuped } from '../src/experiments/cuped.ts'
import { groupSequentialBoundary } from '../src/experiments/group-sequential/boundary.ts'
import { stageWiseEstimate } from '../src/experiments/group-sequential/stage-wise-estimate.ts'
import { confidenceSequence } from '../src/experiments/sequential/confidence-sequence.ts'
import { mixtureTuning } from '../src/experiments/sequential/normal-mixture.ts'
import { switchbackEffect } from '../src/experiments/time-designs/switchback.ts'
import { clusteredEstimate, clusteredLeastSquares } from '../src/linear/clustered-least-squares.ts'
import { clusteredRatio } from '../src/linear/clustered-ratio.ts'
import { bootstrapMean } from '../src/resampling/bootstrap.ts'
import { rankSumTest } from '../src/tests/rank-sum-test.ts'
import { calibratePower } from './calibrate-experiments-power.ts'
import { chanceOf, type Draws, holds, mean, measuredMean, times } from './calibrate-experiments-draws.ts'

export interface Row {
  what: string
  setting: string
  percent: number
  samplingError: number
}

const scale = Number(process.argv[2] ?? 1)
const rows: Row[] = []
/** Repeats a yes-no question and keeps the share of yes. */
function share(
  what: string,
  setting: string,
  replications: number,
  seed: number,
  ask: (draws: Draws) => boolean | null,
): void {
  const draws = chanceOf(seed)
  let [yes, asked] = [0, 0]
  for (let run = 0; run < Math.max(20, replications * scale); run++) {
    const answer = ask(draws)
    if (answer === null) continue
    asked++
    if (answer) yes++
  }
  const part = yes / asked
  const round = (value: number) => Math.round(value * 1000) / 10
  rows.push({ what, setting, percent: round(part), samplingError: round(Math.sqrt((part * (1 - part)) / asked)) })
}

/** Waiting times: lognormal with deviation 1 of the logarithm, mean exp(0.5). */
const wait = ({ normal }: Draws) => Math.exp(normal())
const WAIT_MEAN = Math.exp(0.5)

for (const count of [30, 200]) {
  const setting = `${count} a side, lognormal waiting times`
  share('coverage of a difference of means (Welch)', `${setting}, second twice as long`, 8000, 1, (draws) => {
    const first = measuredMean(times(count, () => wait(draws)))
    const second = measuredMean(times(count, () => 2 * wait(draws)))
    return holds(differenceOfEstimates({ first, second }), WAIT_MEAN)
  })
  for (const method of ['fieller', 'delta'] as const) {
    share(`coverage of a relative change (${method})`, `${setting}, no change`, 8000, 2, (draws) => {
      const [first, second] = [0, 1].map(() => measuredMean(times(count, () => wait(draws)))) as [Measured, Measured]
      return holds(relativeChange({ first, second, method }), 0)
    })
  }
  share('false claims of the rank sum test', setting, 4000, 3, (draws) => {
    const got = rankSumTest({ first: times(count, () => wait(draws)), second: times(count, () => wait(draws)) })
    return got.kind === 'test' ? got.pValue <= 0.05 : null
  })
}
for (const method of ['percentile', 'bca'] as const) {
  share(`coverage of a bootstrapped mean (${method})`, '40 lognormal waiting times', 1500, 4, (draws) =>
    holds(
      bootstrapMean({ values: times(40, () => wait(draws)), random: draws.uniform, resamples: 999, method }),
      WAIT_MEAN,
    ),
  )
}
for (const [count, chance] of [
  [40, 0.95],
  [200, 0.02],
] as const) {
  for (const method of ['miettinen-nurminen', 'newcombe'] as const) {
    share(`coverage of a difference of shares (${method})`, `${count} a side, share ${chance}`, 8000, 5, (draws) => {
      const side = () => ({ trials: count, successes: times(count, draws.uniform).filter((u) => u < chance).length })
      return holds(proportionDifference({ first: side(), second: side(), method }), 0)
    })
  }
}
for (const dispersion of [1, 3]) {
  share(
    'coverage of a ratio of rates',
    `some 60 events a side, daily counts with dispersion 3, allowed for ${dispersion}`,
    8000,
    6,
    (draws) => {
      // Negative binomial with mean 2 and variance 6 a day: gamma with shape 1 mixes the Poisson.
      const side = () => ({
        exposure: 30,
        events: times(30, () => draws.poisson(-2 * Math.log(1 - draws.uniform()))).reduce((a, b) => a + b),
      })
      return holds(rateRatio({ first: side(), second: side(), dispersion }), 1)
    },
  )
}

// Answers in branches: branch effect of deviation 0.5, answers of deviation 1, sizes 5 to 60.
const branches = (draws: Draws, count: number, effect: (branch: number) => number) =>
  times(count, (branch) => {
    const own = 0.5 * draws.normal() + effect(branch)
    return times(5 + Math.floor(55 * draws.uniform() ** 2), () => own + draws.normal())
  })
for (const count of [8, 20]) {
  const setting = `${count} branches of 5 to 60 answers, intracluster correlation 0.2`
  const sums = (clusters: number[][]) => ({
    numerators: clusters.map((cluster) => cluster.reduce((a, b) => a + b)),
    denominators: clusters.map((cluster) => cluster.length),
  })
  share('coverage of a mean, answers taken as independent', setting, 6000, 7, (draws) => {
    const { estimate, standardError } = measuredMean(branches(draws, count, () => 0).flat())
    return Math.abs(estimate) <= 1.96 * standardError
  })
  share('coverage of a mean by cluster (delta method)', setting, 6000, 7, (draws) => {
    const { numerators, denominators } = sums(branches(draws, count, () => 0))
    return holds(ratioOfMeans({ sums: pairSumsOf(denominators, numerators) }), 0)
  })
  share('coverage of a mean by cluster (CR2, Satterthwaite)', setting, 6000, 7, (draws) =>
    holds(clusteredRatio(sums(branches(draws, count, () => 0))), 0),
  )
  share('coverage of an effect on half of the branches (CR2 regression)', setting, 1500, 8, (draws) => {
    const clusters = branches(draws, count, (branch) => (branch % 2 === 0 ? 0.3 : 0))
    const names = clusters.flatMap((cluster, branch) => cluster.map(() => branch))
    const fit = clusteredLeastSquares({
      rows: names.map((branch) => [1, branch % 2 === 0 ? 1 : 0]),
      response: clusters.flat(),
      clusters: names,
    })
    return fit.kind === 'fit' ? holds(clusteredEstimate(fit, [0, 1]), 0.3) : null
  })
}
// 90th percentile: the same branches, waiting times exp(value). The truth from 2,000,000 draws is replaced by the exact normal quantile.
const percentile = Math.exp(normalQuantile(0.9) * Math.sqrt(1.25))
const equalBranches = (draws: Draws) =>
  times(40, () => {
    const own = 0.5 * draws.normal()
    return times(25, () => Math.exp(own + draws.normal()))
  })
share(
  'coverage of a 90th percentile, values taken as independent',
  '40 branches of 25, correlation 0.2',
  3000,
  9,
  (draws) => holds(quantileInterval({ values: equalBranches(draws).flat(), probability: 0.9 }), percentile),
)
share('coverage of a 90th percentile by cluster', '40 branches of 25, correlation 0.2', 3000, 9, (draws) =>
  holds(clusteredQuantile({ clusters: equalBranches(draws), probability: 0.9 }), percentile),
)
for (const slopes of ['pooled', 'by-arm'] as const) {
  share(
    `coverage with a covariate (CUPED, slope ${slopes})`,
    '40 and 60 units, skewed covariate, slopes and spread differ',
    8000,
    10,
    (draws) => {
      const arm = (count: number, slope: number, effect: number, spread: number) => {
        const past = times(count, () => wait(draws))
        return pairSumsOf(
          past,
          past.map((x) => slope * (x - WAIT_MEAN) + effect + spread * draws.normal()),
        )
      }
      return holds(cuped({ first: arm(40, 1, 0, 1), second: arm(60, 1.4, 0.5, 2), slopes }), 0.5)
    },
  )
}

// Daily looks for 60 days, 20 lognormal cases a side and day, the level following the weekday.
const days = 60
const daily = (draws: Draws, effect: number) => {
  const sums = [0, 1].map(() => ({ count: 0, sum: 0, squares: 0 })) as [Sums, Sums]
  return times(days, (day) => {
    const level = 1 + 0.3 * Math.sin((2 * Math.PI * day) / 7)
    sums.forEach((arm, side) => {
      for (let i = 0; i < 20; i++) {
        const value = level * wait(draws) * (1 + (side ? effect : 0))
        arm.count++
        arm.sum += value
        arm.squares += value * value
      }
    })
    const [first, second] = sums.map(({ count, sum, squares }) => ({
      estimate: sum / count,
      standardError: Math.sqrt((squares - sum ** 2 / count) / (count - 1) / count),
    })) as [Look, Look]
    const standardError = Math.hypot(first.standardError, second.standardError)
    return { estimate: second.estimate - first.estimate, standardError, clock: 20 * (day + 1) }
  })
}
interface Sums {
  count: number
  sum: number
  squares: number
}
interface Look {
  estimate: number
  standardError: number
}
const fractions = times(days, (day) => (day + 1) / days)
const fleming = groupSequentialBoundary({ fractions, shape: { kind: 'lan-demets-obrien-fleming' } })
const tuning = mixtureTuning({ tightestAt: 20 * days, alpha: 0.05 })
for (const effect of [0, 0.2]) {
  const what = effect === 0 ? 'false claims' : 'true claims (effect + 20 %)'
  const setting = '60 daily looks, 20 skewed cases a side and day, weekly season'
  const any = (name: string, claim: (looks: ReturnType<typeof daily>) => boolean) =>
    share(`${what}: ${name}`, setting, 2500, 11, (draws) => claim(daily(draws, effect)))
  any(
    'ordinary test at the last look only',
    (looks) => Math.abs(looks.at(-1)!.estimate / looks.at(-1)!.standardError) > 1.96,
  )
  any('ordinary test at any look', (looks) => looks.some((look) => Math.abs(look.estimate / look.standardError) > 1.96))
  any('confidence sequence at any look', (looks) => confidenceSequence({ looks, tuning }).at(-1)!.pValue < 0.05)
  any('group-sequential, Lan-DeMets O’Brien-Fleming, at any look', (looks) =>
    looks.some((look, day) => Math.abs(look.estimate / look.standardError) > fleming.upper[day]!),
  )
}
share(
  'coverage at all looks together: confidence sequence',
  '60 daily looks, effect + 20 % of a mean of 1.65',
  2500,
  12,
  (draws) => {
    const { runningLower, runningUpper } = confidenceSequence({ looks: daily(draws, 0.2), tuning }).at(-1)!
    return runningLower <= 0.2 * WAIT_MEAN && 0.2 * WAIT_MEAN <= runningUpper
  },
)
// Weekly looks and a stop: the plain interval against the stage-wise one.
const weekly = groupSequentialBoundary({ fractions: times(8, (k) => (k + 1) / 8), shape: { kind: 'pocock' } })
for (const kind of ['plain', 'stage-wise'] as const) {
  share(`coverage after stopping (${kind} interval)`, '8 looks, Pocock, drift 2.5', 1200, 13, (draws) => {
    let [score, look, z] = [0, 0, 0]
    do {
      score += 2.5 / 8 + draws.normal() / Math.sqrt(8)
      look++
      z = score / Math.sqrt(look / 8)
    } while (look < 8 && Math.abs(z) < weekly.upper[look - 1]!)
    const standardError = 1 / Math.sqrt(look / 8)
    if (kind === 'plain') return Math.abs(z * standardError - 2.5) <= 1.96 * standardError
    return holds(stageWiseEstimate({ boundary: weekly, look, z, standardError }), 2.5)
  })
}
for (const burnIn of [0, 1]) {
  share(
    `coverage of a switchback, burn-in ${burnIn}`,
    '28 days of 4 blocks of 4 windows, AR(1) 0.7, effect arrives over one window',
    3000,
    14,
    (draws) => {
      let [noise, before] = [draws.normal(), 0]
      const windows = times(28 * 4, (block) => {
        const treated = draws.uniform() < 0.5
        return times(4, (i) => {
          noise = 0.7 * noise + Math.sqrt(0.51) * draws.normal()
          const given = i === 0 ? (Number(treated) + before) / 2 : Number(treated)
          before = Number(treated)
          return { outcome: 10 + given + noise, treated, block, stratum: `${block % 4}` }
        })
      }).flat()
      const got = switchbackEffect({ windows, burnIn })
      return got.kind === 'estimate' ? holds(got, 1) : null
    },
  )
}
calibratePower(share)
writeFileSync(
  new URL('calibrate-experiments.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
)
console.table(rows)
console.log('mean of', rows.length, 'sampling errors', mean(rows.map((row) => row.samplingError)))
