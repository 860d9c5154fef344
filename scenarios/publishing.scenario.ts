/**
 * A ranking on its way to the public (EVA-5): drafted, shown to the rated, objected to, decided, published, corrected, withdrawn; signed so that
 * anybody can calculate it again; followed by shares, amounts and signs; told to addresses that ask.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiClient, signInTo } from '#platform/http/client'
import { judgeSignature, signedHeaders } from '#platform/outbound/signature'
import { textIsSigned } from '#platform/signing/ed25519'
import { canonicalText } from '#platform/text/canonical-text'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import type { Publication } from '../modules/evaluation/contract.ts'
import type { ScoreFile } from '../modules/evaluation/rules/publishing/score-file.ts'
import { seededRandom } from '../modules/evaluation/rules/composing/seeded.ts'
import { createKey } from '../modules/organisation/actions/people.ts'
import { foundOrganisation } from '../modules/organisation/actions/set-up.ts'
import type { Permission, RoleName } from '../modules/organisation/contract.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

const title = (text: string) => ({ zh: text, en: text })
const HALLS = Array.from({ length: 10 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`)
const TINY = 'H10'
const term = { of: 'events', coefficient: 1, where: [] }
type SchemeInput = Parameters<Api['evaluation']['saveScheme']>[0]
type Signed = { content: ScoreFile; signature: { keyId: string; publicKey: string; value: string } }

let house: House
let office: Api
let organisation = ''
const people = new Map<string, { api: Api; cookie: string }>()
const as = (name: string) => people.get(name)!.api
/** Anyone at all, without a session. */
let anyone: Api
const folder = mkdtempSync(join(tmpdir(), 'bihuan-publishing-'))

async function person(name: string, roles: { role: RoleName; entityKey?: string }[]): Promise<void> {
  const email = `${name.replaceAll(' ', '-')}@scenario.example`
  const administrator = await house.as('administrator')
  await administrator.organisation.createPerson({ name, email, password: PASSWORD, roles })
  const cookie = await signInTo(house.address, email, PASSWORD)
  const api = createApiClient(apiContract, house.address, () => ({ cookie, origin: house.address }))
  people.set(name, { api, cookie })
}

const example = (events: object[], expected: number) => [
  {
    from: '2026-01-05',
    to: '2026-01-05',
    events: events.map((each) => ({ at: '2026-01-05T02:00:00Z', ...each })),
    expected,
  },
]
async function defineIndicators(): Promise<void> {
  const save = (id: string, rest: object) =>
    office.measurement.saveIndicator({ id, title: title(id), explanation: title(id), ...rest } as Parameters<
      Api['measurement']['saveIndicator']
    >[0])
  const promptly = { ...term, where: [{ attribute: 'prompt', operator: 'is', value: 'yes' }] }
  await save('prompt', {
    unit: 'percent',
    direction: 'higher-is-better',
    minimumN: 10,
    definition: { kind: 'proportion', eventType: 'visit', where: [], numerator: [promptly], denominator: [term] },
    examples: example([{ type: 'visit', attributes: { prompt: 'yes' } }, { type: 'visit' }], 50),
  })
  await save('rating', {
    unit: 'points',
    direction: 'higher-is-better',
    definition: {
      kind: 'mean',
      eventType: 'visit',
      where: [],
      numerator: [{ of: 'rating', coefficient: 1, where: [] }],
    },
    examples: example([{ type: 'visit', values: { rating: 4 } }], 4),
  })
  await save('incidents', {
    unit: 'count',
    direction: 'lower-is-better',
    missing: { noEvents: 'zero' },
    definition: { kind: 'count', eventType: 'incident', where: [], numerator: [term] },
    examples: example([{ type: 'incident' }], 1),
  })
}

const lines = (...points: [number, number][]) => ({ kind: 'piecewise' as const, points })
const scheme = (part: Partial<SchemeInput> = {}): SchemeInput => ({
  id: 'halls',
  title: { zh: '大厅评价', en: 'Halls' },
  entityKind: 'hall',
  peerGroups: { by: 'attribute', attribute: 'level' },
  dimensions: [
    {
      id: 'process',
      title: title('Process'),
      weight: 0.6,
      items: [
        {
          id: 'prompt',
          source: { kind: 'indicator', indicator: 'prompt' },
          weight: 1,
          transform: lines([50, 0], [100, 100]),
        },
      ],
    },
    {
      id: 'voice',
      title: title('Voice'),
      weight: 0.4,
      items: [
        {
          id: 'rating',
          source: { kind: 'indicator', indicator: 'rating' },
          weight: 1,
          transform: { kind: 'z-score', centre: 50, pointsPerDeviation: 15 },
          shrink: 'peers',
        },
      ],
    },
  ],
  gates: [
    {
      id: 'incident',
      title: title('Incident'),
      indicator: 'incidents',
      operator: 'at-least',
      limit: 1,
      cap: { kind: 'stars', most: 2 },
    },
  ],
  grades: { bands: { kind: 'fixed', from: [30, 40, 50, 60] }, hysteresisPoints: 2 },
  publishing: { appealDays: 7, open: true },
  ...part,
})

