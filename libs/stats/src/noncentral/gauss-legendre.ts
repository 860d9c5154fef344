const kept = new Map<number, { nodes: Float64Array; weights: Float64Array }>()

/**
 * Nodes and weights of Gauss-Legendre quadrature on [-1, 1].
 *
 * When to use: integrals of smooth functions over an interval; n nodes are exact for polynomials of degree 2 n - 1.
 * Formula in words: zeros of the Legendre polynomial by Newton's method from Tricomi's approximation.
 * Source: Abramowitz and Stegun (1964), 25.4.29; Davis and Rabinowitz (1984), section 2.7. Results are kept per n and must not be changed.
 * Errors: RangeError unless n is a positive whole number. Cost: O(n squared) the first time.
 */
export function gaussLegendre(n: number): { nodes: Float64Array; weights: Float64Array } {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a positive whole number, got ${n}`)
  const known = kept.get(n)
  if (known) return known
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let [current, previous] = [x, 1]
      for (let k = 2; k <= n; k++) [current, previous] = [((2 * k - 1) * x * current - (k - 1) * previous) / k, current]
      if (n === 1) previous = 1
      slope = n === 1 ? 1 : (n * (x * current - previous)) / (x * x - 1)
      const change = current / slope
      x -= change
      if (Math.abs(change) < 1e-16) break
    }
    const weight = 2 / ((1 - x * x) * slope * slope)
    nodes[i] = -x
    nodes[n - 1 - i] = x
    weights[i] = weight
    weights[n - 1 - i] = weight
  }
  const result = { nodes, weights }
  kept.set(n, result)
  return result
}

/** The integral of a function over [low, high] with n nodes. Source: as `gaussLegendre`. Cost: n evaluations. */
export function integrate(f: (x: number) => number, low: number, high: number, n: number): number {
  const { nodes, weights } = gaussLegendre(n)
  const [middle, half] = [(low + high) / 2, (high - low) / 2]
  let sum = 0
  for (let i = 0; i < n; i++) sum += weights[i]! * f(middle + half * nodes[i]!)
  return sum * half
}
