/** Which node, which period, which grain: what every page shows, kept in the address so that a link shows the same. */
import { useMemo } from 'react'
import { type SeriesGrain, seriesGrain } from '#measurement/contract'
import { grain as grainSchema, type Grain } from '#platform/contract'
import { addDays, addPeriods, startOfPeriod, today } from './calendar.ts'
import { useAddress, useSearchValues } from './router.tsx'

export interface Scope {
  /** Key of the node; undefined is the whole organisation. */
  readonly entity: string | undefined
  readonly from: string
  readonly to: string
  readonly grain: Grain
  readonly set: (values: { entity?: string | undefined; from?: string; to?: string; grain?: Grain }) => void
}

/** How many periods a chart shows when nobody chose: enough for a control chart. */
const PERIODS: Readonly<Record<Grain, number>> = { day: 60, week: 52, month: 24, quarter: 12, 'half-year': 8, year: 6 }
const DAY = /^\d{4}-\d{2}-\d{2}$/

function defaultPeriod(grain: Grain): { from: string; to: string } {
  const start = startOfPeriod(today(), grain)
  return { from: addPeriods(start, grain, 1 - PERIODS[grain]), to: addDays(addPeriods(start, grain, 1), -1) }
}

export interface SeriesScope extends Omit<Scope, 'grain' | 'set'> {
  readonly grain: SeriesGrain
}

/** For those who know minutes, hours and the organisation's own years too; minutes and hours begin with short ranges. */
export function useSeriesScope(): SeriesScope {
  const { search } = useAddress()
  return useMemo(() => {
    const values = new URLSearchParams(search)
    const grain = seriesGrain.catch('month').parse(values.get('grain'))
    const usual = usualRange(grain)
    const from = values.get('from') ?? ''
    const to = values.get('to') ?? ''
    return {
      entity: values.get('entity') ?? undefined,
      from: DAY.test(from) ? from : usual.from,
      to: DAY.test(to) ? to : usual.to,
      grain,
    }
  }, [search])
}

const LIKE: Partial<Record<SeriesGrain, Grain>> = {
  'fiscal-quarter': 'quarter',
  'fiscal-year': 'year',
  'retail-month': 'month',
  'retail-quarter': 'quarter',
  'retail-year': 'year',
}
const HOURS_DAYS = 7

function usualRange(grain: SeriesGrain): { from: string; to: string } {
  if (grain === 'minute') return { from: today(), to: today() }
  if (grain === 'hour') return { from: addDays(today(), 1 - HOURS_DAYS), to: today() }
  return defaultPeriod(LIKE[grain] ?? grainSchema.parse(grain))
}

export function useScope(): Scope {
  const { search } = useAddress()
  const setValues = useSearchValues()
  return useMemo(() => {
    const values = new URLSearchParams(search)
    const grain = grainSchema.catch('month').parse(values.get('grain'))
    const usual = defaultPeriod(grain)
    const from = values.get('from') ?? ''
    const to = values.get('to') ?? ''
    return {
      entity: values.get('entity') ?? undefined,
      from: DAY.test(from) ? from : usual.from,
      to: DAY.test(to) ? to : usual.to,
      grain,
      set: setValues,
    }
  }, [search, setValues])
}
