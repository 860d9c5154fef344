/** What of a score is told where items rest on the answers of few people: two or more count without their figures, one hides the score. */
import type { Score, ScorePart } from '../contract/scores.ts'

/** `hidden`: whether an item's value of this unit and period is protected, by the item's id. */
export function protectScore(score: Score, hidden: (item: string) => boolean): Score {
  if (!score.parts.some((part) => isMeant(part) && hidden(part.item))) return score
  const parts = score.parts.map((part) => (isMeant(part) && hidden(part.item) ? withoutFigures(part) : part))
  const counted = score.parts.filter((part) => part.points !== null)
  const told = parts.filter((part) => part.points !== null)
  const n = told.length === 0 ? 0 : Math.min(...told.map((part) => part.n))
  // The whole less what is told gives a single protected item away; nothing but protected items would be one of them, weighed.
  const kept = counted.length - told.length
  return kept === 1 || (kept > 0 && told.length === 0) ? { ...nothing(score), parts } : { ...score, n, parts }
}

const isMeant = (part: ScorePart) => part.n > 0 || part.value !== null

const withoutFigures = (part: ScorePart): ScorePart => ({
  ...part,
  value: null,
  n: 0,
  standardError: null,
  usedValue: null,
  points: null,
  contribution: null,
  gainPerUnit: null,
  isProtected: true,
})

/** What is told of a unit whose score is not: neither the score nor anything that follows from it. */
export const NO_SCORE = {
  composite: null,
  standardError: null,
  low: null,
  high: null,
  experience: null,
  stars: null,
  starsUncapped: null,
  cappedBy: null,
  starsHeld: false,
  percentile: null,
  rank: null,
  rankLow: null,
  rankHigh: null,
  groupRank: null,
  topProbability: null,
  bottomProbability: null,
  funnel: null,
  change: null,
  changeSignificant: null,
  starsBefore: null,
} as const satisfies Partial<Score>

const nothing = (score: Score): Score => ({ ...score, ...NO_SCORE, isProtected: true, n: 0 })
