/** What an item or dimension is called, while it is being written too. */
import type { Dimension, SchemeItem } from '#evaluation/contract'
import type { Indicator } from '#measurement/contract'
import type { Bilingual } from '#platform/contract'
import type { Say } from '#platform/web/language.tsx'
import type { Language } from '#platform/web/words.ts'
import { schemeWords } from '../../../words/schemes.ts'

const words = schemeWords.tree

export const titleIn = ({ zh, en }: Bilingual, language: Language): string =>
  language === 'zh' ? zh.trim() || en.trim() : en.trim() || zh.trim()

export const dimensionTitle = ({ title }: Pick<Dimension, 'title'>, say: Say, language: Language): string =>
  titleIn(title, language) || say(words.dimensionNew)

export function itemTitle(
  { source }: Pick<SchemeItem, 'source'>,
  indicator: (id: string) => Indicator | undefined,
  say: Say,
  language: Language,
): string {
  if (source.kind === 'assessed') return titleIn(source.title, language) || say(words.assessedNot)
  if (source.indicator === '') return say(words.chosenNot)
  const known = indicator(source.indicator)
  return known ? say(known.title) : source.indicator
}
