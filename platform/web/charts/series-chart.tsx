/** A series over time: values with their interval band, target, and — where there is one — the control chart with its signals. */
import { useMemo } from 'react'
import type { SeriesGrain } from '#measurement/contract'
import { periodName, periodTick } from '../calendar.ts'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { type Colours, useColours } from '../look/theme.tsx'
import { formatCases, formatPlain, formatValue } from '../numbers.ts'
import type { Language, Sentence } from '../words.ts'
import { ChartFrame, type LegendEntry } from './chart-frame.tsx'
import { axisStyle, baseOption, type ChartOption, Engine, honestRange, safe } from './engine.tsx'

const words = floorWords.chart
const RIGHT = 'insideEndTop'
const LEFT = 'insideStartTop'

export interface SeriesPoint {
  readonly periodStart: string
  readonly value: number | null
  /** Null where the point is protected. */
  readonly n: number | null
  readonly low: number | null
  readonly high: number | null
  readonly tooFew?: boolean
  readonly complete?: boolean
  /** Published, and another value since. */
  readonly revised?: boolean
  /** What else must be known of it. */
  readonly remark?: string
}

/** A line that may be another in each period, e.g. a baseline with its spread. */
export interface VaryingLine {
  readonly name: string
  readonly colour: 'green' | 'orange' | 'blue' | 'muted' | 'grey'
  /** One for each point. */
  readonly values: readonly (number | null)[]
  readonly lows?: readonly (number | null)[]
  readonly highs?: readonly (number | null)[]
  /** Drawn as steps: what holds from a day on. */
  readonly steps?: boolean
}

interface ControlChart {
  readonly centre: number
  readonly lower: number
  readonly upper: number
  readonly signals: readonly { readonly periodStart: string; readonly rule: string }[]
}

export interface SeriesChartProps {
  readonly title: string
  readonly points: readonly SeriesPoint[]
  readonly unit: string
  readonly grain: SeriesGrain
  readonly target?: number | null
  readonly chart?: ControlChart | null
  /** Further lines with a name of their own, e.g. a baseline or the level of a rule. */
  readonly levels?: readonly { readonly value: number; readonly name: string; readonly colour?: keyof Colours }[]
  readonly lines?: readonly VaryingLine[]
  /** Days to mark with a line and a word, e.g. a plan. */
  readonly marks?: readonly { readonly day: string; readonly name: string }[]
  readonly heightPixels?: number
  readonly onPick?: (point: SeriesPoint) => void
}

export function signalWords(rule: string): Sentence {
  return (floorWords.signalRule as Record<string, Sentence>)[rule] ?? floorWords.signalRule.other
}

export function SeriesChart(props: SeriesChartProps) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const option = useMemo(() => seriesOption(props, colours, language), [props, colours, language])
  const signals = new Map((props.chart?.signals ?? []).map((signal) => [signal.periodStart, signal.rule]))
  const rows = props.points.map((point) => [
    periodName(point.periodStart, props.grain, language),
    point.value,
    point.n,
    point.low,
    point.high,
    remarkOf(point, signals.get(point.periodStart), language),
  ])
  const names = [words.period, words.value, words.n, words.low, words.high, words.remark]
  const cut = honestRange(valuesOf(props), props.unit).cut
  return (
    <ChartFrame
      head={names.map((name) => say(name))}
      rows={rows}
      exportName={props.title}
      picture={{
        heightPixels: props.heightPixels ?? 320,
        legend: (paper) => legendOf(props, paper, language),
        option: (paper) => seriesOption(props, paper, language),
      }}
      legend={legendOf(props, colours, language)}
      note={cut ? say(words.cutAxis) : null}
    >
      <Engine
        option={option}
        heightPixels={props.heightPixels ?? 320}
        label={props.title}
        onPick={(index) => {
          const point = props.points[index]
          if (point) props.onPick?.(point)
        }}
      />
    </ChartFrame>
  )
}

const valuesOf = (props: SeriesChartProps) => [
  ...props.points.flatMap((point) => (point.tooFew ? [point.value] : [point.value, point.low, point.high])),
  props.target,
  props.chart?.lower,
  props.chart?.upper,
  ...(props.levels ?? []).map((level) => level.value),
  ...(props.lines ?? []).flatMap((line) => [...line.values, ...(line.lows ?? []), ...(line.highs ?? [])]),
]

