import { binomialTail } from '../distributions/binomial-tail.ts'

export type AnhoejResult =
  | {
      kind: 'runs'
      /** Points not on the centre. */
      useful: number
      longestRun: number
      /** More than this is a signal. */
      longestRunLimit: number
      /** First and last position of the longest run (the first of equals), both inclusive. */
      longestRunAt: { start: number; end: number }
      crossings: number
      /** Fewer than this is a signal. */
      crossingsLimit: number
      runSignal: boolean
      crossingSignal: boolean
    }
  | { kind: 'cannot'; because: 'too-few' | 'not-finite'; detail: string }

/** Anhøj and Olesen (2014): with fewer points the tests have no power to speak of. */
const USUAL_MINIMUM = 10
const CROSSINGS_QUANTILE = 0.05

/**
 * Anhøj's two runs tests of a run chart: an unusually long run, or unusually few crossings of the centre.
 *
 * When to use: beside or instead of run rules; needs no sigma, only a centre (the median of a run chart), adapts to the number of points.
 * Formula in words: leave out points on the centre; the longest run is long above round(log2 n) + 3; crossings are few below the 5 %
 * quantile of a binomial with n - 1 trials and chance one half.
 * Sources: Anhøj and Olesen (2014), PLoS ONE 9(11):e113825; Anhøj (2015), PLoS ONE 10(3):e0121349; Schilling (2012), Mathematics Magazine
 * 85:141-149 (longest run); Chen (2010), Model Assisted Statistics and Applications 5:67-77 (crossings).
 * Arguments: `values` in order of time, null a gap, which is passed over; `minimumPoints` useful points needed, default 10.
 * Errors: RangeError for a centre not finite or minimumPoints below 2. Cost: O(n).
 */
export function anhoejRule(input: {
  values: readonly (number | null)[]
  centre: number
  minimumPoints?: number
}): AnhoejResult {
  const { values, centre, minimumPoints = USUAL_MINIMUM } = input
  if (!Number.isFinite(centre)) throw new RangeError(`centre must be finite, got ${centre}`)
  if (!(minimumPoints >= 2)) throw new RangeError(`minimumPoints must be at least 2, got ${minimumPoints}`)
  const broken = values.findIndex((value) => value !== null && !Number.isFinite(value))
  if (broken >= 0) return { kind: 'cannot', because: 'not-finite', detail: `value ${broken} is not a finite number` }
  const sides = values.flatMap((value, at) =>
    value === null || value === centre ? [] : [{ at, above: value > centre }],
  )
  const useful = sides.length
  if (useful < minimumPoints)
    return {
      kind: 'cannot',
      because: 'too-few',
      detail: `${useful} points off the centre, ${minimumPoints} are needed`,
    }
  const { longest, crossings } = countRuns(sides)
  const longestRunLimit = Math.round(Math.log2(useful)) + 3
  const crossingsLimit = halfQuantile(useful - 1)
  return {
    kind: 'runs',
    useful,
    longestRun: longest.length,
    longestRunLimit,
    longestRunAt: { start: longest.start, end: longest.end },
    crossings,
    crossingsLimit,
    runSignal: longest.length > longestRunLimit,
    crossingSignal: crossings < crossingsLimit,
  }
}

function countRuns(sides: readonly { at: number; above: boolean }[]) {
  let run = { start: sides[0]!.at, end: sides[0]!.at, length: 1 }
  let longest = run
  let crossings = 0
  for (const [i, { at, above }] of sides.entries()) {
    if (i === 0) continue
    const crossed = above !== sides[i - 1]!.above
    if (crossed) crossings += 1
    run = crossed ? { start: at, end: at, length: 1 } : { ...run, end: at, length: run.length + 1 }
    if (run.length > longest.length) longest = run
  }
  return { longest, crossings }
}

/** Least k with P(X <= k) at least 5 %, X binomial with chance one half. */
function halfQuantile(trials: number): number {
  let k = Math.max(0, Math.floor(trials / 2 - 2 * Math.sqrt(trials)) - 1)
  while (binomialTail(k, trials, 0.5, 'lower') < CROSSINGS_QUANTILE) k += 1
  return k
}
