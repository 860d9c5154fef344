/** Definitions as text for files: YAML, or JSON, which YAML reads too. What has its usual meaning is left out and comes back when read. */
import { parseDocument, stringify } from 'yaml'
import { type IndicatorDraft, indicatorDraft } from '../../contract/indicators.ts'

export type TextFormat = 'yaml' | 'json'
/** Most definitions one text may hold, and its longest length in characters. */
export const DRAFTS_LIMIT = 500
export const TEXT_LENGTH_LIMIT = 2_000_000
/** Anchors may be used, but not to blow a small text up. */
const ALIASES_LIMIT = 100

export interface SchemaIssue {
  readonly field: string
  /** The schema's own word: `invalid_type`, `too_small`, … */
  readonly rule: string
  readonly message: string
}

export interface ReadDraft {
  /** As written, also where the rest is faulty; empty when there is none. */
  readonly id: string
  readonly draft: IndicatorDraft | null
  readonly issues: readonly SchemaIssue[]
}

export interface TextFault {
  readonly rule: 'text-broken' | 'text-empty' | 'text-too-many'
  readonly message: string
  /** Counted from 1; 0 where no line is to blame. */
  readonly line: number
}

export function textOfDrafts(drafts: readonly IndicatorDraft[], format: TextFormat): string {
  const content = { indicators: drafts.map(writtenDraft) }
  return format === 'json' ? `${JSON.stringify(content, null, 2)}\n` : stringify(content, { lineWidth: 120 })
}

/** One definition alone, as an editor shows it. */
export const textOfDraft = (draft: IndicatorDraft): string => stringify(writtenDraft(draft), { lineWidth: 120 })

/** A list, a mapping with `indicators`, or a single definition. */
export function readDrafts(text: string): readonly ReadDraft[] | TextFault {
  const document = parseDocument(text, { prettyErrors: false, strict: true, uniqueKeys: true })
  const [error] = document.errors
  if (error) return { rule: 'text-broken', message: error.message, line: lineOf(text, error.pos[0]) }
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: ALIASES_LIMIT })
  } catch (fault) {
    return { rule: 'text-broken', message: fault instanceof Error ? fault.message : '', line: 0 }
  }
  const listed = isMapping(content) && Array.isArray(content['indicators']) ? content['indicators'] : content
  const items: unknown[] = Array.isArray(listed) ? listed : isMapping(listed) ? [listed] : []
  if (items.length === 0) return { rule: 'text-empty', message: 'The text holds no definition.', line: 0 }
  if (items.length > DRAFTS_LIMIT)
    return { rule: 'text-too-many', message: `A text holds at most ${DRAFTS_LIMIT} definitions.`, line: 0 }
  return items.map(readDraft)
}

export const isTextFault = (read: readonly ReadDraft[] | TextFault): read is TextFault => !Array.isArray(read)

export function readDraft(written: unknown): ReadDraft {
  const read = indicatorDraft.safeParse(written)
  const id = isMapping(written) && typeof written['id'] === 'string' ? written['id'].slice(0, 80) : ''
  if (read.success) return { id, draft: read.data, issues: [] }
  const issues = read.error.issues.map(({ path, code, message }) => ({
    field: path.map(String).join('.'),
    rule: code ?? 'invalid',
    message,
  }))
  return { id, draft: null, issues }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const lineOf = (text: string, place: number) => text.slice(0, place).split('\n').length

/** Without what the schema fills in by itself. */
function writtenDraft(draft: IndicatorDraft): Record<string, unknown> {
  // In the order of the schema, whatever order a store gave; a draft that is not complete yet stays as it is.
  const ordered = indicatorDraft.safeParse(draft).data ?? draft
  const entries = Object.entries(ordered).filter(([key]) => Object.hasOwn(indicatorDraft.shape, key))
  return Object.fromEntries(
    entries.flatMap(([key, value]): [string, unknown][] => {
      const usual = indicatorDraft.shape[key as keyof typeof indicatorDraft.shape].safeParse(undefined)
      if (usual.success && same(usual.data, value)) return []
      if (key === 'definition' || key === 'exclusions') return [[key, withoutUsual(value)]]
      return [[key, key === 'examples' ? ordered.examples.map(writtenExample) : value]]
    }),
  )
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Parts of definitions that mean the same when left out. No free names stand beside them. */
const USUAL: Readonly<Record<string, unknown>> = {
  where: [],
  coefficient: 1,
  acrossEntities: false,
  open: 'censor',
  take: 'last',
  capShare: 1,
}

function withoutUsual(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUsual)
  if (!isMapping(value)) return value
  const kept = Object.entries(value).filter(([key, each]) => !(Object.hasOwn(USUAL, key) && same(USUAL[key], each)))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutUsual(each)]))
}

function writtenExample({ title, events, ...rest }: IndicatorDraft['examples'][number]) {
  const written = events.map(({ type, at, entity, attributes, values }) => ({
    type,
    at,
    ...(entity === 'a' ? {} : { entity }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
  }))
  return { ...(title === '' ? {} : { title }), events: written, ...rest }
}
