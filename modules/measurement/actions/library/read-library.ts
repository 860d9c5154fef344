/** The library of ready indicators: what it offers, what of it is installed here, and which events it waits for. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Library } from '../../contract/library.ts'
import { libraryEntries, partsOf, withParts } from '../../library/all.ts'
import { draftOf } from '../../library/draft.ts'
import { both, type LibraryEntry } from '../../library/entry.ts'
import { eventTypesOf, ownWordsOf, rewordingOf } from '../../library/reword.ts'
import { calendarsNamed } from '../../rules/plan/calendars-named.ts'
import { sources } from '../../library/sources.ts'
import { vocabulary } from '../../library/vocabulary.ts'
import { attributeWords, codeWords, valueWords } from '../../library/words-known.ts'
import { eventTypes } from '../../store/browse.ts'
import { indicatorsById } from '../indicators.ts'

/** Types somebody has recorded events of. */
export const recordedTypes = async (context: Context): Promise<Set<string>> =>
  new Set((await eventTypes(context.measurements, context.organisation)).map(({ type }) => type))

export async function readLibrary(context: Context): Promise<Library> {
  const { timeZone } = await readProfile(context)
  const known = await indicatorsById(
    context,
    libraryEntries.map((entry) => entry.id),
  )
  const recorded = await recordedTypes(context)
  const drafts = libraryEntries.map((entry) => ({ entry, ready: draftOf(entry, timeZone) }))
  const own = ownWordsOf(
    drafts.flatMap(({ entry, ready }) => {
      const installed = known.get(entry.id)
      return installed ? [{ ready, installed }] : []
    }),
  )
  const words = rewordingOf(own)
  return {
    entries: drafts.map(({ entry, ready }) => {
      const installed = known.get(entry.id)
      const types = typesWithParts(entry, timeZone)
      return {
        id: entry.id,
        sectors: [...entry.sectors],
        formula: entry.formula,
        source: sources[entry.source],
        targetBasis: entry.targetBasis,
        draft: ready,
        eventTypes: types,
        parts: partsOf(entry),
        calendars: calendarsNamed(ready),
        installed: installed !== undefined,
        retired: installed?.retired ?? false,
        missingTypes: (installed ? eventTypesOf(installed) : types.map((type) => words('eventTypes', type))).filter(
          (type) => !recorded.has(type),
        ),
      }
    }),
    vocabulary: vocabulary.map((type) => ({
      name: type.name,
      title: type.title,
      explanation: type.explanation,
      attributes: type.attributes.map((name) => ({ name, title: both(attributeWords[name]) })),
      values: type.values.map((name) => ({ name, title: both(valueWords[name]) })),
      recorded: recorded.has(words('eventTypes', type.name)),
    })),
    codes: Object.entries(codeWords).map(([name, title]) => ({ name, title: both(title) })),
    own,
  }
}

/** In the library's words; of a derived indicator those of its parts. */
function typesWithParts(entry: LibraryEntry, timeZone: string): string[] {
  return [...new Set(withParts([entry]).flatMap((each) => eventTypesOf(draftOf(each, timeZone))))]
}
