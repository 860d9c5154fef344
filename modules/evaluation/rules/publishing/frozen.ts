/** What a period was calculated from, read back from what is kept with its scores: the same columns in the same order. */
import { HIDDEN, type PeriodBasis, type Readings } from '../composing/readings.ts'
import { PROVISIONAL } from '../score-period.ts'

/** A unit as it is kept, with the number it is kept under. */
export interface KeptInputs {
  readonly entity: { readonly number: number }
  readonly peerGroup: string
  readonly values: readonly (number | null)[]
  readonly ns: readonly number[]
  readonly errors: readonly (number | null)[]
  readonly flags: readonly number[]
  readonly gateValues: readonly (number | null)[]
}

/** In the order of numbers, in which they were calculated. */
export const inOrder = <T extends KeptInputs>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.entity.number - b.entity.number)

/** `rows` as `inOrder` gives them. */
export function frozenReadings(rows: readonly KeptInputs[], { items }: PeriodBasis): Readings {
  const groupNames = [...new Set(rows.map((row) => row.peerGroup))].toSorted()
  const placeOf = new Map(groupNames.map((name, place) => [name, place]))
  const column = (pick: (row: KeptInputs) => number | null | undefined) =>
    Float64Array.from(rows, (row) => pick(row) ?? Number.NaN)
  return {
    count: rows.length,
    groups: Int32Array.from(rows, (row) => placeOf.get(row.peerGroup)!),
    groupNames,
    items: items.map((traits, place) => ({
      ...traits,
      values: column((row) => row.values[place]),
      ns: Float64Array.from(rows, (row) => row.ns[place] ?? 0),
      errors: column((row) => row.errors[place]),
      hidden: Uint8Array.from(rows, (row) => (row.flags[place]! % PROVISIONAL === HIDDEN ? 1 : 0)),
    })),
    gates: (rows[0]?.gateValues ?? []).map((_gate, place) => column((row) => row.gateValues[place])),
  }
}
