/** Which kind of unit is compared: the one of the address, else the one that says most. */
import { useQuery } from '@tanstack/react-query'
import { useSearchValue } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'

const UNITS_LIMIT = 500

/** The kind with most entities, up to what the funnel takes: usually the lowest level that is still worth comparing. */
function kindWithMost(kinds: readonly { kind: string; count: number }[] | undefined): string | undefined {
  const fitting = (kinds ?? []).filter((one) => one.count >= 3 && one.count <= UNITS_LIMIT)
  return [...fitting].sort((a, b) => b.count - a.count)[0]?.kind
}

export function useComparedKind(): string | undefined {
  const [chosen] = useSearchValue('kind')
  const kinds = useQuery(organisation.entityKinds.queryOptions())
  return chosen ?? kindWithMost(kinds.data)
}
