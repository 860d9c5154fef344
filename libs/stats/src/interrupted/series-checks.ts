import type { CannotTell, InterruptedSeriesInput, Season, SeriesErrors, SeriesPoint } from './series-contract.ts'

type Refusal = { kind: 'cannot'; because: CannotTell; detail: string }

/** Wagner et al. (2002), Journal of Clinical Pharmacy and Therapeutics 27:299-309: a dozen monthly points before. */
export const USUAL_MINIMUM_BEFORE = 12
/** Penfold and Zhang (2013), Academic Pediatrics 13:S38-S44: at least eight points after. */
export const USUAL_MINIMUM_AFTER = 8

/** What speaks against an estimate, or null. Pure; O(T). */
export function refuseSeries(input: InterruptedSeriesInput): Refusal | null {
  const { points, interventionTime, minimumBefore = USUAL_MINIMUM_BEFORE, minimumAfter = USUAL_MINIMUM_AFTER } = input
  const no = (because: CannotTell, detail: string): Refusal => ({ kind: 'cannot', because, detail })
  if (!Number.isFinite(interventionTime)) return no('not-finite', 'the time of the intervention is not a finite number')
  const broken = points.findIndex((point) => ![point.time, point.value, point.weight ?? 1].every(Number.isFinite))
  if (broken >= 0) return no('not-finite', `point ${broken} holds a time, value or weight that is not a finite number`)
  const disorder = points.findIndex((point, i) => i > 0 && point.time <= points[i - 1]!.time)
  if (disorder >= 0) return no('unordered', `point ${disorder} is not later than the one before it`)
  const counted = points.filter((point) => (point.weight ?? 1) > 0)
  const before = counted.filter((point) => point.time < interventionTime)
  const after = counted.length - before.length
  if (points.length > 0 && (before.length === 0 || after === 0)) {
    return no(
      'intervention-outside',
      before.length === 0 ? 'no point lies before the intervention' : 'no point lies after it',
    )
  }
  const needed = Math.max(minimumBefore, baselineTerms(input.season) + 2)
  if (before.length < needed) return no('baseline-too-short', `${before.length} points before, ${needed} are needed`)
  const period = input.season && input.season.kind !== 'none' ? input.season.period : 0
  const span = before[before.length - 1]!.time - before[0]!.time + 1
  if (span < period) return no('baseline-too-short', `the baseline spans ${span} periods, the season ${period}`)
  if (after < minimumAfter) return no('after-too-short', `${after} points after, ${minimumAfter} are needed`)
  if (counted.every((point) => point.value === counted[0]!.value)) return no('constant', 'all values are equal')
  return null
}

/** Constant, slope and season. */
export function baselineTerms(season: Season | undefined): number {
  if (!season || season.kind === 'none') return 2
  return 2 + (season.kind === 'fourier' ? fourierTerms(season.period, season.harmonics) : season.period - 1)
}

/** Sine and cosine per harmonic; the sine of the harmonic at half the period is zero at whole times and is left out. */
export function fourierTerms(period: number, harmonics: number): number {
  return 2 * harmonics - (2 * harmonics === period ? 1 : 0)
}

/** Refuses arguments that no data can make right. */
export function requireSeriesArguments(input: InterruptedSeriesInput): void {
  const { season, confidence, minimumBefore = 3, minimumAfter = 0 } = input
  if (confidence !== undefined && !(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  }
  if (!(minimumBefore >= 3)) throw new RangeError(`minimumBefore must be at least 3, got ${minimumBefore}`)
  // Fewer would leave no residual after the intervention, and so a standard error that knows nothing of that side.
  const leastAfter = input.shape === 'level' ? 2 : 3
  if (input.minimumAfter !== undefined && !(minimumAfter >= leastAfter)) {
    throw new RangeError(`minimumAfter must be at least ${leastAfter}, got ${minimumAfter}`)
  }
  requireErrors(input)
  const negative = input.points.findIndex((point) => (point.weight ?? 1) < 0)
  if (negative >= 0) throw new RangeError(`points[${negative}].weight must be at least 0`)
  requireSeason(season, input.points)
}

/** Refuses a lag that is no lag. */
export function requireErrors({ lag }: SeriesErrors): void {
  if (lag !== undefined && lag !== 'automatic' && (!Number.isInteger(lag) || lag < 0))
    throw new RangeError(`lag must be a whole number from 0 or 'automatic', got ${lag}`)
}

/** Refuses a season that no data could have. */
export function requireSeason(season: Season | undefined, points: readonly SeriesPoint[]): void {
  if (season?.kind === 'fourier') requireFourier(season.period, season.harmonics)
  if (season?.kind === 'dummies') requireDummies(season.period, points)
}

function requireFourier(period: number, harmonics: number): void {
  if (!(period >= 2)) throw new RangeError(`season.period must be at least 2, got ${period}`)
  if (!Number.isInteger(harmonics) || harmonics < 1 || 2 * harmonics > period) {
    throw new RangeError(`season.harmonics must be a whole number from 1 to half the period, got ${harmonics}`)
  }
}

function requireDummies(period: number, points: readonly SeriesPoint[]): void {
  if (!Number.isInteger(period) || period < 2)
    throw new RangeError(`season.period must be a whole number from 2, got ${period}`)
  const fraction = points.findIndex((point) => Number.isFinite(point.time) && !Number.isInteger(point.time))
  if (fraction >= 0) throw new RangeError(`points[${fraction}].time must be whole for seasonal dummies`)
}
