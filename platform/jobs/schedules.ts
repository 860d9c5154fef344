/** Schedules of the modules: pg-boss rings, one job per organisation runs the action in a transaction of its own. */
import type { PgBoss } from 'pg-boss'
import type { Module, Schedule } from '../module.ts'
import { must } from '../refusal.ts'
import { SCHEDULES, SCHEDULE_RUNS } from './queues.ts'

export interface DueSchedule {
  readonly schedule: string
}
export interface ScheduleRun {
  readonly schedule: string
  readonly organisation: string
}

export function listSchedules(modules: readonly Module[]): ReadonlyMap<string, Schedule> {
  const byName = new Map<string, Schedule>()
  for (const schedule of modules.flatMap((module) => module.every)) {
    must(!byName.has(schedule.name), `only one schedule is named ${schedule.name}`)
    byName.set(schedule.name, schedule)
  }
  return byName
}

/**
 * Makes pg-boss ring for exactly these schedules, in UTC; those of older versions are taken down. A schedule that came
 * due while nothing ran rings once afterwards.
 */
export async function ringSchedules(
  boss: PgBoss,
  schedules: readonly Pick<Schedule, 'name' | 'cron'>[],
): Promise<void> {
  for (const old of await boss.getSchedules(SCHEDULES)) {
    if (!schedules.some((schedule) => schedule.name === old.key)) await boss.unschedule(SCHEDULES, old.key)
  }
  for (const schedule of schedules) {
    const due: DueSchedule = { schedule: schedule.name }
    await boss.schedule(SCHEDULES, schedule.cron, due, { tz: 'UTC', key: schedule.name, missed: 'once' })
  }
}

/** One job for each organisation, in one statement: all or none, also when the ringing job is tried again. */
export async function spreadSchedule(boss: PgBoss, due: DueSchedule, organisations: readonly string[]): Promise<void> {
  const runs = organisations.map((organisation) => ({
    data: { schedule: due.schedule, organisation } satisfies ScheduleRun,
  }))
  if (runs.length > 0) await boss.insert(SCHEDULE_RUNS, runs, { returnId: false })
}
