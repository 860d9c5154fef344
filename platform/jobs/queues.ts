/** The queues of the floor, kept by pg-boss in the schema `pgboss` of the records. */
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Records } from '../records/records.ts'
import { ROLE } from '../records/transactions.ts'

/** Deliveries of announced news to listeners, and those that failed for good. */
export const NEWS = 'news'
export const NEWS_DEAD = 'news-dead'
/** A schedule is due (one job), and a schedule runs for one organisation (one job each). */
export const SCHEDULES = 'schedules'
export const SCHEDULE_RUNS = 'schedule-runs'
export const SCHEDULE_RUNS_DEAD = 'schedule-runs-dead'

/** The first try and four more; then a person decides. */
export const TRIES_LIMIT = 5
/** Waits of about 2, 4, 8, 16 s between tries, with chance mixed in by pg-boss. */
export const RETRY_DELAY_SECONDS = 2
export const RETRY_DELAY_LIMIT_SECONDS = 300
/** A job whose process died is given to another after this time; the delivery row keeps its effect single. */
export const JOB_LIMIT_SECONDS = 300
/** Done jobs are kept this long for looking at; waiting and dead ones practically for ever. */
export const DONE_KEPT_SECONDS = 3_600
export const WAITING_KEPT_SECONDS = 10 * 365 * 86_400
/** How often pg-boss looks for jobs whose process died. */
const SUPERVISE_SECONDS = 30
/** A schedule rings at most about this long after its time. */
const RING_SECONDS = 15

const working = {
  retryLimit: TRIES_LIMIT - 1,
  retryDelay: RETRY_DELAY_SECONDS,
  retryBackoff: true,
  retryDelayMax: RETRY_DELAY_LIMIT_SECONDS,
  expireInSeconds: JOB_LIMIT_SECONDS,
  retentionSeconds: WAITING_KEPT_SECONDS,
  deleteAfterSeconds: DONE_KEPT_SECONDS,
}
const dead = { retentionSeconds: WAITING_KEPT_SECONDS, deleteAfterSeconds: DONE_KEPT_SECONDS }

/** A pg-boss over the owner's connections. `supervise` also hands on jobs of dead processes and rings the schedules. */
export async function openQueues(records: Records, log: Logger, supervise: boolean): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => records.ownerPool.query(text, values as unknown[]) },
    supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    schedule: supervise,
    cronMonitorIntervalSeconds: RING_SECONDS,
    cronWorkerIntervalSeconds: 2,
    useListenNotify: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job queues met an error'))
  await boss.start()
  return boss
}

/** Makes the schema and the queues where they are missing, and lets the role of requests add jobs but read none. */
export async function installQueues(records: Records, log: Logger): Promise<void> {
  const boss = await openQueues(records, log, false)
  try {
    await boss.createQueue(NEWS_DEAD, dead)
    await boss.createQueue(SCHEDULE_RUNS_DEAD, dead)
    await boss.createQueue(NEWS, { ...working, deadLetter: NEWS_DEAD })
    await boss.createQueue(SCHEDULES, working)
    await boss.createQueue(SCHEDULE_RUNS, { ...working, deadLetter: SCHEDULE_RUNS_DEAD })
  } finally {
    await boss.stop({ graceful: false })
  }
  // Insert only: a request announces news inside its own transaction, and can neither see nor change any job.
  await records.ownerPool.query(`
    grant usage on schema pgboss to ${ROLE};
    grant select on pgboss.queue to ${ROLE};
    grant insert on pgboss.job, pgboss.job_common to ${ROLE}`)
}