function remarkOf(point: SeriesPoint, rule: string | undefined, language: Language): string {
  const told: Sentence[] = []
  if (point.tooFew) told.push(floorWords.figure.tooFew)
  if (point.complete === false) told.push(floorWords.figure.running)
  if (rule !== undefined) told.push(signalWords(rule))
  const texts = told.map((sentence) => sentence[language])
  return [...texts, ...(point.remark ? [point.remark] : [])].join(language === 'zh' ? '；' : '; ')
}

function legendOf(props: SeriesChartProps, colours: Colours, language: Language): LegendEntry[] {
  const entries: LegendEntry[] = [{ name: words.actual[language], colour: colours.brand, mark: 'dot' }]
  if (props.points.some((point) => point.low !== null)) {
    entries.push({ name: words.band[language], colour: colours.band, mark: 'band' })
  }
  if (props.target !== null && props.target !== undefined) {
    entries.push({ name: words.target[language], colour: colours.green, mark: 'dashed' })
  }
  if (props.chart) {
    entries.push({ name: words.centre[language], colour: colours.faint, mark: 'line' })
    entries.push({ name: `${words.lower[language]} / ${words.upper[language]}`, colour: colours.faint, mark: 'dashed' })
    if (props.chart.signals.length > 0) {
      entries.push({ name: words.signal[language], colour: colours.orange, mark: 'diamond' })
    }
  }
  for (const line of props.lines ?? [])
    entries.push({ name: line.name, colour: colours[line.colour], mark: line.steps ? 'dashed' : 'line' })
  if (props.points.some((point) => point.revised))
    entries.push({ name: words.revised[language], colour: colours.blue, mark: 'square' })
  if (props.points.some((point) => point.tooFew)) {
    entries.push({ name: floorWords.figure.tooFew[language], colour: colours.grey, mark: 'ring' })
  }
  return entries
}

/** The band as two stacked lines: the low edge unseen, the height filled. */
export function bandSeries(
  lows: readonly (number | null)[],
  highs: readonly (number | null)[],
  fill: string,
  name = 'band',
): Record<string, unknown>[] {
  const shared = {
    type: 'line',
    stack: name,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
  }
  return [
    { ...shared, data: lows, tooltip: { show: false } },
    {
      ...shared,
      data: highs.map((high, index) => {
        const low = lows[index]
        return high === null || low === null || low === undefined ? null : high - low
      }),
      areaStyle: { color: fill, opacity: 1 },
      tooltip: { show: false },
    },
  ]
}

function dotOf(point: SeriesPoint, signal: boolean, colours: Colours): Record<string, unknown> {
  if (point.tooFew) {
    return {
      symbol: 'circle',
      symbolSize: 6,
      itemStyle: { color: colours.panel, borderColor: colours.grey, borderWidth: 1.5 },
    }
  }
  if (point.revised) return { symbol: 'rect', symbolSize: 9, itemStyle: { color: colours.blue } }
  if (signal) return { symbol: 'diamond', symbolSize: 12, itemStyle: { color: colours.orange } }
  if (point.complete === false) {
    return {
      symbol: 'circle',
      symbolSize: 8,
      itemStyle: { color: colours.panel, borderColor: colours.brand, borderWidth: 2 },
    }
  }
  return { symbol: 'circle', symbolSize: 6, itemStyle: { color: colours.brand } }
}

/** Labels of limits stand on the right, that of the target on the left, so that close lines stay readable. */
function levelLine(
  value: number,
  text: string,
  colour: string,
  dashed: boolean,
  position: string,
  ground: string,
): Record<string, unknown> {
  return {
    yAxis: value,
    lineStyle: { color: colour, type: dashed ? 'dashed' : 'solid', width: 1.5 },
    // A ground of its own, so that the series running behind leaves the words readable.
    label: { formatter: text, position, color: colour, fontSize: 12, backgroundColor: `${ground}d0`, padding: [0, 3] },
  }
}

