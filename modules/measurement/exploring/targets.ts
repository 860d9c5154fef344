/** Targets: set from a day on, withdrawn, listed. */
import { lookUpEntityNumbers, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found } from '#platform/refusal'
import { currentIndicator } from '../actions/indicators.ts'
import { type Target, type TargetDraft, yardstickChanged } from '../contract/exploring/targets.ts'
import { insertTarget, markWithdrawn, type TargetRow, targetRows } from '../store/exploring/targets.ts'
import { segmentOf } from './segments.ts'

async function told(context: Context, rows: readonly TargetRow[]): Promise<Target[]> {
  const places = await lookUpEntityNumbers(
    context,
    rows.flatMap((row) => row.entity ?? []),
  )
  return rows.map((row) => {
    const { id, indicator, segment, value, effectiveFrom, source, recordedBy } = row
    const place = row.entity === null ? undefined : places.get(row.entity)
    return {
      id,
      indicator,
      segment,
      entity: place ? { key: place.key, name: place.name } : null,
      value,
      band: row.bandLow === null || row.bandHigh === null ? null : { low: row.bandLow, high: row.bandHigh },
      effectiveFrom,
      source,
      recordedAt: row.recordedAt.toString(),
      recordedBy,
    }
  })
}

export async function listTargets(context: Context, { id }: { id: string }): Promise<Target[]> {
  await currentIndicator(context, id)
  return told(context, await targetRows(context, id))
}

export async function saveTarget(context: Context, draft: TargetDraft): Promise<Target> {
  await currentIndicator(context, draft.id)
  await segmentOf(context, draft.segment ?? undefined)
  const entity = draft.entity === null ? null : await requireEntity(context, draft.entity)
  const row = await insertTarget(context, {
    indicator: draft.id,
    segment: draft.segment,
    entity: entity?.number ?? null,
    value: draft.value,
    bandLow: draft.band?.low ?? null,
    bandHigh: draft.band?.high ?? null,
    effectiveFrom: draft.effectiveFrom,
    source: draft.source,
  })
  await context.announce(yardstickChanged, { id: draft.id })
  return (await told(context, [row]))[0]!
}

export async function withdrawTarget(context: Context, { target }: { target: string }): Promise<Record<string, never>> {
  const id = found(await markWithdrawn(context, target), 'target', target)
  await context.announce(yardstickChanged, { id })
  return {}
}
