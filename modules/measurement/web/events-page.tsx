import { useQuery } from '@tanstack/react-query'
import { Input, Select, Tag } from 'antd'
import type { ListedEvent } from '#measurement/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'
import { ExportMenu } from './exploring/export-menu.tsx'
import { SegmentPicker } from './exploring/scope.tsx'
import { SourceRowButton } from './imports/source-row.tsx'

const words = all.events
const more = all.explore.events
type Row = ListedEvent

export function EventsPage() {
  const say = useSay()
  const { entity, from, to } = useEventsScope()
  const [type] = useSearchValue('type')
  const [indicator] = useSearchValue('indicator')
  const [segment] = useSearchValue('segment')
  const [attributes] = useSearchValue('with')
  const input = {
    from,
    to,
    ...(entity === undefined ? {} : { entity }),
    ...given({ type, indicator, segment, with: attributes }),
  }
  const pages = usePages<Row>(measurement.listEvents.key({ input }), (cursor) =>
    measurement.listEvents.call({ ...input, cursor }),
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="measurements.read"
      scope={
        <ScopeBar parts={['entity', 'period']}>
          <SegmentPicker />
        </ScopeBar>
      }
      actions={
        <ExportMenu
          files={[
            { name: all.explore.exportEvents, read: (how) => measurement.exportEvents.call({ ...input, ...how }) },
          ]}
        />
      }
    >
      <Section>
        <PagedTable<Row>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} />}
          columns={useColumns()}
          tools={<Tools />}
        />
      </Section>
    </PageFrame>
  )
}

function Tools() {
  const say = useSay()
  const [type, setType] = useSearchValue('type')
  const [indicator, setIndicator] = useSearchValue('indicator')
  const [attributes, setAttributes] = useSearchValue('with')
  const types = useQuery(measurement.eventTypes.queryOptions())
  const behind = useQuery({
    ...measurement.readIndicator.queryOptions({ input: { id: indicator ?? '' } }),
    enabled: indicator !== undefined,
  })
  return (
    <>
      {behind.data && (
        <Tag closable onClose={() => setIndicator(undefined)}>
          {say(more.behind, { name: say(behind.data.title) })}
        </Tag>
      )}
      <Input
        allowClear
        defaultValue={attributes}
        aria-label={say(more.filter)}
        placeholder={say(more.filterHint)}
        onPressEnter={(event) => setAttributes(event.currentTarget.value.trim() || undefined)}
        onBlur={(event) => setAttributes(event.currentTarget.value.trim() || undefined)}
        style={{ width: 220 }}
      />
      <Select<string>
        allowClear
        placeholder={say(words.anyType)}
        aria-label={say(words.type)}
        {...(type === undefined ? {} : { value: type })}
        onChange={(next) => setType(next)}
        options={(types.data ?? []).map((one) => ({ value: one.type, label: one.type }))}
        style={{ width: 240 }}
      />
    </>
  )
}

/** Those that were chosen. */
const given = <T extends Record<string, string | undefined>>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<keyof T, string>

/** Also instants, which a point of an hour or a minute leads here with. */
function useEventsScope(): { entity: string | undefined; from: string; to: string } {
  const { entity, from, to } = useScope()
  const [ownFrom] = useSearchValue('from')
  const [ownTo] = useSearchValue('to')
  return { entity, from: ownFrom?.includes('T') ? ownFrom : from, to: ownTo?.includes('T') ? ownTo : to }
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
      key: 'source',
      title: say(more.source),
      render: (row) => <Source row={row} />,
      text: (row) => row.source?.fileName ?? row.source?.origin ?? row.source?.kind,
    },
    {
      key: 'batch',
      title: say(more.batch),
      render: (row) => <code>{row.batch}</code>,
      text: (row) => row.batch,
      extra: true,
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

function Source({ row }: { row: Row }) {
  const say = useSay()
  const mayImport = useMay('imports.run')
  if (row.source === null) return <span className="muted">—</span>
  const { kind, importId, fileName, origin } = row.source
  const name = fileName ?? say(more.kinds[kind])
  if (importId === null) return <span title={origin ?? undefined}>{name}</span>
  return (
    <span className="row">
      <Go to={`/measure/imports/${importId}`}>{name}</Go>
      {mayImport && <SourceRowButton importId={importId} event={row.id} />}
    </span>
  )
}
