/** Tables of the floor that every request may touch: remembered answers and the audit trail. */
import { index, integer, jsonb, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from './columns.ts'

/** The PostgreSQL schema of the floor itself. */
export const platformSchema = pgSchema('platform')

/** The answer first given for an `Idempotency-Key`, so that the same request sent twice has one effect. */
export const idempotency = platformSchema.table(
  'idempotency',
  {
    organisationId: organisationId(),
    actorId: text('actor_id').notNull(),
    key: text('key').notNull(),
    requestSha256: text('request_sha256').notNull(),
    status: integer('status').notNull(),
    response: jsonb('response'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.actorId, table.key] }),
    index('idempotency_created_at').on(table.createdAt),
  ],
)

/** Who did what, when, with which outcome. Rows are only ever added. */
export const auditEntry = platformSchema.table(
  'audit_entry',
  {
    id: id(),
    organisationId: organisationId(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    routeName: text('route_name').notNull(),
    outcome: text('outcome').notNull(),
    status: integer('status').notNull(),
    problemCode: text('problem_code'),
    durationMilliseconds: integer('duration_ms').notNull(),
    requestId: text('request_id').notNull(),
    object: jsonb('object'),
  },
  (table) => [
    // Newest first with an index PostgreSQL can use for `order by at desc` (which means nulls first).
    index('audit_entry_newest').on(table.organisationId, table.at.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
)
