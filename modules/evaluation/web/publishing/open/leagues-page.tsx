/** Published league tables of one organisation, for anyone. */
import type { LeagueLine } from '#evaluation/contract'
import { instantName, periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { useParam } from '#platform/web/router.tsx'
import { publishingWords as words } from '../../../words/publishing-screens.ts'
import { evaluation } from '../../api.ts'
import { StateMark } from '../publication-marks.tsx'
import { OpenFrame } from './open-frame.tsx'

export function LeaguesPage() {
  const say = useSay()
  const { language } = useLanguage()
  const organisation = useParam('organisation')
  const input = { organisation }
  const pages = usePages<LeagueLine>(evaluation.listLeagueTables.key({ input }), (cursor) =>
    evaluation.listLeagueTables.call({ ...input, cursor }),
  )
  const titleOf = (row: LeagueLine) => `${say(row.title)} · ${periodName(row.periodStart, row.grain, language)}`
  const units = (row: LeagueLine) => say(words.unitsRanked, { units: row.units, ranked: row.ranked })
  const columns: Column<LeagueLine>[] = [
    { key: 'period', title: say(words.period), render: titleOf, text: titleOf },
    { key: 'state', title: say(words.state), render: (row) => <StateMark state={row.state} /> },
    { key: 'units', title: say(words.units), render: units, text: units },
    {
      key: 'published',
      title: say(words.steps.published),
      render: (row) => instantName(row.publishedAt, language),
      text: (row) => row.publishedAt,
    },
  ]
  return (
    <OpenFrame title={say(words.open.list)}>
      <Section>
        <PagedTable
          pages={pages}
          columns={columns}
          rowKey={(row) => row.id}
          to={(row) => `/public/${organisation}/league/${row.id}`}
          empty={<Empty title={say(words.open.none)} why={say(words.open.noneWhy)} />}
        />
      </Section>
    </OpenFrame>
  )
}
