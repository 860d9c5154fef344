/** What page and worker say to each other. */
import type { SchemeDraft, SchemeInputs, Score } from '#evaluation/contract'

/** A unit of a ranking, with what a moving list shows. */
export interface PreviewRow
  extends Pick<
    Score,
    | 'entity'
    | 'peerGroup'
    | 'composite'
    | 'rank'
    | 'rankLow'
    | 'rankHigh'
    | 'stars'
    | 'starsUncapped'
    | 'starsHeld'
    | 'cappedBy'
    | 'notRankedBecause'
  > {}

export interface Question {
  readonly number: number
  readonly draft: SchemeDraft
  /** Sent once for each set of units and items; later questions name it. */
  readonly inputs: { readonly name: string; readonly content?: SchemeInputs }
}

export interface Answer {
  readonly number: number
  /** In the order of ranks; null: the arithmetic failed, which the page tells as such. */
  readonly rows: readonly PreviewRow[] | null
  readonly milliseconds: number
}

/** The dice of every preview are the same: what moves is moved by the weights. */
export const PREVIEW_SEED = 0.5

export const toRow = (score: Score): PreviewRow => ({
  entity: score.entity,
  peerGroup: score.peerGroup,
  composite: score.composite,
  rank: score.rank,
  rankLow: score.rankLow,
  rankHigh: score.rankHigh,
  stars: score.stars,
  starsUncapped: score.starsUncapped,
  starsHeld: score.starsHeld,
  cappedBy: score.cappedBy,
  notRankedBecause: score.notRankedBecause,
})
