import { PlusOutlined } from '@ant-design/icons'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Indicator, Series } from '#measurement/contract'
import { periodName } from '#platform/web/calendar.ts'
import { Sparkline } from '#platform/web/charts/sparkline.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Figure, targetMet } from '#platform/web/parts/figure.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { adoptingWords } from '../words/adopting.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'
import { PinButton, usePins } from './exploring/pins.tsx'
import { SegmentPicker, useAsked } from './exploring/scope.tsx'
import { latestOf } from './latest.ts'

const words = all.indicators
const INDICATORS_LIMIT = 100

interface Row {
  readonly indicator: Indicator
  readonly series: Series | undefined
}

export function IndicatorsPage() {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('indicators.edit')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const input = { limit: INDICATORS_LIMIT, ...(search === '' ? {} : { search }) }
  const list = useQuery(measurement.listIndicators.queryOptions({ input }))
  const add = mayEdit && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/measure/new')}>
      {say(words.add)}
    </Button>
  )
  const library = <Button onClick={() => go('/measure/library')}>{say(all.library.title)}</Button>
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="measurements.read"
      actions={
        <span className="row">
          {library}
          <Go to="/measure/segments">{say(all.explore.segments.title)}</Go>
          <Go to="/measure/files">{say(adoptingWords.files)}</Go>
          {add}
        </span>
      }
      scope={
        <ScopeBar series>
          <SegmentPicker />
        </ScopeBar>
      }
    >
      <Section>
        <Loaded query={list} rows={8}>
          {({ rows }) =>
            rows.length === 0 && search === '' ? (
              <Empty
                title={say(words.empty)}
                why={say(words.emptyWhy)}
                begin={
                  <span className="row">
                    <Go to="/measure/imports">{say(all.imports.title)}</Go>
                    {library}
                    {add}
                  </span>
                }
              />
            ) : (
              <IndicatorTable indicators={rows} tools={<Search typed={typed} onType={setTyped} />} />
            )
          }
        </Loaded>
      </Section>
    </PageFrame>
  )
}

function Search({ typed, onType }: { typed: string; onType: (text: string) => void }) {
  const say = useSay()
  return (
    <Input.Search
      allowClear
      value={typed}
      onChange={(event) => onType(event.target.value)}
      placeholder={say(words.search)}
      aria-label={say(words.search)}
      style={{ width: 260 }}
    />
  )
}

function IndicatorTable({ indicators, tools }: { indicators: readonly Indicator[]; tools: React.ReactNode }) {
  const say = useSay()
  const asked = useAsked()
  const series = useQueries({
    queries: indicators.map((one) => ({
      ...measurement.readSeries.queryOptions({
        input: { id: one.id, ...asked },
      }),
      enabled: !one.retired,
    })),
  })
  const pins = usePins()
  const rows: Row[] = indicators.map((indicator, index) => ({ indicator, series: series[index]?.data }))
  const placeOf = ({ indicator }: Row) => (pins.includes(indicator.id) ? pins.indexOf(indicator.id) : pins.length)
  rows.sort((a, b) => placeOf(a) - placeOf(b))
  return (
    <RowTable<Row>
      rows={rows}
      rowKey={(row) => row.indicator.id}
      to={(row) => `/measure/${row.indicator.id}`}
      exportName={say(words.title)}
      tools={tools}
      columns={useColumns()}
    />
  )
}

function useColumns(): Column<Row>[] {
  const say = useSay()
  const { language } = useLanguage()
  const latest = (row: Row) => latestOf(row.series?.groups[0]?.points)
  return [
    {
      key: 'name',
      title: say(words.name),
      render: (row) => say(row.indicator.title),
      text: (row) => say(row.indicator.title),
    },
    {
      key: 'latest',
      title: say(words.latest),
      render: (row) => <LatestFigure row={row} />,
      text: (row) => latest(row)?.value,
    },
    {
      key: 'n',
      title: say(words.n),
      align: 'right',
      render: (row) => <span className="number">{latest(row)?.n?.toLocaleString() ?? '—'}</span>,
      text: (row) => latest(row)?.n,
    },
    {
      key: 'trend',
      title: say(words.trend),
      render: (row) => (
        <Sparkline values={(row.series?.groups[0]?.points ?? []).map((point) => (point.tooFew ? null : point.value))} />
      ),
    },
    {
      key: 'target',
      title: say(words.target),
      render: (row) =>
        row.indicator.target === null ? (
          <span className="muted">{say(words.noTarget)}</span>
        ) : (
          <span className="number">{formatValue(row.indicator.target, row.indicator.unit, language)}</span>
        ),
      text: (row) => row.indicator.target,
    },
    { key: 'state', title: say(words.state), render: (row) => <State row={row} /> },
    {
      key: 'period',
      title: say(words.period),
      render: (row) => {
        const point = latest(row)
        return point && row.series ? periodName(point.periodStart, row.series.grain, language) : '—'
      },
      text: (row) => latest(row)?.periodStart,
    },
    { key: 'actions', title: '', render: (row) => <PinButton id={row.indicator.id} bare />, width: 48 },
  ]
}

function LatestFigure({ row }: { row: Row }) {
  if (!row.series && !row.indicator.retired) return <Waiting rows={1} />
  const point = latestOf(row.series?.groups[0]?.points)
  return (
    <Figure
      terse
      value={point?.value}
      unit={row.indicator.unit}
      n={point?.n}
      low={point?.low}
      high={point?.high}
      tooFew={point?.tooFew}
    />
  )
}

function State({ row }: { row: Row }) {
  const say = useSay()
  const { indicator, series } = row
  if (indicator.retired) return <StatusMark status="grey" word={say(words.retired)} />
  const point = latestOf(series?.groups[0]?.points)
  const signals = series?.chart?.signals.length ?? 0
  const met = point?.tooFew ? null : targetMet(point?.value, indicator.target, indicator.direction)
  return (
    <span className="row">
      {met === true && <StatusMark status="green" word={say(words.met)} />}
      {met === false && <StatusMark status="yellow" word={say(words.missed)} />}
      {signals > 0 && <StatusMark status="orange" word={say(words.signals, { count: signals })} />}
    </span>
  )
}
