/** Server-sent events: what was announced in the caller's organisation, so that open screens fetch again what changed. */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { demand } from './access.ts'
import { NO_ORGANISATION } from './router.ts'
import type { HttpOptions } from './server.ts'

/** A line sent in silence so that proxies keep the connection. */
const HEARTBEAT_MILLISECONDS = 20_000
/** Open screens in all; one more is told to come back. */
const LISTENERS_LIMIT = 2_000

export function mountLive(app: FastifyInstance, options: HttpOptions): void {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  app.get('/api/live', (request, reply) => {
    demand(request.caller, 'signed-in')
    if (open.size >= LISTENERS_LIMIT) return reply.status(503).header('retry-after', '30').send()
    const organisation = request.caller.organisation ?? NO_ORGANISATION
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    stream.write('retry: 3000\n\n')
    open.add(stream)
    const stop = options.platform.onNews((news) => {
      if (news.organisation === organisation)
        stream.write(`event: news\ndata: ${JSON.stringify({ name: news.name, payload: news.payload })}\n\n`)
    })
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MILLISECONDS)
    const end = () => {
      clearInterval(heartbeat)
      stop()
      open.delete(stream)
    }
    stream.once('close', end)
  })
}
