/** Deciding objections: by somebody who neither made them nor is responsible for the unit; upheld ones become a correction. */
import type { Attachments } from '#platform/attachments/attachments'
import type { Context } from '#platform/context'
import { invalid, must, refuse } from '#platform/refusal'
import { type Adjustment, type Appeal, evaluationRefusals, type Score } from '../../contract.ts'
import { decisionBar } from '../../rules/publishing/responsible.ts'
import { afterAct } from '../../rules/publishing/transitions.ts'
import { type AppealRow, setAppeal } from '../../store/publishing/appeals.ts'
import {
  findPublication,
  insertPublication,
  publicationsAt,
  type PublicationRow as Row,
  setPublication,
} from '../../store/publishing/publications.ts'
import { byRank } from '../../rules/preview.ts'
import { announceAppeal, readAppeal, requireAppeal } from './appeals.ts'
import { correctionRun, recalculated } from './correcting.ts'
import { frozenScores, loadFrozen } from './frozen.ts'
import { announceMove } from './moving.ts'
import { toldByKey } from '../protecting.ts'
import { recalculatedScores } from './recalculated-scores.ts'

async function requireDecidable(context: Context, id: string) {
  const asked = await requireAppeal(context, id, true)
  const { row, entity, reader } = asked
  if (row.state !== 'open') refuse(evaluationRefusals, 'APPEAL_DECIDED', { state: row.state })
  const because = decisionBar({ id: context.who.id, duties: reader.duties }, row, entity.path)
  if (because !== null) refuse(evaluationRefusals, 'DECISION_OWN', { because })
  return asked
}

/** What the changes would give, with the same chance; nothing is kept. */
export async function tryAdjustments(
  context: Context,
  input: { id: string; adjustments: Adjustment[] },
): Promise<{ before: Score; after: Score; othersMoved: number }> {
  const { row, entity } = await requireDecidable(context, input.id)
  const { carrier } = await carrierOf(context, row)
  const frozen = await loadFrozen(context, carrier.run, carrier.periodStart.toString())
  const result = await recalculated(frozen, entity, input.adjustments)
  const before = frozenScores(frozen).map(({ score }) => score)
  const after = recalculatedScores(frozen, result).toSorted(byRank)
  const old = new Map(before.map((score) => [score.entity.key, score]))
  const othersMoved = after.filter((score) => {
    const then = old.get(score.entity.key)
    return score.entity.key !== entity.key && (then?.rank !== score.rank || then.stars !== score.stars)
  }).length
  const own = (scores: readonly Score[]) => scores.find((score) => score.entity.key === entity.key)!
  const [told, toldAfter] = await toldByKey(context, frozen.scheme, frozen.run.grain, [own(before), own(after)])
  return { before: told!, after: toldAfter!, othersMoved }
}

export async function decideAppeal(
  attachments: Attachments,
  context: Context,
  input: { id: string; outcome: 'upheld' | 'rejected'; reason: string; adjustments: Adjustment[] },
): Promise<Appeal> {
  const { row, entity } = await requireDecidable(context, input.id)
  const { outcome, reason, adjustments } = input
  if ((outcome === 'upheld') !== adjustments.length > 0)
    invalid(
      'adjustments',
      'adjustment-needed',
      'Changes are needed to uphold an objection, and none may come with a rejection.',
    )
  let correctedIn: string | null = null
  if (outcome === 'upheld') {
    const { carrier, corrected } = await carrierOf(context, row)
    const frozen = await loadFrozen(context, carrier.run, carrier.periodStart.toString())
    const { run, applied } = await correctionRun(context, frozen, { appeal: row.id, entity }, adjustments)
    correctedIn = corrected
      ? await beginCorrection(context, corrected, { run, applied, reason })
      : await replaceRun(context, carrier, { run, applied })
  }
  await setAppeal(context, row.id, {
    state: outcome,
    decidedAt: context.now,
    decidedBy: context.who.name,
    decision: reason,
    adjustments,
    correctedIn,
  })
  await announceAppeal(context, row.id, row.publication, entity.key, outcome)
  return readAppeal(attachments, context, { id: row.id })
}

/**
 * The publication whose run a correction begins from. `corrected`: it stands published and gets a successor; null: it is on its way, and its run
 * is replaced. An objection to what was corrected since goes to what took its place.
 */
async function carrierOf(
  context: Context,
  { publication }: AppealRow,
): Promise<{ carrier: Row; corrected: Row | null }> {
  let row = await findPublication(context, publication, true)
  while (row?.correctedBy) row = await findPublication(context, row.correctedBy, true)
  must(row, `publication ${publication} of an objection stays for good`)
  if (afterAct(row.state, 'replace')) return { carrier: row, corrected: null }
  if (row.state !== 'published')
    return refuse(evaluationRefusals, 'APPEAL_CLOSED', { because: 'ended', until: null, newest: null })
  const { scheme, grain, track } = row
  const place = { scheme, grain, periodStart: row.periodStart.toString(), track }
  const [open] = await publicationsAt(context, place, ['draft', 'preview'])
  return open ? { carrier: open, corrected: null } : { carrier: row, corrected: row }
}

type Corrected = Pick<Row, 'run'> & { readonly applied: Row['adjustments'] }

async function replaceRun(context: Context, carrier: Row, { run, applied }: Corrected): Promise<string> {
  const adjustments = [...carrier.adjustments, ...applied]
  await setPublication(context, carrier.id, { state: afterAct(carrier.state, 'replace')!, run, adjustments })
  await announceMove(context, carrier.id)
  return carrier.id
}

/** A preview that can be published at once: who is rated has had their say about this period, and may object to it once published. */
async function beginCorrection(
  context: Context,
  old: Row,
  { run, applied, reason }: Corrected & { readonly reason: string },
): Promise<string> {
  const id = context.newId()
  const by = context.who.name
  const { scheme, version, grain, track, baseRun, open } = old
  const made = await insertPublication(context, {
    id,
    scheme,
    version,
    grain,
    periodStart: old.periodStart.toString(),
    track,
    state: 'preview',
    run,
    baseRun,
    open,
    draftedAt: context.now,
    draftedBy: by,
    previewedAt: context.now,
    previewedBy: by,
    appealsUntil: context.now,
    corrects: old.id,
    reason,
    adjustments: [...old.adjustments, ...applied],
  })
  must(made, 'no other publication of the period is on its way: they were looked for under its lock')
  await announceMove(context, id)
  return id
}
