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
    {
      indicators: ['order-paid-24-hours', 'transaction-success-rate'],
      words: ['支付', '扣款', '收费', 'payment', 'charge'],
      leastColour: 'yellow',
    },
    [
      step('stop', 'administrator', 10, [
        '停用故障渠道，禁止重复点击',
        'Close the failing channel; block repeated clicks',
        '页面改为“已收到，请勿重复支付”，后台停止自动重试。',
        'The page says “received, please do not pay again”; stop automatic retries behind it.',
      ]),
      step('other', 'staff', 15, ['改用其他渠道，急事先办后付', 'Use another way; urgent matters now, pay later']),
      step('tell', 'improvement-office', 20, [
        '公告：扣了款没成功的不用再付',
        'Announce: whoever was charged need not pay again',
      ]),
      step('bank', 'administrator', 30, ['联系银行、支付机构查单', 'Ask bank and payment provider']),
      step('books', 'department-head', 1440, [
        '逐笔对账，列出差错',
        'Reconcile line by line, list the faults',
        '三方核对：本单位流水、支付机构账单、银行到账，差错逐笔写原因。',
        'Compare three sides: own records, the provider and the bank; name the cause of each fault.',
      ]),
      step('refund', 'department-head', 4320, [
        '主动退款并短信告知',
        'Refund unasked and send a message',
        '原路退回，写明金额、到账时间和查询电话；先退后查责任。',
        'Back the way it came, with amount, day and a number to ask; refund first, blame later.',
      ]),
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
      step('freeze', 'staff', 10, [
        '协助止付，拨打96110或110',
        'Help to stop the payment; call 96110 or 110',
        '越早止付追回越多：先打电话，再补材料；留下转账凭证和聊天记录。',
        'The earlier, the more comes back: ring first, papers later; keep receipts and chats.',
      ]),
      step('pattern', 'improvement-office', 60, [
        '比对案例，写清手法和识别点',
        'Compare cases; write down the trick and its signs',
      ]),
      step('warn', 'improvement-office', 120, [
        '窗口、短信、公众号同时提醒',
        'Warn at desks, by message and online',
        '写出骗子的原话和本单位绝不会做的事，不写空泛的“请提高警惕”。',
        'Quote what the swindlers say and name what we never ask for; not just “be careful”.',
      ]),
      step('rules', 'administrator', 240, [
        '调低限额，加强可疑交易核验',
        'Lower limits; check odd transactions harder',
      ]),
      step('inside', 'security-officer', 1440, ['查内部信息是否外泄', 'See whether data leaked from inside']),
      step('victims', 'staff', 2880, ['逐一回访受害人，协助追款', 'Call every victim and help to recover the money']),
    ],
  ),
]