function levelLines(props: SeriesChartProps, colours: Colours, language: Language): Record<string, unknown>[] {
  const { chart, target, unit } = props
  const ground = colours.panel
  const lines: Record<string, unknown>[] = []
  const told = (name: Sentence, value: number) => `${name[language]} ${formatPlain(value, unit, language)}`
  if (chart) {
    lines.push(levelLine(chart.centre, told(words.centre, chart.centre), colours.faint, false, RIGHT, ground))
    lines.push(levelLine(chart.upper, told(words.upper, chart.upper), colours.faint, true, RIGHT, ground))
    lines.push(levelLine(chart.lower, told(words.lower, chart.lower), colours.faint, true, RIGHT, ground))
  }
  if (target !== null && target !== undefined) {
    lines.push(levelLine(target, told(words.target, target), colours.green, true, LEFT, ground))
  }
  for (const level of props.levels ?? []) {
    const colour = colours[level.colour ?? 'muted'] as string
    lines.push(
      levelLine(level.value, `${level.name} ${formatPlain(level.value, unit, language)}`, colour, true, LEFT, ground),
    )
  }
  return lines
}

function dayLines(props: SeriesChartProps, colours: Colours): Record<string, unknown>[] {
  return (props.marks ?? []).flatMap((mark) => {
    const index = props.points.findLastIndex((point) => point.periodStart <= mark.day)
    if (index < 0) return []
    const label = { formatter: mark.name, color: colours.blue, fontSize: 12, rotate: 0 }
    return [{ xAxis: index, lineStyle: { color: colours.blue, type: 'dotted' }, label }]
  })
}

function linesTold({ lines = [], unit }: SeriesChartProps, index: number, language: Language): string {
  return lines
    .flatMap((line) => {
      const value = line.values[index]
      return value === null || value === undefined
        ? []
        : [`<br/>${safe(line.name)} ${formatPlain(value, unit, language)}`]
    })
    .join('')
}

function varyingSeries(line: VaryingLine, index: number, colours: Colours): Record<string, unknown>[] {
  const colour = colours[line.colour]
  const band = line.lows && line.highs ? bandSeries(line.lows, line.highs, `${colour}1f`, `varying ${index}`) : []
  const drawn = {
    type: 'line',
    z: 3,
    silent: true,
    data: line.values,
    symbol: line.values.length > 1 ? 'none' : 'circle',
    connectNulls: false,
    ...(line.steps ? { step: 'middle' } : {}),
    lineStyle: { color: colour, width: 1.5, type: line.steps ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
    tooltip: { show: false },
  }
  return [...band, drawn]
}

function seriesOption(props: SeriesChartProps, colours: Colours, language: Language): ChartOption {
  const { points, unit, grain, chart } = props
  const signals = new Map((chart?.signals ?? []).map((signal) => [signal.periodStart, signal.rule]))
  const range = honestRange(valuesOf(props), props.unit)
  const tell = (index: number) => {
    const point = points[index]
    if (!point) return ''
    const remark = remarkOf(point, signals.get(point.periodStart), language)
    const interval =
      point.low === null || point.high === null
        ? ''
        : `<br/>${words.band[language]} ${formatPlain(point.low, unit, language)} ～ ${formatPlain(point.high, unit, language)}`
    return `<b>${periodName(point.periodStart, grain, language)}</b><br/>${formatValue(point.value, unit, language)}　n=${formatCases(point.n, language)}${interval}${linesTold(props, index, language)}${remark ? `<br/>${safe(remark)}` : ''}`
  }
  const base = baseOption(colours)
  return {
    ...base,
    tooltip: {
      ...(base['tooltip'] as object),
      formatter: (items: readonly { dataIndex: number }[]) => tell(items[0]?.dataIndex ?? -1),
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
        points.map((point) => (point.tooFew ? null : point.low)),
        points.map((point) => (point.tooFew ? null : point.high)),
        colours.band,
      ),
      ...(props.lines ?? []).flatMap((line, index) => varyingSeries(line, index, colours)),
      {
        type: 'line',
        z: 4,
        data: points.map((point) => ({ value: point.value, ...dotOf(point, signals.has(point.periodStart), colours) })),
        lineStyle: { color: colours.brand, width: 2 },
        connectNulls: false,
        markLine: {
          silent: true,
          symbol: 'none',
          data: [...levelLines(props, colours, language), ...dayLines(props, colours)],
        },
      },
    ],
  }
}
