/** A ranking on its way to the public (EVA-5): drafted, shown to the rated, objected to with evidence, decided by somebody else, published. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiClient, signInTo } from '#platform/http/client'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import type { Publication } from '../modules/evaluation/contract.ts'
import { foundOrganisation } from '../modules/organisation/actions/set-up.ts'
import { PASSWORD } from './house.ts'
import { HALLS, MARCH, openPublishingWorld, type PublishingWorld, TINY } from './publishing/world.ts'

let world: PublishingWorld
let office: Api
let anyone: Api
let organisation = ''
let march: Publication
const as = (name: string) => world.as(name)
const scoresOf = (id: string, name?: string) => world.scoresOf(id, name)
const get = (path: string, name?: string) => world.get(path, name)

beforeAll(async () => {
  world = await openPublishingWorld()
  ;({ office, anyone, organisation } = world)
})
afterAll(() => world?.close())

describe('on its way', () => {
  test('only what is over, scored and not published yet can be drafted, by those who may', async () => {
    const draft = (part: object, name = 'office') => as(name).evaluation.draftPublication({ ...MARCH, ...part })
    for (const name of ['reader', 'north', 'head of H08'])
      await expect(draft({}, name)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(draft({ scheme: 'nothing' })).rejects.toMatchObject({ code: 'SCHEME_UNKNOWN' })
    await expect(draft({ grain: 'week' })).rejects.toMatchObject({ code: 'GRAIN_NOT_SCORED' })
    await expect(draft({ periodStart: '2026-04-01' })).rejects.toMatchObject({ code: 'PERIOD_NOT_COMPLETE' })
    await expect(draft({ periodStart: '2019-04-01' })).rejects.toMatchObject({ code: 'SCORES_MISSING' })
    ;[march] = (await draft({})) as [Publication]
    expect(march).toMatchObject({ state: 'draft', track: 'main', units: 10, ranked: 9, open: true, newer: null })
    expect(march.may.toSorted()).toEqual(['discard', 'preview'])
    await expect(draft({})).rejects.toMatchObject({ code: 'PUBLICATION_EXISTS', data: { id: march.id } })
  })

  test('a draft is nobody else’s business', async () => {
    for (const name of ['reader', 'north', 'head of H08'])
      await expect(as(name).evaluation.readPublication({ id: march.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await as('reader').evaluation.listPublications({})).rows).toEqual([])
    await expect(anyone.evaluation.readLeagueTable({ organisation, id: march.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(office.evaluation.publishPublication({ id: march.id })).rejects.toMatchObject({
      code: 'PUBLICATION_STATE',
      data: { state: 'draft', act: 'publish' },
    })
  })

  test('a preview is shown to the rated, each their own units; the window lasts to the end of its last day', async () => {
    march = await office.evaluation.previewPublication({ id: march.id })
    expect(march).toMatchObject({
      state: 'preview',
      appealsUntil: '2026-04-17T16:00:00Z',
      obstacles: ['window-open'],
      may: ['discard'],
    })
    expect((await scoresOf(march.id)).map((row) => row.entity.key).toSorted()).toEqual(HALLS)
    expect((await scoresOf(march.id, 'north')).map((row) => row.entity.key).toSorted()).toEqual(HALLS.slice(0, 5))
    expect((await scoresOf(march.id, 'head of H08')).map((row) => [row.entity.key, row.mayAppeal])).toEqual([
      ['H08', true],
    ])
    expect(await as('north').evaluation.readPublication({ id: march.id })).toMatchObject({
      sees: 'own',
      may: ['appeal'],
    })
    await expect(as('reader').evaluation.readPublication({ id: march.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await as('group').evaluation.readPublication({ id: march.id })).toMatchObject({ sees: 'all' })
    await expect(office.evaluation.publishPublication({ id: march.id })).rejects.toMatchObject({
      code: 'APPEAL_WINDOW_OPEN',
    })
  })

  test('units too small to rank show nothing but their name, pages and filters work on previews too', async () => {
    const tiny = await world.rowOf(march.id, TINY)
    expect(tiny).toMatchObject({ withheld: true, composite: null, n: null, parts: [], notRankedBecause: 'too-few' })
    const page = await office.evaluation.listPublishedScores({ id: march.id, limit: 4 })
    const rest = await office.evaluation.listPublishedScores({ id: march.id, limit: 50, cursor: page.nextCursor! })
    expect([...page.rows, ...rest.rows].map((row) => row.entity.key).toSorted()).toEqual(HALLS)
    const left = await office.evaluation.listPublishedScores({ id: march.id, limit: 50, only: 'not-ranked' })
    expect(left.rows.map((row) => row.entity.key)).toEqual([TINY])
    const found = await as('north').evaluation.listPublishedScores({ id: march.id, limit: 50, search: 'H0' })
    expect(found.rows.map((row) => row.entity.key).toSorted()).toEqual(HALLS.slice(0, 5))
  })
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
async function upload(name: string, fileName: string, bytes: Uint8Array) {
  return fetch(`${world.house.address}/api/attachments?name=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: {
      cookie: world.cookieOf(name),
      origin: world.house.address,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(bytes),
  })
}

let objection = ''
describe('objections', () => {
  const text = '3月7日的事故经核实不属于本大厅，请复核。'
  const appeal = (name: string, entity: string, part: object = {}) =>
    as(name).evaluation.makeAppeal({ id: march.id, entity, item: null, text, ...part })

  test('are made by somebody responsible for the unit, with evidence', async () => {
    const refused: [string, string, object, string][] = [
      ['reader', 'H08', {}, 'NOT_ALLOWED'],
      ['office', 'H08', {}, 'NOT_ALLOWED'],
      ['north', 'H08', {}, 'APPEAL_NOT_RESPONSIBLE'],
      ['head of H08', 'H09', {}, 'APPEAL_NOT_RESPONSIBLE'],
      ['head of H08', 'H08', { item: 'nothing' }, 'INVALID'],
      ['head of H08', 'H08', { text: '不服' }, 'INVALID'],
      ['head of H08', 'H08', { attachments: ['01900000-0000-7000-8000-0000000000ff'] }, 'ATTACHMENT_UNKNOWN'],
      ['head of H08', 'NOWHERE', {}, 'NOT_FOUND'],
    ]
    for (const [name, entity, part, code] of refused)
      await expect(appeal(name, entity, part), `${name} ${entity} ${JSON.stringify(part)}`).rejects.toMatchObject({
        code,
      })
    expect((await upload('head of H08', 'run.exe', Buffer.from('MZ\0\x01'))).status).toBe(415)
    const { id: file } = (await (await upload('head of H08', '记录.png', PNG)).json()) as { id: string }
    const made = await appeal('head of H08', 'H08', { attachments: [file] })
    objection = made.id
    expect(made).toMatchObject({ state: 'open', mine: true, against: 'preview', entity: { key: 'H08' } })
    expect(made.attachments).toMatchObject([{ name: '记录.png', type: 'image/png' }])
    await expect(appeal('head of H08', 'H08')).rejects.toMatchObject({ code: 'APPEAL_EXISTS', data: { id: objection } })
    const other = await appeal('north', 'H02', { item: 'rating' })
    await expect(as('head of H08').evaluation.retractAppeal({ id: other.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await as('north').evaluation.retractAppeal({ id: other.id })).toMatchObject({ state: 'retracted' })
    await expect(as('north').evaluation.retractAppeal({ id: other.id })).rejects.toMatchObject({
      code: 'APPEAL_DECIDED',
    })
  })

  test('and their evidence are seen by those concerned only', async () => {
    const { attachments } = await as('head of H08').evaluation.readAppeal({ id: objection })
    const path = `/score-appeals/${objection}/attachments/${attachments[0]!.id}`
    for (const [name, status] of [
      ['head of H08', 200],
      ['office', 200],
      ['both', 200],
      ['north', 404],
      ['reader', 404],
      [undefined, 401],
    ] as const)
      expect([name, (await get(path, name)).status]).toEqual([name, status])
    const answer = await get(path, 'office')
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('记录.png'))
    expect((await answer.arrayBuffer()).byteLength).toBe(PNG.length)
    expect((await get(`/score-appeals/${objection}/attachments/none`, 'office')).status).toBe(404)
    await expect(as('north').evaluation.readAppeal({ id: objection })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const lengths = await Promise.all(
      ['office', 'head of H08', 'north', 'reader'].map(
        async (name) => (await as(name).evaluation.listAppeals({})).rows.length,
      ),
    )
    expect(lengths).toEqual([2, 1, 1, 0])
  })

  test('are decided by somebody else, and not by who is responsible', async () => {
    const decide = (name: string, part: object = {}) =>
      as(name).evaluation.decideAppeal({ id: objection, outcome: 'rejected', reason: 'No.', ...part } as never)
    await expect(decide('head of H08')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(decide('both')).rejects.toMatchObject({ code: 'DECISION_OWN', data: { because: 'responsible' } })
    await expect(decide('office', { outcome: 'upheld' })).rejects.toMatchObject({ code: 'INVALID' })
    const gone = { kind: 'gate', gate: 'none', value: null, reason: 'Not theirs.' }
    await expect(decide('office', { outcome: 'upheld', adjustments: [gone] })).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ field: 'adjustments.0.gate', rule: 'adjustment-unknown' }] },
    })
    const seen = await as('both').evaluation.readAppeal({ id: objection })
    expect([seen.mayDecide, seen.mayNotDecideBecause]).toEqual([false, 'responsible'])
    world.days(8)
    await expect(office.evaluation.publishPublication({ id: march.id })).rejects.toMatchObject({
      code: 'APPEALS_UNDECIDED',
      data: { count: 1 },
    })
    await expect(appeal('north', 'H01')).rejects.toMatchObject({
      code: 'APPEAL_CLOSED',
      data: { because: 'window-over' },
    })
  })

  test('upheld in the preview: the same calculation but for what was changed takes its place', async () => {
    const before = await scoresOf(march.id)
    const adjustments = [{ kind: 'gate' as const, gate: 'incident', value: null, reason: '事故属于另一家单位' }]
    const trial = await office.evaluation.tryAdjustments({ id: objection, adjustments })
    expect([trial.before.cappedBy, trial.before.stars, trial.after.cappedBy]).toEqual(['incident', 2, null])
    expect(trial.after.composite).toBeCloseTo(trial.before.composite!, 10)
    const decided = await as('group').evaluation.decideAppeal({
      id: objection,
      outcome: 'upheld',
      reason: '经核实。',
      adjustments,
    })
    expect(decided).toMatchObject({ state: 'upheld', correctedIn: march.id, decidedBy: 'group' })
    const now = await office.evaluation.readPublication({ id: march.id })
    expect(now).toMatchObject({ state: 'preview', baseRun: march.run, obstacles: [] })
    expect(now.run).not.toBe(march.run)
    expect(now.adjustments).toMatchObject([{ of: 'incident', before: { value: 1 }, after: { value: null } }])
    const after = await scoresOf(march.id)
    for (const row of after) {
      const then = before.find((each) => each.entity.key === row.entity.key)!
      const { stars, cappedBy, ...same } = row
      const { stars: thenStars, cappedBy: thenCapped, mayAppeal: _may, ...thenSame } = then
      if (row.entity.key !== 'H08') expect([stars, cappedBy]).toEqual([thenStars, thenCapped])
      else expect(stars).toBe(trial.after.stars)
      // The same chance was drawn again: ranges of ranks are the same to the last unit.
      expect(same).toMatchObject({ ...thenSame })
    }
    await expect(
      as('group').evaluation.decideAppeal({ id: objection, outcome: 'rejected', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'APPEAL_DECIDED' })
  })
})

describe('published', () => {
  test('by the office, once nothing stands against it', async () => {
    march = await office.evaluation.publishPublication({ id: march.id })
    expect(march).toMatchObject({ state: 'published', newer: null, obstacles: [] })
    expect(march.may.toSorted()).toEqual(['correct', 'withdraw'])
  })

  test('anyone reads the league table of an open scheme, and no more', async () => {
    const { rows } = await anyone.evaluation.listLeagueTables({ organisation })
    expect(rows).toMatchObject([{ id: march.id, state: 'published', units: 10, ranked: 9 }])
    const table = await anyone.evaluation.readLeagueTable({ organisation, id: march.id })
    expect(table).toMatchObject({ adjusted: 1, confidence: 0.95, starsFrom: [30, 40, 50, 60] })
    expect(table.method.map((sentence) => sentence.zh).join('')).toContain('prompt 60%')
    const league = await anyone.evaluation.listLeagueRows({ organisation, id: march.id, limit: 100 })
    expect(league.rows.map((row) => row.rank ?? 99)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 99])
    for (const row of league.rows.filter((each) => !each.withheld))
      expect(row.low! < row.composite! && row.composite! < row.high! && row.changeSignificant !== null).toBe(true)
    expect(league.rows.find((row) => row.entity.key === TINY)).toMatchObject({
      withheld: true,
      composite: null,
      parts: [],
    })
    const found = await anyone.evaluation.listLeagueRows({ organisation, id: march.id, search: 'h03' })
    expect(found.rows.map((row) => row.entity.key)).toEqual(['H03'])
    await expect(anyone.evaluation.listPublications({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    await expect(
      anyone.evaluation.listLeagueTables({ organisation: '01900000-0000-7000-8000-0000000000ff' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('the rated see what the public sees, and what was published is not theirs to discard', async () => {
    expect(await scoresOf(march.id, 'reader')).toHaveLength(10)
    await expect(office.evaluation.discardPublication({ id: march.id, reason: 'x' })).rejects.toMatchObject({
      code: 'PUBLICATION_STATE',
    })
    await expect(office.evaluation.previewPublication({ id: march.id })).rejects.toMatchObject({
      code: 'PUBLICATION_STATE',
    })
  })
})

test('another organisation reads nothing of ours, signed in or not', async () => {
  const { platform, signIn } = world.house.installation
  const other = await foundOrganisation(
    signIn,
    { newId: platform.newId, now: world.house.clock.now() },
    {
      organisationName: 'Other',
      timeZone: 'Asia/Shanghai',
      name: 'other',
      email: 'other@scenario.example',
      password: PASSWORD,
      demo: false,
      roles: ['improvement-office'],
      once: false,
    },
  )
  const cookie = await signInTo(world.house.address, 'other@scenario.example', PASSWORD)
  const api = createApiClient(apiContract, world.house.address, () => ({ cookie, origin: world.house.address }))
  expect((await api.evaluation.listPublications({})).rows).toEqual([])
  expect((await api.evaluation.listAppeals({})).rows).toEqual([])
  for (const ask of [
    () => api.evaluation.readPublication({ id: march.id }),
    () => api.evaluation.listPublishedScores({ id: march.id }),
    () => api.evaluation.readAppeal({ id: objection }),
    () => api.evaluation.readLeagueTable({ organisation: other.organisation, id: march.id }),
    () => anyone.evaluation.readLeagueTable({ organisation: other.organisation, id: march.id }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await anyone.organisation.listSigningKeys({ organisation: other.organisation })).keys).toEqual([])
})
