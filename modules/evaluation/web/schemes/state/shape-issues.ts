/** What the shape of a draft says against it, before anybody else is asked. */
import { type SchemeDraft, schemeDraft, type SchemeIssue } from '#evaluation/contract'
import { finished } from './writing.ts'

export function shapeIssues(draft: SchemeDraft): SchemeIssue[] {
  const read = schemeDraft.safeParse(finished(draft))
  if (read.success) return []
  const found = read.error.issues.map(
    (issue): SchemeIssue => ({
      // A name lacks both languages or none: one of them stands for both.
      field: issue.path
        .map(String)
        .join('.')
        .replace(/\.(zh|en)$/, ''),
      rule: issue.code,
      message: '',
      severity: 'error',
    }),
  )
  return found.filter(
    (issue, place) => found.findIndex((other) => other.field === issue.field && other.rule === issue.rule) === place,
  )
}
