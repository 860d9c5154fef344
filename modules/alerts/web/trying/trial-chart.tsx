/** Units that would have fired in each period, by colour, as stacked bars. */
import { useMemo } from 'react'
import type { BacktestResult, RuleDraft } from '#alerts/contract'
import { periodName, periodTick } from '#platform/web/calendar.ts'
import { ChartFrame } from '#platform/web/charts/chart-frame.tsx'
import { axisStyle, baseOption, Engine } from '#platform/web/charts/engine.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useColours } from '#platform/web/look/theme.tsx'
import { words } from '../../words.ts'

const text = words.trying
const COLOURS = ['yellow', 'orange', 'red'] as const
const HEIGHT_PIXELS = 180

export function TrialChart({ result, grain }: { result: BacktestResult; grain: RuleDraft['grain'] }) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const option = useMemo(
    () => ({
      ...baseOption(colours),
      xAxis: {
        type: 'category',
        data: result.perPeriod.map(({ periodStart }) => periodTick(periodStart, grain, language)),
        ...axisStyle(colours),
        splitLine: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, ...axisStyle(colours) },
      series: COLOURS.map((colour) => ({
        type: 'bar',
        stack: 'all',
        name: words.colour[colour][language],
        data: result.perPeriod.map((period) => period[colour]),
        itemStyle: { color: colours[colour] },
        barMaxWidth: 18,
      })),
    }),
    [result, grain, language, colours],
  )
  return (
    <ChartFrame
      head={[say(text.period), ...COLOURS.map((colour) => say(words.colour[colour]))]}
      rows={result.perPeriod.map((one) => [
        periodName(one.periodStart, grain, language),
        ...COLOURS.map((colour) => one[colour]),
      ])}
      exportName={say(text.perPeriod)}
      legend={COLOURS.map((colour) => ({ name: say(words.colour[colour]), colour: colours[colour], mark: 'square' }))}
    >
      <Engine option={option} heightPixels={HEIGHT_PIXELS} label={say(text.perPeriod)} />
    </ChartFrame>
  )
}
