import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { simplexLeastSquares } from './simplex-least-squares.ts'
import type { SyntheticRefusal, SyntheticUnit } from './synthetic-contract.ts'

export interface SyntheticDifferenceInput {
  treated: readonly SyntheticUnit[]
  controls: readonly SyntheticUnit[]
  interventionAt: number
  /** 'placebo' needs more controls than treated units, 'jackknife' two treated units at least. */
  standardError: 'placebo' | 'jackknife' | 'none'
  /** For placebos of several treated units: random sets of controls, so many of them. One treated unit: every control in turn. */
  placebo?: { draws: number; random: () => number }
  confidence?: number
}

export interface SyntheticDifference {
  kind: 'estimate'
  estimate: number
  standardError: number | null
  lower: number | null
  upper: number | null
  pValue: number | null
  unitWeights: { unit: string; weight: number }[]
  /** Weights of the times before. */
  timeWeights: number[]
  /** Difference in differences with all weights equal, for comparison. */
  plainDifference: number
  /** Ridge of the unit weights. */
  zeta: number
  confidence: number
}

export type SyntheticDifferenceResult = SyntheticDifference | SyntheticRefusal

/**
 * Synthetic difference in differences.
 *
 * When to use: as `syntheticControl`, for one or several units treated at one time; it allows a constant difference between treated and
 * controls and weighs the times before as well, so that it is less at the mercy of a perfect fit.
 * Formula in words: unit weights on the simplex, with an intercept and a ridge of (treated units x times after)^(1/4) times the deviation of
 * first differences, make controls run like the treated before; time weights make the times before look like those after for controls; the
 * estimate is the doubly weighted difference in differences.
 * Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111:4088-4118, algorithms 1, 3 (jackknife) and 4
 * (placebo). R: synthdid.
 * Units: of the values. Edge cases: fewer than two controls, or too few for the error asked, 'too-few-donors'; fewer than three times before
 * or none after 'too-short'; not finite 'not-finite'; controls that never move 'constant'; jackknife with a unit that holds all weight
 * 'perfect-fit'. Errors: RangeError for unequal lengths, no treated unit, draws not whole from 2, or none where they are needed.
 * Convention: weights are the exact optimum, where the Frank-Wolfe steps of R stop a little before;
 * normal intervals, as published. Cost: two small quadratic programmes, times controls or draws for placebos.
 */
export function syntheticDifference(input: SyntheticDifferenceInput): SyntheticDifferenceResult {
  const { treated, controls, interventionAt, standardError, confidence = 0.95 } = input
  requireDifference(input)
  const no = (because: SyntheticRefusal['because'], detail: string): SyntheticRefusal => ({
    kind: 'cannot',
    because,
    detail,
  })
  const length = treated[0]!.values.length
  const needed = standardError === 'placebo' ? treated.length + 2 : 2
  if (controls.length < needed) return no('too-few-donors', `${controls.length} controls, ${needed} are needed`)
  if (standardError === 'jackknife' && treated.length < 2)
    return no('too-few-donors', 'the jackknife needs two treated units')
  if (interventionAt < 3 || interventionAt >= length)
    return no('too-short', `${interventionAt} times before, ${length - interventionAt} after`)
  if (![...treated, ...controls].every(({ values }) => values.every(Number.isFinite)))
    return no('not-finite', 'a value is not a finite number')
  const fit = weigh(treated, controls, interventionAt)
  if (!fit) return no('constant', 'the controls never move before the measure')
  let error: number | null = null
  if (standardError === 'placebo') error = placeboError(input)
  if (standardError === 'jackknife') {
    error = jackknifeError(treated, controls, interventionAt, fit)
    if (error === null) return no('perfect-fit', 'one control holds all the weight: leaving it out leaves nothing')
  }
  const reach = error === null ? null : normalQuantile((1 - confidence) / 2, 'upper') * error
  return {
    kind: 'estimate',
    estimate: fit.estimate,
    standardError: error,
    lower: reach === null ? null : fit.estimate - reach,
    upper: reach === null ? null : fit.estimate + reach,
    pValue: error === null ? null : 2 * normalTail(Math.abs(fit.estimate) / error, 'upper'),
    unitWeights: controls.map(({ unit }, j) => ({ unit, weight: fit.unitWeights[j]! })),
    timeWeights: fit.timeWeights,
    plainDifference: doubly(treated, controls, equal(controls.length), equal(interventionAt), interventionAt),
    zeta: fit.zeta,
    confidence,
  }
}

interface Weighed {
  estimate: number
  unitWeights: number[]
  timeWeights: number[]
  zeta: number
}

const equal = (count: number): number[] => Array.from({ length: count }, () => 1 / count)
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const centred = (values: readonly number[]): number[] => {
  const middle = meanOf(values)
  return values.map((value) => value - middle)
}

/** Times the deviation of first differences: just enough to make the time weights unique (section 2 of the paper). */
const TIME_RIDGE = 1e-6

