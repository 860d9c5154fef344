/** Every ready indicator, and how a set of them hangs together. */
import type { Sector } from '../contract/library.ts'
import { applicationsEntries } from './entries/flow/applications.ts'
import { appointmentsAndCallsEntries } from './entries/flow/appointments-and-calls.ts'
import { deliveriesEntries } from './entries/flow/deliveries.ts'
import { resolutionEntries } from './entries/flow/resolution.ts'
import { responseEntries } from './entries/flow/response.ts'
import { waitingEntries } from './entries/flow/waiting.ts'
import { alertsEntries } from './entries/house/alerts.ts'
import { bankEntries } from './entries/house/bank.ts'
import { checksEntries } from './entries/house/checks.ts'
import { demandEntries } from './entries/house/demand.ts'
import { devicesEntries } from './entries/house/devices.ts'
import { hospitalEntries } from './entries/house/hospital.ts'
import { peopleEntries } from './entries/house/people.ts'
import { shopEntries } from './entries/house/shop.ts'
import { complaintsEntries } from './entries/voice/complaints.ts'
import { complaintsHandlingEntries } from './entries/voice/complaints-handling.ts'
import { opinionsEntries } from './entries/voice/opinions.ts'
import { satisfactionEntries } from './entries/voice/satisfaction.ts'
import type { LibraryEntry } from './entry.ts'

export const libraryEntries: readonly LibraryEntry[] = [
  ...responseEntries,
  ...resolutionEntries,
  ...waitingEntries,
  ...appointmentsAndCallsEntries,
  ...applicationsEntries,
  ...deliveriesEntries,
  ...complaintsEntries,
  ...complaintsHandlingEntries,
  ...satisfactionEntries,
  ...opinionsEntries,
  ...alertsEntries,
  ...devicesEntries,
  ...hospitalEntries,
  ...bankEntries,
  ...checksEntries,
  ...peopleEntries,
  ...demandEntries,
  ...shopEntries,
]
const byId = new Map(libraryEntries.map((entry) => [entry.id, entry]))
export const libraryEntry = (id: string): LibraryEntry | undefined => byId.get(id)
export const entriesOf = (sector: Sector): LibraryEntry[] =>
  libraryEntries.filter((entry) => entry.sectors.includes(sector))

/** Indicators a derived one is made of; none for all others. */
export const partsOf = ({ draft }: LibraryEntry): string[] =>
  draft.definition.kind === 'derived' ? draft.definition.parts.map((part) => part.indicator) : []

/** The entries with all they are made of, parts before what is made of them, each once. */
export function withParts(entries: readonly LibraryEntry[]): LibraryEntry[] {
  const ordered = new Map<string, LibraryEntry>()
  const add = (entry: LibraryEntry): void => {
    if (ordered.has(entry.id)) return
    for (const part of partsOf(entry)) {
      const found = byId.get(part)
      if (found) add(found)
    }
    ordered.set(entry.id, entry)
  }
  entries.forEach(add)
  return [...ordered.values()]
}
