/** Which node, which period, which grain: what every page shows, kept in the address so that a link shows the same. */
import { useMemo } from 'react'
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
const PERIODS: Readonly<Record<Grain, number>> = { day: 60, week: 52, month: 24, quarter: 12, year: 6 }
const DAY = /^\d{4}-\d{2}-\d{2}$/

function defaultPeriod(grain: Grain): { from: string; to: string } {
  const start = startOfPeriod(today(), grain)
  return { from: addPeriods(start, grain, 1 - PERIODS[grain]), to: addDays(addPeriods(start, grain, 1), -1) }
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
