import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { instantName } from '#platform/web/calendar.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { problemSentence } from '#platform/web/problems.ts'
import { organisation, useMay } from '#platform/web/session.ts'
import type { Language } from '#platform/web/words.ts'
import { deedWords } from '../words/deeds.ts'
import { words as all } from '../words.ts'

const words = all.audit
type AuditRow = Awaited<ReturnType<typeof organisation.listAudit.call>>['rows'][number]

export function AuditPage() {
  const say = useSay()
  const [actor, setActor] = useState('')
  const [route, setRoute] = useState('')
  const input = useDeferredValue({
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(route.trim() === '' ? {} : { route: route.trim() }),
  })
  const may = useMay('audit.read')
  const pages = usePages<AuditRow>(
    organisation.listAudit.key({ input }),
    (cursor) => organisation.listAudit.call({ ...input, cursor }),
    { enabled: may },
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="audit.read">
      <Section>
        <PagedTable<AuditRow>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          empty={<Empty title={say(words.empty)} />}
          tools={
            <>
              <Input
                allowClear
                value={actor}
                onChange={(event) => setActor(event.target.value)}
                placeholder={say(words.byActor)}
                aria-label={say(words.byActor)}
                style={{ width: 200 }}
              />
              <Input
                allowClear
                value={route}
                onChange={(event) => setRoute(event.target.value)}
                placeholder={say(words.byRoute)}
                aria-label={say(words.byRoute)}
                style={{ width: 200 }}
              />
            </>
          }
          columns={useColumns()}
        />
      </Section>
    </PageFrame>
  )
}

function useColumns(): Column<AuditRow>[] {
  const say = useSay()
  const { language } = useLanguage()
  const deedName = (route: string) => deedWords[route]?.[language] ?? route
  return [
    {
      key: 'at',
      title: say(words.at),
      render: (row) => <When at={row.at} exact />,
      text: (row) => instantName(row.at, language),
    },
    { key: 'actor', title: say(words.actor), render: (row) => row.actorName, text: (row) => row.actorName },
    {
      key: 'deed',
      title: say(words.deed),
      render: (row) => deedName(row.route),
      text: (row) => deedName(row.route),
    },
    {
      key: 'route',
      title: say(words.route),
      render: (row) => <code>{row.route}</code>,
      text: (row) => row.route,
      extra: true,
    },
    {
      key: 'path',
      title: say(words.path),
      render: (row) => <code>{`${row.method} ${row.path}`}</code>,
      text: (row) => `${row.method} ${row.path}`,
      extra: true,
    },
    {
      key: 'result',
      title: say(words.result),
      render: (row) => <Result row={row} />,
      text: (row) => `${row.status} ${row.problem ?? ''}`.trim(),
    },
  ]
}

/** The refusal in words where they need no figures, else its code. */
function refusalText(row: AuditRow, language: Language): string {
  const sentence = problemSentence(row.problem ?? '')?.[language]
  return sentence === undefined || sentence.includes('{') ? (row.problem ?? String(row.status)) : sentence
}

function Result({ row }: { row: AuditRow }) {
  const say = useSay()
  const { language } = useLanguage()
  if (row.status < 400) return <StatusMark status="green" word={say(words.done)} />
  if (row.status >= 500) return <StatusMark status="red" word={say(words.failed)} />
  return <StatusMark status="yellow" word={say(words.refused, { problem: refusalText(row, language) })} />
}
