const MOST_STEPS = 400
/** Two units in the last place. */
const ROUNDING = 4.5e-16

/** Logarithm of a tail and its derivative by the solving coordinate. */
export interface LogTail {
  log: number
  slope: number
}

/**
 * The coordinate u at which a monotone, concave log tail takes a given value.
 *
 * Formula in words: Newton's method. A concave function is approached from one side after the first step; the first steps may be
 * too long where the tail is flat, so their length is limited by 1, 2, 4, ... and every point keeps a bracket, halved when Newton
 * leaves it.
 * Source: our own arrangement of the safeguarded Newton method (Dekker 1969; Press et al. 2007, section 9.4).
 * Assumes: `logTail` is monotone in u. Cost: some ten evaluations, at most MOST_STEPS.
 */
export function solveLogTail(logTail: (u: number) => LogTail, target: number, start: number): number {
  let below = Number.NEGATIVE_INFINITY
  let above = Number.POSITIVE_INFINITY
  let longest = 1
  let u = start
  for (let step = 0; step < MOST_STEPS; step++) {
    const { log, slope } = logTail(u)
    const excess = log - target
    if (Math.abs(excess) <= ROUNDING * Math.abs(target)) return u - excess / slope
    if (excess > 0 === slope > 0) above = u
    else below = u
    let next = u - excess / slope
    if (!(Math.abs(next - u) <= longest)) next = u + longest * (above === u ? -1 : 1)
    longest *= 2
    if (next <= below || next >= above) next = (Math.max(below, u - longest) + Math.min(above, u + longest)) / 2
    if (Math.abs(next - u) <= ROUNDING * Math.max(1, Math.abs(u))) return next
    u = next
  }
  return u
}
