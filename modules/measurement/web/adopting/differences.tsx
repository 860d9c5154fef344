/** What two definitions say differently, as a table. */
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { fieldName } from '#platform/web/problems.ts'
import type { Difference } from '../../rules/drafts/differences.ts'
import { adoptingWords as words } from '../../words/adopting.ts'
import { valueTold } from './value-told.ts'

export function Differences({ rows }: { rows: readonly Difference[] }) {
  const say = useSay()
  const { language } = useLanguage()
  if (rows.length === 0) return <p className="muted">{say(words.same)}</p>
  const shown = (field: string, json: string | null) => (
    <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{valueTold(field, json, language)}</span>
  )
  return (
    <RowTable
      rows={rows}
      rowKey={(row) => row.field}
      columns={[
        {
          key: 'field',
          title: say(words.field),
          render: (row) => <span title={row.field}>{placeName(row.field, language)}</span>,
          text: (row) => row.field,
        },
        {
          key: 'before',
          title: say(words.before),
          render: (row) => shown(row.field, row.before),
          text: (row) => row.before,
        },
        {
          key: 'after',
          title: say(words.after),
          render: (row) => shown(row.field, row.after),
          text: (row) => row.after,
        },
      ]}
    />
  )
}

/** Where in the draft, with the number of the item in a list. */
function placeName(field: string, language: 'zh' | 'en'): string {
  const numbers = field.split('.').flatMap((part) => (/^\d+$/.test(part) ? [Number(part) + 1] : []))
  return `${fieldName(field, language)}${numbers.length > 0 ? ` ${numbers.join('.')}` : ''}`
}
