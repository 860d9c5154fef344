/** Whether the line to the server holds, and since when it does not. Told by the live news, shown where it matters. */
import { useSyncExternalStore } from 'react'

let downSince: number | null = null
const listeners = new Set<() => void>()

export function tellLine(up: boolean): void {
  const next = up ? null : (downSince ?? Date.now())
  if (next === downSince) return
  downSince = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Since when the line is down, in milliseconds; null while it holds. */
export const useDownSince = (): number | null => useSyncExternalStore(subscribe, () => downSince)
