/** Which number an entity's key stands for, remembered because every event asks. */
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Measurements } from '#platform/measurements/measurements'

/** Keys remembered for one organisation; beyond, it starts to remember anew. */
const REMEMBERED_KEYS_LIMIT = 500_000

const remembered = new WeakMap<Measurements, Map<string, Map<string, number>>>()

function memoryOf(context: Context): Map<string, number> {
  const all = remembered.get(context.measurements) ?? new Map<string, Map<string, number>>()
  remembered.set(context.measurements, all)
  const own = all.get(context.organisation) ?? new Map<string, number>()
  all.set(context.organisation, own)
  return own
}

/** The numbers of those keys that exist. A key keeps its number for good, so what is remembered stays true. */
export async function entityNumbers(context: Context, keys: ReadonlySet<string>): Promise<Map<string, number>> {
  const memory = memoryOf(context)
  const numbers = new Map<string, number>()
  const missing: string[] = []
  for (const key of keys) {
    const number = memory.get(key)
    if (number === undefined) missing.push(key)
    else numbers.set(key, number)
  }
  if (missing.length === 0) return numbers
  const found = await context.separately((inside) => lookUpEntities(inside, missing))
  if (memory.size + found.size > REMEMBERED_KEYS_LIMIT) memory.clear()
  for (const place of found.values()) {
    memory.set(place.key, place.number)
    numbers.set(place.key, place.number)
  }
  return numbers
}

/** Entities were changed: what is remembered of this organisation is asked for again. */
export const forgetNumbers = (context: Context): void => memoryOf(context).clear()
