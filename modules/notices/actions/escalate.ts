/** Urgent calls nobody on call has read in time go to the next in turn, once round. */
import { contactsOf } from '#organisation/actions/contacts'
import type { Context } from '#platform/context'
import { nextInLine } from '../rules/rota.ts'
import { findMessage, forgetMessages, type NoticeRow, takeEscalations, toldOf } from '../store/inbox.ts'
import { findTeam, type TeamRow } from '../store/settings.ts'
import { spread } from './tell.ts'

/** Calls one run passes on; the next one goes on. */
const CALLS_AT_ONCE = 200

export async function escalateUnread(context: Context): Promise<void> {
  for (const notice of await takeEscalations(context, CALLS_AT_ONCE)) await passOn(context, notice)
}

async function passOn(context: Context, notice: NoticeRow): Promise<void> {
  const team = notice.teamId === null ? null : await findTeam(context, notice.teamId)
  const message = await findMessage(context, notice.messageId)
  if (team?.rota == null || message === null) return
  const calls = (await toldOf(context, message.id)).filter((each) => each.teamId === team.id)
  if (calls.some((call) => call.readAt !== null)) return
  const next = await nextReachable(
    context,
    team.rota,
    calls.map((call) => call.personId),
  )
  if (next === null) return
  const { escalateMinutes } = team.rota
  const escalateAt = escalateMinutes === null ? null : context.now.add({ minutes: escalateMinutes })
  const called = { teamId: team.id, step: notice.step + 1, escalateAt }
  await spread(context, message, { people: new Map([[next, called]]), teams: [] })
}

/** People who left since are passed over, and so are those who were told the same by another way: they have it. */
async function nextReachable(
  context: Context,
  rota: NonNullable<TeamRow['rota']>,
  called: readonly string[],
): Promise<string | null> {
  const tried = [...called]
  for (;;) {
    const next = nextInLine(rota, tried)
    if (next === null) return null
    if ((await contactsOf(context, [next])).has(next)) return next
    tried.push(next)
  }
}

/** Notices are kept this long. */
const KEPT_DAYS = 365
const MESSAGES_AT_ONCE = 5_000
const HOURS_PER_DAY = 24

export async function forgetOldNotices(context: Context): Promise<void> {
  await forgetMessages(context, context.now.subtract({ hours: KEPT_DAYS * HOURS_PER_DAY }), MESSAGES_AT_ONCE)
}
