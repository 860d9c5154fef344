import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSealer } from '../sealing.ts'
import { ORGANISATION, openTestWorld, OTHER_ORGANISATION, testPerson, type TestWorld } from '../testing/world.ts'
import { ATTEMPTS_LIMIT, nextAttempt } from './send-webhook.ts'
import { judgeSignature, signedHeaders } from './signature.ts'
import { webhookDelivery, webhookSubscription } from './tables.ts'
import { createWebhooks } from './webhooks.ts'

const sealer = createSealer('a secret of tests')
const webhooks = createWebhooks({ owner: 'evaluation', sealer, privateAllowed: true })
const heard: { headers: IncomingHttpHeaders; body: string }[] = []
/** What the address answers with; the last one again and again. */
let answers: (number | { status: number; location?: string } | 'hang-up')[] = [200]
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!
    if (answer === 'hang-up') return void request.socket.destroy()
    const { status, location } = typeof answer === 'number' ? { status: answer } : { location: '', ...answer }
    response.writeHead(status, location ? { location } : {})
    response.end('x'.repeat(status === 200 ? 200_000 : 10))
  })
})

let world: TestWorld
let url = ''
const run: ReturnType<TestWorld['as']>['run'] = (work) => world.as(testPerson('Ann')).run(work)
const news = (source: string) => ({ event: 'scores.published', source, data: { publication: source, name: '大厅' } })
const deliver = () => run((context) => webhooks.deliverDue(context))
const subscribe = (part: object = {}) =>
  run((context) =>
    webhooks.subscribe(context, { title: 'Hall', url, events: ['scores.published'], enabled: true, ...part }),
  )
const log = async (id: string) => (await run((context) => webhooks.deliveries(context, id, { limit: 50 }))).rows

beforeAll(async () => {
  world = await openTestWorld({ organisations: [ORGANISATION, OTHER_ORGANISATION] })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
})
beforeEach(async () => {
  heard.length = 0
  answers = [200]
  await world.records.owner.delete(webhookDelivery)
  await world.records.owner.delete(webhookSubscription)
})
afterAll(async () => {
  server.close()
  await world.close()
})

test('a message arrives once, signed as the specification says, however often the news comes', async () => {
  const { id, secret } = await subscribe()
  await subscribe({ title: 'Other', events: ['scores.withdrawn'] })
  expect(await run((context) => webhooks.enqueue(context, news('a')))).toBe(1)
  expect(await run((context) => webhooks.enqueue(context, news('a')))).toBe(0)
  expect(await deliver()).toBe(1)
  expect(await deliver()).toBe(0)
  const [message] = heard
  expect(JSON.parse(message!.body)).toMatchObject({ type: 'scores.published', data: { name: '大厅' } })
  const now = world.clock.now()
  const verdict = (given: string) =>
    judgeSignature(given, signedHeaders(message!.headers), Buffer.from(message!.body), now)
  expect([verdict(secret), verdict(`whsec_${Buffer.from('other').toString('base64')}`)]).toEqual([
    'genuine',
    'signature-wrong',
  ])
  expect(await log(id)).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 200, lastProblem: null }])
})

test('what fails is tried again under the same id, later and later, and given up after ten times', async () => {
  const { id } = await subscribe()
  answers = [500, 'hang-up', { status: 302, location: 'http://169.254.169.254/' }, 429, 503]
  await run((context) => webhooks.enqueue(context, news('b')))
  await deliver()
  const [first] = await log(id)
  expect(first).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500, lastProblem: 'status' })
  const wait = first!.nextAttemptAt!.since(world.clock.now()).total('seconds')
  expect(wait).toBeGreaterThanOrEqual(54)
  expect(wait).toBeLessThanOrEqual(66)
  expect(await deliver()).toBe(0)
  expect(heard).toHaveLength(1)
  const problems = []
  for (let tries = 0; tries < 15; tries += 1) {
    world.clock.advance({ days: 2 })
    await deliver()
    problems.push((await log(id))[0]!.lastProblem)
  }
  expect(problems.slice(0, 3)).toEqual(['unreachable', 'status', 'status'])
  expect(heard).toHaveLength(ATTEMPTS_LIMIT)
  expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await log(id)).toMatchObject([{ state: 'failed', attempts: ATTEMPTS_LIMIT, nextAttemptAt: null }])
  answers = [204]
  await run((context) => webhooks.retry(context, first!.id))
  expect(await deliver()).toBe(1)
  expect(await log(id)).toMatchObject([{ state: 'delivered', attempts: ATTEMPTS_LIMIT + 1, lastStatus: 204 }])
})

test('an address that is gone is asked no more until somebody lets it go on', async () => {
  const { id } = await subscribe()
  answers = [410]
  for (const source of ['c', 'd']) await run((context) => webhooks.enqueue(context, news(source)))
  await run((context) => webhooks.deliverDue(context))
  expect(await run(webhooks.subscriptions)).toMatchObject([{ enabled: false, pausedBecause: 'gone' }])
  expect(await run((context) => webhooks.enqueue(context, news('e')))).toBe(0)
  answers = [200]
  const draft = { title: 'Hall', url, events: ['scores.published'], enabled: true }
  await run((context) => webhooks.change(context, id, draft))
  expect(await run(webhooks.subscriptions)).toMatchObject([{ enabled: true, pausedBecause: null }])
})

