import type { ChartRefusal } from './chart-contract.ts'
import { presentFigures, refuse, SIGMA_ROUNDING } from './chart-parts.ts'

/** State of a cumulative sum chart after one point, in sigmas. */
export interface CusumPoint {
  value: number | null
  /** Sums of what lies above target + k and below target - k. */
  up: number
  down: number
  /** Points since each sum last stood at 0: the shift probably began that many points ago. */
  upSince: number
  downSince: number
  signal: 'above' | 'below' | null
  /** New mean the signal points to, in the unit of the values; null without a signal. */
  estimatedMean: number | null
}

export type CusumResult = { kind: 'cusum'; points: CusumPoint[]; signals: number[] } | ChartRefusal

/**
 * Tabular cumulative sum chart, two-sided, with fast initial response.
 *
 * When to use: to find a lasting shift of about 2 k sigmas soon; 0.5 and 4 or 5 are the usual k and h (average run length 168 or 465
 * without a shift, `cusumAverageRunLength`).
 * Formula in words: up = max(0, up before + z - k), down = max(0, down before - z - k), with z the distance from target in sigmas; a sum
 * above h is a signal; both start at the head start.
 * Sources: Page (1954), Biometrika 41:100-115; Lucas and Crosier (1982), Technometrics 24:199-205 (head start, usually h / 2);
 * Montgomery (2013), section 9.1, equations 9.2, 9.3 and 9.6 (estimated mean).
 * Arguments: `values` in order of time, null a gap (sums stand still); `target` and `sigma` from a baseline or a chart; `reference` k and
 * `decision` h in sigmas; `afterSignal` 'reset' puts both sums to the head start, 'continue' lets them run.
 * Units: sums in sigmas. Edge cases: no values 'too-few'; not finite 'not-finite'.
 * Errors: RangeError for sigma or h not above 0, k negative, a head start outside [0, h). Convention: a sum equal to h is no signal.
 * Cost: O(n).
 */
export function cusumChart(input: {
  values: readonly (number | null)[]
  target: number
  sigma: number
  reference: number
  decision: number
  headStart: number
  afterSignal: 'reset' | 'continue'
}): CusumResult {
  const { values, target, sigma, reference, decision, headStart, afterSignal } = input
  requireCusum(input)
  const present = presentFigures(values)
  if ('kind' in present) return present
  if (values.length === 0) return refuse('too-few', 'there are no values')
  let state = { up: headStart, down: headStart, upSince: 0, downSince: 0 }
  const points = values.map((value): CusumPoint => {
    if (value === null) return { value, ...state, signal: null, estimatedMean: null }
    const z = (value - target) / sigma
    const up = Math.max(0, state.up + z - reference)
    const down = Math.max(0, state.down - z - reference)
    const now = { up, down, upSince: up > 0 ? state.upSince + 1 : 0, downSince: down > 0 ? state.downSince + 1 : 0 }
    const limit = decision * (1 + SIGMA_ROUNDING)
    const signal = up > limit ? 'above' : down > limit ? 'below' : null
    const moved = signal === 'above' ? reference + up / now.upSince : -reference - down / now.downSince
    state = signal && afterSignal === 'reset' ? { up: headStart, down: headStart, upSince: 0, downSince: 0 } : now
    return { value, ...now, signal, estimatedMean: signal ? target + sigma * moved : null }
  })
  return { kind: 'cusum', points, signals: points.flatMap((point, i) => (point.signal ? [i] : [])) }
}

function requireCusum(input: {
  target: number
  sigma: number
  reference: number
  decision: number
  headStart: number
}): void {
  const { target, sigma, reference, decision, headStart } = input
  if (!Number.isFinite(target)) throw new RangeError(`target must be finite, got ${target}`)
  if (!(sigma > 0) || sigma === Number.POSITIVE_INFINITY) throw new RangeError(`sigma must be above 0, got ${sigma}`)
  if (!(reference >= 0)) throw new RangeError(`reference must be at least 0, got ${reference}`)
  if (!(decision > 0)) throw new RangeError(`decision must be above 0, got ${decision}`)
  if (!(headStart >= 0 && headStart < decision))
    throw new RangeError(`headStart must lie in [0, decision), got ${headStart}`)
}
