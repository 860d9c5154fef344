import type { Effect, SeriesPoint } from './series-contract.ts'
import {
  type SegmentedEstimate,
  type SegmentedInput,
  type SegmentedResult,
  segmentedSeries,
} from './segmented-series.ts'

export type ComparativeResult =
  | (SegmentedEstimate & {
      /** Slope of the difference before: a control is no control when it is far from 0. */
      baselineDrift: Effect
      /** Treated less control, as fitted. */
      differences: SeriesPoint[]
    })
  | Extract<SegmentedResult, { kind: 'cannot' }>
  | { kind: 'cannot'; because: 'unmatched'; detail: string }

/**
 * Comparative interrupted time series: the treated series less a control series.
 *
 * When to use: a comparison unit that saw the same outside events but not the measure; what moves both cancels.
 * Formula in words: at every time the treated value less the mean of the controls; `segmentedSeries` on these differences, so that effects
 * are changes of level and slope beyond those of the controls, and autocorrelation and correlation between units are dealt with together.
 * Sources: Lopez Bernal, Cummins and Gasparrini (2018), Int J Epidemiol 47:2082-2093; Linden (2015), Stata Journal 15:480-500.
 * Arguments: `treated`; `controls` one or more series at the same times, averaged with equal weight; the rest as `segmentedSeries`. The
 * weight of a difference is one over the sum of the reciprocals (control weights over their number squared).
 * Assumes the difference would have gone on as before; read `baselineDrift` and its interval. Units: those of the value.
 * Edge cases: times that do not agree 'unmatched'; the rest as `segmentedSeries`. Errors: RangeError for no control. Cost: as there.
 */
export function comparativeSeries(
  input: Omit<SegmentedInput, 'points'> & {
    treated: readonly SeriesPoint[]
    controls: readonly (readonly SeriesPoint[])[]
  },
): ComparativeResult {
  const { treated, controls, ...rest } = input
  if (controls.length === 0) throw new RangeError('controls must hold at least one series')
  for (const [c, control] of controls.entries()) {
    const odd = treated.findIndex((point, i) => point.time !== control[i]?.time)
    if (odd >= 0 || control.length !== treated.length)
      return {
        kind: 'cannot',
        because: 'unmatched',
        detail: `control ${c} is not observed at the times of the treated series`,
      }
  }
  const weighted = [treated, ...controls].some((series) => series.some(({ weight }) => weight !== undefined))
  const differences = treated.map((point, i): SeriesPoint => {
    const others = controls.map((control) => control[i]!)
    const mean = others.reduce((sum, other) => sum + other.value, 0) / others.length
    const difference = { time: point.time, value: point.value - mean }
    if (!weighted) return difference
    const spread = others.reduce((sum, { weight = 1 }) => sum + 1 / weight, 0) / others.length ** 2
    return { ...difference, weight: 1 / (1 / (point.weight ?? 1) + spread) }
  })
  const result = segmentedSeries({ ...rest, points: differences })
  return result.kind === 'cannot' ? result : { ...result, baselineDrift: result.baselineSlope, differences }
}
