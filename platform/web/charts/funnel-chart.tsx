/** Value against n with the limits of chance: far outside is worth a question, inside is ordinary, few is grey. Spiegelhalter (2005). */
import { useMemo } from 'react'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { type Colours, useColours } from '../look/theme.tsx'
import { formatNumber, formatPlain, formatValue } from '../numbers.ts'
import type { Language } from '../words.ts'
import { ChartFrame, type LegendEntry } from './chart-frame.tsx'
import { axisStyle, baseOption, type ChartOption, Engine, honestRange, safe } from './engine.tsx'

const words = floorWords.chart
type FunnelPlace = 'above-99.8' | 'above-95' | 'inside' | 'below-95' | 'below-99.8'

interface FunnelPoint {
  readonly key: string
  readonly name: string
  /** Null where the point is protected: it is not drawn. */
  readonly n: number | null
  readonly value: number | null
  readonly low?: number | null
  readonly high?: number | null
  readonly funnel: FunnelPlace | null
  /** True where the value lies on the good side. */
  readonly better?: boolean | null
}

type Drawn = FunnelPoint & { readonly n: number }

export interface FunnelChartProps {
  readonly title: string
  readonly unit: string
  readonly centre: number | null
  readonly points: readonly FunnelPoint[]
  readonly limits: readonly {
    readonly n: number
    readonly low95: number
    readonly high95: number
    readonly low998: number
    readonly high998: number
  }[]
  readonly heightPixels?: number
  readonly onPick?: (point: FunnelPoint) => void
}

const isDrawn = (point: FunnelPoint): point is Drawn => point.value !== null && point.n !== null

/** So many names fit beside their dots. */
const NAMES_LIMIT = 12

export function FunnelChart(props: FunnelChartProps) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const shown = useMemo(() => props.points.filter(isDrawn), [props.points])
  const option = useMemo(() => funnelOption(props, shown, colours, language), [props, shown, colours, language])
  const legend: LegendEntry[] = [
    { name: say(words.centre), colour: colours.faint, mark: 'line' },
    { name: say(words.limit95), colour: colours.faint, mark: 'dashed' },
    { name: say(words.limit998), colour: colours.muted, mark: 'line' },
  ]
  if (shown.some((point) => point.funnel === null)) {
    legend.push({ name: say(floorWords.figure.tooFew), colour: colours.grey, mark: 'ring' })
  }
  return (
    <ChartFrame
      head={[words.unit, words.n, words.value, words.low, words.high].map((name) => say(name))}
      rows={shown.map((point) => [point.name, point.n, point.value, point.low ?? null, point.high ?? null])}
      exportName={props.title}
      picture={{
        heightPixels: props.heightPixels ?? 380,
        option: (paper) => funnelOption(props, shown, paper, language),
      }}
      legend={legend}
    >
      <Engine
        option={option}
        heightPixels={props.heightPixels ?? 380}
        label={props.title}
        onPick={(index) => {
          const point = shown[index]
          if (point) props.onPick?.(point)
        }}
      />
    </ChartFrame>
  )
}

/** Names stand above their dots; near the axis, where they would be cut off, to the right. */
const NEAR_AXIS_SHARE = 0.12

function dotOf(point: Drawn, named: boolean, mostN: number, colours: Colours): Record<string, unknown> {
  const label = named
    ? {
        show: true,
        formatter: point.name,
        position: point.n < NEAR_AXIS_SHARE * mostN ? 'right' : 'top',
        color: colours.ink,
        fontSize: 12,
        overflow: 'truncate',
        width: 120,
      }
    : { show: false }
  if (point.funnel === null) {
    return {
      symbol: 'circle',
      symbolSize: 7,
      itemStyle: { color: colours.panel, borderColor: colours.grey, borderWidth: 1.5 },
      label,
    }
  }
  if (point.funnel === 'inside')
    return { symbol: 'circle', symbolSize: 8, itemStyle: { color: colours.brand, opacity: 0.75 }, label }
  const far = point.funnel.endsWith('99.8')
  const colour =
    point.better === true ? colours.green : point.better === false ? (far ? colours.red : colours.orange) : colours.blue
  return { symbol: far ? 'diamond' : 'triangle', symbolSize: far ? 14 : 11, itemStyle: { color: colour }, label }
}

