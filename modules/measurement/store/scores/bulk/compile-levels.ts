/**
 * A scheme as SQL, level by level: sums -> values with errors -> what counts, drawn together -> points -> one score. The same rules stand in
 * TypeScript in `evaluation/rules`, for any scheme and thousands of units; a test holds both together. No word of a user enters the text.
 */
import { studentTQuantile } from '#stats/distributions/student-t-quantile'
import type { BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../../rules/scores/bulk.ts'
import type { Coefficient, LinearPlan } from '../../../rules/scores/linear-plan.ts'
import type { Bag } from '../../compile/parameter-bag.ts'

/** Sums of facts as columns of the innermost level, each once. */
export interface FactSums {
  readonly columns: readonly string[]
  readonly facts: readonly number[]
  readonly of: (factId: number, figure: Coefficient['figure']) => string
}

export interface PlannedItem {
  readonly plan: LinearPlan
  readonly ids: readonly number[]
  /** The facts that tell whether there were events at all, one for each type. */
  readonly presence: readonly number[]
}

export function factSums(bag: Bag, planned: readonly PlannedItem[]): FactSums {
  const names = new Map<string, string>()
  const columns: string[] = []
  const facts = new Set<number>()
  const of = (factId: number, figure: Coefficient['figure']) => {
    const key = `${factId} ${figure}`
    const known = names.get(key)
    if (known) return known
    const name = `c${names.size}`
    names.set(key, name)
    facts.add(factId)
    columns.push(`sumIf(${figure}, fact = ${bag('UInt64', factId)}) AS ${name}`)
    return name
  }
  for (const { plan, ids, presence } of planned) {
    for (const part of [plan.numerator, plan.denominator ?? [], plan.n, plan.squares])
      for (const { fact, figure } of part) of(ids[fact]!, figure)
    for (const id of presence) of(id, 'n')
  }
  return { columns, facts: [...facts], of }
}

const number = (bag: Bag, value: number) => bag('Float64', value)

function combination(bag: Bag, sums: FactSums, ids: readonly number[], parts: readonly Coefficient[]): string {
  if (parts.length === 0) return '0'
  return parts
    .map(({ fact, figure, times }) => {
      const column = sums.of(ids[fact]!, figure)
      return times === 1 ? column : `${number(bag, times)} * ${column}`
    })
    .join(' + ')
}

const Z_95 = 1.959963984540054
/** Student's t over the normal deviate at 97.5 %, for 1, 2, … degrees of freedom. */
const T_FACTORS = Array.from({ length: 60 }, (_unused, place) => studentTQuantile(0.025, place + 1, 'upper') / Z_95)
/** The same for more, by the first terms of its expansion (Abramowitz and Stegun 26.7.5): right to 1e-8. */
const farFactor = (freedom: string) =>
  `(1 + ${(Z_95 ** 2 + 1) / 4} / ${freedom} + ${(5 * Z_95 ** 4 + 16 * Z_95 ** 2 + 3) / 96} / pow(${freedom}, 2)
    + ${(3 * Z_95 ** 6 + 19 * Z_95 ** 4 + 17 * Z_95 ** 2 - 15) / 384} / pow(${freedom}, 3))`

/** Value `v`, cases `n` and error `e` of an indicator. Errors are half the width of the 95 % interval in deviations, as `evaluation` takes them. */
export function valueColumns(
  bag: Bag,
  sums: FactSums,
  { plan, ids, presence }: PlannedItem,
  place: string,
  scatter: BulkItem['scatter'] | null,
  zeroWithout: boolean,
): string[] {
  const scale = number(bag, plan.scale)
  const numerator = combination(bag, sums, ids, plan.numerator)
  const denominator = plan.denominator === null ? '1' : combination(bag, sums, ids, plan.denominator)
  const present = presence.map((id) => sums.of(id, 'n')).join(' + ')
  const value = `if(d${place} = 0, nan, a${place} / d${place} * ${scale})`
  const columns = [
    `${numerator} AS a${place}`,
    `toFloat64(${denominator}) AS d${place}`,
    `toFloat64(${combination(bag, sums, ids, plan.n)}) AS n${place}`,
    `if(${present} = 0, ${zeroWithout ? '0' : 'nan'}, ${value}) AS v${place}`,
  ]
  return scatter === null ? columns : [...columns, `${errorOf(bag, sums, { plan, ids, presence }, place)} AS e${place}`]
}

function errorOf(bag: Bag, sums: FactSums, { plan, ids }: PlannedItem, place: string): string {
  const [a, d, n] = [`a${place}`, `d${place}`, `n${place}`]
  const scale = number(bag, plan.scale)
  switch (plan.shape) {
    case 'proportion': {
      const share = `${a} / ${d}`
      const inside = `${share} * (1 - ${share}) / ${d} + ${Z_95 ** 2 / 4} / (${d} * ${d})`
      return `if(${d} > 0 AND ${a} >= 0 AND ${a} <= ${d}, sqrt(${inside}) / (1 + ${Z_95 ** 2} / ${d}) * ${scale}, nan)`
    }
    case 'mean':
    case 'net-promoter': {
      const squares = combination(bag, sums, ids, plan.squares)
      const variance = `greatest(0, (${squares}) - ${n} * pow(${a} / ${n}, 2)) / (${n} - 1)`
      const t = `if(${n} <= ${T_FACTORS.length}, ${bag('Array(Float64)', T_FACTORS)}[toUInt32(${n}) - 1], ${farFactor(`(${n} - 1)`)})`
      return `if(${n} >= 2, sqrt(${variance} / ${n}) * ${t} * ${scale}, nan)`
    }
    case 'ratio':
      return `if(${d} > 0, sqrt(greatest(1, ${a})) / ${d} * ${scale}, nan)`
    case 'count':
      // Garwood's interval by Wilson and Hilferty's cube; half its width in deviations.
      return `if(${a} >= 0, (pow(${a} + 1, 1) * pow(1 - 1 / (9 * (${a} + 1)) + ${Z_95} / (3 * sqrt(${a} + 1)), 3) - if(${a} = 0, 0, ${a} * pow(1 - 1 / (9 * ${a}) - ${Z_95} / (3 * sqrt(${a})), 3))) / ${2 * Z_95} * ${scale}, nan)`
    case 'weighted':
      return 'nan'
  }
}

/** Why it is missing `m`, whether provisional `r`, the value `u` that counts and its error `o`. `blank`: nobody can be judged by it. */
export function usedColumns(
  bag: Bag,
  item: BulkItem,
  place: number,
  { scale, prior, blank }: { scale: number; prior: BulkPrior | null; blank: boolean },
): string[] {
  const least = number(bag, item.minimumN)
  const kept = item.below === 'provisional' || (item.shrink && item.scatter !== 'unknown')
  const few = `n${place} < ${least}`
  const hidden = item.indicator.belowMinimum === 'hide' ? `n${place} < ${number(bag, item.indicator.minimumN)}` : '0'
  const missing = blank ? '1' : `multiIf(isNaN(v${place}), 1, ${hidden}, 3, ${kept ? '0' : few}, 2, 0)`
  const { value, error } = drawnTogether(bag, item, place, { prior, scale })
  return [
    `toUInt8(${missing}) AS m${place}`,
    `toUInt8(m${place} = 0 AND ${few}) AS r${place}`,
    `if(m${place} > 0, nan, ${value}) AS u${place}`,
    `if(m${place} > 0, nan, ${error}) AS o${place}`,
  ]
}

function drawnTogether(
  bag: Bag,
  { scatter }: BulkItem,
  place: number,
  { prior, scale: whole }: { prior: BulkPrior | null; scale: number },
): { value: string; error: string } {
  const [v, e, n] = [`v${place}`, `e${place}`, `n${place}`]
  if (!prior) return { value: v, error: e }
  const mean = number(bag, prior.mean)
  if (scatter === 'normal') {
    const share = prior.strength === Infinity ? '0' : `1 / (1 + ${number(bag, prior.strength)} * pow(${e}, 2))`
    return {
      value: `if(${e} > 0, ${share} * ${v} + (1 - ${share}) * ${mean}, ${v})`,
      error: `if(${e} > 0, sqrt(${share}) * ${e}, ${e})`,
    }
  }
  if (prior.strength === Infinity) return { value: mean, error: '0' }
  const [strength, scale] = [number(bag, prior.strength), number(bag, whole)]
  const value = `(${n} * ${v} + ${strength} * ${mean}) / (${n} + ${strength})`
  const share = `(${value}) / ${scale}`
  const error =
    scatter === 'binomial'
      ? `sqrt(${share} * (1 - ${share}) / (${n} + ${strength} + 1)) * ${scale}`
      : `sqrt(${share} / (${n} + ${strength})) * ${scale}`
  return { value, error }
}

/** Points `p`, their slope `s` and their error `t`. */
export function pointColumns(bag: Bag, item: BulkItem, place: number, moments: BulkMoments | null): string[] {
  const u = `u${place}`
  const { points } = item
  if (points.kind === 'steps') return stepColumns(bag, points, place)
  const corners = points.kind === 'lines' ? points.corners : zScoreCorners(points, moments!)
  const xs = corners.map(([x]) => number(bag, x))
  const segments = corners.slice(1).map(([x, y], index) => ({
    from: xs[index]!,
    to: xs[index + 1]!,
    slope: number(bag, (y - corners[index]![1]) / (x - corners[index]![0])),
  }))
  const sum = segments
    .map(({ from, to, slope }) => `${slope} * (least(greatest(${u}, ${from}), ${to}) - ${from})`)
    .join(' + ')
  // On a corner the steeper side, the cautious choice.
  const steepest = segments
    .map(({ from, to, slope }) => `if(${u} >= ${from} AND ${u} <= ${to}, ${slope}, 0)`)
    .reduce((known, next) => `if(abs(${next}) > abs(${known}), ${next}, ${known})`)
  return [
    `if(m${place} > 0, nan, ${number(bag, corners[0]![1])} + ${sum}) AS p${place}`,
    `if(m${place} > 0, nan, ${steepest}) AS s${place}`,
    `if(o${place} > 0, abs(s${place}) * o${place}, 0) AS t${place}`,
  ]
}

const MOST = 100

function zScoreCorners(
  { centre, pointsPerDeviation, better }: Extract<BulkItem['points'], { kind: 'z-score' }>,
  { mean, deviation }: BulkMoments,
): [number, number][] {
  const sign = better === 'more' ? 1 : -1
  const at = (points: number): [number, number] => [
    // Where nobody differs nobody is judged; the lines only have to stand.
    mean + (sign * (points - centre) * (deviation > 0 ? deviation : 1)) / pointsPerDeviation,
    points,
  ]
  return [at(0), at(MOST)].sort((a, b) => a[0] - b[0])
}

function stepColumns(
  bag: Bag,
  { steps, better }: Extract<BulkItem['points'], { kind: 'steps' }>,
  place: number,
): string[] {
  const sign = better === 'more' ? 1 : -1
  const ordered = [...steps].sort((a, b) => sign * (a[0] - b[0]))
  const u = `u${place}`
  const reached = (from: number) => (sign === 1 ? `${u} >= ${number(bag, from)}` : `${u} <= ${number(bag, from)}`)
  const cases = ordered.toReversed().map(([from, points]) => `${reached(from)}, ${number(bag, points)}`)
  const passed = ordered.map(
    ([from]) => `(1 - erf(${sign} * (${number(bag, from)} - ${u}) / o${place} / ${Math.SQRT2})) / 2`,
  )
  const shares = ordered.map(([, points], index) => ({
    share: index + 1 < passed.length ? `(${passed[index]} - ${passed[index + 1]})` : passed[index]!,
    points: number(bag, points),
  }))
  const mean = shares.map(({ share, points }) => `${share} * ${points}`).join(' + ')
  const square = shares.map(({ share, points }) => `${share} * ${points} * ${points}`).join(' + ')
  return [
    `if(isNaN(${u}), nan, toFloat64(multiIf(${cases.join(', ')}, 0))) AS p${place}`,
    `if(m${place} > 0, nan, 0) AS s${place}`,
    `if(o${place} > 0, sqrt(greatest(0, (${square}) - pow(${mean}, 2))), 0) AS t${place}`,
  ]
}

/** Effective weights `w`, the score `free` before caps with its error, the least n, and why a unit is not ranked. */
export function scoreColumns(bag: Bag, scheme: BulkScheme): string[] {
  const { items } = scheme
  const places = items.map((_item, place) => place)
  const present = places.map((place) => `(m${place} = 0)`)
  const weight = items.map((item) => number(bag, item.weight))
  const missing = places.map((place) => `(m${place} > 0) * ${weight[place]}`).join(' + ')
  const dimensions = [...new Set(items.map((item) => item.dimension))]
  const own = (dimension: number) => places.filter((place) => items[place]!.dimension === dimension)
  const sumOf = (dimension: number) => own(dimension).reduce((sum, place) => sum + items[place]!.weight, 0)
  const known = dimensions.map(
    (dimension) =>
      `${own(dimension)
        .map((place) => `${present[place]} * ${weight[place]}`)
        .join(' + ')} AS k${dimension}`,
  )
  const alive = dimensions.map((dimension) => `(k${dimension} > 0) * ${number(bag, sumOf(dimension))}`).join(' + ')
  const effective = places.map((place) => {
    const { dimension } = items[place]!
    const inside = `${weight[place]} * ${number(bag, sumOf(dimension))} / k${dimension} / alive`
    const over = `${weight[place]} / (1 - lost)`
    return `if(${present[place]}, ${scheme.withinDimensions ? inside : over}, 0) AS w${place}`
  })
  const least = places.map((place) => `if(${present[place]}, n${place}, inf)`).join(', ')
  return [
    `${missing} AS lost`,
    ...known,
    `${alive} AS alive`,
    ...effective,
    `${present.join(' + ')} AS items_known`,
    `${dimensions.map((dimension) => `(k${dimension} > 0)`).join(' + ')} AS dimensions_known`,
    `arrayMin([${least}]) AS n_least`,
    `toUInt8(${reasonOf(bag, scheme)}) AS reason`,
    `if(reason > 0, nan, ${places.map((place) => `if(${present[place]}, w${place} * p${place}, 0)`).join(' + ')}) AS free`,
    `if(reason > 0, nan, sqrt(${places.map((place) => `if(${present[place]}, pow(w${place} * t${place}, 2), 0)`).join(' + ')})) AS err`,
  ]
}

/** Places in `notRankedReasons` of the scores' contract, from 1. */
const REASONS = { tooFew: 1, required: 2, tooMuch: 3, items: 4, dimensions: 5 }
const ROUNDING = 1e-12

function reasonOf(bag: Bag, scheme: BulkScheme): string {
  const { items, mostMissing, leastItems, leastDimensions, leastN } = scheme
  const any = (conditions: readonly string[]) => (conditions.length === 0 ? '0' : conditions.join(' OR '))
  const few = any(items.map((_item, place) => `m${place} = 2`))
  const lacking = any(items.flatMap((item, place) => (item.required ? [`m${place} > 0`] : [])))
  const tooMuch = `lost > ${number(bag, mostMissing)} + ${ROUNDING} OR lost >= 1 - ${ROUNDING}`
  return `multiIf(${tooMuch}, if(${few}, ${REASONS.tooFew}, ${REASONS.tooMuch}), ${lacking}, if(${few}, ${REASONS.tooFew}, ${REASONS.required}),
    items_known < ${bag('UInt32', leastItems)}, ${REASONS.items}, dimensions_known < ${bag('UInt32', leastDimensions)}, ${REASONS.dimensions},
    n_least < ${number(bag, leastN)}, ${REASONS.tooFew}, 0)`
}

const OPERATORS = { 'more-than': '>', 'at-least': '>=', 'less-than': '<', 'at-most': '<=' } as const

/** The composite after caps of points, the gate that caps most, and how many stars gates allow. */
export function gateColumns(bag: Bag, { gates }: BulkScheme): string[] {
  const shut = gates.map(
    ({ operator, limit }, place) =>
      `(NOT isNaN(vg${place}) AND vg${place} ${OPERATORS[operator]} ${number(bag, limit)})`,
  )
  const capped = gates.reduce(
    (known, { most }, place) =>
      most.of === 'points' ? `if(${shut[place]}, least(${known}, ${number(bag, most.value)}), ${known})` : known,
    'free',
  )
  // Stars decide before points, the lowest of either first, then the order of the scheme: sort by what they allow.
  const keys = gates.map(({ most }, place) => {
    const key = (most.of === 'stars' ? 0 : 1_000) + most.value
    return `if(${shut[place]}, ${number(bag, key)}, inf)`
  })
  const stars = gates.map(({ most }, place) =>
    most.of === 'stars' ? `if(${shut[place]}, ${bag('UInt8', most.value)}, 255)` : '255',
  )
  const list = keys.length === 0 ? 'toFloat64(inf)' : keys.join(', ')
  return [
    `${capped} AS composite`,
    `toInt16(if(arrayMin([${list}]) = inf, -1, indexOf([${list}], arrayMin([${list}])) - 1)) AS gate_place`,
    `${stars.length === 0 ? '255' : `arrayMin([${stars.join(', ')}])`} AS most_stars`,
  ]
}
