/** A standard normal number by Box and Muller (1958), from uniform ones in [0, 1). */
export function normalNumber(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/**
 * A gamma number of scale 1.
 *
 * Source: Marsaglia and Tsang (2000), ACM TOMS 26:363-372. Arguments: shape at least 1 (half of more than two degrees of freedom).
 * Errors: RangeError for a shape below 1. Cost: some 1.05 rounds.
 */
export function gammaNumber(shape: number, random: () => number): number {
  if (!(shape >= 1)) throw new RangeError(`shape must be at least 1, got ${shape}`)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalNumber(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
