/** Definitions of indicators: versions that never change, the newest one in use. */
import { createHash } from 'node:crypto'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { type Indicator, type IndicatorDraft, indicatorChanged, measurementRefusals } from '../contract.ts'
import { canonicalDraft, faultsOfDraft } from '../rules/definition.ts'
import {
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
  input: { search?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await indicatorPage(context, { search: input.search, after: input.cursor, limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  return { rows: shown, nextCursor: rows.length > input.limit ? shown.at(-1)!.id : null }
}

export const readIndicator = (context: Context, input: { id: string; version?: number | undefined }) =>
  input.version === undefined ? currentIndicator(context, input.id) : indicatorVersion(context, input.id, input.version)

/** Refuses with DEFINITION_INVALID where the draft could never give a value. */
export function demandCalculable(draft: IndicatorDraft): void {
  const issues = faultsOfDraft(draft)
  if (issues.length > 0) refuse(measurementRefusals, 'DEFINITION_INVALID', { issues })
}

/** The same content again gives the version that is there; anything else the next one. */
export async function saveIndicator(context: Context, draft: IndicatorDraft): Promise<Indicator> {
  demandCalculable(draft)
  await lockIndicator(context, draft.id)
  const sha256 = createHash('sha256').update(canonicalDraft(draft)).digest('hex')
  const newest = await newestHash(context, draft.id)
  if (newest && (await currentIndicator(context, draft.id)).retired)
    refuse(measurementRefusals, 'INDICATOR_RETIRED', { id: draft.id })
  if (newest?.sha256 === sha256) return currentIndicator(context, draft.id)
  const version = (newest?.version ?? 0) + 1
  await insertIndicator(context, draft, version, sha256)
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