let sent = 0
const random = seededRandom(0.31)
const visitsOf = (hall: string, month: string, count: number, good: number) =>
  Array.from({ length: count }, (_, index) => {
    sent += 1
    const day = String(1 + (index % 27)).padStart(2, '0')
    const prompt = random() < good ? 'yes' : 'no'
    const rating = 1 + Math.floor(random() * 3 + good * 2)
    const at = `${month}-${day}T02:00:00Z`
    return { id: `v${sent}`, type: 'visit', entity: hall, at, attributes: { prompt }, values: { rating } }
  })

/** An address that takes messages, and refuses the first ones. */
const heard: { headers: IncomingHttpHeaders; body: string }[] = []
let refusals = 0
const listener = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    const status = refusals > 0 ? 503 : 204
    refusals -= 1
    response.writeHead(status).end()
  })
})

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-04-10', pullPrivate: true })
  office = await house.as('improvement-office')
  people.set('office', { api: office, cookie: await house.cookieOf('improvement-office') })
  anyone = createApiClient(apiContract, house.address, () => ({}))
  organisation = (await office.organisation.me({})).organisation.id
  const { platform } = house.installation
  await office.organisation.createEntity({ key: 'NORTH', name: '北区', kind: 'district' })
  await office.organisation.createEntity({ key: 'SOUTH', name: '南区', kind: 'district' })
  for (const [index, key] of HALLS.entries())
    await office.organisation.createEntity({
      key,
      name: `${key} 大厅`,
      kind: 'hall',
      parentKey: index < 5 ? 'NORTH' : 'SOUTH',
      attributes: { level: index % 2 === 0 ? 'city' : 'county' },
    })
  await platform.settle()
  await defineIndicators()
  const events: object[] = ['2026-02', '2026-03'].flatMap((month) =>
    HALLS.flatMap((hall, index) => visitsOf(hall, month, hall === TINY ? 5 : 60 + 15 * index, 0.6 + 0.035 * index)),
  )
  events.push({ id: 'i1', type: 'incident', entity: 'H08', at: '2026-03-07T02:00:00Z' })
  await office.measurement.recordEvents({ events: events as never })
  await office.evaluation.saveScheme({ ...scheme(), adopt: { reason: 'First year' } })
  await platform.settle()
  await person(
    'head of H08',
    [{ role: 'department-head', entityKey: 'H08' }],
  )
  await person('north', [{ role: 'department-head', entityKey: 'NORTH' }])
  await person('reader', [{ role: 'regulator' }])
  await person('group', [{ role: 'steering-group' }])
  await person('both', [{ role: 'improvement-office' }, { role: 'department-head', entityKey: 'SOUTH' }])
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  listener.close()
  rmSync(folder, { recursive: true, force: true })
  await house?.close()
})

const MARCH = { scheme: 'halls', periodStart: '2026-03-01' }
const days = (count: number) => house.clock.stand(house.clock.now().add({ hours: 24 * count }))
const scoresOf = async (id: string, name = 'office') =>
  (await as(name).evaluation.listPublishedScores({ id, limit: 100 })).rows
const rowOf = async (id: string, key: string, name = 'office') =>
  (await scoresOf(id, name)).find((row) => row.entity.key === key)!
const get = (path: string, name?: string) =>
  fetch(`${house.address}/api${path}`, { headers: name ? { cookie: people.get(name)!.cookie } : {} })
const fileOf = async (path: string, name?: string) => (await (await get(path, name)).json()) as Signed

let march: Publication
let first: Signed

