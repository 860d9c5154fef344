/** The list of customers: filters in the address, pages by cursor, export of the whole list up to a bound. */
import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { type CustomerOrder, type CustomerRow, type CustomerSegment, customerSegmentNames } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { saveCsv } from '#platform/web/page/csv.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { customerPath } from './customer-told.ts'
import type { Filters } from './customers-page.tsx'

const words = all.customers

export interface CustomerListProps {
  readonly filters: Filters
  readonly withMoney: boolean
  readonly withChannel: boolean
  readonly onChange: (next: Readonly<Record<string, string | undefined>>) => void
}

export function CustomerList({ filters, withMoney, withChannel, onChange }: CustomerListProps) {
  const say = useSay()
  const { segment, search, day } = filters
  const order = filters.order === 'money' && !withMoney ? 'recent' : filters.order
  const input = {
    order,
    ...(segment === undefined ? {} : { segment }),
    ...(search === '' ? {} : { search }),
    ...(day === undefined ? {} : { day }),
  }
  const pages = usePages<CustomerRow>(measurement.listCustomers.key({ input }), (cursor) =>
    measurement.listCustomers.call({ ...input, cursor }),
  )
  const columns = useColumns(withMoney, withChannel)
  return (
    <Section>
      <PagedTable<CustomerRow>
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => customerPath(row.id)}
        columns={columns}
        empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
        tools={
          <>
            <FilterTools filters={{ ...filters, order }} withMoney={withMoney} onChange={onChange} />
            <ExportButton input={input} columns={columns} />
          </>
        }
      />
    </Section>
  )
}

function FilterTools({ filters, withMoney, onChange }: Omit<CustomerListProps, 'withChannel'>) {
  const say = useSay()
  const [typed, setTyped] = useState(filters.search)
  const orders = (['recent', 'away', 'dealings', 'money'] as const).filter((order) => order !== 'money' || withMoney)
  const names = customerSegmentNames.filter((segment) => segment !== 'high-value' || withMoney)
  return (
    <>
      <Input.Search
        allowClear
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onSearch={(text) => onChange({ search: text.trim() })}
        placeholder={say(words.search)}
        aria-label={say(words.search)}
        style={{ width: 220 }}
      />
      <Select<CustomerSegment>
        allowClear
        aria-label={say(words.anySegment)}
        placeholder={say(words.anySegment)}
        {...(filters.segment === undefined ? {} : { value: filters.segment })}
        onChange={(segment: CustomerSegment | undefined) => onChange({ segment })}
        options={names.map((value) => ({ value, label: say(words.segments[value]) }))}
        style={{ width: 150 }}
      />
      <Select<CustomerOrder>
        aria-label={say(words.order)}
        value={filters.order}
        onChange={(order) => onChange({ order: order === 'recent' ? undefined : order })}
        options={orders.map((value) => ({ value, label: say(words.orders[value]) }))}
        style={{ width: 190 }}
      />
    </>
  )
}

type Input = Parameters<typeof measurement.exportCustomers.call>[0]

function ExportButton({ input, columns }: { input: Input; columns: readonly Column<CustomerRow>[] }) {
  const say = useSay()
  const { message } = App.useApp()
  const act = useAct((asked: Input) => measurement.exportCustomers.call(asked), {
    onDone: ({ rows, more }) => {
      const told = columns.filter((column) => column.text)
      saveCsv(
        say(words.title),
        told.map((column) => column.title),
        rows.map((row) => told.map((column) => column.text?.(row))),
      )
      void message.info(say(more ? words.exportedMore : words.exported, { count: rows.length }))
    },
  })
  return (
    <Button icon={<DownloadOutlined />} loading={act.busy} onClick={() => act.run(input)}>
      {say(words.exportAll)}
    </Button>
  )
}

type ListColumn = Column<CustomerRow>

function useColumns(withMoney: boolean, withChannel: boolean): ListColumn[] {
  const say = useSay()
  const { language } = useLanguage()
  const scores = (row: CustomerRow) => [row.recency, row.frequency, row.monetary].filter((score) => score !== null)
  const instant = (key: 'first' | 'last'): ListColumn => ({
    key,
    title: say(words[key]),
    render: (row) => <When at={row[key]} />,
    text: (row) => instantName(row[key], language),
  })
  const text = (key: 'outlet' | 'channel', of: (row: CustomerRow) => string | null | undefined): ListColumn => ({
    key,
    title: say(words[key]),
    render: (row) => of(row) ?? '—',
    text: of,
  })
  const number = (key: 'dealings' | 'money', digits: number): ListColumn => ({
    key,
    title: say(words[key]),
    align: 'right',
    render: (row) => <span className="number">{formatNumber(row[key] ?? 0, language, digits)}</span>,
    text: (row) => row[key],
  })
  return [
    { key: 'id', title: say(words.id), render: (row) => row.id, text: (row) => row.id },
    {
      key: 'segment',
      title: say(words.segment),
      render: (row) => say(words.segments[row.segment]),
      text: (row) => say(words.segments[row.segment]),
    },
    instant('last'),
    number('dealings', 0),
    ...(withMoney ? [number('money', 2)] : []),
    text('outlet', (row) => row.outlet?.name),
    ...(withChannel ? [text('channel', (row) => row.channel)] : []),
    {
      key: 'rfm',
      title: say(withMoney ? words.rfm : words.rf),
      render: (row) => <span className="number">{scores(row).join(' ')}</span>,
      text: (row) => scores(row).join(' '),
    },
    instant('first'),
  ]
}
