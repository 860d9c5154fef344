/** What the demo organisation measures, scores and watches: indicators, a scheme, rules, mappings. Plain data for the public API. */
import { type RuleDraft, type RuleDraftInput, ruleDraft } from '#alerts/contract'
import type { SchemeDraftInput } from '#evaluation/contract'
import type { CustomerSettingDraft, IndicatorDraftInput, MappingDefinition } from '#measurement/contract'

/** Words of the data itself are Chinese, as those of a Chinese organisation would be. */
const VISIT = '到访'
const COMPLAINT = '投诉登记'
const term = (of: string, coefficient = 1) => ({ of, coefficient, where: [] })

const DAY = '2026-03-02'
/** A worked example: visits (or complaints) of one day by their values, and what must come out. */
const example = (type: string, each: readonly Readonly<Record<string, number>>[], expected: number) => ({
  from: DAY,
  to: DAY,
  events: each.map((values) => ({ type, at: `${DAY}T10:00:00+08:00`, values: { ...values } })),
  expected,
})

export const indicators: readonly IndicatorDraftInput[] = [
  {
    id: 'mean-waiting',
    title: { zh: '平均等候时间', en: 'Mean waiting time' },
    explanation: {
      zh: '从取号到开始办理的平均分钟数。',
      en: 'Mean minutes from taking a number to the begin of service.',
    },
    unit: 'minutes',
    direction: 'lower-is-better',
    target: 15,
    minimumN: 30,
    category: 'efficiency',
    examples: [example(VISIT, [{ 等候分钟: 10 }, { 等候分钟: 20 }, { 办理分钟: 5 }], 15)],
    definition: { kind: 'mean', eventType: VISIT, where: [], numerator: [term('等候分钟')] },
  },
  {
    id: 'waiting-p90',
    title: { zh: '等候时间第90百分位', en: 'Waiting time, 90th percentile' },
    explanation: { zh: '九成的人等候不超过的分钟数。', en: 'Nine visitors in ten wait no longer than this.' },
    unit: 'minutes',
    direction: 'lower-is-better',
    target: 30,
    minimumN: 30,
    category: 'efficiency',
    examples: [example(VISIT, [{ 等候分钟: 0 }, { 等候分钟: 10 }], 9)],
    definition: { kind: 'quantile', eventType: VISIT, where: [], numerator: [term('等候分钟')], quantile: 0.9 },
  },
  {
    id: 'within-15-minutes',
    title: { zh: '15分钟内开始办理率', en: 'Served within 15 minutes' },
    explanation: {
      zh: '等候不超过15分钟的到访占全部到访的比例。',
      en: 'Share of visits that waited at most 15 minutes.',
    },
    unit: 'percent',
    direction: 'higher-is-better',
    target: 80,
    minimumN: 30,
    category: 'efficiency',
    examples: [example(VISIT, [{ '15分钟内': 1 }, { '15分钟内': 0 }, { '15分钟内': 1 }, { '15分钟内': 1 }], 75)],
    definition: {
      kind: 'proportion',
      eventType: VISIT,
      where: [],
      numerator: [term('15分钟内')],
      denominator: [term('events')],
    },
  },
  {
    id: 'satisfaction',
    title: { zh: '满意率', en: 'Satisfaction' },
    explanation: {
      zh: '主动评价中4星及以上的比例；未评价的不计入。',
      en: 'Share of given ratings of 4 stars or more; visits without a rating are not counted.',
    },
    unit: 'percent',
    direction: 'higher-is-better',
    target: 85,
    minimumN: 30,
    category: 'satisfaction',
    examples: [
      example(
        VISIT,
        [
          { 已评价: 1, 满意: 1 },
          { 已评价: 1, 满意: 0 },
          { 已评价: 0, 满意: 0 },
        ],
        50,
      ),
    ],
    definition: {
      kind: 'proportion',
      eventType: VISIT,
      where: [],
      numerator: [term('满意')],
      denominator: [term('已评价')],
    },
  },
  {
    id: 'complaints-per-thousand',
    title: { zh: '千人次投诉率', en: 'Complaints per thousand visits' },
    explanation: { zh: '每一千次到访中提出投诉的次数。', en: 'Visits that led to a complaint, of each thousand.' },
    unit: 'per-thousand',
    direction: 'lower-is-better',
    target: 8,
    minimumN: 100,
    category: 'quality',
    examples: [example(VISIT, [{ 投诉: 1 }, { 投诉: 0 }, { 投诉: 0 }, { 投诉: 0 }], 250)],
    definition: {
      kind: 'proportion',
      eventType: VISIT,
      where: [],
      numerator: [term('投诉')],
      denominator: [term('events')],
    },
  },
  {
    id: 'service-minutes',
    title: { zh: '平均办理时间', en: 'Mean service time' },
    explanation: { zh: '从开始办理到办结的平均分钟数。', en: 'Mean minutes from the begin of service to its end.' },
    unit: 'minutes',
    direction: 'lower-is-better',
    target: null,
    minimumN: 30,
    category: 'efficiency',
    examples: [example(VISIT, [{ 办理分钟: 4 }, { 办理分钟: 8 }], 6)],
    definition: { kind: 'mean', eventType: VISIT, where: [], numerator: [term('办理分钟')] },
  },
  {
    id: 'visits',
    title: { zh: '到访人次', en: 'Visits' },
    explanation: { zh: '办结的到访次数。', en: 'Visits that were served.' },
    unit: 'count',
    direction: 'neutral',
    target: null,
    minimumN: 0,
    category: 'value',
    examples: [example(VISIT, [{}, {}], 2)],
    definition: { kind: 'count', eventType: VISIT, where: [], numerator: [term('events')] },
  },
  {
    id: 'complaints',
    title: { zh: '投诉件数', en: 'Complaints' },
    explanation: { zh: '登记的投诉件数，可按主题细分。', en: 'Complaints recorded; can be split by topic.' },
    unit: 'count',
    direction: 'lower-is-better',
    target: null,
    minimumN: 0,
    category: 'quality',
    examples: [example(COMPLAINT, [{}, {}, {}], 3)],
    definition: { kind: 'count', eventType: COMPLAINT, where: [], numerator: [term('events')] },
  },
]

