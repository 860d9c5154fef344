/** What is signed and what follows: files anybody calculates again, shares, amounts and signs of stars, and addresses that are told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiClient } from '#platform/http/client'
import { judgeSignature, signedHeaders } from '#platform/outbound/signature'
import { textIsSigned } from '#platform/signing/ed25519'
import { canonicalText } from '#platform/text/canonical-text'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import type { Publication } from '../modules/evaluation/contract.ts'
import type { ScoreFile } from '../modules/evaluation/rules/publishing/score-file.ts'
import { createKey } from '../modules/organisation/actions/people.ts'
import type { Permission } from '../modules/organisation/contract.ts'
import { openAddress, openPublishingWorld, type PublishingWorld, type SignedFile, TINY } from './publishing/world.ts'

let world: PublishingWorld
let office: Api
let anyone: Api
let organisation = ''
let march: Publication
const as = (name: string) => world.as(name)
const fileOf = (path: string, name?: string) => world.fileOf(path, name)
let first: SignedFile
const get = (path: string, name?: string) => world.get(path, name)

let address: Awaited<ReturnType<typeof openAddress>>
beforeAll(async () => {
  world = await openPublishingWorld()
  ;({ office, anyone, organisation } = world)
  address = await openAddress()
})
afterAll(async () => {
  address?.close()
  await world?.close()
})

describe('told', () => {
  let subscription = ''
  let secret = ''
  test('addresses are told, though they refuse twice, in messages whose signature holds', async () => {
    const { url, heard } = address
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
    address.refuse(2)
    march = await world.publishMarch()
    const { platform } = world.house.installation
    await platform.settle()
    for (const minutes of [2, 6]) {
      world.house.clock.stand(world.house.clock.now().add({ minutes }))
      await platform.runSchedule('evaluation.sendAgain')
    }
    expect(heard).toHaveLength(3)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const { headers, body } = heard[2]!
    expect(judgeSignature(secret, signedHeaders(headers), Buffer.from(body), world.house.clock.now())).toBe('genuine')
    expect(JSON.parse(body)).toMatchObject({
      type: 'scores.published',
      data: { organisation, publication: march.id, scheme: 'halls', periodStart: '2026-03-01' },
    })
    const { rows } = await office.evaluation.listDeliveries({ id: subscription })
    expect(rows).toMatchObject([{ state: 'delivered', attempts: 3, lastStatus: 204 }])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})

describe('signed', () => {
  test('anybody calculates every score of the signed file again, with plain Node', async () => {
    const { file } = await anyone.evaluation.readLeagueTable({ organisation, id: march.id })
    first = await fileOf(file!.path.replace('/api', ''))
    expect(first).toEqual(await fileOf(`/score-publications/${march.id}/file`, 'reader'))
    const keys = await anyone.organisation.listSigningKeys({ organisation })
    const { code, told } = world.recompute(first, keys)
    expect([code, told]).toEqual([0, expect.stringContaining('9 units recomputed')])
    expect(textIsSigned(canonicalText(first.content), first.signature.value, first.signature.publicKey)).toBe(true)
    const tiny = first.content.units.find((unit) => unit.key === TINY)
    expect(tiny).toEqual({ key: TINY, name: `${TINY} 大厅`, peerGroup: 'county', withheld: true })
  })

  const tampered: [string, (file: SignedFile) => void, RegExp][] = [
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
    const { code, told } = world.recompute(file)
    expect(code).toBe(1)
    expect(told).toMatch(named)
    expect(told).toMatch(/signature/)
  })
  test('and what is no such file is told as that', () => {
    expect(world.recompute({ content: { format: 'other/1' } })).toMatchObject({ code: 1 })
    expect(world.recompute('text').code).not.toBe(0)
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
    return createApiClient(apiContract, world.house.address, () => ({ authorization: `Bearer ${key}` }))
  }
  beforeAll(async () => {
    const { platform, signIn } = world.house.installation
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
    const best = rows.find((row) => row.stars !== null && row.stars >= 3)
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
