/** What people judged: one row for each person, unit, item and period. */
import { doublePrecision, index, primaryKey, text } from 'drizzle-orm/pg-core'
import { bigint } from 'drizzle-orm/pg-core'
import { instant, organisationId, plainDay } from '#platform/records/columns'
import type { RaterKind, SchemeDraft } from '../contract/scheme.ts'
import { schema } from '../tables.ts'

export const assessment = schema.table(
  'assessment',
  {
    organisationId: organisationId(),
    scheme: text('scheme').notNull(),
    item: text('item').notNull(),
    grain: text('grain').$type<SchemeDraft['grains'][number]>().notNull(),
    periodStart: plainDay('period_start').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    /** As whom the person judged. */
    rater: text('rater').$type<RaterKind>().notNull(),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    /** On the item's scale. */
    value: doublePrecision('value').notNull(),
    remark: text('remark').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.organisationId,
        table.scheme,
        table.item,
        table.grain,
        table.periodStart,
        table.entity,
        table.rater,
        table.personId,
      ],
    }),
    index('assessment_period').on(table.organisationId, table.scheme, table.grain, table.periodStart),
  ],
)
