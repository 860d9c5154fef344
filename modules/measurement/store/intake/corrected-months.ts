/**
 * Which months of which event types hold rows of corrections. Only there can one event lie in two rows; everywhere else the
 * table is read as it lies. Kept in memory where this process is the only writer; see docs/decisions/0002.
 */
import type { Measurements } from '#platform/measurements/measurements'

/** Event type -> months since the year 0. */
type Corrected = Map<string, Set<number>>

const memory = new WeakMap<object, Map<string, Promise<Corrected>>>()

/** To be called before rows of a correction are written, for the place they leave and the place they come to. */
export async function markCorrected(
  measurements: Measurements,
  organisation: string,
  places: Iterable<{ readonly eventType: string; readonly occurredAt: number }>,
): Promise<void> {
  if (!measurements.exclusive) return
  const corrected = await correctedOf(measurements, organisation)
  for (const { eventType, occurredAt } of places) add(corrected, eventType, monthOf(occurredAt))
}

/** Whether a question about this type and span (epoch milliseconds, the second not included) must read past corrections. */
export async function correctedWithin(
  measurements: Measurements,
  organisation: string,
  eventType: string,
  from: number,
  until: number,
): Promise<boolean> {
  // Two processes may write the same event at the same moment without either calling it a correction.
  if (!measurements.exclusive) return true
  const months = (await correctedOf(measurements, organisation)).get(eventType)
  if (!months) return false
  for (const month of months) if (month >= monthOf(from) && month <= monthOf(until - 1)) return true
  return false
}

function correctedOf(measurements: Measurements, organisation: string): Promise<Corrected> {
  const all = memory.get(measurements.opening) ?? new Map<string, Promise<Corrected>>()
  memory.set(measurements.opening, all)
  const known = all.get(organisation)
  if (known) return known
  const loading = load(measurements, organisation)
  all.set(organisation, loading)
  // A failed look is tried again by the next question.
  loading.catch(() => all.delete(organisation))
  return loading
}

async function load(measurements: Measurements, organisation: string): Promise<Corrected> {
  const rows = await measurements.query<{ eventType: string; month: number }>(
    `SELECT DISTINCT event_type AS eventType, toYear(occurred_at) * 12 + toMonth(occurred_at) - 1 AS month
     FROM bihuan.event
     WHERE organisation = {organisation:UUID} AND correction != toUUID('00000000-0000-0000-0000-000000000000')`,
    { organisation },
  )
  const corrected: Corrected = new Map()
  for (const { eventType, month } of rows) add(corrected, eventType, month)
  return corrected
}

function add(corrected: Corrected, eventType: string, month: number): void {
  const months = corrected.get(eventType)
  if (months) months.add(month)
  else corrected.set(eventType, new Set([month]))
}

function monthOf(milliseconds: number): number {
  const date = new Date(milliseconds)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
