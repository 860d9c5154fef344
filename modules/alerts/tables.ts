/** PostgreSQL schema `alerts`. */
import { bigint, index, integer, jsonb, pgSchema, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Alert, Colour, DutyPolicy, Reading, RuleDraft } from './contract.ts'

export const schema = pgSchema('alerts')

/** Every version of every rule; the highest version judges. */
export const rule = schema.table(
  'rule',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<RuleDraft>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id, table.version] })],
)

/** Up to which period a rule has judged; late data sets it back. */
export const ruleProgress = schema.table(
  'rule_progress',
  {
    organisationId: organisationId(),
    ruleId: text('rule_id').notNull(),
    evaluatedTo: plainDay('evaluated_to'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.ruleId] })],
)

export const alert = schema.table(
  'alert',
  {
    organisationId: organisationId(),
    id: id(),
    ruleId: text('rule_id').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    indicator: text('indicator').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    colour: text('colour').$type<Colour>().notNull(),
    /** 1 red, 2 orange, 3 yellow: the order of the desk. */
    rank: integer('rank').notNull(),
    state: text('state').$type<Alert['state']>().notNull(),
    readings: jsonb('readings').$type<Reading[]>().notNull(),
    duty: jsonb('duty').$type<Alert['duty']>().notNull(),
    raisedAt: instant('raised_at').notNull(),
    dueAt: instant('due_at').notNull(),
    ownerId: text('owner_id'),
    planId: uuid('plan_id'),
    closedAt: instant('closed_at'),
    closedBecause: text('closed_because').$type<NonNullable<Alert['closedBecause']>>(),
    history: jsonb('history').$type<Alert['history']>().notNull(),
  },
  (table) => [
    index('alert_desk').on(table.organisationId, table.rank, table.dueAt, table.id),
    // One live alert for a rule and an entity: more of the same makes it worse, not more.
    uniqueIndex('alert_live')
      .on(table.organisationId, table.ruleId, table.entity)
      .where(sql`${table.state} <> 'closed'`),
    index('alert_entity').on(table.organisationId, table.entity),
  ],
)

export const dutyPolicy = schema.table(
  'duty_policy',
  {
    organisationId: organisationId(),
    policy: jsonb('policy').$type<DutyPolicy>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId] })],
)
