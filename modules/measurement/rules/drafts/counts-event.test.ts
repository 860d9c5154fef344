import { expect, test } from 'vitest'
import { countsEvent } from './counts-event.ts'
import { definitionsForTest, draftForTest } from './drafts-for-test.ts'

const event = (attributes: Record<string, string>, values: Record<string, number> = {}, type = 'visit') => ({
  type,
  attributes,
  values,
})
const where = (condition: object) =>
  draftForTest('count', {
    definition: { ...definitionsForTest.count, where: [condition], numerator: [{ of: 'events' }] } as never,
  }).definition

test.each([
  [{ attribute: 'a', operator: 'is', value: 'x' }, true, false],
  [{ attribute: 'a', operator: 'is-not', value: 'x' }, false, true],
  [{ attribute: 'a', operator: 'in', values: ['x', 'y'] }, true, false],
  [{ attribute: 'a', operator: 'not-in', values: ['x', 'y'] }, false, true],
  [{ attribute: 'a', operator: 'given' }, true, false],
  [{ attribute: 'a', operator: 'not-given' }, false, true],
  [{ value: 'v', operator: 'at-least', limit: 5 }, true, false],
  [{ value: 'v', operator: 'more-than', limit: 5 }, false, false],
  [{ value: 'v', operator: 'at-most', limit: 5 }, true, false],
  [{ value: 'v', operator: 'less-than', limit: 5 }, false, false],
  [{ attribute: 'constructor', operator: 'given' }, false, false],
  [{ calendar: 'office', operator: 'open' }, null, null],
])('%j: an event with it, an empty one', (condition, full, empty) => {
  expect(countsEvent(where(condition), event({ a: 'x' }, { v: 5 }))).toBe(full)
  expect(countsEvent(where(condition), event({}))).toBe(empty)
})

test('other types count only where a term names them', () => {
  const { definition } = draftForTest('ratio')
  expect(countsEvent(definition, event({}, {}, 'complaint'))).toBe(true)
  expect(countsEvent(definition, event({}, {}, 'opened'))).toBe(false)
})
