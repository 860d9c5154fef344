/** A trial on the past as a query: asked once a draft has rested for a moment, kept while the next one is on its way. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type BacktestAsked, judgesIndicator, type RuleDraft } from '#alerts/contract'
import { alerts } from '../api.ts'

/** Outside the module's own keys: news of alerts must not replay the past. */
export const TRIAL_KEY = 'alert-trials'
const REST_MILLISECONDS = 900

export type TrialRange = Pick<BacktestAsked, 'from' | 'to' | 'knownAfterDays'>

/** What decides the outcome: not the title, nor when it starts. */
const asksAlike = (draft: RuleDraft): RuleDraft => ({
  ...draft,
  id: 'trial',
  title: { zh: '试算', en: 'Trial' },
  active: true,
  responsePlan: null,
})

export function useRested<T>(value: T): T {
  const text = JSON.stringify(value)
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [text])
  return JSON.parse(rested) as T
}

export function useTrial(draft: RuleDraft | null, range: TrialRange, enabled: boolean) {
  const asked = draft && { draft: asksAlike(draft), ...range }
  const may = enabled && asked !== null && judgesIndicator(asked.draft.condition.kind)
  return useQuery({
    queryKey: [TRIAL_KEY, asked],
    queryFn: ({ signal }) => alerts.backtestRule.call(asked!, { signal }),
    enabled: may,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    placeholderData: keepPreviousData,
  })
}
