/** The floor at work: opens transactions, builds each action's context, delivers news and runs schedules. */
import type { Logger } from 'pino'
import type { Actor, Context, Surroundings } from './context.ts'
import { NEWS, SCHEDULES, SCHEDULE_RUNS, openQueues } from './jobs/queues.ts'
import { type PlatformNumbers, failAbandonedJobs, queueNumbers } from './jobs/numbers.ts'
import { type DueSchedule, type ScheduleRun, listSchedules, ringSchedules, spreadSchedule } from './jobs/schedules.ts'
import { type Worker, createWorker } from './jobs/worker.ts'
import type { Measurements } from './measurements/measurements.ts'
import type { Module } from './module.ts'
import { type Delivery, type News, collectAnnouncements } from './outbox/announce.ts'
import { type DeadLetterPage, deadLetters, discardDeadLetter, retryDeadLetter } from './outbox/dead-letters.ts'
import { deliver } from './outbox/deliver.ts'
import { listListeners } from './outbox/listeners.ts'
import { TIDY, TIDY_CRON, tidy } from './outbox/retention.ts'
import { idMaker } from './records/new-id.ts'
import type { Records, RecordsTransaction } from './records/records.ts'
import { must } from './refusal.ts'

/** How long `stop` waits for the work in hand. What has not ended by then is rolled back and tried again later. */
export const STOP_LIMIT_MILLISECONDS = 10_000

export interface PlatformOptions {
  readonly records: Records
  readonly measurements: Measurements
  readonly surroundings: Surroundings
  readonly log: Logger
  readonly modules: readonly Module[]
  /** The ids of all organisations; schedules run once for each. */
  readonly organisations: () => Promise<readonly string[]>
  /** This process alone works on these records: what a dead predecessor held in hand is tried again at once. */
  readonly alone?: boolean
}

export interface Platform {
  /** Runs `work` in one transaction of the organisation and writes its news with it; all of it happens or none. */
  readonly run: <T>(actor: Actor, organisation: string, work: (context: Context) => Promise<T>) => Promise<T>
  /** For routes that open their own transactions: this context has no `records` and no `announce`, only `separately`. */
  readonly apart: <T>(actor: Actor, organisation: string, work: (context: Context) => Promise<T>) => Promise<T>
  readonly records: Records
  readonly measurements: Measurements
  readonly systemActor: Actor
  readonly organisations: () => Promise<readonly string[]>
  readonly newId: () => string
  /** Starts to deliver news and to run schedules in this process. */
  readonly startJobs: () => Promise<void>
  /** Delivers all that waits, also what waits for its next try, until nothing is left; gives the number delivered. */
  readonly settle: () => Promise<number>
  /** Runs one schedule for every organisation now; gives the number of organisations. */
  readonly runSchedule: (name: string) => Promise<number>
  readonly deadLetters: (
    organisation: string,
    paging: { readonly limit: number; readonly cursor?: string | undefined },
  ) => Promise<DeadLetterPage>
  readonly retryDeadLetter: (organisation: string, id: string) => Promise<void>
  readonly discardDeadLetter: (organisation: string, id: string) => Promise<void>
  /** Tells `watch` of all news this process commits, for open screens; gives back how to end it. May lose news, never delays it. */
  readonly onNews: (watch: (news: News) => void) => () => void
  readonly metrics: () => Promise<PlatformNumbers>
  /** Takes no new work and waits for what is in hand, ten seconds at most. The stores are closed by who opened them. */
  readonly stop: () => Promise<void>
}

/** The product itself: delivers news and runs schedules, and may do everything. */
export const systemActor: Actor = {
  kind: 'system',
  id: 'system',
  name: 'Bihuan',
  roles: [],
  permissions: Object.assign(new Set<string>(), { has: () => true }),
  language: 'zh',
}

