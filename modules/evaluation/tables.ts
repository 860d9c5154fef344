/** PostgreSQL schema `evaluation`: schemes and pointers to runs. The scores themselves are facts and stand in the measurements. */
import { index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { SchemeDraft } from './contract.ts'

export const schema = pgSchema('evaluation')

/** Every version of every scheme; the highest version scores. */
export const scheme = schema.table(
  'scheme',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<SchemeDraft>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id, table.version] })],
)

/** One calculation. Its scores are never edited; a later run of the same period takes its place. */
export const run = schema.table(
  'run',
  {
    organisationId: organisationId(),
    id: id(),
    scheme: text('scheme').notNull(),
    version: integer('version').notNull(),
    codeVersion: text('code_version').notNull(),
    fromPeriod: plainDay('from_period').notNull(),
    toPeriod: plainDay('to_period').notNull(),
    at: instant('at').notNull(),
    scoreCount: integer('score_count').notNull(),
  },
  (table) => [index('run_newest').on(table.organisationId, table.at.desc().nullsFirst(), table.id)],
)

/** Which run answers for a period of a scheme, with what all units have in common. */
export const standing = schema.table(
  'standing',
  {
    organisationId: organisationId(),
    scheme: text('scheme').notNull(),
    periodStart: plainDay('period_start').notNull(),
    run: uuid('run').notNull(),
    summary: jsonb('summary').$type<{ mean: number | null; overDispersion: number }>().notNull(),
    /** When late or corrected events last gave the same scheme other scores for the period; null: never. */
    revisedAt: instant('revised_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.scheme, table.periodStart] })],
)
