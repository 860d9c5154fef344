/** Node, period and grain on top of a page; what is chosen stands in the address. */
import { Button, Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import type { SeriesGrain } from '#measurement/contract'
import type { Grain } from '#platform/contract'
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'
import { useAddress, useSearchValues } from '../router.tsx'
import { useScope, useSeriesScope } from '../scope.ts'
import { useMay } from '../session.ts'
import { DayInput } from './day-input.tsx'
import { EntityPicker } from './pickers.tsx'

const words = floorWords.scope
export type ScopePart = 'entity' | 'period' | 'grain'
const EVERYTHING: readonly ScopePart[] = ['entity', 'period', 'grain']
const GRAINS: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year']

const MORE_GRAINS: readonly SeriesGrain[] = [
  'minute',
  'hour',
  'fiscal-quarter',
  'fiscal-year',
  'retail-month',
  'retail-quarter',
  'retail-year',
]

/** `parts` says what the page listens to; a page never shows a choice that changes nothing. */
export function ScopeBar({
  parts = EVERYTHING,
  grains = GRAINS,
  series = false,
  children,
}: {
  parts?: readonly ScopePart[]
  grains?: readonly Grain[]
  /** Also offers minutes, hours and the organisation's own years: for pages that read `useSeriesScope`. */
  series?: boolean
  /** Further choices of the page. */
  children?: ReactNode
}) {
  const say = useSay()
  const calendarScope = useScope()
  const seriesScope = useSeriesScope()
  const scope = series ? seriesScope : calendarScope
  const set = useSearchValues()
  const { search } = useAddress()
  const chosen = new URLSearchParams(search)
  const mayEntities = useMay('entities.read')
  const ownPeriod = chosen.has('from') || chosen.has('to')
  return (
    <div className="scope-bar" role="group" aria-label={say(words.title)}>
      {parts.includes('entity') && mayEntities && (
        <div className="scope-part">
          <EntityPicker value={scope.entity} onChange={(entity) => set({ entity })} aria-label={say(words.entity)} />
        </div>
      )}
      {parts.includes('period') && (
        <div className="scope-part">
          <DayInput value={scope.from} max={scope.to} onChange={(from) => set({ from })} aria-label={say(words.from)} />
          <span aria-hidden="true">–</span>
          <DayInput value={scope.to} min={scope.from} onChange={(to) => set({ to })} aria-label={say(words.to)} />
          {ownPeriod && (
            <Button type="link" size="small" onClick={() => set({ from: undefined, to: undefined })}>
              {say(words.usual)}
            </Button>
          )}
        </div>
      )}
      {parts.includes('grain') && (
        <Segmented<SeriesGrain>
          aria-label={say(words.grain)}
          value={scope.grain}
          // Another grain means another usual period, unless the reader chose one.
          onChange={(grain) => set({ grain })}
          options={grains.map((grain) => ({ value: grain, label: say(floorWords.grain[grain]) }))}
        />
      )}
      {parts.includes('grain') && series && <MoreGrains grain={scope.grain} />}
      {children}
    </div>
  )
}

function MoreGrains({ grain }: { grain: SeriesGrain }) {
  const say = useSay()
  const set = useSearchValues()
  return (
    <Select<SeriesGrain>
      aria-label={say(words.moreGrains)}
      placeholder={say(words.moreGrains)}
      {...(MORE_GRAINS.includes(grain) ? { value: grain } : {})}
      // Days that fit years are too many for minutes.
      onChange={(next) => set({ grain: next, from: undefined, to: undefined })}
      options={MORE_GRAINS.map((each) => ({ value: each, label: say(floorWords.grain[each]) }))}
      style={{ width: 132 }}
    />
  )
}
