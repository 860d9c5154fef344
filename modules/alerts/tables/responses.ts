/** Response plans, responses that were started, drills. */
import { bigint, boolean, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Colour, Drill, DrillProgramme, ResponsePlanDraft } from '../contract.ts'
import { schema } from '../tables.ts'

/** Plans of the organisation, and its changes of the library's; the highest version counts. */
export const responsePlan = schema.table(
  'response_plan',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<ResponsePlanDraft>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id, table.version] })],
)

/** What became of one step; a step without an entry is open. */
export interface StepProgress {
  readonly at: string
  readonly by: string
  readonly skippedBecause: string | null
  readonly remark: string | null
}

export const response = schema.table(
  'response',
  {
    organisationId: organisationId(),
    id: id(),
    alertId: uuid('alert_id').notNull(),
    planId: text('plan_id').notNull(),
    planVersion: integer('plan_version').notNull(),
    /** As it was when it began: later versions change nothing that runs. */
    plan: jsonb('plan').$type<ResponsePlanDraft>().notNull(),
    drill: boolean('drill').notNull(),
    startedAt: instant('started_at').notNull(),
    startedBy: text('started_by').notNull(),
    endedAt: instant('ended_at'),
    progress: jsonb('progress').$type<Record<string, StepProgress>>().notNull(),
  },
  (table) => [
    uniqueIndex('response_running').on(table.organisationId, table.alertId).where(sql`${table.endedAt} is null`),
    index('response_plan_used').on(table.organisationId, table.planId, table.startedAt),
  ],
)

export const drillProgramme = schema.table(
  'drill_programme',
  {
    organisationId: organisationId(),
    programme: jsonb('programme').$type<DrillProgramme>().notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId] })],
)

/** A quarter whose drills were drawn: never twice, also where none fell. */
export const drillQuarter = schema.table(
  'drill_quarter',
  {
    organisationId: organisationId(),
    quarter: plainDay('quarter').notNull(),
    drawnAt: instant('drawn_at').notNull(),
    /** What the draw went by: with it and the seed anybody can draw again. */
    rule: jsonb('rule').$type<DrillProgramme>().notNull(),
    seed: text('seed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.quarter] })],
)

export const drill = schema.table(
  'drill',
  {
    organisationId: organisationId(),
    id: id(),
    quarter: plainDay('quarter').notNull(),
    startsAt: instant('starts_at').notNull(),
    planId: text('plan_id').notNull(),
    /** Number of the unit; 0: the organisation itself. */
    entity: bigint('entity', { mode: 'number' }).notNull(),
    colour: text('colour').$type<Colour>().notNull(),
    state: text('state').$type<Drill['state']>().notNull(),
    alertId: uuid('alert_id'),
    responseId: uuid('response_id'),
    /** Null where somebody began it by hand. */
    seed: text('seed'),
    /** Duties that came of it, in the order they were written down. */
    findings: jsonb('findings').$type<string[]>().notNull(),
  },
  (table) => [
    index('drill_quarter_days').on(table.organisationId, table.startsAt),
    index('drill_due').on(table.organisationId, table.startsAt).where(sql`${table.state} = 'drawn'`),
  ],
)
