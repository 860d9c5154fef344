// Power promised by the designs of src/power against the power found by simulating the analysis that goes with each.
import { differenceOfEstimates } from '../src/estimates/compare-estimates.ts'
import { proportionDifference } from '../src/estimates/compare-proportions.ts'
import { pairSumsOf } from '../src/estimates/pair-sums.ts'
import { rateRatio } from '../src/estimates/rates.ts'
import { cuped } from '../src/experiments/cuped.ts'
import { decideWithGuardrails, powerPerMetric } from '../src/experiments/guardrails.ts'
import { steppedWedgeEffect } from '../src/experiments/time-designs/stepped-wedge-effect.ts'
import { interruptedSeries } from '../src/interrupted/interrupted-series.ts'
import { clusterDesign, differenceInDifferencesDesign } from '../src/power/clusters.ts'
import type { Design } from '../src/power/design.ts'
import { detectableEffect, sampleSize } from '../src/power/design.ts'
import { interruptedSeriesDesign } from '../src/power/interrupted.ts'
import { equivalenceDesign } from '../src/power/margins.ts'
import { adjustedDeviation, twoMeansDesign } from '../src/power/means.ts'
import { twoProportionsDesign, twoRatesDesign } from '../src/power/shares-and-rates.ts'
import { steppedWedgeDesign, steppedWedgeLayout } from '../src/power/stepped-wedge.ts'
import { equivalence } from '../src/tests/equivalence.ts'
import { type Draws, mean, measuredMean, times } from './calibrate-experiments-draws.ts'

type Share = (
  what: string,
  setting: string,
  replications: number,
  seed: number,
  ask: (draws: Draws) => boolean | null,
) => void

function planned(design: Design, effect: number): number {
  const size = sampleSize(design, { effect })
  if (size.kind === 'cannot') throw new Error(size.detail)
  return size.count
}
const promised = (design: Design, count: number, effect: number) =>
  `promised ${(100 * design.power(count, effect)).toFixed(1)} %`
const significant = (result: { kind: string; pValue?: number }) =>
  result.pValue === undefined ? null : result.pValue <= 0.05

export function calibratePower(share: Share): void {
  // Lognormal waiting times; the deviation is that of the population, the second mean 25 % higher.
  const spread = Math.sqrt(Math.exp(2) - Math.exp(1))
  const means = twoMeansDesign({ standardDeviation: spread, deviationOfSecond: 1.25 * spread })
  const cases = planned(means, 0.25 * Math.exp(0.5))
  share(
    'power of Welch',
    `${promised(means, cases, 0.25 * Math.exp(0.5))}: ${cases} lognormal cases a side, mean + 25 %`,
    3000,
    21,
    (draws) => {
      const [first, second] = [1, 1.25].map((factor) =>
        measuredMean(times(cases, () => factor * Math.exp(draws.normal()))),
      )
      return significant(differenceOfEstimates({ first: first!, second: second! }))
    },
  )
  const shares = twoProportionsDesign({ share: 0.8 })
  const answers = planned(shares, 0.06)
  share(
    'power of the score test of shares',
    `${promised(shares, answers, 0.06)}: ${answers} a side, 80 % to 86 %`,
    1500,
    22,
    (draws) => {
      const side = (chance: number) => ({
        trials: answers,
        successes: times(answers, draws.uniform).filter((u) => u < chance).length,
      })
      return significant(proportionDifference({ first: side(0.8), second: side(0.86) }))
    },
  )
  const rates = twoRatesDesign({ rate: 2 })
  const exposure = planned(rates, -0.3)
  share(
    'power of the score test of rates',
    `${promised(rates, exposure, -0.3)}: exposure ${exposure}, rate 2 falling 30 %`,
    4000,
    23,
    (draws) => {
      const side = (rate: number) => ({
        exposure,
        events: times(exposure, () => draws.poisson(rate)).reduce((a, b) => a + b),
      })
      return significant(rateRatio({ first: side(2), second: side(1.4) }))
    },
  )
  const adjusted = twoMeansDesign({ standardDeviation: adjustedDeviation(1, 0.7) })
  const units = planned(adjusted, 0.3)
  share(
    'power with CUPED',
    `${promised(adjusted, units, 0.3)}: ${units} a side, correlation 0.7, effect 0.3`,
    4000,
    24,
    (draws) => {
      const arm = (effect: number) => {
        const past = times(units, draws.normal)
        return pairSumsOf(
          past,
          past.map((x) => 0.7 * x + effect + Math.sqrt(0.51) * draws.normal()),
        )
      }
      return significant(cuped({ first: arm(0), second: arm(0.3) }))
    },
  )
  const margins = equivalenceDesign({ standardDeviation: 1 })
  const pairs = planned(margins, 0.4)
  share(
    'power of two one-sided tests',
    `${promised(margins, pairs, 0.4)}: ${pairs} a side, margin 0.4, no effect`,
    4000,
    25,
    (draws) => {
      const [first, second] = [0, 1].map(() => measuredMean(times(pairs, draws.normal)))
      const measured = differenceOfEstimates({ first: first!, second: second! })
      if (measured.kind === 'cannot') return null
      const got = equivalence({ measured, lowerMargin: -0.4, upperMargin: 0.4 })
      return got.kind === 'test' ? got.equivalent : null
    },
  )
  clusters(share)
  series(share)
  guardrails(share)
}

