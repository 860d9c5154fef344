/** Whatever is sent, the answer is clear: a refusal with code, field, rule and way out. Never a 500, never a hang, never another organisation's data. */
import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiClient, uploadTo } from '#platform/http/client'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import type { MappingDefinition } from '../modules/measurement/contract.ts'
import { permissions } from '../modules/organisation/contract.ts'
import { foundOrganisation } from '../modules/organisation/actions/set-up.ts'
import { createKey } from '../modules/organisation/actions/people.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

let house: House
/** Keys that may do everything, one for each of two organisations. */
let ours = ''
let theirs = ''
let api: Api
let other: Api

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-03-10' })
  const { signIn, platform } = house.installation
  const second = await foundOrganisation(
    signIn,
    { newId: platform.newId, now: house.clock.now() },
    {
      organisationName: 'Other',
      timeZone: 'Asia/Shanghai',
      name: 'other',
      email: 'other@scenario.example',
      password: PASSWORD,
      demo: false,
      roles: ['administrator'],
      once: false,
    },
  )
  const [first] = (await platform.organisations()).filter((id) => id !== second.organisation)
  const key = async (organisation: string) =>
    (
      await platform.run(platform.systemActor, organisation, (context) =>
        createKey(signIn, context, { name: 'all', permissions: [...permissions], expiresInDays: 1 }),
      )
    ).key
  ours = await key(first!)
  theirs = await key(second.organisation)
  api = createApiClient(apiContract, house.address, () => ({
    authorization: `Bearer ${ours}`,
    'accept-language': 'en',
  }))
  other = createApiClient(apiContract, house.address, () => ({ authorization: `Bearer ${theirs}` }))
  await api.organisation.createEntity({ key: 'HALL', name: 'Hall', kind: 'hall' })
})
afterAll(() => house?.close())

const hostile: unknown[] = [
  undefined,
  null,
  {},
  [],
  42,
  'text',
  { id: "'; drop table plans.plan; --" },
  {
    id: { nested: { deep: [1, 2, 3] } },
    key: 5,
    events: 'none',
    limit: -1,
    cursor: 'garbage',
    from: '2026-13-45',
    to: 'yesterday',
  },
  {
    cursor: Buffer.from('["2026-01-01T00:00:00Z","x"]').toString('base64url'),
    limit: 1e9,
    periodStart: '0000-00-00',
    grain: 'fortnight',
  },
  {
    id: 'x'.repeat(20_000),
    search: '%_\\',
    key: '\u0000',
    name: '\u202e',
    remark: 'x'.repeat(100_000),
    entity: '../../etc/passwd',
  },
  {
    file: '../../../etc/passwd',
    mapping: '__proto__',
    planId: 'not-a-uuid',
    task: '00000000-0000-0000-0000-000000000000',
  },
]
const hostileIds = [
  'x',
  '..%2f..',
  '%00',
  "';--",
  '00000000-0000-0000-0000-000000000000',
  'é'.repeat(200),
  '%F0%9F%92%A9',
  '__proto__',
  'null',
]

describe('every route of the contract, with everything hostile', () => {
  for (const [module, routes] of Object.entries(apiContract)) {
    test(module, async () => {
      for (const [name, procedure] of Object.entries(routes)) {
        if (!isContractProcedure(procedure)) continue
        const { method = 'POST', path = '' } = procedure['~orpc'].route
        for (const [index, body] of hostile.entries()) {
          const id = hostileIds[index % hostileIds.length]!
          const query =
            method === 'GET' && body && typeof body === 'object'
              ? `?${new URLSearchParams(Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value).slice(0, 2000)])))}`
              : ''
          const address = `${house.address}/api${path.replaceAll(/\{[^}]+\}/g, id)}${query}`
          const answer = await fetch(address, {
            method,
            headers: {
              authorization: `Bearer ${ours}`,
              ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
            },
            ...(method === 'GET' || body === undefined ? {} : { body: JSON.stringify(body) }),
          })
          const text = await answer.text()
          expect(
            answer.status,
            `${module}.${name} ${method} ${address.slice(0, 200)} <- ${JSON.stringify(body)?.slice(0, 100)}: ${text.slice(0, 300)}`,
          ).toBeLessThan(500)
          if (answer.status >= 400) {
            expect(answer.headers.get('content-type')).toContain('application/problem+json')
            expect(JSON.parse(text)).toMatchObject({
              status: answer.status,
              code: expect.stringMatching(/^[A-Z_]+$/),
              title: expect.stringMatching(/.{10,}/),
            })
          }
        }
      }
    })
  }
})

const event = (part: object = {}) => ({
  id: 'e1',
  type: 'visit',
  entity: 'HALL',
  at: '2026-03-01T08:00:00+08:00',
  values: { minutes: 3 },
  ...part,
})

