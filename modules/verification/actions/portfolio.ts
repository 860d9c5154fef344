/** All proofs together, and what one of them returned. */
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type ReturnAnswer, type ReturnQuestion, verificationRefusals } from '../contract.ts'
import { type Ended, portfolioGroups, simulateReturn as draw } from '../rules/portfolio.ts'
import { type DesignRow, endedDesigns, newestDesign } from '../store/designs.ts'

/** The newest so many proofs are looked at. */
const PROOFS_LIMIT = 5000
const WORKED_LIMIT = 50

const outcomeOf = (row: DesignRow): Ended['outcome'] => row.verdict?.outcome ?? 'waived'
const better = ({ frozen, verdict }: DesignRow) =>
  (frozen.direction === 'higher-is-better' ? 1 : -1) * (verdict?.effect?.value ?? 0)

export async function readPortfolio(context: Context) {
  const rows = await endedDesigns(context, PROOFS_LIMIT)
  const group = (name: (row: DesignRow) => string) =>
    portfolioGroups(rows.map((row) => ({ group: name(row), outcome: outcomeOf(row) })))
  const worked = rows.filter((row) => outcomeOf(row) === 'effective').slice(0, WORKED_LIMIT)
  const entities = await lookUpEntities(context, [...new Set(worked.map((row) => row.frozen.entityKey))])
  return {
    byKind: group((row) => row.planKind),
    byIndicator: group((row) => row.frozen.indicator),
    worked: worked.map((row) => ({
      planId: row.planId,
      planTitle: row.planTitle,
      indicator: row.frozen.indicator,
      entity: entities.get(row.frozen.entityKey)?.name ?? row.frozen.entityKey,
      timesPromised: better(row) / row.frozen.smallestEffect,
    })),
  }
}

export async function simulateReturn(context: Context, input: ReturnQuestion): Promise<ReturnAnswer> {
  const row = found(await newestDesign(context, input.planId), 'proof', input.planId)
  const effect = row.verdict?.effect
  if (!effect) return refuse(verificationRefusals, 'NO_EFFECT')
  const seed = Math.floor(context.random() * 2 ** 32)
  return draw(input, { better: better(row), standardError: effect.standardError }, seed)
}
