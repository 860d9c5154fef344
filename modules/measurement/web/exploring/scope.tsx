/** What the pages of exploring look at: the scope, and of all cases perhaps one segment. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { type SeriesScope, useSeriesScope } from '#platform/web/scope.ts'
import { organisation } from '#platform/web/session.ts'
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

const UNITS_LIMIT = 500

/** The kind with most entities, up to what the funnel takes: usually the lowest level that is still worth comparing. */
function kindWithMost(kinds: readonly { kind: string; count: number }[] | undefined): string | undefined {
  const fitting = (kinds ?? []).filter((one) => one.count >= 3 && one.count <= UNITS_LIMIT)
  return [...fitting].sort((a, b) => b.count - a.count)[0]?.kind
}

/** Of a chosen unit without anything below it its own kind, so that it stands among its like. */
export function useComparedKind(): string | undefined {
  const [chosen] = useSearchValue('kind')
  const { entity } = useAsked()
  const kinds = useQuery(organisation.entityKinds.queryOptions())
  const unit = useQuery({
    ...organisation.readEntity.queryOptions({ input: { key: entity ?? '' } }),
    enabled: entity !== undefined,
  })
  const own = unit.data && unit.data.childCount === 0 ? unit.data.kind : undefined
  return chosen ?? own ?? kindWithMost(kinds.data)
}
