/** Eight halls with three indicators over three months: enough for weights to move ranks. Everything comes in by the public API. */
import { seededChance } from '#platform/seeded-random'
import { createApiClient, signInTo } from '#platform/http/client'
import { apiContract } from '../../apps/contract.ts'
import type { Api } from '../../apps/demo/stories.ts'
import type { RoleName } from '../../modules/organisation/contract.ts'
import { type House, PASSWORD } from '../house.ts'

export const ZONE = 'Asia/Shanghai'
export const TODAY = '2026-04-10'
export const MARCH = '2026-03-01'
const MONTHS = ['2026-01', '2026-02', '2026-03'] as const
export const HALLS = ['清河', '云溪', '滨江', '东林', '南苑', '西岭', '北原', '高新'].map((name, index) => ({
  key: `S${index + 1}`,
  name: `${name}大厅`,
  region: index % 2 === 0 ? '城区' : '郊区',
}))
const VISIT = '到访'
const term = { of: 'events', coefficient: 1, where: [] }

export const indicators = {
  prompt: { zh: '按时办结率', en: 'Served in time' },
  satisfied: { zh: '群众满意率', en: 'Satisfied visitors' },
  rating: { zh: '群众评分', en: 'Rating by visitors' },
} as const

type IndicatorInput = Parameters<Api['measurement']['saveIndicator']>[0]
const share = (attribute: string): IndicatorInput['definition'] => ({
  kind: 'proportion',
  eventType: VISIT,
  where: [],
  numerator: [{ ...term, where: [{ attribute, operator: 'is', value: '是' }] }],
  denominator: [term],
})
const example = (event: object, expected: number): IndicatorInput['examples'] => [
  {
    from: '2026-01-05',
    to: '2026-01-05',
    events: [{ type: VISIT, at: '2026-01-05T02:00:00Z', ...event }],
    expected,
  },
]

async function defineIndicators(office: Api): Promise<void> {
  const base = { direction: 'higher-is-better', minimumN: 10 } as const
  const save = (id: keyof typeof indicators, rest: Pick<IndicatorInput, 'unit' | 'definition' | 'examples'>) =>
    office.measurement.saveIndicator({ ...base, id, title: indicators[id], explanation: indicators[id], ...rest })
  await save('prompt', {
    unit: 'percent',
    definition: share('按时'),
    examples: example({ attributes: { 按时: '是' } }, 100),
  })
  await save('satisfied', {
    unit: 'percent',
    definition: share('满意'),
    examples: example({ attributes: { 满意: '是' } }, 100),
  })
  await save('rating', {
    unit: 'points',
    definition: {
      kind: 'mean',
      eventType: VISIT,
      where: [],
      numerator: [{ of: '评分', coefficient: 1, where: [] }],
    },
    examples: example({ values: { 评分: 4 } }, 4),
  })
}

/** Halls that are prompt please least: whichever weighs more decides the order. */
export async function foundHalls(house: House): Promise<void> {
  const office = await house.as('improvement-office')
  await office.organisation.createEntity({ key: 'NET', name: '政务网络', kind: '网络' })
  for (const hall of HALLS) await office.organisation.createEntity({ ...hall, kind: '大厅', parentKey: 'NET' })
  await defineIndicators(office)
  const random = seededChance(7741)
  const events = MONTHS.flatMap((month) =>
    HALLS.flatMap(({ key }, place) =>
      Array.from({ length: 80 }, (_, visit) => ({
        id: `${month} ${key} ${visit}`,
        type: VISIT,
        entity: key,
        at: `${month}-${String(1 + (visit % 28)).padStart(2, '0')}T02:00:00Z`,
        attributes: {
          按时: random() < 0.95 - place * 0.06 ? '是' : '否',
          满意: random() < 0.5 + place * 0.06 ? '是' : '否',
        },
        values: { 评分: 2 + Math.floor(random() * 3) + (place % 2) },
      })),
    ),
  )
  for (let start = 0; start < events.length; start += 1000)
    await office.measurement.recordEvents({ events: events.slice(start, start + 1000) })
  await house.installation.platform.settle()
}

/** Somebody with these roles at these nodes, and their session. */
export async function person(
  house: House,
  name: string,
  email: string,
  roles: { role: RoleName; entityKey?: string }[],
): Promise<Api> {
  const administrator = await house.as('administrator')
  await administrator.organisation.createPerson({ name, email, password: PASSWORD, roles })
  const cookie = await signInTo(house.address, email, PASSWORD)
  return createApiClient(apiContract, house.address, () => ({ cookie, origin: house.address }))
}

/** Words the data and the names of methods bring, which every screen shows as they are. */
export const dataWords: readonly string[] = [
  ...HALLS.map(({ name }) => name),
  ...Object.values(indicators).flatMap(({ zh, en }) => [zh, en]),
  '城区',
  '郊区',
  '政务网络',
  '大厅',
  '网络',
  VISIT,
  'improvement-office',
  'department-head',
  'assessor',
  'scenario.example',
  'scheme-1',
  'halls',
  'manners',
  'TOPSIS',
  'VIKOR',
  'CRITIC',
  'PEST',
  'Saaty',
  'Alonso',
  'Lamata',
  'Delete',
]
