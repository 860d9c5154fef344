/** The copy of the newest events in the order of time: which questions it answers, how it is made anew, how it stays small. */
import type { Measurements } from '#platform/measurements/measurements'

/** Events that happened at most so long before they were received are copied. */
export const RECENT_HOURS_KEPT = 48
/** Questions that begin at most so long ago read the copy: all of their events were young when they came. */
const RECENT_HOURS_READ = 36
const HOUR_MILLISECONDS = 3_600_000

const newestReceived = new WeakMap<object, number>()

/** To be called when events are stored: the copy holds what was young then. */
export function noteReceived({ opening }: Measurements, receivedMilliseconds: number): void {
  newestReceived.set(opening, Math.max(newestReceived.get(opening) ?? receivedMilliseconds, receivedMilliseconds))
}

/** Whether the copy answers a question asked at `now` about events from `from` on (epoch milliseconds). Not where a clock went back. */
export const recentAnswers = ({ opening }: Measurements, now: number, from: number): boolean =>
  from >= now - RECENT_HOURS_READ * HOUR_MILLISECONDS && now >= (newestReceived.get(opening) ?? now)
const REFILL_SECONDS = 600

const COLUMNS =
  'organisation, entity, event_type, event_id, identity, content, occurred_at, received_at, batch, correction, removed, attributes, values'

/** Makes the copy anew from the events, after a start: a process that died may have copied what it never stored. */
export async function refillRecent(measurements: Measurements, now: Temporal.Instant): Promise<void> {
  // Other processes may be writing; rows that are there twice count once.
  if (measurements.exclusive) await measurements.command('TRUNCATE TABLE bihuan.recent_event')
  await measurements.command(
    `INSERT INTO bihuan.recent_event (${COLUMNS}) SELECT ${COLUMNS} FROM bihuan.event
     WHERE occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')`,
    { from: now.epochMilliseconds - RECENT_HOURS_KEPT * HOUR_MILLISECONDS },
    { maxExecutionSeconds: REFILL_SECONDS },
  )
}

/** Days nobody asks the copy about any more. */
export async function dropOldRecent(measurements: Measurements, now: Temporal.Instant): Promise<void> {
  const day = Temporal.Instant.fromEpochMilliseconds(now.epochMilliseconds - RECENT_HOURS_KEPT * HOUR_MILLISECONDS)
  const last = Number(day.toString().slice(0, 10).replaceAll('-', ''))
  const found = await measurements.query<{ partition: number }>(
    `SELECT DISTINCT toYYYYMMDD(occurred_at) AS partition FROM bihuan.recent_event
     WHERE toYYYYMMDD(occurred_at) < {last:UInt32}`,
    { last },
  )
  const [table, where] =
    measurements.size === 'cluster' ? ['recent_event_shard', " ON CLUSTER '{cluster}'"] : ['recent_event', '']
  for (const { partition } of found)
    await measurements.command(`ALTER TABLE bihuan.${table}${where} DROP PARTITION ${partition}`)
}

/** One place for each type and day of UTC whose events were received since. Cost: a look at one column of the organisation's events. */
export async function receivedSince(
  measurements: Measurements,
  organisation: string,
  since: Temporal.Instant,
): Promise<{ eventType: string; occurredAt: number }[]> {
  return measurements.query(
    `SELECT event_type AS eventType, toUnixTimestamp64Milli(min(occurred_at)) AS occurredAt FROM bihuan.event
     WHERE organisation = {organisation:UUID} AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY event_type, toDate(occurred_at, 'UTC')`,
    { organisation, since: since.epochMilliseconds },
  )
}
