/** What the pages of exploring look at: the scope, and of all cases perhaps one segment. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { type SeriesScope, useSeriesScope } from '#platform/web/scope.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

export const useSegment = (): string | undefined => useSearchValue('segment')[0]

/** What a question about a series takes. */
export function useAsked(): Pick<SeriesScope, 'grain' | 'from' | 'to'> & { entity?: string; segment?: string } {
  const { grain, from, to, entity } = useSeriesScope()
  const segment = useSegment()
  return { grain, from, to, ...(entity === undefined ? {} : { entity }), ...(segment === undefined ? {} : { segment }) }
}

/** Hidden where there are no segments. */
export function SegmentPicker() {
  const say = useSay()
  const [segment, setSegment] = useSearchValue('segment')
  const segments = useQuery(measurement.listSegments.queryOptions({ input: {} }))
  if (segments.data === undefined || (segments.data.length === 0 && segment === undefined)) return null
  return (
    <Select<string>
      allowClear
      aria-label={say(all.explore.segment)}
      placeholder={say(all.explore.allCases)}
      {...(segment === undefined ? {} : { value: segment })}
      onChange={(next) => setSegment(next)}
      options={segments.data.map((one) => ({ value: one.id, label: say(one.title) }))}
      style={{ minWidth: 140 }}
    />
  )
}
