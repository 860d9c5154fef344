/** PostgreSQL schema `alerts`: rules and their signals, alerts and duties. The rest stands in `tables/`. */
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Alert, ClosingReason, Colour, Duty, DutyPolicy, Reading, RuleDraft, SignalState } from './contract.ts'

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

/** Up to which period a rule has judged (late data set it back), and how its last evaluation went. */
export const ruleProgress = schema.table(
  'rule_progress',
  {
    organisationId: organisationId(),
    ruleId: text('rule_id').notNull(),
    evaluatedTo: plainDay('evaluated_to'),
    lastRunAt: instant('last_run_at'),
    lastMilliseconds: integer('last_milliseconds'),
    missed: integer('missed').notNull().default(0),
    problem: jsonb('problem').$type<{ code: string; message: string }>(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.ruleId] })],
)

/** Signals that are not normal; whoever has no row is. */
export const signal = schema.table(
  'signal',
  {
    organisationId: organisationId(),
    ruleId: text('rule_id').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    state: text('state').$type<SignalState>().notNull(),
    streak: integer('streak').notNull(),
    severity: integer('severity').notNull(),
    /** The last period that moved it. */
    periodStart: plainDay('period_start').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.ruleId, table.entity] })],
)

export const alert = schema.table(
  'alert',
  {
    organisationId: organisationId(),
    id: id(),
    ruleId: text('rule_id').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    indicator: text('indicator'),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    /** Units whose signals became this one, by number. */
    members: jsonb('members').$type<{ entity: number; colour: Colour | null }[]>().notNull(),
    colour: text('colour').$type<Colour>().notNull(),
    /** 1 red, 2 orange, 3 yellow: the order of the desk. */
    rank: integer('rank').notNull(),
    state: text('state').$type<Alert['state']>().notNull(),
    signal: text('signal').$type<SignalState>().notNull(),
    readings: jsonb('readings').$type<Reading[]>().notNull(),
    revised: boolean('revised').notNull().default(false),
    muted: text('muted').$type<NonNullable<Alert['muted']>>(),
    drill: boolean('drill').notNull().default(false),
    duty: jsonb('duty').$type<Alert['duty']>().notNull(),
    raisedAt: instant('raised_at').notNull(),
    /** Of the next duty that is open; of the last one when all are done. */
    dueAt: instant('due_at').notNull(),
    /** Duties still open. */
    owed: integer('owed').notNull(),
    ownerId: text('owner_id'),
    answeredAt: instant('answered_at'),
    planId: uuid('plan_id'),
    closedAt: instant('closed_at'),
    closedBecause: text('closed_because').$type<ClosingReason>(),
    history: jsonb('history').$type<Alert['history']>().notNull(),
  },
  (table) => [
    index('alert_desk').on(table.organisationId, table.rank, table.dueAt, table.id),
    // One live alert for a rule and an entity: more of the same makes it worse, not more.
    uniqueIndex('alert_live')
      .on(table.organisationId, table.ruleId, table.entity)
      .where(sql`${table.state} <> 'closed' and not ${table.drill}`),
    index('alert_entity').on(table.organisationId, table.entity, table.raisedAt),
    index('alert_rule').on(table.organisationId, table.ruleId, table.raisedAt),
  ],
)

/** What somebody owes because of an alert. */
export const duty = schema.table(
  'duty',
  {
    organisationId: organisationId(),
    id: id(),
    alertId: uuid('alert_id').notNull(),
    kind: text('kind').$type<Duty['kind']>().notNull(),
    /** Of the policy; a report that comes again has the same one. */
    name: text('name').notNull(),
    title: jsonb('title').$type<Duty['title']>().notNull(),
    role: text('role').notNull(),
    ownerId: text('owner_id'),
    dueAt: instant('due_at').notNull(),
    everyHours: integer('every_hours'),
    escalations: integer('escalations').notNull().default(0),
    /** When it is told one step further up; null: never. */
    escalateAt: instant('escalate_at'),
    doneAt: instant('done_at'),
    doneBy: text('done_by'),
    remark: text('remark'),
  },
  (table) => [
    index('duty_alert').on(table.organisationId, table.alertId),
    index('duty_due').on(table.organisationId, table.dueAt).where(sql`${table.doneAt} is null`),
    index('duty_escalate').on(table.organisationId, table.escalateAt).where(sql`${table.doneAt} is null`),
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
