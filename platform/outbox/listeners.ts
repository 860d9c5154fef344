import type { Listener, Module } from '../module.ts'
import { must } from '../refusal.ts'

/** Who listens to what, found by the name of the event or of the listener. */
export interface Listeners {
  readonly of: (event: string) => readonly Listener[]
  readonly named: (event: string, listener: string) => Listener | undefined
}

export function listListeners(modules: readonly Module[]): Listeners {
  const byEvent = new Map<string, Listener[]>()
  const names = new Set<string>()
  for (const listener of modules.flatMap((module) => module.listens)) {
    const key = `${listener.event.name} ${listener.name}`
    // The name is part of the delivery's key: two of the same name would take each other's news.
    must(!names.has(key), `only one listener of ${listener.event.name} is named ${listener.name}`)
    names.add(key)
    byEvent.set(listener.event.name, [...(byEvent.get(listener.event.name) ?? []), listener])
  }
  return {
    of: (event) => byEvent.get(event) ?? [],
    named: (event, name) => byEvent.get(event)?.find((listener) => listener.name === name),
  }
}
