/** Who may see, change and share a dashboard. */
import type { RoleName } from '#organisation/contract'
import type { Sharing } from '../contract.ts'

export interface Viewer {
  readonly id: string
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
}
export interface Owned {
  readonly ownerId: string
  readonly sharing: Sharing
  /** Roles whose people begin with it. */
  readonly defaultFor: readonly RoleName[]
}

const sharedWith = (sharing: Sharing, roles: readonly string[]): boolean =>
  sharing.with === 'everyone' || (sharing.with === 'roles' && sharing.roles.some((role) => roles.includes(role)))

export function maySee(viewer: Viewer, dashboard: Owned): boolean {
  if (dashboard.ownerId === viewer.id) return true
  if (sharedWith(dashboard.sharing, viewer.roles)) return true
  // Whoever assigns dashboards to roles sees all that are shared with anybody; private ones stay private.
  return dashboard.sharing.with !== 'nobody' && viewer.permissions.has('dashboards.assign')
}

/** The owner; and, where it is shared, whoever keeps the dashboards of all. Everybody else makes a copy. */
export function mayEdit(viewer: Viewer, dashboard: Owned): boolean {
  if (!viewer.permissions.has('dashboards.edit')) return false
  if (dashboard.ownerId === viewer.id) return true
  return dashboard.sharing.with !== 'nobody' && viewer.permissions.has('dashboards.assign')
}

/** Whether people of a role would see it, asked before they are made to begin with it. */
export const roleSees = (sharing: Sharing, role: RoleName): boolean => sharedWith(sharing, [role])

/** The roles that begin with it and would lose sight of it under this sharing. */
export const rolesLeftOut = (defaultFor: readonly RoleName[], sharing: Sharing): RoleName[] =>
  defaultFor.filter((role) => !roleSees(sharing, role))

/** Whose default counts when somebody holds several roles: the one nearest to deciding. */
const PRECEDENCE: readonly RoleName[] = [
  'steering-group',
  'improvement-office',
  'department-head',
  'regulator',
  'staff',
]

/** What a person begins with: their own choice while they may see it, else that of their first role that has one. */
export function homeOf(
  chosen: string | null,
  roles: readonly string[],
  defaults: readonly { readonly role: RoleName; readonly id: string }[],
): { id: string | null; because: 'chosen' | 'role' | 'none' } {
  if (chosen !== null) return { id: chosen, because: 'chosen' }
  const rank = (role: RoleName) => (PRECEDENCE.indexOf(role) + PRECEDENCE.length + 1) % (PRECEDENCE.length + 1)
  const own = defaults.filter((one) => roles.includes(one.role)).sort((a, b) => rank(a.role) - rank(b.role))[0]
  return own ? { id: own.id, because: 'role' } : { id: null, because: 'none' }
}
