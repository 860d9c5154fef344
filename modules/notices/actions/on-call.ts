/** Who is on call, who takes turns, and swaps. */
import { lookUpPeople, readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type BoardLine, noticesChanged, noticesRefusals, type OverrideDraft, type RotaDraft } from '../contract.ts'
import { nextInLine, onCallAt, type Override, type Turn, turns } from '../rules/rota.ts'
import {
  findOverride,
  findTeam,
  insertOverride,
  overrideRows,
  removeOverride,
  setTeam,
  type TeamRow,
  teamRows,
} from '../store/settings.ts'
import { demandPeople } from './teams.ts'

const BOARD_WEEKS = 4
const HOURS_PER_WEEK = 7 * 24
const YEAR_HOURS = 366 * 24

const seesAll = (context: Context) =>
  context.who.permissions.has('teams.edit') || context.who.permissions.has('alerts.read')

/** Whoever works with alerts sees every team; others those they belong to. */
export async function onCallBoard(context: Context): Promise<BoardLine[]> {
  const rows = await teamRows(context)
  return lines(context, seesAll(context) ? rows : rows.filter((row) => row.members.includes(context.who.id)))
}

async function lines(context: Context, rows: readonly TeamRow[]): Promise<BoardLine[]> {
  const { timeZone } = await readProfile(context)
  const overrides = await overrideRows(context, context.now)
  const until = context.now.add({ hours: BOARD_WEEKS * HOURS_PER_WEEK })
  const planned = rows.map((row) => {
    const own = overrides.filter((each) => each.teamId === row.id)
    return {
      row,
      now: row.rota && onCallAt(row.rota, own, context.now, timeZone),
      shifts: row.rota === null ? [] : turns(row.rota, own, context.now, until, timeZone),
    }
  })
  const ids = planned.flatMap(({ row, shifts }) => [
    ...row.members,
    ...shifts.flatMap((turn) => [turn.person, turn.override?.insteadOf ?? turn.person]),
  ])
  const names = await lookUpPeople(context, [...new Set(ids)])
  const who = (id: string) => ({ id, name: names.get(id)?.name ?? id })
  return planned.map(({ row, now, shifts }) => ({
    team: { id: row.id, name: row.name },
    rota: row.rota,
    people: row.members.map(who),
    now: now ? who(now.person) : null,
    nowUntil: now ? endOf(now, shifts).toString() : null,
    next: nextOf(now, shifts, who),
    shifts: shifts.map((turn) => ({
      from: turn.from.toString(),
      until: turn.until.toString(),
      person: who(turn.person),
      override: turn.override && { ...turn.override, insteadOf: who(turn.override.insteadOf) },
    })),
  }))
}

/** Turns of the same person one after the other are one time on call. */
function endOf(now: Turn, shifts: readonly Turn[]): Temporal.Instant {
  return shifts.find((turn) => turn.person !== now.person)?.from ?? shifts.at(-1)?.until ?? now.until
}
function nextOf<T>(now: Turn | null, shifts: readonly Turn[], who: (id: string) => T): T | null {
  const next = shifts.find((turn) => turn.person !== now?.person)
  return next ? who(next.person) : null
}

async function line(context: Context, row: TeamRow): Promise<BoardLine> {
  const [only] = await lines(context, [row])
  return only!
}

export async function saveRota(context: Context, { id, ...rota }: RotaDraft & { id: string }): Promise<BoardLine> {
  const team = found(await findTeam(context, id), 'team', id)
  const people = [...new Set(rota.people)]
  const stranger = people.find((person) => !team.members.includes(person))
  if (stranger !== undefined) refuse(noticesRefusals, 'NOT_A_MEMBER', { person: stranger })
  const kept = { ...rota, people }
  await setTeam(context, id, { rota: kept })
  await context.announce(noticesChanged, { what: 'on-call' })
  return line(context, { ...team, rota: kept })
}

export async function saveOverride(context: Context, input: OverrideDraft): Promise<BoardLine> {
  const team = found(await findTeam(context, input.team), 'team', input.team)
  const { rota } = team
  if (rota === null) return refuse(noticesRefusals, 'NO_ROTA')
  const [from, until] = [Temporal.Instant.from(input.from), Temporal.Instant.from(input.until)]
  const order = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b)
  if (order(from, until) >= 0 || order(until, context.now) <= 0 || until.since(from).total('hours') > YEAR_HOURS)
    refuse(noticesRefusals, 'SHIFT_UPSIDE_DOWN')
  if (input.person !== null) {
    await demandPeople(context, 'person', [input.person])
    if (!team.members.includes(input.person)) refuse(noticesRefusals, 'NOT_A_MEMBER', { person: input.person })
  }
  const { timeZone } = await readProfile(context)
  const known = await overrideRows(context, from, team.id)
  if (
    !context.who.permissions.has('teams.edit') &&
    !mayHandOn(context, rota, known, { from, until, person: input.person }, timeZone)
  )
    refuse(noticesRefusals, 'SHIFT_NOT_YOURS')
  await insertOverride(context, {
    id: context.newId(),
    teamId: team.id,
    from,
    until,
    personId: input.person,
    because: input.because,
  })
  await context.announce(noticesChanged, { what: 'on-call' })
  return line(context, team)
}

/** Without the right to edit teams one hands on one's own turns, or takes somebody else's upon oneself. */
function mayHandOn(
  context: Context,
  rota: RotaDraft,
  overrides: readonly Override[],
  { from, until, person }: { from: Temporal.Instant; until: Temporal.Instant; person: string | null },
  timeZone: string,
): boolean {
  if (person === context.who.id) return true
  const handed = turns(rota, overrides, from, until, timeZone)
  const taking = person ?? nextInLine(rota, [context.who.id])
  return taking !== null && handed.length > 0 && handed.every((turn) => turn.person === context.who.id)
}

export async function deleteOverride(context: Context, { id }: { id: string }): Promise<BoardLine> {
  const row = found(await findOverride(context, id), 'override', id)
  const team = found(await findTeam(context, row.teamId), 'team', row.teamId)
  if (!context.who.permissions.has('teams.edit') && row.createdBy !== context.who.id)
    refuse(noticesRefusals, 'SHIFT_NOT_YOURS')
  await removeOverride(context, id)
  await context.announce(noticesChanged, { what: 'on-call' })
  return line(context, team)
}
