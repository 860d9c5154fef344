/** What keeps the draft from being saved, by field: first what its shape says, then what the server says. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SchemeDraft, SchemeIssue } from '#evaluation/contract'
import { evaluation } from '../../api.ts'
import { useSettled } from '../preview/use-settled.ts'
import { shapeIssues } from './shape-issues.ts'
import { finished } from './writing.ts'

const WAIT_MILLISECONDS = 400

/** What is still empty is no mistake before somebody tried to save it. */
const OPEN = new Set(['too_small', 'invalid_type', 'invalid_format', 'invalid_union'])

export interface Checks {
  readonly issues: readonly SchemeIssue[]
  readonly waiting: boolean
}

export function useChecks(draft: SchemeDraft, tried: boolean): Checks {
  const settled = useSettled(draft, WAIT_MILLISECONDS)
  const own = useMemo(() => shapeIssues(settled), [settled])
  const check = useQuery({
    queryKey: [['evaluation'], 'scheme check', settled],
    queryFn: ({ signal }) => evaluation.checkScheme.call(finished(settled), { signal }),
    // What the shape refuses the server need not be asked.
    enabled: own.length === 0,
    retry: false,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const waiting = settled !== draft || (own.length === 0 && check.isFetching)
  if (own.length === 0) return { issues: check.data ?? [], waiting }
  return { issues: tried ? own : own.filter((issue) => !OPEN.has(issue.rule)), waiting }
}
