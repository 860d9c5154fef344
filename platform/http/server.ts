/** The one HTTP server: the API from the contracts, streams, live news, health, metrics and the web app's files. */
import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import type { AnyContractRouter } from '@orpc/contract'
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { commonRefusals } from '../contract.ts'
import type { Module } from '../module.ts'
import { Refusal, refuse } from '../refusal.ts'
import type { Platform } from '../run.ts'
import { type Caller, type Identify, preferredLanguage, sameOrigin } from './access.ts'
import { mountApi } from './api.ts'
import { mountDownloads } from './bytes/download-routes.ts'
import { mountStreams } from './bytes/stream-routes.ts'
import { mountLive } from './live.ts'
import { mountMetrics } from './metrics.ts'
import { mountDocumentation } from './openapi.ts'
import { toProblem, toWireError } from './problems.ts'
import type { Told } from './router.ts'

/** Most bytes of a parsed body (a batch of events, a plan). Files and NDJSON go through streams with limits of their own. */
export const BODY_LIMIT_BYTES = 8 * 1024 * 1024
/** A client that sends its head slower than this is let go. */
export const REQUEST_TIMEOUT_MILLISECONDS = 120_000
/** Requests of one address in a minute before it must wait, unless the installation says otherwise: a whole hospital may share one address. */
export const REQUESTS_PER_MINUTE_LIMIT = 30_000
/** How long a health check may take before the answer is "no". */
export const HEALTH_TIMEOUT_MILLISECONDS = 3_000

export interface HttpOptions {
  readonly platform: Platform
  readonly modules: readonly Module[]
  readonly contract: AnyContractRouter
  readonly identify: Identify
  /** Sign-in and sign-out, as the sign-in library serves them below /api/auth. */
  readonly signInHandler: (request: Request, address: string) => Promise<Response>
  readonly webDirectory: string | null
  readonly log: Logger
  readonly version: string
  readonly requestsPerMinuteLimit?: number | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    /** What the audit trail says beside the path: filled while the request is handled. */
    told: Told
  }
}

/** Chart and table libraries style elements directly, hence unsafe-inline for styles only; scripts come from us alone. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
}

export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { platform, log } = options
  const app = Fastify({
    loggerInstance: log as never,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 300 },
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) =>
      sendProblem(error, request as FastifyRequest, reply as FastifyReply, log),
  }) as unknown as FastifyInstance
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    hsts: false,
  })
  await app.register(rateLimit, {
    max: options.requestsPerMinuteLimit ?? REQUESTS_PER_MINUTE_LIMIT,
    // Those who watch the server must not be turned away by it.
    allowList: (request) => request.url === '/healthz' || request.url === '/metrics',
    timeWindow: '1 minute',
    errorResponseBuilder: () => new Refusal('TOO_MANY', 429, commonRefusals.TOO_MANY.message, undefined),
  })
  app.decorateRequest('caller', null as never)
  app.decorateRequest('told', null as never)
  app.addHook('onRequest', async (request) => {
    request.told = { route: '', problem: null, object: null, audited: false }
    if (!request.url.startsWith('/api/') || request.url.startsWith('/api/auth/')) return
    request.caller = await options.identify({ headers: request.headers, address: request.ip })
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    if (changes && request.caller.by === 'cookie' && !sameOrigin(request.headers)) refuse(commonRefusals, 'NOT_ALLOWED')
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    return payload
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log))
  refuseNothingness(app)
  mountHealth(app, platform)
  mountMetrics(app, platform)
  mountSignIn(app, options)
  mountStreams(app, options)
  mountDownloads(app, options)
  mountLive(app, options)
  await mountDocumentation(app, options)
  await mountApi(app, options)
  await mountWeb(app, options)
  return app
}

/** The character 0 is no part of any text people write, and PostgreSQL cannot keep it: refused at the door, once, for all routes. */
function refuseNothingness(app: FastifyInstance): void {
  const refusal = () =>
    new Refusal(
      'MALFORMED',
      400,
      'The request holds the character U+0000, which no text may hold. Leave it out.',
      undefined,
    )
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) throw refusal()
  })
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (String(body).includes('\\u0000')) return done(refusal(), undefined)
    return parse(request, String(body), done)
  })
}

