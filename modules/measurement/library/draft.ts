/** From an entry to a draft one can save. */
import { indicatorDraft, type IndicatorDraft } from '../contract/indicators.ts'
import type { LibraryEntry } from './entry.ts'

/** Examples happen at clock times of the organisation's zone, so that they mean the same everywhere. */
export function draftOf({ draft }: LibraryEntry, timeZone: string): IndicatorDraft {
  const at = (clock: string) =>
    Temporal.PlainDateTime.from(clock).toZonedDateTime(timeZone).toString({ timeZoneName: 'never' })
  const examples = (draft.examples ?? []).map((example) => ({
    ...example,
    events: example.events.map((event) => ({ ...event, at: at(event.at) })),
  }))
  return indicatorDraft.parse({ ...draft, examples })
}