describe('events', () => {
  const cases: [string, object, string, string | null][] = [
    ['an entity nobody knows', event({ entity: 'NOWHERE' }), 'ENTITY_UNKNOWN', 'entity'],
    ['before 1990', event({ at: '1989-12-31T00:00:00Z' }), 'TIME_OUT_OF_RANGE', 'at'],
    ['next week', event({ at: '2026-03-20T00:00:00Z' }), 'TIME_OUT_OF_RANGE', 'at'],
    ['a number as text', event({ values: { minutes: '3' } }), 'BATCH_INVALID', 'values.minutes'],
    ['no time', event({ at: undefined }), 'BATCH_INVALID', 'at'],
    ['a day that is none', event({ at: '2026-02-30T00:00:00Z' }), 'BATCH_INVALID', 'at'],
    ['an empty id', event({ id: '' }), 'BATCH_INVALID', 'id'],
    ['text as an object', event({ attributes: { service: { a: 1 } } }), 'BATCH_INVALID', 'attributes.service'],
  ]
  for (const [name, sent, code, field] of cases) {
    test(`${name}: refused with row and field, nothing stored`, async () => {
      const refusal = await api.measurement.recordEvents({ events: [event({ id: `good ${name}` }), sent] }).then(
        () => null,
        (error: unknown) =>
          error as { code: string; data: { issues: { row: number; field: string; message: string }[] } },
      )
      expect(refusal?.code).toBe(code)
      expect(refusal!.data.issues[0]).toMatchObject({ row: 2, field })
      expect(refusal!.data.issues[0]!.message.length).toBeGreaterThan(10)
      const { rows } = await api.measurement.listEvents({ type: 'visit' })
      expect(rows.some((row) => row.id === `good ${name}`)).toBe(false)
    })
  }

  test('the same event twice in a batch and again later counts once; with other content it corrects', async () => {
    const first = await api.measurement.recordEvents({ events: [event({ id: 'twin' }), event({ id: 'twin' })] })
    expect(first).toMatchObject({ stored: 1, duplicates: 1 })
    expect(await api.measurement.recordEvents({ events: [event({ id: 'twin' })] })).toMatchObject({
      stored: 0,
      duplicates: 1,
    })
    expect(
      await api.measurement.recordEvents({ events: [event({ id: 'twin', values: { minutes: 9 } })] }),
    ).toMatchObject({ stored: 0, corrected: 1 })
    const { rows } = await api.measurement.listEvents({ type: 'visit' })
    expect(rows.filter((row) => row.id === 'twin').map((row) => row.values)).toEqual([{ minutes: 9 }])
  })

  test('NDJSON: good lines are stored, bad ones told with their line', async () => {
    const lines = [
      JSON.stringify(event({ id: 'n1' })),
      '{"broken',
      JSON.stringify(event({ id: 'n3', entity: 'NOWHERE' })),
      '',
      JSON.stringify(event({ id: 'n5' })),
    ]
    const answer = await fetch(`${house.address}/api/events.ndjson`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ours}`, 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    })
    const told = (await answer.json()) as { stored: number; refused: number; issues: { row?: number; line?: number }[] }
    expect(answer.status).toBe(200)
    expect([told.stored, told.refused]).toEqual([2, 2])
    expect(told.issues.map((issue) => issue.row ?? issue.line)).toEqual([2, 3])
  })

  test('what does not fit is refused by its size, not by a crash', async () => {
    const big = await fetch(`${house.address}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ours}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: [event({ attributes: { text: 'x'.repeat(9 * 1024 * 1024) } })] }),
    })
    expect([big.status, ((await big.json()) as { code: string }).code]).toEqual([413, 'BODY_TOO_LARGE'])
    const many = Array.from({ length: 10_001 }, (_, index) => event({ id: `m${index}` }))
    await expect(api.measurement.recordEvents({ events: many })).rejects.toMatchObject({ status: 422 })
  })
})

