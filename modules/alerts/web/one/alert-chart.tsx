/** The indicator of the alert's unit around the readings, with what it was held against. */
import { useQuery } from '@tanstack/react-query'
import type { Alert, Levels } from '#alerts/contract'
import { measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'
import { addDays, addPeriods } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { type Say, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { levelsOf } from '../../rules/levels.ts'
import { words } from '../../words.ts'
import { latest } from '../telling/why.ts'

const measurement = apiOf('measurement', measurementContract)
const text = words.page
const COLOURS = ['yellow', 'orange', 'red'] as const

/** Periods shown before the first reading and after the last. */
const PERIODS_BEFORE = 24
const PERIODS_AFTER = 6

function chartWindow(alert: Alert): { from: string; to: string } {
  const { grain } = alert.rule
  const first = alert.readings[0]?.periodStart ?? alert.raisedAt.slice(0, 10)
  const last = latest(alert)?.periodStart ?? first
  return {
    from: addPeriods(first, grain, -PERIODS_BEFORE),
    to: addDays(addPeriods(last, grain, PERIODS_AFTER + 1), -1),
  }
}

interface Line {
  readonly value: number
  readonly name: string
  readonly colour: (typeof COLOURS)[number] | 'muted'
}

/** What the value was held against: levels as they are, or counted from the baseline where they are given in percent of it. */
function linesOf(alert: Alert, say: Say): Line[] {
  const { condition } = alert.rule
  const levels = levelsOf(condition)
  const baseline = latest(alert)?.baseline ?? null
  const worse = alert.indicator?.direction === 'higher-is-better' ? -1 : 1
  const colourLines = (valueOf: (level: number) => number) => levelLines(levels, valueOf, say)
  const named = (name: keyof typeof text & ('baseline' | 'centre' | 'expected' | 'target' | 'capacity')): Line[] =>
    baseline === null ? [] : [{ value: baseline, name: say(text[name]), colour: 'muted' }]
  switch (condition.kind) {
    case 'threshold':
      return colourLines((level) => level)
    case 'deviation':
    case 'growth':
    case 'change-point':
      if (baseline === null) return []
      return [
        ...named('baseline'),
        ...colourLines((percent) => baseline + (worse * Math.abs(baseline) * percent) / 100),
      ]
    case 'shortage':
      return baseline === null ? [] : [...named('capacity'), ...colourLines((percent) => (baseline * percent) / 100)]
    case 'forecast-band':
      return named('expected')
    case 'forecast-miss':
      return named('target')
    case 'chart':
      return drawnAs(alert) === 'xmr' ? [] : named('centre')
    default:
      return []
  }
}

/** The chart the rule drew. The limits of the series are those of individuals; under another chart they would mislead. */
const drawnAs = (alert: Alert): string | null =>
  alert.rule.condition.kind === 'chart' ? (latest(alert)?.because[0] ?? null) : null

const signalsOf = (alert: Alert) =>
  alert.readings.map(({ periodStart, because }) => ({ periodStart, rule: because[1] ?? 'other' }))

function levelLines(levels: Levels | null, valueOf: (level: number) => number, say: Say): Line[] {
  return COLOURS.flatMap((colour) => {
    const level = levels?.[colour] ?? null
    if (level === null) return []
    return [{ value: valueOf(level), name: say(text.level, { colour: say(words.colour[colour]) }), colour }]
  })
}

export function AlertChart({ alert, heightPixels }: { alert: Alert; heightPixels?: number }) {
  const say = useSay()
  const may = useMay('measurements.read')
  const { indicator } = alert
  const { grain } = alert.rule
  const input = { id: indicator?.id ?? '', entity: alert.entity.key, grain, ...chartWindow(alert) }
  const series = useQuery({ ...measurement.readSeries.queryOptions({ input }), enabled: may && indicator !== null })
  const first = alert.readings[0]?.periodStart
  if (indicator === null) return null
  return (
    <Section title={say(text.chart)} lead={say(text.chartLead)}>
      {may ? (
        <Loaded query={series} waiting={<Waiting rows={6} />}>
          {({ groups, chart }) => (
            <SeriesChart
              title={say(text.title, { entity: alert.entity.name, indicator: say(indicator.title) })}
              points={groups[0]?.points ?? []}
              unit={indicator.unit}
              grain={grain}
              levels={linesOf(alert, say)}
              chart={chart && drawnAs(alert) === 'xmr' ? { ...chart, signals: signalsOf(alert) } : null}
              marks={first === undefined ? [] : [{ day: first, name: say(text.firstFired) }]}
              {...(heightPixels === undefined ? {} : { heightPixels })}
            />
          )}
        </Loaded>
      ) : (
        <Empty title={say(text.noSeries)} />
      )}
    </Section>
  )
}
