/** Scores as they are told: where an item rests on the answers of few people, its figures are left out. */
import { protectedCells } from '#measurement/actions/protection-cells'
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import type { SchemeDraft } from '../contract/scheme.ts'
import type { Score } from '../contract/scores.ts'
import { protectScore } from '../rules/protect-scores.ts'
import { flatItems } from '../rules/schemes/flat-items.ts'

export interface Cells {
  readonly grain: Grain
  readonly periods: readonly string[]
  /** Numbers of the units. */
  readonly entities: readonly number[]
}

/** Whether an item of a scheme is protected for a unit in a period, by the item's id. */
export type ItemHidden = (entity: number, periodStart: string, item: string) => boolean

/** Judged items are as protected as the indicator through which customers speak. */
export async function hiddenItems(context: Context, draft: SchemeDraft, cells: Cells): Promise<ItemHidden> {
  const named = new Map(
    flatItems(draft).flatMap(({ id, source }) => {
      const indicator =
        source.kind === 'indicator' ? source.indicator : source.raters.find((rater) => rater.indicator)?.indicator
      return indicator ? [[id, indicator] as const] : []
    }),
  )
  const hidden = await protectedCells(context, { ...cells, indicators: [...named.values()] })
  return (entity, periodStart, item) => {
    const indicator = named.get(item)
    return indicator !== undefined && hidden(indicator, entity, periodStart)
  }
}

/** Of one scheme; each row's unit by its number. */
export async function toldScores(
  context: Context,
  draft: SchemeDraft,
  grain: Grain,
  rows: readonly { readonly entity: number; readonly score: Score }[],
): Promise<Score[]> {
  const periods = [...new Set(rows.map(({ score }) => score.periodStart))]
  const hidden = await hiddenItems(context, draft, { grain, periods, entities: rows.map(({ entity }) => entity) })
  return rows.map(({ entity, score }) => protectScore(score, (item) => hidden(entity, score.periodStart, item)))
}

/** The same for scores that know their units by key. */
export async function toldByKey(
  context: Context,
  draft: SchemeDraft,
  grain: Grain,
  scores: readonly Score[],
): Promise<Score[]> {
  const places = await lookUpEntities(context, [...new Set(scores.map((score) => score.entity.key))])
  const rows = scores.map((score) => ({ score, entity: places.get(score.entity.key)?.number ?? 0 }))
  return toldScores(context, draft, grain, rows)
}