const PROMPTNESS: SchemeDraftInput['dimensions'][number]['items'][number]['transform'] = {
  kind: 'piecewise',
  points: [
    [20, 0],
    [60, 60],
    [80, 85],
    [95, 100],
  ],
}

/** Waiting and complaints as they are measured, satisfaction as people say it: two dimensions, a gate for complaints in bulk. */
const hallDimensions = (waiting: number, complaints: number, satisfaction: number): SchemeDraftInput['dimensions'] => [
  {
    id: 'service',
    title: { zh: '服务过程', en: 'Service' },
    weight: 1 - satisfaction,
    items: [
      {
        id: 'within-15-minutes',
        source: { kind: 'indicator', indicator: 'within-15-minutes' },
        weight: waiting,
        transform: PROMPTNESS,
        required: true,
      },
      {
        id: 'complaints-per-thousand',
        source: { kind: 'indicator', indicator: 'complaints-per-thousand' },
        weight: complaints,
        transform: {
          kind: 'piecewise',
          points: [
            [0, 100],
            [8, 85],
            [15, 60],
            [30, 0],
          ],
        },
        shrink: 'peers',
      },
    ],
  },
  {
    id: 'voice',
    title: { zh: '群众感受', en: 'Voice of the public' },
    weight: satisfaction,
    items: [
      {
        id: 'satisfaction',
        source: { kind: 'indicator', indicator: 'satisfaction' },
        weight: 1,
        transform: {
          kind: 'piecewise',
          points: [
            [40, 0],
            [70, 60],
            [85, 85],
            [95, 100],
          ],
        },
        required: true,
      },
    ],
  },
]

