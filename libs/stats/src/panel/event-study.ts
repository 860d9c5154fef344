import {
  jointTest,
  type ClusterFactor,
  type PanelEffect,
  type PanelRow,
  twoWayContrast,
  twoWayRegression,
  type TwoWayResult,
} from './two-way-regression.ts'

export interface EventStudyRow extends PanelRow {
  /** Time at which the unit was first treated; null for never. */
  treatedFrom: number | null
}

export type EventStudyResult =
  | {
      kind: 'event-study'
      /** Effects by periods since the first treated one; the reference period holds 0 exactly and is left out. */
      effects: (PanelEffect & { relative: number })[]
      /** Joint test that all effects before the treatment are 0; null when they cannot be tested. */
      preTrend: { statistic: number; restrictions: number; pValue: number } | null
      /** Mean of the effects from 0 on, with its error. */
      averageAfter: PanelEffect
      reference: number
      clusters: number
      confidence: number
    }
  | Extract<TwoWayResult, { kind: 'cannot' }>
  | { kind: 'cannot'; because: 'no-treated' | 'no-control'; detail: string }

/**
 * Event study: effects by periods before and after the introduction, with a joint test of the periods before.
 *
 * When to use: to look whether treated and control units ran alike before, and how an effect grows or fades; one common date, or dates so
 * alike in effect that they may be averaged (else `staggeredEffects`, dynamic).
 * Formula in words: `twoWayRegression` on dummies for every period relative to the treatment from -leads to lags, one reference left out
 * (-1 as usual); earlier and later ones are binned into the ends.
 * Sources: Jacobson, LaLonde and Sullivan (1993), American Economic Review 83:685-709; Roth (2022), AER: Insights 4:305-322 (a pre-test that
 * passes proves little, and choosing by it biases).
 * Arguments: `leads` and `lags` periods shown; `reference` below 0, within the leads. Units: of the value.
 * Edge cases: no treated unit 'no-treated'; no never-treated unit 'no-control' (effects and times cannot be told apart); the rest as there.
 * Errors: RangeError for leads or lags not whole, a reference outside. Cost: as there with leads + lags regressors.
 */
export function eventStudy(input: {
  rows: readonly EventStudyRow[]
  leads: number
  lags: number
  reference: number
  factor: ClusterFactor
  confidence?: number
}): EventStudyResult {
  const { rows, leads, lags, reference, factor, confidence = 0.95 } = input
  if (!Number.isInteger(leads) || leads < 1) throw new RangeError(`leads must be a whole number from 1, got ${leads}`)
  if (!Number.isInteger(lags) || lags < 0) throw new RangeError(`lags must be a whole number from 0, got ${lags}`)
  if (!Number.isInteger(reference) || reference >= 0 || reference < -leads)
    throw new RangeError(`reference must be a whole number from -leads to -1, got ${reference}`)
  if (rows.every(({ treatedFrom }) => treatedFrom === null))
    return { kind: 'cannot', because: 'no-treated', detail: 'no unit is ever treated' }
  if (rows.every(({ treatedFrom }) => treatedFrom !== null))
    return { kind: 'cannot', because: 'no-control', detail: 'every unit is treated at some time' }
  const relatives = Array.from({ length: leads + lags + 1 }, (_, i) => i - leads).filter(
    (relative) => relative !== reference,
  )
  const bin = (row: EventStudyRow): number | null =>
    row.treatedFrom === null ? null : Math.max(-leads, Math.min(lags, row.time - row.treatedFrom))
  const regressors = rows.map((row) => relatives.map((relative) => Number(bin(row) === relative)))
  const fit = twoWayRegression({ rows, regressors, factor, confidence })
  if (fit.kind === 'cannot') return fit
  const after = relatives.flatMap((relative, j) => (relative >= 0 ? [j] : []))
  const before = relatives.flatMap((relative, j) => (relative < 0 ? [j] : []))
  const share = 1 / after.length
  const contrast = relatives.map((relative) => (relative >= 0 ? share : 0))
  const average = twoWayContrast(fit, contrast)
  return {
    kind: 'event-study',
    effects: fit.effects.map((effect, j) => ({ ...effect, relative: relatives[j]! })),
    preTrend: jointTest(fit, before),
    averageAfter: average,
    reference,
    clusters: fit.clusters,
    confidence,
  }
}
