import { expect, test } from 'vitest'
import type { ResponsePlan } from '../../contract/response.ts'
import { responseLibrary } from '../../library/library.ts'
import { type Proposable, proposedPlans } from './propose.ts'

const plans = responseLibrary.map(
  (draft): ResponsePlan => ({ ...draft, version: 1, origin: 'library', lastUsedAt: null, lastDrilledAt: null }),
)
const alert = (zh: string, en: string, colour: Proposable['colour'] = 'orange'): Proposable => ({
  colour,
  rule: { id: 'some-rule', title: { zh, en } },
  indicator: null,
})
const first = (one: Proposable) => proposedPlans(plans, one)[0]?.id
const withMatch = (id: string, match: Partial<ResponsePlan['match']>) =>
  plans.map((plan) => (plan.id === id ? { ...plan, match: { ...plan.match, ...match } } : plan))

test.each([
  ['电梯困人次数', 'Count', 'lift-trapped'],
  ['规则', 'System outage minutes', 'system-outage'],
  ['排队等候时间', 'Waiting time in the queue', 'queue-overflow'],
  ['规则', 'Ransomware found', 'ransomware'],
  ['规则', 'Fires and smoke', 'fire'],
  ['规则', 'COMPLAINTS of a week', 'mass-complaint'],
])('%s / %s proposes %s', (zh, en, id) => {
  expect(first(alert(zh, en))).toBe(id)
})

test('nothing is proposed where nothing fits, nor for a word within a word', () => {
  expect(proposedPlans(plans, alert('无', 'Nothing to see'))).toEqual([])
  for (const title of ['Misfires', 'Median time to decide', 'Firewood sold'])
    expect(proposedPlans(plans, alert('无', title)), title).toEqual([])
})

test('the plan of the rule comes first, then a named rule, a named indicator, words', () => {
  const one = { ...alert('火灾', 'Fire'), indicator: { id: 'some-indicator', title: { zh: '甲', en: 'A' } } }
  const named = withMatch('heat-wave', { rules: ['some-rule'] }).map((plan) =>
    plan.id === 'fraud-wave' ? { ...plan, match: { ...plan.match, indicators: ['some-indicator'] } } : plan,
  )
  expect(proposedPlans(named, one, 'water-cut').map(({ id }) => id)).toEqual([
    'water-cut',
    'heat-wave',
    'fraud-wave',
    'fire',
  ])
})

test('words propose only where the alert is as bad as the plan asks; inactive plans never come', () => {
  expect(first(alert('高温', 'Heat wave', 'yellow'))).toBeUndefined()
  expect(first(alert('高温', 'Heat wave', 'red'))).toBe('heat-wave')
  const off = plans.map((plan) => ({ ...plan, active: false }))
  expect(proposedPlans(off, alert('高温', 'Heat wave', 'red'), 'heat-wave')).toEqual([])
})

test('the library names the indicators that tell of its trouble; the plan with more words wins among them', () => {
  const titled = (id: string, zh: string, en: string): Proposable => ({
    ...alert('规则', 'Rule'),
    indicator: { id, title: { zh, en } },
  })
  expect(first(titled('transaction-success-rate', '交易成功率', 'Transactions that succeed'))).toBe('payment-failure')
  expect(first(titled('safety-incidents-365-days', '近一年安全事件', 'Safety incidents in a year'))).toBe(
    'injury-incident',
  )
  expect(first(titled('own-rate', '某率', 'Some rate'))).toBeUndefined()
  expect(
    proposedPlans(plans, { ...titled('call-answer-rate', '接通率', 'Calls answered'), colour: 'yellow' }),
  ).toHaveLength(1)
})

test('plans without difference come by id, whatever order they are given in, and the list given stays as it is', () => {
  const twins = ['beta', 'alpha'].map((id) => ({ ...plans[0]!, id }))
  const one = alert('设备', 'Equipment')
  expect(proposedPlans(twins, one).map(({ id }) => id)).toEqual(['alpha', 'beta'])
  expect(proposedPlans(twins.toReversed(), one).map(({ id }) => id)).toEqual(['alpha', 'beta'])
  expect(twins.map(({ id }) => id)).toEqual(['beta', 'alpha'])
})

test('a plan the rule names but nobody has, proposes nothing by itself', () => {
  expect(proposedPlans(plans, alert('无', 'Nothing'), 'gone')).toEqual([])
  expect(proposedPlans([], alert('火灾', 'Fire'), 'fire')).toEqual([])
})
