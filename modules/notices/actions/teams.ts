/** Teams and the robots they are told by. Addresses and secrets go in and never come out again. */
import { contactsOf } from '#organisation/actions/contacts'
import { lookUpPeople } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { AddressRefused, demandPublicHost } from '#platform/outbound/addresses'
import { shownSecret } from '#platform/outbound/signature'
import { found, refuse } from '#platform/refusal'
import type { Sealer } from '#platform/sealing'
import {
  noticesChanged,
  noticesRefusals,
  type Robot,
  type RobotDraft,
  ROBOTS_LIMIT,
  type RobotKind,
  type Team,
  type TeamDraft,
} from '../contract.ts'
import {
  findRobot,
  findTeam,
  findTeamNamed,
  insertRobot,
  insertTeam,
  type RobotNumbers,
  type RobotRow,
  robotNumbers,
  robotRows,
  removeRobot,
  removeTeam,
  setRobot,
  setTeam,
  type TeamRow,
  teamRows,
} from '../store/settings.ts'

export interface RobotParts {
  readonly sealer: Sealer
  readonly privateAllowed: boolean
}

/** What is sealed of a robot. */
export interface RobotAccess {
  readonly url: string
  readonly secret: string | null
}
export function openAccess(sealer: Sealer, sealed: string): RobotAccess | null {
  const text = sealer.open(sealed)
  return text === null ? null : (JSON.parse(text) as RobotAccess)
}

const toRobot = (row: RobotRow, numbers?: RobotNumbers): Robot => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  hint: row.hint,
  signed: row.signed,
  keyword: row.keyword,
  kinds: row.kinds,
  enabled: row.enabled,
  waiting: numbers?.waiting ?? 0,
  failed: numbers?.failed ?? 0,
  lastSentAt: numbers?.lastSentAt?.toString() ?? null,
})

export async function listTeams(context: Context): Promise<Team[]> {
  return tellTeams(context, await teamRows(context))
}

async function tellTeams(context: Context, rows: readonly TeamRow[]): Promise<Team[]> {
  const ids = new Set(rows.map((row) => row.id))
  const robots = (await robotRows(context)).filter((each) => ids.has(each.teamId))
  const numbers = await robotNumbers(
    context,
    robots.map((each) => each.id),
  )
  const members = [...new Set(rows.flatMap((row) => row.members))]
  const names = await lookUpPeople(context, members)
  const active = await contactsOf(context, members)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    members: row.members.map((id) => ({ id, name: names.get(id)?.name ?? id, active: active.has(id) })),
    preferences: row.preferences,
    robots: robots.filter((each) => each.teamId === row.id).map((each) => toRobot(each, numbers.get(each.id))),
    rota: row.rota,
  }))
}

async function readTeam(context: Context, id: string): Promise<Team> {
  const [team] = await tellTeams(context, [found(await findTeam(context, id), 'team', id)])
  return team!
}

/** Everybody who is newly named is a person who can be told; who left since stays listed until taken out. */
export async function demandPeople(
  context: Context,
  field: string,
  ids: readonly string[],
  known: readonly string[] = [],
): Promise<void> {
  const reachable = await contactsOf(context, ids)
  const missing = ids.find((id) => !reachable.has(id) && !known.includes(id))
  if (missing !== undefined) refuse(noticesRefusals, 'PERSON_UNKNOWN', { field, person: missing })
}

async function demandName(context: Context, name: string, own: string | null): Promise<void> {
  const other = await findTeamNamed(context, name)
  if (other !== null && other.id !== own) refuse(noticesRefusals, 'TEAM_NAME_TAKEN', { name })
}

export async function createTeam(context: Context, input: TeamDraft): Promise<Team> {
  const members = [...new Set(input.members)]
  await demandName(context, input.name, null)
  await demandPeople(context, 'members', members)
  const id = context.newId()
  await insertTeam(context, { ...input, id, members, rota: null })
  await context.announce(noticesChanged, { what: 'teams' })
  return readTeam(context, id)
}

