/** Decisions of `organisation`: the table of who may do what, and which roles may not meet in one person. */
import type { Permission, RoleName } from './contract.ts'

const readers: readonly Permission[] = [
  'entities.read',
  'measurements.read',
  'evaluation.read',
  'alerts.read',
  'plans.read',
  'verification.read',
]

/**
 * The decision table (ORG-2): what each role may do. Whatever is not listed is refused. Tested in full, role by permission, so that
 * a change shows as a change of the table.
 */
export const decisionTable: Readonly<Record<RoleName, readonly Permission[]>> = {
  'steering-group': [
    ...readers,
    'people.read',
    'values.publish',
    'assessments.give',
    'assessments.read',
    'scores.publish',
    'appeals.decide',
    'consequences.read',
    'plans.approve',
    'tasks.progress',
    'verification.waive',
    'dashboards.edit',
  ],
  'improvement-office': [
    ...readers,
    'people.read',
    'entities.edit',
    'calendars.edit',
    'measurements.record',
    'imports.run',
    'sources.edit',
    'indicators.edit',
    'annotations.edit',
    'values.publish',
    'schemes.edit',
    'assessments.give',
    'assessments.read',
    'scores.publish',
    'appeals.decide',
    'consequences.read',
    'consequences.edit',
    'alerts.act',
    'rules.edit',
    'plans.draft',
    'plans.review',
    'tasks.progress',
    'verification.conclude',
    'operations.read',
    'dashboards.edit',
    'dashboards.assign',
    'customers.read',
    'customers.edit',
    'answers.read',
    'protection.edit',
    'teams.edit',
  ],
  'department-head': [
    ...readers,
    'people.read',
    'annotations.edit',
    'assessments.give',
    'scores.appeal',
    'alerts.act',
    'plans.draft',
    'tasks.progress',
    'dashboards.edit',
    'customers.read',
  ],
  staff: ['entities.read', 'measurements.read', 'alerts.read', 'plans.read', 'tasks.progress', 'customers.read'],
  'experience-officer': ['entities.read'],
  'public-supervisor': ['entities.read', 'evaluation.read', 'assessments.give', 'verification.read'],
  assessor: ['entities.read', 'measurements.read', 'evaluation.read', 'assessments.give', 'verification.read'],
  regulator: [...readers, 'dashboards.edit'],
  customer: [],
  administrator: [
    'entities.read',
    'entities.edit',
    'calendars.edit',
    'people.read',
    'people.edit',
    'operations.read',
    'operations.act',
    'imports.run',
    'sources.edit',
    'measurements.read',
    'measurements.record',
    'dashboards.assign',
    'teams.edit',
  ],
  'security-officer': ['entities.read', 'people.read', 'roles.edit', 'keys.edit'],
  auditor: ['people.read', 'audit.read', 'operations.read'],
}

/** The three officers whose duties check each other: no person holds two of them, so none can act and cover it up. */
export const separatedRoles: readonly RoleName[] = ['administrator', 'security-officer', 'auditor']

/** Everything a person with these roles may do. */
export function permissionsOf(roles: readonly string[]): Set<Permission> {
  const granted = new Set<Permission>()
  for (const role of roles) {
    for (const permission of decisionTable[role as RoleName] ?? []) granted.add(permission)
  }
  return granted
}

/** The separated roles that would meet in one person; empty when all is well. The first administrator holds two until others are named. */
export function conflictingDuties(roles: readonly RoleName[]): RoleName[] {
  const held = separatedRoles.filter((role) => roles.includes(role))
  return held.length > 1 ? held : []
}

/** Wrong passwords in a row before an account is locked, and for how long (NIST SP 800-63B asks for a limit of at most 100). */
export const FAILURES_BEFORE_LOCK = 10
export const LOCK_MINUTES = 15

/** What a wrong password does to the count: locked from the tenth on. */
export function afterFailure(
  failureCount: number,
  now: Temporal.Instant,
): { failureCount: number; lockedUntil: Temporal.Instant | null } {
  const count = failureCount + 1
  return { failureCount: count, lockedUntil: count >= FAILURES_BEFORE_LOCK ? now.add({ minutes: LOCK_MINUTES }) : null }
}

/** Would the new parent put the entity below itself? `parentPath` runs from the root to the parent. */
export function makesCycle(entityNumber: number, parentPath: readonly number[]): boolean {
  return parentPath.includes(entityNumber)
}
