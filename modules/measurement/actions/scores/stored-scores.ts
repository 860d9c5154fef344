/** Scores others calculate lie beside the facts: recorded and read here, judged by nobody here. */
import { type EntityPlace, lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { appendScores, type ScoreBlock, type ScoreRun } from '../../store/scores/score-block.ts'
import {
  findOutline,
  findScoreHistory,
  findScores,
  type PageFilter,
  type RunPlace,
  type ScoreOutline,
  type StoredScore,
} from '../../store/scores/score-rows.ts'

export type { PageFilter, RunPlace, ScoreBlock, ScoreOutline, ScoreRun, StoredScore }
export type { ScoreItemColumns } from '../../store/scores/score-block.ts'

export type PlacedScore = Omit<StoredScore, 'entity'> & { readonly entity: EntityPlace }

/** Settles when they are on disk. The same call again changes nothing. */
export const recordScores = (context: Context, what: ScoreRun, block: ScoreBlock): Promise<void> =>
  appendScores(context.measurements, context.organisation, what, block)

/** Units that are gone are left out. */
async function placed(context: Context, rows: readonly StoredScore[]): Promise<PlacedScore[]> {
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  return rows.flatMap((row) => {
    const entity = places.get(row.entity)
    return entity ? [{ ...row, entity }] : []
  })
}

/** A page of a run in the order of ranks. `last` is where the next one goes on; null: that was all. */
export async function readScorePage(
  context: Context,
  place: RunPlace,
  question: PageFilter & { limit: number; after?: { rank: number; entity: number } | undefined },
): Promise<{ rows: PlacedScore[]; last: { rank: number; entity: number } | null }> {
  const found = await findScores(context.measurements, context.organisation, place, question)
  const end = found.length === question.limit ? found.at(-1)! : null
  return { rows: await placed(context, found), last: end && { rank: end.rank, entity: end.entity } }
}

export async function readScoreHistory(
  context: Context,
  question: { scheme: string; grain: RunPlace['grain']; entity: EntityPlace; runs: readonly string[] },
): Promise<PlacedScore[]> {
  const { entity, ...asked } = question
  const found = await findScoreHistory(context.measurements, context.organisation, { ...asked, entity: entity.number })
  return found.map((row) => ({ ...row, entity }))
}

export const readScoreOutline = (context: Context, place: RunPlace, filter: PageFilter = {}): Promise<ScoreOutline> =>
  findOutline(context.measurements, context.organisation, place, filter)
