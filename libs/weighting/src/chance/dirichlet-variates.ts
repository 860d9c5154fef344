import { normalVariates } from './normal-variates.ts'

/**
 * A source of logarithms of gamma variates with scale 1.
 *
 * When to use: through `dirichletVariates`; as logarithm because shapes far below 1 give values too small for a number.
 * Formula in words: rejection from the cube of a shifted normal; for shapes below 1 the variate of shape + 1 times a uniform number to the
 * power 1 / shape.
 * Source: Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26:363-372.
 * Arguments: `random` uniform on [0, 1); shape > 0. Errors: RangeError for a shape not finite or not above 0. Cost: O(1) expected.
 */
export function logGammaVariates(random: () => number): (shape: number) => number {
  const normal = normalVariates(random)
  const positive = () => {
    for (;;) {
      const u = random()
      if (u > 0) return u
    }
  }
  return (shape) => {
    if (!(shape > 0 && shape < Number.POSITIVE_INFINITY))
      throw new RangeError(`shape must be finite and above 0, got ${shape}`)
    const boost = shape < 1 ? Math.log(positive()) / shape : 0
    const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const cube = root * root * root
      if (Math.log(positive()) < 0.5 * x * x + d - d * cube + d * Math.log(cube)) return Math.log(d * cube) + boost
    }
  }
}

/**
 * A source of random weights: Dirichlet distributed, sum 1.
 *
 * When to use: sensitivity of rankings to weights. All shapes 1 is uniform on the simplex; shapes = concentration * nominal weights has the
 * nominal weights as mean and standard deviation root(w (1 - w) / (concentration + 1)).
 * Formula in words: gamma variates of the shapes over their sum.
 * Source: Dirichlet distribution, Kotz, Balakrishnan and Johnson (2000), Continuous Multivariate Distributions, section 49.1.
 * Arguments: shapes >= 0; a shape of 0 always gives weight 0. The target array is filled and returned.
 * Errors: RangeError for shapes negative, not finite or all 0. Cost: O(items) a draw.
 */
export function dirichletVariates(
  random: () => number,
  shapes: readonly number[],
): (target: Float64Array) => Float64Array {
  if (!shapes.every((shape) => shape >= 0 && Number.isFinite(shape)) || shapes.every((shape) => shape === 0))
    throw new RangeError('shapes must be finite, at least 0 and not all 0')
  const logGamma = logGammaVariates(random)
  return (target) => {
    let largest = Number.NEGATIVE_INFINITY
    for (let j = 0; j < shapes.length; j++) {
      target[j] = shapes[j] === 0 ? Number.NEGATIVE_INFINITY : logGamma(shapes[j]!)
      if (target[j]! > largest) largest = target[j]!
    }
    let total = 0
    for (let j = 0; j < shapes.length; j++) {
      target[j] = Math.exp(target[j]! - largest)
      total += target[j]!
    }
    for (let j = 0; j < shapes.length; j++) target[j]! /= total
    return target
  }
}
