/** ECharts, piecewise, drawn as SVG: sharp on paper and on a wall. */
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { Colours } from '../look/theme.tsx'

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
])

export type ChartOption = EChartsCoreOption
type Chart = ReturnType<typeof init>

export interface EngineProps {
  readonly option: ChartOption
  readonly heightPixels: number
  readonly label: string
  readonly onPick?: ((index: number) => void) | undefined
}

export function Engine({ option, heightPixels, label, onPick }: EngineProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart | null>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])
  useEffect(() => {
    const element = place.current
    if (!element) return
    const made = init(element, null, { renderer: 'svg' })
    chart.current = made
    made.on('click', (event) => {
      const data = event as { dataIndex?: number }
      if (data.dataIndex !== undefined) pick.current?.(data.dataIndex)
    })
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])
  return <div ref={place} role="img" aria-label={label} style={{ width: '100%', height: heightPixels }} />
}

const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** What all charts share: quiet axes, readable tooltip, no show. */
export function baseOption(colours: Colours): Record<string, unknown> {
  return {
    animation: !reducedMotion(),
    animationDuration: 160,
    textStyle: { fontFamily: 'inherit', color: colours.muted },
    grid: { left: 8, right: 24, top: 24, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colours.panel,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 },
      axisPointer: { lineStyle: { color: colours.faint } },
    },
  }
}

export const axisStyle = (colours: Colours) => ({
  axisLine: { lineStyle: { color: colours.line } },
  axisTick: { show: false },
  axisLabel: { color: colours.muted, fontSize: 12, hideOverlap: true },
  splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
  nameTextStyle: { color: colours.muted, fontSize: 12 },
})

/** Text that came from data, made safe for a tooltip, which is HTML. */
export const safe = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** An axis that holds every value with some air; it starts at zero where zero is near, and says so where it does not. */
export function honestRange(
  values: readonly (number | null | undefined)[],
  unit = '',
): { min: number; max: number; interval: number; cut: boolean } {
  const known = values.filter(
    (value): value is number => value !== null && value !== undefined && Number.isFinite(value),
  )
  if (known.length === 0) return { min: 0, max: 1, interval: 0.2, cut: false }
  let min = Math.min(...known)
  let max = Math.max(...known)
  if (min >= 0 && min <= (max - min) * 1.5) min = 0
  const air = (max - min || Math.abs(max) || 1) * 0.08
  const low = min >= 0 ? Math.max(0, min - air) : min - air
  const range = niceRange(low, max + air)
  // A share cannot pass 100 %, so the axis does not either, unless the data do.
  if (unit === 'percent' && max <= 100) range.max = Math.min(range.max, 100)
  return { ...range, cut: range.min > 0 }
}

const STEPS = [1, 2, 2.5, 5, 10] as const
const INTERVALS = 5

/** Ends that are whole steps of 1, 2, 2.5 or 5 times a power of ten. */
function niceRange(low: number, high: number): { min: number; max: number; interval: number } {
  const rough = (high - low) / INTERVALS
  const power = 10 ** Math.floor(Math.log10(rough))
  const interval = power * (STEPS.find((step) => step * power >= rough) ?? 10)
  const whole = (value: number) => Number(value.toPrecision(12))
  return {
    min: whole(Math.floor(low / interval) * interval),
    max: whole(Math.ceil(high / interval) * interval),
    interval,
  }
}
