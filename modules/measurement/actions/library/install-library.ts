/** Installing ready indicators: what is there stays, parts come first, what cannot come is told with its reason. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { Refusal, refuse } from '#platform/refusal'
import { measurementRefusals } from '../../contract.ts'
import type { IndicatorDraft } from '../../contract/indicators.ts'
import type { Installation, OwnVocabulary, Sector } from '../../contract/library.ts'
import { entriesOf, libraryEntry, partsOf, withParts } from '../../library/all.ts'
import { draftOf } from '../../library/draft.ts'
import type { LibraryEntry } from '../../library/entry.ts'
import { eventTypesOf, NO_OWN_WORDS, reworded, rewordingOf } from '../../library/reword.ts'
import { calendarsNamed } from '../../rules/plan/calendars-named.ts'
import { lockIndicator } from '../../store/records/indicators.ts'
import { indicatorsById, saveIndicator } from '../indicators.ts'
import { recordedTypes } from './read-library.ts'

/** Two that install at once wait for each other, so that the second finds what the first brought. */
const LOCK = 'library of ready indicators'

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
    const calendars = calendarsNamed(draft)
    return issues.map(({ rule, message }) =>
      rule.startsWith('calendar')
        ? { id: draft.id, kind: 'calendar', name: calendars[0] ?? '' }
        : { id: draft.id, kind: 'definition', name: message },
    )
  }
}
