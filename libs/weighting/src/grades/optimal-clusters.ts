import type { Cannot } from '../cannot.ts'

export interface Cluster {
  /** Smallest and largest value. */
  lowest: number
  highest: number
  /** Weighted mean. */
  centre: number
  /** Total weight (number of values when unweighted). */
  weight: number
  /** Weighted sum of squared distances from the centre. */
  withinSquares: number
}

export type ClustersResult =
  | {
      kind: 'clusters'
      /** Rising. */
      clusters: Cluster[]
      /** The lowest value of each cluster but the first: for `gradeByCuts`. */
      cutPoints: number[]
      withinSquares: number
      totalSquares: number
    }
  | Cannot<'too-few-distinct'>

/** Distinct values times clusters: what the table of the way back may hold (400 MB of 32-bit numbers). */
export const LARGEST_TABLE = 100_000_000

/**
 * Optimal one-dimensional k-means: the grouping of values into k runs with the least sum of squared distances from the groups' means.
 *
 * When to use: grades where the scores themselves fall into groups (as hospital stars do); always the same answer, unlike k-means from
 * random starts, which was what moved hundreds of hospitals between stars.
 * Formula in words: dynamic programming over the sorted distinct values with their weights; the best last cluster's start never moves left
 * as values are added, so each layer is filled by divide and conquer.
 * Source: Wang and Song (2011), The R Journal 3/2:29-33 (Ckmeans.1d.dp); divide and conquer as in Song and Zhong (2020), Bioinformatics
 * 36:5027-5036; Fisher (1958), Journal of the American Statistical Association 53:789-798.
 * Arguments: `weights` >= 0 per value, default 1. Equal values are one point with their total weight, so equal scores share a grade.
 * Convention: of several optimal groupings the one whose last clusters start lowest.
 * Edge cases: fewer distinct values (of positive weight) than clusters 'too-few-distinct'.
 * Errors: RangeError for k not a whole number from 1, values not finite, weights, more than 1e8 distinct values times clusters.
 * Cost: O(n log n + k u log u) for u distinct values: about two seconds for a million distinct values in five clusters.
 */
export function optimalClusters(
  values: readonly number[] | Float64Array,
  clusters: number,
  weights?: readonly number[] | Float64Array,
): ClustersResult {
  if (!Number.isInteger(clusters) || clusters < 1)
    throw new RangeError(`clusters must be a whole number from 1, got ${clusters}`)
  const points = distinctPoints(values, weights)
  const u = points.at.length
  if (u < clusters) {
    const detail = `${u} distinct values for ${clusters} clusters`
    return { kind: 'cannot', because: 'too-few-distinct', detail }
  }
  if (u * clusters > LARGEST_TABLE)
    throw new RangeError(`values must not have more than ${LARGEST_TABLE} distinct values times clusters`)
  const sums = prefixSums(points)
  const starts = fillTable(sums, u, clusters)
  const bounds: number[] = []
  let end = u
  for (let k = clusters - 1; k >= 0; k--) {
    const start = k === 0 ? 0 : starts[k - 1]![end - 1]!
    bounds.unshift(start)
    end = start
  }
  const found = bounds.map((start, k) => describeCluster(points, start, bounds[k + 1] ?? u))
  return {
    kind: 'clusters',
    clusters: found,
    cutPoints: found.slice(1).map((cluster) => cluster.lowest),
    withinSquares: found.reduce((sum, cluster) => sum + cluster.withinSquares, 0),
    totalSquares: describeCluster(points, 0, u).withinSquares,
  }
}

interface Points {
  at: Float64Array
  weight: Float64Array
}

function distinctPoints(
  values: readonly number[] | Float64Array,
  weights: readonly number[] | Float64Array | undefined,
): Points {
  if (weights && weights.length !== values.length)
    throw new RangeError(`weights must have ${values.length} values, got ${weights.length}`)
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`values must be finite, got ${value}`)
  }
  for (const weight of weights ?? []) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new RangeError(`weights must be finite and at least 0, got ${weight}`)
  }
  const weightAt = new Map<number, number>()
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1
    // Adding 0 makes -0 and 0 one value.
    if (weight > 0) weightAt.set(values[i]! + 0, (weightAt.get(values[i]! + 0) ?? 0) + weight)
  }
  const at = Float64Array.from(weightAt.keys()).sort()
  return { at, weight: at.map((value) => weightAt.get(value)!) }
}

interface Sums {
  weight: Float64Array
  first: Float64Array
  second: Float64Array
}

/** Sums of weight, weight * x and weight * x squared before each point, x measured from the median so that squares keep their digits. */
function prefixSums({ at, weight }: Points): Sums {
  const u = at.length
  const centre = at[u >> 1]!
  const sums: Sums = {
    weight: new Float64Array(u + 1),
    first: new Float64Array(u + 1),
    second: new Float64Array(u + 1),
  }
  for (let i = 0; i < u; i++) {
    const x = at[i]! - centre
    sums.weight[i + 1] = sums.weight[i]! + weight[i]!
    sums.first[i + 1] = sums.first[i]! + weight[i]! * x
    sums.second[i + 1] = sums.second[i]! + weight[i]! * x * x
  }
  return sums
}

/** Squares within points start to end - 1. */
function within(sums: Sums, start: number, end: number): number {
  const weight = sums.weight[end]! - sums.weight[start]!
  const first = sums.first[end]! - sums.first[start]!
  const squares = sums.second[end]! - sums.second[start]! - (first * first) / weight
  return squares > 0 ? squares : 0
}

/** For each layer k >= 1 and each last point, where the last of k + 1 clusters starts. */
function fillTable(sums: Sums, u: number, clusters: number): Int32Array[] {
  let previous = new Float64Array(u)
  for (let i = 0; i < u; i++) previous[i] = within(sums, 0, i + 1)
  const starts: Int32Array[] = []
  for (let k = 1; k < clusters; k++) {
    const current = new Float64Array(u).fill(Number.POSITIVE_INFINITY)
    const start = new Int32Array(u)
    // Ranges still to fill: first and last point, first and last possible start. A stack instead of recursion.
    const open: [number, number, number, number][] = [[k, u - 1, k, u - 1]]
    for (let range = open.pop(); range; range = open.pop()) {
      const [low, high, firstStart, lastStart] = range
      if (low > high) continue
      const middle = (low + high) >> 1
      let best = Number.POSITIVE_INFINITY
      let bestStart = firstStart
      for (let s = firstStart; s <= Math.min(middle, lastStart); s++) {
        const cost = previous[s - 1]! + within(sums, s, middle + 1)
        if (cost < best) {
          best = cost
          bestStart = s
        }
      }
      current[middle] = best
      start[middle] = bestStart
      open.push([low, middle - 1, firstStart, bestStart], [middle + 1, high, bestStart, lastStart])
    }
    starts.push(start)
    previous = current
  }
  return starts
}

/** Two passes, so that the printed sums do not carry the rounding of the table. */
function describeCluster({ at, weight }: Points, start: number, end: number): Cluster {
  let total = 0
  let centre = 0
  for (let i = start; i < end; i++) {
    total += weight[i]!
    centre += ((at[i]! - centre) * weight[i]!) / total
  }
  let withinSquares = 0
  for (let i = start; i < end; i++) withinSquares += weight[i]! * (at[i]! - centre) ** 2
  return { lowest: at[start]!, highest: at[end - 1]!, centre, weight: total, withinSquares }
}
