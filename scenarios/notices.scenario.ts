/** The whole story of a call: a team with a robot and a rota, an urgent notice at night, nobody reads, the next is called, the operator sees it all. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tell } from '../modules/notices/actions/tell.ts'
import {
  type FakeMail,
  fakeMail,
  type FakeRobots,
  fakeRobots,
} from '../modules/notices/channels/fake-robots-for-test.ts'
import type { Preferences } from '../modules/notices/contract.ts'
import { type House, openHouse } from './house.ts'

let house: House
let robots: FakeRobots
let mail: FakeMail
const words = {
  name: { zh: '预警', en: 'Alerts raised' },
  title: { zh: '红色预警：{unit}', en: 'Red alert: {unit}' },
  body: { zh: '本周投诉 {count} 件，是平时的两倍。', en: '{count} complaints this week, twice as many as usual.' },
}
const atOnce: Preferences = {
  language: 'zh',
  ways: { urgent: 'at-once', normal: 'at-once', low: 'off' },
  kinds: [],
  quiet: { from: '22:00', until: '07:00' },
  digestHour: 8,
}
const SECRET = 'SECscenario'

/** What an open screen hears. */
async function listen(cookie: string, wanted: string, deed: () => Promise<unknown>): Promise<number> {
  const stop = new AbortController()
  const answer = await fetch(`${house.address}/api/live`, { headers: { cookie }, signal: stop.signal })
  const began = performance.now()
  await deed()
  let text = ''
  for await (const part of answer.body!) {
    text += new TextDecoder().decode(part)
    if (text.includes(wanted)) break
  }
  stop.abort()
  return performance.now() - began
}

beforeAll(async () => {
  mail = await fakeMail()
  house = await openHouse({
    timeZone: 'Asia/Shanghai',
    start: '2026-03-10',
    pullPrivate: true,
    mail: { url: mail.url, from: '闭环 <bihuan@scenario.example>' },
  })
  robots = await fakeRobots(() => house.clock.now())
})
afterAll(async () => {
  await house?.close()
  await robots?.close()
  await mail?.close()
})

test('from a team to a call that is answered', async () => {
  const { platform } = house.installation
  const office = await house.as('improvement-office')
  const [head, staff] = [await house.as('department-head'), await house.as('staff')]
  const headId = (await head.organisation.me({})).person.id
  const staffId = (await staff.organisation.me({})).person.id
  const team = await office.notices.createTeam({
    name: '一号大厅应急组',
    members: [headId, staffId],
    preferences: atOnce,
  })
  robots.rules.secret = SECRET
  robots.rules.keyword = '闭环'
  const { robot } = await office.notices.addRobot({
    id: team.id,
    kind: 'dingtalk',
    title: '应急群',
    url: robots.url('dingtalk'),
    secret: SECRET,
    keyword: '闭环',
  })
  await office.notices.testRobot({ id: robot.id })
  await platform.settle()
  expect(robots.heard).toMatchObject([{ verdict: 'ok', title: '【闭环】测试消息' }])

  const board = await office.notices.saveRota({
    id: team.id,
    people: [headId, staffId],
    every: 'week',
    startsOn: '2026-03-09',
    escalateMinutes: 10,
  })
  expect([board.now?.id, board.next?.id, board.shifts.length]).toEqual([headId, staffId, 5])

  // At night; quiet hours do not hold back what is urgent.
  house.clock.stand(Temporal.Instant.from('2026-03-10T16:00:00Z'))
  const call = (key: string, importance: 'urgent' | 'normal') =>
    platform.run(platform.systemActor, officeOrganisation, (context) =>
      tell(context, {
        to: [{ onCall: team.id }],
        kind: 'alert-raised',
        importance,
        words,
        params: { unit: '一号大厅', count: 40 },
        link: '/alerts',
        key,
      }),
    )
  const officeOrganisation = (await office.organisation.me({})).organisation.id
  const milliseconds = await listen(await house.cookieOf('department-head'), 'notices.told', () =>
    call('alert 1', 'urgent'),
  )
  expect(milliseconds).toBeLessThan(10_000)
  await call('alert 1', 'urgent')
  await call('alert 2', 'normal')
  await platform.settle()
  expect(await head.notices.noticeCounts({})).toEqual({ unread: 2, urgent: 1 })
  expect(await staff.notices.noticeCounts({})).toEqual({ unread: 0, urgent: 0 })
  expect(robots.heard.filter(({ text }) => text.includes('红色预警'))).toHaveLength(1)
  expect(mail.mails.map(({ to }) => to)).toEqual(['department-head@scenario.example'])

  // Nobody reads it for ten minutes: the next in turn is called.
  house.clock.stand(Temporal.Instant.from('2026-03-10T16:11:00Z'))
  await platform.runSchedule('notices.escalate')
  await platform.settle()
  const [called] = (await staff.notices.listNotices({ unread: true })).rows
  expect(called).toMatchObject({ step: 1, title: { zh: '红色预警：一号大厅' }, importance: 'urgent' })
  await staff.notices.readNotice({ id: called!.id })
  expect(await staff.notices.noticeCounts({})).toEqual({ unread: 0, urgent: 0 })
  await expect(head.notices.readNotice({ id: called!.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })

  // In the morning what waited goes out; the operator sees every message and no secret.
  house.clock.stand(Temporal.Instant.from('2026-03-11T00:00:00Z'))
  await platform.runSchedule('notices.deliver')
  const { rows } = await office.notices.listNoticeDeliveries({ limit: 50 })
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'sent'))
  expect(rows.length).toBe(6)
  expect(JSON.stringify([rows, await office.notices.listTeams({})])).not.toMatch(/SECscenario|token-of-a-test/)
  await expect(staff.notices.listNoticeDeliveries({})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(staff.notices.createTeam({ name: 'x', members: [], preferences: atOnce })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })

  // Own turns change hands without asking anybody.
  const swapped = await head.notices.saveOverride({
    team: team.id,
    from: '2026-03-12T00:00:00Z',
    until: '2026-03-13T00:00:00Z',
    person: staffId,
    because: 'swap',
  })
  expect(swapped.shifts.map((shift) => shift.person.id).slice(0, 3)).toEqual([headId, staffId, headId])
})
