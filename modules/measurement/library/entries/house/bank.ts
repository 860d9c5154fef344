/** What only a bank has. */
import { entry, event, example, times } from '../../entry.ts'
import { DAY_HOURS, events, is, isOne, pair } from '../../terms.ts'

export const bankEntries = [
  entry({
    id: 'transaction-success-rate',
    sectors: ['bank'],
    title: ['交易成功率', 'Transactions that succeed'],
    explanation: ['有结果的交易里成功的比例。', 'Of transactions with a result, the share that succeeded.'],
    formula: ['成功交易数 ÷（成功 + 失败）交易数', 'Succeeded ÷ (succeeded + failed)'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'quality',
    target: 99.5,
    basis: ['惯例', 'Common practice'],
    source: 'practice',
    minimumN: 100,
    definition: {
      kind: 'proportion',
      eventType: 'transaction',
      where: [isOne('status', 'succeeded', 'failed')],
      numerator: [events(is('status', 'succeeded'))],
      denominator: [events()],
    },
    examples: [
      example(
        ['4 笔成功 3 笔；处理中的不计', 'Three of four; one in progress does not count'],
        [
          ...times(3, event('transaction', '03-03 09:00', { status: 'succeeded' })),
          event('transaction', '03-03 09:00', { status: 'failed' }),
          event('transaction', '03-03 09:00', { status: 'pending' }),
        ],
        75,
        { n: 4 },
      ),
    ],
  }),
  entry({
    id: 'sale-recorded-rate',
    sectors: ['bank'],
    title: ['“双录”合规率', 'Sales recorded'],
    explanation: [
      '理财与保险代销里完成录音录像的比例。',
      'Of sales of wealth and insurance products, the share with sound and picture recorded.',
    ],
    formula: ['已留痕的代销笔数 ÷ 代销笔数', 'Sales recorded ÷ sales'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'compliance',
    target: 100,
    basis: ['监管要求全部留痕', 'The regulator asks for all'],
    source: 'practice',
    minimumN: 1,
    definition: {
      kind: 'proportion',
      eventType: 'transaction',
      where: [is('product', 'wealth')],
      numerator: [events(is('recorded', 'yes'))],
      denominator: [events()],
    },
    examples: [
      example(
        ['2 笔里 1 笔；存款不用双录', 'One of two; a deposit needs none'],
        [
          event('transaction', '03-03 09:00', { product: 'wealth', recorded: 'yes' }),
          event('transaction', '03-03 09:00', { product: 'wealth' }),
          event('transaction', '03-03 09:00', { product: 'deposit' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'enquiry-to-account-30-days',
    sectors: ['bank'],
    title: ['咨询转化率', 'Enquiries that become customers'],
    explanation: [
      '来问产品的人 30 日内签约开户的比例。',
      'Of those who asked about a product, the share that opened an account within 30 days.',
    ],
    formula: [
      '30 日内签约的产品咨询数 ÷ 产品咨询数',
      'Product enquiries followed by an account within 30 days ÷ product enquiries',
    ],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'value',
    target: 20,
    basis: ['视产品自定', 'Depends on the product'],
    source: 'practice',
    minimumN: 30,
    definition: {
      kind: 'conversion',
      pair: pair('contact', 'account-opened', {
        match: ['customer'],
        withinHours: 30 * DAY_HOURS,
        fromWhere: [is('topic', 'product')],
      }),
    },
    examples: [
      example(
        ['2 人里 1 人；问账单的不计', 'One of two; a question about a bill does not count'],
        [
          event('contact', '03-03 09:00', { customer: 'c1', topic: 'product' }),
          event('account-opened', '03-10 09:00', { customer: 'c1' }),
          event('contact', '03-03 09:00', { customer: 'c2', topic: 'product' }),
          event('contact', '03-03 09:00', { customer: 'c3', topic: 'bill' }),
          event('account-opened', '03-04 09:00', { customer: 'c3' }),
        ],
        50,
        { n: 2 },
      ),
    ],
  }),
  entry({
    id: 'active-customers',
    sectors: ['bank'],
    title: ['活跃客户数', 'Active customers'],
    explanation: [
      '时段内至少成功办理一笔业务的客户数，同一个人只算一次。',
      'Customers with at least one transaction that succeeded, each counted once.',
    ],
    formula: ['成功交易的不同客户数', 'Different customers of transactions that succeeded'],
    unit: 'count',
    direction: 'higher-is-better',
    category: 'value',
    basis: ['视规模自定', 'Depends on size; set your own'],
    source: 'practice',
    definition: {
      kind: 'distinct',
      eventType: 'transaction',
      where: [is('status', 'succeeded')],
      attribute: 'customer',
    },
    examples: [
      example(
        ['两人三笔：2；只有失败交易的人不计', 'Two people, three transactions: 2; who only failed does not count'],
        [
          ...times(2, event('transaction', '03-03 09:00', { customer: 'c1', status: 'succeeded' })),
          event('transaction', '03-03 09:00', { customer: 'c2', status: 'succeeded' }),
          event('transaction', '03-03 09:00', { customer: 'c3', status: 'failed' }),
        ],
        2,
      ),
    ],
  }),
  entry({
    id: 'off-counter-transaction-share',
    sectors: ['bank'],
    title: ['离柜交易率', 'Transactions away from the counter'],
    explanation: ['成功交易里不在柜台办理的比例。', 'Of transactions that succeeded, the share not made at a counter.'],
    formula: [
      '网上、移动应用和自助设备的成功交易数 ÷ 成功交易数',
      'Succeeded online, in the app or at devices ÷ succeeded',
    ],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'efficiency',
    target: 90,
    basis: ['银行业惯例', 'Common practice of banks'],
    source: 'bank-branches',
    minimumN: 100,
    definition: {
      kind: 'proportion',
      eventType: 'transaction',
      where: [is('status', 'succeeded')],
      numerator: [events(isOne('channel', 'online', 'app', 'self-service'))],
      denominator: [events()],
    },
    examples: [
      example(
        ['4 笔里 3 笔；失败的不计', 'Three of four; the failed one does not count'],
        [
          ...times(3, event('transaction', '03-03 09:00', { channel: 'app', status: 'succeeded' })),
          event('transaction', '03-03 09:00', { channel: 'counter', status: 'succeeded' }),
          event('transaction', '03-03 09:00', { channel: 'counter', status: 'failed' }),
        ],
        75,
        { n: 4 },
      ),
    ],
  }),
]
