/** Cursors: where a page ended, as text the caller hands back unread. What is not ours is refused, never a fault. */
import { z } from 'zod'
import { invalid } from './refusal.ts'

/** The place after a row in a list ordered by time and id. */
export interface TimePlace {
  readonly at: Temporal.Instant
  readonly id: string
}
const timePlace = z.tuple([z.iso.datetime(), z.uuid()])

export const writeCursor = (...parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** The parts of a cursor; refuses with INVALID what `writeCursor` did not write for this list. */
export function readCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (parsed.success) return parsed.data
  } catch {
    // Told below, in the same words.
  }
  return invalid(
    'cursor',
    'unknown',
    'This cursor was not given by this list. Leave it out to begin at the first page.',
  )
}

export function readTimePlace(cursor: string | undefined): TimePlace | undefined {
  const parts = readCursor(cursor, timePlace)
  return parts && { at: Temporal.Instant.from(parts[0]), id: parts[1] }
}

/** One row more than asked for was loaded: the page, and the cursor when that row was there. */
export function toPage<R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => string,
): { shown: R[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
