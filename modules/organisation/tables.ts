/** PostgreSQL schema `organisation`. The first four tables belong to the sign-in library; the app's role never sees them. */
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId, plainDay } from '#platform/records/columns'
import type { CalendarContent, PeriodSettings } from './contract.ts'

export const schema = pgSchema('organisation')

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const signInUser = schema.table('sign_in_user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})
export const signInSession = schema.table(
  'sign_in_session',
  {
    id: text('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id').notNull(),
  },
  (table) => [index('sign_in_session_user').on(table.userId)],
)
export const signInAccount = schema.table(
  'sign_in_account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('sign_in_account_user').on(table.userId)],
)
export const signInVerification = schema.table('sign_in_verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})
/** Wrong passwords since the last right one, per address of the account; ten lock it for a while. */
export const signInFailure = schema.table('sign_in_failure', {
  email: text('email').primaryKey(),
  failureCount: integer('failure_count').notNull(),
  lockedUntil: moment('locked_until'),
})

export const organisation = schema.table('organisation', {
  id: id(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  demo: boolean('demo').notNull().default(false),
  createdAt: instant('created_at').notNull(),
})

export const person = schema.table(
  'person',
  {
    organisationId: organisationId(),
    /** The sign-in user behind this person; a user may be a person of several organisations. */
    id: text('id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    active: boolean('active').notNull().default(true),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex('person_email').on(table.organisationId, table.email),
    index('person_user').on(table.id),
  ],
)

export const roleAssignment = schema.table(
  'role_assignment',
  {
    organisationId: organisationId(),
    personId: text('person_id').notNull(),
    role: text('role').notNull(),
    /** The node of the tree it holds for; 0 is the whole organisation (a key cannot be null). */
    entity: bigint('entity', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.personId, table.role, table.entity] })],
)

export const apiKey = schema.table(
  'api_key',
  {
    organisationId: organisationId(),
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** First characters, to tell keys apart on the screen. */
    start: text('start').notNull(),
    sha256: text('sha256').notNull().unique(),
    permissions: jsonb('permissions').$type<string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_key_organisation').on(table.organisationId)],
)

export const entity = schema.table(
  'entity',
  {
    organisationId: organisationId(),
    /** The number both stores know the entity by: small, so that facts stay small. */
    number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    parent: bigint('parent', { mode: 'number' }),
    /** Numbers from the root down to this entity, itself included. */
    path: bigint('path', { mode: 'number' }).array().notNull(),
    region: text('region'),
    latitudeDegrees: doublePrecision('latitude_degrees'),
    longitudeDegrees: doublePrecision('longitude_degrees'),
    attributes: jsonb('attributes').$type<Record<string, string>>().notNull(),
  },
  (table) => [
    uniqueIndex('entity_key').on(table.organisationId, table.key),
    index('entity_parent').on(table.organisationId, table.parent, table.key),
    index('entity_kind').on(table.organisationId, table.kind, table.key),
    index('entity_path').using('gin', table.path),
    index('entity_name').on(table.organisationId, sql`lower(${table.name})`),
  ],
)

export const calendar = schema.table(
  'calendar',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    name: jsonb('name').$type<{ zh: string; en: string }>().notNull(),
    timeZone: text('time_zone').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

/** Only added to: what was known when stays readable. */
export const calendarVersion = schema.table(
  'calendar_version',
  {
    organisationId: organisationId(),
    calendarId: text('calendar_id').notNull(),
    version: integer('version').notNull(),
    effectiveFrom: plainDay('effective_from').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
    content: jsonb('content').$type<CalendarContent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.calendarId, table.version] })],
)

/** One row for an organisation that has changed the usual settings. */
export const periodSettings = schema.table('period_settings', {
  organisationId: organisationId().primaryKey(),
  settings: jsonb('settings').$type<PeriodSettings>().notNull(),
})
