/** PostgreSQL schema `plans`. */
import { bigint, index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { PlanDraft, PlanOutcome, PlanState } from './contract.ts'

export const schema = pgSchema('plans')

/** What a plan says; its tasks stand in a table of their own because people look for theirs across plans. */
export type PlanContent = Omit<PlanDraft, 'tasks'>

export const plan = schema.table(
  'plan',
  {
    organisationId: organisationId(),
    id: id(),
    revision: integer('revision').notNull(),
    state: text('state').$type<PlanState>().notNull(),
    outcome: text('outcome').$type<PlanOutcome>(),
    content: jsonb('content').$type<PlanContent>().notNull(),
    /** What was approved last, with its tasks: a change that is given up or rejected falls back to it. */
    approved: jsonb('approved').$type<PlanDraft>(),
    approvedRevision: integer('approved_revision'),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    alertId: uuid('alert_id'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('plan_newest').on(table.organisationId, table.createdAt.desc().nullsFirst(), table.id),
    index('plan_state').on(table.organisationId, table.state),
    index('plan_entity').on(table.organisationId, table.entity),
  ],
)

export const task = schema.table(
  'task',
  {
    organisationId: organisationId(),
    planId: uuid('plan_id')
      .notNull()
      .references(() => plan.id),
    id: uuid('id').notNull(),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    ownerId: text('owner_id').notNull(),
    startsOn: plainDay('starts_on'),
    dueOn: plainDay('due_on').notNull(),
    state: text('state').$type<'open' | 'doing' | 'done'>().notNull(),
    remark: text('remark').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.id] }),
    index('task_owner').on(table.organisationId, table.ownerId, table.dueOn),
  ],
)

export const step = schema.table(
  'step',
  {
    organisationId: organisationId(),
    id: id(),
    planId: uuid('plan_id')
      .notNull()
      .references(() => plan.id),
    at: instant('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    role: text('role').notNull(),
    what: text('what').notNull(),
    remark: text('remark').notNull().default(''),
    revision: integer('revision').notNull(),
  },
  (table) => [index('step_plan').on(table.planId, table.at)],
)
