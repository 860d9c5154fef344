/** The single values behind the indicator as bars, told with their quantiles. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Distribution, Indicator } from '#measurement/contract'
import { ChartFrame } from '#platform/web/charts/chart-frame.tsx'
import { axisStyle, baseOption, type ChartOption, Engine } from '#platform/web/charts/engine.tsx'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { type Colours, useColours } from '#platform/web/look/theme.tsx'
import { formatNumber, formatPlain, formatValue } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import type { Language } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.distribution
const KINDS = ['mean', 'quantile', 'duration', 'survey', 'level']
const HEIGHT_PIXELS = 260

export function DistributionSection({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const { grain: _grain, ...asked } = useAsked()
  const input = { id: indicator.id, ...asked }
  const fitting = KINDS.includes(indicator.definition.kind)
  const query = useQuery({ ...measurement.readDistribution.queryOptions({ input }), enabled: fitting })
  if (!fitting) return null
  return (
    <Section title={say(words.title)} lead={say(words.lead)}>
      <Loaded query={query} rows={6}>
        {(data) =>
          data === null || data.n === 0 ? (
            <p className="muted">{say(words.none)}</p>
          ) : (
            <Bars data={data} indicator={indicator} />
          )
        }
      </Loaded>
    </Section>
  )
}

/** Single values of shares are told in what they are recorded in. */
function unitOf({ definition, unit }: Indicator): string {
  if (unit !== 'percent') return unit
  return definition.kind === 'duration' ? 'hours' : definition.kind === 'survey' ? 'points' : 'number'
}

function Bars({ data, indicator }: { data: Distribution; indicator: Indicator }) {
  const say = useSay()
  const { language } = useLanguage()
  const colours = useColours()
  const unit = unitOf(indicator)
  const option = useMemo(() => optionOf(data, unit, colours, language, say), [data, unit, colours, language, say])
  const format = (value: number | null | undefined) => formatValue(value, unit, language)
  const at = (share: number) => data.quantiles.find((each) => each.share === share)?.value
  const told = { n: formatNumber(data.n, language, 0), mean: format(data.mean), median: format(at(0.5)) }
  const title = `${say(indicator.title)} · ${say(words.title)}`
  return (
    <ChartFrame
      head={[words.value, words.count, words.share].map((name) => say(name))}
      rows={data.bars.map((bar) => [
        nameOf(bar, unit, language, say),
        bar.count,
        `${Math.round((1000 * bar.count) / data.n) / 10}%`,
      ])}
      exportName={title}
      note={say(words.told, { ...told, low: format(at(0.25)), high: format(at(0.75)), most: format(at(0.95)) })}
      picture={{ heightPixels: HEIGHT_PIXELS, option: (paper) => optionOf(data, unit, paper, language, say) }}
    >
      <Engine option={option} heightPixels={HEIGHT_PIXELS} label={title} />
    </ChartFrame>
  )
}

function nameOf({ low, high }: Distribution['bars'][number], unit: string, language: Language, say: Say): string {
  const plain = (value: number) => formatPlain(value, unit, language)
  if (low === null) return say(words.below, { value: plain(high ?? 0) })
  if (high === null) return say(words.above, { value: plain(low) })
  return low === high ? plain(low) : `${plain(low)} – ${plain(high)}`
}

function optionOf(data: Distribution, unit: string, colours: Colours, language: Language, say: Say): ChartOption {
  const base = baseOption(colours)
  return {
    ...base,
    xAxis: {
      type: 'category',
      data: data.bars.map((bar) => nameOf(bar, unit, language, say)),
      ...axisStyle(colours),
      splitLine: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, ...axisStyle(colours) },
    series: [
      {
        type: 'bar',
        name: say(words.count),
        data: data.bars.map((bar) => bar.count),
        itemStyle: { color: colours.brand },
        barCategoryGap: data.kind === 'bins' ? '4%' : '30%',
      },
    ],
  }
}
