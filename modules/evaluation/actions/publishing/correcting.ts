/** Corrections: the same calculation from the same frozen inputs with the same chance, but for what an objection changed. */
import { recordScores } from '#measurement/actions/scores/stored-scores'
import type { Context } from '#platform/context'
import { commonRefusals } from '#platform/contract'
import { refuse } from '#platform/refusal'
import { VERSION } from '#platform/version'
import { type Adjustment, type AppliedAdjustment, evaluationRefusals } from '../../contract.ts'
import { adjusted, adjustmentIssues } from '../../rules/publishing/adjusting.ts'
import { insertRun, insertRunPeriod } from '../../store/runs.ts'
import { blockOf } from '../calculating/calculate.ts'
import { scoreApart } from '../calculating/score-apart.ts'
import { type FrozenPeriod, starsBefore } from './frozen.ts'

/** The period with other inputs for one unit, calculated; nothing is kept. Refuses changes that cannot be made, by their fields. */
export async function recalculated(
  frozen: FrozenPeriod,
  entity: { readonly key: string; readonly number: number },
  adjustments: readonly Adjustment[],
) {
  const issues = adjustmentIssues(frozen.scheme, frozen.readings, adjustments)
  if (issues.length > 0) refuse(commonRefusals, 'INVALID', { issues })
  const unit = frozen.rows.findIndex((row) => row.entity.number === entity.number)
  if (unit < 0) return refuse(evaluationRefusals, 'UNIT_NOT_PUBLISHED', { entity: entity.key })
  const { readings, applied } = adjusted(frozen.scheme, frozen.readings, unit, adjustments)
  const scored = await scoreApart(frozen.scheme, readings, starsBefore(frozen), frozen.run.seed)
  return { readings, applied, ...scored }
}

/** Keeps the corrected period as a run of its own. */
export async function correctionRun(
  context: Context,
  frozen: FrozenPeriod,
  about: { readonly appeal: string; readonly entity: { key: string; name: string; number: number } },
  adjustments: readonly Adjustment[],
): Promise<{ run: string; applied: AppliedAdjustment[] }> {
  const { scheme, run: base, periodStart, rows, basis, indicators } = frozen
  const { readings, applied, units, summary } = await recalculated(frozen, about.entity, adjustments)
  const run = context.newId()
  const what = { scheme: scheme.id, grain: base.grain, periodStart, run, version: context.now.epochMilliseconds }
  const period = { periodStart, units: rows.map((row) => row.entity), readings }
  await recordScores(context, what, blockOf(period, units))
  await insertRun(context, {
    id: run,
    scheme: scheme.id,
    version: scheme.version,
    kind: 'correction',
    grain: base.grain,
    codeVersion: VERSION,
    seed: base.seed,
    fromPeriod: Temporal.PlainDate.from(periodStart),
    toPeriod: Temporal.PlainDate.from(periodStart),
    at: context.now,
    scoreCount: rows.length,
  })
  await insertRunPeriod(context, { run, periodStart, complete: true, summary, indicators: { ...indicators }, basis })
  const { key, name } = about.entity
  return { run, applied: applied.map((each) => ({ ...each, appeal: about.appeal, entity: { key, name } })) }
}
