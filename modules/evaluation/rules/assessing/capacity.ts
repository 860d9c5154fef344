/** As whom somebody judges a unit, if at all (EVA-6). */
import type { RaterKind } from '../../contract/scheme.ts'

/** A role and the node it is held for, as numbers from the root down to it; null: the whole organisation. */
export interface Duty {
  readonly role: string
  readonly path: readonly number[] | null
}

export type Capacity =
  | { readonly kind: RaterKind }
  /** `own-unit`: only its head judges it, as `self`. `not-asked`: the item asks none of the person's roles about this unit. */
  | { readonly kind: null; readonly because: 'own-unit' | 'not-asked' }

/** Who speaks for which kind of rater, in the order somebody with several roles is asked: one person has one voice about a unit. */
const SPEAKERS: readonly (readonly [RaterKind, readonly string[]])[] = [
  ['superior', ['improvement-office', 'steering-group']],
  ['third-party', ['assessor']],
  ['supervisors', ['public-supervisor']],
]
const MEMBERS = ['department-head', 'staff']

type Path = readonly number[]

/** Held for the unit itself or for a node above it. */
const covers = ({ path }: Duty, unit: Path) => path === null || unit.includes(path.at(-1)!)

/** The head of a unit is whoever is department head of it or of a node above it. */
const heads = (duties: readonly Duty[], unit: Path) =>
  duties.some((duty) => duty.role === 'department-head' && covers(duty, unit))

/** Heads it, or works or heads at a node of its own branch: the unit, above it, or inside it. */
const belongs = (duties: readonly Duty[], unit: Path) =>
  heads(duties, unit) ||
  duties.some(
    ({ role, path }) =>
      MEMBERS.includes(role) && path !== null && (unit.includes(path.at(-1)!) || path.includes(unit.at(-1)!)),
  )

/** `unit`: numbers from the root down to it. `asked`: kinds of rater the item asks. */
export function capacityOf(duties: readonly Duty[], unit: Path, asked: readonly RaterKind[]): Capacity {
  if (belongs(duties, unit))
    return heads(duties, unit) && asked.includes('self') ? { kind: 'self' } : { kind: null, because: 'own-unit' }
  const found = SPEAKERS.find(
    ([kind, roles]) => asked.includes(kind) && duties.some((duty) => roles.includes(duty.role) && covers(duty, unit)),
  )
  return found ? { kind: found[0] } : { kind: null, because: 'not-asked' }
}
