/** Methods that set one unit against many: difference in differences, synthetic control, Bayesian structural series. */
import type { Effect } from '#stats/interrupted/series-contract'
import { CAUSAL_IMPACT_PRIORS, structuralEffect } from '#stats/quasi/structural/structural-effect'
import { figureOfContrast } from './contrast.ts'
import { spacePlacebos } from '#stats/synthetic/synthetic-placebos'
import type { Analysed, Analysis } from './analysing.ts'
import type { Aligned, VerdictDesign } from './evidence.ts'
import { seededChance } from '#platform/seeded-random'

/** Shorter than this, a mean before or after says little, and a pre-trend cannot be looked at. */
const PANEL_BEFORE_PERIODS = 8
const PANEL_AFTER_PERIODS = 3
/** With fewer the error of the comparison is a guess. */
const DIFFERENCE_UNITS = 3
const SYNTHETIC_UNITS = 5
/** Draws of the structural series: the error through simulation is then some twentieth of the interval. */
const DRAWS = 800
const BURN_IN = 200
/** Longer seasons make the state of the series too large to draw in the time of a page. */
const LONGEST_STRUCTURAL_SEASON = 12
/** A level that may move: with the usual priors intervals held 64 to 83 % under correlated errors, with these 98 to 100 % (libs/stats). */
const WIDE_LEVEL = { deviation: 0.1, worth: 1 }

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function tooShort({ before, after }: Aligned): Extract<Analysis, { kind: 'cannot' }> | null {
  if (before < PANEL_BEFORE_PERIODS) return { kind: 'cannot', because: 'baseline-too-short', before, after }
  if (after < PANEL_AFTER_PERIODS) return { kind: 'cannot', because: 'after-too-short', before, after }
  return null
}

function courses({ points, comparison }: Aligned): { own: number[]; others: number[][] } {
  return { own: points.map(({ value }) => value), others: comparison.map((unit) => unit.points.map((p) => p.value)) }
}

const changeAt = (values: readonly number[], cut: number): number =>
  mean(values.slice(cut)) - mean(values.slice(0, cut))

function linesFrom(aligned: Aligned, without: readonly number[]): Analysed['lines'] {
  return new Map(
    aligned.points.map(({ periodStart, time }, i) => {
      const after = time >= aligned.interventionTime
      const own = without[i]!
      return [periodStart, { fitted: own, counterfactual: after ? own : null, low: null, high: null }]
    }),
  )
}

const rest = (aligned: Aligned) => ({
  levelChange: null,
  slopeChange: null,
  errors: null,
  diagnostics: null,
  leftOut: aligned.leftOut,
  before: aligned.before,
  after: aligned.after,
})

/**
 * Each unit gives one figure, its mean after less its mean before; the unit with the measure is set against the spread of those without.
 * Periods of one unit are so never taken as independent (Bertrand, Duflo and Mullainathan 2004; Donald and Lang 2007).
 */
export function analyseDifference(design: VerdictDesign, aligned: Aligned): Analysis {
  const { before, after, comparison } = aligned
  const short = tooShort(aligned)
  if (short) return short
  if (comparison.length < DIFFERENCE_UNITS) return { kind: 'cannot', because: 'too-few-comparisons', before, after }
  const { own, others } = courses(aligned)
  const confidence = 1 - design.errorRate
  const result = figureOfContrast({
    treated: changeAt(own, before),
    others: others.map((values) => changeAt(values, before)),
    centre: 'estimated',
    confidence,
  })
  if (result.kind === 'cannot') return { kind: 'cannot', because: result.because, before, after }
  const half = Math.floor(before / 2)
  const early = figureOfContrast({
    treated: changeAt(own.slice(0, before), half),
    others: others.map((values) => changeAt(values.slice(0, before), half)),
    centre: 'estimated',
    confidence,
  })
  const average = own.map((_, t) => mean(others.map((values) => values[t]!)))
  const apart = mean(own.slice(0, before)) - mean(average.slice(0, before))
  return {
    kind: 'estimate',
    effect: result.effect,
    ...rest(aligned),
    preTrend: early.kind === 'cannot' ? null : early.effect.pValue,
    placeboP: null,
    weights: comparison.map(({ key }) => ({ key, weight: 1 / comparison.length })),
    lines: linesFrom(
      aligned,
      average.map((value) => value + apart),
    ),
  }
}

