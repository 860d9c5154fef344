export interface Step {
  /** The step holds from this value on (inclusive), in the unit of the figure. */
  from: number
  points: number
}

export interface StepResult {
  points: number
  /** Smallest value of the next step, and its points; null on the last. */
  next: Step | null
  /** Value below which this step is lost; null below the first step. */
  lostBelow: number | null
}

/**
 * Points by steps: "from 90 % 80 points, from 95 % 100 points".
 *
 * When to use: rules that are written as steps. Prefer `piecewiseLinear` where you may choose: at a step a hair's breadth decides, and the
 * sharpest incentives stand right below it.
 * Formula in words: the points of the last step whose `from` the value reaches, `pointsBelow` under the first.
 * Source: step (threshold) scoring, OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (categorical scales).
 * Error: no delta method, since the slope is 0 almost everywhere and undefined on a step. To carry a standard error, take the expected
 * points: the sum over steps of their points times the normal probability of landing on them (`expectedStepPoints`).
 * Edge cases: +-Infinity give the last and first points. Errors: RangeError for no steps, `from` not strictly rising, figures not finite,
 * a value NaN. Cost: O(steps).
 */
export function stepPoints(value: number, steps: readonly Step[], pointsBelow = 0): StepResult {
  requireSteps(steps, pointsBelow)
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  const above = steps.findIndex((step) => step.from > value)
  const reached = (above === -1 ? steps.length : above) - 1
  return {
    points: reached < 0 ? pointsBelow : steps[reached]!.points,
    next: steps[reached + 1] ?? null,
    lostBelow: steps[reached]?.from ?? null,
  }
}

/**
 * Mean and standard deviation of the points when the figure has an error: what replaces the delta method for steps.
 *
 * When to use: standard errors of composites with stepped items.
 * Formula in words: the probability of each step is the difference of the distribution at its ends; mean and root of the variance of the
 * points under these probabilities.
 * Source: expectation of a function of a normal variable, Rao (1973), Linear Statistical Inference, section 2b.
 * Arguments: `probabilityBelow(x)` the probability that the true figure lies below x, for example the lower normal tail of
 * (x - value) / standard error; taken as an argument so that this library holds no distribution.
 * Errors: RangeError as above and for probabilities that leave [0, 1] or fall. Cost: O(steps) calls.
 */
export function expectedStepPoints(
  probabilityBelow: (x: number) => number,
  steps: readonly Step[],
  pointsBelow = 0,
): { points: number; standardDeviation: number } {
  requireSteps(steps, pointsBelow)
  const below = steps.map((step) => probabilityBelow(step.from))
  below.forEach((probability, i) => {
    if (!(probability >= (below[i - 1] ?? 0) && probability <= 1))
      throw new RangeError('probabilityBelow must rise from 0 to 1')
  })
  const chances = [below[0]!, ...steps.map((_, i) => (below[i + 1] ?? 1) - below[i]!)]
  const points = [pointsBelow, ...steps.map((step) => step.points)]
  const mean = chances.reduce((sum, chance, i) => sum + chance * points[i]!, 0)
  const variance = chances.reduce((sum, chance, i) => sum + chance * (points[i]! - mean) ** 2, 0)
  return { points: mean, standardDeviation: Math.sqrt(variance) }
}

function requireSteps(steps: readonly Step[], pointsBelow: number): void {
  if (steps.length === 0) throw new RangeError('steps must hold at least one step')
  if (!Number.isFinite(pointsBelow)) throw new RangeError(`pointsBelow must be finite, got ${pointsBelow}`)
  steps.forEach((step, i) => {
    if (!Number.isFinite(step.from) || !Number.isFinite(step.points)) throw new RangeError(`steps[${i}] must be finite`)
    if (i > 0 && step.from <= steps[i - 1]!.from)
      throw new RangeError(`steps[${i}].from must be above the one before it, got ${step.from}`)
  })
}
