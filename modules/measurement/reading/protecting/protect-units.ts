/** The tree of units as decisions want it: by place, whoever stands above first. */
import { type EntityPlace, lookUpEntityNumbers, wholeTree } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { ProtectionDraft } from '../../contract/protection.ts'
import type { UnitTree } from '../../rules/protecting/decide-units.ts'

/**
 * With more entities only those asked about and what stands above them are looked at: their siblings are then one remainder. Hiding the
 * smallest of ten thousand siblings hides nothing.
 */
export const TREE_LIMIT = 20_000

export interface Units extends UnitTree {
  /** By number of the entity; the whole is number 0. */
  readonly placeOf: ReadonlyMap<number, number>
  /** The numbers looked at; null: all there are. */
  readonly few: readonly number[] | null
}

type Placed = Pick<EntityPlace, 'number' | 'key' | 'kind' | 'path'>

/** `entities`: numbers of those asked about. */
export async function unitsOfTree(
  context: Context,
  setting: ProtectionDraft,
  entities: readonly number[],
): Promise<Units> {
  const all = await wholeTree(context, TREE_LIMIT + 1)
  if (all.length <= TREE_LIMIT) return treeOf(all, setting, null)
  const asked = await lookUpEntityNumbers(context, entities)
  const path = [...new Set([...asked.values()].flatMap((entity) => entity.path))]
  const known = [...(await lookUpEntityNumbers(context, path)).values()]
  return treeOf(
    known,
    setting,
    known.map((entity) => entity.number),
  )
}

function treeOf(entities: readonly Placed[], setting: ProtectionDraft, few: readonly number[] | null): Units {
  const ordered = entities.toSorted((a, b) => a.path.length - b.path.length || (a.key < b.key ? -1 : 1))
  const placeOf = new Map([[0, 0], ...ordered.map((entity, index) => [entity.number, index + 1] as const)])
  const above = Int32Array.from([-1, ...ordered.map((entity) => placeOf.get(entity.path.at(-2) ?? 0) ?? 0)])
  const below = Array.from(above, () => [] as number[])
  for (const [place, over] of above.entries()) if (over >= 0) below[over]!.push(place)
  const staff = new Set(setting.staffKinds)
  const limits = Float64Array.from([
    setting.smallestGroup,
    ...ordered.map(({ kind }) => (staff.has(kind) ? setting.smallestStaffGroup : setting.smallestGroup)),
  ])
  return { above, below, limits, placeOf, few }
}