/** Faults and refusals outside the contract's routes, in the same form as inside them. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const language = request.caller?.actor.language ?? preferredLanguage(request.headers['accept-language'])
  const status = (error as { statusCode?: number }).statusCode
  const code = (error as { code?: string }).code ?? 'FAULT'
  const known = error instanceof Refusal ? error : fastifyRefusal(status, code)
  if (known === null) log.error({ err: error, requestId: request.id, path: request.url }, 'fault')
  const problem = toProblem(toWireError(known ?? error, new Set(['INVALID']), language))
  if (request.told) request.told.problem = problem.code
  void reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem))
}

/** What Fastify itself refuses (too large, not JSON, wrong media type), as a refusal that says the way out. */
function fastifyRefusal(status: number | undefined, code: string): Refusal | null {
  if (status === 413) {
    const megabytes = BODY_LIMIT_BYTES / 1024 / 1024
    return new Refusal(
      'BODY_TOO_LARGE',
      413,
      `The body is larger than ${megabytes} MB. Send smaller batches, or a file or NDJSON stream.`,
      undefined,
    )
  }
  if (status === 415)
    return new Refusal('MEDIA_TYPE', 415, 'This content type is not understood here. Send application/json.', undefined)
  if (status === 400)
    return new Refusal('MALFORMED', 400, `The request cannot be read (${code}). Send valid JSON.`, undefined)
  if (status !== undefined && status < 500)
    return new Refusal('REFUSED', status, `The request was refused (${code}).`, undefined)
  return null
}

function mountHealth(app: FastifyInstance, platform: Platform): void {
  app.get('/healthz', async (_request, reply) => {
    const within = <T>(work: Promise<T>) =>
      Promise.race([work, new Promise<false>((resolve) => setTimeout(resolve, HEALTH_TIMEOUT_MILLISECONDS, false))])
    // A store that throws is a store that does not answer.
    const asked = async (ask: () => Promise<boolean>) => {
      try {
        return await ask()
      } catch {
        return false
      }
    }
    const [records, measurements] = await Promise.all([
      within(asked(() => platform.records.healthy())),
      within(asked(() => platform.measurements.healthy())),
    ])
    const healthy = records && measurements
    return reply.status(healthy ? 200 : 503).send({ healthy, records, measurements })
  })
}

function mountSignIn(app: FastifyInstance, options: HttpOptions): void {
  app.all('/api/auth/*', async (request, reply) => {
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string') headers.set(name, value)
    }
    const url = `http://${request.headers.host ?? 'localhost'}${request.url}`
    const hasBody =
      request.method !== 'GET' && request.method !== 'HEAD' && request.body !== undefined && request.body !== null
    const body = hasBody ? { body: JSON.stringify(request.body) } : {}
    const response = await options.signInHandler(
      new Request(url, { method: request.method, headers, ...body }),
      request.ip,
    )
    reply.status(response.status)
    response.headers.forEach((value, name) => {
      if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value)
    })
    const cookies = response.headers.getSetCookie()
    if (cookies.length > 0) reply.header('set-cookie', cookies)
    return reply.send(await response.text())
  })
}

/** Types of files that lie at the root of the web app under names people are given: scripts to check results with, icons. */
const ROOT_TYPES: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** The web app: hashed files are cached for good, named ones are asked for again, every other path answers with the shell. */
async function mountWeb(app: FastifyInstance, options: HttpOptions): Promise<void> {
  const { webDirectory } = options
  const shell = webDirectory === null ? null : readFileSync(join(webDirectory, 'index.html'))
  if (webDirectory !== null)
    await app.register(fastifyStatic, {
      root: join(webDirectory, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
    })
  for (const name of webDirectory === null ? [] : readdirSync(webDirectory)) {
    const type = ROOT_TYPES[extname(name)]
    if (type === undefined) continue
    const bytes = readFileSync(join(webDirectory!, name))
    app.get(`/${name}`, (_request, reply) =>
      reply.header('content-type', type).header('cache-control', 'no-cache').send(bytes),
    )
  }
  app.setNotFoundHandler((request, reply) => {
    // A file that is gone is told as gone: the page itself in its place would fail in the browser with a riddle.
    if (shell === null || request.method !== 'GET' || /^\/(api|assets)\//.test(request.url)) {
      const problem = toProblem(
        toWireError(new Refusal('NO_SUCH_PATH', 404, 'There is nothing at this address.', undefined), new Set(), 'en'),
      )
      return reply.status(404).header('content-type', 'application/problem+json').send(JSON.stringify(problem))
    }
    return reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell)
  })
}
