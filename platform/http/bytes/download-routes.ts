/** Routes that answer with bytes: the same access check, the same problems; what somebody signed in takes away is on the audit trail. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Download, DownloadRoute } from '../../module.ts'
import { must } from '../../refusal.ts'
import { demand, nobody } from '../access.ts'
import { knownOrganisation, NO_ORGANISATION } from '../router.ts'
import type { HttpOptions } from '../server.ts'

export function mountDownloads(app: FastifyInstance, options: HttpOptions): void {
  for (const download of options.modules.flatMap((module) => module.downloads)) mountDownload(app, options, download)
}

function mountDownload(app: FastifyInstance, options: HttpOptions, download: DownloadRoute): void {
  const { path, may, organisation } = download
  must((organisation === undefined) === (may !== 'anyone'), `${path} names an organisation for anyone, and only then`)
  app.get(`/api${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (request, reply) => {
    request.told.route = `GET ${path}`
    demand(request.caller, may)
    request.told.audited = may !== 'anyone' && request.method === 'GET'
    const parameters = (request.params ?? {}) as Record<string, string>
    request.told.object = parameters
    const query = textsOf(request.query)
    const { actor, organisation: own } = await forWhom(request, options, download)
    const answer = await options.platform.apart(actor, own, (context) => download.action(context, parameters, query))
    return send(request, reply, download, answer)
  })
}

async function forWhom(request: FastifyRequest, options: HttpOptions, { organisation }: DownloadRoute) {
  const { actor } = request.caller
  if (organisation === undefined) return { actor, organisation: request.caller.organisation ?? NO_ORGANISATION }
  const named = (request.params as Record<string, string>)[organisation] ?? ''
  return { actor: nobody(actor.language).actor, organisation: await knownOrganisation(options.platform, named) }
}

/** A parameter given twice counts as given last. */
const textsOf = (query: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, String([value].flat().at(-1) ?? '')]))

/** Nothing that is sent may act in a browser: no script, no form, no frame, and it is never guessed to be something else. */
const LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

function send(request: FastifyRequest, reply: FastifyReply, route: DownloadRoute, answer: Download): FastifyReply {
  const { body, name, type, sizeBytes, shown = false } = answer
  const tag = answer.tag === undefined ? null : `"${answer.tag.replaceAll(/[^\w.-]/g, '')}"`
  reply
    .header('content-type', type)
    .header('content-disposition', dispositionOf(name, shown))
    .header('content-security-policy', LOCKED)
    .header('cache-control', route.cacheSeconds === undefined ? 'no-store' : `public, max-age=${route.cacheSeconds}`)
  if (shown) reply.header('cross-origin-resource-policy', 'cross-origin')
  if (tag !== null) reply.header('etag', tag)
  if (tag !== null && request.headers['if-none-match']?.includes(tag)) return reply.status(304).send()
  if (sizeBytes !== undefined) reply.header('content-length', sizeBytes)
  if (typeof body === 'string') return reply.send(Buffer.from(body, 'utf8'))
  return reply.send(body instanceof Uint8Array ? Buffer.from(body) : Readable.from(body))
}

/** Plain letters for programs of old, the whole name in UTF-8 for all others (RFC 6266, RFC 8187). */
export function dispositionOf(name: string, shown: boolean): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${whole}`
}
