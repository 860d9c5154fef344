/** Giving a judgement: checked against the round, the role and the scale; scores of the period follow. */
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { refuse } from '#platform/refusal'
import { evaluationRefusals, type RaterKind } from '../../contract.ts'
import { putAssessment } from '../../store/assessments.ts'
import { followAssessments } from '../runs.ts'
import { capacityIn, myDuties, requireRound } from './rounds.ts'

export async function giveAssessment(
  context: Context,
  input: {
    scheme: string
    item: string
    grain: Grain
    periodStart: string
    entity: string
    value: number
    remark: string
  },
): Promise<{ value: number; remark: string; at: string; as: RaterKind }> {
  const { scheme: id, grain, value, remark, periodStart } = input
  const { scheme, items } = await requireRound(context, input)
  const item = items.find((each) => each.id === input.item)
  if (!item) return refuse(evaluationRefusals, 'ITEM_NOT_ASSESSED', { item: input.item })
  const unit = await requireEntity(context, input.entity)
  const above = scheme.below === null ? null : await requireEntity(context, scheme.below)
  if (unit.kind !== scheme.entityKind || (above && !unit.path.includes(above.number)))
    refuse(evaluationRefusals, 'UNIT_NOT_IN_SCHEME', { entity: unit.key })
  const capacity = capacityIn(await myDuties(context), unit, item)
  if (capacity.kind === null) {
    if (capacity.because === 'own-unit') return refuse(evaluationRefusals, 'ASSESSMENT_OWN_UNIT', { entity: unit.key })
    return refuse(evaluationRefusals, 'ASSESSMENT_NOT_ASKED', { entity: unit.key, item: item.id })
  }
  const { low, high } = item.source.scale
  if (value < low || value > high) refuse(evaluationRefusals, 'ASSESSMENT_OFF_SCALE', { low, high })
  await putAssessment(context, {
    scheme: id,
    item: item.id,
    grain,
    periodStart,
    entity: unit.number,
    rater: capacity.kind,
    personId: context.who.id,
    personName: context.who.name,
    value,
    remark,
  })
  await followAssessments(context, id, grain, periodStart)
  return { value, remark, at: context.now.toString(), as: capacity.kind }
}
