/** Doors for callers who are not signed in, and files: whose rows are seen, who may, how often. */
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '../contract.ts'
import { defineModule, type DownloadRoute } from '../module.ts'
import { auditEntry, idempotency } from '../records/tables.ts'
import { found } from '../refusal.ts'
import { ORGANISATION, openTestWorld, OTHER_ORGANISATION, testPerson, type TestWorld } from '../testing/world.ts'
import { type Caller, nobody } from './access.ts'
import { dispositionOf } from './bytes/download-routes.ts'
import { buildRouter } from './router.ts'
import { createHttpServer, type HttpOptions } from './server.ts'

const UNKNOWN = '01900000-0000-7000-8000-0000000000ff'
const contract = {
  notices: route
    .route({ path: '/organisations/{organisation}/notices', method: 'GET' })
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(z.object({ organisation: z.string() }))
    .output(z.object({ organisation: z.string(), who: z.string(), may: z.number(), rows: z.array(z.string()) })),
}
const download = (part: Partial<DownloadRoute>): DownloadRoute => ({
  path: '/files-of-test/{id}',
  may: 'files.read',
  summary: 'A file',
  produces: ['text/plain'],
  query: {},
  action: async (context, { id }) => ({ name: `${id}.txt`, type: 'text/plain', body: context.organisation }),
  ...part,
})
const board = defineModule({
  name: 'board',
  contract,
  handles: {
    notices: async ({ organisation, who, records }) => {
      const rows = (await records.select().from(idempotency)).map((row) => row.key)
      return { organisation, who: `${who.kind} ${who.id}`, may: who.permissions.size, rows }
    },
  },
  downloads: [
    download({}),
    download({
      path: '/organisations/{organisation}/posters/{id}',
      may: 'anyone',
      organisation: 'organisation',
      cacheSeconds: 60,
      action: async (context, { id }) => {
        const [row] = await context.separately((inside) => inside.records.select().from(idempotency))
        const { key } = found(row, 'poster', id!)
        return { name: '海报 "1".svg', type: 'image/svg+xml', body: `<svg>${key}</svg>`, tag: key, shown: true }
      },
    }),
    download({
      path: '/streamed',
      action: async (_context, _parameters, query) => ({
        name: 'x',
        type: 'application/octet-stream',
        sizeBytes: 6,
        body: (async function* () {
          yield Buffer.from(query['say'] ?? 'abc')
          yield Buffer.from('def')
        })(),
      }),
    }),
  ],
})

const callers: Record<string, Caller> = {
  reader: { actor: testPerson('reader', ['files.read']), organisation: ORGANISATION, by: 'key' },
  watcher: { actor: testPerson('watcher'), organisation: ORGANISATION, by: 'key' },
  stranger: { actor: testPerson('stranger', ['files.read']), organisation: OTHER_ORGANISATION, by: 'key' },
}
let world: TestWorld
let app: FastifyInstance
const optionsOf = (part: Partial<HttpOptions> = {}): HttpOptions => ({
  platform: world.platform,
  modules: [board],
  contract: { board: contract },
  identify: async ({ headers }) => callers[String(headers['x-caller'])] ?? nobody('en'),
  signInHandler: async () => new Response('{}'),
  webDirectory: null,
  log: world.log,
  version: '0',
  ...part,
})
beforeAll(async () => {
  world = await openTestWorld({ modules: [board], organisations: [ORGANISATION, OTHER_ORGANISATION] })
  for (const [organisation, key] of [
    [ORGANISATION, 'ours'],
    [OTHER_ORGANISATION, 'theirs'],
  ] as const)
    await world.as(testPerson('x'), organisation).run((context) =>
      context.records.insert(idempotency).values({
        organisationId: organisation,
        actorId: 'x',
        key,
        requestSha256: '',
        status: 200,
        createdAt: context.now,
      }),
    )
  app = await createHttpServer(optionsOf())
})
afterAll(async () => {
  await app.close()
  await world.close()
})
const get = (url: string, caller = '', headers: Record<string, string> = {}) =>
  app.inject({ url: `/api${url}`, headers: { 'x-caller': caller, ...headers } })

