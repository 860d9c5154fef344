/** What speaks against weights, in plain words. */
import type { WeightsReport } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { weightWords as words } from '../../words/weights.ts'
import { useEditorState } from '../schemes/state/use-editor.ts'
import { namesOf } from './part-names.ts'

export function Warnings({ warnings }: { warnings: WeightsReport['warnings'] }) {
  const say = useSay()
  const { language } = useLanguage()
  const editor = useEditorState()
  const names = namesOf(editor, say, language)
  if (warnings.length === 0) return null
  const name = (of: string | null, rule: string) =>
    of !== null
      ? (names.get(of) ?? of)
      : say(rule === 'incomplete' || rule === 'inconsistent' ? words.dimensions : words.whole)
  return (
    <ul className="warnings">
      {warnings.map(({ rule, of }) => (
        <li key={`${rule} ${of ?? ''}`} className="issue-warning">
          {say(words.warnings[rule], { of: name(of, rule) })}
        </li>
      ))}
    </ul>
  )
}
