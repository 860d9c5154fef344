/** The two-hour answer as something measured: one event for each alert, once it was answered or two hours have passed. */
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import { recordEvents } from '#measurement/actions/intake/record-events'
import { houseEventTypes } from '#measurement/contract'
import type { Context } from '#platform/context'
import { type AlertRow, findAlert, unanswered } from '../store/alerts.ts'

/** As the ready indicator `alerts-answered-in-two-hours` counts it. */
const EVENT_TYPE = houseEventTypes.alertAnswer
const ANSWER_HOURS = 2
/** How far back alerts nobody answered are looked for: longer than any server should be down. */
const LOOK_BACK_HOURS = 74
const MINUTE_MILLISECONDS = 60_000

/** Alerts about the organisation as a whole have no unit whose events they could be; drills are no alerts. */
const isCounted = (alert: AlertRow) => !alert.drill && alert.entity !== 0

/** When somebody took charge. */
export async function recordAnswer(context: Context, { id }: { readonly id: string }): Promise<void> {
  const alert = await findAlert(context, id)
  if (alert === null || alert.answeredAt === null || !isCounted(alert)) return
  await record(context, [alert])
}

/** Every hour: those whose two hours have passed. */
export async function recordUnanswered(context: Context): Promise<void> {
  const late = context.now.subtract({ hours: ANSWER_HOURS })
  const rows = await unanswered(context, late, context.now.subtract({ hours: LOOK_BACK_HOURS }))
  await record(context, rows.filter(isCounted))
}

async function record(context: Context, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return
  const places = await lookUpEntityNumbers(context, [...new Set(alerts.map((alert) => alert.entity))])
  const events = alerts.flatMap((alert) => {
    const entity = places.get(alert.entity)?.key
    if (entity === undefined) return []
    const until = alert.answeredAt ?? alert.raisedAt.add({ hours: ANSWER_HOURS })
    const minutes = (until.epochMilliseconds - alert.raisedAt.epochMilliseconds) / MINUTE_MILLISECONDS
    const onTime = alert.answeredAt !== null && minutes <= ANSWER_HOURS * 60
    return [
      {
        // Of one raising: a relapse is raised, and answered, anew.
        id: `${EVENT_TYPE}-${alert.id}-${alert.history.filter(({ what }) => what === 'reopened').length}`,
        type: EVENT_TYPE,
        entity,
        at: alert.raisedAt.toString(),
        attributes: { 'on-time': onTime ? 'yes' : 'no', severity: alert.colour },
        values: { 'waiting-minutes': Math.round(minutes) },
      },
    ]
  })
  await recordEvents(context, { events })
}
