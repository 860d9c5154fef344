/** An item people judge, as a column like any other: values on its scale, n raters, the error of their mean. */
import { currentIndicator } from '#measurement/actions/indicators'
import { seriesOfUnits } from '#measurement/actions/series'
import type { EntityPlace } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods } from '#platform/periods'
import type { ItemSource, RaterKind, SchemeDraft } from '../contract/scheme.ts'
import { combineKinds, type KindSaid, pooledVariance } from '../rules/assessing/combine.ts'
import { corrected, type Judgement } from '../rules/assessing/leniency.ts'
import type { ItemColumn } from '../rules/composing/readings.ts'
import { assessmentsOf } from '../store/assessments.ts'

type Assessed = Extract<ItemSource, { kind: 'assessed' }>
type Spoken = (unit: EntityPlace, periodStart: string) => KindSaid | null

export async function assessedColumn(
  context: Context,
  draft: SchemeDraft,
  item: { readonly id: string; readonly source: Assessed },
  range: { grain: Grain; from: string; to: string },
): Promise<(units: readonly EntityPlace[], periodStart: string) => ItemColumn> {
  const { source } = item
  const rows = await assessmentsOf(context, { scheme: draft.id, item: item.id, ...range })
  const byPeriod = Map.groupBy(rows, (row) => row.periodStart.toString())
  const spoken = new Map<string, Spoken[]>()
  const customers = await customerVoice(context, draft, source, range)
  const voices = (periodStart: string) => {
    const known = spoken.get(periodStart)
    if (known) return known
    const judgements = (byPeriod.get(periodStart) ?? []).map(
      ({ rater, personId, entity, value }): Judgement => ({ kind: rater, rater: personId, unit: entity, value }),
    )
    const taken = source.leniency ? corrected(judgements) : judgements
    const made = source.raters.flatMap(({ kind, weight, indicator }) =>
      indicator === null ? [peopleVoice(kind, weight, taken)] : [customers(weight)],
    )
    spoken.set(periodStart, made)
    return made
  }
  return (units, periodStart) => {
    const values = new Float64Array(units.length).fill(Number.NaN)
    const errors = new Float64Array(units.length).fill(Number.NaN)
    const ns = new Float64Array(units.length)
    for (const [place, unit] of units.entries()) {
      const said = voices(periodStart).flatMap((voice) => voice(unit, periodStart) ?? [])
      const combined = combineKinds(said)
      if (!combined) continue
      values[place] = combined.value
      errors[place] = combined.error
      ns[place] = combined.n
    }
    const hidden = new Uint8Array(units.length)
    return { values, errors, ns, hidden, minimumN: 0, better: 'more', scatter: 'normal', scale: 1 }
  }
}

function peopleVoice(kind: RaterKind, weight: number, judgements: readonly Judgement[]): Spoken {
  const byUnit = Map.groupBy(
    judgements.filter((each) => each.kind === kind),
    (each) => each.unit,
  )
  const values = new Map([...byUnit].map(([unit, own]) => [unit, own.map((each) => each.value)]))
  const variance = pooledVariance(values.values())
  return (unit) => {
    const own = values.get(unit.number)
    if (!own) return null
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length
    return { kind, weight, mean, n: own.length, error: Math.sqrt(variance / own.length) }
  }
}

/** Customers speak through an indicator on the same scale. */
async function customerVoice(
  context: Context,
  { entityKind, below }: SchemeDraft,
  source: Assessed,
  { grain, from, to }: { grain: Grain; from: string; to: string },
): Promise<(weight: number) => Spoken> {
  const id = source.raters.find((rater) => rater.indicator !== null)?.indicator
  if (id == null) return () => () => null
  const indicator = await currentIndicator(context, id)
  const end = addPeriods(to, grain, 1)
  const series = await seriesOfUnits(context, { indicator, kind: entityKind, below, grain, from, to: end })
  const byUnit = new Map(series.map((unit) => [unit.entity.number, unit.points]))
  return (weight) => (unit, periodStart) => {
    const point = byUnit.get(unit.number)?.get(periodStart)
    if (point?.value == null) return null
    const error = point.standardError ?? Number.NaN
    return { kind: 'customers', weight, mean: point.value, n: point.n, error }
  }
}
