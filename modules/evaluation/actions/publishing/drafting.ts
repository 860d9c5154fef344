/** Beginning to publish: a complete period is pinned as it stands calculated, on both tracks where two versions go on side by side. */
import { readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { periodStartOf } from '#platform/periods'
import { found, invalid, refuse } from '#platform/refusal'
import { evaluationRefusals, type Publication, type Scheme, type Track } from '../../contract.ts'
import {
  findPublication,
  insertPublication,
  publicationsAt,
  type PublicationRow as Row,
} from '../../store/publishing/publications.ts'
import { findRunPeriod, type Standing, standingRows } from '../../store/runs.ts'
import { demandGrain } from '../runs.ts'
import { requireScheme, requireVersion } from '../schemes.ts'
import { tooMany } from './frozen.ts'
import { announceMove } from './moving.ts'
import { readPublication } from './reading.ts'

export async function draftPublication(
  context: Context,
  input: {
    scheme: string
    grain?: Grain | undefined
    periodStart: string
    corrects: string | null
    reason: string
  },
): Promise<Publication[]> {
  const scheme = await requireScheme(context, input.scheme)
  const grain = demandGrain(scheme, input.grain)
  const periodStart = periodStartOf(input.periodStart, grain)
  const standings = await standingsOf(context, scheme, grain, periodStart)
  const corrected = await correctedOf(context, { ...input, grain, periodStart })
  const wanted: Track[] = corrected ? [corrected.track] : ['main', 'overlap']
  const ids: string[] = []
  for (const track of wanted) {
    const standing = standings.find((each) => each.track === track)
    if (!standing) continue
    const known = await publicationsAt(context, { scheme: scheme.id, grain, periodStart, track }, [
      'draft',
      'preview',
      ...(corrected ? [] : (['published'] as const)),
    ])
    if (known[0]) {
      // The other version may have been published before the overlap was known.
      if (track === 'overlap') continue
      refuse(evaluationRefusals, 'PUBLICATION_EXISTS', { id: known[0].id, state: known[0].state })
    }
    ids.push(await pin(context, { scheme, grain, standing, corrects: corrected?.id ?? null, reason: input.reason }))
  }
  const drafts: Publication[] = []
  for (const id of ids) drafts.push(await readPublication(context, { id }))
  return drafts
}

/** What answers for the period, on both tracks; refuses one that is not over or has no final scores. */
async function standingsOf(context: Context, scheme: Scheme, grain: Grain, periodStart: string): Promise<Standing[]> {
  if (periodStart >= periodStartOf(await readToday(context), grain))
    refuse(evaluationRefusals, 'PERIOD_NOT_COMPLETE', { periodStart })
  const standings = await standingRows(context, { scheme: scheme.id, grain, periods: [periodStart] })
  if (standings.length === 0) refuse(evaluationRefusals, 'SCORES_MISSING', { periodStart })
  if (standings.some((standing) => !standing.complete))
    refuse(evaluationRefusals, 'PERIOD_NOT_COMPLETE', { periodStart })
  return standings
}

async function correctedOf(
  context: Context,
  asked: { scheme: string; grain: Grain; periodStart: string; corrects: string | null; reason: string },
): Promise<Row | null> {
  const { scheme, grain, periodStart, corrects, reason } = asked
  if (corrects === null) return null
  if (reason === '') invalid('reason', 'reason-needed', 'A correction of what is published needs its reason.')
  const row = found(await findPublication(context, corrects, true), 'publication', corrects)
  const same = row.scheme === scheme && row.grain === grain && row.periodStart.toString() === periodStart
  if (!same || row.state !== 'published') refuse(evaluationRefusals, 'CORRECTION_MISFIT', { corrects })
  return row
}

async function pin(
  context: Context,
  what: { scheme: Scheme; grain: Grain; standing: Standing; corrects: string | null; reason: string },
): Promise<string> {
  const { scheme, grain, standing, corrects, reason } = what
  const { periodStart, track, run, version, summary } = standing
  if (!(await findRunPeriod(context, run, periodStart))?.basis) tooMany(summary.units)
  const id = context.newId()
  const { publishing } = await requireVersion(context, scheme.id, version)
  const made = await insertPublication(context, {
    id,
    scheme: scheme.id,
    version,
    grain,
    periodStart,
    track,
    state: 'draft',
    run,
    baseRun: run,
    open: publishing.open,
    draftedAt: context.now,
    draftedBy: context.who.name,
    corrects,
    reason,
    adjustments: [],
  })
  if (!made) {
    const place = { scheme: scheme.id, grain, periodStart, track }
    const [known] = await publicationsAt(context, place, ['draft', 'preview'])
    refuse(evaluationRefusals, 'PUBLICATION_EXISTS', { id: known?.id ?? id, state: known?.state ?? 'draft' })
  }
  await announceMove(context, id)
  return id
}