export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const { records, log } = options
  const listeners = listListeners(options.modules)
  const schedules = listSchedules(options.modules)
  const boss = await openQueues(records, log, false)
  const newId = idMaker(options.surroundings)
  const { tell, watch } = newsWatchers(log)
  const announced = (all: readonly News[]) => {
    if (all.length === 0) return
    news.kick()
    tell(all)
  }
  const doors = openDoors(options, { boss, listeners, newId, announced })
  const runSchedule = async (run: ScheduleRun) => {
    const schedule = schedules.get(run.schedule)
    must(schedule, `a schedule named ${run.schedule} belongs to this version`)
    await doors.run(systemActor, run.organisation, schedule.action)
  }
  const news = createWorker<Delivery>(
    boss,
    {
      queue: NEWS,
      handle: (job) => doors.run(systemActor, job.organisation, (context) => deliver(context, listeners, job)),
    },
    log,
  )
  const rings = scheduleWorkers(options, boss, runSchedule)
  const workers: readonly Worker[] = [...rings, news]
  let bell: Awaited<ReturnType<typeof openQueues>> | undefined
  return {
    ...doors,
    records,
    measurements: options.measurements,
    systemActor,
    organisations: options.organisations,
    newId,
    startJobs: async () => {
      must(!bell, 'the jobs are started once')
      if (options.alone) await failAbandonedJobs(records, boss)
      bell = await openQueues(records, log, true)
      await ringSchedules(bell, [...schedules.values(), { name: TIDY, cron: TIDY_CRON }])
      for (const worker of workers) worker.start()
    },
    settle: () => settle(workers),
    runSchedule: async (name) => {
      const organisations = await options.organisations()
      for (const organisation of organisations) await runSchedule({ schedule: name, organisation })
      return organisations.length
    },
    ...letters(records, boss, () => news.kick()),
    onNews: watch,
    metrics: () => queueNumbers(records),
    stop: async () => {
      await within(STOP_LIMIT_MILLISECONDS, Promise.all(workers.map((worker) => worker.stop())))
      await bell?.stop({ graceful: false })
      await boss.stop({ graceful: false })
    },
  }
}

/** News that failed on every try: to be looked at, tried again, given up. */
function letters(
  records: Records,
  boss: Awaited<ReturnType<typeof openQueues>>,
  kick: () => void,
): Pick<Platform, 'deadLetters' | 'retryDeadLetter' | 'discardDeadLetter'> {
  return {
    deadLetters: (organisation, paging) => deadLetters(records, organisation, paging),
    retryDeadLetter: async (organisation, id) => {
      await retryDeadLetter(records, boss, organisation, id)
      kick()
    },
    discardDeadLetter: (organisation, id) => discardDeadLetter(records, boss, organisation, id),
  }
}

/** The worker that hears a schedule ring and makes one run of it for each organisation, and the one that does the runs. */
function scheduleWorkers(
  options: PlatformOptions,
  boss: Awaited<ReturnType<typeof openQueues>>,
  runSchedule: (run: ScheduleRun) => Promise<void>,
): readonly Worker[] {
  const { records, log } = options
  const runs = createWorker<ScheduleRun>(boss, { queue: SCHEDULE_RUNS, handle: runSchedule }, log)
  const spread = async (due: DueSchedule) => {
    if (due.schedule === TIDY) return void (await tidy(records, options.surroundings.now()))
    await spreadSchedule(boss, due, await options.organisations())
    runs.kick()
  }
  return [createWorker<DueSchedule>(boss, { queue: SCHEDULES, handle: spread }, log), runs]
}

/** Who wants to know at once what was announced in this process: open screens. */
function newsWatchers(log: Logger) {
  const watchers = new Set<(news: News) => void>()
  return {
    tell: (all: readonly News[]) => {
      for (const watcher of watchers) {
        try {
          for (const each of all) watcher(each)
        } catch (error) {
          // The work is committed; a screen that cannot be told must not make it look failed.
          log.warn({ err: error }, 'a watcher of news failed')
        }
      }
    },
    watch: (watcher: (news: News) => void) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  }
}

interface Inner {
  readonly boss: Awaited<ReturnType<typeof openQueues>>
  readonly listeners: ReturnType<typeof listListeners>
  readonly newId: () => string
  readonly announced: (news: readonly News[]) => void
}

/** `run` and `apart`: the two ways to get a context. */
function openDoors(options: PlatformOptions, inner: Inner): Pick<Platform, 'run' | 'apart'> {
  const base = (actor: Actor, organisation: string) => ({
    who: actor,
    organisation,
    now: options.surroundings.now(),
    random: options.surroundings.random,
    newId: inner.newId,
    measurements: options.measurements,
    log: options.log,
    separately: <T>(work: (context: Context) => Promise<T>) => run(actor, organisation, work),
  })
  const run: Platform['run'] = async (actor, organisation, work) => {
    let news: readonly News[] = []
    const result = await options.records.inOrganisation(organisation, async (records) => {
      const context = base(actor, organisation)
      const announcements = collectAnnouncements({ ...context, boss: inner.boss, listeners: inner.listeners, records })
      const answer = await work({ ...context, records, announce: announcements.announce })
      news = await announcements.write()
      return answer
    })
    inner.announced(news)
    return result
  }
  const apart: Platform['apart'] = (actor, organisation, work) =>
    work({
      ...base(actor, organisation),
      get records(): RecordsTransaction {
        throw new Error('This context has no transaction of its own: use context.separately.')
      },
      announce: () => Promise.reject(new Error('News is announced inside a transaction: use context.separately.')),
    })
  return { run, apart }
}

async function settle(workers: readonly Worker[]): Promise<number> {
  let total = 0
  for (;;) {
    let done = 0
    for (const worker of workers) done += await worker.settle()
    if (done === 0) return total
    total += done
  }
}

async function within(limitMilliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, limitMilliseconds)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}
