/** What somebody holds: each role with the node of the tree it is held for. */
import type { Context } from '#platform/context'
import type { RoleName } from '../contract.ts'
import { rolesOfPerson } from '../store/people.ts'

export interface Duty {
  readonly role: RoleName
  /** Number of the node; null is the whole organisation. */
  readonly entity: number | null
}

/** Of a person by id; programs and schedules hold none. */
export async function dutiesOf(context: Context, personId: string): Promise<Duty[]> {
  const rows = await rolesOfPerson(context, personId)
  return rows.map(({ role, entity }) => ({ role: role as RoleName, entity: entity === 0 ? null : entity }))
}
