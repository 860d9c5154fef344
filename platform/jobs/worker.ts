/** Takes jobs of one queue and hands each to its handler; pg-boss keeps the tries, the waits and the dead letters. */
import { inspect } from 'node:util'
import { DrizzleQueryError } from 'drizzle-orm'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'

/** Jobs of one queue worked on at the same time by one process; it takes no more than it works on. */
export const CONCURRENT_JOBS = 6
/** Jobs taken in one round trip where they are worked on one after the other. */
const SETTLE_JOBS = 20
/** How long a job announced by another process may lie before this one looks. */
export const POLL_MILLISECONDS = 2_000
/** An error kept with a job is cut at this length. */
const ERROR_TEXT_LIMIT = 4_000

export interface Work<T extends object> {
  readonly queue: string
  readonly handle: (data: T) => Promise<void>
}

export interface Worker {
  /** Works on everything that waits, also what waits for its next try, one after the other; gives the number done. */
  readonly settle: () => Promise<number>
  /** Starts to look by itself: at once after `kick`, else every two seconds. */
  readonly start: () => void
  readonly kick: () => void
  /** Takes no new job; resolves when those in hand have ended. */
  readonly stop: () => Promise<void>
}

export function createWorker<T extends object>(boss: PgBoss, work: Work<T>, log: Logger): Worker {
  let started = false
  let stopping = false
  let wanted = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const round = (concurrent: number, early: boolean) => workOnce(boss, work, log, concurrent, early)
  const drain = async () => {
    try {
      while (!stopping) {
        wanted = false
        const { taken } = await round(CONCURRENT_JOBS, false)
        if (taken === 0 && !wanted) return
      }
    } catch (error) {
      // The store may be restarting; the next look is only seconds away.
      log.warn({ err: error, queue: work.queue }, 'jobs could not be taken')
    }
  }
  const kick = () => {
    wanted = true
    if (!started || stopping || running) return
    running = drain().finally(() => {
      running = undefined
      if (wanted && !stopping) kick()
    })
  }
  return {
    settle: async () => {
      let done = 0
      for (;;) {
        const answer = await round(1, true)
        done += answer.done
        if (answer.taken === 0) return done
      }
    },
    start: () => {
      started = true
      timer = setInterval(kick, POLL_MILLISECONDS)
      kick()
    },
    kick,
    stop: async () => {
      stopping = true
      clearInterval(timer)
      await running
    },
  }
}

async function workOnce<T extends object>(
  boss: PgBoss,
  work: Work<T>,
  log: Logger,
  concurrent: number,
  early: boolean,
): Promise<{ taken: number; done: number }> {
  const batchSize = early ? SETTLE_JOBS : concurrent
  const jobs = await boss.fetch<T>(work.queue, { batchSize, includeMetadata: true, ignoreStartAfter: early })
  const waiting = [...jobs].sort(byAge)
  let done = 0
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      if (await workOn(boss, work, job, log)) done += 1
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrent, jobs.length) }, lane))
  return { taken: jobs.length, done }
}

const byAge = (a: JobWithMetadata<object>, b: JobWithMetadata<object>) =>
  a.createdOn.getTime() - b.createdOn.getTime() || (a.id < b.id ? -1 : 1)

async function workOn<T extends object>(
  boss: PgBoss,
  work: Work<T>,
  job: JobWithMetadata<T>,
  log: Logger,
): Promise<boolean> {
  const attempt = { id: job.id, retryCount: job.retryCount }
  try {
    await work.handle(job.data)
  } catch (error) {
    const reason = textOf(error)
    log.warn(
      { reason, stack: placeOf(error), queue: work.queue, job: job.id, data: job.data, tried: job.retryCount + 1 },
      'a job failed',
    )
    await boss.fail(work.queue, attempt, { message: reason })
    return false
  }
  await boss.complete(work.queue, attempt)
  return true
}

/** A failed statement's parameters may be personal data: its text is told, they are not. */
function wordsOf(error: Error): string {
  const words = error instanceof DrizzleQueryError ? `the statement failed: ${error.query}` : error.message
  return `${error.name}: ${words}`
}

/** Where it happened: the lines of the stack without the message above them. */
function placeOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => line.startsWith('    at ')).join('\n')
}

/** The chain of causes as one text for the person who looks at the dead letter. */
export function textOf(error: unknown): string {
  const parts: string[] = []
  for (let cause: unknown = error; cause !== undefined && parts.length < 5; ) {
    parts.push(cause instanceof Error ? wordsOf(cause) : inspect(cause))
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return parts.join('\nbecause of ').slice(0, ERROR_TEXT_LIMIT)
}
