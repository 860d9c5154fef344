/** Scores of very many entities from folded months: the engine works everything out, the process sees only sums. */
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { must } from '#platform/refusal'
import type { Indicator } from '../../contract/indicators.ts'
import { factId, foldedGroup } from '../../folding/register-facts.ts'
import { presenceFact } from '../../rules/plan/fold.ts'
import type { BulkMoments, BulkObstacle, BulkPrior, BulkScheme } from '../../rules/scores/bulk.ts'
import { type LinearPlan, linearPlan } from '../../rules/scores/linear-plan.ts'
import {
  type BulkOutline,
  type BulkQuestion,
  type BulkSummary,
  type ItemSums,
  readBulkSummary,
  readItemSums,
  readOutline,
  storeBulk,
} from '../../store/scores/bulk-scores.ts'
import type { PlannedItem } from '../../store/scores/compile-levels.ts'
import type { ScoreRun } from '../../store/scores/score-block.ts'
import { holdsOthers } from '../../store/tree.ts'
import { monthReady } from '../columns.ts'

export type { BulkGate, BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../rules/scores/bulk.ts'
export type { BulkOutline, BulkSummary, ItemSums } from '../../store/scores/bulk-scores.ts'

/** Why an indicator cannot be worked out inside the store; null: it can. */
export function bulkObstacle(indicator: Indicator): BulkObstacle | null {
  if (indicator.missing.noEvents === 'carry') return 'carried'
  if (indicator.belowMinimum === 'shrink') return 'drawn-to-the-whole'
  if (indicator.population.kinds.length > 0) return 'population'
  const plan = linearPlan(indicator)
  return plan === null || foldedGroup(plan.facts) === null ? 'kind' : null
}

export interface BulkRequest {
  readonly scheme: BulkScheme
  readonly run: ScoreRun
  /** First days of the months that make the period. */
  readonly months: readonly string[]
  readonly entityKind: string
  readonly below: string | null
  readonly before: { readonly periodStart: string; readonly run: string } | null
  /** What the values are drawn towards and compared with, from sums over all entities. */
  readonly priors: (sums: readonly ItemSums[]) => readonly (BulkPrior | null)[]
  readonly moments: (sums: readonly ItemSums[]) => readonly (BulkMoments | null)[]
  readonly borders: (outline: BulkOutline) => readonly number[]
}

/** Null where the months are not folded yet. Entities that hold others are not for this: only their own events would count. */
export async function scoreBulk(
  context: Context,
  request: BulkRequest,
): Promise<{ summary: BulkSummary; borders: readonly number[]; priors: readonly (BulkPrior | null)[] } | 'nested' | null> {
  const { scheme, run, months, entityKind, below, before } = request
  const { measurements, organisation } = context
  if (await holdsOthers(measurements, organisation, entityKind)) return 'nested'
  const planned = scheme.items.map(({ indicator }) => plannedOf(indicator))
  const plannedGates = scheme.gates.map(({ indicator }) => plannedOf(indicator))
  const plans = [...planned, ...plannedGates].map(({ plan }) => plan)
  for (const month of months) if (!(await monthReady(context, month, plans))) return null
  const node = below === null ? {} : { below: (await requireEntity(context, below)).number }
  const subjects = { kind: 'all', entityKind, ...node } as const
  const question: BulkQuestion = { scheme, planned, plannedGates, months, subjects }
  const none = scheme.items.map(() => null)
  const shrinks = scheme.items.some((item) => item.shrink)
  const compares = scheme.items.some((item) => item.points.kind === 'z-score')
  const first = shrinks || compares ? await readItemSums(measurements, organisation, question, none) : []
  const priors = shrinks ? request.priors(first) : none
  const second = compares && shrinks ? await readItemSums(measurements, organisation, question, priors) : first
  const moments = compares ? request.moments(second) : none
  const known = { priors, moments }
  const outline = await readOutline(measurements, organisation, question, known)
  const borders = request.borders(outline)
  await storeBulk(measurements, organisation, question, known, { run, borders, outline, before })
  return { summary: await readBulkSummary(measurements, organisation, run), borders, priors }
}

function plannedOf(indicator: Indicator): PlannedItem {
  const plan: LinearPlan | null = linearPlan(indicator)
  must(plan !== null, `${indicator.id} can be worked out inside the store`)
  return { plan, ids: plan.facts.map(factId), presence: factId(presenceFact(plan.facts)) }
}
