/** Writes what a run found: alerts with their duties, signals, progress; and tells whoever listens. */
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { type Alert, alertChanged, alertRaised, alertsRaised, type Colour } from '../../contract.ts'
import type { Episode, UnitAfter } from '../../rules/run.ts'
import { rankOf } from '../../rules/levels.ts'
import {
  type AlertRow,
  closedSince,
  dutiesOf,
  type DutyRow,
  insertAlerts,
  insertDuties,
  replaceAlerts,
  settleDuties,
  updateAlert,
} from '../../store/alerts.ts'
import { type RuleRow, saveSignals } from '../../store/rules.ts'
import { closed, told } from '../desk/telling.ts'
import { dutiesFor, type Obligations, owing } from '../raise.ts'

/** Alerts of one run that are announced one by one; a flood is told in one line. */
const ANNOUNCED_LIMIT = 50

export interface Outcome {
  readonly row: RuleRow
  readonly units: readonly UnitAfter[]
  readonly members: ReadonlyMap<number, readonly { entity: number; colour: Colour | null }[]>
  /** Last period judged, or the day of the evaluation. */
  readonly periodStart: string
}

export async function saveOutcome(
  context: Context,
  { row, units, members, periodStart }: Outcome,
  live: readonly AlertRow[],
  around: Obligations,
): Promise<void> {
  await saveSignals(
    context,
    row.id,
    units.map(({ entity, signal }) => ({ entity, periodStart, ...signal })),
  )
  const byEntity = new Map(live.map((alert) => [alert.entity, alert]))
  const changes = units.flatMap(({ entity, episodes }) =>
    episodes.filter((each) => !each.raised).map((episode) => ({ entity, episode })),
  )
  const raised = units.flatMap(({ entity, episodes }) =>
    episodes.filter((each) => each.raised).map((episode) => ({ entity, episode })),
  )
  const places = await lookUpEntityNumbers(context, [...new Set([...changes, ...raised].map(({ entity }) => entity))])
  const pathOf = (entity: number) => places.get(entity)?.path ?? []
  const owed = await dutiesOf(
    context,
    changes.flatMap(({ entity }) => byEntity.get(entity)?.id ?? []),
  )
  const changed = changes.flatMap(({ entity, episode }) => {
    const alert = byEntity.get(entity)
    if (!alert) return []
    return [changeOf(context, alert, episode, { around, path: pathOf(entity), duties: owed.get(alert.id) ?? [] })]
  })
  await saveChanges(context, changed)
  await raise(context, row, raised, { around, pathOf, members, keyOf: (entity) => places.get(entity)?.key ?? '' })
}

type Around = { readonly around: Obligations; readonly path: readonly number[]; readonly duties: readonly DutyRow[] }

interface Change {
  readonly row: AlertRow
  readonly added: readonly DutyRow[]
  /** Whether anybody would notice. */
  readonly isNews: boolean
}

function changeOf(context: Context, alert: AlertRow, episode: Episode, { around, path, duties }: Around): Change {
  const { colour, signal, readings, revised, closes } = episode
  const history = [...alert.history, ...episode.told.map((what) => told(context, what))]
  // A worse colour brings its own, earlier duties; a milder one leaves the promise that was made.
  const worse = rankOf(colour) < rankOf(alert.colour)
  const added = worse
    ? dutiesFor(context, around, { id: alert.id, colour, path }, new Set(duties.map((duty) => duty.name)))
    : []
  const row: AlertRow = {
    ...alert,
    colour,
    rank: rankOf(colour),
    signal,
    readings: [...readings],
    revised,
    history,
    ...(worse ? { duty: around.policy[colour].duty, ...owing([...duties, ...added], alert.raisedAt) } : {}),
  }
  return {
    row: closes ? closed(context, row, 'back-to-normal', null) : row,
    added,
    isNews: closes || episode.told.length > 0,
  }
}

