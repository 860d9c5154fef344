/** How a ranking came about, in sentences of both languages, from the scheme itself: so they cannot say anything else than it does. */
import type { Bilingual } from '#platform/contract'
import { type Language, sayIn, type Sentence, type Values } from '#platform/web/words.ts'
import type { SchemeDraft } from '../../contract/scheme.ts'
import { methodWords as words } from '../../words/publishing.ts'
import { flatItems } from '../schemes/flat-items.ts'

const both = (sentence: Sentence, values: (language: Language) => Values = () => ({})): Bilingual => ({
  zh: sayIn('zh', sentence, values('zh')),
  en: sayIn('en', sentence, values('en')),
})

const percent = (share: number) => Math.round(share * 1000) / 10

/** `titles`: of the items, by their ids. */
export function methodOf(draft: SchemeDraft, titles: ReadonlyMap<string, Bilingual>): Bilingual[] {
  const items = flatItems(draft).filter((item) => item.globalWeight > 0)
  const list = (language: Language, names: readonly string[]) => names.join(words.separator[language])
  const weights = (language: Language) =>
    list(
      language,
      items.map(({ id, globalWeight }) =>
        sayIn(language, words.weightOf, { title: titles.get(id)?.[language] ?? id, percent: percent(globalWeight) }),
      ),
    )
  const { missing, gates, grades, certainty, peerGroups } = draft
  return [
    both(words.items, (language) => ({
      items: items.length,
      dimensions: draft.dimensions.length,
      weights: weights(language),
    })),
    both(words.aggregation[draft.aggregation.kind]),
    ...(items.some((item) => item.shrink === 'peers') ? [both(words.shrunk)] : []),
    ...(peerGroups.by === 'none' ? [] : [both(words.peers)]),
    both(words.missing[missing.rule], () => ({ percent: percent(missing.mostShare) })),
    ...(gates.length > 0
      ? [
          both(words.gates, (language) => ({
            titles: list(
              language,
              gates.map((gate) => gate.title[language]),
            ),
          })),
        ]
      : []),
    both(words.bands[grades.bands.kind]),
    ...(grades.hysteresisPoints > 0 ? [both(words.held, () => ({ points: grades.hysteresisPoints }))] : []),
    both(words.certainty, () => ({ percent: percent(certainty.confidence) })),
    both(words.change),
    both(words.withheld),
  ]
}
