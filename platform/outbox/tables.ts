/** News written in the same transaction as the change it tells, and the record of who has acted on it. */
import { index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '../records/columns.ts'
import { platformSchema } from '../records/tables.ts'

/** Who announced: enough to tell a person later, nothing that could be used to act. */
export interface AnnouncedBy {
  readonly kind: string
  readonly id: string
  readonly name: string
}

export const outboxEvent = platformSchema.table(
  'outbox_event',
  {
    id: id(),
    organisationId: organisationId(),
    name: text('name').notNull(),
    payload: jsonb('payload').notNull(),
    announcedAt: instant('announced_at').notNull(),
    by: jsonb('by').$type<AnnouncedBy>().notNull(),
  },
  (table) => [index('outbox_event_newest').on(table.organisationId, table.announcedAt.desc().nullsFirst())],
)

/** One row per event and listener, written in the transaction of the effect: its key makes the effect happen once. */
export const delivery = platformSchema.table(
  'delivery',
  {
    eventId: uuid('event_id').notNull(),
    listener: text('listener').notNull(),
    organisationId: organisationId(),
    deliveredAt: instant('delivered_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.listener] })],
)