async function saveChanges(context: Context, changes: readonly Change[]): Promise<void> {
  await insertDuties(
    context,
    changes.flatMap(({ added }) => added),
  )
  // What is still owed ends with the alert and says so.
  const ended = changes.flatMap(({ row }) => (row.state === 'closed' ? row.id : []))
  await settleDuties(context, ended, 'back-to-normal')
  await replaceAlerts(
    context,
    changes.map(({ row }) => row),
  )
  for (const { row, isNews } of changes)
    if (isNews) await context.announce(alertChanged, { id: row.id, state: row.state, colour: row.colour })
}

interface Raising {
  readonly around: Obligations
  readonly pathOf: (entity: number) => readonly number[]
  readonly keyOf: (entity: number) => string
  readonly members: ReadonlyMap<number, readonly { entity: number; colour: Colour | null }[]>
}

async function raise(
  context: Context,
  row: RuleRow,
  raised: readonly { entity: number; episode: Episode }[],
  { around, pathOf, keyOf, members }: Raising,
): Promise<void> {
  const since = context.now.subtract({ hours: 24 * around.policy.relapseDays })
  const present = raised.filter(({ episode }) => !episode.closes).map(({ entity }) => entity)
  const relapses = await closedSince(context, row.id, present, since)
  const fresh: AlertRow[] = []
  const duties: DutyRow[] = []
  const announced: { id: string; colour: Colour; entity: number }[] = []
  for (const { entity, episode } of raised) {
    const before = episode.closes ? undefined : relapses.get(entity)
    const id = before?.id ?? context.newId()
    const own = episode.closes ? [] : dutiesFor(context, around, { id, colour: episode.colour, path: pathOf(entity) })
    duties.push(...own)
    const alert = rowOf(context, row, { id, entity, episode, duties: own, around, members: members.get(entity) ?? [] })
    if (before) await reopen(context, before, alert)
    else fresh.push(alert)
    if (!episode.closes) announced.push({ id, colour: episode.colour, entity })
  }
  await insertAlerts(context, fresh)
  await insertDuties(context, duties)
  for (const { id, colour, entity } of announced.slice(0, ANNOUNCED_LIMIT))
    await context.announce(alertRaised, { id, colour, entity: keyOf(entity), rule: row.id })
  if (announced.length > ANNOUNCED_LIMIT)
    await context.announce(alertsRaised, {
      rule: row.id,
      count: announced.length - ANNOUNCED_LIMIT,
      ids: announced.slice(ANNOUNCED_LIMIT).map(({ id }) => id),
    })
}

function rowOf(
  context: Context,
  row: RuleRow,
  what: {
    readonly id: string
    readonly entity: number
    readonly episode: Episode
    readonly duties: readonly DutyRow[]
    readonly around: Obligations
    readonly members: readonly { entity: number; colour: Colour | null }[]
  },
): AlertRow {
  const { id, entity, episode, duties, around, members } = what
  const { colour, signal, readings, revised, closes } = episode
  return {
    id,
    ruleId: row.id,
    ruleVersion: row.version,
    indicator: row.draft.indicator,
    entity,
    members: [...members],
    colour,
    rank: rankOf(colour),
    state: closes ? 'closed' : 'open',
    signal,
    readings: [...readings],
    revised,
    muted: null,
    drill: false,
    duty: around.policy[colour].duty,
    raisedAt: context.now,
    ...owing(duties, context.now),
    ownerId: null,
    answeredAt: null,
    planId: null,
    closedAt: closes ? context.now : null,
    closedBecause: closes ? 'back-to-normal' : null,
    history: [...episode.told.map((each) => told(context, each)), ...(closes ? [told(context, 'closed')] : [])],
  }
}

/** It came back soon after it was closed: the same alert with its history, and its duties anew. */
async function reopen(context: Context, before: AlertRow, next: AlertRow): Promise<void> {
  const history: Alert['history'] = [...before.history, told(context, 'reopened')]
  const { id: _id, raisedAt: _raisedAt, planId: _planId, ownerId: _ownerId, ...change } = next
  await updateAlert(context, before.id, {
    ...change,
    readings: [...before.readings, ...next.readings],
    history,
    answeredAt: null,
  })
}
