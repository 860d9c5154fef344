/**
 * A scheme as SQL, level by level: sums -> values with errors -> what counts, drawn together -> points -> one score. The same rules stand in
 * TypeScript in `evaluation/rules`, for any scheme and thousands of units; a test holds both together. No word of a user enters the text.
 */
import { studentTQuantile } from '#stats/distributions/student-t-quantile'
import { must } from '#platform/refusal'
import type { BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../../rules/scores/bulk.ts'
import type { Coefficient, LinearPlan } from '../../../rules/scores/linear-plan.ts'
import type { Bag } from '../../compile/parameter-bag.ts'

export interface PlannedItem {
  readonly plan: LinearPlan
  readonly ids: readonly number[]
  /** The facts that tell whether there were events at all, one for each type. */
  readonly presence: readonly number[]
}

/**
 * Columns that rest on each other stand on levels of their own: the engine writes out whatever an alias stands for, again and again. What no
 * later level needs is left behind, since planning a query costs by columns and levels.
 */
export interface Level {
  /** `expression AS name` each. */
  readonly columns: readonly string[]
  /** Names of earlier columns that are left behind. */
  readonly without?: RegExp
}

/** Each level over the one before, innermost first. */
export function overEachOther(innermost: { sql: string; names: readonly string[] }, levels: readonly Level[]) {
  let { sql, names } = innermost
  for (const { columns, without } of levels) {
    names = without ? names.filter((name) => !without.test(name)) : names
    sql = `SELECT ${[...names, ...columns].join(', ')} FROM (${sql})`
    names = [...names, ...columns.map(nameOf)]
  }
  return { sql, names }
}

export const nameOf = (column: string): string => /(\w+)$/.exec(column)![1]!

/** Several items on the same levels. */
export const together = (parts: readonly (readonly Level[])[]): Level[] =>
  (parts[0] ?? []).map(({ without }, index) => {
    const columns = parts.flatMap((part) => part[index]!.columns)
    return without ? { columns, without } : { columns }
  })

/** Written out, not as a parameter: each use of one is a cast to the engine, and a scheme has thousands. Only finite numbers come this way. */
function number(value: number): string {
  must(Number.isFinite(value), `${value} is finite`)
  const text = String(value)
  const digits = /[.e]/.test(text) ? text : `${text}.0`
  return value < 0 ? `(${digits})` : digits
}

function combination(bag: Bag, ids: readonly number[], parts: readonly Coefficient[]): string {
  if (parts.length === 0) return 'toFloat64(0)'
  return parts
    .map(({ fact, figure, times }) => {
      const sum = `sumIf(${figure}, fact = ${bag('UInt64', ids[fact]!)})`
      return times === 1 ? sum : `${number(times)} * ${sum}`
    })
    .join(' + ')
}

/** Sums of an indicator over an entity's months: `a` over `d`, cases `n`, squares `q`, and `x` whether there were events at all. */
export function sumColumns(bag: Bag, { plan, ids, presence }: PlannedItem, place: string, squares: boolean): string[] {
  return [
    `${combination(bag, ids, plan.numerator)} AS a${place}`,
    ...(plan.denominator === null ? [] : [`${combination(bag, ids, plan.denominator)} AS d${place}`]),
    `${combination(bag, ids, plan.n)} AS n${place}`,
    ...(squares ? [`${combination(bag, ids, plan.squares)} AS q${place}`] : []),
    `${presence.map((id) => `sumIf(n, fact = ${bag('UInt64', id)})`).join(' + ')} AS x${place}`,
  ]
}

const Z_95 = 1.959963984540054
/** Student's t over the normal deviate at 97.5 %, for 1, 2, … degrees of freedom. */
const T_FACTORS = Array.from({ length: 60 }, (_unused, place) => studentTQuantile(0.025, place + 1, 'upper') / Z_95)
/** The same for more, by the first terms of its expansion (Abramowitz and Stegun 26.7.5): right to 1e-8. */
const farFactor = (freedom: string) =>
  `(1 + ${(Z_95 ** 2 + 1) / 4} / ${freedom} + ${(5 * Z_95 ** 4 + 16 * Z_95 ** 2 + 3) / 96} / pow(${freedom}, 2)
    + ${(3 * Z_95 ** 6 + 19 * Z_95 ** 4 + 17 * Z_95 ** 2 - 15) / 384} / pow(${freedom}, 3))`

/** Value `v` and error `e` of an indicator. Errors are half the width of the 95 % interval in deviations, as `evaluation` takes them. */
export function valueColumns(
  { plan }: PlannedItem,
  place: string,
  scatter: BulkItem['scatter'] | null,
  zeroWithout: boolean,
): string[] {
  const scale = number(plan.scale)
  const value =
    plan.denominator === null ? `a${place} * ${scale}` : `if(d${place} = 0, nan, a${place} / d${place} * ${scale})`
  const columns = [`if(x${place} = 0, ${zeroWithout ? '0.' : 'nan'}, ${value}) AS v${place}`]
  return scatter === null ? columns : [...columns, `${errorOf(plan, place)} AS e${place}`]
}

function errorOf(plan: LinearPlan, place: string): string {
  const [a, d, n] = [`a${place}`, `d${place}`, `n${place}`]
  const scale = number(plan.scale)
  switch (plan.shape) {
    case 'proportion': {
      const share = `${a} / ${d}`
      const inside = `${share} * (1 - ${share}) / ${d} + ${Z_95 ** 2 / 4} / (${d} * ${d})`
      return `if(${d} > 0 AND ${a} >= 0 AND ${a} <= ${d}, sqrt(${inside}) / (1 + ${Z_95 ** 2} / ${d}) * ${scale}, nan)`
    }
    case 'mean':
    case 'net-promoter': {
      const variance = `greatest(0, q${place} - ${n} * pow(${a} / ${n}, 2)) / (${n} - 1)`
      const t = `if(${n} <= ${T_FACTORS.length}, [${T_FACTORS.join(', ')}][toUInt32(${n}) - 1], ${farFactor(`(${n} - 1)`)})`
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

/** Why it is missing `m` and whether provisional `r`; then the value `u` that counts and its error `o`. `blank`: nobody can be judged by it. */
export function usedLevels(
  item: BulkItem,
  place: number,
  { scale, prior, blank }: { scale: number; prior: BulkPrior | null; blank: boolean },
): Level[] {
  const kept = item.below === 'provisional' || (item.shrink && item.scatter !== 'unknown')
  const few = `n${place} < ${number(item.minimumN)}`
  const hidden = item.indicator.belowMinimum === 'hide' ? `n${place} < ${number(item.indicator.minimumN)}` : '0'
  const missing = blank ? '1' : `multiIf(isNaN(v${place}), 1, ${hidden}, 3, ${kept ? '0' : few}, 2, 0)`
  const { value, error } = drawnTogether(item, place, { prior, scale })
  return [
    { columns: [`toUInt8(${missing}) AS m${place}`] },
    {
      columns: [
        `toUInt8(m${place} = 0 AND ${few}) AS r${place}`,
        `if(m${place} > 0, nan, ${value}) AS u${place}`,
        `if(m${place} > 0, nan, ${error}) AS o${place}`,
      ],
    },
  ]
}

function drawnTogether(
  { scatter }: BulkItem,
  place: number,
  { prior, scale: whole }: { prior: BulkPrior | null; scale: number },
): { value: string; error: string } {
  const [v, e, n] = [`v${place}`, `e${place}`, `n${place}`]
  if (!prior) return { value: v, error: e }
  const mean = number(prior.mean)
  if (scatter === 'normal') {
    const share = prior.strength === Infinity ? '0' : `1 / (1 + ${number(prior.strength)} * pow(${e}, 2))`
    return {
      value: `if(${e} > 0, ${share} * ${v} + (1 - ${share}) * ${mean}, ${v})`,
      error: `if(${e} > 0, sqrt(${share}) * ${e}, ${e})`,
    }
  }
  if (prior.strength === Infinity) return { value: mean, error: '0' }
  const [strength, scale] = [number(prior.strength), number(whole)]
  const value = `(${n} * ${v} + ${strength} * ${mean}) / (${n} + ${strength})`
  const share = `(${value}) / ${scale}`
  const error =
    scatter === 'binomial'
      ? `sqrt(${share} * (1 - ${share}) / (${n} + ${strength} + 1)) * ${scale}`
      : `sqrt(${share} / (${n} + ${strength})) * ${scale}`
  return { value, error }
}

/** Points `p` and their slope `s`; then their error `t`. */
export function pointLevels(item: BulkItem, place: number, moments: BulkMoments | null): Level[] {
  const { points } = item
  if (points.kind === 'steps') return stepLevels(points, place)
  const corners = points.kind === 'lines' ? points.corners : zScoreCorners(points, moments!)
  const u = `u${place}`
  const xs = corners.map(([x]) => number(x))
  const slopes = corners.slice(1).map(([x, y], index) => (y - corners[index]![1]) / (x - corners[index]![0]))
  const sum = slopes.map(
    (slope, index) => `${number(slope)} * (least(greatest(${u}, ${xs[index]}), ${xs[index + 1]}) - ${xs[index]})`,
  )
  // On a corner the steeper side, the cautious choice.
  const steeper = (left: number, right: number) => number(Math.abs(right) > Math.abs(left) ? right : left)
  const cases = corners.flatMap((_corner, index) => [
    `${u} < ${xs[index]}, ${index === 0 ? '0' : number(slopes[index - 1]!)}`,
    `${u} = ${xs[index]}, ${steeper(slopes[index - 1] ?? 0, slopes[index] ?? 0)}`,
  ])
  return [
    {
      columns: [
        `if(m${place} > 0, nan, ${number(corners[0]![1])} + ${sum.join(' + ')}) AS p${place}`,
        `if(m${place} > 0, nan, multiIf(${cases.join(', ')}, 0.)) AS s${place}`,
      ],
    },
    { columns: [`if(o${place} > 0, abs(s${place}) * o${place}, 0.) AS t${place}`], without: /^(mean|square|o)\d/ },
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

function stepLevels({ steps, better }: Extract<BulkItem['points'], { kind: 'steps' }>, place: number): Level[] {
  const sign = better === 'more' ? 1 : -1
  const ordered = [...steps].sort((a, b) => sign * (a[0] - b[0]))
  const u = `u${place}`
  const reached = (from: number) => (sign === 1 ? `${u} >= ${number(from)}` : `${u} <= ${number(from)}`)
  const cases = ordered.toReversed().map(([from, points]) => `${reached(from)}, ${number(points)}`)
  const passed = ordered.map(
    ([from]) => `(1 - erf(${sign} * (${number(from)} - ${u}) / o${place} / ${Math.SQRT2})) / 2`,
  )
  const shares = ordered.map(([, points], index) => ({
    share: index + 1 < passed.length ? `(${passed[index]} - ${passed[index + 1]})` : passed[index]!,
    points: number(points),
  }))
  const mean = shares.map(({ share, points }) => `${share} * ${points}`).join(' + ')
  const square = shares.map(({ share, points }) => `${share} * ${points} * ${points}`).join(' + ')
  return [
    {
      columns: [
        `if(m${place} > 0, nan, multiIf(${cases.join(', ')}, 0.)) AS p${place}`,
        `if(m${place} > 0, nan, 0.) AS s${place}`,
        `${mean} AS mean${place}`,
        `${square} AS square${place}`,
      ],
    },
    {
      columns: [`if(o${place} > 0, sqrt(greatest(0, square${place} - pow(mean${place}, 2))), 0.) AS t${place}`],
      without: /^(mean|square|o)\d/,
    },
  ]
}

/** What is known; then effective weights `w` and why a unit is not ranked; then the score `free` before caps with its error. */
export function scoreLevels(scheme: BulkScheme): Level[] {
  const { items } = scheme
  const places = items.map((_item, place) => place)
  const present = places.map((place) => `(m${place} = 0)`)
  const weight = items.map((item) => number(item.weight))
  const dimensions = [...new Set(items.map((item) => item.dimension))]
  const own = (dimension: number) => places.filter((place) => items[place]!.dimension === dimension)
  const sumOf = (dimension: number) => number(own(dimension).reduce((sum, place) => sum + items[place]!.weight, 0))
  const counted = [
    `${places.map((place) => `(m${place} > 0) * ${weight[place]}`).join(' + ')} AS lost`,
    ...dimensions.map(
      (dimension) =>
        `${own(dimension)
          .map((place) => `${present[place]} * ${weight[place]}`)
          .join(' + ')} AS k${dimension}`,
    ),
    `${present.join(' + ')} AS items_known`,
    `arrayMin([${places.map((place) => `if(${present[place]}, n${place}, inf)`).join(', ')}]) AS n_least`,
  ]
  // What one of weight 1 gets, by dimension.
  const alive = dimensions.map((dimension) => `(k${dimension} > 0) * ${sumOf(dimension)}`).join(' + ')
  const shares = scheme.withinDimensions
    ? dimensions.map((dimension) => `${sumOf(dimension)} / k${dimension} / (${alive}) AS w${dimension}`)
    : dimensions.map((dimension) => `1. / (1 - lost) AS w${dimension}`)
  const effective = (place: number) => `${weight[place]} * w${items[place]!.dimension}`
  const sum = (part: (place: number) => string) =>
    places.map((place) => `if(${present[place]}, ${part(place)}, 0.)`).join(' + ')
  return [
    { columns: counted },
    { columns: [...shares, `toUInt8(${reasonOf(scheme, dimensions)}) AS reason`] },
    {
      columns: [
        `if(reason > 0, nan, ${sum((place) => `${effective(place)} * p${place}`)}) AS free`,
        `if(reason > 0, nan, sqrt(${sum((place) => `pow(${effective(place)} * t${place}, 2)`)})) AS err`,
      ],
      without: /^(k\d+|lost|items_known)$/,
    },
  ]
}

/** Places in `notRankedReasons` of the scores' contract, from 1. */
const REASONS = { tooFew: 1, required: 2, tooMuch: 3, items: 4, dimensions: 5 }
const ROUNDING = 1e-12

function reasonOf(scheme: BulkScheme, dimensions: readonly number[]): string {
  const { items, mostMissing, leastItems, leastDimensions, leastN } = scheme
  const any = (conditions: readonly string[]) => (conditions.length === 0 ? '0' : conditions.join(' OR '))
  const few = any(items.map((_item, place) => `m${place} = 2`))
  const lacking = any(items.flatMap((item, place) => (item.required ? [`m${place} > 0`] : [])))
  const tooMuch = `lost > ${number(mostMissing)} + ${ROUNDING} OR lost >= 1 - ${ROUNDING}`
  return `multiIf(${tooMuch}, if(${few}, ${REASONS.tooFew}, ${REASONS.tooMuch}), ${lacking}, if(${few}, ${REASONS.tooFew}, ${REASONS.required}),
    items_known < ${leastItems}, ${REASONS.items}, ${dimensions.map((dimension) => `(k${dimension} > 0)`).join(' + ')} < ${leastDimensions}, ${REASONS.dimensions},
    n_least < ${number(leastN)}, ${REASONS.tooFew}, 0)`
}

const OPERATORS = { 'more-than': '>', 'at-least': '>=', 'less-than': '<', 'at-most': '<=' } as const

/** The composite after caps of points, what gates allow, and the place of the tightest. */
export function gateLevels({ gates }: BulkScheme): Level[] {
  const without = /^[wt]\d+$/
  if (gates.length === 0)
    return [{ columns: ['free AS composite', 'toInt16(-1) AS gate_place', '255 AS most_stars'], without }]
  const shut = gates.map(
    ({ operator, limit }, place) => `(NOT isNaN(vg${place}) AND vg${place} ${OPERATORS[operator]} ${number(limit)})`,
  )
  const points = gates.map(({ most }, place) =>
    most.of === 'points' ? `if(${shut[place]}, ${number(most.value)}, inf)` : 'inf',
  )
  // Stars decide before points, the lowest of either first, then the order of the scheme: sort by what they allow.
  const keys = gates.map(({ most }, place) => {
    const key = (most.of === 'stars' ? 0 : 1_000) + most.value
    return `if(${shut[place]}, ${number(key)}, inf)`
  })
  const stars = gates.map(({ most }, place) => (most.of === 'stars' ? `if(${shut[place]}, ${most.value}, 255)` : '255'))
  return [
    {
      columns: [
        `if(reason > 0, nan, least(free, arrayMin([${points.join(', ')}]))) AS composite`,
        `[${keys.join(', ')}] AS allowed`,
        `arrayMin([${stars.join(', ')}]) AS most_stars`,
      ],
      without,
    },
    {
      columns: ['toInt16(if(arrayMin(allowed) = inf, -1, indexOf(allowed, arrayMin(allowed)) - 1)) AS gate_place'],
      without: /^allowed$/,
    },
  ]
}
