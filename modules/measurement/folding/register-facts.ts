/** The facts of all indicators in use are folded, others no longer. */
import type { Context } from '#platform/context'
import { type Fact } from '../rules/plan/fact.ts'
import { factText, foldable, foldedFact, presenceFact } from '../rules/plan/fold.ts'
import { planOf } from '../rules/plan/plan.ts'
import { identityOf } from '../store/intake/stored-event.ts'
import { deleteFoldFacts, foldFacts, insertFoldFacts } from '../store/records/folds.ts'
import { indicatorsInUse } from '../store/records/indicators.ts'

/** Facts one organisation folds; indicators beyond are answered from events. */
const FACTS_LIMIT = 2_000

/** 53 bits of what the fact is. */
export const factId = (fact: Fact): number => identityOf(factText(fact))

/** Facts of one source that may be folded as a group, with the one that tells on which days there were events; null where they may not. */
export function foldedGroup(facts: readonly Fact[]): readonly Fact[] | null {
  return facts.every(foldable) ? [...facts, presenceFact(facts)] : null
}

export async function registerFacts(context: Context): Promise<void> {
  const wanted = new Map<number, Fact>()
  for (const indicator of await indicatorsInUse(context)) {
    if (indicator.definition.kind === 'derived') continue
    const groups = Map.groupBy(planOf(indicator).facts, (fact) => JSON.stringify(fact.source))
    for (const group of groups.values())
      for (const fact of foldedGroup(group) ?? []) wanted.set(factId(fact), foldedFact(fact))
  }
  const known = await foldFacts(context)
  const kept = new Set(known.map((row) => row.id))
  const fresh = [...wanted].filter(([id]) => !kept.has(id)).slice(0, Math.max(0, FACTS_LIMIT - kept.size))
  await insertFoldFacts(
    context,
    fresh.flatMap(([id, fact]) =>
      fact.source.kind === 'events' ? [{ id, eventType: fact.source.eventType, fact }] : [],
    ),
  )
  await deleteFoldFacts(
    context,
    known.filter((row) => !wanted.has(row.id)).map((row) => row.id),
  )
}
