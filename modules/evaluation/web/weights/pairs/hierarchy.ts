/** Pairwise comparisons while they are made: sets of parts, judges, judgements. Pure. */
import type { Comparison, SchemeDraft, SingleWeighting } from '#evaluation/contract'
import { pairPlace } from '../remap.ts'
import { nth } from '../../schemes/state/nth.ts'

export type Hierarchy = Extract<SingleWeighting, { method: 'analytic-hierarchy' }>
type Judge = Comparison['judges'][number]

/** More parts have no tabulated random index, and nobody compares them well. */
export const PARTS_LIMIT = 15
export const JUDGES_LIMIT = 30

/** What is compared with each other: the dimensions (`of` null), or the items of one. */
export interface ComparedSet {
  readonly of: string | null
  readonly parts: readonly string[]
}

/** Sets of two parts or more; the dimensions first. */
export function setsOf({ dimensions }: Pick<SchemeDraft, 'dimensions'>): ComparedSet[] {
  const all = [
    { of: null, parts: dimensions.map(({ id }) => id) },
    ...dimensions.map(({ id, items }) => ({ of: id, parts: items.map((item) => item.id) })),
  ]
  return all.filter(({ parts }) => parts.length >= 2)
}

const pairsOf = ({ parts }: ComparedSet) => (parts.length * (parts.length - 1)) / 2
const unsaid = (set: ComparedSet): (number | null)[] => Array.from({ length: pairsOf(set) }, () => null)

export function freshHierarchy(draft: Pick<SchemeDraft, 'dimensions'>, judge: string): Hierarchy {
  return {
    method: 'analytic-hierarchy',
    comparisons: setsOf(draft)
      .filter(({ parts }) => parts.length <= PARTS_LIMIT)
      .map((set) => ({ of: set.of, judges: [{ name: judge, weight: 1, judgements: unsaid(set) }] })),
    priorities: 'eigenvector',
    randomIndex: 'saaty-1980',
    combine: 'judgements',
  }
}

/** The judges are the same in every set. */
export const judgesOf = ({ comparisons }: Hierarchy): readonly Judge[] => comparisons[0]?.judges ?? []

/** What was said of a set; of one that is new, nothing yet by the same judges. */
export function comparisonOf(weighting: Hierarchy, set: ComparedSet): Comparison {
  const known = weighting.comparisons.find(({ of }) => of === set.of)
  if (known) return known
  return { of: set.of, judges: judgesOf(weighting).map((judge) => ({ ...judge, judgements: unsaid(set) })) }
}

const withComparison = (weighting: Hierarchy, comparison: Comparison): Hierarchy => {
  const place = weighting.comparisons.findIndex(({ of }) => of === comparison.of)
  const comparisons = place < 0 ? [...weighting.comparisons, comparison] : weighting.comparisons.with(place, comparison)
  return { ...weighting, comparisons }
}

/** One judgement of one judge; null takes it back. */
export function judged(
  weighting: Hierarchy,
  set: ComparedSet,
  judge: number,
  pair: { readonly row: number; readonly column: number },
  value: number | null,
): Hierarchy {
  const comparison = comparisonOf(weighting, set)
  const own = nth(comparison.judges, judge)
  const place = pairPlace(pair.row, pair.column, set.parts.length)
  const judgements = own.judgements.with(place, value)
  return withComparison(weighting, { ...comparison, judges: comparison.judges.with(judge, { ...own, judgements }) })
}

const eachSet = (
  weighting: Hierarchy,
  how: (judges: readonly Judge[], comparison: Comparison) => Judge[],
): Hierarchy => ({
  ...weighting,
  comparisons: weighting.comparisons.map((comparison) => ({
    ...comparison,
    judges: how(comparison.judges, comparison),
  })),
})

/** A judge who has said nothing yet. */
export const withJudge = (weighting: Hierarchy, name: string): Hierarchy =>
  eachSet(weighting, (judges) => [
    ...judges,
    { name, weight: 1, judgements: (judges[0]?.judgements ?? []).map(() => null) },
  ])

export const withoutJudge = (weighting: Hierarchy, place: number): Hierarchy =>
  eachSet(weighting, (judges) => judges.toSpliced(place, 1))

export const withJudgeAs = (
  weighting: Hierarchy,
  place: number,
  part: Partial<Pick<Judge, 'name' | 'weight'>>,
): Hierarchy => eachSet(weighting, (judges) => judges.toSpliced(place, 1, { ...nth(judges, place), ...part }))

/** One judge alone, for what they alone contradict. */
export function alone(weighting: Hierarchy, set: ComparedSet, judge: number): Hierarchy {
  const comparison = comparisonOf(weighting, set)
  return { ...weighting, comparisons: [{ ...comparison, judges: [nth(comparison.judges, judge)] }] }
}

/** Steps on the scale of 9 to 1 to 9: -8 the first part by far, 0 both alike, 8 the second by far. */
export const stepOf = (value: number): number =>
  Math.round(value >= 1 ? 1 - Math.min(9, value) : Math.min(9, 1 / value) - 1) + 0
export const valueOf = (step: number): number => (step <= 0 ? 1 - step : 1 / (1 + step))
