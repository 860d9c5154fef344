/** Proofs as people read them. */
import { indicatorVersion } from '#measurement/actions/indicators'
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found } from '#platform/refusal'
import type { Design, Proof } from '../contract.ts'
import type { Analysis } from '../rules/analysing.ts'
import type { Evidence, Observation } from '../rules/evidence.ts'
import { type DesignRow, designsOfPlan, listDesignRows } from '../store/designs.ts'
import type { ComparisonSeries } from '../tables.ts'
import { observe } from './observe.ts'

export const toPoints = (observations: readonly Observation[], analysis: Analysis | null): Proof['points'] =>
  observations.map(({ periodEnd: _end, ...observation }) => {
    const line = analysis?.kind === 'estimate' ? analysis.lines.get(observation.periodStart) : undefined
    return {
      ...observation,
      fitted: line?.fitted ?? null,
      counterfactual: line?.counterfactual ?? null,
      counterfactualLow: line?.low ?? null,
      counterfactualHigh: line?.high ?? null,
    }
  })

export const toComparison = (evidence: Evidence): ComparisonSeries[] =>
  evidence.comparison.map(({ key, observations }) => ({
    key,
    points: observations.map(({ periodStart, value, n, weight }) => ({ periodStart, value, n, weight })),
  }))

async function present(context: Context, rows: readonly DesignRow[]): Promise<Design[]> {
  const entities = await lookUpEntities(context, [...new Set(rows.map((row) => row.frozen.entityKey))])
  return rows.map((row) => {
    const { entityKey, ...frozen } = row.frozen
    const entity = { key: entityKey, name: entities.get(entityKey)?.name ?? entityKey }
    return { ...frozen, id: row.id, planTitle: row.planTitle, entity, sha256: row.sha256, state: row.state }
  })
}

async function evidenceOf(context: Context, row: DesignRow): Promise<Pick<Proof, 'points' | 'comparison'>> {
  const kept =
    row.points === null
      ? await observe(context, row.frozen).then((evidence) => ({
          points: toPoints(evidence.treated, null),
          comparison: toComparison(evidence),
        }))
      : { points: row.points, comparison: row.comparison ?? [] }
  const names = await lookUpEntities(
    context,
    kept.comparison.map(({ key }) => key),
  )
  const named = kept.comparison.map((unit) => ({ ...unit, name: names.get(unit.key)?.name ?? unit.key }))
  return { points: kept.points, comparison: named }
}

export async function readProof(context: Context, input: { planId: string }): Promise<Proof> {
  const rows = await designsOfPlan(context, input.planId)
  const row = found(rows[0] ?? null, 'proof', input.planId)
  const indicator = await indicatorVersion(context, row.frozen.indicator, row.frozen.indicatorVersion)
  const [design, ...earlier] = await present(context, rows)
  return {
    design: design!,
    verdict: row.verdict,
    waiver: row.waiver,
    watch: row.watch,
    earlier: earlier.map((one, index) => ({ design: one, verdict: rows[index + 1]!.verdict })),
    indicatorTitle: indicator.title,
    unit: indicator.unit,
    ...(await evidenceOf(context, row)),
  }
}

export async function listProofs(
  context: Context,
  input: { state?: Design['state'] | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await listDesignRows(context, {
    state: input.state,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.frozenAt.toString(), row.id))
  const designs = await present(context, shown)
  const units = new Map<string, string>()
  for (const { frozen } of shown) {
    if (!units.has(frozen.indicator)) {
      const indicator = await indicatorVersion(context, frozen.indicator, frozen.indicatorVersion)
      units.set(frozen.indicator, indicator.unit)
    }
  }
  return {
    rows: shown.map((row, index) => ({
      design: designs[index]!,
      verdict: row.verdict,
      waiver: row.waiver,
      unit: units.get(row.frozen.indicator)!,
    })),
    nextCursor,
  }
}
