/** Calendars of opening hours, what they lack, and how the organisation cuts weeks and years. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import type { CalendarLine } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { Go, useGo } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { holidayGaps } from '../../rules/calendars.ts'
import { calendarWords as words } from '../../words/calendars.ts'
import { PeriodSettingsCard } from './period-settings-card.tsx'

export function CalendarsPage() {
  const say = useSay()
  const go = useGo()
  const may = useMay('calendars.edit')
  const mayRead = useMay('entities.read')
  const calendars = useQuery({ ...organisation.listCalendars.queryOptions(), enabled: mayRead })
  const holidays = useQuery({ ...organisation.chineseHolidays.queryOptions(), enabled: mayRead })
  const known = (holidays.data ?? []).map((one) => one.year)
  const add = may && (
    <Button icon={<PlusOutlined />} onClick={() => go('/admin/calendars/new')}>
      {say(words.list.add)}
    </Button>
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="entities.read" actions={add}>
      <Loaded query={calendars}>
        {(rows) => (
          <>
            {holidays.data && <Gaps rows={rows} known={known} />}
            <Section title={say(words.list.title)}>
              {rows.length === 0 ? <Begin may={may} known={known} /> : <Lines rows={rows} />}
            </Section>
          </>
        )}
      </Loaded>
      {mayRead && <PeriodSettingsCard may={may} />}
    </PageFrame>
  )
}

function Gaps({ rows, known }: { rows: readonly CalendarLine[]; known: readonly number[] }) {
  const say = useSay()
  const thisYear = Number(today().slice(0, 4))
  const gaps = rows.flatMap((row) => holidayGaps(row.holidayYears, known, thisYear).map((gap) => ({ row, gap })))
  if (gaps.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={say(words.gaps.title)}
      description={
        <ul>
          {gaps.map(({ row, gap }) => (
            <li key={`${row.id} ${gap.year}`}>
              <Go to={`/admin/calendars/${row.id}?year=${gap.year}`}>
                {say(gap.known ? words.gaps.known : words.gaps.unknown, { name: say(row.name), year: `${gap.year}` })}
              </Go>
            </li>
          ))}
        </ul>
      }
    />
  )
}

function Begin({ may, known }: { may: boolean; known: readonly number[] }) {
  const say = useSay()
  const seed = useAct(() => organisation.createOfficeHours.call({}), {
    done: words.list.seeded,
    refresh: ['organisation'],
  })
  const button = (
    <Button type="primary" loading={seed.busy} onClick={() => seed.run(undefined)}>
      {say(words.list.seed)}
    </Button>
  )
  const years = known.length === 0 ? '' : `${known[0]}–${known.at(-1)}`
  return (
    <Empty
      title={say(words.list.empty)}
      why={may ? say(words.list.emptyWhy, { years }) : say(words.list.emptyRead)}
      begin={may && button}
    />
  )
}

function Lines({ rows }: { rows: readonly CalendarLine[] }) {
  const say = useSay()
  const years = (row: CalendarLine) =>
    row.holidayYears.length === 0 ? say(words.list.noHolidays) : row.holidayYears.join(', ')
  return (
    <RowTable
      rows={rows}
      rowKey={(row) => row.id}
      to={(row) => `/admin/calendars/${row.id}`}
      exportName={say(words.title)}
      columns={[
        { key: 'name', title: say(words.list.name), render: (row) => say(row.name), text: (row) => say(row.name) },
        { key: 'id', title: say(words.list.id), render: (row) => <code>{row.id}</code>, text: (row) => row.id },
        {
          key: 'from',
          title: say(words.list.effectiveFrom),
          render: (row) => <Day day={row.effectiveFrom} />,
          text: (row) => row.effectiveFrom,
        },
        {
          key: 'versions',
          title: say(words.list.versions),
          align: 'right',
          render: (row) => row.versionCount,
          text: (row) => row.versionCount,
        },
        { key: 'holidays', title: say(words.list.holidays), render: years, text: years },
      ]}
    />
  )
}
