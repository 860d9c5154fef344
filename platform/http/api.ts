/** Serves the contracts' routes below /api: access check, idempotency, problem details, audit. */
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError } from '@orpc/client'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import type { FastifyInstance } from 'fastify'
import type { RouteMeta } from '../contract.ts'
import { demand } from './access.ts'
import { writeAudit } from './audit.ts'
import { toProblem, toWireError } from './problems.ts'
import { buildRouter, type RequestScope } from './router.ts'
import type { HttpOptions } from './server.ts'

interface Called {
  readonly context: RequestScope
  readonly path: readonly string[]
  readonly procedure: { '~orpc': { meta: RouteMeta; errorMap: Record<string, unknown> } }
  readonly next: () => Promise<unknown>
}

/** Around every call: may the caller, and if something fails, in which form it is told. */
async function guard(called: Called, options: HttpOptions): Promise<unknown> {
  const { context: scope, procedure, path } = called
  const declared = new Set(Object.keys(procedure['~orpc'].errorMap))
  scope.told.route = path.join('.')
  if (procedure['~orpc'].meta.audited) scope.told.audited = true
  try {
    demand(scope.caller, procedure['~orpc'].meta.may)
    return await called.next()
  } catch (error) {
    const wire = toWireError(error, declared, scope.caller.actor.language)
    if (wire.status >= 500)
      options.log.error({ err: error, route: path.join('.'), requestId: scope.requestId }, 'fault')
    scope.told.problem = wire.code
    throw wire
  }
}

export async function mountApi(app: FastifyInstance, options: HttpOptions): Promise<void> {
  const handler = new OpenAPIHandler<RequestScope>(buildRouter(options.platform, options.modules), {
    customErrorResponseBodyEncoder: (error) => toProblem(error as ORPCError<string, unknown>),
    clientInterceptors: [(called) => guard(called, options)],
    plugins: [new SmartCoercionPlugin({ schemaConverters: [] })],
  })
  app.all('/api/*', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const scope: RequestScope = {
      caller: request.caller,
      requestId: request.id,
      idempotencyKey: typeof key === 'string' && key.length > 0 ? key : null,
      told: request.told,
    }
    const { matched } = await handler.handle(request, reply, { prefix: '/api', context: scope })
    if (!matched) reply.callNotFound()
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode >= 400 && String(reply.getHeader('content-type') ?? '').startsWith('application/json')) {
      reply.header('content-type', 'application/problem+json')
    }
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!request.url.startsWith('/api/') || (reads && !request.told.audited)) return
    await writeAudit(options, request, reply)
  })
}
