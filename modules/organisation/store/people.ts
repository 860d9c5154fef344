/** Queries over people, their roles, keys and the organisation itself. */
import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { auditEntry } from '#platform/records/tables'
import type { Person, RoleName } from '../contract.ts'
import { apiKey, entity, organisation, person, roleAssignment } from '../tables.ts'

export async function findOrganisation(context: Context) {
  const [row] = await context.records.select().from(organisation).where(eq(organisation.id, context.organisation))
  return row ?? null
}

type PersonRow = typeof person.$inferSelect

export async function findPerson(context: Context, id: string): Promise<PersonRow | null> {
  const [row] = await context.records.select().from(person).where(eq(person.id, id))
  return row ?? null
}

export async function peopleById(context: Context, ids: readonly string[]): Promise<PersonRow[]> {
  if (ids.length === 0) return []
  return context.records
    .select()
    .from(person)
    .where(inArray(person.id, [...ids]))
}

export async function peopleWithRole(context: Context, role: string): Promise<{ id: string; name: string }[]> {
  return context.records
    .select({ id: person.id, name: person.name })
    .from(person)
    .innerJoin(roleAssignment, eq(roleAssignment.personId, person.id))
    .where(and(eq(roleAssignment.role, role), eq(person.active, true)))
    .orderBy(person.name)
}

export async function listPersonRows(
  context: Context,
  filter: { search?: string | undefined; after?: string | undefined; limit: number },
): Promise<PersonRow[]> {
  const pattern = filter.search ? `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  return context.records
    .select()
    .from(person)
    .where(
      and(
        pattern === null
          ? undefined
          : sql`(lower(${person.name}) like ${pattern} or lower(${person.email}) like ${pattern})`,
        filter.after === undefined ? undefined : gt(person.email, filter.after),
      ),
    )
    .orderBy(asc(person.email))
    .limit(filter.limit)
}

/** People with their roles, in the order given. */
export async function withRoles(context: Context, rows: readonly PersonRow[]): Promise<Person[]> {
  const roles =
    rows.length === 0
      ? []
      : await context.records
          .select({ personId: roleAssignment.personId, role: roleAssignment.role, entityKey: entity.key })
          .from(roleAssignment)
          .leftJoin(entity, eq(entity.number, roleAssignment.entity))
          .where(
            inArray(
              roleAssignment.personId,
              rows.map((row) => row.id),
            ),
          )
          .orderBy(roleAssignment.role)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    active: row.active,
    roles: roles
      .filter((held) => held.personId === row.id)
      .map((held) => ({ role: held.role as RoleName, entityKey: held.entityKey })),
  }))
}

/** Roles of one person, each with the number of its node; 0 is the whole organisation. */
export async function rolesOfPerson(context: Context, id: string): Promise<{ role: string; entity: number }[]> {
  return context.records
    .select({ role: roleAssignment.role, entity: roleAssignment.entity })
    .from(roleAssignment)
    .where(eq(roleAssignment.personId, id))
    .orderBy(roleAssignment.role, roleAssignment.entity)
}

/** Active people who hold any of these roles, each time with the node; 0 is the whole organisation. In a stable order. */
export async function roleHolders(
  context: Context,
  roles: readonly string[],
): Promise<{ role: string; entity: number; id: string; name: string }[]> {
  if (roles.length === 0) return []
  return context.records
    .select({ role: roleAssignment.role, entity: roleAssignment.entity, id: person.id, name: person.name })
    .from(roleAssignment)
    .innerJoin(person, eq(person.id, roleAssignment.personId))
    .where(and(inArray(roleAssignment.role, [...roles]), eq(person.active, true)))
    .orderBy(roleAssignment.role, roleAssignment.entity, person.name, person.id)
}

export async function insertPerson(context: Context, row: { id: string; name: string; email: string }): Promise<void> {
  await context.records
    .insert(person)
    .values({ ...row, organisationId: context.organisation, active: true, createdAt: context.now })
}

export async function replaceRoles(
  context: Context,
  personId: string,
  roles: readonly { role: string; entity: number }[],
): Promise<void> {
  await context.records.delete(roleAssignment).where(eq(roleAssignment.personId, personId))
  if (roles.length === 0) return
  await context.records
    .insert(roleAssignment)
    .values(roles.map((held) => ({ ...held, organisationId: context.organisation, personId })))
    .onConflictDoNothing()
}

export async function setPersonActive(context: Context, id: string, active: boolean): Promise<void> {
  await context.records.update(person).set({ active }).where(eq(person.id, id))
}

export async function keyRows(context: Context) {
  return context.records.select().from(apiKey).where(isNull(apiKey.revokedAt)).orderBy(desc(apiKey.createdAt))
}
export async function insertKey(
  context: Context,
  row: Omit<typeof apiKey.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(apiKey).values({ ...row, organisationId: context.organisation })
}
export async function revokeKeyRow(context: Context, id: string): Promise<boolean> {
  const ended = await context.records
    .update(apiKey)
    .set({ revokedAt: context.now })
    .where(eq(apiKey.id, id))
    .returning({ id: apiKey.id })
  return ended.length > 0
}

export async function auditRows(
  context: Context,
  filter: {
    actor?: string | undefined
    route?: string | undefined
    before?: { at: Temporal.Instant; id: string } | undefined
    limit: number
  },
) {
  const { before } = filter
  return context.records
    .select()
    .from(auditEntry)
    .where(
      and(
        filter.actor ? or(eq(auditEntry.actorId, filter.actor), eq(auditEntry.actorName, filter.actor)) : undefined,
        filter.route ? eq(auditEntry.routeName, filter.route) : undefined,
        before
          ? or(lt(auditEntry.at, before.at), and(eq(auditEntry.at, before.at), lt(auditEntry.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(auditEntry.at), desc(auditEntry.id))
    .limit(filter.limit)
}
