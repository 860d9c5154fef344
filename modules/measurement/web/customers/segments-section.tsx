/** How many customers each segment has, what they are worth, and how the segments are drawn. */
import { useQuery } from '@tanstack/react-query'
import { Button, Collapse } from 'antd'
import type { CustomerSegment, CustomerSegments } from '#measurement/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { regions } from '../../rules/customers/segments.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.customers
type Row = CustomerSegments['segments'][number]

export function SegmentsSection(props: {
  day: string | undefined
  chosen: CustomerSegment | undefined
  onChoose: (segment: CustomerSegment | undefined) => void
}) {
  const say = useSay()
  const { language } = useLanguage()
  const input = props.day === undefined ? {} : { day: props.day }
  const query = useQuery(measurement.customerSegments.queryOptions({ input }))
  const count = (value: number) => formatNumber(value, language, 0)
  const lead = query.data && {
    day: dayName(query.data.day, language),
    customers: count(query.data.customers),
    dealings: count(query.data.dealings),
  }
  return (
    <Section title={say(words.segmentsTitle)} {...(lead ? { lead: say(words.segmentsLead, lead) } : {})}>
      <Loaded query={query} rows={7}>
        {(data) =>
          data.customers === 0 ? (
            <Empty title={say(words.nobody)} why={say(words.noneWhy)} />
          ) : (
            <div className="stack">
              <SegmentTable data={data} chosen={props.chosen} onChoose={props.onChoose} />
              <Collapse
                ghost
                items={[{ key: 'how', label: say(words.howScored), children: <HowScored data={data} /> }]}
              />
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}

function SegmentTable(props: {
  data: CustomerSegments
  chosen: CustomerSegment | undefined
  onChoose: (segment: CustomerSegment | undefined) => void
}) {
  const { data, chosen, onChoose } = props
  const say = useSay()
  const { language } = useLanguage()
  const share = (part: number, whole: number) =>
    whole > 0 ? formatValue((100 * part) / whole, 'percent', language) : '—'
  const withMoney = data.money !== null
  const number = (key: string, title: string, text: (row: Row) => string): Column<Row> => ({
    key,
    title,
    align: 'right',
    render: (row) => <span className="number">{text(row)}</span>,
    text,
  })
  const columns: Column<Row>[] = [
    {
      key: 'segment',
      title: say(words.segment),
      render: (row) => (
        <Button
          type={chosen === row.segment ? 'primary' : 'link'}
          size="small"
          aria-pressed={chosen === row.segment}
          onClick={() => onChoose(chosen === row.segment ? undefined : row.segment)}
        >
          {say(words.segments[row.segment])}
        </Button>
      ),
      text: (row) => say(words.segments[row.segment]),
    },
    {
      key: 'told',
      title: say(words.region),
      render: (row) => (
        <>
          {say(words.segmentTold[row.segment])}{' '}
          <span className="muted small">{regionText(row.segment, withMoney, say)}</span>
        </>
      ),
      text: (row) => regionText(row.segment, withMoney, say),
    },
    number('customers', say(words.customers), (row) => formatNumber(row.customers, language, 0)),
    number('share', say(words.share), (row) => share(row.customers, data.customers)),
    number('dealings', say(words.dealingsShare), (row) => share(row.dealings, data.dealings)),
    ...(withMoney ? [number('money', say(words.moneyShare), (row) => share(row.money ?? 0, data.money ?? 0))] : []),
  ]
  return (
    <RowTable<Row>
      rows={data.segments}
      rowKey={(row) => row.segment}
      exportName={say(words.segmentsTitle)}
      columns={columns}
    />
  )
}

function regionText(segment: CustomerSegment, withMoney: boolean, say: ReturnType<typeof useSay>): string {
  const region = regions.find((each) => each.segment === segment)!
  const span = ([from, to]: readonly [number, number]) => (from === to ? `${from}` : `${from}–${to}`)
  const values = { recency: span(region.recency), frequency: span(region.frequency) }
  if (!withMoney) return say(words.regionNoMoney, values)
  return say(words.regionText, {
    ...values,
    money: region.monetary === null ? say(words.anyScore) : span(region.monetary),
  })
}

/** The scores in numbers: from which value on each is reached. */
function HowScored({ data }: { data: CustomerSegments }) {
  const say = useSay()
  const { language } = useLanguage()
  const number = (value: number) => formatNumber(value, language, 2)
  const { recencyDays, frequency, money } = data.cuts
  const rows = [5, 4, 3, 2].map((score) => ({
    score,
    recency: say(words.cutRecency, { days: number(recencyDays[score - 2] ?? 0) }),
    frequency: say(words.cutMore, { value: number(frequency[score - 2] ?? 0) }),
    money: money === null ? null : say(words.cutMore, { value: number(money[score - 2] ?? 0) }),
  }))
  return (
    <div className="stack">
      <p>{say(words.howScoredText)}</p>
      <div className="chart-table">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">R</th>
              <th scope="col">F</th>
              {money !== null && <th scope="col">M</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.score}>
                <th scope="row">{say(words.cut, { score: row.score })}</th>
                <td>{row.recency}</td>
                <td>{row.frequency}</td>
                {row.money !== null && <td>{row.money}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{say(words.howScoredSource)}</p>
    </div>
  )
}
