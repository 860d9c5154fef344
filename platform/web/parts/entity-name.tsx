/** The name behind a key of the tree; the key itself until it is known. */
import { useQuery } from '@tanstack/react-query'
import { organisation } from '../session.ts'

export function EntityName({ entityKey }: { entityKey: string }) {
  const found = useQuery(organisation.readEntity.queryOptions({ input: { key: entityKey } }))
  return <>{found.data?.name ?? entityKey}</>
}
