/** What a changed definition would change, before it is adopted. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { demandCalculable } from '../actions/indicators.ts'
import { cutFor } from '../actions/series.ts'
import { toldPoints, toldUnits } from '../actions/telling/told-points.ts'
import type { IndicatorChange } from '../contract/defining.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { type Cut, partOf } from '../reading/cut.ts'
import { differencesOf } from '../rules/drafts/differences.ts'
import { versionOn } from '../rules/versions.ts'
import { allVersions } from '../store/records/indicators.ts'

/** Units named on each side. */
const MOVERS_SHOWN = 10
/** Values closer than this part of themselves are the same. */
const SAME = 1e-9

/** Refuses with INDICATOR_UNKNOWN where there is nothing to compare with, DEFINITION_INVALID where the draft cannot be calculated. */
export async function planIndicatorChange(
  context: Context,
  input: { draft: IndicatorDraft; kind?: string | undefined; months: number },
): Promise<IndicatorChange> {
  const { draft } = input
  const versions = await allVersions(context, draft.id)
  const newest = versions.at(-1) ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id: draft.id })
  await demandCalculable(context, draft)
  const { timeZone } = await readProfile(context)
  const today = dayOf(context.now, timeZone)
  const current = versionOn(versions, draft.effectiveFrom ?? today) ?? newest
  const month = periodStartOf(today, 'month')
  const cut = await cutFor(context, 'month', addPeriods(month, 'month', 1 - input.months), month)
  const both = await Promise.all(
    [current, draft].map((indicator) => toldPoints(context, { indicator, entity: null, frozen: true, cut })),
  )
  return {
    current,
    version: newest.version + 1,
    differences: differencesOf(current, draft).map((each) => ({ ...each })),
    earliest: newest.effectiveFrom,
    before: both[0]!,
    after: both[1]!,
    units: await unitsMoved(context, { current, draft, kind: input.kind ?? null, cut }),
  }
}

async function unitsMoved(
  context: Context,
  { current, draft, kind, cut }: { current: IndicatorDraft; draft: IndicatorDraft; kind: string | null; cut: Cut },
): Promise<IndicatorChange['units']> {
  // The month before the one that runs.
  const place = Math.max(0, cut.periods.length - 2)
  const period = partOf(cut, place, place + 1)
  const periodStart = period.periods[0]!.start
  const nothing = { periodStart, kind, rises: [], falls: [], unchanged: 0, moved: 0 }
  if (kind === null) return nothing
  // Without version and id a definition is read as it stands, whatever is in force.
  const read = async (indicator: IndicatorDraft) => {
    const { id: _id, ...judged } = indicator
    return toldUnits(context, { indicator: judged, kind, below: null, cut: period })
  }
  const [before, after] = [await read(current), await read(draft)]
  const afterOf = new Map(after.map((unit) => [unit.entity.number, unit.points.get(periodStart)?.value ?? null]))
  const rows = before.map(({ entity, points }) => ({
    entity: { key: entity.key, name: entity.name },
    before: points.get(periodStart)?.value ?? null,
    after: afterOf.get(entity.number) ?? null,
  }))
  const changes = rows.flatMap((row) => {
    if (row.before === null && row.after === null) return []
    const change = (row.after ?? 0) - (row.before ?? 0)
    const moved = (row.before === null) !== (row.after === null) || Math.abs(change) > SAME * Math.abs(row.before ?? 1)
    return [{ row, change, moved }]
  })
  const moved = changes.filter((each) => each.moved).toSorted((a, b) => b.change - a.change)
  return {
    ...nothing,
    rises: moved
      .filter((each) => each.change > 0)
      .slice(0, MOVERS_SHOWN)
      .map((each) => each.row),
    falls: moved
      .filter((each) => each.change <= 0)
      .toReversed()
      .slice(0, MOVERS_SHOWN)
      .map((each) => each.row),
    unchanged: changes.length - moved.length,
    moved: moved.length,
  }
}
