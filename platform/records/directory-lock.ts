/** One owner per data directory: a file that names the process, its start and its machine. */
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DirectoryLocked } from './faults.ts'

const LOCK_FILE = 'bihuan.lock'
/** The owner touches the file this often, which is all another machine or container can see of it. */
const TOUCH_MILLISECONDS = 15_000
/** A lock of another machine not touched for this long is left over. */
const FOREIGN_STALE_MILLISECONDS = 60_000
/** Time for a rival who judged the same old lock to finish, before we look whether the lock is ours. */
const SETTLE_MILLISECONDS = 30
const TAKE_TRIES_LIMIT = 5

interface Owner {
  readonly pid: number
  /** When the process started, as the kernel counts it, with the boot; a reused pid has another. Empty if unknown. */
  readonly started: string
  readonly host: string
}

export interface DirectoryLock {
  readonly release: () => void
}

/** Throws `DirectoryLocked` when a live process holds the directory; the lock of a dead one is taken over. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, LOCK_FILE)
  const own: Owner = { pid: process.pid, started: processStart(process.pid), host: hostname() }
  const text = `${JSON.stringify({ ...own, lockedAt: Temporal.Now.instant().toString() })}\n`
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o644 })
  try {
    for (let attempt = 0; attempt < TAKE_TRIES_LIMIT; attempt += 1) {
      if (linked(draft, path)) return hold(path, text)
      const found = read(path)
      if (found && (found.text === text || lives(found.owner, path))) {
        throw new DirectoryLocked(found.owner.pid, directory, found.owner.host)
      }
      if (found) moveAway(path, found.text)
      await wait(SETTLE_MILLISECONDS)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  const found = read(path)
  throw new DirectoryLocked(found?.owner.pid ?? 0, directory, found?.owner.host ?? own.host)
}

/** The live process that holds the directory, or null: looks only. */
export function directoryOwner(directory: string): { readonly pid: number; readonly host: string } | null {
  const path = join(directory, LOCK_FILE)
  const found = read(path)
  return found && lives(found.owner, path) ? { pid: found.owner.pid, host: found.owner.host } : null
}

function hold(path: string, text: string): DirectoryLock {
  const timer = setInterval(() => {
    const now = Temporal.Now.instant().epochMilliseconds / 1000
    if (read(path)?.text === text) utimesSync(path, now, now)
  }, TOUCH_MILLISECONDS)
  timer.unref()
  return {
    release: () => {
      clearInterval(timer)
      if (read(path)?.text === text) rmSync(path, { force: true })
    },
  }
}

/** `link` makes the whole file appear under its name at once, or fails: nobody ever reads half a lock. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves the old lock aside; if a rival's fresh lock was caught instead, puts that one back. */
function moveAway(path: string, expected: string): void {
  const aside = `${path}.old.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (read(aside)?.text !== expected) linked(aside, path)
  rmSync(aside, { force: true })
}

function read(path: string): { owner: Owner; text: string } | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    const value = JSON.parse(text) as Partial<Owner>
    return { text, owner: { pid: value.pid ?? 0, started: value.started ?? '', host: value.host ?? hostname() } }
  } catch {
    // Not a lock of ours (an emptied file after a power cut): nobody can be named as its owner.
    return { text, owner: { pid: 0, started: '', host: hostname() } }
  }
}

function lives(owner: Owner, path: string): boolean {
  if (owner.host !== hostname()) return ageMilliseconds(path) < FOREIGN_STALE_MILLISECONDS
  if (!processLives(owner.pid)) return false
  const started = processStart(owner.pid)
  return started === '' || owner.started === '' || started === owner.started
}

function ageMilliseconds(path: string): number {
  try {
    return Temporal.Now.instant().epochMilliseconds - statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

export function processLives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** A process that ended but was not yet collected by its parent owns nothing any more. */
function isZombie(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z'
}

/** Field 22 of /proc/<pid>/stat (clock ticks since boot) with the boot's id; empty where there is no /proc. */
export function processStart(pid: number): string {
  const ticks = statOf(pid)?.[19]
  if (!ticks) return ''
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`
  } catch {
    return ticks
  }
}

/** The fields after the program's name, which may itself hold blanks and brackets. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
