/** Plans for payments and fraud. */
import { plan, step } from './entry.ts'

export const financePlans = [
  plan(
    'payment-failure',
    'finance',
    {
      title: ['支付故障', 'Payment failure'],
      when: ['支付失败率超过5%，或出现重复扣款。', 'More than 5% of payments fail, or people are charged twice.'],
      until: ['账目核平，重复扣款全部退回。', 'Books agree and every double charge is returned.'],
    },
    { words: ['支付', '扣款', '收费', 'payment', 'charge'], leastColour: 'yellow' },
    [
      step('stop', 'administrator', 10, [
        '停用故障渠道，禁止重复点击',
        'Close the failing channel; block repeated clicks',
      ]),
      step('other', 'staff', 15, ['改用其他渠道，急事先办后付', 'Use another way; urgent matters now, pay later']),
      step('tell', 'experience-officer', 20, [
        '公告：扣了款没成功的不用再付',
        'Announce: whoever was charged need not pay again',
      ]),
      step('bank', 'administrator', 30, ['联系银行、支付机构查单', 'Ask bank and payment provider']),
      step('books', 'department-head', 1440, ['逐笔对账，列出差错', 'Reconcile line by line, list the faults']),
      step('refund', 'department-head', 4320, ['主动退款并短信告知', 'Refund unasked and send a message']),
    ],
  ),
  plan(
    'fraud-wave',
    'finance',
    {
      title: ['诈骗集中发生', 'Fraud wave'],
      when: ['一周内三名以上客户遭同类诈骗或冒名。', 'Three or more customers are cheated alike in a week.'],
      until: ['手法已封堵，两周没有新受害人。', 'The trick is blocked and nobody new is hurt for two weeks.'],
    },
    { words: ['诈骗', '冒名', '盗刷', 'fraud', 'scam'], leastColour: 'yellow' },
    [
      step('freeze', 'staff', 10, ['协助止付，拨打96110或110', 'Help to stop the payment; call 96110 or 110']),
      step('pattern', 'security-officer', 60, [
        '比对案例，写清手法和识别点',
        'Compare cases; write down the trick and its signs',
      ]),
      step('warn', 'experience-officer', 120, ['窗口、短信、公众号同时提醒', 'Warn at desks, by message and online']),
      step('rules', 'administrator', 240, [
        '调低限额，加强可疑交易核验',
        'Lower limits; check odd transactions harder',
      ]),
      step('inside', 'security-officer', 1440, ['查内部信息是否外泄', 'See whether data leaked from inside']),
      step('victims', 'experience-officer', 2880, [
        '逐一回访受害人，协助追款',
        'Call every victim and help to recover the money',
      ]),
    ],
  ),
]
