import { describe, expect, test } from 'vitest'
import type { Sums } from '../rules/plan/plan.ts'
import { addMembers, carryLevels } from './members.ts'
import type { MemberRow } from './sums.ts'

const sums = (value: number | null, n = 1): Sums => ({
  numerator: value ?? 0,
  denominator: 1,
  n,
  sumOfSquares: 0,
  value,
  excluded: 0,
})
const row = (member: number, period: number, value: number | null, n = 1): MemberRow => ({
  entity: 9,
  member,
  period,
  groups: [],
  other: false,
  sums: sums(value, n),
})

describe('members of a node', () => {
  test('levels add up; one without a level does not make the sum unknown', () => {
    const [added] = addMembers([row(1, 0, 4), row(2, 0, 6), row(3, 0, null, 0)], 'sum')
    expect(added!.sums).toMatchObject({ value: 10, n: 2 })
  })
  test('means of units weigh units, not cases, and know how sure they are', () => {
    const [mean] = addMembers([row(1, 0, 10, 1), row(2, 0, 20, 99), row(3, 0, null, 0)], 'mean')
    // Values 10 and 20: deviation sqrt(50), error sqrt(50 / 2).
    expect(mean!.sums).toMatchObject({ value: 15, n: 100, standardError: 5 })
  })
  test('one unit alone has no error', () => {
    expect(addMembers([row(1, 0, 10)], 'mean')[0]!.sums.standardError).toBeUndefined()
  })
  test('an exclusion that is void for one is void for the node', () => {
    const broken = { ...row(2, 0, 6), sums: { ...sums(6), excluded: null } }
    expect(addMembers([row(1, 0, 4), broken], 'sum')[0]!.sums.excluded).toBeNull()
  })
})

describe('levels stand until the next reading', () => {
  const carried = (rows: readonly MemberRow[], last: number, periods: number) =>
    carryLevels(rows, last, periods).map((each) => [
      each.member,
      each.period,
      each.sums.value,
      each.sums.carried ?? false,
    ])
  test('for so many periods, each member for itself', () => {
    expect(carried([row(1, 0, 5), row(1, 3, 7), row(2, 1, 2)], 5, 2)).toEqual([
      [1, 0, 5, false],
      [1, 1, 5, true],
      [1, 2, 5, true],
      [1, 3, 7, false],
      [1, 4, 7, true],
      [1, 5, 7, true],
      [2, 1, 2, false],
      [2, 2, 2, true],
      [2, 3, 2, true],
    ])
  })
  test('never into the future', () => {
    expect(carried([row(1, 0, 5)], 0, 10)).toEqual([[1, 0, 5, false]])
  })
})