describe('files', () => {
  const mapping: MappingDefinition = {
    eventType: 'row',
    entity: { columns: ['entity'] },
    unknownEntities: 'refuse',
    time: { column: 'time', format: 'auto' },
    attributes: [{ column: 'note', name: 'note' }],
    values: [{ name: 'minutes', column: 'minutes' }],
    emptyNumber: 'absent',
  }
  const head = 'entity,time,minutes,note'
  const line = (minute: number, note = 'ok', minutes = '3') =>
    `HALL,2026-03-01 08:${String(minute).padStart(2, '0')}:00,${minutes},${note}`
  const text = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))
  // GB18030 bytes of 等候 (wait) written out: no encoder for it is at hand.
  const gb18030 = Buffer.concat([
    Buffer.from(`${head}\nHALL,2026-03-01 09:00:00,3,`),
    Buffer.from([0xb5, 0xc8, 0xba, 0xf2]),
    Buffer.from('\n'),
  ])
  const cases: [string, Uint8Array, { stored: number; refused: number; firstIssueRow?: number } | string][] = [
    ['GB18030', gb18030, { stored: 1, refused: 0 }],
    ['a byte-order mark', text(`\ufeff${head}`, line(1)), { stored: 1, refused: 0 }],
    ['CR-only line ends', new TextEncoder().encode([head, line(2), line(3)].join('\r')), { stored: 2, refused: 0 }],
    ['quotes with line breaks inside', text(head, line(4, '"two\nlines, ""quoted"""')), { stored: 1, refused: 0 }],
    [
      'ragged rows',
      text(head, line(5), 'HALL,2026-03-01 08:06:00', `${line(7)},extra`),
      { stored: 1, refused: 2, firstIssueRow: 3 },
    ],
    ['formulas are text', text(head, line(8, '=cmd|calc!A1')), { stored: 1, refused: 0 }],
    ['numbers as words', text(head, line(9, 'ok', 'three')), { stored: 0, refused: 1, firstIssueRow: 2 }],
    ['unknown entity', text(head, line(10).replace('HALL', 'NOWHERE')), { stored: 0, refused: 1, firstIssueRow: 2 }],
    [
      'a time that is none',
      text(head, line(11).replace('2026-03-01 08:11:00', 'soon')),
      { stored: 0, refused: 1, firstIssueRow: 2 },
    ],
    ['a time far ahead', text(head, line(12).replace('2026', '2099')), { stored: 0, refused: 1, firstIssueRow: 2 }],
    ['an empty file', new Uint8Array(), 'FILE_UNREADABLE'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'FILE_UNREADABLE'],
    ['another table', text('a,b', '1,2'), 'MAPPING_MISFIT'],
  ]
  for (const [name, content, expected] of cases) {
    test(name, async () => {
      await api.measurement.saveMapping({ name: 'rows', definition: mapping })
      const file = await uploadTo(
        house.address,
        { authorization: `Bearer ${ours}` },
        `${name}.csv`,
        new Blob([new Uint8Array(content)]),
      )
      const outcome = await api.measurement.startImport({ file, mapping: 'rows' }).then(
        async ({ id }) => {
          await house.installation.platform.settle()
          await expect
            .poll(async () => (await api.measurement.readImport({ id })).state, { timeout: 20_000 })
            .toMatch(/done|failed/)
          return api.measurement.readImport({ id })
        },
        (error: unknown) => error as { code: string },
      )
      if (typeof expected === 'string') {
        expect('code' in outcome ? outcome.code : outcome.problem, JSON.stringify(outcome)).toBeTruthy()
        return
      }
      expect(outcome).toMatchObject({ state: 'done', stored: expected.stored, refused: expected.refused })
      if (expected.firstIssueRow !== undefined && 'issues' in outcome) {
        expect(outcome.issues[0]!.row).toBe(expected.firstIssueRow)
        expect(outcome.issues[0]!.message.length).toBeGreaterThan(10)
      }
    })
  }
  test('the GB18030 words came in as words', async () => {
    const { rows } = await api.measurement.listEvents({ type: 'row', limit: 200 })
    expect(rows.some((row) => row.attributes['note'] === '等候')).toBe(true)
    expect(rows.some((row) => row.attributes['note'] === '=cmd|calc!A1')).toBe(true)
  })
})

describe('another organisation', () => {
  test('sees nothing of ours, by any door', async () => {
    expect((await other.organisation.listEntities({})).rows).toEqual([])
    expect((await other.measurement.listEvents({})).rows).toEqual([])
    expect(await other.measurement.eventTypes({})).toEqual([])
    await expect(other.organisation.readEntity({ key: 'HALL' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(other.measurement.recordEvents({ events: [event()] })).rejects.toMatchObject({
      code: 'ENTITY_UNKNOWN',
    })
    const { rows } = await api.measurement.listImports({})
    await expect(other.measurement.readImport({ id: rows[0]!.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const file = await uploadTo(
      house.address,
      { authorization: `Bearer ${ours}` },
      'ours.csv',
      new Blob(['a,b\n1,2\n']),
    )
    await expect(other.measurement.previewFile({ file })).rejects.toMatchObject({ status: 404 })
  })
  test('has events of its own under the same ids', async () => {
    await other.organisation.createEntity({ key: 'HALL', name: 'Their hall', kind: 'hall' })
    expect(await other.measurement.recordEvents({ events: [event({ id: 'twin' })] })).toMatchObject({ stored: 1 })
    expect((await other.measurement.listEvents({})).rows.map((row) => [row.id, row.values])).toEqual([
      ['twin', { minutes: 3 }],
    ])
  })
})
