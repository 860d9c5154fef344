/** The name behind a key of the tree; the key itself until it is known, and for those who may not know. */
import { useQuery } from '@tanstack/react-query'
import { organisation, useMay } from '../session.ts'

export function EntityName({ entityKey }: { entityKey: string }) {
  const may = useMay('entities.read')
  const found = useQuery({ ...organisation.readEntity.queryOptions({ input: { key: entityKey } }), enabled: may })
  return <>{found.data?.name ?? entityKey}</>
}
