/** Response plans: the library as it came, with what the organisation changed and added. */
import type { Context } from '#platform/context'
import { found } from '#platform/refusal'
import type { ResponsePlan, ResponsePlanDraft } from '../../contract.ts'
import { responseLibrary } from '../../library/library.ts'
import { proposedPlans as propose } from '../../rules/responding/propose.ts'
import { findAlert } from '../../store/alerts.ts'
import { ruleVersions } from '../../store/rules.ts'
import { insertPlan, lastStarts, planVersions } from '../../store/responses.ts'
import { presentAlerts } from '../desk/read.ts'

/** Plans of the library begin with this version. */
const LIBRARY_VERSION = 1

export async function listResponsePlans(context: Context): Promise<ResponsePlan[]> {
  const own = new Map((await planVersions(context)).map((each) => [each.id, each]))
  const known = new Set(responseLibrary.map(({ id }) => id))
  const starts = await lastStarts(context)
  const lastOf = (id: string, drill: boolean) =>
    starts.find((each) => each.planId === id && each.drill === drill)?.at?.toString() ?? null
  const told = (draft: ResponsePlanDraft, version: number, origin: ResponsePlan['origin']): ResponsePlan => ({
    ...draft,
    version,
    origin,
    lastUsedAt: lastOf(draft.id, false),
    lastDrilledAt: lastOf(draft.id, true),
  })
  const library = responseLibrary.map((draft) => {
    const changed = own.get(draft.id)
    return changed ? told(changed.draft, changed.version, 'changed') : told(draft, LIBRARY_VERSION, 'library')
  })
  const added = [...own.values()].filter(({ id }) => !known.has(id))
  return [...library, ...added.map(({ draft, version }) => told(draft, version, 'own'))]
}

export async function readResponsePlan(context: Context, id: string): Promise<ResponsePlan> {
  const plans = await listResponsePlans(context)
  return found(
    plans.find((plan) => plan.id === id),
    'response plan',
    id,
  )
}

/** Saved under the id of a library plan, it stands in its place. */
export async function saveResponsePlan(context: Context, draft: ResponsePlanDraft): Promise<ResponsePlan> {
  const before = (await listResponsePlans(context)).find((plan) => plan.id === draft.id)
  await insertPlan(context, draft, (before?.version ?? 0) + 1)
  return readResponsePlan(context, draft.id)
}

export async function proposedPlans(context: Context, { id }: { id: string }): Promise<ResponsePlan[]> {
  const row = found(await findAlert(context, id), 'alert', id)
  const [alert] = await presentAlerts(context, [row])
  const rule = (await ruleVersions(context, [row.ruleId])).get(`${row.ruleId} ${row.ruleVersion}`)
  return propose(await listResponsePlans(context), alert!, rule?.responsePlan ?? null)
}
