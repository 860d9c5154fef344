/** The verdict when the end date is past, or a named waiver in its place. */
import { readToday } from '#organisation/actions/look-up'
import { readApproved } from '#plans/actions/read-plans'
import { closeByVerdict } from '#plans/actions/step-plan'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { VERSION } from '#platform/version'
import { type Proof, proofConcluded, type Verdict, verificationRefusals } from '../contract.ts'
import { conclude, type Conclusion, toEstimate } from '../rules/concluding.ts'
import { type DesignRow, dueDesigns, lockDesign, newestDesign, saveVerdict, saveWaiver } from '../store/designs.ts'
import { circumstancesOf, observe, toDesign } from './observe.ts'
import { readProof, toComparison, toPoints } from './read.ts'
import { beginWatch } from './watch.ts'

/** Designs concluded in one daily run at most; the rest follows the next hour. */
const DUE_LIMIT = 500

function toVerdict(conclusion: Conclusion, now: Temporal.Instant): Verdict {
  const { analysis, outcome, because, needed, specifications, checks } = conclusion
  const own = analysis.kind === 'estimate' ? analysis : null
  return {
    outcome,
    because,
    needed,
    effect: own && toEstimate(own.effect),
    levelChange: own?.levelChange ? toEstimate(own.levelChange) : null,
    slopeChange: own?.slopeChange ? toEstimate(own.slopeChange) : null,
    periodsBefore: analysis.before,
    periodsAfter: analysis.after,
    errors: own?.errors ?? null,
    lag: own?.diagnostics?.lag ?? null,
    autocorrelation: own?.diagnostics?.autocorrelation ?? null,
    durbinWatson: own?.diagnostics?.durbinWatson ?? null,
    preTrend: own?.preTrend ?? null,
    placeboP: own?.placeboP ?? null,
    weights: own ? [...own.weights] : [],
    specifications: [...specifications],
    checks: [...checks],
    concludedAt: now.toString(),
    codeVersion: VERSION,
  }
}

async function concludeRow(context: Context, row: DesignRow): Promise<void> {
  const evidence = await observe(context, row.frozen)
  const circumstances = await circumstancesOf(context, row.frozen)
  const conclusion = conclude(toDesign(row.frozen, row.sha256), evidence, circumstances)
  const verdict = toVerdict(conclusion, context.now)
  const points = toPoints(evidence.treated, conclusion.analysis)
  const began = verdict.outcome === 'effective' ? beginWatch(row.frozen, context.now) : null
  const watchUntil = began && Temporal.PlainDate.from(began.until)
  await saveVerdict(context, row.id, {
    verdict,
    points,
    comparison: toComparison(evidence),
    watchUntil,
    watch: began,
  })
  await closeByVerdict(context, row.planId, verdict.outcome, verdict.because ?? '')
  await context.announce(proofConcluded, { planId: row.planId, designId: row.id, outcome: verdict.outcome })
}

/** Once a day: whatever is due gets its verdict, each in a transaction of its own. A plan that is being changed waits. */
export async function concludeDue(context: Context): Promise<void> {
  for (const due of await dueDesigns(context, await readToday(context), DUE_LIMIT)) {
    await context.separately(async (inside) => {
      const row = await lockDesign(inside, due.id)
      if (row?.state !== 'waiting') return
      const plan = await readApproved(inside, row.planId)
      if (plan?.state === 'running' && plan.revision === row.planRevision) await concludeRow(inside, row)
    })
  }
}

async function lockWaiting(context: Context, planId: string): Promise<DesignRow> {
  const newest = found(await newestDesign(context, planId), 'proof', planId)
  const row = (await lockDesign(context, newest.id))!
  if (row.state === 'waived') refuse(verificationRefusals, 'WAIVED')
  if (row.state !== 'waiting') refuse(verificationRefusals, 'ALREADY_CONCLUDED')
  return row
}

export async function concludeProof(context: Context, input: { planId: string }): Promise<Proof> {
  const row = await lockWaiting(context, input.planId)
  if ((await readToday(context)) <= row.frozen.endsOn)
    refuse(verificationRefusals, 'TOO_EARLY', { endsOn: row.frozen.endsOn })
  await concludeRow(context, row)
  return readProof(context, input)
}

/** A plan closes as "waived", never as effective; who did it and why stands on the proof and in the plan's history. */
export async function waiveProof(context: Context, input: { planId: string; reason: string }): Promise<Proof> {
  const row = await lockWaiting(context, input.planId)
  const waiver = { by: context.who.name, at: context.now.toString(), reason: input.reason }
  await saveWaiver(context, row.id, waiver)
  await closeByVerdict(context, row.planId, 'waived', input.reason)
  return readProof(context, input)
}
