/** How a ready indicator is written down, and how a draft is made of it. */
import type { Bilingual } from '#platform/contract'
import type { IndicatorDraftInput } from '../contract/indicators.ts'
import type { Sector } from '../contract/library.ts'
import { type SourceId, sourceTold } from './sources.ts'

/** Chinese and English. */
export type Both = readonly [zh: string, en: string]
export const both = ([zh, en]: Both): Bilingual => ({ zh, en })

type Written = Omit<IndicatorDraftInput, 'id' | 'title' | 'explanation' | 'source' | 'examples' | 'definition'> & {
  readonly id: string
  readonly sectors: readonly Sector[]
  readonly title: Both
  readonly explanation: Both
  /** The calculation in plain words. */
  readonly formula: Both
  readonly source: SourceId
  /** Where the target comes from, or why there is none. */
  readonly basis: Both
  readonly definition: IndicatorDraftInput['definition']
  readonly examples: NonNullable<IndicatorDraftInput['examples']>
}

export interface LibraryEntry {
  readonly id: string
  readonly sectors: readonly Sector[]
  readonly formula: Bilingual
  readonly source: SourceId
  readonly targetBasis: Bilingual
  /** Times of its examples are clock times without offset; `draftOf` puts them into a time zone. */
  readonly draft: IndicatorDraftInput
}

/** Kinds for which a period without events really is a zero. */
const NOTHING_IS_ZERO = new Set(['count', 'sum', 'cumulative', 'backlog'])

export function entry(written: Written): LibraryEntry {
  const { sectors, title, explanation, formula, source, basis, ...rest } = written
  const missing = { noEvents: NOTHING_IS_ZERO.has(rest.definition.kind) ? 'zero' : 'gap' } as const
  return {
    id: rest.id,
    sectors,
    formula: both(formula),
    source,
    targetBasis: both(basis),
    draft: {
      missing,
      ...rest,
      title: both(title),
      explanation: both(explanation),
      source: sourceTold(source),
    },
  }
}

type Example = NonNullable<IndicatorDraftInput['examples']>[number]
type ExampleEvent = Example['events'][number]

/**
 * An event of an example at a clock time of 2026 ('03-03 09:00'; the third of March is a Tuesday): texts are attributes,
 * numbers are values.
 */
export function event(
  type: string,
  when: string,
  facts: Readonly<Record<string, string | number>> = {},
  entity = 'a',
): ExampleEvent {
  const attributes: Record<string, string> = {}
  const values: Record<string, number> = {}
  for (const [name, fact] of Object.entries(facts)) {
    if (typeof fact === 'string') attributes[name] = fact
    else values[name] = fact
  }
  return { type, at: `2026-${when.replace(' ', 'T')}:00`, entity, attributes, values }
}

/** The same event so many times. */
export const times = (count: number, one: ExampleEvent): ExampleEvent[] => Array.from({ length: count }, () => one)

interface Span {
  /** Month and day; the third of March when absent. */
  readonly from?: string
  readonly to?: string
  readonly n?: number
}

/** Told in both languages: what is counted, what is not, and why. */
export function example(
  told: Both,
  events: readonly ExampleEvent[],
  expected: number | null,
  span: Span = {},
): Example {
  const from = span.from ?? '03-03'
  return {
    title: told.join(' / '),
    events: [...events],
    from: `2026-${from}`,
    to: `2026-${span.to ?? from}`,
    expected,
    ...(span.n === undefined ? {} : { expectedN: span.n }),
  }
}

/** Of a derived indicator: values of its parts instead of events. */
export const exampleOfParts = (told: Both, parts: Record<string, number>, expected: number | null): Example => ({
  ...example(told, [], expected),
  parts,
})
