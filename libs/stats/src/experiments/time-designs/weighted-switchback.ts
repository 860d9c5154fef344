import { type Cannot, describeEstimate, type Estimate } from '../../estimates/estimate.ts'
import { requireShare } from '../../power/design.ts'

/**
 * Effect of a switchback by inverse chances (Horvitz-Thompson), treated - untreated, with a carry-over of known length.
 *
 * When to use: blocks were drawn by independent coins and windows are too few to leave any out: a window counts whenever all windows that
 * can still act on it had its own treatment, divided by the chance of that.
 * Formula in words: for each window from number `carryOver` on, outcome less `centre`, divided by the chance that its blocks and those
 * `carryOver` windows back were all treated (or all untreated), signed; summed over the number of windows. The variance bounds the sum of the
 * contributions by block: each depends on its own coin and the one before, so those of odd and of even blocks are independent among
 * themselves; the variance of the whole is at most twice the sum of the two, each estimated by its spread, which can only be too large.
 * Sources: Bojinov, Simchi-Levi and Zhao (2023), Management Science 69:3759-3777, equation 5 (the estimator); the variance bound is our own
 * (two-part bound of a sum), simpler and at most twice as large as needed.
 * Arguments: outcomes in order of time; `blocks` the block number of each window, not falling; `treated` by window; `share` chance of treatment
 * (default 0.5); `centre` a level known beforehand (for example last month's mean): without it the variance holds the level itself.
 * Assumes blocks at least `carryOver` windows long. Normal limits: use some 30 blocks or more.
 * Edge cases: fewer than four blocks 'too-few'; outcomes not finite 'not-finite'; no spread 'constant'.
 * Errors: RangeError for shapes, blocks shorter than `carryOver`, share, mixed blocks. Cost: O(windows).
 */
export function weightedSwitchback(input: {
  outcomes: readonly number[]
  treated: readonly boolean[]
  blocks: readonly number[]
  carryOver: number
  share?: number
  centre?: number
  confidence?: number
}): Estimate | Cannot<'too-few' | 'not-finite' | 'constant'> {
  const { outcomes, treated, blocks, carryOver, share = 0.5, centre = 0, confidence } = input
  requireShare(share, 'share')
  requireSeries(outcomes, treated, blocks, carryOver)
  if (!outcomes.every(Number.isFinite) || !Number.isFinite(centre))
    return { kind: 'cannot', because: 'not-finite', detail: 'an outcome is not a finite number' }
  const contributions = new Map<number, number>()
  for (let t = carryOver; t < outcomes.length; t++) {
    const own = blocks[t]!
    const coins = blocks[t - carryOver] === own ? 1 : 2
    const same = treated[t - carryOver] === treated[t]
    const chance = (treated[t] ? share : 1 - share) ** coins
    const value = same ? ((treated[t] ? 1 : -1) * (outcomes[t]! - centre)) / chance : 0
    contributions.set(own, (contributions.get(own) ?? 0) + value)
  }
  const values = [...contributions.values()]
  if (values.length < 4) return { kind: 'cannot', because: 'too-few', detail: 'at least four blocks are needed' }
  const windows = outcomes.length - carryOver
  const total = values.reduce((sum, value) => sum + value, 0)
  const spread = (parity: number) => {
    const part = values.filter((_, i) => i % 2 === parity)
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length
    return (part.reduce((sum, value) => sum + (value - mean) ** 2, 0) * part.length) / (part.length - 1)
  }
  return describeEstimate(
    {
      estimate: total / windows,
      standardError: Math.sqrt(2 * (spread(0) + spread(1))) / windows,
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    },
    { confidence },
  )
}

function requireSeries(
  outcomes: readonly number[],
  treated: readonly boolean[],
  blocks: readonly number[],
  carryOver: number,
): void {
  if (treated.length !== outcomes.length || blocks.length !== outcomes.length)
    throw new RangeError('outcomes, treated and blocks must have one length')
  if (!Number.isInteger(carryOver) || carryOver < 0)
    throw new RangeError(`carryOver must be a whole number from 0, got ${carryOver}`)
  let length = 0
  blocks.forEach((block, t) => {
    const starts = t === 0 || block !== blocks[t - 1]
    if (t > 0 && block < blocks[t - 1]!) throw new RangeError(`blocks[${t}] must not fall`)
    if (starts && t > 0 && length < carryOver) throw new RangeError('blocks must be at least carryOver windows long')
    if (!starts && treated[t] !== treated[t - 1]) throw new RangeError(`treated[${t}] must be that of its block`)
    length = starts ? 1 : length + 1
  })
}
