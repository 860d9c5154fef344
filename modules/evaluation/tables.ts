/** PostgreSQL schema `evaluation`: schemes and pointers to runs. The scores themselves are facts and stand in the measurements. */
import { boolean, doublePrecision, index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Adoption, SchemeDraft } from './contract/scheme.ts'
import type { RankingSummary } from './contract/scores.ts'
import type { PeriodBasis } from './rules/composing/readings.ts'
import type { RankReach } from './rules/standing/rank-reach.ts'

export const schema = pgSchema('evaluation')

/** Every version of every scheme. A proposal judges nothing; an adopted version judges from its day on. Drafts never change. */
export const scheme = schema.table(
  'scheme',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<SchemeDraft>().notNull(),
    adoption: jsonb('adoption').$type<Adoption>(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    adoptedAt: instant('adopted_at'),
    adoptedBy: text('adopted_by'),
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
    kind: text('kind').$type<'periodic' | 'live' | 'replay' | 'correction'>().notNull(),
    grain: text('grain').$type<SchemeDraft['grains'][number]>().notNull(),
    codeVersion: text('code_version').notNull(),
    /** Chance of the drawn ranks: with it anybody draws the same. */
    seed: doublePrecision('seed').notNull(),
    fromPeriod: plainDay('from_period').notNull(),
    toPeriod: plainDay('to_period').notNull(),
    at: instant('at').notNull(),
    scoreCount: integer('score_count').notNull(),
  },
  (table) => [index('run_newest').on(table.organisationId, table.at.desc().nullsFirst(), table.id)],
)

/** What all units of one period of a run have in common. */
export const runPeriod = schema.table(
  'run_period',
  {
    organisationId: organisationId(),
    run: uuid('run').notNull(),
    periodStart: plainDay('period_start').notNull(),
    complete: boolean('complete').notNull(),
    summary: jsonb('summary').$type<RankingSummary>().notNull(),
    /** Versions of the indicators that judged the period, by id. */
    indicators: jsonb('indicators').$type<Record<string, number>>().notNull(),
    /** What calculating the same again needs beside what is kept with each unit; null for very many units. */
    basis: jsonb('basis').$type<PeriodBasis>(),
    /** Of very many units: what the ranges of their ranks follow from. */
    reach: jsonb('reach').$type<RankReach>(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.run, table.periodStart] })],
)

/** Which run answers for a period of a scheme. `track`: the version in force, or the one that goes on beside it for a while. */
export const standing = schema.table(
  'standing',
  {
    organisationId: organisationId(),
    scheme: text('scheme').notNull(),
    grain: text('grain').$type<SchemeDraft['grains'][number]>().notNull(),
    periodStart: plainDay('period_start').notNull(),
    track: text('track').$type<'main' | 'overlap'>().notNull(),
    run: uuid('run').notNull(),
    /** When it was last calculated, for live scores that wait for their turn. */
    calculatedAt: instant('calculated_at').notNull(),
    /** Events came since; a live score is calculated again soon. */
    stale: boolean('stale').notNull().default(false),
    /** When late or corrected events last gave the same scheme other scores for the period; null: never. */
    revisedAt: instant('revised_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.scheme, table.grain, table.periodStart, table.track] }),
  ],
)
