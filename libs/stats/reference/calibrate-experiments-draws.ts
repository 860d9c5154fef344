// Chance and small summaries for calibrate-experiments.ts.
import type { Measured } from '../src/estimates/estimate.ts'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { summariseSample } from '../src/intervals/summarise-sample.ts'

export interface Draws {
  uniform: () => number
  normal: () => number
  poisson: (mean: number) => number
}

/** Seeded numbers: mulberry32 (Tommy Ettinger, public domain) in (0, 1), normals by inversion, Poisson by multiplication. */
export function chanceOf(seed: number): Draws {
  let state = (seed * 7919) >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
  const poisson = (mean: number) => {
    const limit = Math.exp(-mean)
    let [count, product] = [0, uniform()]
    while (product > limit) {
      count++
      product *= uniform()
    }
    return count
  }
  return { uniform, normal: () => normalQuantile(uniform()), poisson }
}

export function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function measuredMean(values: readonly number[]): Measured {
  const { count, mean: estimate, standardDeviation } = summariseSample(values)
  return { estimate: estimate!, standardError: standardDeviation! / Math.sqrt(count), degreesOfFreedom: count - 1 }
}

/** Does the interval hold the truth? null when there is none. */
export function holds(result: { kind: string; lower?: number; upper?: number }, truth: number): boolean | null {
  if (result.lower === undefined || result.upper === undefined) return null
  return result.lower <= truth && truth <= result.upper
}
