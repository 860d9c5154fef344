/** What values ought to be: the target that holds for a unit in a period. */
import type { Context } from '#platform/context'
import type { Indicator } from '../../contract/indicators.ts'
import { targetsInForce } from '../../exploring/targets-in-force.ts'

/** Loaded once: the target of an entity (numbers from the root down to it; none for the whole organisation) on a day, in the indicator's unit. */
export async function targetReader(
  context: Context,
  indicator: Indicator,
): Promise<(path: readonly number[], day: string) => number | null> {
  const inForce = await targetsInForce(context, indicator)
  return (path, day) => inForce({ segment: null, path, day })?.value ?? null
}
