/** Every query of `reports`. */
import { and, arrayOverlaps, desc, eq, getTableColumns, isNull, lt, ne, or } from 'drizzle-orm'
import type { RoleName } from '#organisation/contract'
import type { Context } from '#platform/context'
import type { TimePlace } from '#platform/paging'
import { isUuid } from '#platform/records/columns'
import type { DashboardDraft } from '../contract.ts'
import { chosenDashboard, dashboard, dashboardVersion, defaultDashboard } from '../tables.ts'

export type DashboardRow = typeof dashboard.$inferSelect
export type VersionRow = typeof dashboardVersion.$inferSelect
export interface FoundDashboard {
  readonly row: DashboardRow
  readonly newest: VersionRow
}

const newestOf = and(eq(dashboardVersion.dashboard, dashboard.id), eq(dashboardVersion.version, dashboard.version))

export async function findDashboard(context: Context, id: string): Promise<FoundDashboard | null> {
  if (!isUuid(id)) return null
  const [found] = await context.records
    .select({ row: getTableColumns(dashboard), newest: getTableColumns(dashboardVersion) })
    .from(dashboard)
    .innerJoin(dashboardVersion, newestOf)
    .where(eq(dashboard.id, id))
  return found ?? null
}

/** Holds the dashboard until the transaction ends: of two who save at once, the second is told. */
export async function lockDashboard(context: Context, id: string): Promise<void> {
  if (isUuid(id)) await context.records.select().from(dashboard).where(eq(dashboard.id, id)).for('update')
}

export async function listDashboardRows(
  context: Context,
  filter: {
    viewer: { id: string; roles: readonly string[]; allShared: boolean }
    kind?: DashboardDraft['kind'] | undefined
    before?: TimePlace | undefined
    limit: number
  },
): Promise<FoundDashboard[]> {
  const { viewer, kind, before } = filter
  const roles = viewer.roles as RoleName[]
  return context.records
    .select({ row: getTableColumns(dashboard), newest: getTableColumns(dashboardVersion) })
    .from(dashboard)
    .innerJoin(dashboardVersion, newestOf)
    .where(
      and(
        isNull(dashboard.deletedAt),
        kind ? eq(dashboard.kind, kind) : undefined,
        or(
          eq(dashboard.ownerId, viewer.id),
          viewer.allShared ? ne(dashboard.sharedWith, 'nobody') : eq(dashboard.sharedWith, 'everyone'),
          roles.length > 0
            ? and(eq(dashboard.sharedWith, 'roles'), arrayOverlaps(dashboard.sharedRoles, roles))
            : undefined,
        ),
        before
          ? or(lt(dashboard.createdAt, before.at), and(eq(dashboard.createdAt, before.at), lt(dashboard.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(dashboard.createdAt), desc(dashboard.id))
    .limit(filter.limit)
}

export async function insertDashboard(
  context: Context,
  row: Omit<typeof dashboard.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(dashboard).values({ ...row, organisationId: context.organisation })
}
export async function updateDashboard(
  context: Context,
  id: string,
  change: Partial<typeof dashboard.$inferInsert>,
): Promise<void> {
  await context.records.update(dashboard).set(change).where(eq(dashboard.id, id))
}

export async function insertVersion(
  context: Context,
  row: { dashboard: string; version: number; draft: DashboardDraft; tileCount: number; restoredFrom: number | null },
): Promise<void> {
  await context.records.insert(dashboardVersion).values({
    ...row,
    organisationId: context.organisation,
    savedAt: context.now,
    savedBy: context.who.name,
  })
}
export async function findVersion(context: Context, id: string, version: number): Promise<VersionRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records
    .select()
    .from(dashboardVersion)
    .where(and(eq(dashboardVersion.dashboard, id), eq(dashboardVersion.version, version)))
  return row ?? null
}
export async function versionRows(
  context: Context,
  id: string,
  page: { before?: number | undefined; limit: number },
): Promise<VersionRow[]> {
  return context.records
    .select()
    .from(dashboardVersion)
    .where(
      and(
        eq(dashboardVersion.dashboard, id),
        page.before === undefined ? undefined : lt(dashboardVersion.version, page.before),
      ),
    )
    .orderBy(desc(dashboardVersion.version))
    .limit(page.limit)
}

/** Defaults whose dashboard still stands. */
export async function defaultRows(context: Context) {
  return context.records
    .select({
      role: defaultDashboard.role,
      id: defaultDashboard.dashboard,
      setAt: defaultDashboard.setAt,
      setBy: defaultDashboard.setBy,
      draft: dashboardVersion.draft,
    })
    .from(defaultDashboard)
    .innerJoin(dashboard, and(eq(dashboard.id, defaultDashboard.dashboard), isNull(dashboard.deletedAt)))
    .innerJoin(dashboardVersion, newestOf)
    .orderBy(defaultDashboard.role)
}
export async function putDefault(context: Context, role: RoleName, id: string | null): Promise<void> {
  if (id === null) {
    await context.records.delete(defaultDashboard).where(eq(defaultDashboard.role, role))
    return
  }
  const value = { dashboard: id, setAt: context.now, setBy: context.who.name }
  await context.records
    .insert(defaultDashboard)
    .values({ ...value, role, organisationId: context.organisation })
    .onConflictDoUpdate({ target: [defaultDashboard.organisationId, defaultDashboard.role], set: value })
}

export async function findChosen(context: Context): Promise<string | null> {
  const [row] = await context.records.select().from(chosenDashboard).where(eq(chosenDashboard.person, context.who.id))
  return row?.dashboard ?? null
}
export async function putChosen(context: Context, id: string | null): Promise<void> {
  if (id === null) {
    await context.records.delete(chosenDashboard).where(eq(chosenDashboard.person, context.who.id))
    return
  }
  await context.records
    .insert(chosenDashboard)
    .values({ organisationId: context.organisation, person: context.who.id, dashboard: id })
    .onConflictDoUpdate({ target: [chosenDashboard.organisationId, chosenDashboard.person], set: { dashboard: id } })
}
