import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cusumChart } from '../cusum-chart.ts'
import { ewmaChart } from '../ewma-chart.ts'
import { cusumAverageRunLength, ewmaAverageRunLength, shewhartAverageRunLength } from './average-run-length.ts'

const { arl } = JSON.parse(readFileSync(new URL('../../../reference/charts.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance: number) =>
  expect(Math.abs(got / exact - 1), `${got} for ${exact}`).toBeLessThan(tolerance)

test('limits alone: 370.4 points without a shift, 43.9 at one sigma', () => {
  near(shewhartAverageRunLength({ shift: 0, width: 3 }), 370.398, 1e-6)
  near(shewhartAverageRunLength({ shift: 1, width: 3 }), 43.895, 1e-5)
  // The figures of the notes: 308 points for a single value at 0.2 sigma, 178 for means of five (0.2 root 5).
  near(shewhartAverageRunLength({ shift: 0.2, width: 3 }), 308.4, 1e-3)
  near(shewhartAverageRunLength({ shift: 0.2 * Math.sqrt(5), width: 3 }), 177.7, 1e-3)
})
test('cumulative sums and moving averages against the spc package', () => {
  arl.shifts.forEach((shift: number, i: number) => {
    const cusum = { shift, reference: 0.5 } as const
    near(cusumAverageRunLength({ ...cusum, decision: 5, sides: 'both' }), arl.cusum2[i], 1e-3)
    near(cusumAverageRunLength({ ...cusum, decision: 4, sides: 'upper' }), arl.cusum1[i], 1e-3)
    near(cusumAverageRunLength({ ...cusum, decision: 5, sides: 'both', headStart: 2.5 }), arl.fir[i], 2e-3)
    near(ewmaAverageRunLength({ shift, lambda: 0.2, width: 2.962 }), arl.ewma[i], 2e-3)
    near(ewmaAverageRunLength({ shift, lambda: 0.05, width: 2.615 }), arl.ewma05[i], 2e-3)
  })
})
/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
test('the charts themselves run as long as the theory says', () => {
  const random = uniform(21)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const runs = 400
  const meanLength = (first: (values: number[]) => number) => {
    const lengths = Array.from({ length: runs }, () => {
      const at = first(Array.from({ length: 400 }, () => 0.75 + normal()))
      if (at < 0) throw new Error('no signal in 400 points')
      return at + 1
    })
    const mean = lengths.reduce((sum, length) => sum + length, 0) / runs
    return { mean, error: Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0)) / runs }
  }
  const sums = meanLength((values) => {
    const chart = cusumChart({
      values,
      target: 0,
      sigma: 1,
      reference: 0.5,
      decision: 5,
      headStart: 2.5,
      afterSignal: 'continue',
    })
    return chart.kind === 'cusum' ? (chart.signals[0] ?? -1) : -1
  })
  const sumsExact = cusumAverageRunLength({ shift: 0.75, reference: 0.5, decision: 5, sides: 'both', headStart: 2.5 })
  expect(Math.abs(sums.mean - sumsExact), `${sums.mean} for ${sumsExact}`).toBeLessThan(3.5 * sums.error)
  const averages = meanLength((values) => {
    const chart = ewmaChart({ values, target: 0, sigma: 1, lambda: 0.2, width: 2.962, limits: 'asymptotic' })
    return chart.kind === 'chart' ? (chart.outside[0] ?? -1) : -1
  })
  const averagesExact = ewmaAverageRunLength({ shift: 0.75, lambda: 0.2, width: 2.962 })
  expect(Math.abs(averages.mean - averagesExact), `${averages.mean} for ${averagesExact}`).toBeLessThan(
    3.5 * averages.error,
  )
})
test('mistakes', () => {
  expect(() => cusumAverageRunLength({ shift: 0, reference: 0.5, decision: 0, sides: 'both' })).toThrow(/decision/)
  expect(() => cusumAverageRunLength({ shift: 0, reference: 0.5, decision: 4, sides: 'both', headStart: 4 })).toThrow(
    /headStart/,
  )
  expect(() => ewmaAverageRunLength({ shift: 0, lambda: 0, width: 3 })).toThrow(/lambda/)
  expect(() => ewmaAverageRunLength({ shift: 0, lambda: 0.1, width: 3, states: 10 })).toThrow(/states/)
  expect(() => shewhartAverageRunLength({ shift: Number.NaN, width: 3 })).toThrow(/shift/)
})
