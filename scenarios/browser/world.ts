/** A small city of four halls: two wait far too long, two do not. Everything comes in by import and the public API. */
import { seededChance } from '#platform/seeded-random'
import type { IndicatorDraftInput, MappingDefinition } from '../../modules/measurement/contract.ts'
import type { House } from '../house.ts'

export const ZONE = 'Asia/Shanghai'
/** One year of weeks before the alerts, a quarter after the plans. */
export const FIRST_MONDAY = '2025-01-06'
export const ALERT_DAY = '2026-01-06'
/** The Monday after: suggested plans take effect then, and their proof ends thirteen weeks later. */
export const EFFECT_DAY = '2026-01-12'
export const PROOF_ENDS = '2026-04-12'
export const VERDICT_DAY = '2026-04-14'
const WEEK_DAYS = 7

export const EVENT_TYPE = '到访'
const WAITED = '等候分钟'
export const halls = [
  { key: 'S1', name: '清河大厅', meanMinutes: 31, meanAfter: 14 },
  { key: 'S2', name: '云溪大厅', meanMinutes: 33, meanAfter: 15 },
  { key: 'S3', name: '滨江大厅', meanMinutes: 12, meanAfter: 12 },
  { key: 'S4', name: '东林大厅', meanMinutes: 13, meanAfter: 13 },
] as const
export type Hall = (typeof halls)[number]

const COLUMNS = ['编号', '机构', '时间', WAITED]
const VISITS_PER_WEEK = 40
const random = seededChance(7717)

/** Visits of whole weeks from one Monday until before another, as the queue system would export them. */
export function visitsFile(from: string, until: string): string {
  const lines = [COLUMNS.join(',')]
  for (
    let monday = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(monday, until) < 0;
    monday = monday.add({ days: WEEK_DAYS })
  ) {
    for (const hall of halls) {
      const mean = (monday.toString() < EFFECT_DAY ? hall.meanMinutes : hall.meanAfter) * (0.92 + 0.16 * random())
      for (let visit = 0; visit < VISITS_PER_WEEK; visit += 1) {
        const day = monday.add({ days: visit % 5 })
        const minutes = Math.min(120, -mean * Math.log(1 - random())).toFixed(1)
        lines.push(`${day}-${hall.key}-${visit},${hall.key},${day}T10:${String(visit).padStart(2, '0')}:00,${minutes}`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

export const mapping: MappingDefinition = {
  eventType: EVENT_TYPE,
  entity: { columns: ['机构'] },
  unknownEntities: 'refuse',
  time: { column: '时间', format: 'auto' },
  identity: ['编号'],
  attributes: [],
  values: [{ name: WAITED, column: WAITED }],
  emptyNumber: 'refuse',
}
export const MAPPING_NAME = '到访明细'

export const waiting: IndicatorDraftInput = {
  id: 'mean-waiting',
  title: { zh: '平均等候时间', en: 'Mean waiting time' },
  explanation: { zh: '从取号到开始办理的平均分钟数。', en: 'Mean minutes from taking a number to being served.' },
  unit: 'minutes',
  direction: 'lower-is-better',
  target: 15,
  minimumN: 20,
  examples: [
    {
      from: '2026-03-02',
      to: '2026-03-02',
      events: [10, 20].map((minutes) => ({
        type: EVENT_TYPE,
        at: '2026-03-02T02:00:00Z',
        values: { [WAITED]: minutes },
      })),
      expected: 15,
    },
  ],
  definition: {
    kind: 'mean',
    eventType: EVENT_TYPE,
    where: [],
    numerator: [{ of: WAITED, coefficient: 1, where: [] }],
  },
}

/** Words of the data, which every screen shows as they are. */
export const dataWords: readonly string[] = [
  ...halls.map((hall) => hall.name),
  '政务网络',
  MAPPING_NAME,
  EVENT_TYPE,
  ...COLUMNS,
  '到访.csv',
  '大厅',
  '网络',
  'improvement-office',
  'department-head',
  'steering-group',
  'administrator',
  'security-officer',
  'staff',
  'scenario.example',
  waiting.id,
  'service-halls',
  // The form's example of an id, which is written in Latin letters.
  'waiting-30-minutes',
]

/** Four halls below a network; an indicator and a scheme. Data and the rule come later. */
export async function foundWorld(house: House): Promise<void> {
  const office = await house.as('improvement-office')
  await office.organisation.createEntity({ key: 'NET', name: '政务网络', kind: '网络' })
  for (const { key, name } of halls)
    await office.organisation.createEntity({ key, name, kind: '大厅', parentKey: 'NET' })
  await office.measurement.saveMapping({ name: MAPPING_NAME, definition: mapping })
}

export async function defineWorld(house: House): Promise<void> {
  const office = await house.as('improvement-office')
  await office.measurement.saveIndicator(waiting)
  await office.evaluation.saveScheme({
    id: 'service-halls',
    title: { zh: '大厅评分', en: 'Score of the halls' },
    entityKind: '大厅',
    dimensions: [
      {
        id: 'all',
        title: { zh: '全部', en: 'All' },
        weight: 1,
        items: [
          {
            id: waiting.id,
            source: { kind: 'indicator', indicator: waiting.id },
            weight: 1,
            transform: {
              kind: 'piecewise',
              points: [
                [5, 100],
                [60, 0],
              ],
            },
            required: true,
          },
        ],
      },
    ],
    adopt: {},
  })
}

export async function watchWaiting(house: House): Promise<void> {
  const office = await house.as('improvement-office')
  await office.alerts.saveRule({
    id: 'waiting-too-long',
    title: { zh: '等候超限', en: 'Waiting too long' },
    indicator: waiting.id,
    grain: 'week',
    watch: { entityKind: '大厅', below: 'NET' },
    condition: { kind: 'threshold', levels: { yellow: 18, orange: 24, red: 60 } },
    confidence: 0.99,
    minimumN: 20,
    startsOn: Temporal.PlainDate.from(ALERT_DAY).subtract({ days: 8 }).toString(),
  })
}

/** No encoder for GB18030 is at hand: the decoder's table of two-byte characters is turned round. */
export function inGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, readonly [number, number]>()
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1)
      codes.set(decoder.decode(Uint8Array.of(first, second)), [first, second])
  return Buffer.from(Array.from(text, (sign) => (sign < '\u0080' ? [sign.charCodeAt(0)] : codes.get(sign)!)).flat())
}
