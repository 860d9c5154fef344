import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '../contract.ts'
import { defineModule } from '../module.ts'
import { auditEntry, idempotency } from '../records/tables.ts'
import { refuse } from '../refusal.ts'
import { ORGANISATION, OTHER_ORGANISATION, openTestWorld, testPerson, type TestWorld } from '../testing/world.ts'
import { type Caller, nobody } from './access.ts'
import { BODY_LIMIT_BYTES, createHttpServer } from './server.ts'

const refusals = {
  TOO_HEAVY: { status: 409, message: 'Nobody can lift this.', data: z.object({ kilograms: z.number() }) },
} as const
const weights = z.object({ kilograms: z.number().positive(), name: z.string().min(2).default('weight') })
const contract = {
  open: route
    .route({ path: '/open', method: 'GET' })
    .meta({ may: 'anyone' })
    .output(z.object({ organisation: z.string() })),
  lift: route
    .route({ path: '/lifts', method: 'POST' })
    .meta({ may: 'weights.lift' })
    .errors(refusals)
    .input(weights)
    .output(z.object({ lifted: z.number() })),
  fail: route.route({ path: '/failures', method: 'POST' }).meta({ may: 'signed-in' }).output(z.object({})),
  forgotten: route.route({ path: '/forgotten', method: 'GET' }).output(z.object({})),
}
let lifts = 0
const gym = defineModule({
  name: 'gym',
  contract,
  handles: {
    open: async (context) => ({ organisation: context.organisation }),
    lift: async (context, input) => {
      if (input.kilograms > 100) refuse(refusals, 'TOO_HEAVY', { kilograms: input.kilograms })
      lifts += 1
      // A row only this transaction writes: a rolled-back or repeated lift would show.
      await context.records.insert(idempotency).values({
        organisationId: context.organisation,
        actorId: 'lifter',
        key: context.newId(),
        requestSha256: '',
        status: 0,
        response: null,
        createdAt: context.now,
      })
      return { lifted: lifts }
    },
    fail: async () => {
      throw new Error('the secret reason')
    },
    forgotten: async () => ({}),
  },
})

let world: TestWorld
let app: FastifyInstance
const callers: Record<string, Caller> = {
  lifter: { actor: testPerson('lifter', ['weights.lift']), organisation: ORGANISATION, by: 'key' },
  cookie: { actor: testPerson('lifter', ['weights.lift']), organisation: ORGANISATION, by: 'cookie' },
  watcher: { actor: testPerson('watcher'), organisation: ORGANISATION, by: 'key' },
  stranger: { actor: testPerson('stranger', ['weights.lift']), organisation: OTHER_ORGANISATION, by: 'key' },
}

