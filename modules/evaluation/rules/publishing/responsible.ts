/** Who is responsible for a unit, who may see what is not published yet, and who may decide objections. */
import type { PublicationState } from '../../contract/publishing.ts'
import { isPublic } from './transitions.ts'

/** A role and the node it is held for, as numbers from the root down to it; null: the whole organisation. */
export interface Duty {
  readonly role: string
  readonly path: readonly number[] | null
}
/** Numbers from the root down to the unit. */
type Path = readonly number[]

/** A department head of the unit itself or of a node above it. */
export const isResponsible = (duties: readonly Duty[], unit: Path): boolean =>
  duties.some(({ role, path }) => role === 'department-head' && (path === null || unit.includes(path.at(-1)!)))

export interface Reader {
  readonly permissions: ReadonlySet<string>
  readonly duties: readonly Duty[]
}

/** Whether somebody sees all units of a publication, those they are responsible for, or not even that there is one. */
export function sightOf({ permissions, duties }: Reader, state: PublicationState): 'all' | 'own' | 'nothing' {
  if (permissions.has('scores.publish')) return 'all'
  if (state === 'published' || state === 'corrected') return 'all'
  // That it was taken back, and why, is for everybody; its rows are not any more.
  if (isPublic(state)) return 'own'
  if (state !== 'preview') return 'nothing'
  if (permissions.has('appeals.decide')) return 'all'
  return duties.some(({ role }) => role === 'department-head') ? 'own' : 'nothing'
}

export type DecisionBar = 'appellant' | 'responsible'

/** Why somebody whose role decides objections may not decide this one; null: they may. */
export function decisionBar(
  who: { readonly id: string; readonly duties: readonly Duty[] },
  appeal: { readonly madeById: string },
  unit: Path,
): DecisionBar | null {
  if (who.id === appeal.madeById) return 'appellant'
  return isResponsible(who.duties, unit) ? 'responsible' : null
}
