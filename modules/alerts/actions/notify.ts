/** Whoever owes something because of an alert is told at once; a flood is told in one line to those who keep the rules. */
import { lookUpEntityNumbers, readProfile } from '#organisation/actions/look-up'
import { tell } from '#notices/actions/tell'
import type { Importance } from '#notices/contract'
import type { RoleName } from '#organisation/contract'
import type { Context } from '#platform/context'
import type { Colour } from '../contract.ts'
import { type AlertRow, dutiesOf, findAlert } from '../store/alerts.ts'
import { ruleVersions } from '../store/rules.ts'
import { tellingWords } from '../words/telling.ts'

const IMPORTANCE: Readonly<Record<Colour, Importance>> = { red: 'urgent', orange: 'normal', yellow: 'low' }

interface Facts {
  readonly unit: string
  readonly path: readonly number[]
  readonly rule: { readonly zh: string; readonly en: string }
  readonly when: (instant: Temporal.Instant) => string
}

async function factsOf(context: Context, alert: AlertRow): Promise<Facts> {
  const { timeZone, name } = await readProfile(context)
  const place = (await lookUpEntityNumbers(context, [alert.entity])).get(alert.entity)
  return {
    // Alerts about the whole have no unit of their own.
    unit: place?.name ?? name,
    path: place?.path ?? [],
    rule: await titleOf(context, alert),
    when: (instant) =>
      instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
  }
}

/** As it was when it fired; for a drill, which has no rule, by its id. */
async function titleOf(context: Context, { ruleId, ruleVersion }: Pick<AlertRow, 'ruleId' | 'ruleVersion'>) {
  const draft = (await ruleVersions(context, [ruleId])).get(`${ruleId} ${ruleVersion}`)
  return draft?.title ?? { zh: ruleId, en: ruleId }
}

/** To the owners of its duties; to the nearest holders of the role where a duty has no owner. */
export async function tellRaised(context: Context, { id }: { readonly id: string }): Promise<void> {
  const alert = await findAlert(context, id)
  if (alert === null || alert.state === 'closed' || alert.muted !== null) return
  const duties = (await dutiesOf(context, [id])).get(id) ?? []
  const { unit, path, rule, when } = await factsOf(context, alert)
  const open = duties.filter((duty) => duty.doneAt === null)
  const first = open.at(0)
  await tell(context, {
    to: open.map(({ ownerId, role }) => (ownerId === null ? { role: role as RoleName, path } : { person: ownerId })),
    kind: 'alert-raised',
    importance: IMPORTANCE[alert.colour],
    words: alert.drill ? tellingWords.drill : tellingWords.raised,
    params: {
      colour: tellingWords.colours[alert.colour],
      unit,
      rule,
      duty: first?.title ?? alert.duty,
      due: when(alert.dueAt),
    },
    link: `/alerts/${id}`,
    // A relapse is told again, the same raising twice is not.
    key: `alert-raised ${id} ${alert.history.filter(({ what }) => what === 'reopened').length}`,
  })
}

export async function tellFlood(
  context: Context,
  { rule, count, ids }: { readonly rule: string; readonly count: number; readonly ids: readonly string[] },
): Promise<void> {
  const alert = await findAlert(context, ids[0]!)
  await tell(context, {
    to: [{ role: 'improvement-office' }],
    kind: 'alert-raised',
    importance: 'urgent',
    words: tellingWords.flood,
    params: { count, rule: alert === null ? rule : await titleOf(context, alert) },
    link: `/alerts?rule=${encodeURIComponent(rule)}`,
    key: `alerts-raised ${ids[0]!}`,
  })
}

export async function tellEscalated(
  context: Context,
  { alert: id, duty: dutyId, person, step }: { alert: string; duty: string; person: string; step: number },
): Promise<void> {
  const alert = await findAlert(context, id)
  const duty = (await dutiesOf(context, [id])).get(id)?.find((each) => each.id === dutyId)
  if (alert === null || duty === undefined || duty.doneAt !== null) return
  const { unit, rule, when } = await factsOf(context, alert)
  await tell(context, {
    to: [{ person }],
    kind: 'alert-escalated',
    importance: alert.colour === 'yellow' ? 'normal' : 'urgent',
    words: tellingWords.escalated,
    params: {
      colour: tellingWords.colours[alert.colour],
      unit,
      rule,
      duty: duty.title,
      due: when(duty.dueAt),
    },
    link: `/alerts/${id}`,
    key: `alert-escalated ${dutyId} ${step}`,
  })
}
