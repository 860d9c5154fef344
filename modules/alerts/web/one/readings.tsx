/** Every reading that fired, the newest first. */
import type { Alert, Reading } from '#alerts/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../../words.ts'
import { subjectOf, unitOf } from '../telling/why.ts'

const text = words.page

export function Readings({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const unit = unitOf(alert)
  const number = (value: string) => <span className="number">{value}</span>
  const columns: Column<Reading>[] = [
    {
      key: 'period',
      title: say(text.period),
      render: (row) => periodName(row.periodStart, alert.rule.grain, language),
      text: (row) => row.periodStart,
    },
    {
      key: 'colour',
      title: say(words.column.colour),
      render: (row) => <StatusMark status={row.colour} />,
      text: (row) => say(words.colour[row.colour]),
    },
    {
      key: 'value',
      title: say(text.value),
      align: 'right',
      render: (row) => number(formatValue(row.value, unit, language)),
      text: (row) => row.value,
    },
    {
      key: 'n',
      title: say(text.n),
      align: 'right',
      render: (row) => number(formatNumber(row.n, language, 0)),
      text: (row) => row.n,
    },
    {
      key: 'reference',
      title: say(text.reference),
      align: 'right',
      render: (row) => number(formatValue(row.baseline ?? row.level, unit, language)),
      text: (row) => row.baseline ?? row.level,
    },
  ]
  return (
    <Section title={say(text.readings)}>
      <RowTable<Reading>
        columns={columns}
        rows={alert.readings.toReversed()}
        rowKey={(row) => row.periodStart}
        exportName={`${alert.entity.name} ${say(subjectOf(alert))}`}
      />
    </Section>
  )
}
