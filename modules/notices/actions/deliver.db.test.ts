/** What leaves the house, against servers that keep the makers' rules: signed, paced, gathered, tried again, never doubled, no secret kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { judgeSignature, signedHeaders } from '#platform/outbound/signature'
import { createSealer } from '#platform/sealing'
import { ORGANISATION } from '#platform/testing/world'
import { delivery, message, notice } from '../tables.ts'
import { robot as robotTable, team as teamTable } from '../tables/settings.ts'
import { type RobotDraft, robotDraft } from '../contract.ts'
import { type NoticesWorld, openNoticesWorld, teamOf, words } from '../world-for-test.ts'
import { listNoticeDeliveries, retryNoticeDelivery, testRobot } from './deliveries.ts'
import { deliverNotices } from './deliver.ts'
import { savePreferences } from './inbox.ts'
import { tell, type Telling } from './tell.ts'
import { addRobot, createTeam, listTeams, saveRobot } from './teams.ts'

let all: NoticesWorld
let team = ''
let serial = 0
const say = (to: Telling['to'], part: Partial<Telling> = {}) => {
  serial += 1
  const params = { unit: `厅${serial}`, count: serial }
  return all.run((context) =>
    tell(context, {
      to,
      kind: 'alert-raised',
      importance: 'urgent',
      words,
      params,
      link: '/alerts/1',
      key: `d${serial}`,
      ...part,
    }),
  )
}
const add = async (part: Partial<RobotDraft>) =>
  (
    await all.run((context) =>
      addRobot(all.parts, context, { id: team, ...robotDraft.parse({ kind: 'dingtalk', title: 'Group', ...part }) }),
    )
  ).robot.id
const log = async () => (await all.run((context) => listNoticeDeliveries(context, { limit: 200 }))).rows
const later = (seconds: number) => all.world.clock.advance({ seconds })

beforeAll(async () => {
  all = await openNoticesWorld()
})
beforeEach(async () => {
  const { owner } = all.world.records
  for (const table of [delivery, notice, message, robotTable, teamTable]) await owner.delete(table)
  all.robots.forget()
  all.mail.mails.length = 0
  team = (await all.run((context) => createTeam(context, teamOf('Response', ['dai'])))).id
  // Nobody's mail, unless a test is about it.
  const off = { urgent: 'off', normal: 'off', low: 'off' } as const
  await all
    .as('dai')
    .run((context) =>
      savePreferences(true, context, { language: 'zh', ways: off, kinds: [], quiet: null, digestHour: 8 }),
    )
})
afterAll(() => all?.close())

describe('the makers’ rules are kept', () => {
  test('signature, clock and keyword of each, in the language of the team', async () => {
    all.robots.rules.secret = 'SECbihuan-demo'
    all.robots.rules.keyword = '闭环'
    for (const kind of ['dingtalk', 'feishu'] as const)
      await add({ kind, url: all.robots.url(kind), secret: 'SECbihuan-demo', keyword: '闭环' })
    await add({ kind: 'wecom', url: all.robots.url('wecom'), keyword: '闭环' })
    await say([{ team }])
    expect(await all.deliver()).toBe(3)
    expect(all.robots.heard.map(({ kind, verdict }) => `${kind} ${verdict}`).sort()).toEqual([
      'dingtalk ok',
      'feishu ok',
      'wecom ok',
    ])
    for (const { text } of all.robots.heard)
      expect(text).toMatch(/【闭环】投诉预警：厅\d+[^]*https:\/\/bihuan\.example\/alerts\/1/)
    expect((await log()).map(({ state, answer }) => [state, answer])).toEqual([
      ['sent', expect.anything()],
      ['sent', expect.anything()],
      ['sent', expect.anything()],
    ])
  })
  test('a wrong secret is refused, not tried again, and shown to the operator with a way to try again', async () => {
    all.robots.rules.secret = 'another'
    const id = await add({ url: all.robots.url('dingtalk'), secret: 'SECbihuan-demo' })
    await say([{ team }])
    await all.deliver()
    const [failed] = await log()
    expect(failed).toMatchObject({ state: 'failed', problem: 'refused', attempts: 1, target: 'Group', dueAt: null })
    expect(failed!.answer).toBe('{"errcode":310000,"errmsg":"sign ***"}')
    later(600)
    expect(await all.deliver()).toBe(0)
    expect(all.robots.heard).toHaveLength(1)
    await all.run((context) =>
      saveRobot(all.parts, context, {
        id,
        ...robotDraft.parse({ kind: 'dingtalk', title: 'Group', secret: 'another' }),
      }),
    )
    await all.run((context) => retryNoticeDelivery(context, { id: failed!.id }))
    expect(await all.deliver()).toBe(1)
    await expect(all.run((context) => retryNoticeDelivery(context, { id: failed!.id }))).rejects.toMatchObject({
      code: 'NOT_TO_RETRY',
      data: { state: 'sent' },
    })
  })
  test('one message in three seconds; never more than twenty a minute', async () => {
    await add({ url: all.robots.url('dingtalk') })
    for (let number = 0; number < 4; number += 1) await say([{ team }])
    for (let second = 0; second < 12; second += 1) {
      await all.deliver()
      later(1)
    }
    const [first] = all.robots.heard
    expect(all.robots.heard.map(({ at }) => at.since(first!.at).total('seconds'))).toEqual([0, 3, 6, 9])
  })
  test('one run of the schedule waits for the robot’s next turns, and ends when nothing is left', async () => {
    await add({ url: all.robots.url('dingtalk') })
    for (let number = 0; number < 3; number += 1) await say([{ team }])
    const ticking = setInterval(() => later(1), 100)
    const began = performance.now()
    const sent = await all.world.platform.apart(all.world.platform.systemActor, ORGANISATION, (context) =>
      deliverNotices(all.parts, context, 20_000),
    )
    clearInterval(ticking)
    expect(sent).toBe(3)
    expect(performance.now() - began).toBeLessThan(10_000)
    const gaps = all.robots.heard
      .slice(1)
      .map(({ at }, index) => at.since(all.robots.heard[index]!.at).total('seconds'))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3)
  })
  test('ten minutes of rest after "too often", and then everything goes out as one', async () => {
    await add({ url: all.robots.url('dingtalk') })
    all.robots.tricks.push(429)
    for (let number = 0; number < 8; number += 1) await say([{ team }])
    await all.deliver()
    expect(all.robots.heard).toHaveLength(0)
    later(599)
    await all.deliver()
    expect(all.robots.heard).toHaveLength(0)
    later(2)
    expect(await all.deliver()).toBe(1)
    expect(all.robots.heard).toHaveLength(1)
    expect(all.robots.heard[0]!.text).toContain('8 条通知')
    expect((await log()).map(({ state, together, attempts }) => [state, together, attempts])).toEqual(
      Array.from({ length: 8 }, () => ['sent', 8, 2]),
    )
  })
})

describe('what fails', () => {
  const tricks: [Parameters<FakePush>[0], string, string][] = [
    ['hang', 'waiting', 'slow'],
    ['hang-up', 'waiting', 'unreachable'],
    [500, 'waiting', 'status'],
    [429, 'waiting', 'rate-limit'],
    ['garbage', 'failed', 'garbage'],
    ['endless', 'failed', 'garbage'],
    ['redirect-inward', 'failed', 'redirect'],
  ]
  type FakePush = (trick: NoticesWorld['robots']['tricks'][number]) => void
  test.each(tricks)('%s ends as %s because %s', async (trick, state, problem) => {
    await add({ url: all.robots.url('feishu'), kind: 'feishu' })
    all.robots.tricks.push(trick)
    await say([{ team }])
    const began = performance.now()
    await all.deliver()
    expect(performance.now() - began).toBeLessThan(3000)
    const [row] = await log()
    expect(row).toMatchObject({ state, problem, attempts: 1 })
    expect(JSON.stringify(row)).not.toContain('token-of-a-test-robot')
    expect(all.robots.inward()).toBe(0)
  })
  test('500 twice, then well: it arrives once, later and later', async () => {
    await add({ url: all.robots.url('feishu'), kind: 'feishu' })
    all.robots.tricks.push(500, 500)
    await say([{ team }])
    const tried: number[] = []
    for (let minute = 0; minute < 8; minute += 0.5) {
      await all.deliver()
      if ((await log())[0]!.attempts > tried.length) tried.push(minute)
      later(30)
    }
    expect(tried).toHaveLength(3)
    expect(tried[2]! - tried[1]!).toBeGreaterThan(tried[1]! - tried[0]!)
    expect((await log())[0]).toMatchObject({ state: 'sent', attempts: 3 })
    expect(all.robots.heard).toHaveLength(1)
  })
  test('given up after six tries', async () => {
    await add({ url: all.robots.url('feishu'), kind: 'feishu' })
    all.robots.tricks.push(...Array<500>(20).fill(500))
    await say([{ team }])
    for (let tries = 0; tries < 12; tries += 1) {
      await all.deliver()
      later(3 * 3600)
    }
    expect((await log())[0]).toMatchObject({ state: 'failed', attempts: 6, problem: 'status' })
    expect(all.robots.tricks).toHaveLength(14)
  })
  test('a process that died while sending: another takes the message up after two minutes', async () => {
    const id = await add({ url: all.robots.url('wecom'), kind: 'wecom' })
    await say([{ team }])
    const inTwoMinutes = all.world.clock.now().add({ minutes: 2 })
    await all.world.records.owner.update(delivery).set({ dueAt: inTwoMinutes })
    expect(await all.deliver()).toBe(0)
    later(121)
    expect(await all.deliver()).toBe(1)
    expect((await all.run(listTeams))[0]!.robots).toMatchObject([
      { id, waiting: 0, failed: 0, lastSentAt: expect.anything() as string },
    ])
  })
  test('private addresses: refused when typed, and when a name leads there', async () => {
    const strict = { ...all.parts, privateAllowed: false }
    const draft = (url: string) => ({ id: team, ...robotDraft.parse({ kind: 'wecom', title: 'x', url }) })
    for (const host of ['127.0.0.1', '[::1]', '169.254.169.254', '10.0.0.1'])
      await expect(all.run((context) => addRobot(strict, context, draft(`http://${host}/x`)))).rejects.toMatchObject({
        code: 'ADDRESS_PRIVATE',
        data: { host: host.replaceAll(/[[\]]/g, '') },
      })
    await add({ kind: 'wecom', url: all.robots.url('wecom').replace('127.0.0.1', 'localhost') })
    await say([{ team }])
    await all.world.platform.apart(all.world.platform.systemActor, ORGANISATION, (context) =>
      deliverNotices(strict, context),
    )
    expect((await log())[0]).toMatchObject({ state: 'failed', problem: 'private' })
    expect(all.robots.heard).toHaveLength(0)
  })
})

describe('secrets', () => {
  test('are sealed, never answered, and kept when a robot is changed without them', async () => {
    const id = await add({ url: all.robots.url('dingtalk'), secret: 'SECbihuan-demo' })
    const stored = JSON.stringify(await all.world.records.owner.select().from(robotTable))
    const answered = JSON.stringify(await all.run(listTeams))
    for (const text of [stored, answered]) {
      expect(text).not.toContain('SECbihuan')
      expect(text).not.toContain('token-of-a-test')
    }
    const saved = await all.run((context) =>
      saveRobot(all.parts, context, { id, ...robotDraft.parse({ kind: 'dingtalk', title: 'New name' }) }),
    )
    expect(saved).toMatchObject({
      title: 'New name',
      signed: true,
      hint: expect.stringMatching(/^127\.0\.0\.1:\d+ …6789$/) as string,
    })
    all.robots.rules.secret = 'SECbihuan-demo'
    await all.run((context) => testRobot(context, { id }))
    expect(await all.deliver()).toBe(1)
    expect(all.robots.heard[0]).toMatchObject({ verdict: 'ok', title: '测试消息' })
  })
  test('sealed by another installation they are lost, and it says so', async () => {
    await add({ url: all.robots.url('dingtalk') })
    await say([{ team }])
    const moved = { ...all.parts, sealer: createSealer('another') }
    await all.world.platform.apart(all.world.platform.systemActor, ORGANISATION, (context) =>
      deliverNotices(moved, context),
    )
    expect((await log())[0]).toMatchObject({ state: 'failed', problem: 'secret-lost' })
  })
  test('drafts that cannot be are refused', async () => {
    await expect(add({ kind: 'wecom', url: all.robots.url('wecom'), secret: 'x' })).rejects.toMatchObject({
      code: 'NO_SIGNATURE',
    })
    await expect(add({})).rejects.toMatchObject({ code: 'ADDRESS_NEEDED' })
    for (let number = 0; number < 10; number += 1) await add({ url: all.robots.url('dingtalk') })
    await expect(add({ url: all.robots.url('dingtalk') })).rejects.toMatchObject({ code: 'ROBOTS_MANY' })
    expect(robotDraft.safeParse({ kind: 'dingtalk', title: 'x', url: 'file:///etc/passwd' }).success).toBe(false)
  })
})

test('a webhook is signed by the Standard Webhooks specification, its secret told once', async () => {
  const heard: { headers: Record<string, unknown>; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const draft = robotDraft.parse({ kind: 'webhook', title: 'Hook', url, secret: 'mine' })
  const { webhookSecret } = await all.run((context) => addRobot(all.parts, context, { id: team, ...draft }))
  await say([{ team }])
  await all.deliver()
  server.close()
  const [only] = heard
  expect(
    judgeSignature(
      webhookSecret!,
      signedHeaders(only!.headers as never),
      Buffer.from(only!.body),
      all.world.clock.now(),
    ),
  ).toBe('genuine')
  expect(JSON.parse(only!.body)).toMatchObject({
    type: 'notices.told',
    data: { count: 1, notices: [{ kind: 'alert-raised', link: 'https://bihuan.example/alerts/1' }] },
  })
})

describe('mail', () => {
  const wish = (part: object = {}) =>
    all.as('dai').run((context) =>
      savePreferences(true, context, {
        language: 'en',
        ways: { urgent: 'at-once', normal: 'digest', low: 'off' },
        kinds: [],
        quiet: { from: '22:00', until: '07:00' },
        digestHour: 8,
        ...part,
      }),
    )
  test('urgent at once, others in one digest at its hour, in the reader’s language', async () => {
    await wish()
    all.world.clock.set('2026-04-01T15:00:00Z')
    await say([{ person: 'dai' }])
    await say([{ person: 'dai' }], { importance: 'normal' })
    await say([{ person: 'dai' }], { importance: 'normal' })
    await say([{ person: 'dai' }], { importance: 'low' })
    expect(await all.deliver()).toBe(1)
    expect(all.mail.mails[0]).toMatchObject({ to: 'dai@example.com' })
    expect(all.mail.mails[0]!.data).toMatch(/^Message-ID: <[0-9a-f-]{36}@bihuan>$/im)
    expect(all.mail.mails[0]!.data).toContain('https://bihuan.example/alerts/1')
    all.world.clock.set('2026-04-01T23:59:59Z')
    expect(await all.deliver()).toBe(0)
    all.world.clock.set('2026-04-02T00:00:00Z')
    expect(await all.deliver()).toBe(1)
    expect(all.mail.mails).toHaveLength(2)
    expect(all.mail.mails[1]!.data).toMatch(/^Subject: 2 notices$/m)
  })
  test('a server that has trouble is asked again, one that refuses is not, none at all is said', async () => {
    await wish()
    all.mail.answers.push('451 later', '250 ok', '550 no such person')
    await say([{ person: 'dai' }])
    await all.deliver()
    expect((await log())[0]).toMatchObject({ state: 'waiting', problem: 'unreachable' })
    later(90)
    await all.deliver()
    await say([{ person: 'dai' }])
    await all.deliver()
    expect((await log()).map(({ state, problem }) => [state, problem])).toEqual([
      ['failed', 'mail-refused'],
      ['sent', null],
    ])
    await say([{ person: 'dai' }])
    const none = { ...all.parts, mailer: null }
    await all.world.platform.apart(all.world.platform.systemActor, ORGANISATION, (context) =>
      deliverNotices(none, context),
    )
    expect((await log())[0]).toMatchObject({ state: 'skipped', problem: 'mail-off', target: 'DAI' })
  })
  test('nobody writes heads of a mail through a title', async () => {
    await wish()
    await say([{ person: 'dai' }], { params: { unit: 'x\r\nBcc: all@example.com', count: 1 } })
    await all.deliver()
    expect(all.mail.mails).toHaveLength(1)
    expect(all.mail.mails[0]!.data).not.toMatch(/^Bcc:/m)
  })
})

test('the job delivers what is urgent without waiting for the schedule', async () => {
  await add({ url: all.robots.url('wecom'), kind: 'wecom' })
  await say([{ team }])
  await all.world.platform.settle()
  expect(all.robots.heard).toHaveLength(1)
})