/** Weighted donors; the error is that of the same analysis of every donor (Abadie et al. 2010; Arkhangelsky et al. 2021, algorithm 4). */
export function analyseSynthetic(design: VerdictDesign, aligned: Aligned): Analysis {
  const { before, after, comparison, points } = aligned
  const short = tooShort(aligned)
  if (short) return short
  if (comparison.length < SYNTHETIC_UNITS) return { kind: 'cannot', because: 'too-few-comparisons', before, after }
  const { own, others } = courses(aligned)
  const result = spacePlacebos({
    treated: { unit: '', values: own },
    donors: comparison.map(({ key }, i) => ({ unit: key, values: others[i]! })),
    interventionAt: before,
    match: 'demeaned-outcomes',
    worstFit: Number.POSITIVE_INFINITY,
  })
  if (result.kind === 'cannot') {
    const because = result.because === 'too-short' ? 'baseline-too-short' : result.because
    return { kind: 'cannot', because: because === 'too-few-donors' ? 'too-few-comparisons' : because, before, after }
  }
  const figure = figureOfContrast({
    treated: result.control.averageEffect,
    others: result.placebos.map(({ averageEffect }) => averageEffect),
    centre: 'zero',
    confidence: 1 - design.errorRate,
  })
  if (figure.kind === 'cannot') return { kind: 'cannot', because: figure.because, before, after }
  return {
    kind: 'estimate',
    effect: figure.effect,
    ...rest(aligned),
    preTrend: null,
    placeboP: result.pValue,
    weights: result.control.weights
      .filter(({ weight }) => weight > 0)
      .map(({ unit, weight }) => ({ key: unit, weight })),
    lines: linesFrom(
      aligned,
      points.map(({ value }, i) => value - result.control.gaps[i]!),
    ),
  }
}

/**
 * The mean of the comparison stands for it: with one regressor per unit noise alone would fit, and every draw would take many times as long.
 * A comparison that did not move with the unit before gets no weight, and then cannot tell common events apart: other methods assume it would.
 */
export function analyseStructural(design: VerdictDesign, aligned: Aligned): Analysis {
  const { before, after, comparison, points } = aligned
  const short = tooShort(aligned)
  if (short) return short
  if (comparison.length === 0) return { kind: 'cannot', because: 'too-few-comparisons', before, after }
  const { own, others } = courses(aligned)
  const average = own.map((_, t) => mean(others.map((values) => values[t]!)))
  const period = design.seasonPeriods >= 2 && design.seasonPeriods <= LONGEST_STRUCTURAL_SEASON
  const result = structuralEffect({
    values: own,
    controls: [average],
    interventionAt: before,
    period: period ? design.seasonPeriods : null,
    priors: { ...CAUSAL_IMPACT_PRIORS, level: WIDE_LEVEL },
    draws: DRAWS,
    burnIn: BURN_IN,
    random: seededChance(design.seed),
    confidence: 1 - design.errorRate,
  })
  if (result.kind === 'cannot') {
    const because = result.because === 'too-short' ? 'baseline-too-short' : result.because
    return { kind: 'cannot', because, before, after }
  }
  const { estimate, deviation, lower, upper } = result.averageEffect
  const effect: Effect = {
    estimate,
    standardError: deviation,
    lower,
    upper,
    pValue: Math.min(1, 2 * result.tailChance),
  }
  return {
    kind: 'estimate',
    effect,
    ...rest(aligned),
    preTrend: null,
    placeboP: null,
    weights: comparison.map(({ key }) => ({ key, weight: result.coefficients[0]!.mean / comparison.length })),
    lines: new Map(
      points.flatMap(({ periodStart }, i) => {
        const point = result.points[i - before]
        if (!point) return []
        const { estimate: without, lower: low, upper: high } = point.expected
        return [[periodStart, { fitted: without, counterfactual: without, low, high }]]
      }),
    ),
  }
}
