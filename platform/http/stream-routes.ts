/** Routes whose body is read as a stream: uploads and NDJSON. Same access check, same problems, same audit. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { StreamRoute } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { demand } from './access.ts'
import { NO_ORGANISATION } from './router.ts'
import type { HttpOptions } from './server.ts'

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
  const types = new Set(streams.flatMap((stream) => stream.accepts))
  for (const type of types) app.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
  for (const stream of streams) {
    app.route({
      method: stream.method,
      url: `/api${stream.path}`,
      // The parser hands the stream on unread; the bound is counted while reading.
      bodyLimit: stream.sizeLimitBytes,
      handler: async (request, reply) => {
        request.told.route = `${stream.method} ${stream.path}`
        demand(request.caller, stream.may)
        checkType(request, stream)
        const organisation = request.caller.organisation ?? NO_ORGANISATION
        const body = bounded(request.body as AsyncIterable<Uint8Array>, stream.sizeLimitBytes)
        const query = (request.query ?? {}) as Record<string, string>
        const { actor } = request.caller
        const answer = await options.platform.apart(actor, organisation, (context) =>
          stream.action(context, body, query),
        )
        return reply.send(answer)
      },
    })
  }
}

function checkType(request: FastifyRequest, stream: StreamRoute): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (!stream.accepts.includes(type)) {
    throw new Refusal('MEDIA_TYPE', 415, `This address takes ${stream.accepts.join(' or ')}.`, undefined)
  }
}
