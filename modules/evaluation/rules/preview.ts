/** The ranking a draft would give, from inputs as the server hands them out: the same arithmetic in browser and server. */
import type { SchemeInputs, UnitInputs } from '../contract/ranking.ts'
import type { SchemeDraft } from '../contract/scheme.ts'
import type { Score } from '../contract/scores.ts'
import type { Readings } from './composing/readings.ts'
import { keptScore } from './kept-score.ts'
import { scorePeriod } from './score-period.ts'
import { toScore } from './to-score.ts'

const orNaN = (value: number | null) => value ?? Number.NaN

export function readingsOf({ items, units }: SchemeInputs): Readings {
  const column = (pick: (unit: UnitInputs) => number) => Float64Array.from(units, pick)
  const names = units.map((unit) => unit.peerGroup ?? '')
  const groupNames = [...new Set(names)].toSorted()
  return {
    count: units.length,
    groups: Int32Array.from(names, (name) => groupNames.indexOf(name)),
    groupNames,
    items: items.map((item, place) => ({
      ...item,
      values: column((unit) => orNaN(unit.values[place]!)),
      ns: column((unit) => unit.ns[place]!),
      errors: column((unit) => orNaN(unit.errors[place]!)),
      hidden: Uint8Array.from(units, (unit) => (unit.hidden[place] ? 1 : 0)),
    })),
    gates: (units[0]?.gates ?? []).map((_gate, place) => column((unit) => orNaN(unit.gates[place]!))),
  }
}

/** In the order of ranks, those without one last. `seed` in [0, 1). */
export function previewScores(draft: SchemeDraft, inputs: SchemeInputs, seed: number): Score[] {
  const readings = readingsOf(inputs)
  const before = Uint8Array.from(inputs.units, (unit) => unit.starsBefore ?? 0)
  const { units, summary } = scorePeriod(draft, readings, before, seed)
  const around = { complete: inputs.complete, summary, before: undefined }
  const scores = inputs.units.map(({ entity }, unit) =>
    toScore(draft, keptScore(units, readings, unit, inputs.periodStart), { ...around, entity }),
  )
  return scores.toSorted(byRank)
}

export const byRank = (a: Score, b: Score): number =>
  (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.entity.key < b.entity.key ? -1 : 1)
