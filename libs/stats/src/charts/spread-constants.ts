import { logGamma } from '../special/log-gamma.ts'

/** d2 and d3 for 2, 3, … 25 values (reference/make-chart-constants.R). */
const RANGE_CONSTANTS: readonly (readonly [number, number])[] = [
  [1.128379167, 0.852502466],
  [1.692568751, 0.888368004],
  [2.058750746, 0.879808203],
  [2.325928947, 0.864081941],
  [2.534412721, 0.848039686],
  [2.704356751, 0.833205336],
  [2.847200612, 0.81983149],
  [2.970026324, 0.807834275],
  [3.077505462, 0.797050674],
  [3.172872704, 0.787314621],
  [3.25845528, 0.778478341],
  [3.335980354, 0.770416202],
  [3.406763108, 0.763023096],
  [3.47182689, 0.75621143],
  [3.531982786, 0.749908089],
  [3.587883962, 0.744051784],
  [3.640063758, 0.738590853],
  [3.688963023, 0.733481496],
  [3.73495012, 0.728686346],
  [3.77833583, 0.724173341],
  [3.819384643, 0.719914808],
  [3.858323423, 0.715886735],
  [3.895348148, 0.712068175],
  [3.93062922, 0.708440766],
]
export const LARGEST_RANGE_GROUP = RANGE_CONSTANTS.length + 1

/**
 * Mean (d2) and standard deviation (d3) of the range of `count` independent standard normal values.
 *
 * When to use: limits from ranges; ranges waste information above some ten values.
 * Source: Tippett (1925), Biometrika 17:364-387; integrated anew to nine decimals (`reference/make-chart-constants.R`).
 * Errors: RangeError unless count is whole, 2 to 25. Cost: O(1).
 */
export function rangeConstants(count: number): { d2: number; d3: number } {
  const pair = RANGE_CONSTANTS[count - 2]
  if (!pair) throw new RangeError(`count must be a whole number from 2 to ${LARGEST_RANGE_GROUP}, got ${count}`)
  return { d2: pair[0], d3: pair[1] }
}

/**
 * Expected standard deviation (divisor n - 1) of `count` independent normal values of unit variance, c4.
 *
 * Formula in words: root of 2 / (n - 1) times gamma(n / 2) over gamma((n - 1) / 2).
 * Source: Montgomery (2013), Introduction to Statistical Quality Control, equation 6.25 and appendix VI.
 * Errors: RangeError unless count is whole and at least 2. Cost: O(1).
 */
export function deviationConstant(count: number): number {
  if (!Number.isInteger(count) || count < 2) throw new RangeError(`count must be a whole number from 2, got ${count}`)
  return Math.sqrt(2 / (count - 1)) * Math.exp(logGamma(count / 2) - logGamma((count - 1) / 2))
}
