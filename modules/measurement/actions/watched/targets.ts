/** What values ought to be: the target that holds for a unit in a period. */
import type { Context } from '#platform/context'
import type { Indicator } from '../../contract/indicators.ts'
import { inheritsTargets, targetOn } from '../../rules/exploring/targets.ts'
import { versionOn } from '../../rules/versions.ts'
import { targetRows } from '../../store/exploring/targets.ts'
import { allVersions } from '../../store/records/indicators.ts'

/** Loaded once: the target of an entity (numbers from the root down to it; none for the whole organisation) on a day, in the indicator's unit. */
export async function targetReader(
  context: Context,
  indicator: Indicator,
): Promise<(path: readonly number[], day: string) => number | null> {
  const rows = await targetRows(context, indicator.id)
  const targets = rows.map((row) => ({
    ...row,
    band: row.bandLow === null || row.bandHigh === null ? null : { low: row.bandLow, high: row.bandHigh },
    recordedAt: row.recordedAt.toString({ smallestUnit: 'microsecond' }),
  }))
  const versions = indicator.effectiveFrom === null ? [indicator] : await allVersions(context, indicator.id)
  const inherited = inheritsTargets(indicator.definition)
  return (path, day) =>
    targetOn(targets, versionOn(versions, day) ?? indicator, { segment: null, path, day, inherited })?.value ?? null
}