export async function saveTeam(context: Context, { id, ...input }: TeamDraft & { id: string }): Promise<Team> {
  const before = found(await findTeam(context, id), 'team', id)
  const members = [...new Set(input.members)]
  await demandName(context, input.name, id)
  await demandPeople(context, 'members', members, before.members)
  // Who leaves the team takes no more turns; a rota without anybody ends.
  const turns = before.rota?.people.filter((person) => members.includes(person)) ?? []
  const rota = before.rota === null || turns.length === 0 ? null : { ...before.rota, people: turns }
  await setTeam(context, id, { ...input, members, rota })
  await context.announce(noticesChanged, { what: 'teams' })
  return readTeam(context, id)
}

export async function deleteTeam(context: Context, { id }: { id: string }) {
  found(await findTeam(context, id), 'team', id)
  await removeTeam(context, id)
  await context.announce(noticesChanged, { what: 'teams' })
  return {}
}

function demandAddress({ privateAllowed }: RobotParts, text: string): URL {
  const url = new URL(text)
  try {
    demandPublicHost(url, privateAllowed)
  } catch (error) {
    if (error instanceof AddressRefused) refuse(noticesRefusals, 'ADDRESS_PRIVATE', { host: error.host })
    throw error
  }
  return url
}

const HINT_LETTERS = 4
/** Too short an address has no letters to spare. */
const hintOf = (url: URL) => `${url.host} …${url.href.length > 40 ? url.href.slice(-HINT_LETTERS) : ''}`

const WEBHOOK_SECRET_BYTES = 32

/** What is kept of a draft, over what was kept before. */
function settled(parts: RobotParts, draft: RobotDraft, before: RobotAccess | null, newSecret: string | null) {
  if (draft.kind === 'wecom' && draft.secret) refuse(noticesRefusals, 'NO_SIGNATURE')
  const address = draft.url ?? before?.url ?? refuse(noticesRefusals, 'ADDRESS_NEEDED')
  const url = demandAddress(parts, address)
  const secret = newSecret ?? (draft.secret === undefined ? (before?.secret ?? null) : draft.secret)
  const access: RobotAccess = { url: address, secret }
  return {
    kind: draft.kind,
    title: draft.title,
    keyword: draft.kind === 'webhook' ? null : draft.keyword,
    kinds: draft.kinds,
    enabled: draft.enabled,
    hint: hintOf(url),
    signed: secret !== null,
    sealed: parts.sealer.seal(JSON.stringify(access)),
  }
}

export async function addRobot(
  parts: RobotParts,
  context: Context,
  { id: teamId, ...draft }: RobotDraft & { id: string },
) {
  found(await findTeam(context, teamId), 'team', teamId)
  const robots = await robotRows(context, teamId)
  if (robots.length >= ROBOTS_LIMIT) refuse(noticesRefusals, 'ROBOTS_MANY', { limit: ROBOTS_LIMIT })
  const webhookSecret = draft.kind === 'webhook' ? shownSecret(parts.sealer.newSecret(WEBHOOK_SECRET_BYTES)) : null
  const kept = settled(parts, draft, null, webhookSecret)
  const row = await insertRobot(context, {
    ...kept,
    id: context.newId(),
    teamId,
    nextSendAt: context.now,
    createdAt: context.now,
  })
  await context.announce(noticesChanged, { what: 'teams' })
  return { robot: toRobot(row), webhookSecret }
}

export async function saveRobot(
  parts: RobotParts,
  context: Context,
  { id, ...draft }: RobotDraft & { id: string },
): Promise<Robot> {
  const before = found(await findRobot(context, id), 'robot', id)
  const access = openAccess(parts.sealer, before.sealed)
  const stays: RobotKind = before.kind
  // A webhook's secret was told once: it is never replaced by what somebody typed.
  const { secret: _typed, ...rest } = draft
  const changed = stays === 'webhook' ? { ...rest, kind: stays } : { ...draft, kind: stays }
  await setRobot(context, id, settled(parts, changed, access, null))
  await context.announce(noticesChanged, { what: 'teams' })
  return toRobot((await findRobot(context, id))!, (await robotNumbers(context, [id])).get(id))
}

export async function deleteRobot(context: Context, { id }: { id: string }) {
  found(await findRobot(context, id), 'robot', id)
  await removeRobot(context, id)
  await context.announce(noticesChanged, { what: 'teams' })
  return {}
}
