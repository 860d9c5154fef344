/** Telling: who gets it, once for a key, into inboxes in both languages; swaps, turns and calls nobody reads. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OTHER_ORGANISATION, testPerson } from '#platform/testing/world'
import { rotaDraft } from '../contract.ts'
import { type NoticesWorld, openNoticesWorld, teamOf, words } from '../world-for-test.ts'
import { escalateUnread, forgetOldNotices } from './escalate.ts'
import { listNotices, noticeCounts, readAllNotices, readNotice, readPreferences, savePreferences } from './inbox.ts'
import { deleteOverride, onCallBoard, saveOverride, saveRota } from './on-call.ts'
import { type Receiver, tell, type Telling } from './tell.ts'
import { createTeam, deleteTeam, saveTeam } from './teams.ts'

let all: NoticesWorld
let serial = 0
const telling = (to: readonly Receiver[], part: Partial<Telling> = {}): Telling => {
  serial += 1
  const params = { unit: '一号大厅', count: 20 }
  return {
    to,
    kind: 'alert-raised',
    importance: 'normal',
    words,
    params,
    link: '/alerts/1',
    key: `k${serial}`,
    ...part,
  }
}
const say = (to: readonly Receiver[], part: Partial<Telling> = {}) =>
  all.run((context) => tell(context, telling(to, part)))
const inboxOf = async (id: string) => (await all.as(id).run((context) => listNotices(context, { limit: 50 }))).rows

const setActive = (id: string, active: boolean) =>
  all.world.records.ownerPool.query('update organisation.person set active = $2 where id = $1', [id, active])

beforeAll(async () => {
  all = await openNoticesWorld()
})
afterAll(() => all?.close())

describe('who is told', () => {
  test('people, once for a key; somebody new is told the same message; nobody unknown', async () => {
    const first = await say([{ person: 'ann' }, { person: 'ann' }, { person: 'ghost' }], { key: 'same' })
    expect(first.people).toEqual(['ann'])
    const again = await say([{ person: 'ann' }, { person: 'bo' }], { key: 'same' })
    expect(again).toMatchObject({ message: first.message, people: ['bo'] })
    expect(await inboxOf('ann')).toMatchObject([
      {
        title: { zh: '投诉预警：一号大厅', en: 'Complaints: 一号大厅' },
        body: { zh: '20 件', en: '20 cases' },
        kindName: { zh: '预警', en: 'Alerts' },
        link: '/alerts/1',
        readAt: null,
      },
    ])
  })
  test('holders of a role nearest to the unit; those of the whole organisation where nobody is nearer', async () => {
    const told = async (path: number[]) => (await say([{ role: 'department-head', path }])).people
    expect(await told([1, 2, 5])).toEqual(['bo'])
    expect(await told([1, 2, 3])).toEqual(['cai'])
    expect(await told([1, 9])).toEqual(['ann'])
    expect([...(await say([{ role: 'department-head' }])).people].sort()).toEqual(['ann', 'bo', 'cai'])
    expect((await say([{ role: 'regulator', path: [1] }])).people).toEqual([])
  })
  test('programmer mistakes are faults: kinds, links and keys that cannot be', async () => {
    await expect(say([], { kind: 'Alert Raised' })).rejects.toThrow('small letters')
    for (const link of ['https://evil.example', '//evil.example', '/a b', '/\\evil'])
      await expect(say([], { link })).rejects.toThrow('page of the product')
    await expect(say([], { key: '' })).rejects.toThrow('key')
  })
  test('rolled back with the transaction that tells', async () => {
    const before = (await inboxOf('dai')).length
    const fail = all.run(async (context) => {
      await tell(context, telling([{ person: 'dai' }]))
      throw new Error('later')
    })
    await expect(fail).rejects.toThrow('later')
    expect(await inboxOf('dai')).toHaveLength(before)
  })
  test('two transactions with one key at once tell once', async () => {
    const before = (await inboxOf('dai')).length
    await Promise.all([1, 2, 3, 4].map(() => say([{ person: 'dai' }], { key: 'race' })))
    expect(await inboxOf('dai')).toHaveLength(before + 1)
  })
})

describe('the inbox', () => {
  test('counts, reads one, reads all of a kind, and belongs to its owner', async () => {
    const cai = all.as('cai')
    await cai.run((context) => readAllNotices(context, {}))
    await say([{ person: 'cai' }], { importance: 'urgent' })
    await say([{ person: 'cai' }], { kind: 'drill-begun' })
    expect(await cai.run(noticeCounts)).toEqual({ unread: 2, urgent: 1 })
    const [newest] = await inboxOf('cai')
    await expect(all.as('ann').run((context) => readNotice(context, { id: newest!.id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const read = await cai.run((context) => readNotice(context, { id: newest!.id }))
    expect(read.readAt).toBe(all.world.clock.now().toString())
    expect(await cai.run((context) => readAllNotices(context, { kind: 'drill-begun' }))).toEqual({ read: 0 })
    expect(await cai.run((context) => readAllNotices(context, { kind: 'alert-raised' }))).toEqual({ read: 1 })
    expect(await cai.run((context) => readAllNotices(context, {}))).toEqual({ read: 0 })
  })
  test('goes page by page, by kind and unread', async () => {
    for (let number = 0; number < 5; number += 1) await say([{ person: 'dai' }], { kind: 'paging' })
    const dai = all.as('dai')
    const page = await dai.run((context) => listNotices(context, { limit: 3, kind: 'paging', unread: true }))
    expect(page.rows).toHaveLength(3)
    const rest = await dai.run((context) =>
      listNotices(context, { limit: 3, kind: 'paging', unread: true, cursor: page.nextCursor! }),
    )
    expect([rest.rows.length, rest.nextCursor]).toEqual([2, null])
    await expect(dai.run((context) => listNotices(context, { limit: 3, cursor: 'nonsense' }))).rejects.toMatchObject({
      code: 'INVALID',
    })
  })
  test('a kind taken out of the inbox is not shown, unless urgent', async () => {
    const ann = all.as('ann')
    const wish = await ann.run((context) => readPreferences(true, context))
    expect(wish).toMatchObject({ ways: { normal: 'digest' }, quiet: null, mailPossible: true })
    const kinds = [
      { kind: 'noise', way: 'at-once' as const, inbox: true },
      { kind: 'noise', way: 'off' as const, inbox: false },
    ]
    const saved = await ann.run((context) => savePreferences(true, context, { ...wish, kinds }))
    expect(saved.kinds).toHaveLength(1)
    const before = (await inboxOf('ann')).length
    await say([{ person: 'ann' }], { kind: 'noise' })
    expect(await inboxOf('ann')).toHaveLength(before)
    await say([{ person: 'ann' }], { kind: 'noise', importance: 'urgent' })
    expect(await inboxOf('ann')).toHaveLength(before + 1)
  })
  test('another organisation sees nothing, also under the same id', async () => {
    const other = all.world.as(testPerson('ann'), OTHER_ORGANISATION)
    expect((await other.run((context) => listNotices(context, { limit: 10 }))).rows).toEqual([])
  })
})

describe('on call', () => {
  const rota = (part: object = {}) =>
    rotaDraft.parse({
      people: ['ann', 'bo', 'cai'],
      every: 'day',
      startsOn: '2026-03-02',
      handoverAt: '08:00',
      ...part,
    })
  let team = ''
  const goTo = (instant: string) => all.world.clock.set(instant)
  beforeAll(async () => {
    team = (await all.run((context) => createTeam(context, teamOf('Response', ['ann', 'bo', 'cai'])))).id
  })
  test('without a rota, and before it begins, all members are told', async () => {
    expect([...(await say([{ onCall: team }])).people].sort()).toEqual(['ann', 'bo', 'cai'])
    await all.run((context) => saveRota(context, { id: team, ...rota({ startsOn: '2026-05-01' }) }))
    expect((await say([{ onCall: team }])).people).toHaveLength(3)
  })
  test('whoever is on call is told; an urgent call nobody reads goes down the line, once round', async () => {
    goTo('2026-03-03T02:00:00Z')
    await all.run((context) => saveRota(context, { id: team, ...rota() }))
    expect((await say([{ onCall: team }], { importance: 'urgent', key: 'call' })).people).toEqual(['bo'])
    const calledNow = async () => {
      const rows = await Promise.all(['ann', 'bo', 'cai'].map(async (id) => [id, (await inboxOf(id))[0]] as const))
      return rows
        .filter(([, newest]) => newest?.importance === 'urgent' && newest.kind === 'alert-raised')
        .map(([id, newest]) => [id, newest!.step])
    }
    await all.run(escalateUnread)
    expect(await calledNow()).toEqual([['bo', 0]])
    all.world.clock.advance({ minutes: 15 })
    await Promise.all([all.run(escalateUnread), all.run(escalateUnread)])
    expect(await calledNow()).toEqual([
      ['bo', 0],
      ['cai', 1],
    ])
    all.world.clock.advance({ minutes: 15 })
    await all.run(escalateUnread)
    expect(await calledNow()).toEqual([
      ['ann', 2],
      ['bo', 0],
      ['cai', 1],
    ])
    all.world.clock.advance({ minutes: 60 })
    await all.run(escalateUnread)
    expect(await calledNow()).toHaveLength(3)
  })
  test('reading stops the calls; somebody stopped meanwhile is passed over', async () => {
    await say([{ onCall: team }], { importance: 'urgent' })
    await all.as('bo').run((context) => readAllNotices(context, {}))
    all.world.clock.advance({ minutes: 20 })
    const before = (await inboxOf('cai')).length
    await all.run(escalateUnread)
    expect(await inboxOf('cai')).toHaveLength(before)
    await say([{ onCall: team }], { importance: 'urgent' })
    await setActive('cai', false)
    all.world.clock.advance({ minutes: 20 })
    await all.run(escalateUnread)
    expect((await inboxOf('ann'))[0]).toMatchObject({ step: 1, importance: 'urgent' })
    await setActive('cai', true)
  })
  test('swaps: own turns by oneself, others by who may; refused in words', async () => {
    goTo('2026-03-03T02:00:00Z')
    const swap = {
      team,
      from: '2026-03-03T02:00:00Z',
      until: '2026-03-03T12:00:00Z',
      person: 'cai',
      because: 'swap' as const,
    }
    const act = (id: string, part: object = {}) =>
      all.as(id).run((context) => saveOverride(context, { ...swap, ...part }))
    await expect(act('ann')).rejects.toMatchObject({ code: 'SHIFT_NOT_YOURS' })
    await expect(act('bo', { person: 'dai' })).rejects.toMatchObject({ code: 'NOT_A_MEMBER' })
    await expect(act('bo', { person: 'ghost' })).rejects.toMatchObject({
      code: 'PERSON_UNKNOWN',
      data: { field: 'person' },
    })
    for (const until of ['2026-03-03T01:00:00Z', '2026-03-03T02:00:00Z', '2029-03-03T02:00:00Z'])
      await expect(act('bo', { until })).rejects.toMatchObject({ code: 'SHIFT_UPSIDE_DOWN' })
    const line = await act('bo')
    expect(line).toMatchObject({ now: { id: 'cai' }, nowUntil: '2026-03-03T12:00:00Z', next: { id: 'bo' } })
    expect(line.shifts[0]).toMatchObject({
      person: { name: 'CAI' },
      override: { because: 'swap', insteadOf: { id: 'bo' } },
    })
    expect((await say([{ onCall: team }])).people).toEqual(['cai'])
    // Stepping in for somebody needs no right.
    await act('ann', { person: 'ann', from: '2026-03-04T00:00:00Z', until: '2026-03-04T06:00:00Z' })
    const id = line.shifts[0]!.override!.id
    await expect(all.as('ann').run((context) => deleteOverride(context, { id }))).rejects.toMatchObject({
      code: 'SHIFT_NOT_YOURS',
    })
    expect(await all.as('bo').run((context) => deleteOverride(context, { id }))).toMatchObject({ now: { id: 'bo' } })
  })
  test('the board shows four weeks to those who may see', async () => {
    const [line] = await all.run(onCallBoard)
    expect(line!.shifts.at(-1)!.until).toBe('2026-03-31T02:00:00Z')
    expect(await all.as('dai').run(onCallBoard)).toEqual([])
    expect(await all.as('bo').run(onCallBoard)).toHaveLength(1)
  })
  test('teams: names are single, members are people, who leaves takes no turns', async () => {
    const make = (name: string, members: string[]) => all.run((context) => createTeam(context, teamOf(name, members)))
    await expect(make('response', [])).rejects.toMatchObject({ code: 'TEAM_NAME_TAKEN' })
    await expect(make('Other', ['ghost'])).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' })
    const saved = await all.run((context) =>
      saveTeam(context, { id: team, ...teamOf('Response', ['ann', 'cai', 'ann']) }),
    )
    expect([saved.members.map((member) => member.id), saved.rota?.people]).toEqual([
      ['ann', 'cai'],
      ['ann', 'cai'],
    ])
    await expect(all.run((context) => saveRota(context, { id: team, ...rota() }))).rejects.toMatchObject({
      code: 'NOT_A_MEMBER',
    })
    await all.run((context) => deleteTeam(context, { id: team }))
    expect((await say([{ team }, { person: 'ann' }])).people).toEqual(['ann'])
  })
})

test('old notices are forgotten', async () => {
  all.world.clock.advance({ days: 366 })
  await say([{ person: 'bo' }], { key: 'young' })
  await all.run(forgetOldNotices)
  expect(await inboxOf('bo')).toHaveLength(1)
})
