/** The library of ready indicators: what it offers here, and installing from it. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { Refusal, refuse } from '#platform/refusal'
import { measurementRefusals } from '../contract.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import type { Installation, Library, OwnVocabulary, Sector } from '../contract/library.ts'
import { entriesOf, libraryEntries, libraryEntry, partsOf, withParts } from '../library/all.ts'
import { draftOf } from '../library/draft.ts'
import { both, type LibraryEntry } from '../library/entry.ts'
import { calendarsOf, eventTypesOf, NO_OWN_WORDS, ownWordsOf, reworded, rewordingOf } from '../library/reword.ts'
import { sources } from '../library/sources.ts'
import { vocabulary } from '../library/vocabulary.ts'
import { attributeWords, codeWords, valueWords } from '../library/words-known.ts'
import { eventTypes } from '../store/browse.ts'
import { lockIndicator } from '../store/records/indicators.ts'
import { indicatorsById, saveIndicator } from './indicators.ts'

/** Two that install at once wait for each other, so that the second finds what the first brought. */
const LOCK = 'library of ready indicators'

const recordedTypes = async (context: Context): Promise<Set<string>> =>
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
        calendars: calendarsOf(ready),
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

export async function installLibrary(
  context: Context,
  input: {
    sector?: Sector | undefined
    ids?: readonly string[] | undefined
    vocabulary?: OwnVocabulary | undefined
  },
): Promise<Installation> {
  await lockIndicator(context, LOCK)
  const entries = withParts(input.sector === undefined ? named(input.ids ?? []) : entriesOf(input.sector))
  const { timeZone } = await readProfile(context)
  const known = await indicatorsById(
    context,
    entries.map((entry) => entry.id),
  )
  const recorded = await recordedTypes(context)
  const words = rewordingOf(input.vocabulary ?? NO_OWN_WORDS)
  const result: Installation = { installed: [], kept: [], left: [], needs: [] }
  for (const entry of entries) {
    const { id } = entry
    if (known.has(id)) {
      result.kept.push(id)
      continue
    }
    const absent = partsOf(entry).filter((part) => result.left.includes(part))
    const draft = reworded(draftOf(entry, timeZone), words)
    const needs = absent.map((name): Need => ({ id, kind: 'part', name }))
    if (needs.length === 0) needs.push(...(await tried(context, draft)))
    result.needs.push(...needs)
    if (needs.length > 0) {
      result.left.push(id)
      continue
    }
    result.installed.push(id)
    for (const name of eventTypesOf(draft)) {
      if (!recorded.has(name)) result.needs.push({ id, kind: 'events', name })
    }
  }
  return result
}

type Need = Installation['needs'][number]

const named = (ids: readonly string[]): LibraryEntry[] =>
  [...new Set(ids)].map((id) => libraryEntry(id) ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id }))

/** Saves by the same door as the editor. What it lacks is told; nothing was written then. */
async function tried(context: Context, draft: IndicatorDraft): Promise<Need[]> {
  try {
    await saveIndicator(context, draft)
    return []
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'DEFINITION_INVALID') throw error
    const { issues } = error.data as { issues: readonly { rule: string; message: string }[] }
    const calendars = calendarsOf(draft)
    return issues.map(({ rule, message }) =>
      rule.startsWith('calendar')
        ? { id: draft.id, kind: 'calendar', name: calendars[0] ?? '' }
        : { id: draft.id, kind: 'definition', name: message },
    )
  }
}
