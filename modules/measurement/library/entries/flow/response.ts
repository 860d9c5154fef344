/** How fast one answers and closes. */
import { entry, event, example, times } from '../../entry.ts'
import { DAY_HOURS, events, forceMajeure, is, pair } from '../../terms.ts'

export const responseEntries = [
  entry({
    id: 'first-response-hours',
    sectors: ['hotline', 'property', 'e-commerce', 'bank', 'hall'],
    title: ['首次响应时长', 'Time to first response'],
    explanation: [
      '从登记到第一次有人联系服务对象，平均多少小时。拖得越久，重复来电越多。',
      'Hours from registering a request to the first time somebody gets in touch, on average.',
    ],
    formula: [
      '各工单（首次响应时间 − 登记时间）之和 ÷ 已响应工单数',
      'Sum of (answered − opened) ÷ tickets answered within 30 days',
    ],
    unit: 'hours',
    direction: 'lower-is-better',
    category: 'efficiency',
    target: 4,
    basis: ['惯例：半个工作日内响应', 'Common practice: half a working day'],
    source: 'iso-18295',
    minimumN: 20,
    definition: {
      kind: 'duration',
      pair: pair('ticket-opened', 'ticket-answered', {
        match: ['ticket'],
        withinHours: 30 * DAY_HOURS,
        open: 'exclude',
      }),
      statistic: { of: 'mean' },
    },
    examples: [
      example(
        [
          '1 小时和 5 小时各一件，平均 3 小时；未响应的不计',
          'One after 1 hour, one after 5: 3 on average; the unanswered one does not count',
        ],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1' }),
          event('ticket-answered', '03-03 10:00', { ticket: 't1' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't2' }),
          event('ticket-answered', '03-03 14:00', { ticket: 't2' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't3' }),
        ],
        3,
      ),
    ],
  }),
  entry({
    id: 'response-within-24-hours',
    sectors: ['hotline', 'property', 'hall', 'bank', 'e-commerce'],
    title: ['24 小时响应率', 'Answered within 24 hours'],
    explanation: [
      '登记后 24 小时内有人联系服务对象的工单比例。',
      'The share of requests where somebody got in touch within 24 hours.',
    ],
    formula: ['24 小时内首次响应的工单数 ÷ 登记的工单数', 'Tickets answered within 24 hours ÷ tickets opened'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'efficiency',
    target: 95,
    basis: ['12345 热线考核惯例', 'Practice of 12345 hotlines'],
    source: 'hotline-three-rates',
    minimumN: 30,
    definition: {
      kind: 'conversion',
      pair: pair('ticket-opened', 'ticket-answered', { match: ['ticket'], withinHours: DAY_HOURS }),
    },
    examples: [
      example(
        ['4 件里 3 件按时；过了 30 小时才响应的不算', 'Three of four in time; the one answered after 30 hours is not'],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1' }),
          event('ticket-answered', '03-03 10:00', { ticket: 't1' }),
          event('ticket-opened', '03-03 09:30', { ticket: 't2' }),
          event('ticket-answered', '03-03 11:00', { ticket: 't2' }),
          event('ticket-opened', '03-03 10:00', { ticket: 't3' }),
          event('ticket-answered', '03-04 09:00', { ticket: 't3' }),
          event('ticket-opened', '03-03 10:00', { ticket: 't4' }),
          event('ticket-answered', '03-04 16:00', { ticket: 't4' }),
        ],
        75,
        { n: 4 },
      ),
    ],
  }),
  entry({
    id: 'urgent-response-30-minutes',
    sectors: ['property', 'hotline'],
    title: ['紧急诉求 30 分钟响应率', 'Urgent requests answered within 30 minutes'],
    explanation: [
      '停水停电、漏水等紧急诉求，30 分钟内有人响应的比例。',
      'Of urgent requests (no water, no power, a leak), the share answered within half an hour.',
    ],
    formula: ['30 分钟内响应的紧急工单数 ÷ 紧急工单数', 'Urgent tickets answered within 30 minutes ÷ urgent tickets'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'efficiency',
    target: 95,
    basis: ['物业服务合同的常见承诺', 'A usual promise of property contracts'],
    source: 'property-service',
    minimumN: 10,
    definition: {
      kind: 'conversion',
      pair: pair('ticket-opened', 'ticket-answered', {
        match: ['ticket'],
        withinHours: 0.5,
        fromWhere: [is('priority', 'urgent')],
      }),
    },
    examples: [
      example(
        ['2 件紧急，1 件按时；不紧急的不计', 'Two urgent, one in time; the one that is not urgent does not count'],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1', priority: 'urgent' }),
          event('ticket-answered', '03-03 09:20', { ticket: 't1' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't2', priority: 'urgent' }),
          event('ticket-answered', '03-03 09:40', { ticket: 't2' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't3', priority: 'normal' }),
          event('ticket-answered', '03-03 09:10', { ticket: 't3' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'resolution-hours-90th',
    sectors: ['hotline', 'property', 'e-commerce', 'bank', 'hall'],
    title: ['办结时长 90 分位', 'Time to resolution, nine of ten'],
    explanation: [
      '十件里九件在多少小时内办结。平均数会掩盖拖得最久的那些，分位数不会。',
      'Within how many hours nine of ten requests are closed. A mean hides the slowest; this does not.',
    ],
    formula: ['（办结时间 − 登记时间）的 90% 分位数', '90 percent quantile of (closed − opened)'],
    unit: 'hours',
    direction: 'lower-is-better',
    category: 'efficiency',
    target: 120,
    basis: ['惯例：5 日内办结九成', 'Common practice: nine of ten within five days'],
    source: 'practice',
    minimumN: 30,
    definition: {
      kind: 'duration',
      pair: pair('ticket-opened', 'ticket-closed', { match: ['ticket'], withinHours: 90 * DAY_HOURS, open: 'exclude' }),
      statistic: { of: 'quantile', quantile: 0.9 },
    },
    examples: [
      example(
        [
          '都用 2 小时，分位数是 2；没办结的不计',
          'Each took two hours, so does the quantile; the open one does not count',
        ],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1' }),
          event('ticket-closed', '03-03 11:00', { ticket: 't1' }),
          event('ticket-opened', '03-03 10:00', { ticket: 't2' }),
          event('ticket-closed', '03-03 12:00', { ticket: 't2' }),
          event('ticket-opened', '03-03 10:00', { ticket: 't3' }),
        ],
        2,
      ),
    ],
  }),
  entry({
    id: 'resolution-within-5-days',
    sectors: ['hotline', 'property', 'e-commerce', 'bank'],
    title: ['5 日办结率', 'Closed within five days'],
    explanation: [
      '登记后 120 小时内办结的比例。还没办结的从一开始就按未按时计，积压藏不住。',
      'The share closed within 120 hours. What is still open counts against it from the first moment, so a backlog cannot hide.',
    ],
    formula: [
      '120 小时内办结的工单数 ÷ 登记的工单数（含未办结）',
      'Tickets closed within 120 hours ÷ all tickets opened, open ones included',
    ],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'efficiency',
    target: 90,
    basis: ['热线承办时限的惯例', 'A usual time limit of hotlines'],
    source: 'hotline-opinion',
    minimumN: 30,
    definition: {
      kind: 'duration',
      pair: pair('ticket-opened', 'ticket-closed', {
        match: ['ticket'],
        withinHours: 30 * DAY_HOURS,
        open: 'count-late',
      }),
      statistic: { of: 'within', limitHours: 120 },
    },
    examples: [
      example(
        [
          '4 件里 2 件在 5 日内；1 件超时、1 件未办结都算未达到',
          'Two of four; the late one and the open one both count against it',
        ],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1' }),
          event('ticket-closed', '03-04 09:00', { ticket: 't1' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't2' }),
          event('ticket-closed', '03-08 08:00', { ticket: 't2' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't3' }),
          event('ticket-closed', '03-10 09:00', { ticket: 't3' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't4' }),
        ],
        50,
        { n: 4 },
      ),
    ],
  }),
  entry({
    id: 'resolution-rate',
    sectors: ['hotline', 'property', 'e-commerce', 'bank', 'hall'],
    title: ['解决率', 'Resolution rate'],
    explanation: [
      '登记的诉求里，30 日内真正解决（不只是答复）的比例。',
      'Of the requests registered, the share that was solved (not only answered) within 30 days.',
    ],
    formula: [
      '30 日内以“已解决”办结的工单数 ÷ 登记的工单数',
      'Tickets closed as resolved within 30 days ÷ tickets opened',
    ],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'quality',
    target: 85,
    basis: ['12345 热线考核惯例', 'Practice of 12345 hotlines'],
    source: 'hotline-three-rates',
    minimumN: 30,
    definition: {
      kind: 'conversion',
      pair: pair('ticket-opened', 'ticket-closed', {
        match: ['ticket'],
        withinHours: 30 * DAY_HOURS,
        toWhere: [is('outcome', 'resolved')],
      }),
    },
    examples: [
      example(
        ['2 件里 1 件解决；以“未解决”办结的不算', 'One of two; closed as not resolved does not count'],
        [
          event('ticket-opened', '03-03 09:00', { ticket: 't1' }),
          event('ticket-closed', '03-04 09:00', { ticket: 't1', outcome: 'resolved' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't2' }),
          event('ticket-closed', '03-04 09:00', { ticket: 't2', outcome: 'unresolved' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'ticket-backlog',
    sectors: ['hotline', 'property', 'e-commerce', 'bank', 'hall'],
    title: ['在办工单积压', 'Open tickets'],
    explanation: [
      '时段结束时登记了还没办结的工单数。它是存量，不能把各月相加。',
      'Tickets open at the end of the period. A stock: months do not add up.',
    ],
    formula: ['累计登记数 − 累计办结数', 'Tickets ever opened − tickets ever closed'],
    unit: 'count',
    direction: 'lower-is-better',
    category: 'efficiency',
    basis: ['视规模自定', 'Depends on size; set your own'],
    source: 'practice',
    definition: {
      kind: 'backlog',
      opened: { eventType: 'ticket-opened', where: [] },
      closed: { eventType: 'ticket-closed', where: [] },
    },
    examples: [
      example(
        [
          '之前 2 件加当天 1 件，办结 1 件，剩 2 件；次日的不计',
          'Two before, one on the day, one closed: two; the one of the next day does not count',
        ],
        [
          event('ticket-opened', '02-20 09:00', { ticket: 't1' }),
          event('ticket-opened', '03-01 09:00', { ticket: 't2' }),
          event('ticket-opened', '03-03 09:00', { ticket: 't3' }),
          event('ticket-closed', '03-03 15:00', { ticket: 't1' }),
          event('ticket-opened', '03-05 09:00', { ticket: 't4' }),
        ],
        2,
      ),
    ],
  }),
  entry({
    id: 'closed-on-time',
    sectors: ['hotline', 'property', 'bank', 'e-commerce'],
    title: ['按承诺时限办结率', 'Closed by the promised time'],
    explanation: [
      '办结的工单里没有超过承诺时限的比例。有证明材料的不可抗力不计，但最多剔除一成。',
      'The share of closed tickets that kept the promise. Proven force majeure is left out, a tenth at most.',
    ],
    formula: ['按时办结数 ÷（办结数 − 有证明的不可抗力）', 'Closed on time ÷ (closed − proven force majeure)'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'compliance',
    target: 95,
    basis: ['承诺应当兑现，留出例外', 'A promise is kept, with room for exceptions'],
    source: 'iso-10001',
    minimumN: 30,
    exclusions: [forceMajeure],
    definition: {
      kind: 'proportion',
      eventType: 'ticket-closed',
      where: [],
      numerator: [events(is('on-time', 'yes'))],
      denominator: [events()],
    },
    examples: [
      example(
        [
          '11 件里 1 件有证明被剔除，剩 10 件里 9 件按时',
          'Eleven, one left out with evidence, nine of the ten others on time',
        ],
        [
          ...times(9, event('ticket-closed', '03-03 09:00', { 'on-time': 'yes' })),
          event('ticket-closed', '03-03 10:00', { 'on-time': 'no', excused: 'force-majeure' }),
          event('ticket-closed', '03-03 11:00', { 'on-time': 'no', excused: 'force-majeure', evidence: 'D-17' }),
        ],
        90,
        { n: 10 },
      ),
      example(
        ['剔除超过一成就一件也不剔除：2 件里 1 件按时', 'More than a tenth: none is left out, one of two on time'],
        [
          event('ticket-closed', '03-03 09:00', { 'on-time': 'yes' }),
          event('ticket-closed', '03-03 11:00', { 'on-time': 'no', excused: 'force-majeure', evidence: 'D-17' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'contact-minutes-median',
    sectors: ['hotline', 'bank', 'e-commerce'],
    title: ['咨询处理时长中位数', 'Minutes of a contact, median'],
    explanation: [
      '一半的咨询在多少分钟内处理完。超过两小时的按两小时计，避免忘记关闭的会话拉高数字。',
      'Half of the contacts are done within this time. Above two hours counts as two hours: sessions left open say nothing.',
    ],
    formula: ['处理分钟数的中位数（上限 120 分钟）', 'Median of minutes served, each at most 120'],
    unit: 'minutes',
    direction: 'neutral',
    category: 'efficiency',
    basis: [
      '没有统一的好坏，需与首次解决率同看',
      'Neither long nor short is good; read it with first-contact resolution',
    ],
    source: 'practice',
    minimumN: 30,
    cap: { kind: 'absolute', low: 0, high: 120 },
    definition: {
      kind: 'quantile',
      eventType: 'contact',
      where: [],
      numerator: [{ of: 'service-minutes', coefficient: 1, where: [] }],
      quantile: 0.5,
    },
    examples: [
      example(
        [
          '4、6、600 的中位数是 6；没有时长的不计',
          'The middle of 4, 6 and 600 is 6; the one without minutes does not count',
        ],
        [
          event('contact', '03-03 09:00', { 'service-minutes': 4 }),
          event('contact', '03-03 10:00', { 'service-minutes': 6 }),
          event('contact', '03-03 11:00', { 'service-minutes': 600 }),
          event('contact', '03-03 12:00'),
        ],
        6,
        { n: 3 },
      ),
    ],
  }),
]
