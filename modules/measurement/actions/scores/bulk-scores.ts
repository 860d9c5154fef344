/** Scores of very many entities from folded months: the engine works everything out, the process sees only sums. */
import { readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { must } from '#platform/refusal'
import type { Indicator } from '../../contract/indicators.ts'
import { factId } from '../../folding/register-facts.ts'
import { eventTypesOf as typesOf } from '../../rules/plan/event-types.ts'
import { foldable, presenceFact } from '../../rules/plan/fold.ts'
import type { BulkMoments, BulkObstacle, BulkPrior, BulkScheme } from '../../rules/scores/bulk.ts'
import { type LinearPlan, linearPlan } from '../../rules/scores/linear-plan.ts'
import { findChangedEntities } from '../../store/scores/bulk/changed-entities.ts'
import { type ItemSums, readItemSums } from '../../store/scores/bulk/item-sums.ts'
import { type BulkOutline, readScoreBins, readStoredOutline } from '../../store/scores/bulk/outline.ts'
import type { BulkQuestion } from '../../store/scores/bulk/question.ts'
import { rankStored, storeParts } from '../../store/scores/bulk/store-scores.ts'
import { type BulkSummary, countBeyond, readBulkSummary } from '../../store/scores/bulk/summaries.ts'
import type { PlannedItem } from '../../store/scores/bulk/compile-levels.ts'
import type { ScoreRun } from '../../store/scores/score-block.ts'
import { holdsOthers } from '../../store/tree.ts'
import { monthReady } from '../columns.ts'

export type { BulkGate, BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../rules/scores/bulk.ts'
export type { BulkOutline } from '../../store/scores/bulk/outline.ts'
export type { BulkSummary } from '../../store/scores/bulk/summaries.ts'
export type { ItemSums } from '../../store/scores/bulk/item-sums.ts'

/** Why an indicator cannot be worked out inside the store; null: it can. */
export function bulkObstacle(indicator: Indicator): BulkObstacle | null {
  if (indicator.missing.noEvents === 'carry') return 'carried'
  if (indicator.belowMinimum === 'shrink') return 'drawn-to-the-whole'
  if (indicator.population.kinds.length > 0) return 'population'
  const plan = linearPlan(indicator)
  return plan === null || !plan.facts.every(foldable) ? 'kind' : null
}

/** Of items that are drawn together or judged by z-scores. */
type Sums = readonly (ItemSums | null)[]

export interface BulkRequest {
  readonly scheme: BulkScheme
  readonly run: ScoreRun
  /** First days of the months that make the period. */
  readonly months: readonly string[]
  readonly entityKind: string
  readonly below: string | null
  readonly before: { readonly periodStart: string; readonly run: string } | null
  /** How much true means differ between entities, from sums over all of them; null for items that are not drawn together as means. */
  readonly between: (sums: Sums) => readonly (number | null)[]
  /** What the values are drawn towards and compared with. */
  readonly priors: (sums: Sums, between: readonly (number | null)[]) => readonly (BulkPrior | null)[]
  readonly moments: (sums: Sums) => readonly (BulkMoments | null)[]
  /** Given, or found in how many entities have which score, by hundredths of a point. */
  readonly borders: readonly number[] | ((counts: readonly number[]) => readonly number[])
  /** Errors of an entity that make it stand out, from how much entities differ beyond chance. */
  readonly farErrors: (summary: BulkSummary) => number
}

export interface BulkAnswer extends BulkSummary {
  readonly borders: readonly number[]
  readonly priors: readonly (BulkPrior | null)[]
  readonly moments: readonly (BulkMoments | null)[]
  readonly outline: BulkOutline
  /** Entities beyond the far errors, to either side of the mean. */
  readonly above: number
  readonly below: number
}

/** Null where the months are not folded yet. Entities that hold others are not for this: only their own events would count. */
export async function scoreBulk(context: Context, request: BulkRequest): Promise<BulkAnswer | 'nested' | null> {
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
  const between = shrinks ? request.between(first) : none
  const means = between.some((each) => each !== null)
    ? await readItemSums(measurements, organisation, question, none, between)
    : first
  const priors = shrinks ? request.priors(means, between) : none
  const second = compares && shrinks ? await readItemSums(measurements, organisation, question, priors) : first
  const moments = compares ? request.moments(second) : none
  const known = { priors, moments }
  const borders =
    typeof request.borders === 'function'
      ? request.borders(await readScoreBins(measurements, organisation, question, known))
      : request.borders
  await storeParts(measurements, organisation, question, known, run)
  await rankStored(measurements, organisation, scheme, { run, borders, before }, true)
  const summary = await readBulkSummary(measurements, organisation, run)
  const errors = request.farErrors(summary)
  const far =
    summary.mean === null
      ? { above: 0, below: 0 }
      : await countBeyond(measurements, organisation, run, { mean: summary.mean, errors })
  const outline = await readStoredOutline(measurements, organisation, run, scheme.z)
  return { ...summary, ...far, borders, priors, moments, outline }
}

/** Only these entities, with the priors, usual values and borders of the last full calculation; their ranks among all. Null where sums are not ready. */
export async function rescoreBulk(
  context: Context,
  request: Pick<BulkRequest, 'scheme' | 'run' | 'months' | 'before'> & {
    readonly entities: readonly number[]
    readonly priors: readonly (BulkPrior | null)[]
    readonly moments: readonly (BulkMoments | null)[]
    readonly borders: readonly number[]
  },
): Promise<BulkOutline | null> {
  const { scheme, run, months, before, entities, priors, moments, borders } = request
  const { measurements, organisation } = context
  const planned = scheme.items.map(({ indicator }) => plannedOf(indicator))
  const plannedGates = scheme.gates.map(({ indicator }) => plannedOf(indicator))
  const plans = [...planned, ...plannedGates].map(({ plan }) => plan)
  for (const month of months) if (!(await monthReady(context, month, plans))) return null
  const question: BulkQuestion = { scheme, planned, plannedGates, months, subjects: { kind: 'entities', entities } }
  await storeParts(measurements, organisation, question, { priors, moments }, run)
  await rankStored(measurements, organisation, scheme, { run, borders, before }, false)
  return readStoredOutline(measurements, organisation, run, scheme.z)
}

/** Entities with events of these types in a stretch that were stored since an instant; null where there are more than the limit. */
export async function entitiesChangedSince(
  context: Context,
  asked: {
    eventTypes: readonly string[]
    entityKind: string
    since: Temporal.Instant
    from: string
    until: string
    limit: number
  },
): Promise<number[] | null> {
  const { timeZone } = await readProfile(context)
  const at = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds
  const found = await findChangedEntities(context.measurements, context.organisation, {
    eventTypes: asked.eventTypes,
    entityKind: asked.entityKind,
    sinceMilliseconds: asked.since.epochMilliseconds,
    fromMilliseconds: at(asked.from),
    untilMilliseconds: at(asked.until),
    limit: asked.limit + 1,
  })
  return found.length > asked.limit ? null : found
}

/** Types of events the indicator's values rest on. */
export const eventTypesOf = ({ definition }: Pick<Indicator, 'definition'>): readonly string[] => typesOf(definition)

function plannedOf(indicator: Indicator): PlannedItem {
  const plan: LinearPlan | null = linearPlan(indicator)
  must(plan !== null, `${indicator.id} can be worked out inside the store`)
  const sources = Map.groupBy(plan.facts, (fact) => JSON.stringify(fact.source))
  return { plan, ids: plan.facts.map(factId), presence: [...sources.values()].map((own) => factId(presenceFact(own))) }
}
