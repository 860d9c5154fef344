/** News that failed on every try: a person sees why, and lets it be tried again or drops it. */
import type { PgBoss } from 'pg-boss'
import { commonRefusals } from '../contract.ts'
import { NEWS_DEAD, TRIES_LIMIT } from '../jobs/queues.ts'
import type { Records } from '../records/records.ts'
import { invalid, refuse } from '../refusal.ts'

export interface DeadLetter {
  readonly id: string
  readonly eventId: string
  readonly event: string
  readonly listener: string
  readonly payload: unknown
  readonly error: string
  readonly tries: number
  readonly announcedAt: Temporal.Instant
  readonly diedAt: Temporal.Instant
}
export interface DeadLetterPage {
  readonly rows: readonly DeadLetter[]
  readonly nextCursor: string | null
}

interface Row {
  id: string
  event_id: string
  event: string
  listener: string
  payload: unknown
  error: string | null
  retries: number | null
  announced_at: Date
  died_at: Date
}

/** Microseconds since 1970, and the id. */
const CURSOR = /^\d{1,17} [0-9a-f-]{36}$/

/** Newest first. The cursor is the time and id of the last row shown. */
export async function deadLetters(
  records: Records,
  organisation: string,
  paging: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<DeadLetterPage> {
  if (paging.cursor !== undefined && !CURSOR.test(paging.cursor))
    invalid('cursor', 'cursor', 'This is no cursor of this list.')
  const [before, beforeId] = paging.cursor?.split(' ') ?? []
  const answer = await records.ownerPool.query<Row & { died_text: string }>(
    `select j.id, j.data->>'eventId' as event_id, j.data->>'event' as event, j.data->>'listener' as listener,
            e.payload, j.source_output->>'message' as error, j.source_retry_count as retries,
            coalesce(e.announced_at, j.source_created_on) as announced_at, j.created_on as died_at,
            (extract(epoch from j.created_on) * 1000000)::bigint::text as died_text
       from pgboss.job j
       left join platform.outbox_event e on e.id = (j.data->>'eventId')::uuid and e.organisation_id::text = $2
      where j.name = $1 and j.state = 'created' and j.data->>'organisation' = $2
        and ($3::bigint is null or ((extract(epoch from j.created_on) * 1000000)::bigint, j.id) < ($3::bigint, $4::uuid))
      order by j.created_on desc, j.id desc limit $5`,
    [NEWS_DEAD, organisation, before ?? null, beforeId ?? null, paging.limit + 1],
  )
  const shown = answer.rows.slice(0, paging.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(toDeadLetter),
    nextCursor: answer.rows.length > paging.limit && last ? `${last.died_text} ${last.id}` : null,
  }
}

const toDeadLetter = (row: Row): DeadLetter => ({
  id: row.id,
  eventId: row.event_id,
  event: row.event,
  listener: row.listener,
  payload: row.payload,
  error: row.error ?? 'The job ran past its time limit or its process ended.',
  tries: (row.retries ?? TRIES_LIMIT - 1) + 1,
  announcedAt: Temporal.Instant.fromEpochMilliseconds(row.announced_at.getTime()),
  diedAt: Temporal.Instant.fromEpochMilliseconds(row.died_at.getTime()),
})

/** Puts the letter back into its queue with all its tries; refuses with NOT_FOUND for another organisation's. */
export async function retryDeadLetter(records: Records, boss: PgBoss, organisation: string, id: string): Promise<void> {
  await mustBelong(records, organisation, id)
  await boss.redrive(NEWS_DEAD, { ids: [id] })
}

/** Drops the letter for good. The event itself stays in the outbox. */
export async function discardDeadLetter(
  records: Records,
  boss: PgBoss,
  organisation: string,
  id: string,
): Promise<void> {
  await mustBelong(records, organisation, id)
  await boss.deleteJob(NEWS_DEAD, id)
}

async function mustBelong(records: Records, organisation: string, id: string): Promise<void> {
  const answer = await records.ownerPool.query(
    `select 1 from pgboss.job where name = $1 and id::text = $2 and state = 'created' and data->>'organisation' = $3`,
    [NEWS_DEAD, id, organisation],
  )
  if (answer.rowCount === 0) refuse(commonRefusals, 'NOT_FOUND', { what: 'dead letter', id })
}
