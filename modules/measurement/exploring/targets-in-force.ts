/** Which target holds for whom on which day. */
import type { Context } from '#platform/context'
import type { AppliedTarget } from '../contract/exploring/targets.ts'
import type { Indicator } from '../contract/indicators.ts'
import { inheritsTargets, targetOn } from '../rules/exploring/targets.ts'
import { versionOn } from '../rules/versions.ts'
import { targetRows } from '../store/exploring/targets.ts'
import { allVersions } from '../store/records/indicators.ts'

/** The targets of an indicator, read once: which one holds for a segment and an entity (numbers from the root down to it) on a day. */
export async function targetsInForce(
  context: Context,
  indicator: Indicator,
): Promise<(about: { segment: string | null; path: readonly number[]; day: string }) => AppliedTarget | null> {
  const rows = await targetRows(context, indicator.id)
  const targets = rows.map((row) => ({
    ...row,
    band: row.bandLow === null || row.bandHigh === null ? null : { low: row.bandLow, high: row.bandHigh },
    recordedAt: row.recordedAt.toString({ smallestUnit: 'microsecond' }),
  }))
  const versions = indicator.effectiveFrom === null ? [indicator] : await allVersions(context, indicator.id)
  const inherited = inheritsTargets(indicator.definition)
  return (about) => targetOn(targets, versionOn(versions, about.day) ?? indicator, { ...about, inherited })
}
