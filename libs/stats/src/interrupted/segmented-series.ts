import { leastSquares } from '../regression/least-squares.ts'
import {
  baselineTerms,
  requireErrors,
  requireSeason,
  USUAL_MINIMUM_AFTER,
  USUAL_MINIMUM_BEFORE,
} from './series-checks.ts'
import type {
  CannotTell,
  Effect,
  InterruptedSeriesEstimate,
  LinePoint,
  Season,
  SeriesErrors,
  SeriesPoint,
} from './series-contract.ts'
import { figuresOf, residualDiagnostics, seasonTerms } from './series-figures.ts'
import { type SeriesModel, seriesModel } from './series-model.ts'

export interface Intervention {
  /** Points from this time on count as after. */
  time: number
  /** A jump, a jump and a bend, or a passing pulse of so many periods. */
  shape: 'level' | 'level-and-slope' | { pulsePeriods: number }
}

export interface InterventionEffect {
  time: number
  levelChange: Effect
  slopeChange: Effect | null
  /** Mean effect of this intervention alone over the points from its time to the end (to the end of the pulse). */
  averageEffect: Effect
}

export interface SegmentedEstimate {
  kind: 'estimate'
  interventions: InterventionEffect[]
  /** Slope before the first intervention, in units of the value per period. */
  baselineSlope: Effect
  covariates: Effect[]
  fitted: LinePoint[]
  /** From the first intervention on: had none of them happened. */
  counterfactual: LinePoint[]
  diagnostics: Omit<InterruptedSeriesEstimate['diagnostics'], 'before' | 'after'>
  confidence: number
}

export type SegmentedResult = SegmentedEstimate | { kind: 'cannot'; because: CannotTell; detail: string }

export interface SegmentedInput extends SeriesErrors {
  points: readonly SeriesPoint[]
  /** In order of time. */
  interventions: readonly Intervention[]
  season?: Season
  /** Further regressors, each with one figure a point: temperature, prices, working days. They must not answer to the intervention. */
  covariates?: readonly (readonly number[])[]
  confidence?: number
  minimumBefore?: number
  /** Points every intervention has to itself before the next one or the end. */
  minimumAfter?: number
}

const ROUNDING_SHARE = 1e-12

/**
 * Interrupted time series with several interventions, pulses and covariates.
 *
 * When to use: more than one change in one series (a campaign, then a new system), or a passing disturbance to be set apart.
 * Formula in words: value = level + slope (t - t1) + for each intervention [level change + slope change (t - its time)] after + covariates +
 * season + error; effects add up. Errors as in `interruptedSeries`.
 * Sources: Wagner et al. (2002), J Clin Pharm Ther 27:299-309, equation 2; Lopez Bernal et al. (2017), Int J Epidemiol 46:348-355.
 * Units, assumptions and conventions: as `interruptedSeries`. Edge cases: an intervention with fewer than `minimumAfter` points (default 8,
 * for a pulse 1) before the next 'after-too-short'; fewer than `minimumBefore` (default 12) before the first 'baseline-too-short';
 * interventions or covariates that cannot be told apart 'collinear'.
 * Errors: RangeError for no intervention, times not ascending, covariates of another length. Cost: as `interruptedSeries`.
 */
export function segmentedSeries(input: SegmentedInput): SegmentedResult {
  requireSegments(input)
  const refusal = refuseSegments(input)
  if (refusal) return refusal
  const { points } = input
  const rows = points.map((point, i) => segmentRow(input, point.time, i, true))
  const weights = points.some((point) => point.weight !== undefined)
    ? points.map((point) => point.weight ?? 1)
    : undefined
  const fit = leastSquares({ rows, response: points.map((point) => point.value), weights })
  if (fit.kind === 'cannot') return shortOr(fit)
  const largest = Math.max(...points.map((point) => Math.abs(point.value)))
  if (fit.degreesOfFreedom < 1 || Math.max(...fit.residuals.map(Math.abs)) <= ROUNDING_SHARE * largest)
    return { kind: 'cannot', because: 'constant', detail: 'the model leaves no residual: no error can be estimated' }
  const model = seriesModel(input, rows, fit)
  if (model.kind === 'cannot') return shortOr(model)
  const residuals = fit.residuals.filter((_, i) => (points[i]!.weight ?? 1) > 0)
  return describe(input, rows, model, residuals, Math.sqrt(fit.residualVariance))
}

function shortOr(found: { because: 'too-few' | 'collinear' | 'not-finite'; detail: string }): SegmentedResult {
  const because = found.because === 'too-few' ? 'baseline-too-short' : found.because
  return { kind: 'cannot', because, detail: found.detail }
}

