/** The contract as a document: OpenAPI 3.1 at /api/openapi.json and a page people can read at /api. */
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { AnyContractRouter } from '@orpc/contract'
import type { FastifyInstance } from 'fastify'
import type { RouteMeta } from '../contract.ts'
import type { Module } from '../module.ts'

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  'x-may'?: string
  responses?: Record<string, unknown>
}
export interface OpenApiDocument {
  openapi: string
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, Operation>>
}

/** The document of all contracts and streams, each operation with who may call it. */
export async function openApiDocument(
  contract: AnyContractRouter,
  modules: readonly Module[],
  version: string,
): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = (await generator.generate(contract, {
    info: {
      title: 'Bihuan 闭环',
      version,
      description:
        'The closed loop of service improvement. Sign in with a session cookie or send `Authorization: Bearer <key>`. Problems are RFC 9457. ' +
        'Requests that change something may carry an `Idempotency-Key`.',
    },
    servers: [{ url: '/api' }],
    customErrorResponseBodySchema: (definitions, status) =>
      problemSchema(
        definitions.map(([code]) => code),
        status,
      ),
  })) as unknown as OpenApiDocument
  document.paths ??= {}
  noteAccess(contract, document)
  for (const stream of modules.flatMap((module) => module.streams)) {
    document.paths[stream.path] = {
      ...document.paths[stream.path],
      [stream.method.toLowerCase()]: streamOperation(stream),
    }
  }
  for (const download of modules.flatMap((module) => module.downloads))
    document.paths[download.path] = { ...document.paths[download.path], get: downloadOperation(download) }
  return document
}

function problemSchema(codes: readonly string[], status: number) {
  return {
    type: 'object' as const,
    properties: {
      type: { type: 'string' as const },
      title: { type: 'string' as const },
      status: { const: status },
      code: { enum: [...codes] },
      data: {},
    },
    required: ['type', 'title', 'status', 'code'],
  }
}

function noteAccess(contract: AnyContractRouter, document: OpenApiDocument): void {
  for (const routes of Object.values(
    contract as Record<
      string,
      Record<string, { '~orpc': { meta: RouteMeta; route: { path?: string; method?: string } } }>
    >,
  )) {
    for (const procedure of Object.values(routes)) {
      const { meta, route } = procedure['~orpc']
      const operation = document.paths?.[route.path ?? '']?.[(route.method ?? 'POST').toLowerCase()]
      if (operation) operation['x-may'] = meta.may ?? 'nobody'
    }
  }
}

function streamOperation(stream: Module['streams'][number]): Operation & Record<string, unknown> {
  return {
    summary: stream.summary,
    tags: ['streams'],
    'x-may': stream.may,
    parameters: Object.entries(stream.query).map(([name, description]) => ({
      name,
      in: 'query',
      description,
      schema: { type: 'string' },
    })),
    requestBody: {
      content: Object.fromEntries(
        stream.accepts.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
      ),
    },
    responses: { 200: { description: 'What became of it' } },
  }
}

const named = (place: 'path' | 'query', name: string, description: string) => ({
  name,
  in: place,
  required: place === 'path',
  description,
  schema: { type: 'string' },
})

function downloadOperation(download: Module['downloads'][number]): Operation & Record<string, unknown> {
  const inPath = [...download.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => named('path', name!, name!))
  return {
    summary: download.summary,
    tags: ['downloads'],
    'x-may': download.may,
    parameters: [...inPath, ...Object.entries(download.query).map(([name, told]) => named('query', name, told))],
    responses: {
      200: {
        description: 'The file',
        content: Object.fromEntries(
          download.produces.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
        ),
      },
    },
  }
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** A page without scripts: every operation with its sentence and who may call it. */
export function readablePage(document: OpenApiDocument): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'other'
      const line =
        `<tr><td><code>${method.toUpperCase()}</code></td><td><code>/api${escape(path)}</code></td>` +
        `<td>${escape(operation.summary ?? '')}</td><td><code>${escape(operation['x-may'] ?? '')}</code></td></tr>`
      groups.set(tag, [...(groups.get(tag) ?? []), line])
    }
  }
  const tables = [...groups].map(
    ([tag, lines]) =>
      `<h2>${escape(tag)}</h2><table><thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Who may</th></tr></thead>` +
      `<tbody>${lines.join('')}</tbody></table>`,
  )
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bihuan API</title>' +
    '<meta name="viewport" content="width=device-width"><style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}' +
    'table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}' +
    'h1,h2{color:#0f6e84}@media(prefers-color-scheme:dark){body{background:#14181a;color:#e6e6e6}td,th{border-color:#333}}</style></head><body>' +
    `<h1>${escape(document.info.title)} API ${escape(document.info.version)}</h1><p>${escape(document.info.description ?? '')}</p>` +
    `<p>Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>${tables.join('')}</body></html>`
  )
}

export async function mountDocumentation(
  app: FastifyInstance,
  options: { readonly contract: AnyContractRouter; readonly modules: readonly Module[]; readonly version: string },
): Promise<void> {
  const document = await openApiDocument(options.contract, options.modules, options.version)
  const page = readablePage(document)
  app.get('/api/openapi.json', async (_request, reply) => reply.send(document))
  app.get('/api', async (_request, reply) => reply.header('content-type', 'text/html; charset=utf-8').send(page))
}
