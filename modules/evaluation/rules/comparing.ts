/** Two versions over one period: who rises, who falls, and why. */
import type { Compared } from '../contract/schemes.ts'
import type { Score, ScorePart } from '../contract/scores.ts'

/** Differences smaller than this explain nothing. */
const NOTHING_POINTS = 0.005

const standing = (score: Score | undefined) => ({
  composite: score?.composite ?? null,
  rank: score?.rank ?? null,
  stars: score?.stars ?? null,
})

/** By how far they move, most first. Units are matched by key. */
export function compareScores(before: readonly Score[], after: readonly Score[]): Compared[] {
  const then = new Map(before.map((score) => [score.entity.key, score]))
  const now = new Map(after.map((score) => [score.entity.key, score]))
  const keys = [...new Set([...then.keys(), ...now.keys()])]
  const rows = keys.map((key): Compared => {
    const [old, young] = [then.get(key), now.get(key)]
    const { entity } = (old ?? young)!
    return { entity, before: standing(old), after: standing(young), because: reasons(old, young) }
  })
  return rows.toSorted((a, b) => move(b) - move(a) || (a.entity.key < b.entity.key ? -1 : 1))
}

/** How many ranks a unit moves; who appears or disappears moves farthest. */
function move({ before, after }: Compared): number {
  if (before.rank === null && after.rank === null) return -1
  if (before.rank === null || after.rank === null) return Infinity
  return Math.abs(before.rank - after.rank)
}

/**
 * Differences of the contributions w p, split exactly: points at the mean of both weights, weight at the mean of both points (the symmetric
 * split, Marshall 1920 / Edgeworth). What is left of the composites' difference is told as `rest`.
 */
function reasons(before: Score | undefined, after: Score | undefined): Compared['because'] {
  if (before?.composite == null || after?.composite == null) return []
  const old = new Map(before.parts.map((part) => [part.item, part]))
  const young = new Map(after.parts.map((part) => [part.item, part]))
  const found: Compared['because'][number][] = []
  for (const item of new Set([...old.keys(), ...young.keys()]))
    found.push(...itemReasons(item, old.get(item), young.get(item)))
  const told = found.reduce((sum, each) => sum + each.difference, 0)
  const rest = after.composite - before.composite - told
  found.push({ item: '', cause: 'rest', difference: rest })
  return found
    .filter(({ difference }) => Math.abs(difference) >= NOTHING_POINTS)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
}

function itemReasons(
  item: string,
  before: ScorePart | undefined,
  after: ScorePart | undefined,
): Compared['because'][number][] {
  if (before && !after) return [{ item, cause: 'removed', difference: -(before.contribution ?? 0) }]
  if (!before && after) return [{ item, cause: 'added', difference: after.contribution ?? 0 }]
  if (before!.points === null || after!.points === null) {
    const difference = (after!.contribution ?? 0) - (before!.contribution ?? 0)
    return [{ item, cause: 'weight', difference }]
  }
  const [w0, w1, p0, p1] = [before!.effectiveWeight, after!.effectiveWeight, before!.points, after!.points]
  return [
    { item, cause: 'weight', difference: ((w1 - w0) * (p0 + p1)) / 2 },
    { item, cause: 'points', difference: ((p1 - p0) * (w0 + w1)) / 2 },
  ]
}

/**
 * Kendall's tau-b of two orders: 1 the same, -1 turned round, ties taken into account. Source: Kendall (1945), Biometrika 33:239-251. By
 * merge sort (Knight 1966), O(n log n). Null where one of them does not order at all.
 */
export function kendallTau(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length
  const sorted = pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const tiedPairs = (keys: readonly unknown[]) =>
    [...Map.groupBy(keys, (key) => key).values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  const all = (n * (n - 1)) / 2
  const tiesX = tiedPairs(sorted.map(([x]) => x))
  const tiesY = tiedPairs(sorted.map(([, y]) => y))
  const tiesBoth = tiedPairs(sorted.map((pair) => pair.join(' ')))
  const scale = Math.sqrt((all - tiesX) * (all - tiesY))
  if (!(scale > 0)) return null
  const swaps = inversions(sorted.map(([, y]) => y))
  return (all - tiesX - tiesY + tiesBoth - 2 * swaps) / scale
}

function inversions(values: readonly number[]): number {
  if (values.length < 2) return 0
  const middle = values.length >> 1
  const [left, right] = [values.slice(0, middle), values.slice(middle)]
  let count = inversions(left) + inversions(right)
  left.sort((a, b) => a - b)
  right.sort((a, b) => a - b)
  let passed = 0
  for (const value of left) {
    while (passed < right.length && right[passed]! < value) passed += 1
    count += passed
  }
  return count
}