describe('a route of the contract that names its organisation', () => {
  const notices = (organisation: string, caller = '') => get(`/organisations/${organisation}/notices`, caller)
  test('shows the rows of that one and no other, as nobody in particular, whoever calls', async () => {
    for (const caller of ['', 'reader', 'stranger']) {
      expect((await notices(ORGANISATION, caller)).json()).toEqual({
        organisation: ORGANISATION,
        who: 'anyone anyone',
        may: 0,
        rows: ['ours'],
      })
      expect((await notices(OTHER_ORGANISATION, caller)).json().rows).toEqual(['theirs'])
    }
    expect((await notices(ORGANISATION.toUpperCase())).json().rows).toEqual(['ours'])
  })
  test.each([
    ['an organisation that is not here', UNKNOWN],
    ['nobody’s', '00000000-0000-0000-0000-000000000000'],
    ['no id', 'x'],
    ['a text that would be a statement', "';select%201--"],
  ])('%s is not found', async (_name, organisation) => {
    const answer = await notices(organisation)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND'])
  })
  test('is for anyone or for nobody: with a permission the program does not start', () => {
    const wrong = { notices: contract.notices.meta({ may: 'files.read', organisation: 'organisation' }) }
    expect(() => buildRouter(world.platform, [{ ...board, contract: wrong }])).toThrow('for anyone')
  })
})

describe('downloads', () => {
  test('ask for the same rights as routes', async () => {
    expect((await get('/files-of-test/1')).json().code).toBe('NOT_SIGNED_IN')
    expect((await get('/files-of-test/1', 'watcher')).json().code).toBe('NOT_ALLOWED')
    const answer = await get('/files-of-test/1', 'reader')
    expect([answer.statusCode, answer.body]).toEqual([200, ORGANISATION])
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="1.txt"; filename*=UTF-8''1.txt`)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-security-policy']).toContain('sandbox')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect((await get('/files-of-test/1', 'stranger')).body).toBe(OTHER_ORGANISATION)
  })
  test('of another organisation are seen by no caller', async () => {
    for (const caller of ['', 'reader', 'stranger']) {
      const answer = await get(`/organisations/${ORGANISATION}/posters/1`, caller)
      expect([answer.statusCode, answer.body]).toEqual([200, '<svg>ours</svg>'])
      expect((await get(`/organisations/${OTHER_ORGANISATION}/posters/1`, caller)).body).toBe('<svg>theirs</svg>')
    }
    for (const named of [UNKNOWN, 'x', '..%2f..'])
      expect((await get(`/organisations/${named}/posters/1`)).json().code).toBe('NOT_FOUND')
  })
  test('for anyone are kept by caches, may be shown elsewhere, and are not sent twice', async () => {
    const url = `/organisations/${ORGANISATION}/posters/1`
    const { headers } = await get(url)
    expect(headers['cache-control']).toBe('public, max-age=60')
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(headers['content-type']).toBe('image/svg+xml')
    const again = await get(url, '', { 'if-none-match': String(headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
  test('come in pieces, with their length, and a parameter given twice counts once', async () => {
    const answer = await get('/streamed?say=x&say=abc', 'reader')
    expect([answer.body, answer.headers['content-length']]).toEqual(['abcdef', '6'])
  })
  test('by somebody signed in are on the audit trail, public ones are not', async () => {
    callers['audited'] = { ...callers['reader']!, actor: testPerson('audited', ['files.read']) }
    await get('/files-of-test/7', 'audited')
    await get(`/organisations/${ORGANISATION}/posters/1`, 'audited')
    await get(`/organisations/${ORGANISATION}/notices`, 'audited')
    const written = async () =>
      (await world.records.owner.select().from(auditEntry)).filter((row) => row.actorId === 'audited')
    await expect.poll(async () => (await written()).length).toBe(1)
    expect((await written()).map((row) => [row.method, row.routeName, row.object, row.status])).toEqual([
      ['GET', 'GET /files-of-test/{id}', { id: '7' }, 200],
    ])
  })
  test('stand in the document of the API', async () => {
    const { paths } = (await app.inject({ url: '/api/openapi.json' })).json()
    expect(paths['/files-of-test/{id}'].get).toMatchObject({ 'x-may': 'files.read', tags: ['downloads'] })
  })
})

test('names of files are told whole to those who understand, and never break the header', () => {
  expect(dispositionOf('海报 "1".svg', true)).toBe(
    `inline; filename="__ _1_.svg"; filename*=UTF-8''%E6%B5%B7%E6%8A%A5%20%221%22.svg`,
  )
  expect(dispositionOf('a\r\nset-cookie: x', false)).not.toMatch(/[\r\n]/)
  expect(dispositionOf('\ud800', false)).toContain("UTF-8''%EF%BF%BD")
})

test('who asks too often waits, on both kinds of public door', async () => {
  const few = await createHttpServer(optionsOf({ requestsPerMinuteLimit: 2 }))
  const ask = (url: string) => few.inject({ url: `/api/organisations/${ORGANISATION}/${url}` })
  const answers = [await ask('notices'), await ask('posters/1'), await ask('notices'), await ask('posters/1')]
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 429, 429])
  expect(answers[3]!.json().code).toBe('TOO_MANY')
  await few.close()
})
