/** A figure of the posterior: mean, deviation and central interval. */
export interface PosteriorFigure {
  estimate: number
  deviation: number
  lower: number
  upper: number
}

export interface EffectPoint {
  value: number | null
  /** What was to be expected without the measure. */
  expected: PosteriorFigure
  /** Value less expected; null where there is no value. */
  effect: PosteriorFigure | null
  /** Sum of the effects up to here. */
  cumulative: PosteriorFigure
}

export interface EffectSummary {
  points: EffectPoint[]
  /** Mean effect over the times after that have a value. */
  averageEffect: PosteriorFigure
  cumulativeEffect: PosteriorFigure
  /** Cumulative effect over the expected sum. */
  relativeEffect: PosteriorFigure
  /** Chance of a course without the measure at least as far on the side of the values: small is strong. */
  tailChance: number
  /** Error of the average effect through simulation, by means of 20 batches. */
  simulationError: number
}

const BATCHES = 20

/**
 * Effects from possible courses without the measure.
 *
 * Formula in words: per draw, values less course, their running sum, their mean, and the sum over the sum of the course; means, deviations and
 * central quantiles over draws; the tail chance is the share of draws whose summed course lies at or beyond the summed values, plus one draw.
 * Source: Brodersen et al. (2015), Annals of Applied Statistics 9:247-274, section 2.4; Geyer (1992), Statistical Science 7:473-483 (batch
 * means). Edge cases: times without value count in neither sum. Cost: O(draws log draws) a time.
 */
export function summariseCourses(
  values: readonly (number | null)[],
  courses: readonly (readonly number[])[],
  confidence: number,
): EffectSummary {
  const count = values.filter((value) => value !== null).length
  const running = courses.map(() => 0)
  const expectedSum = courses.map(() => 0)
  const points = values.map((value, t): EffectPoint => {
    const expected = courses.map((course) => course[t]!)
    if (value !== null) {
      for (const [draw, course] of courses.entries()) {
        running[draw]! += value - course[t]!
        expectedSum[draw]! += course[t]!
      }
    }
    const effect =
      value === null
        ? null
        : figure(
            expected.map((one) => value - one),
            confidence,
          )
    return { value, expected: figure(expected, confidence), effect, cumulative: figure(running, confidence) }
  })
  const average = running.map((sum) => sum / count)
  const up = running.filter((sum) => sum <= 0).length
  const down = running.filter((sum) => sum >= 0).length
  return {
    points,
    averageEffect: figure(average, confidence),
    cumulativeEffect: figure(running, confidence),
    relativeEffect: figure(
      running.map((sum, draw) => sum / expectedSum[draw]!),
      confidence,
    ),
    tailChance: (1 + Math.min(up, down)) / (1 + courses.length),
    simulationError: batchError(average),
  }
}

function figure(draws: readonly number[], confidence: number): PosteriorFigure {
  const estimate = meanOf(draws)
  const sorted = Float64Array.from(draws).sort()
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share
    const below = Math.floor(place)
    return sorted[below]! + (place - below) * (sorted[Math.min(sorted.length - 1, below + 1)]! - sorted[below]!)
  }
  const variance = draws.reduce((sum, x) => sum + (x - estimate) ** 2, 0) / (draws.length - 1)
  return { estimate, deviation: Math.sqrt(variance), lower: at((1 - confidence) / 2), upper: at((1 + confidence) / 2) }
}

function meanOf(draws: readonly number[]): number {
  return draws.reduce((sum, x) => sum + x, 0) / draws.length
}

function batchError(draws: readonly number[]): number {
  const size = Math.floor(draws.length / BATCHES)
  const means = Array.from({ length: BATCHES }, (_, b) => meanOf(draws.slice(b * size, (b + 1) * size)))
  const middle = meanOf(means)
  return Math.sqrt(means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / (BATCHES - 1) / BATCHES)
}
