/** How values lie on a scale, for the ground of a curve. */
import { nth } from '../state/nth.ts'

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Bins of one width between two ends; values beyond them count in the outermost. */
export function binsOf(values: readonly number[], from: number, to: number, count: number): Bin[] {
  const width = (to - from) / count
  const counts = new Array<number>(count).fill(0)
  if (width > 0)
    for (const value of values) {
      const place = Math.min(count - 1, Math.max(0, Math.floor((value - from) / width)))
      counts[place] = nth(counts, place) + 1
    }
  return counts.map((each, place) => ({ from: from + place * width, to: from + (place + 1) * width, count: each }))
}

/** The value below which a share of the sorted values lies, interpolated between neighbours (type 7). */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [low, high] = [Math.floor(place), Math.ceil(place)]
  return nth(sorted, low) + (nth(sorted, high) - nth(sorted, low)) * (place - low)
}

/** A step of 1, 2 or 5 times a power of ten, about a two-hundredth of the span. */
export function stepOf(span: number): number {
  if (!(span > 0)) return 1
  const rough = span / 200
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10
  return Number((factor * power).toPrecision(3))
}

/** To whole steps, without the digits floating point adds. */
export const onStep = (value: number, step: number): number => Number((Math.round(value / step) * step).toPrecision(10))

const TICK_STEPS = [1, 2, 2.5, 5, 10] as const
const TICKS = 5

/** Round values inside the scale, some five of them. */
export function ticksOf(from: number, to: number): number[] {
  const rough = (to - from) / TICKS
  if (!(rough > 0)) return [from]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (TICK_STEPS.find((each) => each * power >= rough) ?? 10)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_unused, place) => Number(((first + place) * step).toPrecision(10)))
}

/** The ends of a scale that holds everything, with some air; of nothing 0 to 100. */
export function rangeOf(values: readonly number[]): { from: number; to: number } {
  if (values.length === 0) return { from: 0, to: 100 }
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  const air = (most - least || Math.abs(most) || 1) * 0.06
  return { from: least >= 0 && least - air < 0 ? 0 : least - air, to: most + air }
}
