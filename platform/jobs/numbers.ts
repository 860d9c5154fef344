/** What the queues hold, for the page of numbers, and the jobs a dead process left behind. */
import type { PgBoss } from 'pg-boss'
import type { Records } from '../records/records.ts'
import { NEWS, NEWS_DEAD, SCHEDULES, SCHEDULE_RUNS, SCHEDULE_RUNS_DEAD } from './queues.ts'

export interface PlatformNumbers {
  /** News that waits for its first or next try, is being delivered, and was given up. */
  readonly waiting: number
  readonly active: number
  readonly dead: number
  readonly schedulesWaiting: number
  readonly schedulesActive: number
  readonly schedulesDead: number
  /** Age of the oldest news not yet delivered; 0 when none waits. */
  readonly oldestSeconds: number
}

interface Row {
  name: string
  waiting: number
  active: number
  oldest_seconds: number | null
}

export async function queueNumbers(records: Records): Promise<PlatformNumbers> {
  const answer = await records.ownerPool.query<Row>(
    `select name,
            count(*) filter (where state in ('created', 'retry'))::int as waiting,
            count(*) filter (where state = 'active')::int as active,
            extract(epoch from now() - min(created_on))::float8 as oldest_seconds
       from pgboss.job where state in ('created', 'retry', 'active') and name = any($1) group by name`,
    [[NEWS, NEWS_DEAD, SCHEDULES, SCHEDULE_RUNS, SCHEDULE_RUNS_DEAD]],
  )
  const of = (name: string) => answer.rows.find((row) => row.name === name)
  return {
    waiting: of(NEWS)?.waiting ?? 0,
    active: of(NEWS)?.active ?? 0,
    dead: of(NEWS_DEAD)?.waiting ?? 0,
    schedulesWaiting: (of(SCHEDULES)?.waiting ?? 0) + (of(SCHEDULE_RUNS)?.waiting ?? 0),
    schedulesActive: (of(SCHEDULES)?.active ?? 0) + (of(SCHEDULE_RUNS)?.active ?? 0),
    schedulesDead: of(SCHEDULE_RUNS_DEAD)?.waiting ?? 0,
    oldestSeconds: of(NEWS)?.oldest_seconds ?? 0,
  }
}

/**
 * For a process that works on the records alone: jobs in hand at its start belong to a predecessor that died. Each
 * counts as a failed try, so that a job that ends the process ends among the dead letters and not in a circle.
 */
export async function failAbandonedJobs(records: Records, boss: PgBoss): Promise<void> {
  for (const queue of [NEWS, SCHEDULES, SCHEDULE_RUNS]) {
    const answer = await records.ownerPool.query<{ id: string; retryCount: number }>(
      `select id, retry_count as "retryCount" from pgboss.job where name = $1 and state = 'active'`,
      [queue],
    )
    if (answer.rows.length > 0) await boss.fail(queue, answer.rows, { message: 'The process ended during this job.' })
  }
}
