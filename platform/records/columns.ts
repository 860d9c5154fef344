/** Column kinds shared by every module's `tables.ts`. */
import { customType, uuid } from 'drizzle-orm/pg-core'

/**
 * An instant: `timestamptz` in the table, `Temporal.Instant` in the program. The table keeps microseconds; finer digits
 * are cut off on writing, so what was written compares equal to what is read only at microseconds.
 */
export const instant = customType<{ data: Temporal.Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toString({ smallestUnit: 'microsecond' }),
  fromDriver: (value) => Temporal.Instant.from(value),
})

/** A calendar day without a zone: `date` in the table, `Temporal.PlainDate` in the program. */
export const plainDay = customType<{ data: Temporal.PlainDate; driverData: string }>({
  dataType: () => 'date',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => Temporal.PlainDate.from(value),
})

/** The key of a thing: a UUID the program makes with `context.newId()`, so that it is known before the row is written. */
export const id = () => uuid('id').primaryKey()

/**
 * The organisation a row belongs to. A table with this column is fenced by row-level security after every migration
 * (`platform/migrations/secure-tables.ts`); put the column first in the table's indexes.
 */
export const organisationId = () => uuid('organisation_id').notNull()

/** Whether a text can be an id at all: asked before a query, which PostgreSQL would end with a fault otherwise. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
