/** The tree of entities from a file: any order, changes, moves; what it says decides what a node adds up to. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadTo } from '#platform/http/client'
import type { Api } from '../apps/demo/stories.ts'
import { type House, openHouse } from './house.ts'

let house: House
let administrator: Api
let office: Api
beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-03-10' })
  administrator = await house.as('administrator')
  office = await house.as('improvement-office')
})
afterAll(() => house?.close())

async function take(content: string, dryRun = false) {
  const headers = { cookie: await house.cookieOf('administrator'), origin: house.address }
  const file = await uploadTo(house.address, headers, 'tree.csv', new Blob([content]))
  const result = await administrator.organisation.importEntities({ file, dryRun })
  await house.installation.platform.settle()
  return result
}
const HEAD = 'key,name,kind,parentKey,region,beds'

test('children may stand before their parents; the same file again changes nothing; a dry run stores nothing', async () => {
  const content = [
    HEAD,
    'W1,一号窗口,window,HALL,,',
    'HALL,大厅,hall,CITY,东区,',
    'CITY,城市,city,,,',
    'OTHER,另一城,city,,,12',
  ].join('\n')
  expect(await take(content, true)).toMatchObject({ created: 4, issues: [] })
  expect((await administrator.organisation.listEntities({})).rows).toEqual([])
  expect(await take(content)).toMatchObject({ created: 4, updated: 0, unchanged: 0, issues: [] })
  expect(await take(content)).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
  const window = await administrator.organisation.readEntity({ key: 'W1' })
  expect(window.ancestors.map((above) => above.key)).toEqual(['CITY', 'HALL'])
  expect((await administrator.organisation.readEntity({ key: 'OTHER' })).attributes).toEqual({ beds: '12' })
})

test('what cannot stand is refused row by row, and nothing of the file is taken', async () => {
  const cases: [string, string[], { row: number; field: string; rule: string }[]][] = [
    ['unknown parent', ['X,X,hall,NOWHERE,,'], [{ row: 2, field: 'parentKey', rule: 'unknown' }]],
    [
      'a circle',
      ['A,A,hall,B,,', 'B,B,hall,A,,'],
      [
        { row: 2, field: 'parentKey', rule: 'cycle' },
        { row: 3, field: 'parentKey', rule: 'cycle' },
      ],
    ],
    ['a key twice', ['A,A,hall,CITY,,', 'A,again,hall,CITY,,'], [{ row: 3, field: 'key', rule: 'unique' }]],
    ['no name', ['A,,hall,CITY,,'], [{ row: 2, field: 'name', rule: 'too_small' }]],
  ]
  for (const [name, lines, issues] of cases) {
    const result = await take([HEAD, ...lines].join('\n'))
    expect(result.issues, name).toMatchObject(issues)
    expect(result.created).toBe(0)
  }
  expect((await take('name,kind\nA,hall\n')).issues).toMatchObject([{ row: 1, field: 'key', rule: 'required' }])
  await expect(take('')).rejects.toMatchObject({ code: 'FILE_UNREADABLE', data: { reason: 'empty' } })
  expect((await administrator.organisation.listEntities({ search: 'again' })).rows).toEqual([])
})

test('a hall that moves takes its windows and their figures along', async () => {
  await office.measurement.recordEvents({
    events: [1, 2, 3].map((index) => ({ id: `e${index}`, type: 'visit', entity: 'W1', at: '2026-02-10T01:00:00Z' })),
  })
  await office.measurement.saveIndicator({
    id: 'visits',
    title: { zh: '到访', en: 'Visits' },
    explanation: { zh: '到访次数', en: 'Number of visits' },
    unit: 'count',
    direction: 'neutral',
    examples: [
      {
        from: '2026-03-02',
        to: '2026-03-02',
        events: [{ type: 'visit', at: '2026-03-02T02:00:00Z', values: {} }],
        expected: 1,
      },
    ],
    definition: {
      kind: 'count',
      eventType: 'visit',
      where: [],
      numerator: [{ of: 'events', coefficient: 1, where: [] }],
    },
  })
  const visitsOf = async (entity: string) => {
    const { groups } = await office.measurement.readSeries({
      id: 'visits',
      entity,
      grain: 'month',
      from: '2026-02-01',
      to: '2026-02-28',
    })
    return groups[0]?.points.find((point) => point.periodStart === '2026-02-01')?.numerator ?? 0
  }
  expect([await visitsOf('W1'), await visitsOf('HALL'), await visitsOf('CITY'), await visitsOf('OTHER')]).toEqual([
    3, 3, 3, 0,
  ])
  expect(await take([HEAD, 'HALL,大厅,hall,OTHER,西区,'].join('\n'))).toMatchObject({ created: 0, updated: 1 })
  expect((await administrator.organisation.readEntity({ key: 'W1' })).ancestors.map((above) => above.key)).toEqual([
    'OTHER',
    'HALL',
  ])
  expect([await visitsOf('W1'), await visitsOf('HALL'), await visitsOf('CITY'), await visitsOf('OTHER')]).toEqual([
    3, 3, 0, 3,
  ])
  const moved = await administrator.organisation.readEntity({ key: 'OTHER' })
  const below = { key: 'OTHER', name: moved.name, kind: moved.kind, parentKey: 'W1' }
  await expect(administrator.organisation.updateEntity(below)).rejects.toMatchObject({ code: 'TREE_CYCLE' })
})