test('two processes at once send each message once; a dead one’s messages are taken up later', async () => {
  await subscribe()
  for (let n = 0; n < 20; n += 1) await run((context) => webhooks.enqueue(context, news(`f${n}`)))
  const arrived = await Promise.all([deliver(), deliver(), deliver()])
  expect(arrived.reduce((sum, each) => sum + each, 0)).toBe(20)
  expect(heard).toHaveLength(20)
  // As if a process had taken it and died before it could say what became of it.
  await run((context) => webhooks.enqueue(context, news('g')))
  const inTwoMinutes = world.clock.now().add({ minutes: 2 })
  await run((context) => context.records.update(webhookDelivery).set({ nextAttemptAt: inTwoMinutes }))
  expect(await deliver()).toBe(0)
  world.clock.advance({ minutes: 3 })
  expect(await deliver()).toBe(1)
})

test('secrets are kept sealed, are told once, and a new one signs from then on', async () => {
  const { id, secret } = await subscribe()
  const stored = JSON.stringify(await world.records.owner.select().from(webhookSubscription))
  expect(stored).not.toContain(secret.slice('whsec_'.length))
  const fresh = await run((context) => webhooks.rotate(context, id))
  expect(fresh).not.toBe(secret)
  await run((context) => webhooks.enqueueTo(context, id, { event: 'test', source: 't', data: {} }))
  await deliver()
  const judged = judgeSignature(fresh, signedHeaders(heard[0]!.headers), Buffer.from(heard[0]!.body), world.clock.now())
  expect(judged).toBe('genuine')
  const moved = createWebhooks({ owner: 'evaluation', sealer: createSealer('another'), privateAllowed: true })
  await run((context) => moved.enqueue(context, news('h')))
  await run((context) => moved.deliverDue(context))
  expect((await log(id))[0]).toMatchObject({ lastProblem: 'secret-lost', state: 'waiting' })
})

test('private addresses are never asked without the setting, also when a name leads there', async () => {
  const strict = createWebhooks({ owner: 'evaluation', sealer, privateAllowed: false })
  const { port } = server.address() as AddressInfo
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254']) {
    const { id } = await subscribe({ url: `http://${host}:${port}/x` })
    await run((context) => strict.enqueueTo(context, id, news(host)))
    await run((context) => strict.deliverDue(context))
    expect([host, (await log(id))[0]!.lastProblem]).toEqual([host, 'private'])
  }
  expect(heard).toHaveLength(0)
})

test('another organisation sees and tells nothing of ours', async () => {
  const { id } = await subscribe()
  const other = world.as(testPerson('Bob'), OTHER_ORGANISATION)
  expect(await other.run(webhooks.subscriptions)).toEqual([])
  expect(await other.run((context) => webhooks.enqueue(context, news('i')))).toBe(0)
  for (const act of [
    () => other.run((context) => webhooks.rotate(context, id)),
    () => other.run((context) => webhooks.remove(context, id)),
    () => other.run((context) => webhooks.deliveries(context, id, { limit: 1 })),
    () => other.run((context) => webhooks.enqueueTo(context, id, news('j'))),
    () => other.run((context) => webhooks.retry(context, id)),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('removed with its log, and old messages are forgotten', async () => {
  const { id } = await subscribe()
  await run((context) => webhooks.enqueue(context, news('k')))
  await deliver()
  world.clock.advance({ days: 40 })
  await run((context) => webhooks.forget(context, context.now.subtract({ hours: 24 * 30 })))
  expect(await log(id)).toEqual([])
  await run((context) => webhooks.remove(context, id))
  expect(await run(webhooks.subscriptions)).toEqual([])
})

test('the waits grow, spread by a tenth, and end', () => {
  const now = Temporal.Instant.from('2026-03-02T01:00:00Z')
  const seconds = (attempts: number, chance: number) =>
    nextAttempt(attempts, now, chance)?.since(now).total('seconds') ?? null
  expect([seconds(1, 0), seconds(1, 0.5), seconds(2, 0.5), seconds(9, 0.5), seconds(10, 0.5)]).toEqual([
    54,
    60,
    300,
    86_400,
    null,
  ])
})

test('modules do not see, send or end what is another one’s', async () => {
  const other = createWebhooks({ owner: 'alerts', sealer, privateAllowed: true })
  const { id } = await subscribe()
  await run((context) => webhooks.enqueue(context, news('apart')))
  expect(await run((context) => other.subscriptions(context))).toEqual([])
  expect(await run((context) => other.enqueue(context, news('apart')))).toBe(0)
  expect(await run((context) => other.deliverDue(context))).toBe(0)
  for (const deed of [
    () => run((context) => other.remove(context, id)),
    () => run((context) => other.rotate(context, id)),
    () => run((context) => other.deliveries(context, id, { limit: 5 })),
  ])
    await expect(deed()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const [message] = await log(id)
  await expect(run((context) => other.retry(context, message!.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await deliver()).toBe(1)
})