describe('on its way', () => {
  test('only what is over, scored and not published yet can be drafted, by those who may', async () => {
    const draft = (part: object, name = 'office') =>
      as(name).evaluation.draftPublication({ ...MARCH, ...part } as never)
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
    const tiny = await rowOf(march.id, TINY)
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
  return fetch(`${house.address}/api/attachments?name=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: {
      cookie: people.get(name)!.cookie,
      origin: house.address,
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
    days(8)
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

/** Plain Node, as anybody has it, over the file as anybody gets it. */
function recompute(file: unknown, keys?: unknown): { code: number | null; told: string } {
  const path = join(folder, 'file.json')
  writeFileSync(path, JSON.stringify(file))
  const keysPath = join(folder, 'keys.json')
  if (keys) writeFileSync(keysPath, JSON.stringify(keys))
  const script = join(import.meta.dirname, '..', 'apps', 'web', 'public', 'recompute-scores.mjs')
  const { status, stdout, stderr } = spawnSync('node', [script, path, ...(keys ? [keysPath] : [])], {
    encoding: 'utf8',
  })
  return { code: status, told: stdout + stderr }
}

describe('published', () => {
  let subscription = ''
  let secret = ''
  test('addresses are told, though they refuse twice, in messages whose signature holds', async () => {
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/scores`
    const draft = {
      title: 'Traffic',
      url,
      events: ['scores.published', 'scores.corrected', 'scores.withdrawn'] as never,
    }
    await expect(as('group').evaluation.createSubscription(draft)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(office.evaluation.createSubscription({ ...draft, url: 'ftp://x.example' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await expect(
      office.evaluation.createSubscription({ ...draft, url: 'https://a:b@x.example' }),
    ).rejects.toMatchObject({ code: 'INVALID' })
    const made = await office.evaluation.createSubscription(draft)
    subscription = made.id
    secret = made.secret
    expect(JSON.stringify(await office.evaluation.listSubscriptions({}))).not.toContain(secret)
    refusals = 2
    march = await office.evaluation.publishPublication({ id: march.id })
    expect(march).toMatchObject({ state: 'published', may: ['correct', 'withdraw'].toSorted(), newer: null })
    const { platform } = house.installation
    await platform.settle()
    for (const minutes of [2, 6]) {
      house.clock.stand(house.clock.now().add({ minutes }))
      await platform.runSchedule('evaluation.sendAgain')
    }
    expect(heard).toHaveLength(3)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const { headers, body } = heard[2]!
    expect(judgeSignature(secret, signedHeaders(headers), Buffer.from(body), house.clock.now())).toBe('genuine')
    expect(JSON.parse(body)).toMatchObject({
      type: 'scores.published',
      data: { organisation, publication: march.id, scheme: 'halls', periodStart: '2026-03-01' },
    })
    const { rows } = await office.evaluation.listDeliveries({ id: subscription })
    expect(rows).toMatchObject([{ state: 'delivered', attempts: 3, lastStatus: 204 }])
    expect(JSON.stringify(rows)).not.toContain(secret)
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

  test('anybody calculates every score of the signed file again, with plain Node', async () => {
    const { file } = await anyone.evaluation.readLeagueTable({ organisation, id: march.id })
    first = await fileOf(file!.path.replace('/api', ''))
    expect(first).toEqual(await fileOf(`/score-publications/${march.id}/file`, 'reader'))
    const keys = await anyone.organisation.listSigningKeys({ organisation })
    const { code, told } = recompute(first, keys)
    expect([code, told]).toEqual([0, expect.stringContaining('9 units recomputed')])
    expect(textIsSigned(canonicalText(first.content), first.signature.value, first.signature.publicKey)).toBe(true)
    const tiny = first.content.units.find((unit) => unit.key === TINY)
    expect(tiny).toEqual({ key: TINY, name: `${TINY} 大厅`, peerGroup: 'county', withheld: true })
  })

  const tampered: [string, (file: Signed) => void, RegExp][] = [
    ['a score', ({ content }) => void (ranked(content).result.composite! += 1), /H\d\d {2}composite: /],
    ['an input', ({ content }) => void (ranked(content).values[0]! += 5), /H\d\d {2}item prompt.*value that counts/],
    ['a weight', ({ content }) => void (content.scheme.draft.dimensions[0]!.weight = 0.7), /weights of the dimensions/],
    ['a star', ({ content }) => void (ranked(content).result.stars! -= 1), /H\d\d {2}stars: /],
    ['the signature', (file) => void (file.signature.value = Buffer.alloc(64, 7).toString('base64')), /signature/],
    ['who is told to have signed', (file) => void (file.signature.keyId = '0123456789abcdef'), /name of the key/],
  ]
  const ranked = (content: ScoreFile) => {
    const found = content.units.find((unit) => !unit.withheld && unit.result.stars! > 1)
    return found as Exclude<ScoreFile['units'][number], { withheld: true }>
  }
  test.each(tampered)('who changes %s is found out by name', (_name, change, named) => {
    const file = structuredClone(first)
    change(file)
    const { code, told } = recompute(file)
    expect(code).toBe(1)
    expect(told).toMatch(named)
    expect(told).toMatch(/signature/)
  })
  test('and what is no such file is told as that', () => {
    expect(recompute({ content: { format: 'other/1' } })).toMatchObject({ code: 1 })
    expect(recompute('text').code).not.toBe(0)
  })
})

describe('what follows', () => {
  const traffic = {
    id: 'traffic',
    title: { zh: '分流比例', en: 'Traffic' },
    scheme: 'halls',
    grain: 'month',
    kind: 'share',
    from: 'stars',
    table: [
      [1, 1],
      [3, 2],
      [5, 4],
    ],
    floor: 0.02,
  } satisfies Parameters<Api['evaluation']['saveConsequence']>[0]

  test('is a rule as data, whose values by the newest publication are signed for programs', async () => {
    await expect(as('group').evaluation.saveConsequence(traffic)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(office.evaluation.saveConsequence({ ...traffic, table: [[9, 1]] })).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ field: 'table.0.0', rule: 'table-range' }] },
    })
    await expect(office.evaluation.saveConsequence({ ...traffic, scheme: 'x' })).rejects.toMatchObject({
      code: 'SCHEME_UNKNOWN',
    })
    expect((await office.evaluation.tryConsequence(traffic)).units).toHaveLength(10)
    expect(await office.evaluation.saveConsequence(traffic)).toMatchObject({ version: 1 })
    const { content, signature } = await program(['consequences.read']).evaluation.readConsequence({ id: 'traffic' })
    expect(textIsSigned(canonicalText(content), signature.value, signature.publicKey)).toBe(true)
    expect(content.units.reduce((sum, unit) => sum + unit.value, 0)).toBeCloseTo(1, 10)
    expect(Math.min(...content.units.map((unit) => unit.value))).toBeCloseTo(0.02, 10)
    expect(content.publication).toMatchObject({ id: march.id, periodStart: '2026-03-01' })
    await expect(program(['entities.read']).evaluation.readConsequence({ id: 'traffic' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    const money = {
      kind: 'amount',
      currency: 'CNY',
      totalHundredths: 1_000_001,
      floor: 0,
      within: 'peer-group',
    } as const
    const grant = await office.evaluation.tryConsequence({ ...traffic, id: 'grant', ...money })
    for (const { peerGroup } of grant.groups) {
      const own = grant.units.filter((unit) => unit.peerGroup === peerGroup)
      expect(own.reduce((sum, unit) => sum + unit.value, 0)).toBe(1_000_001)
    }
  })

  const programs = new Map<string, string>()
  const program = (permissions: Permission[]): Api => {
    const key = programs.get(permissions.join())!
    return createApiClient(apiContract, house.address, () => ({ authorization: `Bearer ${key}` }))
  }
  beforeAll(async () => {
    const { platform, signIn } = house.installation
    for (const permissions of [['consequences.read'], ['entities.read']] as Permission[][]) {
      const { key } = await platform.run(platform.systemActor, organisation, (context) =>
        createKey(signIn, context, { name: 'program', permissions, expiresInDays: 30 }),
      )
      programs.set(permissions.join(), key)
    }
  })

  test('a sign of stars at a public address, with a code anybody can check', async () => {
    const sign = {
      id: 'star-sign',
      title: { zh: '星级大厅', en: 'Star halls' },
      kind: 'sign',
      table: [[3, 1]],
      floor: 0,
    } as const
    await office.evaluation.saveConsequence({ ...traffic, ...sign, table: [[3, 1]] })
    const { rows } = await anyone.evaluation.listLeagueRows({ organisation, id: march.id, limit: 100 })
    const [best] = rows
    const path = (key: string) => `/organisations/${organisation}/star-signs/star-sign/${key}`
    const answer = await get(path(best!.entity.key))
    const svg = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect(svg).toContain(`${best!.entity.key} 大厅，${best!.stars} 星`)
    expect(svg).toContain('2026-03')
    const code = /核验码 ([0-9A-Z-]{14})/.exec(svg)![1]!
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect(await anyone.evaluation.checkSign({ organisation, code: typed })).toMatchObject({
      entity: { key: best!.entity.key },
      stars: best!.stars,
      state: 'published',
      periodStart: '2026-03-01',
    })
    await expect(anyone.evaluation.checkSign({ organisation, code: 'ABCD-ABCD-ABCD' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const low = rows.find((row) => row.stars !== null && row.stars < 3)!
    for (const key of [low.entity.key, TINY, 'NOWHERE']) expect((await get(path(key))).status).toBe(404)
    expect((await get(`/organisations/${organisation}/star-signs/traffic/${best!.entity.key}`)).status).toBe(404)
  })
})

describe('after it', () => {
  let request = ''
  let second: Publication
  test('late events never change what is published; it says that there are newer calculations', async () => {
    const before = await scoresOf(march.id)
    await office.measurement.recordEvents({ events: visitsOf('H03', '2026-03', 40, 0) as never })
    await house.installation.platform.settle()
    const now = await office.evaluation.readPublication({ id: march.id })
    expect(now.newer).toMatchObject({ differs: true })
    expect(await scoresOf(march.id)).toEqual(before)
    const table = await anyone.evaluation.readLeagueTable({ organisation, id: march.id })
    expect(table.newerCalculationAt).not.toBeNull()
    expect(await fileOf(`/organisations/${organisation}/league-tables/${march.id}/file`)).toEqual(first)
  })

  test('keys are renewed: what the old one signed stays good', async () => {
    const officer = await house.as('security-officer')
    await expect(office.organisation.rotateSigningKey({})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const fresh = await officer.organisation.rotateSigningKey({})
    const keys = await anyone.organisation.listSigningKeys({ organisation })
    expect(keys.keys.map((key) => [key.keyId, key.retiredAt === null])).toEqual([
      [first.signature.keyId, false],
      [fresh.keyId, true],
    ])
    expect(recompute(first, keys).code).toBe(0)
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
    expect(second.adjustments.map((each) => each.of)).toEqual(['incident', 'prompt'])
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
    expect(now.adjustments).toHaveLength(3)
    expect((await rowOf(second.id, 'H08')).parts[1]).toMatchObject({ missingBecause: 'no-value', effectiveWeight: 0 })
  })

  test('published, it takes the place of the first; both stay readable and tell of each other', async () => {
    heard.length = 0
    second = await office.evaluation.publishPublication({ id: second.id })
    await house.installation.platform.settle()
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
    expect(recompute(corrected, keys)).toMatchObject({ code: 0 })
    expect(recompute(first, keys)).toMatchObject({ code: 0 })
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
    const draft = (part: object) => office.evaluation.draftPublication({ ...MARCH, ...part } as never)
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
    house.clock.stand(Temporal.Instant.from('2026-05-01T02:00:00Z'))
    await office.measurement.recordEvents({
      events: HALLS.flatMap((hall) => visitsOf(hall, '2026-04', 60, 0.7)) as never,
    })
    const { platform } = house.installation
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
    heard.length = 0
    await office.evaluation.withdrawPublication({ id: second.id, reason: '口径有误' })
    await house.installation.platform.settle()
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
    await house.installation.platform.settle()
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
    expect(recompute(await fileOf(`/score-publications/${beside.id}/file`, 'office'))).toMatchObject({ code: 0 })
  })
})

test('another organisation reads nothing of ours, signed in or not', async () => {
  const { platform, signIn } = house.installation
  const other = await foundOrganisation(
    signIn,
    { newId: platform.newId, now: house.clock.now() },
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
  const cookie = await signInTo(house.address, 'other@scenario.example', PASSWORD)
  const api = createApiClient(apiContract, house.address, () => ({ cookie, origin: house.address }))
  expect((await api.evaluation.listPublications({})).rows).toEqual([])
  expect((await api.evaluation.listAppeals({})).rows).toEqual([])
  for (const ask of [
    () => api.evaluation.readPublication({ id: march.id }),
    () => api.evaluation.listPublishedScores({ id: march.id }),
    () => api.evaluation.readAppeal({ id: objection }),
    () => api.evaluation.readLeagueTable({ organisation: other.organisation, id: march.id }),
    () => anyone.evaluation.readLeagueTable({ organisation: other.organisation, id: march.id }),
    () => api.evaluation.readConsequence({ id: 'traffic' }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await api.evaluation.listSubscriptions({})).toEqual([])
  expect((await anyone.organisation.listSigningKeys({ organisation: other.organisation })).keys).toEqual([])
})
