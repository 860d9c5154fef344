/** What follows from scores: rules with what each unit gets, signs of stars, and the addresses that are told. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Consequence } from '#evaluation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { consequenceWords as words } from '../../words/consequences-screens.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { SignSection } from './sign-section.tsx'
import { Subscriptions } from './subscriptions.tsx'

export function ConsequencesPage() {
  const say = useSay()
  const mayEdit = useMay('consequences.edit')
  const rules = useQuery(evaluation.listConsequences.queryOptions())
  const [edited, setEdited] = useState<Consequence | 'new' | null>(null)
  const sign = rules.data?.find((rule) => rule.kind === 'sign')
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.title), to: '/evaluate' }]}
      may="consequences.read"
      actions={
        mayEdit && (
          <Button type="primary" onClick={() => setEdited('new')}>
            {say(words.newRule)}
          </Button>
        )
      }
    >
      <Section title={say(words.rules)}>
        <Loaded query={rules}>{(rows) => <Rules rows={rows} onEdit={setEdited} />}</Loaded>
      </Section>
      {sign && <SignSection rule={sign} />}
      {mayEdit && <Subscriptions />}
      {edited !== null && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </PageFrame>
  )
}

function Rules({ rows, onEdit }: { rows: readonly Consequence[]; onEdit: (rule: Consequence) => void }) {
  const say = useSay()
  const ask = useAsk()
  const mayEdit = useMay('consequences.edit')
  const remove = useAct((id: string) => evaluation.deleteConsequence.call({ id }), {
    done: words.removed,
    refresh: ['evaluation'],
  })
  const columns: Column<Consequence>[] = [
    { key: 'name', title: say(words.name), render: (row) => say(row.title), text: (row) => say(row.title) },
    { key: 'kind', title: say(words.kind), render: (row) => say(words.kinds[row.kind]) },
    { key: 'from', title: say(words.from), render: (row) => say(words.froms[row.from]) },
    { key: 'grain', title: say(words.grain), render: (row) => say(floorWords.grain[row.grain]) },
    { key: 'version', title: '', render: (row) => say(words.version, { version: row.version }) },
    {
      key: 'actions',
      title: '',
      render: (row) =>
        mayEdit && (
          <span className="row">
            <Button onClick={() => onEdit(row)}>{say(words.edit)}</Button>
            <Button
              danger
              onClick={() =>
                ask({
                  title: say(words.removeTitle, { title: say(row.title) }),
                  lost: say(words.removeLost),
                  deed: say(words.remove),
                  onYes: () => remove.run(row.id),
                })
              }
            >
              {say(words.remove)}
            </Button>
          </span>
        ),
    },
  ]
  return (
    <RowTable
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
    />
  )
}
