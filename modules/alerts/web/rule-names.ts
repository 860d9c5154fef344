/** Titles of rules by their ids, for sentences that name other rules. */
import { useQuery } from '@tanstack/react-query'
import { useSay } from '#platform/web/language.tsx'
import { alerts } from './api.ts'

/** Asks for the rules only where they are needed. */
export function useRuleNames(needed: boolean): (id: string) => string {
  const say = useSay()
  const rules = useQuery({ ...alerts.listRules.queryOptions(), enabled: needed })
  return (id) => {
    const rule = rules.data?.find((one) => one.id === id)
    return rule ? say(rule.title) : id
  }
}
