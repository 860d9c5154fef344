/** Typed client of one module's contract, with query options for TanStack Query; and the one query client of the app. */
import { createORPCClient, ORPCError } from '@orpc/client'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { problemFetch } from '../problem-fetch.ts'
import { currentLanguage } from './language.tsx'

interface ProblemBody {
  code?: string
  title?: string
  status?: number
  defined?: boolean
  data?: unknown
}

/** A body of problem details (RFC 9457) as the error every screen understands. */
export function problemError(body: unknown, status: number): ORPCError<string, unknown> {
  const problem = (body !== null && typeof body === 'object' ? body : {}) as ProblemBody
  return new ORPCError(problem.code ?? 'FAULT', {
    defined: problem.defined ?? false,
    status: problem.status ?? status,
    message: problem.title ?? '',
    data: problem.data,
  })
}

type Contract = AnyContractRouter
export type Api<C extends Contract> = RouterUtils<ContractRouterClient<C>>

const known = new Map<string, unknown>()

/**
 * The calls of a module: `const alerts = apiOf('alerts', alertsContract)`, then `useQuery(alerts.readAlert.queryOptions({ input }))` or
 * `alerts.closeAlert.call(input)`. The name heads every query key, so that news of the module invalidate its queries.
 */
export function apiOf<C extends Contract>(name: string, contract: C): Api<C> {
  const before = known.get(name)
  if (before) return before as Api<C>
  const link = new OpenAPILink(contract, {
    url: () => `${location.origin}/api`,
    headers: () => ({ 'accept-language': currentLanguage() === 'zh' ? 'zh-CN' : 'en' }),
    fetch: problemFetch,
    customErrorResponseBodyDecoder: (body, response) => problemError(body, response.status),
  })
  const client = createORPCClient<ContractRouterClient<C>>(link)
  const api = createTanstackQueryUtils(client, { path: [name] }) as Api<C>
  known.set(name, api)
  return api
}

export const isProblem = (error: unknown, code?: string): error is ORPCError<string, unknown> =>
  error instanceof ORPCError && (code === undefined || error.code === code)

/** Answers stay fresh this long unless news say otherwise. */
const FRESH_MILLISECONDS = 30_000
const TRIES_LIMIT = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MILLISECONDS,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only faults and broken lines are tried again.
      retry: (count, error) => count < TRIES_LIMIT && !(error instanceof ORPCError && error.status < 500),
    },
    mutations: { retry: false },
  },
})

/** Everything read from these modules is read again. */
export function refresh(...modules: readonly string[]): void {
  for (const name of modules) void queryClient.invalidateQueries({ queryKey: [[name]] })
}
