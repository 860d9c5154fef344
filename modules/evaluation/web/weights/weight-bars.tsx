/** Weights as bars: of a set, and of the whole tree. */
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { weightWords } from '../../words/weights.ts'
import { useEditorState } from '../schemes/state/use-editor.ts'
import { dimensionTitle, itemTitle } from '../schemes/tree/item-title.ts'

const percent = (weight: number, language: 'zh' | 'en') => `${formatNumber(weight * 100, language, 1)}%`

export function PlainBars(props: {
  title: string
  rows: readonly { readonly key: string; readonly name: string; readonly weight: number }[]
}) {
  const { language } = useLanguage()
  const most = Math.max(...props.rows.map((row) => row.weight), 0.01)
  return (
    <ul className="plain-bars" aria-label={props.title}>
      {props.rows.map((row) => (
        <li key={row.key}>
          <span className="bar-name">{row.name}</span>
          <span className="bar" aria-hidden="true">
            <i style={{ width: `${(100 * row.weight) / most}%` }} />
          </span>
          <span className="number">{percent(row.weight, language)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The whole tree: weights of dimensions, and what each item has of the whole. */
export function WeightBars() {
  const say = useSay()
  const { language } = useLanguage()
  const { draft, indicator } = useEditorState()
  const most = Math.max(
    ...draft.dimensions.flatMap(({ weight, items }) => items.map((item) => weight * item.weight)),
    0.01,
  )
  return (
    <ul className="tree-bars" aria-label={say(weightWords.result)}>
      {draft.dimensions.map((dimension) => (
        <li key={dimension.id}>
          <p className="row spread">
            <strong>{dimensionTitle(dimension, say, language)}</strong>
            <strong className="number">{percent(dimension.weight, language)}</strong>
          </p>
          <ul className="plain-bars">
            {dimension.items.map((item) => (
              <li key={item.id}>
                <span className="bar-name">{itemTitle(item, indicator, say, language)}</span>
                <span className="bar" aria-hidden="true">
                  <i style={{ width: `${(100 * dimension.weight * item.weight) / most}%` }} />
                </span>
                <span className="number" title={say(weightWords.global)}>
                  {percent(dimension.weight * item.weight, language)}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