beforeAll(async () => {
  world = await openTestWorld({ modules: [gym] })
  app = await createHttpServer({
    platform: world.platform,
    modules: [gym],
    contract: { gym: contract },
    identify: async ({ headers }) => callers[String(headers['x-caller'])] ?? nobody('en'),
    signInHandler: async () => new Response('{}'),
    webDirectory: null,
    log: world.log,
    version: '0',
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const lift = (caller: string, body: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/lifts',
    payload: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-caller': caller, ...headers },
  })
const rowsOfLifter = async () =>
  (await world.records.owner.select().from(idempotency)).filter(
    (row) => row.actorId === 'lifter' && row.requestSha256 === '',
  ).length

describe('who may', () => {
  test('a route that says nobody is closed even to those who may all else', async () => {
    const answer = await app.inject({ url: '/api/forgotten', headers: { 'x-caller': 'lifter' } })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'NOT_ALLOWED'])
  })
  test('not signed in, signed in without the right, with it', async () => {
    expect([
      (await lift('', { kilograms: 1 })).json().code,
      (await lift('watcher', { kilograms: 1 })).json().code,
    ]).toEqual(['NOT_SIGNED_IN', 'NOT_ALLOWED'])
    expect((await lift('lifter', { kilograms: 1 })).statusCode).toBe(200)
  })
  test('rights are asked before the body is looked at', async () => {
    expect((await lift('watcher', { nonsense: true })).json().code).toBe('NOT_ALLOWED')
  })
  test('a cookie counts on our own pages only', async () => {
    expect((await lift('cookie', { kilograms: 1 }, { origin: 'http://evil.example' })).statusCode).toBe(403)
    expect((await lift('cookie', { kilograms: 1 }, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect(
      (await lift('cookie', { kilograms: 1 }, { origin: 'http://localhost:80', host: 'localhost:80' })).statusCode,
    ).toBe(200)
  })
})

describe('problems', () => {
  test('a declared refusal comes with code, sentence and data, as problem+json', async () => {
    const answer = await lift('lifter', { kilograms: 101 })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect([answer.statusCode, answer.json()]).toEqual([
      409,
      {
        type: 'urn:bihuan:problem:too-heavy',
        title: 'Nobody can lift this.',
        status: 409,
        code: 'TOO_HEAVY',
        defined: true,
        data: { kilograms: 101 },
      },
    ])
  })
  test('invalid input names field and rule', async () => {
    const answer = await lift('lifter', { kilograms: 'heavy', name: 'x' })
    expect(answer.statusCode).toBe(422)
    expect(
      answer.json().data.issues.map((issue: { field: string; rule: string }) => [issue.field, issue.rule]),
    ).toEqual([
      ['kilograms', 'invalid_type'],
      ['name', 'too_small'],
    ])
  })
  test('a fault shows an apology and no reason', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/failures', headers: { 'x-caller': 'lifter' } })
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'FAULT'])
    expect(answer.body).not.toContain('secret')
  })
  const bad: [string, InjectOptions, number, string][] = [
    [
      'broken JSON',
      {
        method: 'POST',
        url: '/api/lifts',
        payload: '{"kilograms":',
        headers: { 'content-type': 'application/json', 'x-caller': 'lifter' },
      },
      400,
      'MALFORMED',
    ],
    [
      'a foreign media type',
      {
        method: 'POST',
        url: '/api/lifts',
        payload: '<a/>',
        headers: { 'content-type': 'application/xml', 'x-caller': 'lifter' },
      },
      415,
      'MEDIA_TYPE',
    ],
    [
      'a prototype in disguise',
      {
        method: 'POST',
        url: '/api/lifts',
        payload: '{"__proto__":{"kilograms":1}}',
        headers: { 'content-type': 'application/json', 'x-caller': 'lifter' },
      },
      400,
      'MALFORMED',
    ],
    [
      'a body beyond the limit',
      {
        method: 'POST',
        url: '/api/lifts',
        payload: `"${'x'.repeat(BODY_LIMIT_BYTES)}"`,
        headers: { 'content-type': 'application/json', 'x-caller': 'lifter' },
      },
      413,
      'BODY_TOO_LARGE',
    ],
    ['an address that is none', { url: '/api/nothing', headers: { 'x-caller': 'lifter' } }, 404, 'NO_SUCH_PATH'],
    ['an address with broken escapes', { url: '/api/%E0%A4%A', headers: { 'x-caller': 'lifter' } }, 400, 'MALFORMED'],
    ['another method', { method: 'DELETE', url: '/api/lifts', headers: { 'x-caller': 'lifter' } }, 404, 'NO_SUCH_PATH'],
  ]
  for (const [name, request, status, code] of bad) {
    test(name, async () => {
      const answer = await app.inject(request)
      expect([answer.statusCode, answer.json().code, String(answer.headers['content-type']).split(';')[0]]).toEqual([
        status,
        code,
        'application/problem+json',
      ])
    })
  }
})

describe('Idempotency-Key', () => {
  test('the same request again has one effect and the same answer', async () => {
    const before = await rowsOfLifter()
    const answers = [
      await lift('lifter', { kilograms: 5 }, { 'idempotency-key': 'a' }),
      await lift('lifter', { kilograms: 5 }, { 'idempotency-key': 'a' }),
    ]
    expect(answers[0]!.json()).toEqual(answers[1]!.json())
    expect(await rowsOfLifter()).toBe(before + 1)
  })
  test('a hundred at once have one effect', async () => {
    const before = await rowsOfLifter()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => lift('lifter', { kilograms: 6 }, { 'idempotency-key': 'b' })),
    )
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect(answers[0]!.statusCode).toBe(200)
    expect(await rowsOfLifter()).toBe(before + 1)
  })
  test('another request under the same key is refused; a refused one leaves the key free; other callers have keys of their own', async () => {
    expect((await lift('lifter', { kilograms: 7 }, { 'idempotency-key': 'a' })).json().code).toBe(
      'IDEMPOTENCY_MISMATCH',
    )
    expect((await lift('lifter', { kilograms: 101 }, { 'idempotency-key': 'c' })).statusCode).toBe(409)
    expect((await lift('lifter', { kilograms: 8 }, { 'idempotency-key': 'c' })).statusCode).toBe(200)
    expect((await lift('stranger', { kilograms: 9 }, { 'idempotency-key': 'a' })).statusCode).toBe(200)
  })
})

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

