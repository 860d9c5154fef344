/** Definitions of indicators: versions that never change; effective dates say which one judges which day. */
import { createHash } from 'node:crypto'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { indicatorChanged, type Indicator, type IndicatorDraft, measurementRefusals } from '../contract.ts'
import { checkDraft, type DraftCheck } from '../defining/check-draft.ts'
import { resolveCap } from '../defining/resolve-cap.ts'
import { canonicalDraft } from '../rules/definition.ts'
import { scaleOf, shapeOf } from '../rules/plan/shape.ts'
import { effectiveUntil, overlapFault, versionOn } from '../rules/versions.ts'
import { EVENTS } from '../contract/definition.ts'
import {
  allVersions,
  currentIndicators,
  findVersion,
  indicatorPage,
  insertIndicator,
  insertRetirement,
  lockIndicator,
  newestHash,
} from '../store/records/indicators.ts'

/** The newest version, also of a retired indicator; refuses with INDICATOR_UNKNOWN. */
export async function currentIndicator(context: Context, id: string): Promise<Indicator> {
  const [found] = await currentIndicators(context, [id])
  return found ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id })
}

export async function indicatorVersion(context: Context, id: string, version: number): Promise<Indicator> {
  return (await findVersion(context, id, version)) ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id })
}

/** The newest version of those of the ids that exist. */
export async function indicatorsById(context: Context, ids: readonly string[]): Promise<Map<string, Indicator>> {
  return new Map((await currentIndicators(context, ids)).map((each) => [each.id, each]))
}

export async function listIndicators(
  context: Context,
  input: { search?: string | undefined; category?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const { search, category, cursor, limit } = input
  const rows = await indicatorPage(context, { search, category, after: cursor, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return { rows: shown, nextCursor: rows.length > limit ? shown.at(-1)!.id : null }
}

export const readIndicator = (context: Context, input: { id: string; version?: number | undefined }) =>
  input.version === undefined ? currentIndicator(context, input.id) : indicatorVersion(context, input.id, input.version)

/** Whether a value is an average over its n cases, so that a larger n makes it surer: means, shares and rates, not counts. */
export const averagesCases = ({ definition }: Pick<Indicator, 'definition'>): boolean =>
  ['mean', 'ratio', 'proportion', 'net-promoter'].includes(shapeOf(definition))

/** How values scatter by chance alone, and what one whole is worth in the unit: 100 for percent. */
export function chanceOf(indicator: Pick<Indicator, 'definition' | 'unit' | 'rollUp'>): {
  scatter: 'binomial' | 'poisson' | 'normal' | 'unknown'
  scale: number
} {
  const { definition, rollUp } = indicator
  const scale = scaleOf(indicator)
  const shape = shapeOf(definition)
  if (rollUp === 'mean-of-units') return { scatter: 'unknown', scale }
  if (shape === 'proportion') return { scatter: 'binomial', scale }
  if (shape === 'mean' || shape === 'net-promoter') return { scatter: 'normal', scale }
  // Events for each unit of exposure: complaints for each thousand visits.
  const counted =
    definition.kind === 'ratio' && definition.numerator.every((term) => term.of === EVENTS && term.coefficient === 1)
  return { scatter: counted ? 'poisson' : 'unknown', scale }
}

/** The versions that judge the days from `from` to `to`, each with the first day it judges in that stretch. */
export async function versionsWithin(
  context: Context,
  id: string,
  from: string,
  to: string,
): Promise<{ version: number; from: string }[]> {
  const versions = await allVersions(context, id)
  const first = versionOn(versions, from)
  const later = versions
    .flatMap(({ effectiveFrom }) =>
      effectiveFrom !== null && effectiveFrom > from && effectiveFrom <= to ? [effectiveFrom] : [],
    )
    .toSorted()
  const starts = [from, ...new Set(later)]
  return first ? starts.map((day) => ({ version: versionOn(versions, day)!.version, from: day })) : []
}

/** First to last, each with the day from which another version judges. */
export async function indicatorVersions(context: Context, input: { id: string }) {
  const versions = await allVersions(context, input.id)
  if (versions.length === 0) refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id: input.id })
  const until = effectiveUntil(versions)
  return versions.map((each) => ({ ...each, effectiveUntil: until.get(each.version) ?? null }))
}

/** Refuses with DEFINITION_INVALID where the draft could never give a value, or not the one its examples expect. */
export async function demandCalculable(context: Context, draft: IndicatorDraft): Promise<void> {
  // A preview is looked at before the examples are written.
  const issues = (await checkDraft(context, { ...draft, examples: [] })).issues.filter(
    (issue) => issue.field !== 'examples',
  )
  if (issues.length > 0) refuse(measurementRefusals, 'DEFINITION_INVALID', { issues: [...issues] })
}

export async function checkIndicator(context: Context, draft: IndicatorDraft) {
  const { issues, examples }: DraftCheck = await checkDraft(context, draft)
  return { issues: [...issues], examples: [...examples] }
}

/** The same content again gives the version that is there; anything else the next one. */
export async function saveIndicator(context: Context, draft: IndicatorDraft): Promise<Indicator> {
  const { issues } = await checkDraft(context, draft)
  if (issues.length > 0) refuse(measurementRefusals, 'DEFINITION_INVALID', { issues: [...issues] })
  await lockIndicator(context, draft.id)
  const sha256 = createHash('sha256').update(canonicalDraft(draft)).digest('hex')
  const newest = await newestHash(context, draft.id)
  if (newest) {
    const before = await currentIndicator(context, draft.id)
    if (before.retired) refuse(measurementRefusals, 'INDICATOR_RETIRED', { id: draft.id })
    if (newest.sha256 === sha256) return before
    const overlap = overlapFault(before, draft.effectiveFrom)
    if (overlap) refuse(measurementRefusals, 'EFFECTIVE_OVERLAP', overlap)
  }
  const version = (newest?.version ?? 0) + 1
  await insertIndicator(context, await resolveCap(context, draft), version, sha256)
  await context.announce(indicatorChanged, { id: draft.id, version })
  return currentIndicator(context, draft.id)
}

/** Its history and all that rests on it stays; nothing new may be built on it. Retiring twice changes nothing. */
export async function retireIndicator(context: Context, input: { id: string }): Promise<Record<string, never>> {
  const { version, retired } = await currentIndicator(context, input.id)
  if (retired) return {}
  await insertRetirement(context, input.id)
  await context.announce(indicatorChanged, { id: input.id, version })
  return {}
}
