/** Past incidents people labelled: what warnings are held against. */
import { bigint, boolean, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Incident } from '../contract.ts'
import { schema } from '../tables.ts'

export const incident = schema.table(
  'incident',
  {
    organisationId: organisationId(),
    id: id(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    from: plainDay('from').notNull(),
    until: plainDay('until').notNull(),
    title: text('title').notNull(),
    ruleId: text('rule_id'),
    source: text('source').$type<Incident['source']>().notNull(),
    /** The alert it was labelled from. */
    alertId: uuid('alert_id'),
    /** Nothing was the matter: the alert was a false alarm. */
    nothing: boolean('nothing').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    index('incident_from').on(table.organisationId, table.from, table.id),
    uniqueIndex('incident_alert').on(table.organisationId, table.alertId).where(sql`${table.alertId} is not null`),
  ],
)
