import { normalTail } from '../../distributions/normal-tail.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import { carryOn, exitChance, exitChances, type Going, requireFractions } from './recursion.ts'
import { type Spending, spentError } from './spending.ts'

/** The shape of a boundary over the looks. */
export type BoundaryShape =
  | { kind: 'obrien-fleming' }
  | { kind: 'pocock' }
  | { kind: 'wang-tsiatis'; delta: number }
  | Spending

export interface Boundary {
  fractions: number[]
  /** Bounds of z; a two-sided design has their negatives below. Infinity: no stop at this look. */
  upper: number[]
  lower: number[]
  /** Two-sided (or one-sided) nominal p at each look: stop when the ordinary p is at most this. */
  nominal: number[]
  alpha: number
  sided: 'two' | 'one'
}

/** Bounds beyond this are none. */
const HIGHEST_BOUND = 37

/**
 * Boundary of a group-sequential test for efficacy.
 *
 * When to use: a few planned looks (weekly, monthly) at a running experiment with the error kept.
 * Formula in words: 'obrien-fleming' constant over root of the fraction, 'pocock' constant, 'wang-tsiatis' constant times fraction^(delta -
 * 1/2): the constant is the root at which all exits under no effect add up to alpha. The spending shapes find each bound in turn, so that the
 * error spent up to a look is what the function allows; looks may then come when they come.
 * Sources: O'Brien and Fleming (1979), Biometrics 35:549-556; Pocock (1977), Biometrika 64:191-199; Wang and Tsiatis (1987), Biometrics
 * 43:193-199; Lan and DeMets (1983); Armitage, McPherson and Rowe (1969) for the integration.
 * Arguments: `fractions` of the planned information, rising, last one usually 1 (`equalLooks`); alpha of both tails together with `sided`
 * 'two' (default 0.05), of the upper tail with 'one'.
 * Convention: two-sided bounds are symmetric, each tail spends alpha / 2; crossing the far side is not counted twice.
 * Errors: RangeError for fractions, alpha, shape parameters. Cost: some 10 recursions for constants, one for spending.
 */
export function groupSequentialBoundary(input: {
  fractions: readonly number[]
  shape: BoundaryShape
  alpha?: number
  sided?: 'two' | 'one'
}): Boundary {
  const { shape, alpha = 0.05, sided = 'two' } = input
  const fractions = [...input.fractions]
  requireFractions(fractions)
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie in (0, 1), got ${alpha}`)
  const tail = sided === 'two' ? alpha / 2 : alpha
  const upper = isConstant(shape)
    ? constantBounds(fractions, shape, tail, sided)
    : spendingBounds(fractions, shape, tail, sided)
  const lower = upper.map((bound) => (sided === 'two' ? -bound : Number.NEGATIVE_INFINITY))
  const nominal = upper.map((bound) => (sided === 'two' ? 2 : 1) * normalTail(bound, 'upper'))
  return { fractions, upper, lower, nominal, alpha, sided }
}

/** Fractions 1 / n, 2 / n, ..., 1 for equally spaced looks. Pocock (1977). Errors: RangeError for a count below 1. O(n). */
export function equalLooks(looks: number): number[] {
  if (!Number.isInteger(looks) || looks < 1) throw new RangeError(`looks must be a positive whole number, got ${looks}`)
  return Array.from({ length: looks }, (_, k) => (k + 1) / looks)
}

function isConstant(shape: BoundaryShape): shape is Exclude<BoundaryShape, Spending> {
  return shape.kind === 'obrien-fleming' || shape.kind === 'pocock' || shape.kind === 'wang-tsiatis'
}

function constantBounds(
  fractions: readonly number[],
  shape: Exclude<BoundaryShape, Spending>,
  tail: number,
  sided: 'two' | 'one',
): number[] {
  const delta = shape.kind === 'obrien-fleming' ? 0 : shape.kind === 'pocock' ? 0.5 : shape.delta
  if (!Number.isFinite(delta)) throw new RangeError(`delta must be finite, got ${delta}`)
  const last = fractions.at(-1)!
  const bounds = (constant: number) => fractions.map((fraction) => constant * (fraction / last) ** (delta - 0.5))
  const excess = (constant: number) => {
    const upper = bounds(constant)
    const lower = upper.map((bound) => (sided === 'two' ? -bound : Number.NEGATIVE_INFINITY))
    const chances = exitChances({ fractions, upper, lower, drift: 0 }).upper.reduce((sum, chance) => sum + chance, 0)
    return Math.log(chances) - Math.log(tail)
  }
  return bounds(bracketedRoot(excess, 0.01, 12, 1e-11))
}

function spendingBounds(
  fractions: readonly number[],
  spending: Spending,
  tail: number,
  sided: 'two' | 'one',
): number[] {
  const upper: number[] = []
  let [going, spent]: [Going | null, number] = [null, 0]
  fractions.forEach((fraction, k) => {
    const allowed = spentError(spending, tail, fraction) - spent
    const before = going
    const chance = (bound: number) => exitChance(before, { fraction, bound, side: 'upper', drift: 0 })
    let bound = Number.POSITIVE_INFINITY
    if (allowed > chance(HIGHEST_BOUND))
      bound = bracketedRoot((z) => Math.log(chance(z)) - Math.log(allowed), -5, HIGHEST_BOUND, 1e-12)
    // A two-sided bound at or below 0 would stop everything; no published spending comes near it.
    upper.push(bound)
    spent += Number.isFinite(bound) ? allowed : 0
    const lower = sided === 'two' ? -bound : Number.NEGATIVE_INFINITY
    if (k + 1 < fractions.length)
      going = carryOn(before, { fraction, lower, upper: bound, drift: 0, next: fractions[k + 1]! })
  })
  return upper
}
