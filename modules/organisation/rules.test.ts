import { describe, expect, test } from 'vitest'
import { permissions, type RoleName, roleNames } from './contract.ts'
import {
  afterFailure,
  conflictingDuties,
  decisionTable,
  FAILURES_BEFORE_LOCK,
  LOCK_MINUTES,
  makesCycle,
  permissionsOf,
} from './rules.ts'

// The whole table as a picture: x may, . may not, columns in the order of `permissions`. A change of rights changes this picture.
const picture: Record<RoleName, string> = {
  // entities rE, calendars E, people rE, roles E, keys E, audit r, operations ra, measurements rR, imports i, sources E, indicators e, annotations E, values P,
  // evaluation r, schemes E, assessments gr, scores pa, appeals d, consequences rE,
  // alerts ra, rules E, plans rdva, tasks p, verification rcw, dashboards Ea, customers rE, answers r, protection E, teams E
  'steering-group': /* */ 'x..x......x.....xx.xxx.xx.x..x..xxx.xx......',
  'improvement-office': 'xxxx....x.xxxxxxxxxxxx.xxxxxxxxx.xxx.xxxxxxx',
  'department-head': /**/ 'x..x......x....x.x.x..x...xx.xx..xx..x.x....',
  staff: /*            */ 'x.........x...............x..x...x.....x....',
  'experience-officer': 'x...........................................',
  'public-supervisor': 'x................x.x..............x.........',
  assessor: /*         */ 'x.........x......x.x..............x.........',
  regulator: /*        */ 'x.........x......x........x..x....x..x......',
  customer: /*         */ '............................................',
  administrator: /*    */ 'xxxxx...xxxxxx........................x....x',
  'security-officer': /**/ 'x..x.xx.....................................',
  auditor: /*          */ '...x...xx...................................',
}

describe('every role with every permission', () => {
  for (const role of roleNames) {
    for (const [index, permission] of permissions.entries()) {
      const may = picture[role][index] === 'x'
      test(`${role} ${may ? 'may' : 'may not'} ${permission}`, () => {
        expect(decisionTable[role].includes(permission)).toBe(may)
      })
    }
  }
  test('the picture is as wide as the table', () => {
    for (const role of roleNames) expect(picture[role]).toHaveLength(permissions.length)
  })
})

test('several roles add up, unknown ones give nothing', () => {
  expect(permissionsOf(['security-officer', 'auditor'])).toEqual(
    new Set(['entities.read', 'people.read', 'roles.edit', 'keys.edit', 'audit.read', 'operations.read']),
  )
  expect(permissionsOf(['emperor'])).toEqual(new Set())
})

describe('the three officers are three people', () => {
  const cases: [RoleName[], RoleName[]][] = [
    [['administrator'], []],
    [['administrator', 'improvement-office'], []],
    [
      ['administrator', 'auditor'],
      ['administrator', 'auditor'],
    ],
    [
      ['auditor', 'security-officer', 'staff'],
      ['security-officer', 'auditor'],
    ],
  ]
  for (const [roles, conflict] of cases)
    test(roles.join(' + '), () => expect(conflictingDuties(roles)).toEqual(conflict))
})

test('nobody who decides about money or rights also judges the plans', () => {
  for (const role of roleNames) {
    const may = new Set(decisionTable[role])
    expect(may.has('plans.review') && may.has('plans.approve'), role).toBe(false)
    expect(may.has('audit.read') && (may.has('roles.edit') || may.has('operations.act')), role).toBe(false)
  }
})

test('the tenth wrong password locks for a quarter of an hour', () => {
  const now = Temporal.Instant.from('2026-03-01T00:00:00Z')
  expect(afterFailure(FAILURES_BEFORE_LOCK - 2, now)).toEqual({
    failureCount: FAILURES_BEFORE_LOCK - 1,
    lockedUntil: null,
  })
  const locked = afterFailure(FAILURES_BEFORE_LOCK - 1, now)
  expect(locked.lockedUntil!.since(now).total('minutes')).toBe(LOCK_MINUTES)
})

test('an entity cannot move below itself', () => {
  expect(makesCycle(5, [1, 2, 5, 7])).toBe(true)
  expect(makesCycle(5, [1, 2])).toBe(false)
})
