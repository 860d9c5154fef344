/** Queries over preferences, teams, robots and swaps. */
import { and, asc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Preferences } from '../contract.ts'
import type { Override } from '../rules/rota.ts'
import { delivery } from '../tables.ts'
import { override, preference, robot, team } from '../tables/settings.ts'

export type TeamRow = typeof team.$inferSelect
export type RobotRow = typeof robot.$inferSelect

export async function preferencesOf(context: Context, people: readonly string[]): Promise<Map<string, Preferences>> {
  if (people.length === 0) return new Map()
  const rows = await context.records
    .select()
    .from(preference)
    .where(inArray(preference.personId, [...people]))
  return new Map(rows.map((row) => [row.personId, row.preferences]))
}
export async function setPreferences(context: Context, personId: string, preferences: Preferences): Promise<void> {
  await context.records
    .insert(preference)
    .values({ organisationId: context.organisation, personId, preferences })
    .onConflictDoUpdate({ target: [preference.organisationId, preference.personId], set: { preferences } })
}

export async function teamRows(context: Context): Promise<TeamRow[]> {
  return context.records.select().from(team).orderBy(asc(team.name), asc(team.id)).limit(500)
}
export async function findTeam(context: Context, id: string): Promise<TeamRow | null> {
  const [row] = await context.records.select().from(team).where(eq(team.id, id))
  return row ?? null
}
export async function findTeamNamed(context: Context, name: string): Promise<TeamRow | null> {
  const [row] = await context.records
    .select()
    .from(team)
    .where(eq(sql`lower(${team.name})`, name.toLowerCase()))
  return row ?? null
}
export async function insertTeam(context: Context, row: Omit<TeamRow, 'organisationId'>): Promise<void> {
  await context.records.insert(team).values({ ...row, organisationId: context.organisation })
}
export async function setTeam(
  context: Context,
  id: string,
  change: Partial<Pick<TeamRow, 'name' | 'members' | 'preferences' | 'rota'>>,
): Promise<void> {
  await context.records.update(team).set(change).where(eq(team.id, id))
}
/** With its robots and swaps; the log of messages stays. */
export async function removeTeam(context: Context, id: string): Promise<void> {
  await context.records.delete(robot).where(eq(robot.teamId, id))
  await context.records.delete(override).where(eq(override.teamId, id))
  await context.records.delete(team).where(eq(team.id, id))
}

export async function robotRows(context: Context, teamId?: string): Promise<RobotRow[]> {
  return context.records
    .select()
    .from(robot)
    .where(teamId === undefined ? undefined : eq(robot.teamId, teamId))
    .orderBy(asc(robot.createdAt), asc(robot.id))
}
export async function findRobot(context: Context, id: string): Promise<RobotRow | null> {
  const [row] = await context.records.select().from(robot).where(eq(robot.id, id))
  return row ?? null
}
export async function insertRobot(context: Context, row: Omit<RobotRow, 'organisationId'>): Promise<RobotRow> {
  const [written] = await context.records
    .insert(robot)
    .values({ ...row, organisationId: context.organisation })
    .returning()
  return written!
}
export async function setRobot(
  context: Context,
  id: string,
  change: Partial<Omit<RobotRow, 'organisationId' | 'id' | 'teamId'>>,
): Promise<void> {
  await context.records.update(robot).set(change).where(eq(robot.id, id))
}
export async function removeRobot(context: Context, id: string): Promise<void> {
  await context.records.delete(robot).where(eq(robot.id, id))
}

export interface RobotNumbers {
  readonly waiting: number
  readonly failed: number
  readonly lastSentAt: Temporal.Instant | null
}
/** By the id of the robot. */
export async function robotNumbers(context: Context, ids: readonly string[]): Promise<Map<string, RobotNumbers>> {
  if (ids.length === 0) return new Map()
  const rows = await context.records
    .select({
      target: delivery.target,
      waiting: sql<number>`count(*) filter (where ${delivery.state} = 'waiting')::int`,
      failed: sql<number>`count(*) filter (where ${delivery.state} = 'failed')::int`,
      lastSentAt: max(delivery.sentAt),
    })
    .from(delivery)
    .where(inArray(delivery.target, [...ids]))
    .groupBy(delivery.target)
  return new Map(rows.map(({ target, ...numbers }) => [target, numbers]))
}

/** Those of a team, or of all, that end after an instant, in the order they were entered. */
export async function overrideRows(
  context: Context,
  after: Temporal.Instant,
  teamId?: string,
): Promise<(Override & { teamId: string })[]> {
  return context.records
    .select({
      id: override.id,
      teamId: override.teamId,
      from: override.from,
      until: override.until,
      personId: override.personId,
      because: override.because,
    })
    .from(override)
    .where(and(gt(override.until, after), teamId === undefined ? undefined : eq(override.teamId, teamId)))
    .orderBy(asc(override.createdAt), asc(override.id))
    .limit(2000)
}
export async function insertOverride(
  context: Context,
  row: Omit<typeof override.$inferInsert, 'organisationId' | 'createdAt' | 'createdBy'>,
): Promise<void> {
  await context.records.insert(override).values({
    ...row,
    organisationId: context.organisation,
    createdAt: context.now,
    createdBy: context.who.id,
  })
}
export async function findOverride(context: Context, id: string): Promise<typeof override.$inferSelect | null> {
  const [row] = await context.records.select().from(override).where(eq(override.id, id))
  return row ?? null
}
export async function removeOverride(context: Context, id: string): Promise<void> {
  await context.records.delete(override).where(eq(override.id, id))
}
