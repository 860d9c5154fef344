/** A value of a definition as readers know it: the code words of choices become the words of the form. */
import { unitNames } from '#platform/web/numbers.ts'
import { type Language, sayIn, type Sentence } from '#platform/web/words.ts'
import { adoptingWords } from '../../words/adopting.ts'
import { definitionWords as words } from '../../words/definition/definition.ts'

const directions = {
  'higher-is-better': words['higher-is-better'],
  'lower-is-better': words['lower-is-better'],
  neutral: words.neutral,
}

/** Choices by the end of their field's path; the longest that fits counts. */
const choices: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  unit: unitNames,
  direction: directions,
  category: words.categories,
  belowMinimum: words.belows,
  rollUp: words.rollUps,
  'missing.noEvents': words.missings,
  'cap.kind': words.caps,
  'definition.kind': words.kinds,
  'window.kind': words.windows,
  'window.since': words.sinces,
  'statistic.of': words.statistics,
  'score.of': words.scores,
  'pair.open': words.opens,
  operator: words.operators,
  take: words.takes,
  of: { events: words.eventCount },
}

/** `json` as in a difference; null is told as nothing. */
export function valueTold(field: string, json: string | null, language: Language): string {
  if (json === null) return '—'
  const value: unknown = JSON.parse(json)
  const say = (sentence: Sentence) => sayIn(language, sentence)
  if (value === null) return say(adoptingWords.nothingSet)
  if (typeof value === 'boolean') return say(value ? adoptingWords.yes : adoptingWords.no)
  if (typeof value === 'object') return say(adoptingWords.nothingSet)
  if (typeof value !== 'string') return json
  if (value === '') return say(adoptingWords.nothingSet)
  const ends = Object.keys(choices).filter((end) => field === end || field.endsWith(`.${end}`))
  const longest = ends.toSorted((a, b) => b.length - a.length)[0]
  const word = longest === undefined ? undefined : choices[longest]?.[value]
  return word ? say(word) : value
}
