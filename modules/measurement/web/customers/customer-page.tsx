import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import type { Customer, ServiceEvent } from '#measurement/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { customerOf } from './customer-told.ts'
import { NextNeeds } from './next-needs.tsx'

const words = all.customers

export function CustomerPage() {
  const say = useSay()
  const { language } = useLanguage()
  const id = customerOf(useParam('id'))
  const may = useMay('customers.read')
  const query = useQuery({ ...measurement.readCustomer.queryOptions({ input: { id } }), enabled: may && id !== '' })
  const { first, last } = query.data ?? {}
  return (
    <PageFrame
      title={id === '' ? say(words.title) : id}
      {...(first && last
        ? {
            lead: say(words.one.lead, {
              first: instantName(first, language),
              last: instantName(last, language),
              count: formatNumber(query.data!.dealings, language, 0),
            }),
          }
        : {})}
      crumbs={[
        { title: say(all.indicators.title), to: '/measure' },
        { title: say(words.title), to: '/measure/customers' },
      ]}
      may="customers.read"
    >
      {id === '' ? (
        <Empty title={say(words.none)} begin={<Go to="/measure/customers">{say(words.title)}</Go>} />
      ) : (
        <Loaded query={query} rows={8}>
          {(customer) => (
            <>
              <div className="columns">
                <div className="half">
                  <Profile customer={customer} />
                  <Parts customer={customer} />
                </div>
                <div className="half">
                  <NextNeeds id={id} />
                </div>
              </div>
              <History id={id} />
            </>
          )}
        </Loaded>
      )}
    </PageFrame>
  )
}

function Profile({ customer }: { customer: Customer }) {
  const say = useSay()
  const { language } = useLanguage()
  const { money } = customer
  const plain = (value: number, digits: number) => (
    <span key={digits} className="number">
      {formatNumber(value, language, digits)}
    </span>
  )
  const rows: [string, React.ReactNode][] = [
    [say(words.one.place), <Place key="place" customer={customer} />],
    [say(words.dealings), plain(customer.dealings, 0)],
    [say(words.one.gap), useGapText(customer.gap)],
    [say(words.one.rating), useRatingText(customer.rating)],
    [say(words.one.complaints), say(words.one.complaintsText, { count: customer.complaints })],
  ]
  if (money !== null) rows.splice(2, 0, [say(words.money), plain(money, 2)])
  return (
    <Section title={say(words.one.profile)}>
      <Facts rows={rows} />
    </Section>
  )
}

function Place({ customer }: { customer: Customer }) {
  const say = useSay()
  const { scores } = customer
  if (scores === null) return say(words.one.onlyEvents, { count: customer.events })
  const { recency, frequency, monetary, segment } = scores
  return (
    <span className="row">
      <strong>{say(words.segments[segment])}</strong>
      <span className="muted number">
        R {recency} · F {frequency}
        {monetary !== null && ` · M ${monetary}`}
      </span>
    </span>
  )
}

function useGapText(gap: Customer['gap']): string {
  const say = useSay()
  const { language } = useLanguage()
  if (gap === null) return say(words.one.gapFew)
  const days = (value: number) => formatNumber(value, language, 1)
  const { gaps, lowDays, medianDays, highDays } = gap
  return say(words.one.gapText, {
    median: days(medianDays),
    low: days(lowDays),
    high: days(highDays),
    gaps: formatNumber(gaps, language, 0),
  })
}

function useRatingText(rating: Customer['rating']): string {
  const say = useSay()
  const { language } = useLanguage()
  if (rating === null) return say(words.one.ratingNone)
  const number = (value: number) => formatNumber(value, language, 2)
  const { mean, n, lowest, highest } = rating
  return say(words.one.ratingText, {
    mean: number(mean),
    n: number(n),
    lowest: number(lowest),
    highest: number(highest),
  })
}

/** Counts by type, outlet and channel, and by year. */
function Parts({ customer }: { customer: Customer }) {
  const say = useSay()
  const { language } = useLanguage()
  const number = (value: number) => <span className="number">{formatNumber(value, language, 2)}</span>
  return (
    <Section>
      <div className="stack">
        <Counts
          title={say(words.one.types)}
          rows={customer.types.map((row) => [
            row.dealing ? row.type : say(words.one.notDealing, { type: row.type }),
            number(row.count),
          ])}
        />
        <Counts title={say(words.one.outlets)} rows={customer.outlets.map((row) => [row.name, number(row.count)])} />
        {customer.channels.length > 0 && (
          <Counts
            title={say(words.one.channels)}
            rows={customer.channels.map((row) => [row.channel, number(row.count)])}
          />
        )}
        <Counts
          title={say(words.one.years)}
          rows={customer.years.map((row) => [
            String(row.year),
            <span key={row.year} className="row">
              {number(row.dealings)}
              {row.money !== null && (
                <span className="muted small">
                  {say(words.money)} {number(row.money)}
                </span>
              )}
            </span>,
          ])}
        />
      </div>
    </Section>
  )
}

/** More outlets or types than these are told by the history. */
const COUNTS_LIMIT = 12

function Counts({ title, rows }: { title: string; rows: readonly (readonly [string, React.ReactNode])[] }) {
  if (rows.length === 0) return null
  return (
    <div>
      <h3 className="muted small">{title}</h3>
      <ul>
        {rows.slice(0, COUNTS_LIMIT).map(([name, value]) => (
          <li key={name} className="row spread">
            <span>{name}</span>
            {value}
          </li>
        ))}
      </ul>
    </div>
  )
}

type Row = ServiceEvent & { receivedAt: string; entityName: string }

function History({ id }: { id: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const pages = usePages<Row>(measurement.customerEvents.key({ input: { id } }), (cursor) =>
    measurement.customerEvents.call({ id, cursor }),
  )
  const pairs = (row: Row) =>
    Object.entries({ ...row.values, ...row.attributes })
      .filter(([, value]) => value !== id)
      .map(([name, value]) => `${name}：${value}`)
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: say(all.events.at),
      render: (row) => <When at={row.at} exact />,
      text: (row) => instantName(row.at, language),
    },
    { key: 'type', title: say(all.events.type), render: (row) => row.type, text: (row) => row.type },
    {
      key: 'entity',
      title: say(all.events.entity),
      render: (row) => <Go to={`/measure?entity=${encodeURIComponent(row.entity)}`}>{row.entityName || row.entity}</Go>,
      text: (row) => row.entityName,
    },
    {
      key: 'told',
      title: say(words.one.content),
      render: (row) => pairs(row).map((text) => <Tag key={text}>{text}</Tag>),
      text: (row) => pairs(row).join('；'),
    },
  ]
  return (
    <Section title={say(words.one.history)} lead={say(words.one.historyLead)}>
      <PagedTable<Row>
        pages={pages}
        rowKey={(row) => row.id}
        exportName={`${say(words.one.history)} ${id}`}
        columns={columns}
        empty={<Empty title={say(words.one.noEvents)} />}
      />
    </Section>
  )
}
