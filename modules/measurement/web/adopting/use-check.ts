/** What the server says about a draft while it is written: faults, and what each worked example gives. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type IndicatorDraft, indicatorDraft } from '#measurement/contract'
import { type Issue, issuesOf } from '#platform/web/problems.ts'
import { measurement } from '../api.ts'

const WAIT_MILLISECONDS = 500

/** The value as it was when nothing had changed for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export interface Check {
  readonly issues: readonly Issue[]
  readonly examples: readonly {
    readonly value: number | null
    readonly n: number
    readonly expected: number | null
    readonly agrees: boolean
  }[]
  /** Nothing has been heard about this draft yet. */
  readonly waiting: boolean
  readonly error: unknown
}

/** Patterns and counted characters help nobody who fills in a form: the rule's own sentence does. */
const PLAIN = new Set(['too_small', 'too_big', 'invalid_format', 'invalid_type', 'invalid_value', 'invalid_union'])
export const plainly = (issue: Issue): Issue => (PLAIN.has(issue.rule) ? { ...issue, message: '' } : issue)

function ownIssues(draft: IndicatorDraft): readonly Issue[] {
  const read = indicatorDraft.safeParse(draft)
  if (read.success) return []
  return read.error.issues.map((issue) =>
    plainly({ field: issue.path.map(String).join('.'), rule: issue.code, message: issue.message }),
  )
}

export function useCheck(draft: IndicatorDraft): Check {
  const settled = useSettled(draft)
  // What the schema refuses the server need not be asked.
  const own = useMemo(() => ownIssues(settled), [settled])
  const check = useQuery({
    queryKey: [['measurement'], 'definition check', settled],
    queryFn: ({ signal }) => measurement.checkIndicator.call(settled, { signal }),
    enabled: own.length === 0,
    retry: false,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (own.length > 0) return { issues: own, examples: [], waiting: settled !== draft, error: null }
  const refused = issuesOf(check.error).map(plainly)
  return {
    issues: check.error ? refused : (check.data?.issues ?? []),
    examples: check.error ? [] : (check.data?.examples ?? []),
    waiting: settled !== draft || check.isFetching,
    error: check.error && refused.length === 0 ? check.error : null,
  }
}
