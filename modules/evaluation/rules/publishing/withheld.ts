/** What of a score is published: nothing of what rests on too few cases, neither a whole unit nor a single item. */
import type { PublishedScore } from '../../contract/publishing.ts'
import type { Score, ScorePart } from '../../contract/scores.ts'
import { NO_SCORE } from '../protect-scores.ts'

/** A unit that has too few cases to be ranked is named, and no more. */
export const isWithheld = ({ notRankedBecause }: Pick<Score, 'notRankedBecause'>): boolean =>
  notRankedBecause === 'too-few'

/** An item of a unit that counts for nothing because it rests on too few cases, or is hidden by its definition. */
export const isCellWithheld = ({ missingBecause }: Pick<ScorePart, 'missingBecause'>): boolean =>
  missingBecause === 'too-few' || missingBecause === 'hidden'

export function toPublished(score: Score): PublishedScore {
  const { parts, ...rest } = score
  if (!isWithheld(score) && !score.isProtected) return { ...rest, withheld: false, parts: parts.map(partOf) }
  return {
    isProtected: score.isProtected,
    entity: score.entity,
    periodStart: score.periodStart,
    complete: score.complete,
    peerGroup: score.peerGroup,
    notRankedBecause: score.notRankedBecause,
    provisional: false,
    withheld: true,
    ...NO_SCORE,
    n: null,
    parts: [],
  }
}

/** To anyone: with one item protected, the others and the whole would give it away. */
export const toPublic = (score: PublishedScore): PublishedScore =>
  score.parts.some((part) => part.isProtected) ? { ...score, n: null, parts: [] } : score

const partOf = (part: ScorePart): PublishedScore['parts'][number] =>
  isCellWithheld(part) || part.isProtected
    ? { ...part, value: null, n: null, standardError: null, usedValue: null }
    : part