const floodOfComplaints = {
  id: 'complaints-in-bulk',
  title: { zh: '投诉集中（每千人次 40 件以上）', en: 'Complaints in bulk (40 or more per thousand)' },
  indicator: 'complaints-per-thousand',
  operator: 'at-least',
  limit: 40,
  cap: { kind: 'stars', most: 2 },
} as const

export const schemes: readonly SchemeDraftInput[] = [
  {
    id: 'service-halls',
    title: { zh: '政务大厅服务质量评分', en: 'Service quality of the halls' },
    grains: ['month', 'quarter'],
    entityKind: '大厅',
    dimensions: hallDimensions(2 / 3, 1 / 3, 0.4),
    gates: [floodOfComplaints],
  },
  {
    id: 'departments',
    title: { zh: '门诊科室服务质量评分', en: 'Service quality of the departments' },
    grains: ['month'],
    entityKind: '科室',
    below: 'MED',
    dimensions: hallDimensions(5 / 7, 2 / 7, 0.3),
    gates: [floodOfComplaints],
  },
]

const watching = (
  part: Pick<RuleDraftInput, 'id' | 'title' | 'indicator' | 'grain' | 'watch' | 'condition'>,
  startsOn: string,
): RuleDraft => ruleDraft.parse({ ...part, confidence: 0.99, minimumN: 30, startsOn })

export const rules = (startsOn: string): readonly RuleDraft[] => [
  watching(
    {
      id: 'desk-waiting',
      title: { zh: '挂号等候超限', en: 'Registration keeps people waiting' },
      indicator: 'mean-waiting',
      grain: 'month',
      watch: { entityKind: null, below: 'H1-REG' },
      condition: { kind: 'threshold', levels: { yellow: 25, orange: 35, red: 90 } },
    },
    startsOn,
  ),
  watching(
    {
      id: 'hall-waiting-rises',
      title: { zh: '大厅等候时间持续变差', en: 'A hall keeps people waiting longer than it used to' },
      indicator: 'mean-waiting',
      grain: 'month',
      watch: { entityKind: '大厅', below: 'HALL' },
      condition: {
        kind: 'deviation',
        baseline: { of: 'own', periods: 12 },
        levelsPercent: { yellow: 50, orange: 90, red: 200 },
      },
    },
    startsOn,
  ),
  watching(
    {
      id: 'satisfaction-below-peers',
      title: { zh: '满意率明显低于同类', en: 'Satisfaction well below the peers' },
      indicator: 'satisfaction',
      grain: 'quarter',
      watch: { entityKind: '大厅', below: 'HALL' },
      condition: { kind: 'deviation', baseline: { of: 'peers' }, levelsPercent: { yellow: 15, orange: 30, red: 50 } },
    },
    startsOn,
  ),
]

export const mappings: Readonly<Record<string, MappingDefinition>> = {
  到访明细: {
    eventType: VISIT,
    entity: { columns: ['机构'] },
    unknownEntities: 'refuse',
    time: { column: '时间', format: 'iso' },
    identity: ['编号'],
    attributes: [
      { column: '客户', name: '客户' },
      { column: '业务', name: '业务' },
      { column: '主题', name: '主题' },
    ],
    values: ['等候分钟', '办理分钟', '15分钟内', '已评价', '星级', '满意', '投诉'].map((name) => ({
      name,
      column: name,
    })),
    emptyNumber: 'absent',
  },
  投诉明细: {
    eventType: COMPLAINT,
    entity: { columns: ['机构'] },
    unknownEntities: 'refuse',
    time: { column: '时间', format: 'iso' },
    identity: ['编号'],
    attributes: [
      { column: '客户', name: '客户' },
      { column: '主题', name: '主题' },
      { column: '内容', name: '内容' },
    ],
    values: [],
    emptyNumber: 'absent',
  },
}

/** Visits are dealings; whoever complains was there before. */
export const customers: CustomerSettingDraft = {
  attribute: '客户',
  dealingTypes: [VISIT],
  moneyValue: null,
  channelAttribute: null,
  ratingValue: '星级',
  complaintTypes: [COMPLAINT],
}
