/** The library of ready indicators: what it offers and how one takes from it. */
import { z } from 'zod'
import { bilingual } from '#platform/contract'
import { indicatorDraft, indicatorId } from './indicators.ts'
import { tag } from './refusals.ts'

export const sectors = ['hospital', 'hall', 'bank', 'property', 'e-commerce', 'hotline'] as const
export const sector = z.enum(sectors)
export type Sector = z.infer<typeof sector>

const word = z.string().min(1).max(100)
const OWN_WORDS_LIMIT = 500
const ownWords = z
  .record(word, word)
  .refine((names) => Object.keys(names).length <= OWN_WORDS_LIMIT, `at most ${OWN_WORDS_LIMIT} words`)
  .default({})

/** How the library's words are called in an organisation's own events. A word that is not named is the library's own. */
export const ownVocabulary = z.object({
  eventTypes: ownWords,
  attributes: ownWords,
  values: ownWords,
  /** What attributes say: `yes`, `online`, `resolved`, … */
  codes: ownWords,
})
export type OwnVocabulary = z.infer<typeof ownVocabulary>

const named = z.object({ name: z.string(), title: bilingual })

export const libraryEntry = z.object({
  id: indicatorId,
  sectors: z.array(sector),
  /** The calculation in plain words. */
  formula: bilingual,
  source: bilingual,
  targetBasis: bilingual,
  /** Worked examples stand in the organisation's time zone. */
  draft: indicatorDraft,
  /** Types of event it is made of, in the library's words. */
  eventTypes: z.array(z.string()),
  /** Indicators it is made of, all in the library. */
  parts: z.array(indicatorId),
  calendars: z.array(z.string()),
  installed: z.boolean(),
  retired: z.boolean(),
  /** Types of event that nobody has recorded yet, under their own name or the library's. */
  missingTypes: z.array(z.string()),
})
export type LibraryEntry = z.infer<typeof libraryEntry>

export const library = z.object({
  entries: z.array(libraryEntry),
  vocabulary: z.array(
    named.extend({
      explanation: bilingual,
      attributes: z.array(named),
      values: z.array(named),
      /** Whether events of this type were recorded. */
      recorded: z.boolean(),
    }),
  ),
  codes: z.array(named),
  /** The words the organisation chose, read off what it installed. */
  own: ownVocabulary,
})
export type Library = z.infer<typeof library>

/** Something an indicator waits for before it can be installed or give values. */
const need = z.object({
  id: indicatorId,
  kind: z.enum(['calendar', 'events', 'part', 'definition']),
  name: z.string(),
})

export const installation = z.object({
  installed: z.array(indicatorId),
  /** Those that were there already: left as they are, also where somebody changed or retired them. */
  kept: z.array(indicatorId),
  /** Not installed for the want of something. */
  left: z.array(indicatorId),
  needs: z.array(need),
})
export type Installation = z.infer<typeof installation>

const INSTALLED_AT_ONCE_LIMIT = 200

export const libraryRoutes = {
  readLibrary: tag(
    '/indicator-library',
    'GET',
    'Ready indicators, whether they are installed and which events they wait for',
  )
    .meta({ may: 'measurements.read' })
    .output(library),
  installLibrary: tag(
    '/indicator-library/installations',
    'POST',
    'Install the ready indicators of a sector, or some by their ids, with all they are made of',
  )
    .meta({ may: 'indicators.edit' })
    .input(
      z
        .object({
          sector: sector.optional(),
          ids: z.array(indicatorId).min(1).max(INSTALLED_AT_ONCE_LIMIT).optional(),
          vocabulary: ownVocabulary.optional(),
        })
        .refine((input) => (input.sector === undefined) !== (input.ids === undefined), {
          message: 'name a sector or ids, one of them',
          path: ['sector'],
        }),
    )
    .output(installation),
}
