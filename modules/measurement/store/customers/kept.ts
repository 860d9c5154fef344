/** Answers about all customers, kept while no event before the reference time came or changed. */
import type { Measurements } from '#platform/measurements/measurements'

const ANSWERS_LIMIT = 100

interface Kept {
  readonly version: string
  readonly answer: Promise<unknown>
}

const memory = new WeakMap<object, Map<string, Kept>>()

/** The answer of the same question about the same events; otherwise asks. A failed asking is not kept. */
export async function whileUnchanged<T>(
  measurements: Measurements,
  organisation: string,
  /** Epoch milliseconds: later events are no part of the answer. */
  until: number,
  question: unknown,
  ask: () => Promise<T>,
): Promise<T> {
  const version = await versionOf(measurements, organisation, until)
  const all = memory.get(measurements.opening) ?? new Map<string, Kept>()
  memory.set(measurements.opening, all)
  const key = JSON.stringify([organisation, until, question])
  const known = all.get(key)
  if (known?.version === version) return known.answer as Promise<T>
  const answer = ask()
  all.delete(key)
  all.set(key, { version, answer })
  for (const oldest of [...all.keys()].slice(0, Math.max(0, all.size - ANSWERS_LIMIT))) all.delete(oldest)
  answer.catch(() => all.delete(key))
  return answer
}

/** Every stored or corrected event is a row with a later moment of receipt; merging only takes rows away. */
async function versionOf(measurements: Measurements, organisation: string, until: number): Promise<string> {
  const [row] = await measurements.query<{ version: string }>(
    `SELECT concat(toString(count()), ' ', toString(max(received_at))) AS version
     FROM bihuan.event
     WHERE organisation = {organisation:UUID} AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`,
    { organisation, until },
  )
  return row?.version ?? ''
}
