/** Names of what rules mention: indicators, units, other rules. */
import { useQueries, useQuery } from '@tanstack/react-query'
import type { RuleDraft } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { organisation } from '#platform/web/session.ts'
import { alerts } from '../api.ts'
import type { Known } from '../telling/condition-text.ts'

/** `const knownOf = useKnown(rules)`, then `ruleText(rule, knownOf(rule), language)`. */
export function useKnown(drafts: readonly Pick<RuleDraft, 'watch'>[]): (draft: Pick<RuleDraft, 'indicator'>) => Known {
  const say = useSay()
  const indicators = useIndicators()
  const rules = useQuery(alerts.listRules.queryOptions()).data
  const keys = [...new Set(drafts.flatMap((draft) => draft.watch.below ?? []))]
  const entities = useQueries({
    queries: keys.map((key) => organisation.readEntity.queryOptions({ input: { key } })),
  })
  const indicatorOf = (id: string | null) => indicators?.find((one) => one.id === id)
  const titleOf = (id: string) => {
    const found = indicatorOf(id)
    return found ? say(found.title) : id
  }
  return ({ indicator }) => {
    const found = indicatorOf(indicator)
    return {
      indicator: found && { title: say(found.title), unit: found.unit, direction: found.direction },
      indicatorTitle: titleOf,
      ruleTitle: (id) => {
        const rule = rules?.find((one) => one.id === id)
        return rule ? say(rule.title) : id
      },
      entityName: (key) => entities[keys.indexOf(key)]?.data?.name ?? key,
    }
  }
}
