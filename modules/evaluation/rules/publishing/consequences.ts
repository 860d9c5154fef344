/** What follows from scores, by rules as data (EVA-5): shares of a whole, signs of stars, amounts of money. */
import type { ConsequenceDraft } from '../../contract/consequences.ts'

export interface ConsequenceIssue {
  readonly field: string
  readonly rule: 'table-order' | 'table-range' | 'kind-unfit' | 'whole-number' | 'currency-missing' | 'table-empty'
  readonly message: string
}

/** What speaks against a rule; empty where it can stand. */
export function consequenceIssues(draft: ConsequenceDraft): ConsequenceIssue[] {
  const { kind, from, table, totalHundredths, currency, floor } = draft
  const issues: ConsequenceIssue[] = []
  const add = (field: string, rule: ConsequenceIssue['rule'], message: string) =>
    void issues.push({ field, rule, message })
  for (const [place, [value, gives]] of table.entries()) {
    if (place > 0 && value <= table[place - 1]![0])
      add(`table.${place}.0`, 'table-order', 'The values of the table must ascend, each once.')
    const [low, high] = from === 'stars' ? [1, 5] : [0, 100]
    if (value < low || value > high)
      add(`table.${place}.0`, 'table-range', `The value must lie between ${low} and ${high}.`)
    if (from === 'stars' && !Number.isInteger(value))
      add(`table.${place}.0`, 'whole-number', 'Stars are whole numbers.')
    if (kind === 'amount' && totalHundredths === null && !Number.isInteger(gives))
      add(`table.${place}.1`, 'whole-number', 'Amounts are whole hundredths of the currency.')
  }
  if (kind === 'sign' && from !== 'stars') add('from', 'kind-unfit', 'A sign shows stars.')
  if (kind !== 'share' && floor > 0) add('floor', 'kind-unfit', 'Only shares have a least part.')
  if (kind !== 'amount' && totalHundredths !== null) add('totalHundredths', 'kind-unfit', 'Only amounts have a total.')
  if (kind !== 'amount' && currency !== null) add('currency', 'kind-unfit', 'Only amounts have a currency.')
  if (kind === 'amount' && currency === null) add('currency', 'currency-missing', 'Name the currency, e.g. CNY.')
  if (kind === 'amount' && totalHundredths === null && !Number.isInteger(draft.notRanked))
    add('notRanked', 'whole-number', 'Amounts are whole hundredths of the currency.')
  if (kind !== 'amount' || totalHundredths !== null) {
    const weights = [...table.map(([, gives]) => gives), draft.notRanked]
    if (weights.every((weight) => weight === 0)) add('table', 'table-empty', 'Some value must give more than 0.')
  }
  return issues
}

export interface Rated {
  readonly peerGroup: string | null
  readonly stars: number | null
  readonly composite: number | null
}

/** What the table gives a unit: of the last value it reaches. */
function worthOf({ from, table, notRanked }: ConsequenceDraft, unit: Rated): number {
  const score = unit[from]
  if (score === null) return notRanked
  return table.findLast(([value]) => score >= value)?.[1] ?? 0
}

export interface Following {
  /** In the order of the units. */
  readonly values: readonly number[]
  readonly groups: readonly { readonly peerGroup: string | null; readonly units: number; readonly floor: number }[]
}

export function followingOf(draft: ConsequenceDraft, units: readonly Rated[]): Following {
  const worths = units.map((unit) => worthOf(draft, unit))
  const { kind, within, totalHundredths } = draft
  const places = Map.groupBy(units.keys(), (place) => (within === 'all' ? null : units[place]!.peerGroup))
  const values = units.map(() => 0)
  const groups = [...places].map(([peerGroup, own]) => {
    const weights = own.map((place) => worths[place]!)
    const floor = kind === 'share' ? Math.min(draft.floor, 1 / own.length) : 0
    const found =
      kind === 'share'
        ? sharesOf(weights, floor)
        : kind === 'sign'
          ? own.map((place, index) => (weights[index]! > 0 ? (units[place]!.stars ?? 0) : 0))
          : totalHundredths === null
            ? weights
            : amountsOf(weights, totalHundredths)
    for (const [index, place] of own.entries()) values[place] = found[index]!
    return { peerGroup, units: own.length, floor }
  })
  return { values, groups }
}

/**
 * Shares of 1 in proportion to weights, none below the floor: those that would fall below get the floor, the others share the rest in
 * proportion, until none falls below. All weights 0: even shares. `floor` at most 1 / units.
 */
export function sharesOf(weights: readonly number[], floor: number): number[] {
  const held = weights.map(() => false)
  for (;;) {
    const free = 1 - floor * held.filter(Boolean).length
    const sum = weights.reduce((all, weight, place) => all + (held[place] ? 0 : weight), 0)
    const count = held.filter((own) => !own).length
    const shares = weights.map((weight, place) =>
      held[place] ? floor : sum > 0 ? (weight / sum) * free : count > 0 ? free / count : 0,
    )
    const low = shares.flatMap((share, place) => (!held[place] && share < floor ? [place] : []))
    if (low.length === 0) return shares
    for (const place of low) held[place] = true
  }
}

/**
 * A total in whole hundredths shared out by weights, to the last one: rounded down, and what is left goes to the largest remainders, of equal
 * ones to the unit that stands first (largest remainder method, Hamilton 1792). All weights 0: nothing is given.
 */
export function amountsOf(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (weight / sum) * total)
  const amounts = exact.map(Math.floor)
  let left = total - amounts.reduce((all, amount) => all + amount, 0)
  const order = [...exact.keys()].toSorted((a, b) => exact[b]! - amounts[b]! - (exact[a]! - amounts[a]!) || a - b)
  for (const place of order) {
    if (left <= 0) break
    if (weights[place] === 0) continue
    amounts[place]! += 1
    left -= 1
  }
  // Rounding of floating point may have lifted one amount to the next whole: taken back where it was nearest.
  for (const place of order.toReversed()) {
    if (left >= 0) break
    if (amounts[place] === 0) continue
    amounts[place]! -= 1
    left += 1
  }
  return amounts
}
