/** How complaints are handled. */
import { entry, event, example, times } from '../../entry.ts'
import { DAY_HOURS, events, given, is, pair, total } from '../../terms.ts'

export const complaintsHandlingEntries = [
  entry({
    id: 'complaint-acknowledged-24-hours',
    sectors: ['hospital', 'hall', 'bank', 'property', 'e-commerce', 'hotline'],
    title: ['投诉 24 小时告知率', 'Complaints acknowledged within 24 hours'],
    explanation: [
      '收到投诉后 24 小时内告知投诉人已受理的比例。',
      'The share of complainants told within 24 hours that their complaint has arrived.',
    ],
    formula: ['24 小时内告知的投诉数 ÷ 投诉数', 'Complaints acknowledged within 24 hours ÷ complaints'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'compliance',
    target: 98,
    basis: ['标准要求“立即告知”，24 小时是惯例', 'The standard says “immediately”; 24 hours is common practice'],
    source: 'iso-10002-acknowledge',
    minimumN: 10,
    definition: {
      kind: 'conversion',
      pair: pair('complaint', 'complaint-acknowledged', { match: ['complaint'], withinHours: DAY_HOURS }),
    },
    examples: [
      example(
        ['2 件里 1 件；两天后才告知的不算', 'One of two; after two days is too late'],
        [
          event('complaint', '03-03 09:00', { complaint: 'k1' }),
          event('complaint-acknowledged', '03-03 10:00', { complaint: 'k1' }),
          event('complaint', '03-03 09:00', { complaint: 'k2' }),
          event('complaint-acknowledged', '03-05 10:00', { complaint: 'k2' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'complaint-closed-15-days',
    sectors: ['bank', 'hospital', 'hall', 'property', 'e-commerce', 'hotline'],
    title: ['投诉 15 日办结率', 'Complaints closed within 15 days'],
    explanation: [
      '收到后 15 日内告知处理决定的比例；还没办结的从一开始就计入。',
      'The share decided and told within 15 days; open ones count against it from the first moment.',
    ],
    formula: [
      '15 日内办结的投诉数 ÷ 投诉数（含未办结）',
      'Complaints closed within 15 days ÷ all complaints, open ones included',
    ],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'compliance',
    target: 95,
    basis: [
      '银行业、保险业规定一般 15 日内作出处理决定；其他行业参照',
      'Banks and insurers must decide simple cases within 15 days; a yardstick for others',
    ],
    source: 'bank-complaints',
    minimumN: 10,
    definition: {
      kind: 'duration',
      statistic: { of: 'within', limitHours: 360 },
      pair: pair('complaint', 'complaint-closed', {
        match: ['complaint'],
        withinHours: 60 * DAY_HOURS,
        open: 'count-late',
      }),
    },
    examples: [
      example(
        ['3 件里 1 件；20 天的和未办结的都不算', 'One of three; neither the one of 20 days nor the open one'],
        [
          event('complaint', '03-03 09:00', { complaint: 'k1' }),
          event('complaint-closed', '03-10 10:00', { complaint: 'k1' }),
          event('complaint', '03-03 09:00', { complaint: 'k2' }),
          event('complaint-closed', '03-23 10:00', { complaint: 'k2' }),
          event('complaint', '03-03 09:00', { complaint: 'k3' }),
        ],
        33.333333333333336,
        { n: 3 },
      ),
    ],
  }),
  entry({
    id: 'complaint-resolution-days',
    sectors: ['hospital', 'hall', 'bank', 'property', 'e-commerce', 'hotline'],
    title: ['投诉平均办理天数', 'Days to close a complaint'],
    explanation: [
      '从收到投诉到告知处理决定，平均多少天。',
      'Days from receiving a complaint to telling the decision, on average.',
    ],
    formula: ['（办结时间 − 收到时间）之和 ÷ 已办结投诉数', 'Sum of (closed − received) ÷ complaints closed'],
    unit: 'days',
    direction: 'lower-is-better',
    category: 'efficiency',
    target: 7,
    basis: ['惯例：一周内', 'Common practice: within a week'],
    source: 'iso-10002-response',
    minimumN: 10,
    definition: {
      kind: 'duration',
      statistic: { of: 'mean' },
      pair: pair('complaint', 'complaint-closed', {
        match: ['complaint'],
        withinHours: 180 * DAY_HOURS,
        open: 'exclude',
      }),
    },
    examples: [
      example(
        ['2 天和 4 天，平均 3 天；未办结的不计', 'Two and four days: three; the open one does not count'],
        [
          event('complaint', '03-03 09:00', { complaint: 'k1' }),
          event('complaint-closed', '03-05 09:00', { complaint: 'k1' }),
          event('complaint', '03-03 09:00', { complaint: 'k2' }),
          event('complaint-closed', '03-07 09:00', { complaint: 'k2' }),
          event('complaint', '03-03 09:00', { complaint: 'k3' }),
        ],
        3,
      ),
    ],
  }),
  entry({
    id: 'complaint-handling-satisfaction',
    sectors: ['hospital', 'hall', 'bank', 'property', 'e-commerce', 'hotline'],
    title: ['投诉处理满意率', 'Satisfaction with complaints handling'],
    explanation: [
      '办结后表态的投诉人里，对处理满意的比例。',
      'Of complainants who said so, the share satisfied with how it was handled.',
    ],
    formula: ['表示满意的办结投诉数 ÷ 有表态的办结投诉数', 'Closed and satisfied ÷ closed with an opinion'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'satisfaction',
    target: 80,
    basis: ['惯例', 'Common practice'],
    source: 'iso-10002-satisfaction',
    minimumN: 20,
    definition: {
      kind: 'proportion',
      eventType: 'complaint-closed',
      where: [given('satisfied')],
      numerator: [events(is('satisfied', 'yes'))],
      denominator: [events()],
    },
    examples: [
      example(
        ['4 人表态，3 人满意；没表态的不计', 'Three of four; who said nothing does not count'],
        [
          ...times(3, event('complaint-closed', '03-03 09:00', { satisfied: 'yes' })),
          event('complaint-closed', '03-03 10:00', { satisfied: 'no' }),
          event('complaint-closed', '03-03 11:00'),
        ],
        75,
        { n: 4 },
      ),
    ],
  }),
  entry({
    id: 'complaint-backlog',
    sectors: ['hospital', 'hall', 'bank', 'property', 'e-commerce'],
    title: ['在办投诉', 'Open complaints'],
    explanation: ['时段结束时还没办结的投诉件数。', 'Complaints open at the end of the period.'],
    formula: ['累计投诉数 − 累计办结数', 'Complaints ever received − ever closed'],
    unit: 'count',
    direction: 'lower-is-better',
    category: 'efficiency',
    basis: ['视规模自定', 'Depends on size; set your own'],
    source: 'iso-10002-response',
    definition: {
      kind: 'backlog',
      opened: { eventType: 'complaint', where: [] },
      closed: { eventType: 'complaint-closed', where: [] },
    },
    examples: [
      example(
        ['之前 1 件、当天 1 件，次日才办结：剩 2 件', 'One before and one on the day, closed only next day: two'],
        [
          event('complaint', '02-10 09:00'),
          event('complaint', '03-03 09:00'),
          event('complaint-closed', '03-04 09:00'),
        ],
        2,
      ),
    ],
  }),
  entry({
    id: 'compensation-per-complaint',
    sectors: ['bank', 'property', 'e-commerce'],
    title: ['件均赔付', 'Compensation per complaint'],
    explanation: [
      '每办结一件投诉平均赔付多少元，是服务差错的直接代价。',
      'Yuan paid for each complaint closed: the plain price of mistakes.',
    ],
    formula: ['赔付金额合计 ÷ 办结投诉数', 'Total compensation ÷ complaints closed'],
    unit: 'yuan',
    direction: 'lower-is-better',
    category: 'value',
    basis: ['视行业自定', 'Depends on the trade; set your own'],
    source: 'practice',
    minimumN: 10,
    definition: { kind: 'ratio', eventType: 'complaint-closed', numerator: [total('amount')], denominator: [events()] },
    examples: [
      example(
        [
          '4 件共赔 200 元，件均 50；没赔的也在分母里',
          'Four, 200 yuan in all: 50 each; those without payment stay in the denominator',
        ],
        [
          event('complaint-closed', '03-03 09:00', { amount: 150 }),
          event('complaint-closed', '03-03 10:00', { amount: 50 }),
          ...times(2, event('complaint-closed', '03-03 11:00')),
        ],
        50,
        { n: 4 },
      ),
    ],
  }),
]
