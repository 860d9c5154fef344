/** How people and teams are told, by which robots, and who is on call. */
import { boolean, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId } from '#platform/records/columns'
import type { OverrideDraft, Preferences, RobotKind, RotaDraft } from '../contract.ts'
import { schema } from '../tables.ts'

export const preference = schema.table(
  'preference',
  {
    organisationId: organisationId(),
    personId: text('person_id').notNull(),
    preferences: jsonb('preferences').$type<Preferences>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.personId] })],
)

export const team = schema.table(
  'team',
  {
    organisationId: organisationId(),
    id: id(),
    name: text('name').notNull(),
    members: text('members').array().notNull(),
    preferences: jsonb('preferences').$type<Preferences>().notNull(),
    rota: jsonb('rota').$type<RotaDraft>(),
  },
  (table) => [uniqueIndex('team_name').on(table.organisationId, sql`lower(${table.name})`)],
)

export const robot = schema.table(
  'robot',
  {
    organisationId: organisationId(),
    id: id(),
    teamId: uuid('team_id').notNull(),
    kind: text('kind').$type<RobotKind>().notNull(),
    title: text('title').notNull(),
    hint: text('hint').notNull(),
    /** Address and secret, sealed together. */
    sealed: text('sealed').notNull(),
    signed: boolean('signed').notNull(),
    keyword: text('keyword'),
    kinds: text('kinds').array(),
    enabled: boolean('enabled').notNull(),
    /** No message before it: one in three seconds, and a rest after the robot's own limit was met. */
    nextSendAt: instant('next_send_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('robot_team').on(table.organisationId, table.teamId)],
)

export const override = schema.table(
  'override',
  {
    organisationId: organisationId(),
    id: id(),
    teamId: uuid('team_id').notNull(),
    from: instant('from').notNull(),
    until: instant('until').notNull(),
    personId: text('person_id'),
    because: text('because').$type<OverrideDraft['because']>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [index('override_team').on(table.organisationId, table.teamId, table.until)],
)
