import { describe, expect, test } from 'vitest'
import { defaultPolicy, escalationFor, holderFor, nextDue, type RoleHolder, stillOwed } from './duties.ts'

const holder = (id: string, role: RoleHolder['role'], entity: number | null): RoleHolder => ({
  id,
  name: id,
  role,
  entity,
})
const holders = [
  holder('ward', 'department-head', 100),
  holder('hospital', 'department-head', 10),
  holder('all', 'department-head', null),
  holder('office', 'improvement-office', null),
  holder('board', 'steering-group', null),
]
const path = [1, 10, 100]

describe('who owes it', () => {
  test('the nearest, then up the line', () => {
    const names = [0, 1, 2, 3].map((steps) => holderFor(holders, 'department-head', path, steps)?.id ?? null)
    expect(names).toEqual(['ward', 'hospital', 'all', null])
  })
  test('elsewhere in the tree nobody near: whoever has it for the whole', () => {
    expect(holderFor(holders, 'department-head', [1, 20])?.id).toBe('all')
    expect(holderFor(holders, 'staff', path)).toBeNull()
  })
  test('escalation climbs the role first, then the roles of the policy, and stays with the last', () => {
    const steps = [0, 1, 2, 3, 4, 5].map(
      (escalations) =>
        escalationFor(defaultPolicy, 'orange', holders, { role: 'department-head', escalations, ownerId: 'ward' }, path)
          ?.id,
    )
    expect(steps).toEqual(['hospital', 'all', 'office', 'board', 'board', 'board'])
  })
})

test('an alert is due when its next open duty is', () => {
  const at = (hour: number) => Temporal.Instant.from(`2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`)
  const duty = (due: number, done: boolean) => ({ dueAt: at(due), doneAt: done ? at(1) : null })
  expect(nextDue([duty(5, false), duty(3, true), duty(8, false)], at(0))).toEqual(at(5))
  expect(nextDue([duty(5, true), duty(3, true)], at(0))).toEqual(at(5))
  expect(nextDue([], at(0))).toEqual(at(0))
})

test('reports that come again do not hold an alert open', () => {
  const one = (kind: string, everyHours: number | null) => ({ kind, everyHours, doneAt: null })
  expect(stillOwed([one('report', 1), one('task', null), one('report', null)])).toBe(2)
})
