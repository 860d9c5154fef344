/** Which kind of unit is compared: the one of the address, else the one that says most. */
import { useQuery } from '@tanstack/react-query'
import { useSearchValue } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'
import { useAsked } from './scope.tsx'

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
