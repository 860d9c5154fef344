/** What somebody holds: each role with the node of the tree it is held for. */
import type { Context } from '#platform/context'
import type { RoleName } from '../contract.ts'
import { roleHolders, rolesOfPerson } from '../store/people.ts'
import { lookUpEntityNumbers } from './look-up.ts'

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

export interface Holder extends Duty {
  readonly id: string
  readonly name: string
}

/** Active people who hold any of these roles, for whichever node. */
export async function holdersOf(context: Context, roles: readonly RoleName[]): Promise<Holder[]> {
  const rows = await roleHolders(context, [...new Set(roles)])
  return rows.map(({ role, entity, ...who }) => ({
    ...who,
    role: role as RoleName,
    entity: entity === 0 ? null : entity,
  }))
}

export interface PlacedDuty {
  readonly role: RoleName
  /** Numbers from the root down to the node; null is the whole organisation. */
  readonly path: readonly number[] | null
}

/** The roles of whoever asks, with the ways to their nodes; programs and schedules hold none. */
export async function ownDuties(context: Context): Promise<PlacedDuty[]> {
  if (context.who.kind !== 'person') return []
  const held = await dutiesOf(context, context.who.id)
  const nodes = await lookUpEntityNumbers(context, [...new Set(held.flatMap(({ entity }) => entity ?? []))])
  return held.map(({ role, entity }) => ({
    role,
    path: entity === null ? null : (nodes.get(entity)?.path ?? [entity]),
  }))
}
