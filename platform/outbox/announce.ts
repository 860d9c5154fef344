/** Collects the news of one transaction and writes it, with one job for each listener, just before the commit. */
import { sql } from 'drizzle-orm'
import { type PgBoss, fromDrizzle } from 'pg-boss'
import type { Actor } from '../context.ts'
import type { EventDefinition } from '../contract.ts'
import { NEWS } from '../jobs/queues.ts'
import type { RecordsTransaction } from '../records/records.ts'
import type { Listeners } from './listeners.ts'
import { outboxEvent } from './tables.ts'

/** What a job of the queue `news` carries: names and ids, never the payload itself. */
export interface Delivery {
  readonly eventId: string
  readonly event: string
  readonly listener: string
  readonly organisation: string
}

/** What was announced, as those who watch this process are told after the commit. */
export interface News {
  readonly organisation: string
  readonly name: string
  readonly payload: unknown
}

/** Rows written by one statement; PostgreSQL allows 65,535 parameters. */
const ROWS_PER_STATEMENT = 1_000

export interface Announcements {
  readonly announce: <T>(event: EventDefinition<T>, payload: T) => Promise<void>
  /** Writes what was announced and gives it back. */
  readonly write: () => Promise<readonly News[]>
}

export function collectAnnouncements(options: {
  readonly boss: PgBoss
  readonly listeners: Listeners
  readonly records: RecordsTransaction
  readonly who: Actor
  readonly organisation: string
  readonly now: Temporal.Instant
  readonly newId: () => string
}): Announcements {
  const { boss, records, who, organisation, now, newId } = options
  const events: (typeof outboxEvent.$inferInsert)[] = []
  const jobs: { id: string; data: Delivery }[] = []
  return {
    announce: async (event, payload) => {
      const eventId = newId()
      events.push({
        id: eventId,
        organisationId: organisation,
        name: event.name,
        payload: await event.schema.parseAsync(payload),
        announcedAt: now,
        by: { kind: who.kind, id: who.id, name: who.name },
      })
      for (const listener of options.listeners.of(event.name)) {
        jobs.push({ id: newId(), data: { eventId, event: event.name, listener: listener.name, organisation } })
      }
    },
    write: async () => {
      for (let from = 0; from < events.length; from += ROWS_PER_STATEMENT) {
        await records.insert(outboxEvent).values(events.slice(from, from + ROWS_PER_STATEMENT))
      }
      if (jobs.length > 0) await boss.insert(NEWS, jobs, { db: fromDrizzle(records, sql), returnId: false })
      return events.map(({ name, payload }) => ({ organisation, name, payload }))
    },
  }
}
