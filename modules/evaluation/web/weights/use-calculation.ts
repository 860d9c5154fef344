/** Weights that only the server can find: from the data of a period. */
import type { SchemeDraft, SingleWeighting, Weighting, WeightsReport } from '#evaluation/contract'
import { evaluation } from '../api.ts'
import type { Editor } from '../schemes/state/use-editor.ts'
import { applied, globalWeights, needsData } from './applied.ts'

/** The draft in a form the server takes, with the same items in the same order; null while some are still being chosen. */
export function sendable({ draft, preview }: Editor): SchemeDraft | null {
  const { scorable } = preview
  const shape = (one: SchemeDraft) =>
    JSON.stringify(one.dimensions.map(({ id, items }) => [id, items.map((item) => item.id)]))
  return scorable && shape(scorable) === shape(draft) ? scorable : null
}

export const calculateOnServer = (draft: SchemeDraft, weighting: Weighting): Promise<WeightsReport> =>
  evaluation.calculateWeights.call({ ...draft, weighting })

/** What speaks against using what came out: a reason that is about the whole. */
export const refusedBy = (report: WeightsReport): WeightsReport['warnings'][number] | null =>
  report.warnings.find(
    ({ rule, of }) => of === null && (rule === 'too-few-units' || rule === 'not-calculable' || rule === 'all-equal'),
  ) ?? null

const flat = (report: WeightsReport) =>
  report.dimensions.flatMap(({ weight, items }) => items.map((item) => weight * item))

/** The weight of each item in the whole, by one method. */
export async function globalsBy(
  draft: SchemeDraft,
  from: SingleWeighting,
): Promise<number[] | WeightsReport['warnings'][number]> {
  if (!needsData(from)) return globalWeights(applied(draft, from))
  const report = await calculateOnServer(draft, from)
  return refusedBy(report) ?? flat(report)
}
