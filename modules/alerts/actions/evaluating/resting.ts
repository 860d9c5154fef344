/** Units that a maintenance window keeps out now. */
import { findEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { RuleDraft } from '../../contract.ts'
import { stateOf } from '../../rules/quiet.ts'
import { quietRows } from '../../store/quiet.ts'

/** Units below one node that may rest. */
const RESTING_LIMIT = 200_000

export interface Rest {
  /** The rule as a whole rests. */
  readonly all: boolean
  readonly units: ReadonlySet<number>
}

/** Windows of one run, read once. */
export async function maintenanceNow(context: Context): Promise<(rule: RuleDraft) => Promise<Rest>> {
  const windows = (await quietRows(context, context.now)).filter(
    (row) => row.kind === 'maintenance' && stateOf(row, context.now) === 'now',
  )
  const below = new Map<string, Promise<readonly number[]>>()
  const unitsBelow = (key: string) => {
    const known = below.get(key)
    if (known) return known
    const found = findEntities(context, { below: key, limit: RESTING_LIMIT }).then((list) =>
      list.map(({ number }) => number),
    )
    below.set(key, found)
    return found
  }
  return async (rule) => {
    const own = windows.filter(({ match }) => match.rule === null || match.rule === rule.id)
    const units = new Set<number>()
    for (const { match } of own)
      if (match.below !== null) for (const unit of await unitsBelow(match.below)) units.add(unit)
    return { all: own.some(({ match }) => match.below === null), units }
  }
}
