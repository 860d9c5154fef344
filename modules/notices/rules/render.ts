/** Sentences with their gaps filled, in both languages, and short enough for where they go. */
import type { Bilingual } from '#platform/contract'
import { type Sentence, sayIn } from '#platform/web/words'

/** What fills a gap: text that needs no translation, a number, or a sentence of its own. */
export type Parameter = string | number | Sentence | null

/** What a module hands in beside the call: the name of the kind, and what is said. */
export interface NoticeWords {
  /** Of the kind, e.g. "Alerts raised": what people choose by. */
  readonly name: Sentence
  readonly title: Sentence
  readonly body: Sentence
}

export const TITLE_LIMIT = 200
export const BODY_LIMIT = 4000

/** So many characters at most (of UTF-16, never half of a pair), with "…" where something is missing. */
export function cutToLetters(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = text.slice(0, limit - 1)
  return `${kept.isWellFormed() || !text.isWellFormed() ? kept : kept.slice(0, -1)}…`
}

function filled(sentence: Sentence, params: Readonly<Record<string, Parameter>>, limit: number): Bilingual {
  const of = (language: 'zh' | 'en') => {
    const values = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        value !== null && typeof value === 'object' ? value[language] : value,
      ]),
    )
    return cutToLetters(sayIn(language, sentence, values), limit)
  }
  return { zh: of('zh'), en: of('en') }
}

/** A title is one line, whatever its gaps were filled with. */
const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').trim()

export function render(
  words: NoticeWords,
  params: Readonly<Record<string, Parameter>>,
): { readonly title: Bilingual; readonly body: Bilingual } {
  const title = filled(words.title, params, TITLE_LIMIT)
  return { title: { zh: oneLine(title.zh), en: oneLine(title.en) }, body: filled(words.body, params, BODY_LIMIT) }
}

const bytes = new TextEncoder()
export const sizeBytes = (text: string): number => bytes.encode(text).length

/** At most so many bytes of UTF-8, cut between characters (also those of several code points), with "…" where something is missing. */
export function cutToBytes(text: string, limitBytes: number): string {
  if (sizeBytes(text) <= limitBytes) return text
  const room = limitBytes - sizeBytes('…')
  let kept = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    used += sizeBytes(segment)
    if (used > room) break
    kept += segment
  }
  return `${kept}…`
}