function weigh(treated: readonly SyntheticUnit[], controls: readonly SyntheticUnit[], at: number): Weighed | null {
  const early = controls.map(({ values }) => values.slice(0, at))
  const steps = early.flatMap((own) => own.slice(1).map((value, t) => value - own[t]!))
  const middle = meanOf(steps)
  const noise = Math.sqrt(steps.reduce((sum, step) => sum + (step - middle) ** 2, 0) / (steps.length - 1))
  if (!(noise > 0)) return null
  const length = treated[0]!.values.length
  const zeta = (treated.length * (length - at)) ** 0.25 * noise
  const aim = Array.from({ length: at }, (_, t) => meanOf(treated.map(({ values }) => values[t]!)))
  const unitWeights = simplexLeastSquares({
    columns: early.map(centred),
    target: centred(aim),
    ridge: zeta * zeta * at,
  }).weights
  const late = controls.map(({ values }) => meanOf(values.slice(at)))
  const columns = Array.from({ length: at }, (_, t) => centred(early.map((own) => own[t]!)))
  const ridge = (TIME_RIDGE * noise) ** 2 * controls.length
  const timeWeights = simplexLeastSquares({ columns, target: centred(late), ridge }).weights
  return { estimate: doubly(treated, controls, unitWeights, timeWeights, at), unitWeights, timeWeights, zeta }
}

/** (treated after - treated before) - (control after - control before), with weights of controls and of times before. */
function doubly(
  treated: readonly SyntheticUnit[],
  controls: readonly SyntheticUnit[],
  unitWeights: readonly number[],
  timeWeights: readonly number[],
  at: number,
): number {
  const change = ({ values }: SyntheticUnit): number =>
    meanOf(values.slice(at)) - timeWeights.reduce((sum, weight, t) => sum + weight * values[t]!, 0)
  return meanOf(treated.map(change)) - controls.reduce((sum, control, j) => sum + unitWeights[j]! * change(control), 0)
}

/** Algorithm 4: controls play the treated units; root of the mean squared deviation of their estimates from their mean. */
function placeboError({ treated, controls, interventionAt, placebo }: SyntheticDifferenceInput): number {
  const sets =
    treated.length === 1 && !placebo
      ? controls.map((control) => [control])
      : Array.from({ length: placebo!.draws }, () => drawn(controls, treated.length, placebo!.random))
  const estimates = sets.map(
    (set) =>
      weigh(
        set,
        controls.filter((control) => !set.includes(control)),
        interventionAt,
      )?.estimate ?? 0,
  )
  const middle = meanOf(estimates)
  return Math.sqrt(meanOf(estimates.map((estimate) => (estimate - middle) ** 2)))
}

/** So many different controls by chance (Fisher and Yates 1938). */
function drawn(controls: readonly SyntheticUnit[], count: number, random: () => number): SyntheticUnit[] {
  const rest = [...controls]
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!)
}

/** Algorithm 3: every unit left out in turn, weights kept; those of the controls scaled to 1 again. */
function jackknifeError(
  treated: readonly SyntheticUnit[],
  controls: readonly SyntheticUnit[],
  at: number,
  fit: Weighed,
): number | null {
  if (fit.unitWeights.some((weight) => weight > 1 - 1e-12)) return null
  const estimates = [
    ...treated.map((one) =>
      doubly(
        treated.filter((other) => other !== one),
        controls,
        fit.unitWeights,
        fit.timeWeights,
        at,
      ),
    ),
    ...controls.map((_, out) => {
      const left = 1 - fit.unitWeights[out]!
      const weights = fit.unitWeights.map((weight, j) => (j === out ? 0 : weight / left))
      return doubly(treated, controls, weights, fit.timeWeights, at)
    }),
  ]
  const count = estimates.length
  const squares = estimates.reduce((sum, estimate) => sum + (estimate - meanOf(estimates)) ** 2, 0)
  return Math.sqrt(((count - 1) / count) * squares)
}

function requireDifference({
  treated,
  controls,
  interventionAt,
  standardError,
  placebo,
  confidence = 0.95,
}: SyntheticDifferenceInput): void {
  if (treated.length === 0) throw new RangeError('treated must hold at least one unit')
  const length = treated[0]!.values.length
  if ([...treated, ...controls].some(({ values }) => values.length !== length))
    throw new RangeError(`controls and treated must have ${length} values each`)
  if (!Number.isInteger(interventionAt) || interventionAt < 0 || interventionAt > length)
    throw new RangeError(`interventionAt must be a position from 0 to ${length}, got ${interventionAt}`)
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  if (placebo && (!Number.isInteger(placebo.draws) || placebo.draws < 2))
    throw new RangeError(`placebo.draws must be a whole number from 2, got ${placebo.draws}`)
  if (standardError === 'placebo' && treated.length > 1 && !placebo)
    throw new RangeError('placebo must give draws and random for several treated units')
}
