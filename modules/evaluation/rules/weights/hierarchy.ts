/** Weights from pairwise comparisons (analytic hierarchy process, Saaty 1980), by one judge or several. */
import { type AhpInput, ahpPriorities } from '#weighting/ahp/ahp-priorities'
import { groupConsensus, groupJudgements, groupPriorities } from '#weighting/ahp/group-judgements'
import { type JudgementRepair, judgementRepairs } from '#weighting/ahp/judgement-repairs'
import type { SchemeDraft } from '../../contract/scheme.ts'
import type { Comparison, ComparisonReport, SingleWeighting, WeightsReport } from '../../contract/weighting.ts'

type Hierarchy = Extract<SingleWeighting, { method: 'analytic-hierarchy' }>
type Tree = WeightsReport['dimensions']
type Warning = WeightsReport['warnings'][number]

/** Saaty's limit: beyond it judgements contradict each other too much. */
export const CONSISTENCY_RATIO_LIMIT = 0.1
const REPAIRS_SHOWN = 5

export const pairCount = (parts: number): number => (parts * (parts - 1)) / 2

/** The full matrix from the judgements above its diagonal. */
export function matrixOf(judgements: readonly (number | null)[], parts: number): (number | null)[][] {
  const matrix = Array.from({ length: parts }, (_, row) =>
    Array.from({ length: parts }, (_unused, column) => (row === column ? 1 : (null as number | null))),
  )
  let place = 0
  for (let row = 0; row < parts; row += 1)
    for (let column = row + 1; column < parts; column += 1, place += 1) {
      const said = judgements[place] ?? null
      matrix[row]![column] = said
      matrix[column]![row] = said === null ? null : 1 / said
    }
  return matrix
}

/** Dimensions and items that are not compared keep the weights they have. */
export function hierarchyWeights(
  { dimensions }: Pick<SchemeDraft, 'dimensions'>,
  weighting: Hierarchy,
  asIs: Tree,
): { tree: Tree; comparisons: ComparisonReport[]; warnings: Warning[] } {
  const tree = asIs.map((part) => ({ ...part, items: [...part.items] }))
  const warnings: Warning[] = []
  const comparisons = weighting.comparisons.flatMap((comparison): ComparisonReport[] => {
    const place = dimensions.findIndex((dimension) => dimension.id === comparison.of)
    if (comparison.of !== null && place < 0) return []
    const parts = comparison.of === null ? dimensions.length : dimensions[place]!.items.length
    const report = reportOf(comparison, parts, weighting)
    if (report.cannot !== null) warnings.push({ rule: 'incomplete', of: comparison.of })
    else if (comparison.of === null)
      for (const [index, weight] of report.weights.entries()) tree[index]!.weight = weight
    else tree[place]!.items = [...report.weights]
    if (report.consistencyRatio !== null && report.consistencyRatio > CONSISTENCY_RATIO_LIMIT)
      warnings.push({ rule: 'inconsistent', of: comparison.of })
    return [report]
  })
  return { tree, comparisons, warnings }
}

function reportOf(comparison: Comparison, parts: number, weighting: Hierarchy): ComparisonReport {
  const { of, judges } = comparison
  const matrices = judges.map((judge) => matrixOf(judge.judgements, parts))
  const memberWeights = judges.map((judge) => judge.weight)
  const asked = (matrix: AhpInput['matrix']): AhpInput => ({
    matrix,
    method: weighting.priorities,
    randomIndexTable: weighting.randomIndex,
  })
  const own = matrices.map((matrix) => ahpPriorities(asked(matrix)))
  const nothing = { of, weights: [], consistencyRatio: null, repairs: [], judges: [], consensus: null }
  const group = groupJudgements(matrices, { memberWeights })
  if (group.kind === 'cannot') return { ...nothing, cannot: group.because }
  const together = ahpPriorities(asked(group.matrix))
  if (together.kind === 'cannot') return { ...nothing, cannot: together.because }
  const single = own.flatMap((each) => (each.kind === 'priorities' ? [each.weights] : []))
  const complete = single.length === judges.length
  const weights =
    weighting.combine === 'priorities' && complete ? groupPriorities(single, memberWeights) : together.weights
  const found = judgementRepairs(asked(group.matrix), REPAIRS_SHOWN)
  return {
    of,
    weights,
    consistencyRatio: ratioOf(together.consistency.ratio, parts),
    repairs: found.kind === 'cannot' ? [] : found.repairs.filter(needed).map(repairOf),
    judges: own.map((each) =>
      each.kind === 'priorities'
        ? { weights: each.weights, consistencyRatio: ratioOf(each.consistency.ratio, parts) }
        : { weights: [], consistencyRatio: null },
    ),
    consensus: complete && judges.length > 1 ? groupConsensus(single, memberWeights).agreement : null,
    cannot: null,
  }
}

/** Two parts cannot contradict each other: a ratio says nothing there. */
const ratioOf = (ratio: number | null, parts: number) => (parts < 3 ? null : ratio)

/** A judgement within one step of the scale of what the others say needs no second thought. */
const ONE_STEP = 1.5
const needed = ({ judged, suggested, deviation }: JudgementRepair) => deviation > ONE_STEP && judged !== suggested

const repairOf = ({ i, j, judged, suggested, ratioAfter }: JudgementRepair) => ({
  row: i,
  column: j,
  said: judged,
  suggested,
  ratioAfter,
})
