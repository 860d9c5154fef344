/** Addresses that are told of news, and what became of each message to them. */
import { sql } from 'drizzle-orm'
import { boolean, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '../records/columns.ts'
import { platformSchema } from '../records/tables.ts'

export const webhookSubscription = platformSchema.table(
  'webhook_subscription',
  {
    organisationId: organisationId(),
    id: id(),
    /** The module whose news it is told; no other sees or changes it. */
    owner: text('owner').notNull(),
    title: text('title').notNull(),
    url: text('url').notNull(),
    /** Names of what it is told. */
    events: text('events').array().notNull(),
    /** What its messages are signed with, sealed. */
    sealed: text('sealed').notNull(),
    enabled: boolean('enabled').notNull(),
    pausedBecause: text('paused_because').$type<'gone'>(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [index('webhook_subscription_organisation').on(table.organisationId, table.createdAt)],
)

export const webhookDelivery = platformSchema.table(
  'webhook_delivery',
  {
    organisationId: organisationId(),
    /** The `webhook-id`: the same on every attempt, so that who hears it twice counts it once. */
    id: id(),
    subscription: uuid('subscription').notNull(),
    event: text('event').notNull(),
    /** What the message is about: one message for each subscription, event and source. */
    source: text('source').notNull(),
    body: text('body').notNull(),
    state: text('state').$type<'waiting' | 'delivered' | 'failed'>().notNull(),
    attempts: integer('attempts').notNull(),
    createdAt: instant('created_at').notNull(),
    lastAttemptAt: instant('last_attempt_at'),
    /** While an attempt runs: when another process may take it up. */
    nextAttemptAt: instant('next_attempt_at'),
    lastStatus: integer('last_status'),
    lastProblem: text('last_problem'),
  },
  (table) => [
    uniqueIndex('webhook_delivery_once').on(table.organisationId, table.subscription, table.event, table.source),
    index('webhook_delivery_due').on(table.organisationId, table.nextAttemptAt).where(sql`${table.state} = 'waiting'`),
    index('webhook_delivery_newest').on(
      table.organisationId,
      table.subscription,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
  ],
)
