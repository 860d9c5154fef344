import { describe, expect, test } from 'vitest'
import type { RaterKind } from '../../contract/scheme.ts'
import { capacityOf, type Duty } from './capacity.ts'

// 1 the whole network, 2 and 3 its halls, 21 a window of hall 2.
const HALL = [1, 2]
const node: Record<string, number[]> = { network: [1], hall: HALL, other: [1, 3], window: [1, 2, 21] }
const duty = (text: string): Duty => {
  const [role, at] = text.split('@')
  return { role: role!, path: at === undefined ? null : node[at]! }
}
const ALL: RaterKind[] = ['self', 'superior', 'third-party', 'customers', 'supervisors']

describe('as whom somebody judges a hall', () => {
  const cases: [roles: string, asked: RaterKind[], expected: RaterKind | 'own-unit' | 'not-asked'][] = [
    ['department-head@hall', ALL, 'self'],
    ['department-head@network', ALL, 'self'],
    ['department-head', ALL, 'self'],
    ['department-head@other', ALL, 'not-asked'],
    ['department-head@window', ALL, 'own-unit'],
    ['department-head@hall', ['superior'], 'own-unit'],
    ['staff@hall', ALL, 'own-unit'],
    ['staff@network', ALL, 'own-unit'],
    ['staff@window', ALL, 'own-unit'],
    ['staff', ALL, 'not-asked'],
    ['improvement-office', ALL, 'superior'],
    ['steering-group@network', ALL, 'superior'],
    ['steering-group@other', ALL, 'not-asked'],
    ['assessor', ALL, 'third-party'],
    ['assessor@hall', ALL, 'third-party'],
    ['assessor@window', ALL, 'not-asked'],
    ['public-supervisor', ALL, 'supervisors'],
    ['public-supervisor', ['self', 'superior'], 'not-asked'],
    // Several roles: one voice about a unit, and one's own unit is never judged from elsewhere.
    ['assessor improvement-office', ALL, 'superior'],
    ['assessor improvement-office', ['third-party'], 'third-party'],
    ['assessor staff@hall', ALL, 'own-unit'],
    ['improvement-office department-head@hall', ALL, 'self'],
    ['improvement-office department-head@hall', ['superior'], 'own-unit'],
    ['improvement-office department-head@other', ALL, 'superior'],
    ['customer', ALL, 'not-asked'],
    ['administrator', ALL, 'not-asked'],
  ]
  test.each(cases)('%s, asked for %j: %s', (roles, asked, expected) => {
    const found = capacityOf(roles.split(' ').map(duty), HALL, asked)
    expect(found.kind ?? found.because).toBe(expected)
  })
  test('a program without roles judges nothing', () => {
    expect(capacityOf([], HALL, ALL)).toEqual({ kind: null, because: 'not-asked' })
  })
})
