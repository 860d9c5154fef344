/** Signals of control charts, and changes of level. A chart is drawn from what was there up to the period, and only its newest point speaks. */
import {
  countChart,
  laneyProportionChart,
  laneyRateChart,
  proportionChart,
  rateChart,
} from '#stats/charts/attribute-chart'
import type { ChartLayout, ChartRefusal, ControlChart } from '#stats/charts/chart-contract'
import { casesBetweenChart, timeBetweenChart } from '#stats/charts/rare-event-chart'
import { xmrChart } from '#stats/charts/xmr-chart'
import { anhoejRule } from '#stats/run-rules/anhoej-rule'
import { runRules } from '#stats/run-rules/run-rules'
import { cusumChangeTest, pettittTest } from '#stats/warning/change-tests'
import type { ChartKind, Colour, ConditionOf } from '../../contract.ts'
import { severityAbove, severityOf, worseBy } from '../levels.ts'
import { type Asked, easingOf, history } from './asked.ts'
import { cellAt, type Panel } from './panel.ts'
import { newVerdicts, type Verdicts } from './verdicts.ts'

/** Cases a period from which shares and rates move by more than chance would have them: Laney's limits. */
const LARGE = 1000
/** Events a period below which a plain count is drawn as one. */
const RARE = 10
const HOUR_MILLISECONDS = 3_600_000
const BEYOND = /beyond|astronomical/

export interface DrawnChart {
  readonly kind: Exclude<ChartKind, 'auto'>
  readonly chart: ControlChart
  /** More of the plotted figure is worse. */
  readonly moreIsWorse: boolean
}

/** The chart a rule looks at, its newest point last; for screens too. */
export function drawChart(asked: Asked, condition: ConditionOf<'chart'>, unit: number): DrawnChart | ChartRefusal {
  const { panel, place } = asked
  const moreIsWorse = asked.direction !== 'higher-is-better'
  const kind = condition.chart === 'auto' ? usualChart(panel, unit, place, condition.periods) : condition.chart
  if (kind === 't' || kind === 'g') return drawRare(asked, condition, unit, kind)
  const width = panel.periods.starts.length
  const first = Math.max(0, place - condition.periods + 1)
  const places = Array.from({ length: place - first + 1 }, (_unused, index) => first + index)
  const layout = layoutOf(
    condition,
    places.map((each) => panel.periods.starts[each]!),
  )
  const values = history(panel, unit, place, condition.periods)
  if (kind === 'xmr') {
    const chart = xmrChart({ values, constants: 'rounded-d2', screening: true, ...layout })
    return chart.kind === 'cannot' ? chart : { kind, chart, moreIsWorse }
  }
  const periods = places.map((each) => {
    const cell = unit * width + each
    const exposure = panel.scatter === 'count' ? 1 : panel.denominator[cell]!
    return Number.isNaN(panel.value[cell]!) || !(exposure > 0) ? null : { events: panel.numerator[cell]!, exposure }
  })
  const broken = periods.some((each) => each !== null && (!Number.isInteger(each.events) || each.events < 0))
  if (broken) return { kind: 'cannot', because: 'not-finite', detail: 'the chart needs whole numbers of events' }
  const counts = periods.map((each) => each?.events ?? null)
  const drawn = {
    p: () => proportionChart({ periods, ...layout }),
    'laney-p': () => laneyProportionChart({ periods, ...layout }),
    u: () => rateChart({ periods, ...layout }),
    'laney-u': () => laneyRateChart({ periods, ...layout }),
    c: () => countChart({ counts, ...layout }),
  }[kind]()
  return drawn.kind === 'cannot' ? drawn : { kind, chart: drawn, moreIsWorse }
}

/** By the indicator's kind and size: p' and u' for large numbers of cases, since an ordinary p chart would put nearly every point outside. */
function usualChart(panel: Panel, unit: number, place: number, periods: number): Exclude<ChartKind, 'auto'> {
  const first = Math.max(0, place - periods + 1)
  const mean = (column: Float64Array) => {
    let [sum, count] = [0, 0]
    for (let each = first; each <= place; each += 1) {
      const cell = cellAt(panel, unit, each)
      if (Number.isNaN(panel.value[cell]!)) continue
      sum += column[cell]!
      count += 1
    }
    return count === 0 ? 0 : sum / count
  }
  switch (panel.scatter) {
    case 'binomial':
      return mean(panel.denominator) >= LARGE ? 'laney-p' : 'p'
    case 'poisson':
      return mean(panel.numerator) >= LARGE ? 'laney-u' : 'u'
    case 'count':
      return mean(panel.numerator) < RARE ? 'c' : 'xmr'
    case 'normal':
    case 'unknown':
      return 'xmr'
  }
}

function layoutOf({ changes, baselinePeriods }: ConditionOf<'chart'>, starts: readonly string[]): ChartLayout {
  const parts = changes.toSorted().flatMap((day) => {
    const at = starts.findIndex((start) => start >= day)
    return at > 0 ? [at] : []
  })
  return { parts: [...new Set(parts)], baseline: baselinePeriods ?? undefined }
}

