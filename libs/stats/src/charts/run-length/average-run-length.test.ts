import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
test('mistakes', () => {
  expect(() => cusumAverageRunLength({ shift: 0, reference: 0.5, decision: 0, sides: 'both' })).toThrow(/decision/)
  expect(() => cusumAverageRunLength({ shift: 0, reference: 0.5, decision: 4, sides: 'both', headStart: 4 })).toThrow(
    /headStart/,
  )
  expect(() => ewmaAverageRunLength({ shift: 0, lambda: 0, width: 3 })).toThrow(/lambda/)
  expect(() => ewmaAverageRunLength({ shift: 0, lambda: 0.1, width: 3, states: 10 })).toThrow(/states/)
  expect(() => shewhartAverageRunLength({ shift: Number.NaN, width: 3 })).toThrow(/shift/)
})
