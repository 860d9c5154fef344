/** Believable schemes and readings for tests. */
import { schemeDraft, type SchemeDraft, type SchemeDraftInput } from './contract.ts'
import type { ItemColumn, Readings } from './rules/composing/readings.ts'

type ItemInput = SchemeDraftInput['dimensions'][number]['items'][number]

/** An item over an indicator of the same name. */
export const itemOf = (id: string, weight: number, part: Partial<ItemInput> = {}): ItemInput => ({
  id,
  source: { kind: 'indicator', indicator: id },
  weight,
  transform: {
    kind: 'piecewise',
    points: [
      [0, 0],
      [100, 100],
    ],
  },
  ...part,
})

/** A scheme of one dimension over these items; with `part` for all else. */
export const schemeOf = (items: readonly ItemInput[], part: Partial<SchemeDraftInput> = {}): SchemeDraft =>
  schemeDraft.parse({
    id: 'service',
    title: { zh: '服务', en: 'Service' },
    entityKind: 'hall',
    dimensions: [{ id: 'all', title: { zh: '全部', en: 'All' }, weight: 1, items: [...items] }],
    ...part,
  } satisfies SchemeDraftInput)

/** Values of one item for each unit; null: none. */
export function columnOf(
  values: readonly (number | null)[],
  part: Partial<Omit<ItemColumn, 'values'>> = {},
): ItemColumn {
  return {
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    ns: Float64Array.from(values, (value) => (value === null ? 0 : 100)),
    errors: Float64Array.from(values, () => 0),
    hidden: new Uint8Array(values.length),
    minimumN: 0,
    better: 'more',
    scatter: 'normal',
    scale: 1,
    ...part,
  }
}

export function readingsOf(items: readonly ItemColumn[], part: Partial<Readings> = {}): Readings {
  const count = items[0]?.values.length ?? 0
  return { count, groups: new Int32Array(count), groupNames: [''], items, gates: [], ...part }
}