function clusters(share: Share): void {
  const parallel = clusterDesign({ standardDeviation: 1, clusterSize: 20, correlation: 0.1 })
  const count = planned(parallel, 0.4)
  const cluster = (draws: Draws, effect: number) => {
    const own = Math.sqrt(0.1) * draws.normal()
    return mean(times(20, () => own + effect + Math.sqrt(0.9) * draws.normal()))
  }
  share(
    'power with whole branches',
    `${promised(parallel, count, 0.4)}: ${count} branches of 20 a side, correlation 0.1, effect 0.4`,
    4000,
    26,
    (draws) => {
      const [first, second] = [0, 0.4].map((effect) => measuredMean(times(count, () => cluster(draws, effect))))
      return significant(differenceOfEstimates({ first: first!, second: second! }))
    },
  )
  const panel = differenceInDifferencesDesign({
    standardDeviation: 1,
    before: 4,
    after: 4,
    casesPerPeriod: 10,
    correlation: 0.2,
    betweenPeriods: 0.8,
  })
  const side = planned(panel, 0.3)
  share(
    'power of difference in differences',
    `${promised(panel, side, 0.3)}: ${side} branches a side, 4 + 4 periods of 10, effect 0.3`,
    4000,
    27,
    (draws) => {
      const change = (effect: number) => {
        const period = () => Math.sqrt(0.04) * draws.normal() + Math.sqrt(0.8 / 10) * draws.normal()
        return mean(times(4, period)) + effect - mean(times(4, period))
      }
      const [first, second] = [0, 0.3].map((effect) => measuredMean(times(side, () => change(effect))))
      return significant(differenceOfEstimates({ first: first!, second: second! }))
    },
  )
  const treated = steppedWedgeLayout(5)
  const wedge = steppedWedgeDesign({ treated, standardDeviation: 1, casesPerPeriod: 20, correlation: 0.05 })
  for (const per of [3, 6]) {
    const effect = detectableEffect(wedge, { count: per })
    if (effect.kind === 'cannot') throw new Error(effect.detail)
    const setting = `mixed model would have 80 %: ${4 * per} branches, 5 periods of 20, correlation 0.05, effect ${effect.effect.toFixed(2)}`
    for (const size of [0, effect.effect]) {
      share(
        size === 0 ? 'false claims of the within-period wedge test' : 'power of the within-period wedge test',
        setting,
        400,
        28,
        (draws) => {
          const layout = treated.flatMap((row) => times(per, () => row))
          const outcomes = layout.map((row) => {
            const own = Math.sqrt(0.05) * draws.normal()
            return row.map((given, t) => own + Math.sin(t) + size * given + Math.sqrt(0.95 / 20) * draws.normal())
          })
          return significant(steppedWedgeEffect({ outcomes, treated: layout, random: draws.uniform, samples: 400 }))
        },
      )
    }
  }
}

function series(share: Share): void {
  for (const correlation of [0, 0.3, 0.6]) {
    for (const target of ['level', 'average'] as const) {
      const design = interruptedSeriesDesign({ before: 36, standardDeviation: 1, correlation, target })
      const found = detectableEffect(design, { count: 24 })
      if (found.kind === 'cannot') throw new Error(found.detail)
      const setting = `promised 80.0 %: 36 + 24 points, correlation ${correlation}, ${target} ${found.effect.toFixed(2)}`
      share('power of an interrupted series (prais-winsten)', setting, 1500, 29, (draws) => {
        let noise = draws.normal()
        const points = times(60, (time) => {
          if (time > 0) noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * draws.normal()
          return { time, value: 5 + 0.02 * time + (time >= 36 ? found.effect : 0) + noise }
        })
        const got = interruptedSeries({ points, interventionTime: 36, standardErrors: 'prais-winsten' })
        if (got.kind === 'cannot') return null
        return significant({ kind: '', pValue: (target === 'level' ? got.levelChange : got.averageEffect).pValue })
      })
    }
  }
}

function guardrails(share: Share): void {
  const decide = (draws: Draws, benefit: number, harms: readonly number[]) =>
    decideWithGuardrails({
      metrics: [
        {
          name: 'success',
          role: 'success',
          better: 'higher',
          effect: { estimate: benefit + draws.normal(), standardError: 1, degreesOfFreedom: 400 },
        },
        ...harms.map((harm, i) => ({
          name: `guardrail ${i}`,
          role: 'guardrail' as const,
          better: 'lower' as const,
          margin: 4.0,
          effect: { estimate: harm + draws.normal(), standardError: 1, degreesOfFreedom: 400 },
        })),
      ],
    })
  const adopts = (benefit: number, harms: readonly number[]) => (draws: Draws) => {
    const got = decide(draws, benefit, harms)
    return got.kind === 'decision' ? got.decision === 'adopt' : null
  }
  share(
    'false adoption: no benefit',
    'one success metric, two guardrails safe, nominal 2.5 %',
    20000,
    31,
    adopts(0, [0, 0]),
  )
  share('false adoption: one guardrail at its margin', 'large benefit, nominal 2.5 %', 20000, 32, adopts(6, [0, 4]))
  const each = powerPerMetric(0.8, 2)
  // Benefit and distance to the margin that give each one-sided test that power.
  const distance = 1.959964 + 1.5012
  share(
    'adoption of a real improvement',
    `promised at least 80 %, each metric planned with ${(100 * each).toFixed(1)} %`,
    20000,
    33,
    adopts(distance, [4 - distance, 4 - distance]),
  )
}
