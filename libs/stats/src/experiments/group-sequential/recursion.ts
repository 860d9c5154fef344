import { normalTail } from '../../distributions/normal-tail.ts'
import { gaussLegendre } from '../../noncentral/gauss-legendre.ts'

/** Sub-density of the statistic z among the paths that go on: nodes and density times weight. */
export interface Going {
  fraction: number
  nodes: Float64Array
  mass: Float64Array
}

/** Beyond this many deviations from the mean nothing is left that matters. */
const REACH = 9
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)

/** Nodes between two bounds, as many as the narrowest kernel needs. */
function nodesBetween(low: number, high: number, width: number): { nodes: Float64Array; weights: Float64Array } {
  const count = Math.ceil((2.2 * (high - low)) / Math.min(1, width)) + 24
  const rule = gaussLegendre(count)
  const [middle, half] = [(low + high) / 2, (high - low) / 2]
  return { nodes: rule.nodes.map((x) => middle + half * x), weights: rule.weights.map((w) => w * half) }
}

/**
 * Chance of reaching each side of a look, and the paths that go on, one look at a time.
 *
 * When to use: behind boundaries and exact inference of group-sequential designs.
 * Formula in words: between looks the score moves by an independent normal step; the sub-density of paths still within bounds is carried
 * from look to look by Gauss-Legendre quadrature, with enough nodes for the narrowest step.
 * Sources: Armitage, McPherson and Rowe (1969), J R Statist Soc A 132:235-244; Jennison and Turnbull (2000), Group Sequential Methods,
 * chapter 19. Arguments: `drift` is the mean of z at fraction 1; `fraction` above the one before, `next` the fraction after it if any.
 * Errors: none (callers check). Cost: O(nodes squared), some 50 to 200 nodes.
 */
export function exitChance(
  before: Going | null,
  look: { fraction: number; bound: number; side: 'upper' | 'lower'; drift: number },
): number {
  const { fraction, bound, side, drift } = look
  if (!before) return normalTail(bound - drift * Math.sqrt(fraction), side)
  if (!Number.isFinite(bound)) return bound > 0 === (side === 'upper') ? 0 : sum(before.mass)
  const step = fraction - before.fraction
  const scale = 1 / Math.sqrt(step)
  const target = bound * Math.sqrt(fraction) - drift * step
  const root = Math.sqrt(before.fraction)
  let chance = 0
  for (let i = 0; i < before.nodes.length; i++)
    chance += before.mass[i]! * normalTail((target - before.nodes[i]! * root) * scale, side)
  return chance
}

/** The paths that go on after a look with these bounds. Sources and cost: as `exitChance`. */
export function carryOn(
  before: Going | null,
  look: { fraction: number; lower: number; upper: number; drift: number; next: number | null },
): Going {
  const { fraction, drift, next } = look
  const mean = drift * Math.sqrt(fraction)
  const low = Math.max(look.lower, mean - REACH)
  const high = Math.min(look.upper, mean + REACH)
  if (!(low < high)) return { fraction, nodes: new Float64Array(0), mass: new Float64Array(0) }
  const root = Math.sqrt(fraction)
  const incoming = before ? Math.sqrt(fraction - before.fraction) / root : 1
  const outgoing = next === null ? 1 : Math.sqrt(next - fraction) / root
  const { nodes, weights } = nodesBetween(low, high, Math.min(incoming, outgoing))
  const mass = new Float64Array(nodes.length)
  for (let j = 0; j < nodes.length; j++) {
    if (!before) {
      mass[j] = (weights[j]! * Math.exp(-0.5 * (nodes[j]! - mean) ** 2)) / ROOT_TWO_PI
      continue
    }
    const step = fraction - before.fraction
    const [inverse, back] = [1 / Math.sqrt(step), Math.sqrt(before.fraction)]
    const target = nodes[j]! * root - drift * step
    let density = 0
    for (let i = 0; i < before.nodes.length; i++) {
      const distance = (target - before.nodes[i]! * back) * inverse
      if (Math.abs(distance) < 38) density += before.mass[i]! * Math.exp(-0.5 * distance * distance)
    }
    mass[j] = (weights[j]! * density * root * inverse) / ROOT_TWO_PI
  }
  return { fraction, nodes, mass }
}

function sum(values: Float64Array): number {
  let all = 0
  for (const value of values) all += value
  return all
}

export interface ExitChances {
  /** Chance of leaving above and below at each look, first crossing. */
  upper: number[]
  lower: number[]
}

/**
 * Chances of first crossing the upper and lower bounds at each look.
 *
 * Source: as `exitChance`. Arguments: `fractions` of information, rising, at most 1 by convention; bounds on the z scale, one per look (use
 * -Infinity for none below); `drift` mean of z at fraction 1. Errors: RangeError for fractions not rising or bounds of another number.
 * Cost: O(looks nodes squared).
 */
export function exitChances(input: {
  fractions: readonly number[]
  upper: readonly number[]
  lower: readonly number[]
  drift: number
}): ExitChances {
  const { fractions, upper, lower, drift } = input
  requireFractions(fractions)
  if (upper.length !== fractions.length || lower.length !== fractions.length)
    throw new RangeError('upper and lower must have one bound per look')
  const result: ExitChances = { upper: [], lower: [] }
  let going: Going | null = null
  fractions.forEach((fraction, k) => {
    const look = { fraction, drift }
    result.upper.push(exitChance(going, { ...look, bound: upper[k]!, side: 'upper' }))
    result.lower.push(exitChance(going, { ...look, bound: lower[k]!, side: 'lower' }))
    if (k + 1 < fractions.length)
      going = carryOn(going, { ...look, lower: lower[k]!, upper: upper[k]!, next: fractions[k + 1]! })
  })
  return result
}

/** Refuses fractions that do not rise from above 0: a programmer's mistake. */
export function requireFractions(fractions: readonly number[]): void {
  if (fractions.length === 0) throw new RangeError('fractions must hold at least one look')
  fractions.forEach((fraction, k) => {
    if (!(fraction > (k === 0 ? 0 : fractions[k - 1]!) && fraction < Number.POSITIVE_INFINITY))
      throw new RangeError(`fractions[${k}] must be finite and above the one before, got ${fraction}`)
  })
}
