/** Weights that always sum to 1: one is moved, the others give way in proportion, locked ones stay. */
import { nth } from './nth.ts'

/** Weights are kept in hundredths of a percent: as fine as anybody types them. */
const STEPS = 10_000

/** What rounding makes of a sum of exact parts. */
const ROUNDING = 1e-12

/**
 * Rounds to hundredths of a percent with a sum of 1: what rounding leaves goes, one step each, to those that lost most of theirs (largest
 * remainders). Only weights in `free` are touched; locked ones stay as they are, to the last digit.
 */
export function tidied(weights: readonly number[], free: (place: number) => boolean = () => true): number[] {
  const places = [...weights.keys()].filter(free)
  if (places.length === 0) return [...weights]
  const fixed = weights.reduce((sum, weight, place) => sum + (free(place) ? 0 : weight), 0)
  const whole = weights.map((weight) => Math.floor(weight * STEPS + 1e-6))
  const lost = (place: number) => nth(weights, place) * STEPS - nth(whole, place)
  const inNeed = places.toSorted((a, b) => lost(b) - lost(a) || nth(weights, b) - nth(weights, a) || a - b)
  let left = Math.round((1 - fixed) * STEPS) - places.reduce((sum, place) => sum + nth(whole, place), 0)
  for (let index = 0; left > 0; index = (index + 1) % inNeed.length, left -= 1) {
    const place = nth(inNeed, index)
    whole[place] = nth(whole, place) + 1
  }
  const result = weights.map((weight, place) => (free(place) ? nth(whole, place) / STEPS : weight))
  // A locked weight with more digits than we keep leaves the sum beside 1: the largest free one takes the difference.
  const beside = 1 - result.reduce((sum, weight) => sum + weight, 0)
  if (Math.abs(beside) < ROUNDING) return result
  const largest = places.reduce(
    (best, place) => (nth(result, place) > nth(result, best) ? place : best),
    nth(places, 0),
  )
  return result.with(largest, Math.max(0, nth(result, largest) + beside))
}

/** Scaled to sum to 1; all alike where there is nothing to scale. */
export function scaledToOne(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return tidied(weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length)))
}

export const evenly = (count: number): number[] => scaledToOne(Array.from({ length: count }, () => 1))

/**
 * The weights after one was moved `to` a share of 0 to 1. It goes no further than the locked ones leave room. Where all others are locked it
 * stays. `weights` are those when the movement began, so that going back and forth brings the same proportions back.
 */
export function giveWay(weights: readonly number[], place: number, to: number, locked: ReadonlySet<number>): number[] {
  const others = [...weights.keys()].filter((each) => each !== place && !locked.has(each))
  if (others.length === 0 || locked.has(place)) return [...weights]
  const held = weights.reduce((sum, weight, each) => sum + (each !== place && locked.has(each) ? weight : 0), 0)
  const room = Math.max(0, 1 - held)
  const wanted = Math.round(Math.min(Math.max(to, 0), room) * STEPS) / STEPS
  const moved = Math.min(wanted, room)
  const rest = others.reduce((sum, each) => sum + nth(weights, each), 0)
  const share = (each: number) => (rest > 0 ? nth(weights, each) / rest : 1 / others.length)
  const next = weights.map((weight, each) =>
    each === place ? moved : locked.has(each) ? weight : (room - moved) * share(each),
  )
  return tidied(next, (each) => each !== place && !locked.has(each))
}

/** Room for one more at `place`: it gets an equal part, the others shrink in proportion. */
export function withOneMore(weights: readonly number[], place: number): number[] {
  const part = 1 / (weights.length + 1)
  return scaledToOne(weights.map((weight) => weight * (1 - part)).toSpliced(place, 0, part))
}

/** Without one: the others take over in proportion. */
export const withOneLess = (weights: readonly number[], place: number): number[] =>
  weights.length <= 1 ? [] : scaledToOne(weights.toSpliced(place, 1))
