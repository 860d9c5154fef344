/** A house with ten halls of two districts, a scheme with two items, two months of visits, and people who publish, object, decide and read. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApiClient, signInTo } from '#platform/http/client'
import { apiContract } from '../../apps/contract.ts'
import type { Api } from '../../apps/demo/stories.ts'
import type { Publication, PublicationRow } from '../../modules/evaluation/contract.ts'
import { seededRandom } from '../../platform/seeded-random.ts'
import type { ScoreFile } from '../../modules/evaluation/rules/publishing/score-file.ts'
import type { RoleName } from '../../modules/organisation/contract.ts'
import { hallIndicators, inBoth } from '../indicators.ts'
import { type House, openHouse, PASSWORD } from '../house.ts'

export const HALLS = Array.from({ length: 10 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`)
/** Five visits a month: too few to be ranked. */
export const TINY = 'H10'
export const MARCH = { scheme: 'halls', periodStart: '2026-03-01' }
type SchemeInput = Parameters<Api['evaluation']['saveScheme']>[0]
export interface SignedFile {
  content: ScoreFile
  signature: { keyId: string; publicKey: string; value: string }
}

const lines = (...points: [number, number][]) => ({ kind: 'piecewise' as const, points })
export const scheme = (part: Partial<SchemeInput> = {}): SchemeInput => ({
  id: 'halls',
  title: { zh: '大厅评价', en: 'Halls' },
  entityKind: 'hall',
  peerGroups: { by: 'attribute', attribute: 'level' },
  dimensions: [
    {
      id: 'process',
      title: inBoth('Process'),
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
      title: inBoth('Voice'),
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
      title: inBoth('Incident'),
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

/** Visits of a hall in a month, the same in every run; ids go on counting. */
function visitMaker() {
  const random = seededRandom(0.31)
  let sent = 0
  return (hall: string, month: string, count: number, good: number) =>
    Array.from({ length: count }, (_, index) => {
      sent += 1
      const day = String(1 + (index % 27)).padStart(2, '0')
      const prompt = random() < good ? 'yes' : 'no'
      const rating = 1 + Math.floor(random() * 3 + good * 2)
      const at = `${month}-${day}T02:00:00Z`
      return { id: `v${sent}`, type: 'visit', entity: hall, at, attributes: { prompt }, values: { rating } }
    })
}

export interface PublishingWorld {
  readonly house: House
  readonly organisation: string
  readonly office: Api
  /** Without a session. */
  readonly anyone: Api
  readonly as: (name: string) => Api
  readonly cookieOf: (name: string) => string
  readonly visitsOf: ReturnType<typeof visitMaker>
  readonly days: (count: number) => void
  readonly scoresOf: (id: string, name?: string) => Promise<PublicationRow[]>
  readonly rowOf: (id: string, key: string, name?: string) => Promise<PublicationRow>
  readonly get: (path: string, name?: string) => Promise<Response>
  readonly fileOf: (path: string, name?: string) => Promise<SignedFile>
  /** March drafted, shown, its window over, published. */
  readonly publishMarch: () => Promise<Publication>
  /** Plain Node, as anybody has it, over the file as anybody gets it. */
  readonly recompute: (file: unknown, keys?: unknown) => { code: number | null; told: string }
  readonly close: () => Promise<void>
}

const PEOPLE: Readonly<Record<string, { role: RoleName; entityKey?: string }[]>> = {
  'head of H08': [{ role: 'department-head', entityKey: 'H08' }],
  north: [{ role: 'department-head', entityKey: 'NORTH' }],
  reader: [{ role: 'regulator' }],
  group: [{ role: 'steering-group' }],
  both: [{ role: 'improvement-office' }, { role: 'department-head', entityKey: 'SOUTH' }],
}

export async function openPublishingWorld(webDirectory?: string): Promise<PublishingWorld> {
  const start = { timeZone: 'Asia/Shanghai', start: '2026-04-10', pullPrivate: true }
  const house = await openHouse(webDirectory === undefined ? start : { ...start, webDirectory })
  const office = await house.as('improvement-office')
  const visitsOf = visitMaker()
  await fill(house, office, visitsOf)
  const people = new Map([['office', { api: office, cookie: await house.cookieOf('improvement-office') }]])
  for (const [name, roles] of Object.entries(PEOPLE)) {
    const email = `${name.replaceAll(' ', '-')}@scenario.example`
    const administrator = await house.as('administrator')
    await administrator.organisation.createPerson({ name, email, password: PASSWORD, roles })
    const cookie = await signInTo(house.address, email, PASSWORD)
    const api = createApiClient(apiContract, house.address, () => ({ cookie, origin: house.address }))
    people.set(name, { api, cookie })
  }
  const as = (name: string) => people.get(name)!.api
  const scoresOf = async (id: string, name = 'office') =>
    (await as(name).evaluation.listPublishedScores({ id, limit: 100 })).rows
  const cookieOf = (name: string) => people.get(name)!.cookie
  const get = (path: string, name?: string) =>
    fetch(`${house.address}/api${path}`, { headers: name ? { cookie: cookieOf(name) } : {} })
  const days = (count: number) => house.clock.stand(house.clock.now().add({ hours: 24 * count }))
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-publishing-'))
  return {
    house,
    office,
    organisation: (await office.organisation.me({})).organisation.id,
    anyone: createApiClient(apiContract, house.address, () => ({})),
    as,
    cookieOf,
    visitsOf,
    days,
    scoresOf,
    rowOf: async (id, key, name) => (await scoresOf(id, name)).find((row) => row.entity.key === key)!,
    get,
    fileOf: async (path, name) => (await (await get(path, name)).json()) as SignedFile,
    publishMarch: async () => {
      const [draft] = await office.evaluation.draftPublication(MARCH)
      await office.evaluation.previewPublication({ id: draft!.id })
      days(8)
      return office.evaluation.publishPublication({ id: draft!.id })
    },
    recompute: (file, keys) => recompute(folder, file, keys),
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await house.close()
    },
  }
}

async function fill(house: House, office: Api, visitsOf: ReturnType<typeof visitMaker>): Promise<void> {
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
  await house.installation.platform.settle()
  for (const draft of hallIndicators) await office.measurement.saveIndicator(draft)
  const visits = ['2026-02', '2026-03'].flatMap((month) =>
    HALLS.flatMap((hall, index) => visitsOf(hall, month, hall === TINY ? 5 : 60 + 15 * index, 0.6 + 0.035 * index)),
  )
  const incident = { id: 'i1', type: 'incident', entity: 'H08', at: '2026-03-07T02:00:00Z' }
  await office.measurement.recordEvents({ events: [...visits, incident] })
  await office.evaluation.saveScheme({ ...scheme(), adopt: { reason: 'First year' } })
  await house.installation.platform.settle()
}

function recompute(folder: string, file: unknown, keys?: unknown): { code: number | null; told: string } {
  const [path, keysPath] = [join(folder, 'file.json'), join(folder, 'keys.json')]
  writeFileSync(path, JSON.stringify(file))
  if (keys) writeFileSync(keysPath, JSON.stringify(keys))
  const script = join(import.meta.dirname, '..', '..', 'apps', 'web', 'public', 'recompute-scores.mjs')
  const { status, stdout, stderr } = spawnSync('node', [script, path, ...(keys ? [keysPath] : [])], {
    encoding: 'utf8',
  })
  return { code: status, told: stdout + stderr }
}

/** An address that takes messages, and refuses as many as it is told to. */
export async function openAddress() {
  const heard: { headers: IncomingHttpHeaders; body: string }[] = []
  let refusals = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(refusals > 0 ? 503 : 204).end()
      refusals -= 1
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scores`,
    heard,
    refuse: (times: number) => void (refusals = times),
    close: () => server.close(),
  }
}
