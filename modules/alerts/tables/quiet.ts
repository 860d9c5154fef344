/** When alerts stay silent. */
import { index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '#platform/records/columns'
import type { InhibitionDraft, Matcher, QuietDraft } from '../contract.ts'
import { schema } from '../tables.ts'

export const quiet = schema.table(
  'quiet',
  {
    organisationId: organisationId(),
    id: id(),
    kind: text('kind').$type<QuietDraft['kind']>().notNull(),
    match: jsonb('match').$type<Matcher>().notNull(),
    from: instant('from').notNull(),
    until: instant('until').notNull(),
    repeatsEveryDays: integer('repeats_every_days'),
    reason: text('reason').notNull(),
    liftedAt: instant('lifted_at'),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [index('quiet_from').on(table.organisationId, table.from)],
)

export const inhibition = schema.table(
  'inhibition',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    draft: jsonb('draft').$type<InhibitionDraft>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)
