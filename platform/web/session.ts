/** Who is signed in and what they may do. Greying a button is a courtesy; the server decides. */
import { useQuery } from '@tanstack/react-query'
import { organisationContract, type Permission } from '#organisation/contract'
import { apiOf, problemError, queryClient } from './api.ts'
import { setTimeZone } from './calendar.ts'

export const organisation = apiOf('organisation', organisationContract)

const SESSION_FRESH_MILLISECONDS = 5 * 60_000

export function useSession() {
  const query = useQuery(organisation.me.queryOptions({ staleTime: SESSION_FRESH_MILLISECONDS, retry: 1 }))
  setTimeZone(query.data?.organisation.timeZone)
  return query
}

/** The person, the organisation, the roles; undefined until known. Inside the shell it is always known. */
export const useMe = () => useSession().data

export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false
}

/** Posts to the sign-in routes, whose refusals come in two shapes: ours and the sign-in library's. */
async function postAuth(path: string, body: unknown): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.ok) return
  const answer: unknown = await response.json().catch(() => null)
  const code = response.status === 401 ? 'CREDENTIALS_WRONG' : response.status === 429 ? 'TOO_MANY' : undefined
  throw problemError(code ? { code } : answer, response.status)
}

export async function signIn(email: string, password: string): Promise<void> {
  await postAuth('sign-in/email', { email, password })
  queryClient.clear()
}

/** Ends the session and leaves with a fresh page, so that nothing of this person stays in memory. */
export async function signOut(): Promise<void> {
  await postAuth('sign-out', {})
  location.assign('/sign-in')
}
