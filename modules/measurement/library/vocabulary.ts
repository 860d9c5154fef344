/**
 * The words the ready indicators are written in: types of event with the attributes and values they carry. An organisation
 * sends its events in these words or says, when it installs, how its own are called. A word means the same everywhere.
 */
import type { Bilingual } from '#platform/contract'
import { both, type Both } from './entry.ts'
import { type AttributeName, attributeWords, type ValueName, valueWords } from './words-known.ts'

type Carried = readonly (AttributeName | ValueName)[]
type Line = readonly [name: string, title: Both, explanation: Both, carried: Carried]

const lines: readonly Line[] = [
  // Coming and being served
  [
    'visit',
    ['到访办理', 'Visit'],
    ['一个人在现场、网上或自助设备上办完一次。', 'Somebody served once: at a counter, online or at a device.'],
    ['customer', 'channel', 'service', 'staff', 'appointment', 'cause', 'waiting-minutes', 'service-minutes'],
  ],
  [
    'queue-left',
    ['排队离开', 'Left the queue'],
    ['取号后没等到叫号就离开。', 'Took a number and left before being called.'],
    ['customer', 'service', 'waiting-minutes'],
  ],
  [
    'arrival',
    ['到达', 'Arrival'],
    ['到达现场或急诊分诊登记。', 'Came in, or was registered at triage.'],
    ['visit', 'customer', 'kind'],
  ],
  [
    'departure',
    ['离开', 'Departure'],
    ['办完或中途离开现场。', 'Left: served, admitted or given up.'],
    ['visit', 'customer', 'outcome'],
  ],
  [
    'appointment',
    ['预约', 'Appointment'],
    ['一次预约到了约定时间。', 'The time of an appointment has come.'],
    ['customer', 'service', 'status', 'delay-minutes'],
  ],
  [
    'queue-reading',
    ['排队读数', 'Reading of the queue'],
    ['叫号系统定时报告的现场状态。', 'What the queue system reports every few minutes.'],
    ['waiting-people', 'open-windows', 'installed-windows'],
  ],
  // Contacts and tickets
  [
    'contact',
    ['咨询联络', 'Contact'],
    ['一次咨询：电话、在线、窗口或智能客服。', 'One enquiry: by phone, chat, counter or robot.'],
    ['customer', 'channel', 'topic', 'staff', 'first', 'resolved', 'handled-by', 'cause', 'service-minutes'],
  ],
  [
    'call',
    ['来电', 'Call'],
    ['一次呼入，无论是否接通。', 'One call that came in, answered or not.'],
    ['call', 'customer', 'topic', 'status', 'transferred', 'waiting-seconds', 'talk-minutes', 'wrap-minutes'],
  ],
  [
    'callback',
    ['回拨', 'Call back'],
    ['给漏接来电的人回拨。', 'Somebody whose call was missed is called back.'],
    ['customer', 'call'],
  ],
  [
    'ticket-opened',
    ['工单登记', 'Ticket opened'],
    ['登记一件诉求、报修或问题。', 'A request, repair or problem is registered.'],
    ['ticket', 'customer', 'topic', 'priority', 'channel'],
  ],
  [
    'ticket-answered',
    ['工单首次响应', 'Ticket answered'],
    ['第一次有人联系服务对象。', 'Somebody gets in touch for the first time.'],
    ['ticket', 'staff'],
  ],
  [
    'ticket-assigned',
    ['工单派出', 'Ticket assigned'],
    ['派给承办单位。', 'Sent to the unit in charge.'],
    ['ticket', 'topic'],
  ],
  [
    'ticket-returned',
    ['工单退回', 'Ticket returned'],
    ['承办单位以不属职责为由退回。', 'Sent back by a unit that is not in charge.'],
    ['ticket', 'topic'],
  ],
  [
    'ticket-escalated',
    ['工单升级', 'Ticket escalated'],
    ['交上一级处理。', 'Handed to the next level.'],
    ['ticket', 'topic'],
  ],
  [
    'ticket-closed',
    ['工单办结', 'Ticket closed'],
    ['处理完并答复。', 'Dealt with and answered.'],
    ['ticket', 'customer', 'outcome', 'on-time', 'rework', 'excused', 'evidence', 'satisfied'],
  ],
  [
    'ticket-reopened',
    ['工单重开', 'Ticket reopened'],
    ['办结后因没解决再次打开。', 'Opened again because it was not solved.'],
    ['ticket'],
  ],
  // Complaints
  [
    'complaint',
    ['投诉', 'Complaint'],
    ['服务对象表示不满并期待答复。', 'Dissatisfaction told, an answer expected.'],
    ['complaint', 'customer', 'topic', 'channel', 'severity'],
  ],
  [
    'alert-answer',
    ['预警响应', 'Alert answered'],
    [
      '一条预警有人受理，或满 2 小时没人受理；由系统自动记录。',
      'Somebody took charge of an alert, or two hours passed without; recorded by itself.',
    ],
    ['on-time', 'severity', 'waiting-minutes'],
  ],
  [
    'complaint-acknowledged',
    ['投诉受理告知', 'Complaint acknowledged'],
    ['告知投诉人已收到。', 'The complainant is told that it has arrived.'],
    ['complaint'],
  ],
  [
    'complaint-closed',
    ['投诉办结', 'Complaint closed'],
    ['处理决定已告知投诉人。', 'The decision is told to the complainant.'],
    ['complaint', 'outcome', 'cause', 'satisfied', 'amount'],
  ],
  // Opinions
  [
    'survey-sent',
    ['评价邀请', 'Survey sent'],
    ['邀请服务对象评价。', 'A customer is asked for an opinion.'],
    ['survey', 'customer', 'channel'],
  ],
  [
    'rating',
    ['评价', 'Rating'],
    ['服务对象给出的评分。', 'What a customer says in figures.'],
    ['survey', 'customer', 'channel', 'satisfaction', 'recommendation', 'effort', 'attitude', 'clarity'],
  ],
  [
    'follow-up',
    ['回访', 'Follow-up'],
    ['回访给出差评的人。', 'Somebody who rated badly is called.'],
    ['survey', 'customer'],
  ],
  [
    'suggestion',
    ['意见建议', 'Suggestion'],
    ['服务对象或员工的建议、表扬。', 'A proposal or praise of customers or staff.'],
    ['kind', 'status'],
  ],
  // Applications
  [
    'application-accepted',
    ['受理', 'Application accepted'],
    ['材料齐全，正式受理。', 'Complete and taken in.'],
    ['application', 'customer', 'service', 'channel'],
  ],
  [
    'application-returned',
    ['补正告知', 'Application returned'],
    ['材料不全，要求补正。', 'Not complete, sent back for correction.'],
    ['application', 'service'],
  ],
  [
    'application-decided',
    ['办结', 'Application decided'],
    ['作出决定。', 'A decision is made.'],
    [
      'application',
      'customer',
      'service',
      'outcome',
      'on-time',
      'excused',
      'evidence',
      'promised-days',
      'used-days',
      'trips',
    ],
  ],
  // Buying and delivering
  [
    'page-visit',
    ['页面访问', 'Page visit'],
    ['一次访问网站或应用。', 'One visit to a site or an app.'],
    ['customer', 'channel', 'status', 'dwell-minutes', 'pages'],
  ],
  [
    'cart',
    ['加入购物车', 'Put into the cart'],
    ['把商品加入购物车。', 'Goods are put into the cart.'],
    ['customer', 'product'],
  ],
  [
    'order',
    ['下单', 'Order'],
    ['提交订单。', 'An order is placed.'],
    ['order', 'customer', 'product', 'channel', 'first', 'amount'],
  ],
  ['payment', ['付款', 'Payment'], ['付款成功。', 'An order or a bill is paid.'], ['order', 'customer', 'amount']],
  ['shipment', ['发货', 'Shipment'], ['交给承运人。', 'Handed to the carrier.'], ['order']],
  [
    'delivery',
    ['送达', 'Delivery'],
    ['送到收货人手中。', 'Handed to the receiver.'],
    ['order', 'on-time', 'status', 'excused', 'evidence'],
  ],
  [
    'goods-returned',
    ['收到退货', 'Goods returned'],
    ['商家收到退回的商品。', 'The seller has got the goods back.'],
    ['order', 'cause', 'amount'],
  ],
  ['refund', ['退款', 'Refund'], ['退款到账。', 'The money is paid back.'], ['order', 'amount']],
  // Bank
  [
    'transaction',
    ['业务办理', 'Transaction'],
    ['一笔银行业务。', 'One transaction at a bank.'],
    ['customer', 'channel', 'product', 'status', 'recorded', 'amount'],
  ],
  [
    'account-opened',
    ['签约开户', 'Account opened'],
    ['开立账户或签约产品。', 'An account or a product is taken.'],
    ['customer', 'product'],
  ],
  // Hospital
  [
    'bed-days',
    ['床日', 'Bed-days'],
    ['病区每日上报的床日。', 'What a ward reports each day.'],
    ['occupied-beds', 'open-beds'],
  ],
  ['admission', ['入院', 'Admission'], ['患者入院。', 'A patient is admitted.'], ['customer', 'planned']],
  ['discharge', ['出院', 'Discharge'], ['患者出院。', 'A patient is discharged.'], ['customer', 'stay-days']],
  [
    'critical-value',
    ['危急值报告', 'Critical value'],
    ['检验检查发现危急值。', 'A test shows a value that threatens life.'],
    ['finding', 'customer'],
  ],
  [
    'critical-value-handled',
    ['危急值处置', 'Critical value handled'],
    ['临床确认并处置。', 'The ward has confirmed and acted.'],
    ['finding', 'staff'],
  ],
  [
    'hand-hygiene',
    ['手卫生观察', 'Hand hygiene observed'],
    ['观察员记录的一批手卫生时机。', 'A round of observed moments.'],
    ['staff', 'items', 'passed'],
  ],
  // Devices, premises, fees
  [
    'device-fault',
    ['设备故障', 'Device fault'],
    ['设备停用或困人。', 'A device is out of order, or people are trapped.'],
    ['asset', 'kind', 'severity'],
  ],
  [
    'device-attended',
    ['到场处置', 'Device attended'],
    ['维修或救援人员到场。', 'Repair or rescue has arrived.'],
    ['asset', 'staff'],
  ],
  ['device-restored', ['恢复运行', 'Device restored'], ['设备恢复使用。', 'The device runs again.'], ['asset']],
  [
    'device-hours',
    ['设备运行时数', 'Hours of devices'],
    ['每日应运行与停用时数。', 'Hours a device should run and did not, by day.'],
    ['asset', 'operating-hours', 'down-hours'],
  ],
  [
    'maintenance',
    ['维护保养', 'Maintenance'],
    ['计划内的一次保养到期。', 'A planned maintenance has come due.'],
    ['asset', 'kind', 'on-time'],
  ],
  ['patrol', ['巡查', 'Patrol'], ['计划内的一次巡查。', 'A planned patrol.'], ['staff', 'status']],
  ['fee-due', ['应收费用', 'Fee due'], ['到期应收的费用。', 'A fee has come due.'], ['customer', 'kind', 'amount']],
  ['fee-paid', ['实收费用', 'Fee paid'], ['收到的费用。', 'A fee is paid.'], ['customer', 'kind', 'amount']],
  // Checks, people, money
  [
    'inspection',
    ['检查', 'Inspection'],
    ['一次检查的结果。', 'The result of a round of checks.'],
    ['topic', 'staff', 'items', 'passed'],
  ],
  [
    'quality-check',
    ['质检', 'Quality check'],
    ['抽查一次服务并打分。', 'One service is listened to and scored.'],
    ['staff', 'critical-error', 'score'],
  ],
  [
    'finding',
    ['发现问题', 'Finding'],
    ['检查发现一个问题。', 'A check has found something.'],
    ['finding', 'topic', 'severity'],
  ],
  ['finding-closed', ['问题整改完成', 'Finding closed'], ['整改完成并验收。', 'Corrected and accepted.'], ['finding']],
  [
    'incident',
    ['事件', 'Incident'],
    ['不良事件、安全事件或信息泄露。', 'An adverse event, a safety incident or a breach.'],
    ['kind', 'severity', 'harm'],
  ],
  ['drill', ['应急演练', 'Drill'], ['完成一次应急演练。', 'An emergency drill was held.'], ['kind']],
  [
    'training',
    ['培训', 'Training'],
    ['一人完成一次培训。', 'One person has done one training.'],
    ['staff', 'topic', 'outcome', 'hours'],
  ],
  [
    'shift',
    ['班次', 'Shift'],
    ['一人上一个班。', 'One person works one shift.'],
    ['staff', 'paid-hours', 'serving-hours'],
  ],
  ['cost', ['成本', 'Cost'], ['一笔服务成本。', 'One cost of service.'], ['kind', 'service', 'amount']],
]

export interface EventWord {
  readonly name: string
  readonly title: Bilingual
  readonly explanation: Bilingual
  readonly attributes: readonly AttributeName[]
  readonly values: readonly ValueName[]
}

export const vocabulary: readonly EventWord[] = lines.map(([name, title, explanation, carried]) => ({
  name,
  title: both(title),
  explanation: both(explanation),
  attributes: carried.filter((word): word is AttributeName => word in attributeWords),
  values: carried.filter((word): word is ValueName => word in valueWords),
}))
