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
])('%s / %s proposes %s', (zh, en, id) => {
  expect(first(alert(zh, en))).toBe(id)
})

test('nothing is proposed where nothing fits, nor for a word within a word', () => {
  expect(proposedPlans(plans, alert('无', 'Nothing to see'))).toEqual([])
  expect(proposedPlans(plans, alert('无', 'Misfires'))).toEqual([])
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
