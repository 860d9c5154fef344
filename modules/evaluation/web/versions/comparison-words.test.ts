import { expect, test } from 'vitest'
import { sayIn } from '#platform/web/words'
import { agreementTold, agreementWhy, becauseTold } from './comparison-words.ts'

const say = (sentence: Parameters<typeof sayIn>[1], values?: Parameters<typeof sayIn>[2]) =>
  sayIn('en', sentence, values)

test.each([
  [1, 'Almost the same order'],
  [0.75, 'Much the same order'],
  [0.5, 'The order changes clearly'],
  [0.1, 'Almost another order'],
  [-0.6, 'The order is all but reversed'],
  [null, 'Too few units to say'],
])('an agreement of %s is told as: %s', (tau, expected) => expect(agreementTold(tau).en).toBe(expected))

test('tau itself stands beside it, explained', () => {
  expect(agreementWhy(0.714, say, 'en')).toContain('τ = 0.71')
  expect(agreementWhy(null, say, 'en')).toBeNull()
})

test('reasons name the item and the points', () => {
  const names = new Map([['prompt', 'Promptness']])
  const told = (part: Partial<Parameters<typeof becauseTold>[0]>) =>
    becauseTold({ item: 'prompt', cause: 'weight', difference: 2.26, ...part }, names, say, 'en')
  expect(told({})).toBe('weight of “Promptness”: +2.3')
  expect(told({ cause: 'removed', difference: -1 })).toBe('without “Promptness”: −1')
  expect(told({ item: 'gone', cause: 'added' })).toBe('“gone” is new: +2.3')
  expect(told({ item: '', cause: 'rest', difference: -0.5 })).toContain('gates, missing items')
})
