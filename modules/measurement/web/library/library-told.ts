/** The library's words as a reader knows them. */
import type { Library } from '#measurement/contract'
import { type Language, sayIn } from '#platform/web/words.ts'
import type { Rewording, WordKind } from '../../library/reword.ts'

export interface KnownWord {
  readonly zh: string
  readonly en: string
}

/** Titles of all words, by kind and name. */
export function wordTitles(library: Library): ReadonlyMap<string, KnownWord> {
  const titles = new Map<string, KnownWord>()
  const put = (kind: WordKind, name: string, title: KnownWord) => titles.set(`${kind} ${name}`, title)
  for (const type of library.vocabulary) {
    put('eventTypes', type.name, type.title)
    for (const { name, title } of type.attributes) put('attributes', name, title)
    for (const { name, title } of type.values) put('values', name, title)
  }
  for (const { name, title } of library.codes) put('codes', name, title)
  return titles
}

/** A word without a title is somebody's own and stays as it is. */
export function titledIn(library: Library, language: Language): Rewording {
  const titles = wordTitles(library)
  return (kind, word) => {
    const title = titles.get(`${kind} ${word}`)
    return title ? sayIn(language, title) : word
  }
}
