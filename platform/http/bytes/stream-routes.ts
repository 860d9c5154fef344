/** Routes whose body is read as a stream: uploads and NDJSON. Same access check, same problems, same audit. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { StreamRoute } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { demand } from '../access.ts'
import { NO_ORGANISATION } from '../router.ts'
import type { HttpOptions } from '../server.ts'

/** Counts what passes and stops at the limit, so that no upload fills the disk. */
async function* bounded(body: AsyncIterable<Uint8Array>, limitBytes: number): AsyncIterable<Uint8Array> {
  let sizeBytes = 0
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > limitBytes) {
      const megabytes = Math.floor(limitBytes / 1024 / 1024)
      throw new Refusal(
        'BODY_TOO_LARGE',
        413,
        `More than ${megabytes} MB at once is not taken here. Send it in parts.`,
        undefined,
      )
    }
    yield chunk
  }
}

export function mountStreams(app: FastifyInstance, options: HttpOptions): void {
  const streams = options.modules.flatMap((module) => module.streams)
  // A surrounding of their own: JSON that is signed must be read byte by byte here, and parsed everywhere else.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    for (const type of new Set(streams.flatMap((stream) => stream.accepts)))
      scope.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
    for (const stream of streams) mountStream(scope, options, stream)
  })
}

function mountStream(app: FastifyInstance, options: HttpOptions, stream: StreamRoute): void {
  app.route({
    method: stream.method,
    url: `/api${stream.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    // The parser hands the stream on unread; the bound is counted while reading.
    bodyLimit: stream.sizeLimitBytes,
    handler: async (request, reply) => {
      request.told.route = `${stream.method} ${stream.path}`
      demand(request.caller, stream.may)
      checkType(request, stream)
      const parameters = (request.params ?? {}) as Record<string, string>
      const named = stream.organisationOf?.(parameters)
      const organisation = (named === undefined ? request.caller.organisation : named) ?? NO_ORGANISATION
      const body = bounded((request.body ?? []) as AsyncIterable<Uint8Array>, stream.sizeLimitBytes)
      const query = (request.query ?? {}) as Record<string, string>
      const { actor } = request.caller
      const answer = await options.platform.apart(actor, organisation, (context) =>
        stream.action(context, body, query, { parameters, headers: request.headers }),
      )
      return reply.send(answer)
    },
  })
}

function checkType(request: FastifyRequest, stream: StreamRoute): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (!stream.accepts.includes(type)) {
    throw new Refusal('MEDIA_TYPE', 415, `This address takes ${stream.accepts.join(' or ')}.`, undefined)
  }
}