function describe(
  input: SegmentedInput,
  rows: number[][],
  model: SeriesModel,
  residuals: number[],
  residualStandardDeviation: number,
): SegmentedEstimate {
  const { points, interventions, confidence = 0.95, covariates = [] } = input
  const { effect, line } = figuresOf(model, confidence)
  const k = model.coefficients.length
  const unit = (at: number, slopeAt = -1, slope = 0): number[] =>
    Array.from({ length: k }, (_, j) => (j === at ? 1 : j === slopeAt ? slope : 0))
  let next = 2
  const effects = interventions.map(({ time, shape }): InterventionEffect => {
    const at = next
    next += columnsOf(shape)
    const levelChange = effect(unit(at))
    if (shape !== 'level-and-slope') return { time, levelChange, slopeChange: null, averageEffect: levelChange }
    const after = points.filter((point) => point.time >= time && (point.weight ?? 1) > 0)
    const distance = after.reduce((sum, point) => sum + point.time - time, 0) / after.length
    return { time, levelChange, slopeChange: effect(unit(at + 1)), averageEffect: effect(unit(at, at + 1, distance)) }
  })
  const from = points.findIndex((point) => point.time >= interventions[0]!.time)
  return {
    kind: 'estimate',
    interventions: effects,
    baselineSlope: effect(unit(1)),
    covariates: covariates.map((_, j) => effect(unit(next + j))),
    fitted: points.map((point, i) => line(point.time, rows[i]!)),
    counterfactual: points.slice(from).map(({ time }, i) => line(time, segmentRow(input, time, from + i, false))),
    diagnostics: {
      coefficients: k,
      degreesOfFreedom: model.degreesOfFreedom,
      lag: model.lag,
      autocorrelation: model.autocorrelation,
      arma: model.arma,
      ...residualDiagnostics(residuals),
      residualStandardDeviation,
    },
    confidence,
  }
}

const columnsOf = (shape: Intervention['shape']): number => (shape === 'level-and-slope' ? 2 : 1)

/** Constant, time, the columns of each intervention, covariates, season. */
function segmentRow(input: SegmentedInput, time: number, position: number, happened: boolean): number[] {
  const { interventions, covariates = [], season = { kind: 'none' } } = input
  const row = [1, time - interventions[0]!.time]
  for (const { time: from, shape } of interventions) {
    const after = happened && time >= from
    if (typeof shape === 'object') row.push(after && time < from + shape.pulsePeriods ? 1 : 0)
    else row.push(after ? 1 : 0)
    if (shape === 'level-and-slope') row.push(after ? time - from : 0)
  }
  return [...row, ...covariates.map((column) => column[position]!), ...seasonTerms(time, season)]
}

function requireSegments(input: SegmentedInput): void {
  const { points, interventions, covariates = [], confidence, season } = input
  if (interventions.length === 0) throw new RangeError('interventions must hold at least one')
  interventions.forEach(({ time, shape }, i) => {
    if (!Number.isFinite(time) || (i > 0 && time < interventions[i - 1]!.time))
      throw new RangeError(`interventions[${i}].time must be finite and not before the one before, got ${time}`)
    if (typeof shape === 'object' && !(shape.pulsePeriods > 0))
      throw new RangeError(`interventions[${i}].shape.pulsePeriods must be above 0`)
  })
  covariates.forEach((column, j) => {
    if (column.length !== points.length) throw new RangeError(`covariates[${j}] must have ${points.length} figures`)
  })
  if (confidence !== undefined && !(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  const negative = points.findIndex((point) => (point.weight ?? 1) < 0)
  if (negative >= 0) throw new RangeError(`points[${negative}].weight must be at least 0`)
  requireErrors(input)
  requireSeason(season, points)
}

function refuseSegments(input: SegmentedInput): Extract<SegmentedResult, { kind: 'cannot' }> | null {
  const { points, interventions, minimumBefore = USUAL_MINIMUM_BEFORE, minimumAfter = USUAL_MINIMUM_AFTER } = input
  const no = (because: CannotTell, detail: string) => ({ kind: 'cannot', because, detail }) as const
  const broken = points.findIndex((point) => ![point.time, point.value, point.weight ?? 1].every(Number.isFinite))
  if (broken >= 0) return no('not-finite', `point ${broken} holds a time, value or weight that is not a finite number`)
  if (input.covariates?.some((column) => !column.every(Number.isFinite)))
    return no('not-finite', 'a covariate holds a figure that is not a finite number')
  const disorder = points.findIndex((point, i) => i > 0 && point.time <= points[i - 1]!.time)
  if (disorder >= 0) return no('unordered', `point ${disorder} is not later than the one before it`)
  const counted = points.filter((point) => (point.weight ?? 1) > 0)
  const first = interventions[0]!.time
  const before = counted.filter((point) => point.time < first).length
  const needed = Math.max(minimumBefore, baselineTerms(input.season) + 2)
  if (before < needed)
    return no('baseline-too-short', `${before} points before the first intervention, ${needed} are needed`)
  for (const [i, { time, shape }] of interventions.entries()) {
    const until = interventions[i + 1]?.time ?? Number.POSITIVE_INFINITY
    const pulse = typeof shape === 'object'
    const end = pulse ? Math.min(until, time + shape.pulsePeriods) : until
    const own = counted.filter((point) => point.time >= time && point.time < end).length
    if (own < (pulse ? 1 : minimumAfter))
      return no('after-too-short', `${own} points after intervention ${i}, ${pulse ? 1 : minimumAfter} are needed`)
  }
  if (counted.every((point) => point.value === counted[0]!.value)) return no('constant', 'all values are equal')
  return null
}
