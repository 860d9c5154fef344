/** A typed client of the API for programs: the demo, the scenarios, scripts. Screens have their own in platform/web. */
import { createORPCClient, ORPCError } from '@orpc/client'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { problemFetch } from '../problem-fetch.ts'
import type { Problem } from './problems.ts'

/** Calls go to `address` with these headers (a key, or a session's cookie); refusals come back as ORPCError with code and data. */
export function createApiClient<C extends AnyContractRouter>(
  contract: C,
  address: string,
  headers: () => Record<string, string>,
): ContractRouterClient<C> {
  const link = new OpenAPILink(contract, {
    url: `${address}/api`,
    headers,
    fetch: problemFetch,
    customErrorResponseBodyDecoder: (body) => {
      const problem = body as Problem
      return new ORPCError(problem.code, {
        defined: problem.defined,
        status: problem.status,
        message: problem.title,
        data: problem.data,
      })
    },
  })
  return createORPCClient(link)
}

/** Signs in with e-mail and password; gives the session's cookie. */
export async function signInTo(address: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Error(`Sign-in of ${email} answered ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Uploads a file's content; gives the name to import it by. */
export async function uploadTo(
  address: string,
  headers: Record<string, string>,
  name: string,
  body: Blob,
): Promise<string> {
  const response = await fetch(`${address}/api/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body,
  })
  if (!response.ok) throw new Error(`Upload of ${name} answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { file: string }).file
}
