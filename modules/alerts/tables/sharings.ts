/** Alerts passed on to others outside. */
import { bigint, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '#platform/records/columns'
import type { Colour, Sharing, SubscriptionDraft } from '../contract.ts'
import { schema } from '../tables.ts'

export const subscription = schema.table(
  'subscription',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    draft: jsonb('draft').$type<SubscriptionDraft>().notNull(),
    /** Number of the node it is limited to; 0: everything. */
    below: bigint('below', { mode: 'number' }).notNull(),
    /** The address that is told, with its secret. */
    webhook: uuid('webhook').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

export const sharing = schema.table(
  'sharing',
  {
    organisationId: organisationId(),
    id: id(),
    subscriptionId: text('subscription_id').notNull(),
    alertId: uuid('alert_id').notNull(),
    what: text('what').$type<Sharing['what']>().notNull(),
    colour: text('colour').$type<Colour>().notNull(),
    /** Raised, worsened and closed can come again after a relapse: which time it is. */
    time: integer('time').notNull(),
    /** The message that carries it. */
    delivery: uuid('delivery').notNull(),
    /** SHA-256 of the token with which the receiver acknowledges, in hex. */
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
  },
  (table) => [
    uniqueIndex('sharing_once').on(
      table.organisationId,
      table.subscriptionId,
      table.alertId,
      table.what,
      table.colour,
      table.time,
    ),
    index('sharing_newest').on(table.organisationId, table.createdAt.desc(), table.id.desc()),
  ],
)
