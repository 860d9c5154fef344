/** People, their roles and activity, keys of programs, and the trail of who did what. */
import type { Context } from '#platform/context'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found, invalid, refuse } from '#platform/refusal'
import { organisationRefusals, type Permission, type Person, type RoleName, roleNames } from '../contract.ts'
import { conflictingDuties, decisionTable } from '../rules.ts'
import type { SignIn } from '../sign-in.ts'
import { findEntity } from '../store/entities.ts'
import {
  auditRows,
  findOrganisation,
  findPerson,
  insertKey,
  insertPerson,
  keyRows,
  listPersonRows,
  peopleWithRole,
  replaceRoles,
  revokeKeyRow,
  setPersonActive,
  withRoles,
} from '../store/people.ts'

type Assignments = readonly { role: RoleName; entityKey: string | null }[]

export async function readMe(context: Context) {
  const organisation = found(await findOrganisation(context), 'organisation', context.organisation)
  const row = context.who.kind === 'person' ? await findPerson(context, context.who.id) : null
  const [self] = row ? await withRoles(context, [row]) : []
  return {
    person: { id: context.who.id, name: context.who.name, email: row?.email ?? '' },
    organisation: { id: organisation.id, name: organisation.name, timeZone: organisation.timeZone },
    roles: self?.roles ?? [],
    permissions: [...context.who.permissions],
    demo: organisation.demo,
  }
}

export async function listPeople(
  context: Context,
  input: { search?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await listPersonRows(context, { search: input.search, after: input.cursor, limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  return { rows: await withRoles(context, shown), nextCursor: rows.length > input.limit ? shown.at(-1)!.email : null }
}

async function placeRoles(context: Context, roles: Assignments): Promise<{ role: string; entity: number }[]> {
  const placed = []
  for (const [index, { role, entityKey }] of roles.entries()) {
    const entity = entityKey === null ? null : await findEntity(context, entityKey)
    if (entityKey !== null && entity === null)
      invalid(`roles.${index}.entityKey`, 'unknown', `There is no entity ${entityKey}.`)
    placed.push({ role, entity: entity?.number ?? 0 })
  }
  return placed
}

async function readPerson(context: Context, id: string): Promise<Person> {
  const [person] = await withRoles(context, [found(await findPerson(context, id), 'person', id)])
  return person!
}

export async function createPerson(
  signIn: SignIn,
  context: Context,
  input: { name: string; email: string; password: string; roles: Assignments },
): Promise<Person> {
  const conflict = conflictingDuties(input.roles.map((held) => held.role))
  if (conflict.length > 0) refuse(organisationRefusals, 'DUTIES_CONFLICT', { roles: conflict })
  const roles = await placeRoles(context, input.roles)
  const id = await signIn.createUser(input)
  if (id === null) return refuse(organisationRefusals, 'EMAIL_TAKEN', { email: input.email })
  await insertPerson(context, { id, name: input.name, email: input.email.toLowerCase() })
  await replaceRoles(context, id, roles)
  return readPerson(context, id)
}

/** An installation needs somebody who can still let others in. */
async function keepAnAdministrator(context: Context, leaving: string): Promise<void> {
  const administrators = await peopleWithRole(context, 'administrator')
  if (administrators.length === 1 && administrators[0]!.id === leaving)
    refuse(organisationRefusals, 'LAST_ADMINISTRATOR')
}

export async function setRoles(
  signIn: SignIn,
  context: Context,
  input: { id: string; roles: Assignments },
): Promise<Person> {
  found(await findPerson(context, input.id), 'person', input.id)
  if (input.id === context.who.id) refuse(organisationRefusals, 'OWN_ROLES')
  const names = input.roles.map((held) => held.role)
  const conflict = conflictingDuties(names)
  if (conflict.length > 0) refuse(organisationRefusals, 'DUTIES_CONFLICT', { roles: conflict })
  if (!names.includes('administrator')) await keepAnAdministrator(context, input.id)
  await replaceRoles(context, input.id, await placeRoles(context, input.roles))
  signIn.forget()
  return readPerson(context, input.id)
}

export async function setActive(
  signIn: SignIn,
  context: Context,
  input: { id: string; active: boolean },
): Promise<Person> {
  found(await findPerson(context, input.id), 'person', input.id)
  if (!input.active) {
    await keepAnAdministrator(context, input.id)
    await signIn.endSessions(input.id)
  }
  await setPersonActive(context, input.id, input.active)
  signIn.forget()
  return readPerson(context, input.id)
}

export async function readDecisionTable() {
  return roleNames.map((role) => ({ role, permissions: [...decisionTable[role]] }))
}

export async function listKeys(context: Context) {
  const rows = await keyRows(context)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    start: row.start,
    permissions: row.permissions as Permission[],
    createdAt: row.createdAt.toString(),
    expiresAt: row.expiresAt?.toString() ?? null,
  }))
}

const HOURS_PER_DAY = 24

export async function createKey(
  signIn: SignIn,
  context: Context,
  input: { name: string; permissions: Permission[]; expiresInDays: number | null },
) {
  const made = signIn.makeKey()
  const id = context.newId()
  const expiresAt =
    input.expiresInDays === null ? null : context.now.add({ hours: input.expiresInDays * HOURS_PER_DAY })
  await insertKey(context, {
    id,
    name: input.name,
    start: made.start,
    sha256: made.sha256,
    permissions: input.permissions,
    createdAt: context.now,
    createdBy: context.who.name,
    expiresAt,
  })
  return { id, key: made.key }
}

export async function revokeKey(signIn: SignIn, context: Context, input: { id: string }) {
  if (!(await revokeKeyRow(context, input.id))) found(null, 'key', input.id)
  signIn.forget()
  return {}
}

export async function listAudit(
  context: Context,
  input: { actor?: string | undefined; route?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await auditRows(context, {
    actor: input.actor,
    route: input.route,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.at.toString(), row.id))
  return {
    rows: shown.map((row) => ({
      id: row.id,
      at: row.at.toString(),
      actorName: row.actorName,
      actorId: row.actorId,
      method: row.method,
      path: row.path,
      route: row.routeName,
      status: row.status,
      problem: row.problemCode,
    })),
    nextCursor,
  }
}
