/** Ends what is kept only for a while, so that the floor's own tables do not grow without bound. */
import type { Records } from '../records/records.ts'

/** Longer than any client tries again. */
export const ANSWERS_KEPT_HOURS = 48
/** News is delivered within seconds; after this time it only takes room. */
export const NEWS_KEPT_DAYS = 90
/** Rows ended in one statement, so that no lock is held long. */
const ROWS_PER_STATEMENT = 5_000
export const TIDY = 'platform.tidy'
export const TIDY_CRON = '17 3 * * *'

/** Gives the number of rows ended. News that still stands among the dead letters is kept. */
export async function tidy(records: Records, now: Temporal.Instant): Promise<number> {
  const answersBefore = now.subtract({ hours: ANSWERS_KEPT_HOURS }).toString()
  const newsBefore = now.subtract({ hours: NEWS_KEPT_DAYS * 24 }).toString()
  const answers = await endAll(records, ANSWERS, answersBefore)
  const receipts = await endAll(records, RECEIPTS, newsBefore)
  return answers + receipts + (await endAll(records, NEWS, newsBefore))
}

const NOT_DEAD = `not exists (select from pgboss.job j where j.name = 'news-dead' and j.data->>'eventId' = e.id::text)`
const ANSWERS = `delete from platform.idempotency where ctid = any(array(
  select ctid from platform.idempotency where created_at < $1 limit $2))`
const RECEIPTS = `delete from platform.delivery where ctid = any(array(
  select d.ctid from platform.delivery d join platform.outbox_event e on e.id = d.event_id
   where e.announced_at < $1 and ${NOT_DEAD} limit $2))`
const NEWS = `delete from platform.outbox_event where ctid = any(array(
  select e.ctid from platform.outbox_event e where e.announced_at < $1 and ${NOT_DEAD} limit $2))`

async function endAll(records: Records, statement: string, before: string): Promise<number> {
  let total = 0
  for (;;) {
    const answer = await records.ownerPool.query(statement, [before, ROWS_PER_STATEMENT])
    total += answer.rowCount ?? 0
    if ((answer.rowCount ?? 0) < ROWS_PER_STATEMENT) return total
  }
}
