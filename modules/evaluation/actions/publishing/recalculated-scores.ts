/** Scores of a calculation that is not kept, as they would read if it were. */
import type { Score } from '../../contract.ts'
import { keptScore } from '../../rules/kept-score.ts'
import { toScore } from '../../rules/to-score.ts'
import type { recalculated } from './correcting.ts'
import type { FrozenPeriod } from './frozen.ts'

export function recalculatedScores(
  { scheme, rows, before, periodStart }: FrozenPeriod,
  { readings, units, summary }: Awaited<ReturnType<typeof recalculated>>,
): Score[] {
  return rows.map(({ entity: { key, name, number } }, unit) => {
    const kept = keptScore(units, readings, unit, periodStart)
    return toScore(scheme, kept, { entity: { key, name }, complete: true, summary, before: before.get(number) })
  })
}