/** The units whose names stand beside their dots: the farthest outside and the largest first. */
function namedKeys(shown: readonly Drawn[]): ReadonlySet<string> {
  const outside = shown.filter((point) => point.funnel !== null && point.funnel !== 'inside')
  const rank = (point: Drawn) => (point.funnel?.endsWith('99.8') ? 0 : 1)
  const first = [...outside].sort((a, b) => rank(a) - rank(b) || b.n - a.n).slice(0, NAMES_LIMIT)
  return new Set(first.map((point) => point.key))
}

function dotsOf(shown: readonly Drawn[], mostN: number, colours: Colours): Record<string, unknown>[] {
  const named = namedKeys(shown)
  return shown.map((point) => ({
    value: [point.n, point.value],
    ...dotOf(point, named.has(point.key), mostN, colours),
  }))
}

/** How far both axes reach, and the limits within. */
function funnelRanges({ limits, unit }: FunnelChartProps, shown: readonly Drawn[]) {
  const judged = shown.filter((point) => point.funnel !== null)
  const mostN = Math.max(1, ...shown.map((point) => point.n))
  const inSight = limits.filter((limit) => limit.n <= mostN * 1.1)
  // Limits at tiny n run off to the sky; the axis follows the units and the limits where units are.
  const leastN = Math.min(...judged.map((point) => point.n), mostN)
  const near = inSight.filter((limit) => limit.n >= leastN)
  const most = unit === 'percent' ? 100 : Number.POSITIVE_INFINITY
  const range = honestRange(
    [...shown.map((point) => point.value), ...near.flatMap((limit) => [limit.low998, Math.min(most, limit.high998)])],
    unit,
  )
  return { inSight, range, across: honestRange([0, mostN]) }
}

function funnelOption(
  props: FunnelChartProps,
  shown: readonly Drawn[],
  colours: Colours,
  language: Language,
): ChartOption {
  const { unit, centre } = props
  const { inSight, range, across } = funnelRanges(props, shown)
  const line = (pick: (limit: FunnelChartProps['limits'][number]) => number, colour: string, dashed: boolean) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    clip: true,
    data: inSight.map((limit) => [limit.n, pick(limit)]),
    lineStyle: { color: colour, width: 1.2, type: dashed ? 'dashed' : 'solid' },
    tooltip: { show: false },
  })
  const base = baseOption(colours)
  const tell = (item: { dataIndex: number; seriesType: string }) => {
    const point = item.seriesType === 'scatter' ? shown[item.dataIndex] : undefined
    if (!point) return ''
    const n = formatNumber(point.n, language, 0)
    return `<b>${safe(point.name)}</b><br/>${formatValue(point.value, unit, language)}　n=${n}`
  }
  const levelLabel = { formatter: centre === null ? '' : formatPlain(centre, unit, language), color: colours.muted }
  const level =
    centre === null ? [] : [{ yAxis: centre, lineStyle: { color: colours.faint, type: 'solid' }, label: levelLabel }]
  return {
    ...base,
    grid: { ...(base['grid'] as object), right: 48, bottom: 24 },
    tooltip: { ...(base['tooltip'] as object), trigger: 'item', formatter: tell },
    xAxis: {
      type: 'value',
      name: words.n[language],
      nameLocation: 'middle',
      nameGap: 28,
      min: 0,
      max: across.max,
      interval: across.interval,
      ...axisStyle(colours),
    },
    yAxis: { type: 'value', min: range.min, max: range.max, interval: range.interval, ...axisStyle(colours) },
    series: [
      {
        type: 'scatter',
        z: 5,
        cursor: props.onPick ? 'pointer' : 'default',
        data: dotsOf(shown, across.max, colours),
        labelLayout: { hideOverlap: true },
        markLine: { silent: true, symbol: 'none', data: level },
      },
      line((limit) => limit.low95, colours.faint, true),
      line((limit) => limit.high95, colours.faint, true),
      line((limit) => limit.low998, colours.muted, false),
      line((limit) => limit.high998, colours.muted, false),
    ],
  }
}
