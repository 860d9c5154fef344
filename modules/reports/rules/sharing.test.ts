import { describe, expect, test } from 'vitest'
import type { RoleName } from '#organisation/contract'
import type { Sharing } from '../contract.ts'
import { homeOf, mayEdit, maySee, type Owned, rolesLeftOut, roleSees, type Viewer } from './sharing.ts'

const viewer = (id: string, roles: RoleName[], ...permissions: string[]): Viewer => ({
  id,
  roles,
  permissions: new Set(permissions),
})
const owned = (sharing: Sharing, ownerId = 'owner'): Owned => ({ ownerId, sharing, defaultFor: [] })

const owner = viewer('owner', ['department-head'], 'dashboards.edit')
const formerOwner = viewer('owner', ['staff'])
const office = viewer('office', ['improvement-office'], 'dashboards.edit', 'dashboards.assign')
const administrator = viewer('admin', ['administrator'], 'dashboards.assign')
const steering = viewer('steering', ['steering-group'], 'dashboards.edit')
const staff = viewer('staff', ['staff'])

const nobody: Sharing = { with: 'nobody' }
const everyone: Sharing = { with: 'everyone' }
const forStaff: Sharing = { with: 'roles', roles: ['staff'] }

describe('who sees and who changes', () => {
  const cases: [name: string, who: Viewer, sharing: Sharing, sees: boolean, edits: boolean][] = [
    ['the owner, private', owner, nobody, true, true],
    ['the owner, shared', owner, everyone, true, true],
    ['an owner who lost the right', formerOwner, nobody, true, false],
    ['the office, private', office, nobody, false, false],
    ['the office, shared with everybody', office, everyone, true, true],
    ['the office, shared with staff only', office, forStaff, true, true],
    ['the administrator, shared', administrator, forStaff, true, false],
    ['the administrator, private', administrator, nobody, false, false],
    ['the steering group, private', steering, nobody, false, false],
    ['the steering group, shared with everybody', steering, everyone, true, false],
    ['the steering group, shared with staff', steering, forStaff, false, false],
    ['staff, shared with staff', staff, forStaff, true, false],
    ['staff, private', staff, nobody, false, false],
  ]
  test.each(cases)('%s', (_name, who, sharing, sees, edits) => {
    expect(maySee(who, owned(sharing))).toBe(sees)
    expect(mayEdit(who, owned(sharing))).toBe(edits)
  })
})

test('a role that begins with it may not be left out', () => {
  expect(rolesLeftOut(['staff', 'steering-group'], forStaff)).toEqual(['steering-group'])
  expect(rolesLeftOut(['staff'], nobody)).toEqual(['staff'])
  expect(rolesLeftOut(['staff'], everyone)).toEqual([])
  expect(roleSees(forStaff, 'regulator')).toBe(false)
})

describe('what people begin with', () => {
  const defaults = [
    { role: 'staff', id: 's' },
    { role: 'improvement-office', id: 'o' },
    { role: 'assessor', id: 'a' },
  ] as const
  const cases: [string, string | null, RoleName[], ReturnType<typeof homeOf>][] = [
    ['their own choice first', 'mine', ['staff'], { id: 'mine', because: 'chosen' }],
    ['that of their role', null, ['staff'], { id: 's', because: 'role' }],
    [
      'of several roles the one nearest to deciding',
      null,
      ['staff', 'improvement-office'],
      { id: 'o', because: 'role' },
    ],
    ['a role outside the order comes last', null, ['assessor', 'staff'], { id: 's', because: 'role' }],
    ['nothing for this role', null, ['regulator'], { id: null, because: 'none' }],
    ['no role at all', null, [], { id: null, because: 'none' }],
  ]
  test.each(cases)('%s', (_name, chosen, roles, expected) => expect(homeOf(chosen, roles, defaults)).toEqual(expected))
})
