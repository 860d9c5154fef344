/** PostgreSQL schema `reports`: dashboards, every version of them, and what people begin with. */
import { index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '#platform/records/columns'
import type { RoleName } from '#organisation/contract'
import type { DashboardDraft, Sharing } from './contract.ts'

export const schema = pgSchema('reports')

export const dashboard = schema.table(
  'dashboard',
  {
    organisationId: organisationId(),
    id: id(),
    kind: text('kind').$type<DashboardDraft['kind']>().notNull(),
    ownerId: text('owner_id').notNull(),
    ownerName: text('owner_name').notNull(),
    sharedWith: text('shared_with').$type<Sharing['with']>().notNull(),
    sharedRoles: text('shared_roles').array().$type<RoleName[]>().notNull(),
    /** The newest version; a save names the one it changed. */
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [index('dashboard_newest').on(table.organisationId, table.createdAt.desc().nullsFirst(), table.id)],
)

/** What a version says never changes; bringing one back writes it anew. */
export const dashboardVersion = schema.table(
  'dashboard_version',
  {
    organisationId: organisationId(),
    dashboard: uuid('dashboard')
      .notNull()
      .references(() => dashboard.id),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<DashboardDraft>().notNull(),
    tileCount: integer('tile_count').notNull(),
    restoredFrom: integer('restored_from'),
    savedAt: instant('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.dashboard, table.version] })],
)

/** What the people of a role begin with. */
export const defaultDashboard = schema.table(
  'default_dashboard',
  {
    organisationId: organisationId(),
    role: text('role').$type<RoleName>().notNull(),
    dashboard: uuid('dashboard')
      .notNull()
      .references(() => dashboard.id),
    setAt: instant('set_at').notNull(),
    setBy: text('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.role] })],
)

/** What one person chose to begin with. */
export const chosenDashboard = schema.table(
  'chosen_dashboard',
  {
    organisationId: organisationId(),
    person: text('person').notNull(),
    dashboard: uuid('dashboard')
      .notNull()
      .references(() => dashboard.id),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.person] })],
)