test('every request that changes something is on the audit trail, refused ones too, each in its organisation', async () => {
  // Callers of their own: entries are written after the answer, so those of earlier tests may still come in.
  for (const name of ['lifter', 'watcher', 'stranger']) {
    const caller = callers[name]!
    callers[`audited ${name}`] = { ...caller, actor: { ...caller.actor, id: `audited ${name}` } }
  }
  await lift('audited lifter', { kilograms: 1 })
  await lift('audited watcher', { kilograms: 1 })
  await lift('audited stranger', { kilograms: 300 })
  const written = async () =>
    (await world.records.owner.select().from(auditEntry)).filter((row) => row.actorId.startsWith('audited'))
  await expect.poll(async () => (await written()).length).toBe(3)
  await app.inject({ url: '/api/open', headers: { 'x-caller': 'audited lifter' } })
  const rows = await written()
  expect(
    rows.map((row) => [row.organisationId, row.actorId, row.routeName, row.status, row.problemCode]).toSorted(byText),
  ).toEqual(
    [
      [ORGANISATION, 'audited lifter', 'gym.lift', 200, null],
      [ORGANISATION, 'audited watcher', 'gym.lift', 403, 'NOT_ALLOWED'],
      [OTHER_ORGANISATION, 'audited stranger', 'gym.lift', 409, 'TOO_HEAVY'],
    ].toSorted(byText),
  )
})

describe('the rest of the server', () => {
  test('health speaks of both stores', async () => {
    const answer = await app.inject({ url: '/healthz' })
    expect([answer.statusCode, answer.json()]).toEqual([503, { healthy: false, records: true, measurements: false }])
  })
  test('metrics count requests by route and status', async () => {
    const answer = await app.inject({ url: '/metrics' })
    expect(answer.body).toMatch(
      /bihuan_http_request_duration_seconds_count\{route="gym.lift",method="POST",status="2xx"\} \d+/,
    )
    expect(answer.body).toMatch(/bihuan_news_count\{state="waiting"\} \d+/)
  })
  test('the contract is an OpenAPI 3.1 document with who may call each operation', async () => {
    const { openapi, paths } = (await app.inject({ url: '/api/openapi.json' })).json()
    expect(openapi).toMatch(/^3\.1/)
    expect(paths['/lifts'].post['x-may']).toBe('weights.lift')
    expect(paths['/forgotten'].get['x-may']).toBe('nobody')
    expect(Object.keys(paths['/lifts'].post.responses)).toContain('409')
    expect((await app.inject({ url: '/api' })).body).toContain('/api/lifts')
  })
  test('security headers and no caching of answers', async () => {
    const { headers } = await app.inject({ url: '/api/open' })
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
  })
})
