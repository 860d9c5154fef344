/** Dashboards against real records: versions, conflicts, sharing, defaults, and what others never see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RoleName } from '#organisation/contract'
import type { Actor } from '#platform/context'
import { openTestWorld, ORGANISATION, OTHER_ORGANISATION, testPerson, type TestWorld } from '#platform/testing/world'
import type { DashboardDraft } from '../contract.ts'
import { reportsModule } from '../module.ts'
import {
  copyDashboard,
  createDashboard,
  deleteDashboard,
  listDashboards,
  readDashboard,
  recoverDashboard,
  saveDashboard,
  shareDashboard,
} from './dashboards.ts'
import {
  chooseHome,
  homeDashboard,
  listDefaults,
  listVersions,
  readVersion,
  restoreVersion,
  setRoleDefault,
} from './defaults.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ modules: [reportsModule], organisations: [ORGANISATION, OTHER_ORGANISATION] })
})
afterAll(() => world.close())

const somebody = (name: string, role: RoleName, ...permissions: string[]): Actor => ({
  ...testPerson(name, ['measurements.read', ...permissions]),
  roles: [role],
})
const office = somebody('office', 'improvement-office', 'dashboards.edit', 'dashboards.assign')
const head = somebody('head', 'department-head', 'dashboards.edit')
const staff = somebody('staff', 'staff')

const draft = (title: string, part: Partial<DashboardDraft> = {}): DashboardDraft => ({
  kind: 'desk',
  title: { zh: title, en: title },
  scope: { entity: null, grain: 'month', periods: 24 },
  pages: [
    {
      title: null,
      tiles: [
        { id: 'a', box: { x: 0, y: 0, w: 3, h: 3 }, title: null, scope: { from: 'page' }, show: { kind: 'clock' } },
      ],
    },
  ],
  secondsPerPage: 20,
  ...part,
})
const make = (who: Actor, title: string, part?: Partial<DashboardDraft>) =>
  world.as(who).run((context) => createDashboard(context, { draft: draft(title, part) }))
const titlesOf = async (who: Actor, organisation?: string) =>
  (await world.as(who, organisation).run((context) => listDashboards(context, { limit: 200 }))).rows.map(
    (row) => row.title.en,
  )

describe('saving', () => {
  test('each save is a version; whoever saves an old one is told who and when', async () => {
    const made = await make(head, 'versions')
    expect(made).toMatchObject({ version: 1, tileCount: 1, sharing: { with: 'nobody' }, mayEdit: true })
    const second = await world
      .as(head)
      .run((context) => saveDashboard(context, { id: made.id, version: 1, draft: draft('renamed') }))
    expect(second).toMatchObject({ version: 2, title: { en: 'renamed' } })
    await expect(
      world.as(head).run((context) => saveDashboard(context, { id: made.id, version: 1, draft: draft('late') })),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', data: { version: 2, by: 'head' } })
    const back = await world.as(head).run((context) => restoreVersion(context, { id: made.id, version: 1 }))
    expect(back).toMatchObject({ version: 3, title: { en: 'versions' } })
    const { rows } = await world.as(head).run((context) => listVersions(context, { id: made.id, limit: 50 }))
    expect(rows.map((row) => [row.version, row.restoredFrom])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ])
    const paged = await world.as(head).run((context) => listVersions(context, { id: made.id, limit: 1 }))
    const next = await world
      .as(head)
      .run((context) => listVersions(context, { id: made.id, limit: 1, cursor: paged.nextCursor! }))
    expect(next.rows[0]?.version).toBe(2)
    const old = await world.as(head).run((context) => readVersion(context, { id: made.id, version: 2 }))
    expect(old.draft.title.en).toBe('renamed')
    await expect(
      world.as(head).run((context) => readVersion(context, { id: made.id, version: 9 })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of two who save at once one is told', async () => {
    const made = await make(head, 'race')
    const save = (title: string) =>
      world.as(head).run((context) => saveDashboard(context, { id: made.id, version: 1, draft: draft(title) }))
    const outcomes = await Promise.allSettled([save('one'), save('two')])
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CHANGED_MEANWHILE' } })
  })

  test('tiles that cover each other are refused with their place', async () => {
    const [page] = draft('x').pages
    const twice = [page!.tiles[0]!, { ...page!.tiles[0]!, id: 'b' }]
    await expect(make(head, 'x', { pages: [{ title: null, tiles: twice }] })).rejects.toMatchObject({
      code: 'LAYOUT_INVALID',
      data: { issues: [{ field: 'pages.0.tiles.1', rule: 'tiles-overlap' }] },
    })
  })

  test('a wall stays a wall', async () => {
    const made = await make(head, 'wall', { kind: 'wall' })
    const saved = await world
      .as(head)
      .run((context) => saveDashboard(context, { id: made.id, version: 1, draft: draft('wall', { kind: 'desk' }) }))
    expect(saved.draft.kind).toBe('wall')
  })
})

describe('sharing', () => {
  test('private, by role, by everybody; others copy', async () => {
    const made = await make(head, 'shared')
    const see = () => world.as(staff).run((context) => readDashboard(context, { id: made.id }))
    await expect(see()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.as(office).run((context) => readDashboard(context, { id: made.id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await titlesOf(staff)).not.toContain('shared')
    const share = (sharing: Parameters<typeof shareDashboard>[1]['sharing']) =>
      world.as(head).run((context) => shareDashboard(context, { id: made.id, sharing }))
    await share({ with: 'roles', roles: ['staff'] })
    expect(await see()).toMatchObject({ mayEdit: false, mayShare: false })
    expect(await titlesOf(staff)).toContain('shared')
    expect(await titlesOf(office)).toContain('shared')
    const steering = somebody('steering', 'steering-group', 'dashboards.edit')
    expect(await titlesOf(steering)).not.toContain('shared')
    await share({ with: 'everyone' })
    expect(await titlesOf(steering)).toContain('shared')
    await expect(
      world.as(steering).run((context) => saveDashboard(context, { id: made.id, version: 1, draft: draft('no') })),
    ).rejects.toMatchObject({ code: 'NOT_YOURS' })
    const copy = await world
      .as(steering)
      .run((context) => copyDashboard(context, { id: made.id, title: { zh: '副本', en: 'copy' } }))
    expect(copy).toMatchObject({ owner: { id: 'steering' }, version: 1, sharing: { with: 'nobody' }, mayEdit: true })
    expect(copy.draft.pages).toEqual(made.draft.pages)
  })

  test('another organisation sees nothing', async () => {
    const made = await make(head, 'ours')
    await world.as(head).run((context) => shareDashboard(context, { id: made.id, sharing: { with: 'everyone' } }))
    expect(await titlesOf(office, OTHER_ORGANISATION)).toEqual([])
    await expect(
      world.as(office, OTHER_ORGANISATION).run((context) => readDashboard(context, { id: made.id })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('taken away is gone for all, and comes back', async () => {
    const made = await make(head, 'gone')
    await world.as(head).run((context) => deleteDashboard(context, { id: made.id }))
    expect(await titlesOf(head)).not.toContain('gone')
    await expect(world.as(head).run((context) => readDashboard(context, { id: made.id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(world.as(staff).run((context) => recoverDashboard(context, { id: made.id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await world.as(head).run((context) => recoverDashboard(context, { id: made.id }))
    expect(await titlesOf(head)).toContain('gone')
  })

  test.each(['nonsense', '00000000-0000-0000-0000-000000000000'])('nothing is called %s', async (id) => {
    for (const act of [readDashboard, deleteDashboard, recoverDashboard] as const) {
      const tried = world.as(head).run<unknown>((context) => act(context, { id }))
      await expect(tried).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

describe('what people begin with', () => {
  test('only what the role sees; own choice first; taken away falls back', async () => {
    const made = await make(office, 'for staff')
    const give = (id: string | null) =>
      world.as(office).run((context) => setRoleDefault(context, { role: 'staff', id }))
    const home = () => world.as(staff).run((context) => homeDashboard(context))
    await expect(give(made.id)).rejects.toMatchObject({ code: 'NOT_SHARED_WITH_ROLE' })
    await world
      .as(office)
      .run((context) => shareDashboard(context, { id: made.id, sharing: { with: 'roles', roles: ['staff'] } }))
    await give(made.id)
    expect(await home()).toEqual({ id: made.id, because: 'role' })
    expect(await world.as(staff).run((context) => listDefaults(context))).toMatchObject([
      { role: 'staff', id: made.id, setBy: 'office' },
    ])
    // Who begins with it may not be left out afterwards.
    await expect(
      world.as(office).run((context) => shareDashboard(context, { id: made.id, sharing: { with: 'nobody' } })),
    ).rejects.toMatchObject({ code: 'NOT_SHARED_WITH_ROLE' })
    const other = await make(head, 'chosen')
    await world.as(head).run((context) => shareDashboard(context, { id: other.id, sharing: { with: 'everyone' } }))
    await world.as(staff).run((context) => chooseHome(context, { id: other.id }))
    expect(await home()).toEqual({ id: other.id, because: 'chosen' })
    await world.as(head).run((context) => shareDashboard(context, { id: other.id, sharing: { with: 'nobody' } }))
    expect(await home()).toEqual({ id: made.id, because: 'role' })
    await world.as(office).run((context) => deleteDashboard(context, { id: made.id }))
    expect(await home()).toEqual({ id: null, because: 'none' })
    await world.as(office).run((context) => recoverDashboard(context, { id: made.id }))
    await give(null)
    expect(await home()).toEqual({ id: null, because: 'none' })
  })

  test('a wall is nobody’s beginning', async () => {
    const wall = await make(office, 'hall', { kind: 'wall' })
    await world.as(office).run((context) => shareDashboard(context, { id: wall.id, sharing: { with: 'everyone' } }))
    await expect(
      world.as(office).run((context) => setRoleDefault(context, { role: 'staff', id: wall.id })),
    ).rejects.toMatchObject({ code: 'NO_DESK' })
    await expect(world.as(staff).run((context) => chooseHome(context, { id: wall.id }))).rejects.toMatchObject({
      code: 'NO_DESK',
    })
  })
})

test('the list goes on where a page ended', async () => {
  const before = await titlesOf(head)
  const walked: string[] = []
  let cursor: string | undefined
  do {
    const page = await world
      .as(head)
      .run((context) => listDashboards(context, { limit: 3, ...(cursor === undefined ? {} : { cursor }) }))
    walked.push(...page.rows.map((row) => row.title.en))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(walked).toEqual(before)
})
