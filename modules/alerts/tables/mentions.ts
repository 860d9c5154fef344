/** Words that rules found in texts; the texts themselves are not kept. */
import { bigint, index, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, organisationId } from '#platform/records/columns'
import { schema } from '../tables.ts'

/** Texts that were read, by their sender's id: the same one is read once. */
export const watchedText = schema.table(
  'watched_text',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index('watched_text_at').on(table.organisationId, table.at),
  ],
)

export const mention = schema.table(
  'mention',
  {
    organisationId: organisationId(),
    ruleId: text('rule_id').notNull(),
    textId: text('text_id').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    /** The phrase as the rule has it, and some words around it as they were written. */
    phrase: text('phrase').notNull(),
    excerpt: text('excerpt').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.ruleId, table.textId] }),
    index('mention_rule').on(table.organisationId, table.ruleId, table.at),
  ],
)
