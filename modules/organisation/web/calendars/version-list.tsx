/** Every version of a calendar: from when it holds, when and by whom it was recorded. */
import type { OpeningCalendar } from '#organisation/contract'
import { today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Day, When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { versionStates } from '../../rules/calendars.ts'
import { calendarWords } from '../../words/calendars.ts'

const words = calendarWords.versions

export function VersionList({ calendar }: { calendar: OpeningCalendar }) {
  const say = useSay()
  const states = versionStates(calendar.versions, today())
  return (
    <Section title={say(words.title)}>
      <RowTable
        rows={calendar.versions.toReversed()}
        rowKey={(row) => String(row.version)}
        columns={[
          {
            key: 'version',
            title: say(words.version),
            render: (row) => say(words.number, { version: row.version }),
          },
          { key: 'from', title: say(words.from), render: (row) => <Day day={row.effectiveFrom} /> },
          { key: 'state', title: say(words.state), render: (row) => say(words[states.get(row.version) ?? 'over']) },
          { key: 'recorded', title: say(words.recorded), render: (row) => <When at={row.recordedAt} exact /> },
          { key: 'by', title: say(words.by), render: (row) => row.recordedBy },
          {
            key: 'actions',
            title: say(words.show),
            render: (row) => <Go to={`/admin/calendars/${calendar.id}?version=${row.version}`}>{say(words.show)}</Go>,
          },
        ]}
      />
    </Section>
  )
}
