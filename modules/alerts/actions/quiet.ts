/** Silences, maintenance windows, and which alerts speak for others. */
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { alertRefusals, type InhibitionDraft, type Quiet, type QuietDraft } from '../contract.ts'
import { stateOf } from '../rules/quiet.ts'
import { mutedCount } from '../store/muting.ts'
import {
  inhibitionRows,
  insertQuiet,
  liftQuietRow,
  type QuietRow,
  quietRows,
  replaceInhibitions,
} from '../store/quiet.ts'
import { currentRules } from '../store/rules.ts'
import { recomputeMuted } from './evaluating/muting.ts'

/** Windows that are over are listed for so long. */
const LISTED_DAYS = 90

const toQuiet = (context: Context, row: QuietRow, holds: number): Quiet => {
  const state = stateOf(row, context.now)
  return {
    id: row.id,
    kind: row.kind,
    match: row.match,
    from: row.from.toString(),
    until: row.until.toString(),
    repeatsEveryDays: row.repeatsEveryDays,
    reason: row.reason,
    state,
    createdAt: row.createdAt.toString(),
    createdBy: row.createdBy,
    holds: state === 'now' && row.kind === 'silence' ? holds : 0,
  }
}

export async function listQuiet(context: Context): Promise<Quiet[]> {
  const rows = await quietRows(context, context.now.subtract({ hours: 24 * LISTED_DAYS }))
  const holds = await mutedCount(context)
  return rows.map((row) => toQuiet(context, row, holds))
}

export async function saveQuiet(context: Context, draft: QuietDraft): Promise<Quiet> {
  const [from, until] = [Temporal.Instant.from(draft.from), Temporal.Instant.from(draft.until)]
  if (Temporal.Instant.compare(from, until) >= 0) refuse(alertRefusals, 'QUIET_UPSIDE_DOWN')
  const { below, rule } = draft.match
  if (below !== null) await requireEntity(context, below)
  if (rule !== null) found((await currentRules(context, rule))[0], 'rule', rule)
  const row: QuietRow = {
    id: context.newId(),
    kind: draft.kind,
    match: draft.match,
    from,
    until,
    repeatsEveryDays: draft.repeatsEveryDays,
    reason: draft.reason,
    liftedAt: null,
    createdAt: context.now,
    createdBy: context.who.name,
  }
  await insertQuiet(context, row)
  await recomputeMuted(context)
  return toQuiet(context, row, await mutedCount(context))
}

export async function liftQuiet(context: Context, input: { id: string }): Promise<Quiet> {
  const row = found(await liftQuietRow(context, input.id), 'quiet time', input.id)
  await recomputeMuted(context)
  return toQuiet(context, row, 0)
}

export const listInhibitions = (context: Context): Promise<InhibitionDraft[]> => inhibitionRows(context)

export async function saveInhibitions(
  context: Context,
  { inhibitions }: { inhibitions: readonly InhibitionDraft[] },
): Promise<InhibitionDraft[]> {
  const known = new Set((await currentRules(context)).map((row) => row.id))
  for (const { source, target } of inhibitions)
    for (const rule of [source.rule, target.rule]) if (rule !== null && !known.has(rule)) found(null, 'rule', rule)
  await replaceInhibitions(context, [...new Map(inhibitions.map((each) => [each.id, each])).values()])
  await recomputeMuted(context)
  return inhibitionRows(context)
}
