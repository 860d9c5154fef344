/** Values of single entities that become one for the node above them. */
import type { Sums } from '../rules/plan/plan.ts'
import type { MemberRow, SumsRow } from './sums.ts'

/** Added up (levels) or averaged (means of units); a mean's squares are those of the units' values, its n still counts events. */
export function addMembers(rows: readonly MemberRow[], members: 'together' | 'sum' | 'mean'): SumsRow[] {
  const nodes = new Map<string, MemberRow[]>()
  for (const row of rows) {
    const key = `${row.entity} ${row.period} ${row.other} ${JSON.stringify(row.groups)}`
    const own = nodes.get(key)
    if (own) own.push(row)
    else nodes.set(key, [row])
  }
  return [...nodes.values()].map((own) => {
    const { member: _member, ...what } = own[0]!
    return { ...what, sums: members === 'mean' ? meanOf(own) : totalOf(own) }
  })
}

const total = (rows: readonly MemberRow[], pick: (sums: Sums) => number) =>
  rows.reduce((sum, row) => sum + pick(row.sums), 0)
const excludedOf = (rows: readonly MemberRow[]) =>
  rows.some((row) => row.sums.excluded === null) ? null : total(rows, (sums) => sums.excluded ?? 0)

function totalOf(rows: readonly MemberRow[]): Sums {
  const measured = rows.filter((row) => row.sums.value !== null)
  return {
    numerator: total(measured, (sums) => sums.numerator),
    denominator: 1,
    n: total(rows, (sums) => sums.n),
    sumOfSquares: 0,
    value: measured.length === 0 ? null : total(measured, (sums) => sums.value ?? 0),
    excluded: excludedOf(rows),
  }
}

/** With the standard error of a mean of units, taken as a sample of such units. */
function meanOf(rows: readonly MemberRow[]): Sums {
  const values = rows.flatMap((row) => row.sums.value ?? [])
  const count = values.length
  const sum = values.reduce((all, value) => all + value, 0)
  const mean = count === 0 ? null : sum / count
  const squares = mean === null ? 0 : values.reduce((all, value) => all + (value - mean) ** 2, 0)
  return {
    numerator: sum,
    denominator: count,
    n: total(rows, (sums) => sums.n),
    sumOfSquares: 0,
    value: mean,
    excluded: excludedOf(rows),
    ...(count > 1 ? { standardError: Math.sqrt(squares / (count - 1) / count) } : {}),
  }
}

/** A level stands until the next reading: periods without one take the last, for so many periods. */
export function carryLevels(rows: readonly MemberRow[], lastPeriod: number, periods: number): MemberRow[] {
  const carried: MemberRow[] = []
  const same = (one: MemberRow, other: MemberRow) =>
    one.entity === other.entity &&
    one.member === other.member &&
    one.other === other.other &&
    JSON.stringify(one.groups) === JSON.stringify(other.groups)
  const ordered = rows.toSorted(
    (a, b) =>
      a.entity - b.entity ||
      a.member - b.member ||
      Number(a.other) - Number(b.other) ||
      (JSON.stringify(a.groups) < JSON.stringify(b.groups)
        ? -1
        : JSON.stringify(a.groups) > JSON.stringify(b.groups)
          ? 1
          : 0) ||
      a.period - b.period,
  )
  for (const [index, row] of ordered.entries()) {
    carried.push(row)
    const next = ordered[index + 1]
    const until = next && same(row, next) ? next.period : lastPeriod + 1
    for (let period = row.period + 1; period < Math.min(until, row.period + periods + 1); period += 1)
      carried.push({ ...row, period, sums: { ...row.sums, carried: true } })
  }
  return carried
}
