/** The indicator of the alert's unit around the readings, with what it was held against. */
import { useQuery } from '@tanstack/react-query'
import type { Alert } from '#alerts/contract'
import { measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'
import { addDays, addPeriods } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { latest } from './why.ts'

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

/** The levels as lines: those of a threshold as they are; those of a deviation counted from the baseline in the bad direction. */
function useLevels(alert: Alert) {
  const say = useSay()
  const { condition } = alert.rule
  const reading = latest(alert)
  const named = (colour: (typeof COLOURS)[number]) => say(text.level, { colour: say(words.colour[colour]) })
  if (condition.kind === 'threshold') {
    return COLOURS.flatMap((colour) => {
      const value = condition.levels[colour]
      return value === null ? [] : [{ value, name: named(colour), colour }]
    })
  }
  const baseline = reading?.baseline
  if (baseline === null || baseline === undefined) return []
  const worse = alert.indicator.direction === 'higher-is-better' ? -1 : 1
  const levels = COLOURS.flatMap((colour) => {
    const percent = condition.levelsPercent[colour]
    if (percent === null) return []
    return [{ value: baseline + (worse * Math.abs(baseline) * percent) / 100, name: named(colour), colour }]
  })
  return [{ value: baseline, name: say(text.baseline), colour: 'muted' as const }, ...levels]
}

export function AlertChart({ alert }: { alert: Alert }) {
  const say = useSay()
  const may = useMay('measurements.read')
  const levels = useLevels(alert)
  const { grain } = alert.rule
  const input = { id: alert.indicator.id, entity: alert.entity.key, grain, ...chartWindow(alert) }
  const series = useQuery({ ...measurement.readSeries.queryOptions({ input }), enabled: may })
  const first = alert.readings[0]?.periodStart
  return (
    <Section title={say(text.chart)} lead={say(text.chartLead)}>
      {may ? (
        <Loaded query={series} waiting={<Waiting rows={6} />}>
          {({ groups }) => (
            <SeriesChart
              title={say(text.title, { entity: alert.entity.name, indicator: say(alert.indicator.title) })}
              points={groups[0]?.points ?? []}
              unit={alert.indicator.unit}
              grain={grain}
              levels={levels}
              marks={first === undefined ? [] : [{ day: first, name: say(text.firstFired) }]}
            />
          )}
        </Loaded>
      ) : (
        <Empty title={say(text.noSeries)} />
      )}
    </Section>
  )
}
