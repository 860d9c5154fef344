/** PostgreSQL's own note of its running process (`postmaster.pid`), and how to end one that outlived its owner. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { processLives } from './directory-lock.ts'
import { RecordsUnavailable } from './faults.ts'

/** A fast stop writes a checkpoint first; after this time the process is ended the hard way and recovers at start. */
export const FAST_STOP_LIMIT_MILLISECONDS = 20_000
export const HARD_STOP_LIMIT_MILLISECONDS = 5_000
const LOOK_MILLISECONDS = 10

/** Line 1 is the process, line 8 the state; see PostgreSQL's `utils/pidfile.h`. */
const STATE_LINE = 7

export interface Postmaster {
  readonly pid: number
  readonly ready: boolean
}

export const noteOf = (cluster: string) => join(cluster, 'postmaster.pid')

export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(noteOf(cluster), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return Number.isInteger(pid) ? { pid, ready: lines[STATE_LINE]?.trim() === 'ready' } : undefined
}

/**
 * Ends a database that a killed process left behind, so that a new one can start over the same files. The directory's
 * lock must be held: it proves that no live process owns this database.
 */
export async function endOrphan(cluster: string, log: Logger): Promise<void> {
  const found = readPostmaster(cluster)
  if (!found || !processLives(found.pid)) return
  if (!runsOver(found.pid, cluster)) {
    // The number was given to some other program since; PostgreSQL would refuse to start because of it.
    rmSync(noteOf(cluster), { force: true })
    return
  }
  log.warn({ pid: found.pid }, 'ending the database that a killed process left running')
  if (await endProcess(found.pid, () => processLives(found.pid))) return
  throw new RecordsUnavailable(
    'orphan-not-stopped',
    `The database process ${found.pid} of a former start does not end. End it by hand (kill ${found.pid}), then start again.`,
  )
}

/** Fast stop, then an immediate one, then the kernel's. True when the process is gone. */
export async function endProcess(pid: number, lives: () => boolean): Promise<boolean> {
  const steps = [
    ['SIGINT', FAST_STOP_LIMIT_MILLISECONDS],
    ['SIGQUIT', HARD_STOP_LIMIT_MILLISECONDS],
    ['SIGKILL', HARD_STOP_LIMIT_MILLISECONDS],
  ] as const
  for (const [signal, limitMilliseconds] of steps) {
    try {
      process.kill(pid, signal)
    } catch {
      // It is gone already.
    }
    for (let waited = 0; waited < limitMilliseconds; waited += LOOK_MILLISECONDS) {
      if (!lives()) return true
      await wait(LOOK_MILLISECONDS)
    }
  }
  return false
}

/** Whether the process is a PostgreSQL over exactly these files: its working directory is its data directory. */
function runsOver(pid: number, cluster: string): boolean {
  if (existsSync('/proc/self/cwd')) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      return false
    }
  }
  const answer = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return answer.stdout.includes('postgres') && answer.stdout.includes(cluster)
}
