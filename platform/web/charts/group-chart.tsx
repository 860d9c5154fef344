/** Several series beside each other, told apart by colour and by dash. */
import { useMemo } from 'react'
import type { SeriesGrain } from '#measurement/contract'
import { periodName, periodTick } from '../calendar.ts'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { type Colours, useColours } from '../look/theme.tsx'
import { formatNumber, formatValue } from '../numbers.ts'
import type { Language } from '../words.ts'
import { ChartFrame, type LegendEntry } from './chart-frame.tsx'
import { axisStyle, baseOption, type ChartOption, Engine, honestRange, safe } from './engine.tsx'
import type { SeriesPoint } from './series-chart.tsx'

/** More lines than this are a table, not a chart. */
const LINES_LIMIT = 8
const words = floorWords.chart

export interface GroupChartProps {
  readonly title: string
  readonly groups: readonly { readonly name: string; readonly points: readonly SeriesPoint[] }[]
  readonly unit: string
  readonly grain: SeriesGrain
  readonly heightPixels?: number
}

export function GroupChart({ title, groups, unit, grain, heightPixels = 320 }: GroupChartProps) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const shown = useMemo(() => groups.slice(0, LINES_LIMIT), [groups])
  const periods = useMemo(
    () => [...new Set(groups.flatMap((group) => group.points.map((point) => point.periodStart)))].sort(),
    [groups],
  )
  const legendIn = (own: Colours): LegendEntry[] =>
    shown.map((group, index) => ({
      name: group.name,
      colour: own.series[index % own.series.length] ?? own.brand,
      mark: index % 2 === 0 ? 'line' : 'dashed',
    }))
  const option = useMemo(
    () => groupOption({ shown, periods, unit, grain }, colours, language),
    [shown, periods, unit, grain, colours, language],
  )
  const rows = groups.flatMap((group) =>
    group.points.map((point) => [
      group.name,
      periodName(point.periodStart, grain, language),
      point.value,
      point.n,
      point.low,
      point.high,
    ]),
  )
  return (
    <ChartFrame
      head={[words.unit, words.period, words.value, words.n, words.low, words.high].map((name) => say(name))}
      rows={rows}
      exportName={title}
      picture={{
        heightPixels,
        legend: legendIn,
        option: (paper) => groupOption({ shown, periods, unit, grain }, paper, language),
      }}
      legend={legendIn(colours)}
      note={
        groups.length > LINES_LIMIT
          ? `${formatNumber(LINES_LIMIT, language)} / ${formatNumber(groups.length, language)}`
          : null
      }
    >
      <Engine option={option} heightPixels={heightPixels} label={title} />
    </ChartFrame>
  )
}

interface Drawn {
  readonly shown: GroupChartProps['groups']
  readonly periods: readonly string[]
  readonly unit: string
  readonly grain: SeriesGrain
}

function groupOption({ shown, periods, unit, grain }: Drawn, colours: Colours, language: Language): ChartOption {
  const range = honestRange(
    shown.flatMap((group) => group.points.map((point) => point.value)),
    unit,
  )
  const base = baseOption(colours)
  return {
    ...base,
    tooltip: {
      ...(base['tooltip'] as object),
      formatter: (items: readonly { seriesName: string; dataIndex: number; value: number | null }[]) => {
        const period = periods[items[0]?.dataIndex ?? 0] ?? ''
        const lines = items.map((item) => `${safe(item.seriesName)}　${formatValue(item.value, unit, language)}`)
        return [`<b>${periodName(period, grain, language)}</b>`, ...lines].join('<br/>')
      },
    },
    xAxis: {
      type: 'category',
      data: periods.map((period) => periodTick(period, grain, language)),
      ...axisStyle(colours),
      splitLine: { show: false },
    },
    yAxis: { type: 'value', ...axisStyle(colours), min: range.min, max: range.max, interval: range.interval },
    series: shown.map((group, index) => {
      const byPeriod = new Map(group.points.map((point) => [point.periodStart, point.tooFew ? null : point.value]))
      const colour = colours.series[index % colours.series.length] ?? colours.brand
      return {
        type: 'line',
        name: group.name,
        data: periods.map((period) => byPeriod.get(period) ?? null),
        lineStyle: { color: colour, width: 2, type: index % 2 === 0 ? 'solid' : 'dashed' },
        itemStyle: { color: colour },
        symbol: index % 2 === 0 ? 'circle' : 'diamond',
        symbolSize: 6,
      }
    }),
  }
}
