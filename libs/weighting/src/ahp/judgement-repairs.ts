import type { Cannot } from '../cannot.ts'
import { type AhpInput, ahpPriorities } from './ahp-priorities.ts'
import { type JudgementProblem, readJudgements, SAATY_SCALE } from './judgement-matrix.ts'

export interface JudgementRepair {
  /** The pair, i < j; the judgement says how many times i matters as much as j. */
  i: number
  j: number
  judged: number
  /** What the other judgements together say: w_i / w_j. */
  implied: number
  /** Judged over implied, or its inverse, whichever is at least 1. */
  deviation: number
  /** The value of Saaty's scale nearest (by ratio) to `implied`. */
  suggested: number
  /** Consistency ratio if only this judgement became `suggested`; null above 15 items. */
  ratioAfter: number | null
}

export type RepairsResult =
  | { kind: 'repairs'; ratio: number | null; repairs: JudgementRepair[] }
  | Cannot<JudgementProblem>

/**
 * Which judgements contradict the rest, and what changing one alone would bring.
 *
 * When to use: the consistency ratio is above 0.1 and people ask what to look at again. A hint for a talk, never an automatic change:
 * the odd judgement may be the right one.
 * Formula in words: with priorities w, every known judgement a_ij against w_i / w_j; ordered by how many times they differ, largest first
 * (ties by i, then j); for each the nearest value of the scale and the consistency ratio of the matrix with that value and its reciprocal.
 * Source: Saaty (2003), European Journal of Operational Research 145:85-91 (most inconsistent judgement by a_ij w_j / w_i).
 * Arguments: as `ahpPriorities`; `most` how many to work out, default all.
 * Edge cases: without contradiction every deviation is 1. Errors: as `ahpPriorities`; RangeError for `most` not a whole number from 1.
 * Cost: one `ahpPriorities` per repair.
 */
export function judgementRepairs(input: AhpInput, most = Number.POSITIVE_INFINITY): RepairsResult {
  if (!(most >= 1)) throw new RangeError(`most must be at least 1, got ${most}`)
  const priorities = ahpPriorities(input)
  if (priorities.kind === 'cannot') return priorities
  const read = readJudgements(input.matrix, input.scale, input.reciprocalTolerance)
  if (read.kind === 'cannot') return read
  const { weights } = priorities
  const found: Omit<JudgementRepair, 'ratioAfter'>[] = []
  read.values.forEach((row, i) => {
    row.forEach((judged, j) => {
      if (j <= i || judged === null) return
      const implied = weights[i]! / weights[j]!
      const deviation = Math.max(judged / implied, implied / judged)
      found.push({ i, j, judged, implied, deviation, suggested: nearestOnScale(implied) })
    })
  })
  found.sort((left, right) => right.deviation - left.deviation)
  const repairs = found.slice(0, Math.min(most, found.length)).map((repair): JudgementRepair => {
    const changed = read.values.map((row) => [...row])
    changed[repair.i]![repair.j] = repair.suggested
    changed[repair.j]![repair.i] = 1 / repair.suggested
    const after = ahpPriorities({ ...input, matrix: changed })
    return { ...repair, ratioAfter: after.kind === 'priorities' ? after.consistency.ratio : null }
  })
  return { kind: 'repairs', ratio: priorities.consistency.ratio, repairs }
}

function nearestOnScale(ratio: number): number {
  const distance = (value: number) => Math.abs(Math.log(value / ratio))
  return SAATY_SCALE.reduce((best, value) => (distance(value) < distance(best) ? value : best))
}
