/** Sums over all entities of each item, from which priors and usual values follow in closed form. */
import type { Measurements } from '#platform/measurements/measurements'
import type { BulkPrior } from '../../../rules/scores/bulk.ts'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { parameterBag } from '../../compile/parameter-bag.ts'
import { type BulkQuestion, EXECUTION_SECONDS, usedOf } from './question.ts'

/** Sums over the entities of each item, from which priors follow in closed form; the last four of means, by errors. */
export interface ItemSums {
  readonly units: number
  readonly cases: number
  readonly squaredCases: number
  readonly events: number
  readonly squaredEventsByCases: number
  readonly atMostOneCase: number
  readonly uncertain: number
  readonly weights: number
  readonly squaredWeights: number
  readonly weighted: number
  readonly weightedSquares: number
  readonly mean: number
  readonly deviation: number
  readonly least: number
  readonly greatest: number
}

const itemSums = (place: number, scale: string, between: string) => {
  const [v, n, w] = [`u${place}`, `n${place}`, `1 / (pow(o${place}, 2) + ${between})`]
  const here = `m${place} = 0`
  const certain = `${here} AND o${place} > 0`
  const events = `${v} / ${scale} * ${n}`
  return [
    `countIf(${here}) AS units`,
    `sumIf(${n}, ${here}) AS cases`,
    `sumIf(${n} * ${n}, ${here}) AS squaredCases`,
    `sumIf(${events}, ${here}) AS events`,
    `sumIf(pow(${events}, 2) / ${n}, ${here} AND ${n} > 0) AS squaredEventsByCases`,
    `countIf(${here} AND ${n} <= 1) AS atMostOneCase`,
    `countIf(${certain}) AS uncertain`,
    `sumIf(${w}, ${certain}) AS weights`,
    `sumIf(pow(${w}, 2), ${certain}) AS squaredWeights`,
    `sumIf(${w} * ${v}, ${certain}) AS weighted`,
    `sumIf(${w} * pow(${v}, 2), ${certain}) AS weightedSquares`,
    `avgIf(${v}, ${here}) AS mean`,
    `stddevSampStableIf(${v}, ${here}) AS deviation`,
    `minIf(${v}, ${here}) AS least`,
    `maxIf(${v}, ${here}) AS greatest`,
  ]
}

/**
 * Sums over all entities of the items that are drawn together or judged by z-scores, null for the others; of values drawn by `priors` where there
 * are some. `between`: added to squared errors in the weights.
 */
export async function readItemSums(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  priors: readonly (BulkPrior | null)[],
  between: readonly (number | null)[] = [],
): Promise<(ItemSums | null)[]> {
  const { items } = question.scheme
  const asked = [...items.keys()].filter((place) => items[place]!.shrink || items[place]!.points.kind === 'z-score')
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const narrow: BulkQuestion = {
    ...question,
    scheme: { ...question.scheme, items: asked.map((place) => items[place]!), gates: [] },
    planned: asked.map((place) => question.planned[place]!),
    plannedGates: [],
  }
  const level = usedOf(bag, owner, narrow, { priors: asked.map((place) => priors[place] ?? null), moments: [] }).sql
  const sums = narrow.planned.flatMap(({ plan }, index) =>
    itemSums(index, bag('Float64', plan.scale), bag('Float64', between[asked[index]!] ?? 0)).map((column) =>
      column.replace(/ AS (\w+)$/, ` AS $1_${index}`),
    ),
  )
  const [row] = await measurements.query<Record<string, number | null>>(
    `SELECT ${sums.join(', ')} FROM (${level})`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  return items.map((_item, place) => {
    const index = asked.indexOf(place)
    if (index < 0) return null
    const names = Object.keys(row!).filter((name) => name.endsWith(`_${index}`))
    const entries = names.map((name) => [name.slice(0, -`_${index}`.length), row![name] ?? Number.NaN])
    return Object.fromEntries(entries)
  })
}
