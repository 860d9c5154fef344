/** log(2 pi) / 2. */
export const HALF_LOG_TWO_PI = 0.9189385332046727

/** From here on eight terms of the Stirling series reach double precision. */
export const STIRLING_FROM = 10

// B(2j) / (2j (2j - 1)), Abramowitz and Stegun (1964), 6.1.40.
const TERMS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/** The sum of the Stirling series alone, for x >= STIRLING_FROM. O(1). */
export function stirlingSeries(x: number): number {
  const inverseSquare = 1 / x / x
  let sum = 0
  for (let j = TERMS.length - 1; j >= 0; j--) sum = TERMS[j]! + sum * inverseSquare
  return sum / x
}
