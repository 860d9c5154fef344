/** Before and after a measure: what was observed, what the model fits, and what would have been without it, with its band. */
import { useMemo } from 'react'
import type { Grain } from '#platform/contract'
import { dayName, periodName, periodTick } from '../calendar.ts'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { type Colours, useColours } from '../look/theme.tsx'
import { formatNumber, formatPlain, formatValue } from '../numbers.ts'
import type { Language } from '../words.ts'
import { ChartFrame } from './chart-frame.tsx'
import { axisStyle, baseOption, type ChartOption, Engine, honestRange } from './engine.tsx'
import { bandSeries } from './series-chart.tsx'

const words = floorWords.chart

interface InterruptedPoint {
  readonly periodStart: string
  readonly n: number
  readonly value: number | null
  readonly fitted: number | null
  readonly counterfactual: number | null
  readonly counterfactualLow: number | null
  readonly counterfactualHigh: number | null
}

export interface InterruptedChartProps {
  readonly title: string
  readonly unit: string
  readonly grain: Grain
  readonly points: readonly InterruptedPoint[]
  readonly interventionOn: string
  readonly heightPixels?: number
}

export function InterruptedChart(props: InterruptedChartProps) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const option = useMemo(() => interruptedOption(props, colours, language), [props, colours, language])
  const head = [words.period, words.n, words.actual, words.fitted, words.counterfactual, words.low, words.high]
  return (
    <ChartFrame
      head={head.map((name) => say(name))}
      rows={props.points.map((point) => [
        periodName(point.periodStart, props.grain, language),
        point.n,
        point.value,
        point.fitted,
        point.counterfactual,
        point.counterfactualLow,
        point.counterfactualHigh,
      ])}
      exportName={props.title}
      legend={[
        { name: say(words.actual), colour: colours.brand, mark: 'dot' },
        { name: say(words.fitted), colour: colours.brand, mark: 'line' },
        { name: say(words.counterfactual), colour: colours.orange, mark: 'dashed' },
        { name: say(words.counterfactualBand), colour: bandOf(colours), mark: 'band' },
      ]}
      note={honestRange(valuesOf(props), props.unit).cut ? say(words.cutAxis) : null}
    >
      <Engine option={option} heightPixels={props.heightPixels ?? 340} label={props.title} />
    </ChartFrame>
  )
}

const bandOf = (colours: Colours) => `${colours.orange}2e`
const valuesOf = ({ points }: InterruptedChartProps) =>
  points.flatMap((point) => [point.value, point.fitted, point.counterfactualLow, point.counterfactualHigh])

function tooltipOf(props: InterruptedChartProps, index: number, language: Language): string {
  const point = props.points[index]
  if (!point) return ''
  const lines = [
    `<b>${periodName(point.periodStart, props.grain, language)}</b>　n=${formatNumber(point.n, language, 0)}`,
    `${words.actual[language]}　${formatValue(point.value, props.unit, language)}`,
    `${words.fitted[language]}　${formatValue(point.fitted, props.unit, language)}`,
  ]
  if (point.counterfactual !== null) {
    const { counterfactualLow: low, counterfactualHigh: high } = point
    const band =
      low === null || high === null
        ? ''
        : `（${formatPlain(low, props.unit, language)} ～ ${formatPlain(high, props.unit, language)}）`
    lines.push(`${words.counterfactual[language]}　${formatValue(point.counterfactual, props.unit, language)}${band}`)
  }
  return lines.join('<br/>')
}

function interruptedOption(props: InterruptedChartProps, colours: Colours, language: Language): ChartOption {
  const { points, grain } = props
  const range = honestRange(valuesOf(props), props.unit)
  const after = points.map((point) => point.periodStart >= props.interventionOn)
  // The line of the cut stands at the first period after the measure.
  const cut = after.indexOf(true)
  const base = baseOption(colours)
  const label = {
    formatter: `${words.cut[language]} ${dayName(props.interventionOn, language)}`,
    color: colours.ink,
    fontSize: 12,
  }
  const fittedOn = (side: boolean) => points.map((point, index) => (after[index] === side ? point.fitted : null))
  const fittedLine = { type: 'line', symbol: 'none', silent: true, lineStyle: { color: colours.brand, width: 2 } }
  return {
    ...base,
    grid: { ...(base['grid'] as object), top: 32 },
    tooltip: {
      ...(base['tooltip'] as object),
      formatter: (items: readonly { dataIndex: number }[]) => tooltipOf(props, items[0]?.dataIndex ?? -1, language),
    },
    xAxis: {
      type: 'category',
      data: points.map((point) => periodTick(point.periodStart, grain, language)),
      ...axisStyle(colours),
      splitLine: { show: false },
    },
    yAxis: { type: 'value', ...axisStyle(colours), min: range.min, max: range.max, interval: range.interval },
    series: [
      ...bandSeries(
        points.map((point, index) => (after[index] ? point.counterfactualLow : null)),
        points.map((point, index) => (after[index] ? point.counterfactualHigh : null)),
        bandOf(colours),
      ),
      { ...fittedLine, data: fittedOn(false) },
      { ...fittedLine, data: fittedOn(true) },
      {
        type: 'line',
        symbol: 'none',
        silent: true,
        data: points.map((point, index) => (after[index] ? point.counterfactual : null)),
        lineStyle: { color: colours.orange, width: 2, type: 'dashed' },
      },
      {
        type: 'line',
        z: 5,
        lineStyle: { opacity: 0 },
        symbol: 'circle',
        symbolSize: 7,
        showAllSymbol: true,
        itemStyle: { color: colours.brand },
        data: points.map((point) => point.value),
        markLine: {
          silent: true,
          symbol: 'none',
          data: cut < 0 ? [] : [{ xAxis: cut, lineStyle: { color: colours.ink, type: 'solid' }, label }],
        },
      },
    ],
  }
}
