import { type ChangeModel, type SegmentCost, segmentCost, segmentParameters } from './segment-costs.ts'

/**
 * Price of one more change: 'bic' (parameters + 1) log n, counting the place of the change; 'bic-without-place' parameters times log n;
 * 'modified-bic' (parameters + 2) log n and log of each segment's length on top (Zhang and Siegmund 2007); or a stated number.
 */
export type ChangePenalty = 'bic' | 'bic-without-place' | 'modified-bic' | number

export interface Segment {
  /** First position, and the position after the last. */
  start: number
  end: number
  /** Mean of the values, or events per unit of exposure. */
  level: number
  standardDeviation: number | null
}

export type ChangePointsResult =
  | {
      kind: 'segments'
      segments: Segment[]
      /** First positions after a change. */
      changes: number[]
      /** Sum of segment costs and penalties, for comparison on the same data. */
      cost: number
      penalty: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'not-finite' | 'constant'; detail: string }

/**
 * Several change points at once: exact minimum of segment costs plus penalties, by pruned dynamic programming (PELT).
 *
 * When to use: to cut a history into stretches of one level before a baseline is taken, or to date several changes; for "did it change at
 * all" use `pettittTest` or `cusumChangeTest`, which give p-values.
 * Formula in words: best cost up to t = least over s of best cost up to s + cost of (s, t] + penalty; an s whose cost without penalty
 * already exceeds the best up to t is never needed again.
 * Sources: Killick, Fearnhead and Eckley (2012), JASA 107:1590-1598; Jackson et al. (2005), IEEE Signal Processing Letters 12:105-108;
 * Zhang and Siegmund (2007), Biometrics 63:22-32.
 * Arguments: `model` what changes (see `ChangeModel`; `differenceDeviation` gives a sigma that changes do not inflate); `minimumLength`
 * points a segment has at least; `exposures` for counts, above 0.
 * Edge cases: fewer than two minimum lengths 'too-few'; all values equal 'constant' (no change to find); not finite 'not-finite'.
 * Errors: RangeError for sigma not above 0, a penalty below 0, a minimum length below 1 (2 with a variance), counts not whole.
 * Assumes independent values: autocorrelation makes spurious changes; raise the penalty by (1 + r) / (1 - r). Cost: O(n) to O(n squared).
 */
export function changePoints(input: {
  values: readonly number[]
  model: ChangeModel
  penalty: ChangePenalty
  minimumLength: number
  exposures?: readonly number[] | undefined
}): ChangePointsResult {
  const { values, model, penalty, minimumLength, exposures } = input
  requireChangeArguments(input)
  const count = values.length
  const broken = values.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) return { kind: 'cannot', because: 'not-finite', detail: `value ${broken} is not a finite number` }
  if (count < 2 * minimumLength)
    return { kind: 'cannot', because: 'too-few', detail: `${count} values for two segments of ${minimumLength}` }
  if (!exposures && values.every((value) => value === values[0]))
    return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  const parameters = segmentParameters(model)
  const plain = segmentCost(values, model, exposures)
  const cost: SegmentCost =
    penalty === 'modified-bic' ? (from, to) => plain(from, to) + Math.log((to - from) / count) : plain
  const price =
    typeof penalty === 'number'
      ? penalty
      : { bic: parameters + 1, 'bic-without-place': parameters, 'modified-bic': parameters + 2 }[penalty] *
        Math.log(count)
  const { changes, total } = prunedSearch(count, cost, price, minimumLength)
  const bounds = [0, ...changes, count]
  const segments = bounds.slice(1).map((end, i): Segment => {
    const start = bounds[i]!
    const own = values.slice(start, end)
    const sum = own.reduce((all, value) => all + value, 0)
    const level = sum / (exposures ? exposures.slice(start, end).reduce((all, value) => all + value, 0) : own.length)
    const squares = own.reduce((all, value) => all + (value - sum / own.length) ** 2, 0)
    return { start, end, level, standardDeviation: model.kind === 'poisson' ? null : Math.sqrt(squares / own.length) }
  })
  return { kind: 'segments', segments, changes, cost: total, penalty: price }
}

function prunedSearch(count: number, cost: SegmentCost, price: number, minimum: number) {
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(count + 1)
  best[0] = -price
  // Beaten at `to`, a start is out only from `to + minimum` on, where a segment can begin at `to` in its place.
  let candidates: { from: number; outAt: number }[] = [{ from: 0, outAt: Number.POSITIVE_INFINITY }]
  for (let to = minimum; to <= count; to++) {
    candidates = candidates.filter(({ outAt }) => outAt > to)
    const costs = candidates.map(({ from }) => best[from]! + cost(from, to))
    let least = 0
    for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[least]!) least = i
    best[to] = costs[least]! + price
    before[to] = candidates[least]!.from
    candidates.forEach((candidate, i) => {
      if (costs[i]! > best[to]!) candidate.outAt = Math.min(candidate.outAt, to + minimum)
    })
    const start = to - minimum + 1
    if (start >= minimum) candidates.push({ from: start, outAt: Number.POSITIVE_INFINITY })
  }
  const changes: number[] = []
  for (let at = before[count]!; at > 0; at = before[at]!) changes.unshift(at)
  return { changes, total: best[count]! }
}

function requireChangeArguments(input: Parameters<typeof changePoints>[0]): void {
  const { values, model, penalty, minimumLength, exposures } = input
  if (model.kind === 'mean' && !(model.sigma > 0))
    throw new RangeError(`model.sigma must be above 0, got ${model.sigma}`)
  if (typeof penalty === 'number' && !(penalty >= 0)) throw new RangeError(`penalty must be at least 0, got ${penalty}`)
  const least = model.kind === 'mean-and-variance' ? 2 : 1
  if (!Number.isInteger(minimumLength) || minimumLength < least)
    throw new RangeError(`minimumLength must be a whole number from ${least}, got ${minimumLength}`)
  if (exposures && (model.kind !== 'poisson' || exposures.length !== values.length || !exposures.every((e) => e > 0)))
    throw new RangeError('exposures go with the Poisson model only, one above 0 for every value')
  if (model.kind !== 'poisson') return
  const bad = values.findIndex((value) => Number.isFinite(value) && (!Number.isInteger(value) || value < 0))
  if (bad >= 0) throw new RangeError(`values[${bad}] must be a whole number from 0 for the Poisson model`)
}

/** 0.6745: upper quartile of the standard normal law. */
const QUARTILE = 0.6744897501960817

/**
 * Standard deviation from differences of neighbours, which changes of level hardly touch.
 *
 * Formula in words: median of absolute differences over root 2 times 0.6745. Source: Hampel (1974), JASA 69:383-393, on differences.
 * Edge cases: fewer than two values or a median of 0 give null. Assumes independent normal noise. Cost: O(n log n).
 */
export function differenceDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const steps = values
    .slice(1)
    .map((value, i) => Math.abs(value - values[i]!))
    .sort((a, b) => a - b)
  const middle = steps.length >> 1
  const median = steps.length % 2 === 1 ? steps[middle]! : (steps[middle - 1]! + steps[middle]!) / 2
  return median > 0 ? median / (Math.SQRT2 * QUARTILE) : null
}
