/** The server's log: one file and its predecessor, both of bounded size. */
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from 'node:fs'

export const LOG_SIZE_LIMIT_BYTES = 10 * 1024 * 1024
const LOOK_MILLISECONDS = 60_000
const TAIL_BYTES = 2_000
const TAIL_LINES = 5

/** Opened for appending, so that cutting the file off later leaves the server writing at its new end. */
export function openLog(path: string): { descriptor: number; close: () => void } {
  const descriptor = openSync(path, 'a', 0o600)
  return { descriptor, close: () => closeSync(descriptor) }
}

/** Looks every minute; a log past its limit is copied to `<log>.1` and emptied. Gives back how to end looking. */
export function keepLogSmall(path: string): () => void {
  const timer = setInterval(() => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > LOG_SIZE_LIMIT_BYTES) cutLog(path)
  }, LOOK_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}

export function cutLog(path: string): void {
  copyFileSync(path, `${path}.1`)
  truncateSync(path)
}

/** The end of the log as one line, for the person who must know why the server does not run. */
export function lastLines(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return 'Its log is empty.'
  const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES))
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length)
  } finally {
    closeSync(descriptor)
  }
  const lines = buffer.toString('utf8').trim().split('\n').slice(-TAIL_LINES)
  return `Its log (${path}) ends with: ${lines.join(' | ')}`
}
