/** Which live alerts nobody is told about: silences, and worse alerts that speak for them. */
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { inhibitedBy, matches, stateOf } from '../../rules/quiet.ts'
import { liveOutlines, setMuted } from '../../store/muting.ts'
import { inhibitionRows, quietRows } from '../../store/quiet.ts'

export async function recomputeMuted(context: Context): Promise<void> {
  const silences = (await quietRows(context, context.now)).filter(
    (row) => row.kind === 'silence' && stateOf(row, context.now) === 'now',
  )
  const inhibitions = await inhibitionRows(context)
  const alerts = await liveOutlines(context, silences.length === 0 && inhibitions.length === 0)
  if (alerts.length === 0) return
  const places = await lookUpEntityNumbers(context, [...new Set(alerts.map((alert) => alert.entity))])
  const above = [...new Set([...places.values()].flatMap((place) => place.path))]
  const keys = silences.length === 0 ? new Map() : await lookUpEntityNumbers(context, above)
  const pathOf = (entity: number) => places.get(entity)?.path ?? []
  const inhibited = inhibitedBy(
    alerts.map((alert) => ({
      id: alert.id,
      rule: alert.ruleId,
      colour: alert.colour,
      path: pathOf(alert.entity),
      firing: alert.signal === 'firing',
    })),
    inhibitions,
  )
  const changed = alerts.flatMap((alert) => {
    const path = pathOf(alert.entity).map((number) => keys.get(number)?.key ?? '')
    const silent = silences.some(({ match }) => matches(match, { rule: alert.ruleId, colour: alert.colour, path }))
    const muted = silent ? ('silence' as const) : inhibited.has(alert.id) ? ('inhibited' as const) : null
    return muted === alert.muted ? [] : [{ id: alert.id, muted }]
  })
  await setMuted(context, changed)
}
