import { differenceOfEstimates } from '../../estimates/compare-estimates.ts'
import { type Cannot, type Estimate, meanEstimate } from '../../estimates/estimate.ts'
import { summariseSample } from '../../intervals/summarise-sample.ts'
import { postStratified } from '../post-stratification.ts'

/** One window of time, in order. */
export interface Window {
  outcome: number
  treated: boolean
  /** Name of the block of consecutive windows that were randomised together. */
  block: string | number
  /** What the order was drawn within (weekday, hour of day), the same for all windows of a block. */
  stratum?: string
}

export interface SwitchbackEffect extends Estimate {
  /** Means of the blocks, for a permutation test within strata. */
  blocks: { mean: number; treated: boolean; stratum: string }[]
}

interface Block {
  treated: boolean
  stratum: string
  outcomes: number[]
}

function blocksOf(windows: readonly Window[], burnIn: number, drop: 'every-block' | 'after-switch'): Block[] {
  const blocks: Block[] = []
  const seen = new Set<string | number>()
  let [current, start, switched]: [string | number | null, number, boolean] = [null, 0, true]
  windows.forEach((window, i) => {
    if (window.block !== current) {
      if (seen.has(window.block)) throw new RangeError(`windows[${i}].block comes back after another block`)
      seen.add(window.block)
      // What went before the first window is unknown: it may have been anything.
      switched = blocks.length === 0 || blocks.at(-1)!.treated !== window.treated
      blocks.push({ treated: window.treated, stratum: window.stratum ?? '', outcomes: [] })
      current = window.block
      start = i
    }
    const block = blocks.at(-1)!
    if (block.treated !== window.treated || block.stratum !== (window.stratum ?? ''))
      throw new RangeError(`windows[${i}] must have the treatment and stratum of its block`)
    if (i - start >= burnIn || (drop === 'after-switch' && !switched)) block.outcomes.push(window.outcome)
  })
  return blocks
}

/**
 * Effect of a switchback experiment, treated - untreated: difference of block means after a burn-in, with the variance between blocks.
 *
 * When to use: one unit (a hotline, a hall) switched on and off by windows of time in random blocks.
 * Formula in words: the first `burnIn` windows of a block are left out, so that what the block before left behind has passed; each block
 * counts once, with its mean; with strata the differences within strata are weighted by their blocks (`postStratified`), else Welch. The
 * randomised block is the unit, so dependence of windows within a block needs no model.
 * Sources: Bojinov, Simchi-Levi and Zhao (2023), Management Science 69:3759-3777 (carry-over and what must be assumed); Hu and Wager (2022),
 * arXiv 2209.00197 (burn-in); Welch (1947). Units: those of the outcome.
 * Arguments: windows in order; `burnIn` windows, at least as long as effects last; `drop` 'every-block' (default) or 'after-switch' (keeps more,
 * but then what is left out depends on the neighbours). Assumes carry-over of at most `burnIn` windows and blocks otherwise independent.
 * Edge cases: fewer than two usable blocks of a kind (in a stratum) 'too-few'; no spread 'constant'; outcomes not finite 'not-finite'.
 * Errors: RangeError for burnIn, blocks that come back or mix treatments. Cost: O(windows).
 */
export function switchbackEffect(input: {
  windows: readonly Window[]
  burnIn: number
  drop?: 'every-block' | 'after-switch'
  confidence?: number
}): SwitchbackEffect | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { windows, burnIn, drop = 'every-block', confidence } = input
  if (!Number.isInteger(burnIn) || burnIn < 0)
    throw new RangeError(`burnIn must be a whole number from 0, got ${burnIn}`)
  const used = blocksOf(windows, burnIn, drop).filter((block) => block.outcomes.length > 0)
  const blocks = used.map(({ treated, stratum, outcomes }) => ({
    treated,
    stratum,
    mean: outcomes.reduce((sum, value) => sum + value, 0) / outcomes.length,
  }))
  if (!blocks.every((block) => Number.isFinite(block.mean)))
    return { kind: 'cannot', because: 'not-finite', detail: 'an outcome is not a finite number' }
  const summary = (stratum: string, treated: boolean) => {
    const means = blocks.filter((block) => block.stratum === stratum && block.treated === treated)
    const { count, mean, standardDeviation } = summariseSample(means.map((block) => block.mean))
    return { count, mean: mean ?? 0, standardDeviation: standardDeviation ?? 0 }
  }
  const names = [...new Set(blocks.map((block) => block.stratum))]
  const strata = names.map((name) => ({ name, first: summary(name, false), second: summary(name, true) }))
  if (strata.length !== 1) {
    const effect = postStratified({ strata, ...(confidence === undefined ? {} : { confidence }) })
    return effect.kind === 'cannot' ? effect : { ...effect, blocks }
  }
  const [first, second] = [meanEstimate(strata[0]!.first), meanEstimate(strata[0]!.second)]
  if (first.kind === 'cannot' || second.kind === 'cannot')
    return {
      kind: 'cannot',
      because: 'too-few',
      detail: 'at least two blocks of each kind are needed after the burn-in',
    }
  const effect = differenceOfEstimates({ first, second, ...(confidence === undefined ? {} : { confidence }) })
  return effect.kind === 'cannot' ? effect : { ...effect, blocks }
}
