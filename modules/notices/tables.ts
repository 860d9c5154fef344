/** PostgreSQL schema `notices`: what was said, to whom, and by which way it left the house. Settings stand in `tables/`. */
import { boolean, index, integer, jsonb, pgSchema, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import type { Bilingual } from '#platform/contract'
import { id, instant, organisationId } from '#platform/records/columns'
import type { Channel, DeliveryProblem, DeliveryState, Importance } from './contract.ts'

export const schema = pgSchema('notices')

/** Kinds that have been told, with their names: what people choose from. */
export const kind = schema.table(
  'kind',
  {
    organisationId: organisationId(),
    kind: text('kind').notNull(),
    name: jsonb('name').$type<Bilingual>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.kind] })],
)

/** What was said, once for all who are told; the key of the teller makes saying it again the same message. */
export const message = schema.table(
  'message',
  {
    organisationId: organisationId(),
    id: id(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    importance: text('importance').$type<Importance>().notNull(),
    title: jsonb('title').$type<Bilingual>().notNull(),
    body: jsonb('body').$type<Bilingual>().notNull(),
    link: text('link'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('message_key').on(table.organisationId, table.key),
    index('message_age').on(table.organisationId, table.createdAt),
  ],
)

/** A message in somebody's inbox. */
export const notice = schema.table(
  'notice',
  {
    organisationId: organisationId(),
    id: id(),
    messageId: uuid('message_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    importance: text('importance').$type<Importance>().notNull(),
    /** Kinds somebody does not want to see are kept, unseen, so that a key stays told. */
    hidden: boolean('hidden').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    /** Told to the person on call of this team; when unread at `escalateAt`, the next in turn is told. */
    teamId: uuid('team_id'),
    step: integer('step').notNull(),
    escalateAt: instant('escalate_at'),
  },
  (table) => [
    uniqueIndex('notice_once').on(table.organisationId, table.messageId, table.personId),
    index('notice_inbox').on(
      table.organisationId,
      table.personId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('notice_unread')
      .on(table.organisationId, table.personId, table.importance)
      .where(sql`${table.readAt} is null`),
    index('notice_escalate').on(table.organisationId, table.escalateAt).where(sql`${table.escalateAt} is not null`),
  ],
)

/** A message on its way out of the house, to a person's mailbox or to a robot. */
export const delivery = schema.table(
  'delivery',
  {
    organisationId: organisationId(),
    id: id(),
    messageId: uuid('message_id').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    /** The id of the person or the robot. */
    target: text('target').notNull(),
    importance: text('importance').$type<Importance>().notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    /** Meant for a digest: goes out with all others that are due. */
    digest: boolean('digest').notNull(),
    attempts: integer('attempts').notNull(),
    createdAt: instant('created_at').notNull(),
    /** While it is being sent: when another process may take it up. */
    dueAt: instant('due_at'),
    sentAt: instant('sent_at'),
    /** Those that went out in one message share it. */
    batch: uuid('batch'),
    together: integer('together').notNull(),
    problem: text('problem').$type<DeliveryProblem>(),
    answer: text('answer'),
  },
  (table) => [
    uniqueIndex('delivery_once').on(table.organisationId, table.messageId, table.target),
    index('delivery_due').on(table.organisationId, table.target, table.dueAt).where(sql`${table.state} = 'waiting'`),
    index('delivery_newest').on(
      table.organisationId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
  ],
)
