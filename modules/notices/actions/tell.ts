/** Telling people: what other modules call inside their own transaction. Nothing leaves the house before that transaction has committed. */
import { contactsOf } from '#organisation/actions/contacts'
import { holdersOf } from '#organisation/actions/duties'
import { readProfile } from '#organisation/actions/look-up'
import type { RoleName } from '#organisation/contract'
import type { Context } from '#platform/context'
import { must } from '#platform/refusal'
import { type Importance, noticeKind, noticeLink, noticesTold, noticesUrgent, preferences } from '../contract.ts'
import { type NoticeWords, type Parameter, render } from '../rules/render.ts'
import { onCallAt } from '../rules/rota.ts'
import { leaving, shownInInbox } from '../rules/ways.ts'
import { insertDeliveries, type NewDelivery } from '../store/deliveries.ts'
import { insertNotices, keepMessage, type MessageRow, saveKind } from '../store/inbox.ts'
import { findTeam, overrideRows, preferencesOf, robotRows, type TeamRow } from '../store/settings.ts'

export type { NoticeWords, Parameter }

/** Whom a notice is for. */
export type Receiver =
  | { readonly person: string }
  /** Holders of the role nearest to the end of the path (numbers from the root down to a unit); without a path every holder. */
  | { readonly role: RoleName; readonly path?: readonly number[] }
  /** All members, and the team's robots. */
  | { readonly team: string }
  /** Whoever is on call for the team now, and the team's robots; all members while nobody is. */
  | { readonly onCall: string }

export interface Telling {
  readonly to: readonly Receiver[]
  /** Small letters and hyphens, e.g. `alert-raised`: people choose their ways by it. */
  readonly kind: string
  readonly importance: Importance
  /** From the teller's own words: the name of the kind, title and body, each in both languages. */
  readonly words: NoticeWords
  readonly params?: Readonly<Record<string, Parameter>>
  /** A page of the product, e.g. `/alerts/…`. */
  readonly link?: string
  /** What is told: the same key again tells nobody twice, and tells those who were not told before. */
  readonly key: string
}

/** Who was told now; who had been told before is not counted. */
export interface Told {
  readonly message: string
  readonly people: readonly string[]
  readonly deliveries: number
}

const KEY_LIMIT = 300
const DEFAULTS = preferences.parse({})

export async function tell(context: Context, telling: Telling): Promise<Told> {
  const { kind, importance, words, key } = telling
  must(noticeKind.safeParse(kind).success, `a kind of notice is small letters, digits and hyphens, not "${kind}"`)
  must(key.length > 0 && key.length <= KEY_LIMIT, `a key has 1 to ${KEY_LIMIT} characters`)
  const link = telling.link ?? null
  must(link === null || noticeLink.safeParse(link).success, `a notice leads to a page of the product, not to "${link}"`)
  await saveKind(context, kind, words.name)
  const rendered = render(words, telling.params ?? {})
  const message = await keepMessage(context, { id: context.newId(), key, kind, importance, link, ...rendered })
  const found = await resolve(context, telling.to, importance)
  return spread(context, message, found)
}

/** A person who is to be told, and, when on call, for which team and by when they should have read it. */
interface Called {
  readonly teamId: string | null
  readonly step: number
  readonly escalateAt: Temporal.Instant | null
}
export interface Found {
  readonly people: ReadonlyMap<string, Called>
  readonly teams: readonly TeamRow[]
}

const PLAIN: Called = { teamId: null, step: 0, escalateAt: null }

async function resolve(context: Context, to: readonly Receiver[], importance: Importance): Promise<Found> {
  const people = new Map<string, Called>()
  const teams = new Map<string, TeamRow>()
  const add = (id: string, called: Called = PLAIN) => {
    if (!people.has(id) || called !== PLAIN) people.set(id, called)
  }
  for (const receiver of to) {
    if ('person' in receiver) add(receiver.person)
    else if ('role' in receiver) for (const id of await nearestHolders(context, receiver)) add(id)
    else {
      const team = await findTeam(context, 'team' in receiver ? receiver.team : receiver.onCall)
      // A team may have ended since somebody chose it: the others are told all the same.
      if (team === null) continue
      teams.set(team.id, team)
      const onCall = 'onCall' in receiver ? await calledOf(context, team, importance) : null
      if (onCall) add(onCall.person, onCall.called)
      else for (const member of team.members) add(member)
    }
  }
  return { people, teams: [...teams.values()] }
}

async function nearestHolders(
  context: Context,
  { role, path }: { role: RoleName; path?: readonly number[] },
): Promise<string[]> {
  const holders = await holdersOf(context, [role])
  if (path === undefined) return holders.map((holder) => holder.id)
  // Whoever holds the role for the whole organisation stands above the root.
  const depth = (entity: number | null) => (entity === null ? -1 : path.indexOf(entity))
  const inLine = holders.filter(({ entity }) => entity === null || path.includes(entity))
  const nearest = Math.max(...inLine.map(({ entity }) => depth(entity)))
  return inLine.filter(({ entity }) => depth(entity) === nearest).map((holder) => holder.id)
}

async function calledOf(context: Context, team: TeamRow, importance: Importance) {
  if (team.rota === null) return null
  const { timeZone } = await readProfile(context)
  const turn = onCallAt(team.rota, await overrideRows(context, context.now, team.id), context.now, timeZone)
  if (turn === null) return null
  const minutes = importance === 'urgent' ? team.rota.escalateMinutes : null
  const escalateAt = minutes === null ? null : context.now.add({ minutes })
  return { person: turn.person, called: { teamId: team.id, step: 0, escalateAt } }
}

/** Into the inboxes and onto the ways out, once for each; what was written is announced. */
export async function spread(context: Context, message: MessageRow, found: Found): Promise<Told> {
  const contacts = await contactsOf(context, [...found.people.keys()])
  const wishes = await preferencesOf(context, [...contacts.keys()])
  const wishOf = (id: string) => wishes.get(id) ?? DEFAULTS
  const told = await insertNotices(
    context,
    message,
    [...contacts.keys()].map((personId) => ({
      personId,
      hidden: !shownInInbox(wishOf(personId), message.kind, message.importance),
      ...found.people.get(personId)!,
    })),
  )
  const { timeZone } = await readProfile(context)
  const mails = [...contacts.values()]
    .filter(({ id }) => told.has(id))
    .flatMap(({ id }): NewDelivery[] => {
      const when = leaving(wishOf(id), message, context.now, timeZone)
      return when === null ? [] : [{ channel: 'mail', target: id, ...when }]
    })
  const robots = await robotsFor(context, message, found.teams, timeZone)
  const queued = await insertDeliveries(context, message, [...mails, ...robots])
  if (told.size > 0) await context.announce(noticesTold, { people: told.size })
  if (queued.length > 0 && message.importance === 'urgent')
    await context.announce(noticesUrgent, { messages: queued.length })
  return { message: message.id, people: [...told], deliveries: queued.length }
}

async function robotsFor(
  context: Context,
  message: MessageRow,
  teams: readonly TeamRow[],
  timeZone: string,
): Promise<NewDelivery[]> {
  const ways: NewDelivery[] = []
  for (const team of teams) {
    const when = leaving(team.preferences, message, context.now, timeZone)
    if (when === null) continue
    for (const robot of await robotRows(context, team.id))
      if (robot.enabled && (robot.kinds === null || robot.kinds.includes(message.kind)))
        ways.push({ channel: robot.kind, target: robot.id, ...when })
  }
  return ways
}
