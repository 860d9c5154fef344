/** What happens to a published ranking: late events, new keys, requests for correction, corrections, withdrawal; two versions side by side. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '../apps/demo/stories.ts'
import type { Publication } from '../modules/evaluation/contract.ts'
import {
  HALLS,
  MARCH,
  openAddress,
  openPublishingWorld,
  type PublishingWorld,
  scheme,
  type SignedFile,
} from './publishing/world.ts'

let world: PublishingWorld
let office: Api
let anyone: Api
let organisation = ''
let march: Publication
const as = (name: string) => world.as(name)
const scoresOf = (id: string, name?: string) => world.scoresOf(id, name)
const rowOf = (id: string, key: string) => world.rowOf(id, key)
const fileOf = (path: string, name?: string) => world.fileOf(path, name)
const get = (path: string, name?: string) => world.get(path, name)
let first: SignedFile
let address: Awaited<ReturnType<typeof openAddress>>

beforeAll(async () => {
  world = await openPublishingWorld()
  ;({ office, anyone, organisation } = world)
  march = await world.publishMarch()
  address = await openAddress()
  await office.evaluation.createSubscription({
    title: 'All',
    url: address.url,
    events: ['scores.published', 'scores.corrected', 'scores.withdrawn'],
  })
  await office.evaluation.saveConsequence({
    id: 'traffic',
    title: { zh: '分流', en: 'Traffic' },
    scheme: 'halls',
    grain: 'month',
    kind: 'share',
    from: 'stars',
    table: [[1, 1]],
  })
  first = await fileOf(`/organisations/${organisation}/league-tables/${march.id}/file`)
})
afterAll(async () => {
  address?.close()
  await world?.close()
})

describe('after it', () => {
  let request = ''
  let second: Publication
  test('late events never change what is published; it says that there are newer calculations', async () => {
    const before = await scoresOf(march.id)
    await office.measurement.recordEvents({ events: world.visitsOf('H03', '2026-03', 40, 0) })
    await world.house.installation.platform.settle()
    const now = await office.evaluation.readPublication({ id: march.id })
    expect(now.newer).toMatchObject({ differs: true })
    expect(await scoresOf(march.id)).toEqual(before)
    const table = await anyone.evaluation.readLeagueTable({ organisation, id: march.id })
    expect(table.newerCalculationAt).not.toBeNull()
    expect(await fileOf(`/organisations/${organisation}/league-tables/${march.id}/file`)).toEqual(first)
  })

  test('keys are renewed: what the old one signed stays good', async () => {
    const officer = await world.house.as('security-officer')
    await expect(office.organisation.rotateSigningKey({})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const fresh = await officer.organisation.rotateSigningKey({})
    const keys = await anyone.organisation.listSigningKeys({ organisation })
    expect(keys.keys.map((key) => [key.keyId, key.retiredAt === null])).toEqual([
      [first.signature.keyId, false],
      [fresh.keyId, true],
    ])
    expect(world.recompute(first, keys).code).toBe(0)
  })

  test('a request for correction that is upheld makes a correction of the frozen inputs, not of the newer ones', async () => {
    const made = await as('north').evaluation.makeAppeal({
      id: march.id,
      entity: 'H02',
      item: 'prompt',
      text: '系统停机期间的记录重复计算，请更正按时率。',
    })
    request = made.id
    expect(made.against).toBe('published')
    const decided = await as('both').evaluation.decideAppeal({
      id: request,
      outcome: 'upheld',
      reason: '已与日志核对。',
      adjustments: [{ kind: 'set', item: 'prompt', value: 98, n: 70, reason: '停机 5 笔' }],
    })
    second = await office.evaluation.readPublication({ id: decided.correctedIn! })
    expect(second).toMatchObject({ state: 'preview', corrects: march.id, baseRun: march.baseRun, obstacles: [] })
    expect(second.adjustments.map((each) => each.of)).toEqual(['prompt'])
    // What is published stands until the correction is.
    expect(await office.evaluation.readPublication({ id: march.id })).toMatchObject({ state: 'published' })
    const [old, now] = [await rowOf(march.id, 'H02'), await rowOf(second.id, 'H02')]
    const points = (row: typeof old) => row.parts.find((part) => part.item === 'prompt')!.points!
    expect(points(now)).toBeCloseTo(96, 8)
    expect(now.composite! - old.composite!).toBeCloseTo(0.6 * (96 - points(old)), 8)
    // H03 got worse by late events, but not in what is corrected from the frozen inputs.
    expect((await rowOf(second.id, 'H03')).composite).toBeCloseTo((await rowOf(march.id, 'H03')).composite!, 10)
  })

  test('a second one is taken up in the same correction, before it is published', async () => {
    const made = await as('head of H08').evaluation.makeAppeal({
      id: march.id,
      entity: 'H08',
      item: 'rating',
      text: '有两条评分来自测试账号，请不计入。',
    })
    const decided = await as('group').evaluation.decideAppeal({
      id: made.id,
      outcome: 'upheld',
      reason: '属实。',
      adjustments: [{ kind: 'leave-out', item: 'rating', reason: '测试账号' }],
    })
    expect(decided.correctedIn).toBe(second.id)
    const now = await office.evaluation.readPublication({ id: second.id })
    expect(now.adjustments).toHaveLength(2)
    expect((await rowOf(second.id, 'H08')).parts[1]).toMatchObject({ missingBecause: 'no-value', effectiveWeight: 0 })
  })

  test('published, it takes the place of the first; both stay readable and tell of each other', async () => {
    const { heard } = address
    heard.length = 0
    second = await office.evaluation.publishPublication({ id: second.id })
    await world.house.installation.platform.settle()
    const old = await as('reader').evaluation.readPublication({ id: march.id })
    expect(old).toMatchObject({ state: 'corrected', correctedBy: second.id, endedBecause: '已与日志核对。', may: [] })
    expect(await scoresOf(march.id, 'reader')).toHaveLength(10)
    expect(heard.map(({ body }) => (JSON.parse(body) as { type: string; data: object }).type)).toEqual([
      'scores.corrected',
    ])
    expect(JSON.parse(heard[0]!.body)).toMatchObject({ data: { publication: second.id, corrects: march.id } })
    const keys = await anyone.organisation.listSigningKeys({ organisation })
    const corrected = await fileOf(`/organisations/${organisation}/league-tables/${second.id}/file`)
    expect(corrected.signature.keyId).not.toBe(first.signature.keyId)
    expect(world.recompute(corrected, keys)).toMatchObject({ code: 0 })
    expect(world.recompute(first, keys)).toMatchObject({ code: 0 })
    await expect(
      as('north').evaluation.makeAppeal({ id: march.id, entity: 'H01', text: '这一份已经更正过了吧？请核对。' }),
    ).rejects.toMatchObject({ code: 'APPEAL_CLOSED', data: { because: 'ended', newest: second.id } })
    const { rows } = await anyone.evaluation.listLeagueTables({ organisation })
    expect(rows.map((row) => [row.id, row.state])).toEqual([
      [second.id, 'published'],
      [march.id, 'corrected'],
    ])
  })

  test('the office corrects by the newest calculation too, with a reason and the whole way', async () => {
    const draft = (part: object) => office.evaluation.draftPublication({ ...MARCH, ...part })
    await expect(draft({ corrects: second.id })).rejects.toMatchObject({ code: 'INVALID' })
    await expect(draft({ corrects: march.id, reason: 'x' })).rejects.toMatchObject({ code: 'CORRECTION_MISFIT' })
    const [third] = await draft({ corrects: second.id, reason: '补录数据' })
    expect(third).toMatchObject({ state: 'draft', corrects: second.id, adjustments: [], newer: null })
    await office.evaluation.previewPublication({ id: third!.id })
    await expect(office.evaluation.publishPublication({ id: third!.id })).rejects.toMatchObject({
      code: 'APPEAL_WINDOW_OPEN',
    })
    const given = await office.evaluation.discardPublication({ id: third!.id, reason: '暂不更正' })
    expect(given).toMatchObject({ state: 'discarded', endedBecause: '暂不更正' })
    await expect(as('reader').evaluation.readPublication({ id: third!.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('the next period holds on to the stars that were published', async () => {
    world.house.clock.stand(Temporal.Instant.from('2026-05-01T02:00:00Z'))
    await office.measurement.recordEvents({
      events: HALLS.flatMap((hall) => world.visitsOf(hall, '2026-04', 60, 0.7)),
    })
    const { platform } = world.house.installation
    await platform.settle()
    await platform.runSchedule('evaluation.scoreDue')
    await platform.runSchedule('evaluation.scoreLive')
    await platform.settle()
    const [april] = await office.evaluation.draftPublication({ scheme: 'halls', periodStart: '2026-04-01' })
    const published = new Map((await scoresOf(second.id)).map((row) => [row.entity.key, row]))
    for (const row of await scoresOf(april!.id)) {
      if (row.withheld) continue
      const then = published.get(row.entity.key)!
      expect([row.entity.key, row.starsBefore]).toEqual([row.entity.key, then.stars])
      if (then.composite !== null) expect(row.change).toBeCloseTo(row.composite! - then.composite, 8)
    }
  })

  test('withdrawn, it says that it was, when and why, and shows nothing of it', async () => {
    const { heard } = address
    heard.length = 0
    await office.evaluation.withdrawPublication({ id: second.id, reason: '口径有误' })
    await world.house.installation.platform.settle()
    expect(heard).toHaveLength(1)
    const table = await anyone.evaluation.readLeagueTable({ organisation, id: second.id })
    expect(table).toMatchObject({ state: 'withdrawn', endedBecause: '口径有误', file: null })
    expect((await anyone.evaluation.listLeagueRows({ organisation, id: second.id })).rows).toEqual([])
    expect((await get(`/organisations/${organisation}/league-tables/${second.id}/file`)).status).toBe(404)
    expect(await scoresOf(second.id, 'reader')).toEqual([])
    expect(await scoresOf(second.id)).toHaveLength(10)
    await expect(office.evaluation.readConsequence({ id: 'traffic' })).rejects.toMatchObject({
      code: 'NOTHING_PUBLISHED',
    })
    await expect(office.evaluation.withdrawPublication({ id: second.id, reason: 'x' })).rejects.toMatchObject({
      code: 'PUBLICATION_STATE',
    })
    const [again] = await office.evaluation.draftPublication({ ...MARCH })
    expect(again).toMatchObject({ state: 'draft', corrects: null })
  })
})

describe('two versions side by side', () => {
  test('are published together, on both tracks', async () => {
    await office.evaluation.saveScheme(scheme({ id: 'pair', publishing: { appealDays: 0, open: false } }))
    await office.evaluation.adoptScheme({ id: 'pair', version: 1, adoption: {} })
    const other = scheme({ id: 'pair', publishing: { appealDays: 0, open: false }, gates: [] })
    await office.evaluation.saveScheme(other)
    await office.evaluation.adoptScheme({
      id: 'pair',
      version: 2,
      adoption: { effectiveFrom: '2026-04-01', overlapUntil: '2026-05-31', reason: 'No gates' },
    })
    await world.house.installation.platform.settle()
    const drafts = await office.evaluation.draftPublication({ scheme: 'pair', periodStart: '2026-04-01' })
    expect(drafts.map((draft) => [draft.track, draft.version])).toEqual([
      ['main', 2],
      ['overlap', 1],
    ])
    const [main, beside] = drafts as [Publication, Publication]
    expect([main.companion, beside.companion]).toEqual([beside.id, main.id])
    await office.evaluation.previewPublication({ id: beside.id })
    await office.evaluation.publishPublication({ id: main.id })
    for (const { id } of drafts)
      expect(await office.evaluation.readPublication({ id })).toMatchObject({ state: 'published' })
    // A scheme that is not open shows nothing to anyone.
    for (const { id } of drafts)
      await expect(anyone.evaluation.readLeagueTable({ organisation, id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(world.recompute(await fileOf(`/score-publications/${beside.id}/file`, 'office'))).toMatchObject({ code: 0 })
  })
})
