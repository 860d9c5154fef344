/** Schema `measurement`: how small groups are protected. */
import { integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, organisationId } from '#platform/records/columns'
import { schema } from '../tables.ts'

/** One row for an organisation that set it. */
export const protectionSetting = schema.table(
  'protection_setting',
  {
    organisationId: organisationId(),
    smallestGroup: integer('smallest_group').notNull(),
    smallestStaffGroup: integer('smallest_staff_group').notNull(),
    staffKinds: jsonb('staff_kinds').$type<string[]>().notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId] })],
)
