import { useQuery } from '@tanstack/react-query'
import { Select, Tag } from 'antd'
import type { ServiceEvent } from '#measurement/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'

const words = all.events
type Row = ServiceEvent & { receivedAt: string; entityName: string }

export function EventsPage() {
  const say = useSay()
  const { entity, from, to } = useScope()
  const [type, setType] = useSearchValue('type')
  const types = useQuery(measurement.eventTypes.queryOptions())
  const input = { from, to, ...(entity === undefined ? {} : { entity }), ...(type === undefined ? {} : { type }) }
  const pages = usePages<Row>(measurement.listEvents.key({ input }), (cursor) =>
    measurement.listEvents.call({ ...input, cursor }),
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="measurements.read"
      scope={<ScopeBar parts={['entity', 'period']} />}
    >
      <Section>
        <PagedTable<Row>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} />}
          columns={useColumns()}
          tools={
            <Select<string>
              allowClear
              placeholder={say(words.anyType)}
              aria-label={say(words.type)}
              {...(type === undefined ? {} : { value: type })}
              onChange={(next) => setType(next)}
              options={(types.data ?? []).map((one) => ({ value: one.type, label: one.type }))}
              style={{ width: 240 }}
            />
          }
        />
      </Section>
    </PageFrame>
  )
}

function useColumns(): Column<Row>[] {
  const say = useSay()
  const { language } = useLanguage()
  const pairs = (entries: Readonly<Record<string, string | number>>) =>
    Object.entries(entries).map(([name, value]) => `${name}：${value}`)
  return [
    {
      key: 'at',
      title: say(words.at),
      render: (row) => <When at={row.at} exact />,
      text: (row) => instantName(row.at, language),
    },
    { key: 'type', title: say(words.type), render: (row) => row.type, text: (row) => row.type },
    { key: 'entity', title: say(words.entity), render: (row) => row.entityName, text: (row) => row.entityName },
    {
      key: 'values',
      title: say(words.values),
      render: (row) => pairs(row.values).map((text) => <Tag key={text}>{text}</Tag>),
      text: (row) => pairs(row.values).join('；'),
    },
    {
      key: 'attributes',
      title: say(words.attributes),
      render: (row) => pairs(row.attributes).map((text) => <Tag key={text}>{text}</Tag>),
      text: (row) => pairs(row.attributes).join('；'),
    },
    {
      key: 'received',
      title: say(words.received),
      render: (row) => <When at={row.receivedAt} />,
      text: (row) => instantName(row.receivedAt, language),
      extra: true,
    },
    { key: 'id', title: say(words.id), render: (row) => <code>{row.id}</code>, text: (row) => row.id, extra: true },
  ]
}
