/** What was published of rankings, objections to it, and what follows from it. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { Adjustment, AppealState } from '../contract/appeals.ts'
import type { ConsequenceDraft } from '../contract/consequences.ts'
import type { AppliedAdjustment, PublicationState, PublishedScore } from '../contract/publishing.ts'
import type { Track } from '../contract/ranking.ts'
import type { SchemeDraft } from '../contract/scheme.ts'
import { schema } from '../tables.ts'

/** One period of a scheme on its way to the public, with the run it pins. */
export const publication = schema.table(
  'publication',
  {
    organisationId: organisationId(),
    id: id(),
    scheme: text('scheme').notNull(),
    version: integer('version').notNull(),
    grain: text('grain').$type<SchemeDraft['grains'][number]>().notNull(),
    periodStart: plainDay('period_start').notNull(),
    track: text('track').$type<Track>().notNull(),
    state: text('state').$type<PublicationState>().notNull(),
    /** The run whose scores it shows, and the calculation whose frozen inputs that goes back to. */
    run: uuid('run').notNull(),
    baseRun: uuid('base_run').notNull(),
    open: boolean('open').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    draftedBy: text('drafted_by').notNull(),
    previewedAt: instant('previewed_at'),
    previewedBy: text('previewed_by'),
    appealsUntil: instant('appeals_until'),
    publishedAt: instant('published_at'),
    publishedBy: text('published_by'),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
    endedBecause: text('ended_because').notNull().default(''),
    corrects: uuid('corrects'),
    correctedBy: uuid('corrected_by'),
    reason: text('reason').notNull().default(''),
    /** What upheld objections changed, in the order they were decided. */
    adjustments: jsonb('adjustments').$type<AppliedAdjustment[]>().notNull(),
    file: jsonb('file').$type<{ name: string; sizeBytes: number; sha256: string }>(),
  },
  (table) => [
    // Of one period and track at most one is on its way, and at most one stands.
    uniqueIndex('publication_on_its_way')
      .on(table.organisationId, table.scheme, table.grain, table.periodStart, table.track)
      .where(sql`${table.state} in ('draft', 'preview')`),
    uniqueIndex('publication_standing')
      .on(table.organisationId, table.scheme, table.grain, table.periodStart, table.track)
      .where(sql`${table.state} = 'published'`),
    index('publication_newest').on(
      table.organisationId,
      table.draftedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('publication_run').on(table.organisationId, table.run),
  ],
)

/** Units as they were published: written once, so that nothing that happens later shows in them. */
export const publishedUnit = schema.table(
  'published_unit',
  {
    organisationId: organisationId(),
    publication: uuid('publication').notNull(),
    /** Place in the order of ranks, from 1; those not ranked last. */
    place: integer('place').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    peerGroup: text('peer_group'),
    composite: doublePrecision('composite'),
    stars: integer('stars'),
    /** What a sign of stars shows to be checked by. */
    code: text('code').notNull(),
    score: jsonb('score').$type<PublishedScore>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.publication, table.place] }),
    uniqueIndex('published_unit_entity').on(table.organisationId, table.publication, table.entity),
    uniqueIndex('published_unit_code').on(table.organisationId, table.code),
  ],
)

export const appeal = schema.table(
  'appeal',
  {
    organisationId: organisationId(),
    id: id(),
    publication: uuid('publication').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    item: text('item'),
    text: text('text').notNull(),
    against: text('against').$type<'preview' | 'published'>().notNull(),
    state: text('state').$type<AppealState>().notNull(),
    madeAt: instant('made_at').notNull(),
    madeById: text('made_by_id').notNull(),
    madeByName: text('made_by_name').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
    decision: text('decision').notNull().default(''),
    adjustments: jsonb('adjustments').$type<Adjustment[]>().notNull(),
    correctedIn: uuid('corrected_in'),
  },
  (table) => [
    index('appeal_newest').on(table.organisationId, table.madeAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('appeal_publication').on(table.organisationId, table.publication, table.state),
  ],
)

/** Rules of what follows from scores. Each saving counts one version up; only the newest stands. */
export const consequence = schema.table(
  'consequence',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<ConsequenceDraft>().notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)
