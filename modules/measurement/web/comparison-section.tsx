/** All units of one kind in one period: the funnel, and the same as a table. */
import { useQuery } from '@tanstack/react-query'
import { Select, Segmented } from 'antd'
import { useState } from 'react'
import type { comparison as comparisonSchema, comparisonRow, Indicator } from '#measurement/contract'
import type { z } from 'zod'
import { periodName } from '#platform/web/calendar.ts'
import { FunnelChart } from '#platform/web/charts/funnel-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { Figure } from '#platform/web/parts/figure.tsx'
import { KindPicker } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'
import { useAsked } from './exploring/scope.tsx'

const words = all.one
type Row = z.infer<typeof comparisonRow>
type Data = z.infer<typeof comparisonSchema>
type View = 'chart' | 'table'
const PERIODS_OFFERED = 24
const UNITS_LIMIT = 500

interface Props {
  readonly indicator: Indicator
  /** First days (or instants) of the periods one may choose, newest first. */
  readonly offered: readonly string[]
  readonly periodStart: string
  readonly kind: string | undefined
}

export function ComparisonSection({ indicator, offered, periodStart, kind }: Props) {
  const say = useSay()
  const { grain, segment } = useAsked()
  const [view, setView] = useState<View>('chart')
  const [, setKind] = useSearchValue('kind')
  const [, setPeriod] = useSearchValue('period')
  const below = useAbove()
  const input = {
    id: indicator.id,
    grain,
    periodStart,
    limit: UNITS_LIMIT,
    ...(kind === undefined ? {} : { kind }),
    ...(below === undefined ? {} : { below }),
    ...(segment === undefined ? {} : { segment }),
  }
  const comparison = useQuery({
    ...measurement.compareEntities.queryOptions({ input }),
    placeholderData: (before) => before,
  })
  return (
    <Section
      title={say(words.compare)}
      lead={say(words.compareLead)}
      actions={
        <>
          <div style={{ width: 180 }}>
            <KindPicker value={kind} onChange={setKind} aria-label={say(words.compareKind)} />
          </div>
          <PeriodChoice offered={offered} value={periodStart} onChange={setPeriod} />
          <Segmented<View>
            value={view}
            onChange={setView}
            options={[
              { value: 'chart', label: say(words.funnel) },
              { value: 'table', label: say(words.table) },
            ]}
          />
        </>
      }
    >
      <Loaded query={comparison} rows={8}>
        {(data) => <Compared data={data} indicator={indicator} view={view} />}
      </Loaded>
    </Section>
  )
}

/** Below which node to compare: the chosen one; a chosen leaf is compared with its siblings. */
function useAbove(): string | undefined {
  const { entity } = useAsked()
  const chosen = useQuery({
    ...organisation.readEntity.queryOptions({ input: { key: entity ?? '' } }),
    enabled: entity !== undefined,
  })
  if (entity === undefined || chosen.data === undefined) return entity
  return chosen.data.childCount > 0 ? entity : (chosen.data.parentKey ?? undefined)
}

function PeriodChoice(props: { offered: readonly string[]; value: string; onChange: (start: string) => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { grain } = useAsked()
  const days = [...new Set([props.value, ...props.offered.slice(0, PERIODS_OFFERED)])].sort().reverse()
  return (
    <Select<string>
      value={props.value}
      onChange={props.onChange}
      aria-label={say(words.comparePeriod)}
      options={days.map((day) => ({ value: day, label: periodName(day, grain, language) }))}
      style={{ width: 180 }}
    />
  )
}

function Compared({ data, indicator, view }: { data: Data; indicator: Indicator; view: View }) {
  const say = useSay()
  const { language } = useLanguage()
  const { grain } = useAsked()
  const setValues = useSearchValues()
  const funnel = data.limits.length > 0
  const factor = Math.round(data.overDispersion * 100) / 100
  return (
    <div className="stack">
      {!funnel && data.centre === null && <p className="muted">{say(words.noFunnel)}</p>}
      {(view === 'table' || !funnel) && <ComparisonTable rows={data.rows} indicator={indicator} />}
      {view === 'chart' && funnel && (
        <FunnelChart
          title={`${say(indicator.title)} · ${periodName(data.periodStart, grain, language)}`}
          unit={indicator.unit}
          centre={data.centre}
          limits={data.limits}
          points={data.rows.map(({ entity, point, funnel, better }) => ({ ...point, ...entity, funnel, better }))}
          onPick={(point) => setValues({ entity: point.key })}
        />
      )}
      {factor > 1.05 && <p className="muted small">{say(words.overDispersion, { factor })}</p>}
      {data.truncated && <p className="muted small">{say(words.truncated)}</p>}
    </div>
  )
}

function ComparisonTable({ rows, indicator }: { rows: readonly Row[]; indicator: Indicator }) {
  const say = useSay()
  const columns: Column<Row>[] = [
    {
      key: 'unit',
      title: say(words.unit),
      render: (row) => (
        <Go to={`/measure/${indicator.id}?entity=${encodeURIComponent(row.entity.key)}`}>{row.entity.name}</Go>
      ),
      text: (row) => row.entity.name,
    },
    {
      key: 'value',
      title: say(indicator.title),
      render: (row) => (
        <Figure
          value={row.point.value}
          unit={indicator.unit}
          n={row.point.n}
          low={row.point.low}
          high={row.point.high}
          tooFew={row.point.tooFew}
        />
      ),
      text: (row) => row.point.value,
    },
    { key: 'n', title: say(all.indicators.n), render: (row) => row.point.n, text: (row) => row.point.n, extra: true },
    { key: 'place', title: say(words.place), render: (row) => <Place row={row} />, text: (row) => row.funnel },
  ]
  return (
    <RowTable<Row> rows={rows} rowKey={(row) => row.entity.key} exportName={say(indicator.title)} columns={columns} />
  )
}

function Place({ row }: { row: Row }) {
  const say = useSay()
  if (row.funnel === null) return <span className="muted">—</span>
  if (row.funnel === 'inside') return <span className="muted">{say(words.ordinary)}</span>
  if (row.better === null) return <StatusMark status="blue" word={say(words.different)} />
  if (row.better) return <StatusMark status="green" word={say(words.better)} />
  return <StatusMark status={row.funnel.endsWith('99.8') ? 'red' : 'orange'} word={say(words.worse)} />
}
