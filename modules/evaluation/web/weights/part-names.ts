/** What people call the parts of a draft, by id. */
import type { Say } from '#platform/web/language.tsx'
import type { Language } from '#platform/web/words.ts'
import type { Editor } from '../schemes/state/use-editor.ts'
import { dimensionTitle, itemTitle } from '../schemes/tree/item-title.ts'

export const namesOf = ({ draft, indicator }: Editor, say: Say, language: Language): ReadonlyMap<string, string> =>
  new Map(
    draft.dimensions.flatMap((dimension) => [
      [dimension.id, dimensionTitle(dimension, say, language)] as const,
      ...dimension.items.map((item) => [item.id, itemTitle(item, indicator, say, language)] as const),
    ]),
  )
