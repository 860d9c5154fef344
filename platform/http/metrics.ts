/** Figures for a Prometheus server: requests, queues, memory. No names of people or organisations. */
import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Platform } from '../run.ts'

export function mountMetrics(app: FastifyInstance, platform: Platform): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'bihuan_' })
  const duration = new Histogram({
    name: 'bihuan_http_request_duration_seconds',
    help: 'Time to answer, by route and status class',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const queue = new Gauge({
    name: 'bihuan_news_count',
    help: 'News waiting for delivery, and given up',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const metrics = await platform.metrics()
      this.set({ state: 'waiting' }, metrics.waiting)
      this.set({ state: 'dead' }, metrics.dead)
    },
  })
  void queue
  app.addHook('onResponse', async (request, reply) => {
    const route = request.told?.route || request.routeOptions.url || 'web'
    duration.observe(
      { route, method: request.method, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    )
  })
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  )
}
