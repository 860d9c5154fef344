/** PostgreSQL schema `verification`. */
import { index, integer, jsonb, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Design, Proof, Verdict, Waiver, Watch } from './contract.ts'

export const schema = pgSchema('verification')

/** What was frozen, without what names and states are looked up. */
export type FrozenDesign = Omit<Design, 'id' | 'planTitle' | 'entity' | 'state' | 'sha256'> & {
  readonly entityKey: string
}

/** What a comparison unit did, kept with the verdict; its name is looked up. */
export type ComparisonSeries = Omit<Proof['comparison'][number], 'name'>

export const design = schema.table(
  'design',
  {
    organisationId: organisationId(),
    id: id(),
    planId: uuid('plan_id').notNull(),
    planRevision: integer('plan_revision').notNull(),
    planTitle: text('plan_title').notNull(),
    planKind: text('plan_kind').notNull(),
    frozen: jsonb('frozen').$type<FrozenDesign>().notNull(),
    sha256: text('sha256').notNull(),
    endsOn: plainDay('ends_on').notNull(),
    state: text('state').$type<Design['state']>().notNull(),
    frozenAt: instant('frozen_at').notNull(),
    verdict: jsonb('verdict').$type<Verdict>(),
    /** The observations the verdict rests on, kept as they were: later corrections of data do not change a verdict. */
    points: jsonb('points').$type<Proof['points']>(),
    comparison: jsonb('comparison').$type<ComparisonSeries[]>(),
    waiver: jsonb('waiver').$type<Waiver>(),
    /** Last day of the watch; null when there is none, or it is over. */
    watchUntil: plainDay('watch_until'),
    watch: jsonb('watch').$type<Watch>(),
  },
  (table) => [
    uniqueIndex('design_revision').on(table.organisationId, table.planId, table.planRevision),
    index('design_due').on(table.organisationId, table.state, table.endsOn),
    index('design_watched').on(table.organisationId, table.watchUntil),
    index('design_newest').on(table.organisationId, table.frozenAt.desc().nullsFirst(), table.id),
  ],
)
