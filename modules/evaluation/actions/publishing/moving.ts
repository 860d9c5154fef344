/** Moving publications on: preview, publish, give up, withdraw. Each is checked against the table of what leads where. */
import { readProfile, readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, periodStartOf } from '#platform/periods'
import { must, refuse } from '#platform/refusal'
import { evaluationRefusals, type Publication, type PublicationAct, publicationMoved } from '../../contract.ts'
import { actsIn, afterAct } from '../../rules/publishing/transitions.ts'
import { obstaclesOf, windowEnd } from '../../rules/publishing/window.ts'
import { closeOpenAppeals, countAppeals } from '../../store/publishing/appeals.ts'
import { findPublication, type PublicationRow as Row, setPublication } from '../../store/publishing/publications.ts'
import { markStale, standingRows } from '../../store/runs.ts'
import { requireVersion } from '../schemes.ts'
import { type PublishingParts, writeFile } from './publish-file.ts'
import { companionOf, readPublication, requirePublication } from './reading.ts'

/** Its state after the act; refuses what the table does not list. */
export function demandAct(row: Row, act: PublicationAct) {
  const { state } = row
  const next = afterAct(state, act)
  return next ?? refuse(evaluationRefusals, 'PUBLICATION_STATE', { state, act, allowed: actsIn(state) })
}

export async function announceMove(context: Context, id: string): Promise<void> {
  const row = await findPublication(context, id)
  must(row, `publication ${id} was just written`)
  const { scheme, version, grain, track, state, corrects, correctedBy } = row
  const periodStart = row.periodStart.toString()
  await context.announce(publicationMoved, {
    publication: id,
    scheme,
    version,
    grain,
    periodStart,
    track,
    state,
    corrects,
    correctedBy,
  })
}

/** The publication and the one that goes forward with it, both locked. */
async function together(context: Context, id: string): Promise<[Row, ...Row[]]> {
  const { row } = await requirePublication(context, id, true)
  const companion = await companionOf(context, row)
  const locked = companion && (await findPublication(context, companion.id, true))
  return locked ? [row, locked] : [row]
}

export async function previewPublication(context: Context, { id }: { id: string }): Promise<Publication> {
  const { timeZone } = await readProfile(context)
  for (const row of await together(context, id)) {
    const state = demandAct(row, 'preview')
    const { publishing } = await requireVersion(context, row.scheme, row.version)
    await setPublication(context, row.id, {
      state,
      previewedAt: context.now,
      previewedBy: context.who.name,
      appealsUntil: windowEnd(context.now, publishing.appealDays, timeZone),
    })
    await announceMove(context, row.id)
  }
  return readPublication(context, { id })
}

export async function publishPublication(
  parts: PublishingParts,
  context: Context,
  { id }: { id: string },
): Promise<Publication> {
  const rows = await together(context, id)
  const counts = await countAppeals(
    context,
    rows.map((row) => row.id),
  )
  for (const row of rows) {
    demandAct(row, 'publish')
    const undecided = counts.get(row.id)!.open
    for (const obstacle of obstaclesOf(row, undecided, context.now)) {
      if (obstacle === 'window-open')
        refuse(evaluationRefusals, 'APPEAL_WINDOW_OPEN', { until: row.appealsUntil!.toString() })
      refuse(evaluationRefusals, 'APPEALS_UNDECIDED', { count: undecided })
    }
  }
  for (const row of rows) await publishOne(parts, context, row)
  return readPublication(context, { id })
}

async function publishOne(parts: PublishingParts, context: Context, row: Row): Promise<void> {
  if (row.corrects !== null) await endCorrected(context, row.corrects, row)
  const file = await writeFile(parts, context, row)
  await setPublication(context, row.id, {
    state: demandAct(row, 'publish'),
    publishedAt: context.now,
    publishedBy: context.who.name,
    file,
  })
  await announceMove(context, row.id)
  await followGrades(context, row)
}

/** What is corrected stays readable; what was withdrawn meanwhile cannot be corrected any more. */
async function endCorrected(context: Context, corrects: string, by: Row): Promise<void> {
  const old = await findPublication(context, corrects, true)
  const state = old && afterAct(old.state, 'correct')
  if (!state) return refuse(evaluationRefusals, 'CORRECTION_MISFIT', { corrects })
  await setPublication(context, corrects, {
    state,
    correctedBy: by.id,
    endedAt: context.now,
    endedBy: context.who.name,
    endedBecause: by.reason,
  })
  await announceMove(context, corrects)
}

/** Later periods hold on to the grades that were published: where those differ from the calculated ones, they are calculated again. */
async function followGrades(context: Context, row: Row): Promise<void> {
  const { scheme, version, grain, track } = row
  const periodStart = row.periodStart.toString()
  const { grades } = await requireVersion(context, scheme, version)
  const [standing] = await standingRows(context, { scheme, grain, track, periods: [periodStart] })
  if (grades.hysteresisPoints === 0 || standing?.run === row.run) return
  const from = addPeriods(periodStart, grain, 1)
  const to = periodStartOf(await readToday(context), grain)
  if (from <= to) await markStale(context, { scheme, grain, from, to })
}

export async function discardPublication(
  context: Context,
  { id, reason }: { id: string; reason: string },
): Promise<Publication> {
  for (const row of await together(context, id)) await end(context, row, 'discard', reason)
  return readPublication(context, { id })
}

export async function withdrawPublication(
  context: Context,
  { id, reason }: { id: string; reason: string },
): Promise<Publication> {
  const { row } = await requirePublication(context, id, true)
  await end(context, row, 'withdraw', reason)
  return readPublication(context, { id })
}

/** Objections nobody decided have nothing to be about any more. */
async function end(context: Context, row: Row, act: 'discard' | 'withdraw', reason: string): Promise<void> {
  const state = demandAct(row, act)
  await setPublication(context, row.id, {
    state,
    endedAt: context.now,
    endedBy: context.who.name,
    endedBecause: reason,
  })
  await closeOpenAppeals(context, row.id, reason)
  await announceMove(context, row.id)
}
