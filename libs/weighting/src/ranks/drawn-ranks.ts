export interface DrawnRank {
  /** Best and worst rank in any draw. */
  best: number
  worst: number
  /** Equal-tailed interval of ranks at the level, from order statistics (inverse distribution function). */
  lower: number
  upper: number
  median: number
  /** Mean rank. */
  expected: number
  /** Share of draws among the first `top`, and among the last `bottom` ranks. */
  probabilityTop: number
  probabilityBottom: number
}

export interface DrawnRankOptions {
  units: number
  draws: number
  /** Fills the scores of one draw. */
  fillScores: (scores: Float64Array) => void
  best: 'highest' | 'lowest'
  level: number
  top: number
  bottom: number
}

/** Ranks kept: units times draws. 5e8 two-byte ranks are 1 GB. */
export const LARGEST_RANK_TABLE = 500_000_000

/**
 * Distribution of ranks over drawn scores: the machine under `rankDistribution` and `ranksOverWeights`.
 *
 * When to use: through those two.
 * Formula in words: rank the units in every draw, keep all ranks, read off means, order statistics and shares.
 * Source: Monte Carlo ranks as in Goldstein and Spiegelhalter (1996), J R Statist Soc A 159:385-443, section 4; quantiles as definition 1
 * of Hyndman and Fan (1996).
 * Convention: competition ranks (1, 2, 2, 4): scores equal to the last bit share the better rank, in the top as in the bottom shares.
 * Errors: RangeError for draws not a whole number from 1, level outside (0, 1), top or bottom not whole from 0, units times draws above 5e8,
 * a drawn score not finite. Cost: O(draws * units log units); two bytes a rank up to 65,535 units, four above.
 */
export function drawnRanks(options: DrawnRankOptions): DrawnRank[] {
  const { units, draws, level, top, bottom } = options
  if (!Number.isInteger(draws) || draws < 1) throw new RangeError(`draws must be a whole number from 1, got ${draws}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`)
  for (const [name, count] of Object.entries({ top, bottom })) {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`${name} must be a whole number from 0, got ${count}`)
  }
  if (units * draws > LARGEST_RANK_TABLE)
    throw new RangeError(`draws must not exceed ${Math.floor(LARGEST_RANK_TABLE / units)} for ${units} units`)
  if (units === 0) return []
  const ranks = units <= 65_535 ? new Uint16Array(units * draws) : new Uint32Array(units * draws)
  const scores = new Float64Array(units)
  const rank = ranker(units, options.best)
  for (let draw = 0; draw < draws; draw++) {
    options.fillScores(scores)
    rank(scores, (unit, position) => {
      ranks[unit * draws + draw] = position
    })
  }
  const position = (share: number) => Math.min(draws, Math.max(1, Math.ceil(share * draws - 1e-9))) - 1
  const tail = (1 - level) / 2
  return Array.from({ length: units }, (_, unit): DrawnRank => {
    const own = ranks.subarray(unit * draws, (unit + 1) * draws).sort()
    let sum = 0
    let inTop = 0
    let inBottom = 0
    for (const each of own) {
      sum += each
      if (each <= top) inTop++
      if (each > units - bottom) inBottom++
    }
    return {
      best: own[0]!,
      worst: own[draws - 1]!,
      lower: own[position(tail)]!,
      upper: own[position(1 - tail)]!,
      median: own[position(0.5)]!,
      expected: sum / draws,
      probabilityTop: inTop / draws,
      probabilityBottom: inBottom / draws,
    }
  })
}

/**
 * Ranks scores without sorting pairs: each score is scaled to a whole number that leaves room for the unit's index behind it, so one native
 * sort of plain numbers orders units; scores that fall on one whole number are put in order by themselves.
 */
function ranker(
  units: number,
  best: 'highest' | 'lowest',
): (scores: Float64Array, place: (unit: number, rank: number) => void) => void {
  // A power of two, so that dividing by it is exact.
  const stride = 2 ** Math.ceil(Math.log2(Math.max(2, units)))
  const levels = 2 ** 53 / stride - 1
  const keys = new Float64Array(units)
  return (scores, place) => {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const score of scores) {
      if (score < low) low = score
      if (score > high) high = score
    }
    if (!Number.isFinite(high - low)) throw new RangeError('scores must be finite, with a finite range')
    const factor = high > low ? levels / (high - low) : 0
    for (let unit = 0; unit < units; unit++) {
      const distance = best === 'highest' ? high - scores[unit]! : scores[unit]! - low
      keys[unit] = Math.min(levels, Math.floor(distance * factor)) * stride + unit
    }
    keys.sort()
    let start = 0
    while (start < units) {
      const level = Math.floor(keys[start]! / stride)
      let end = start + 1
      while (end < units && Math.floor(keys[end]! / stride) === level) end++
      if (end === start + 1) place(keys[start]! - level * stride, start + 1)
      else
        placeTied(
          scores,
          Array.from(keys.subarray(start, end), (key) => key - level * stride),
          start,
          best,
          place,
        )
      start = end
    }
  }
}

function placeTied(
  scores: Float64Array,
  tied: number[],
  start: number,
  best: 'highest' | 'lowest',
  place: (unit: number, rank: number) => void,
): void {
  tied.sort((a, b) => (best === 'highest' ? scores[b]! - scores[a]! : scores[a]! - scores[b]!))
  let rank = start + 1
  tied.forEach((unit, i) => {
    if (i > 0 && scores[unit] !== scores[tied[i - 1]!]) rank = start + i + 1
    place(unit, rank)
  })
}