/** Time or cases between rare events: the more, the better, so less of it is worse. */
function drawRare(
  asked: Asked,
  condition: ConditionOf<'chart'>,
  unit: number,
  kind: 't' | 'g',
): DrawnChart | ChartRefusal {
  const { events } = asked.events(unit, asked.place)
  const gaps = events.slice(1).map((event, index) => {
    const before = events[index]!
    return kind === 't' ? (event.at - before.at) / HOUR_MILLISECONDS : Math.max(0, event.cases - before.cases - 1)
  })
  const newest = gaps.slice(-condition.periods)
  const baseline = condition.baselinePeriods ?? undefined
  const chart =
    kind === 't'
      ? timeBetweenChart({ times: newest, constants: 'rounded-d2', screening: false, baseline })
      : casesBetweenChart({ between: newest, limits: 'probability', centreLine: 'median-0.693', baseline })
  return chart.kind === 'cannot' ? chart : { kind, chart, moreIsWorse: asked.direction === 'higher-is-better' }
}

export function judgeChart(asked: Asked, condition: ConditionOf<'chart'>): Verdicts {
  const { panel, place, rule } = asked
  const verdicts = newVerdicts(panel.subjects.length)
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const cell = cellAt(panel, unit, place)
    const rare = condition.chart === 't' || condition.chart === 'g'
    if (!rare && (Number.isNaN(panel.value[cell]!) || panel.n[cell]! < rule.minimumN)) continue
    const drawn = drawChart(asked, condition, unit)
    if (drawn.kind === 'cannot') continue
    const newest = drawn.chart.points.length - 1
    const fresh = rare ? asked.events(unit, place).fresh : 1
    const point = drawn.chart.points[newest]!
    verdicts.known[unit] = 1
    verdicts.measured[unit] = point.z ?? Number.NaN
    verdicts.baseline[unit] = point.centre * (['p', 'laney-p', 'u', 'laney-u'].includes(drawn.kind) ? panel.scale : 1)
    const places = Array.from({ length: Math.min(fresh, newest + 1) }, (_unused, back) => newest - back)
    const rules = [...new Set(places.flatMap((each) => signalsAt(drawn, condition, each)))]
    if (rules.length === 0) continue
    const colour: Colour = rules.some((each) => BEYOND.test(each))
      ? condition.colours.beyond
      : condition.colours.pattern
    verdicts.severity[unit] = severityOf(colour)
    verdicts.because.set(unit, [drawn.kind, ...rules])
  }
  return verdicts
}

/** Rules the newest point completes, to the bad side unless both are wanted. */
export function signalsAt(
  { chart, moreIsWorse }: DrawnChart,
  condition: ConditionOf<'chart'>,
  newest: number,
): string[] {
  const bad = (side: 'above' | 'below' | null) =>
    condition.bothSides || side === null || (side === 'above') === moreIsWorse
  const wanted = (rule: string) => condition.only.length === 0 || condition.only.includes(rule)
  if (condition.ruleSet === 'anhoej-2014') return anhoejAt(chart, newest, bad).filter(wanted)
  const { signals } = runRules({
    points: chart.points,
    ruleSet: condition.ruleSet,
    flag: 'completing-point',
    acrossGaps: 'skip',
  })
  const here = signals.filter((signal) => signal.positions.includes(newest) && bad(signal.side) && wanted(signal.rule))
  return [...new Set(here.map(({ rule }) => rule))]
}

function anhoejAt(chart: ControlChart, newest: number, bad: (side: 'above' | 'below' | null) => boolean): string[] {
  const part = chart.points[newest]!.part
  const points = chart.points.slice(0, newest + 1).filter((point) => point.part === part)
  const centre = points.at(-1)!.centre
  const found = anhoejRule({ values: points.map((point) => point.value), centre })
  if (found.kind === 'cannot') return []
  const last = points.at(-1)!.value
  const side = last === null || last === centre ? null : last > centre ? ('above' as const) : ('below' as const)
  const running = found.longestRunAt.end === points.length - 1
  return [
    ...(found.runSignal && running && side !== null && bad(side) ? ['anhoej-long-run'] : []),
    ...(found.crossingSignal && bad(side) ? ['anhoej-few-crossings'] : []),
  ]
}

/** Where the level changed, most likely, and whether it is newer than `within` periods and for the worse. */
export function judgeChange(asked: Asked, condition: ConditionOf<'change-point'>): Verdicts {
  const { panel, place, direction, rule } = asked
  const verdicts = newVerdicts(panel.subjects.length)
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const cell = cellAt(panel, unit, place)
    if (Number.isNaN(panel.value[cell]!) || panel.n[cell]! < rule.minimumN) continue
    const found = latestChange(history(panel, unit, place, condition.periods), condition.within)
    if (found === null) continue
    verdicts.known[unit] = 1
    verdicts.pValue[unit] = found.pValue
    verdicts.baseline[unit] = found.before
    if (!found.recent || found.before === 0) continue
    const measured = (100 * worseBy(found.after, found.before, direction)) / Math.abs(found.before)
    verdicts.measured[unit] = measured
    verdicts.severity[unit] = severityAbove(condition.levelsPercent, measured, easingOf(asked, unit))
    verdicts.because.set(unit, [panel.periods.starts[place - found.ago + 1]!])
  }
  return verdicts
}

/** Cumulative sums in series that are long enough for their asymptotic law, ranks in short ones. */
const CUSUM_LEAST = 30

function latestChange(values: readonly (number | null)[], within: number) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const series = known.map(({ value }) => value)
  const test = series.length >= CUSUM_LEAST ? cusumChangeTest({ values: series, longRunLag: 0 }) : pettittTest(series)
  if (test.kind === 'cannot') return null
  const ago = values.length - known[test.position]!.index
  return { pValue: test.pValue, before: test.meanBefore, after: test.meanAfter, ago, recent: ago <= within }
}
