/** What stands where data should: waiting, nothing yet, a problem, no right. Each says what to do next. */
import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { fieldName, issuesOf, issueText, useProblemText } from '../problems.ts'
import { Go } from '../router.tsx'

const words = floorWords.state

/** Grey lines in the shape of what comes. */
export function Waiting({ rows = 4 }: { rows?: number }) {
  const say = useSay()
  return (
    <div role="status" aria-label={say(words.loading)}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  )
}

export interface EmptyProps {
  /** What will stand here. */
  readonly title: string
  /** Why it matters, or why there is nothing. */
  readonly why?: ReactNode
  /** The one button that begins. */
  readonly begin?: ReactNode
}

export function Empty({ title, why, begin }: EmptyProps) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {why !== undefined && <p>{why}</p>}
      {begin}
    </div>
  )
}

/** A refusal or fault as a sentence, with the fields or rows it names. */
export function ProblemNotice({ error, again }: { error: unknown; again?: () => void }) {
  const say = useSay()
  const tell = useProblemText()
  const { language } = useLanguage()
  if (error === null || error === undefined) return null
  const issues = issuesOf(error)
  const list = issues.length > 0 && (
    <ul>
      {issues.slice(0, 20).map((issue, index) => (
        <li key={`${issue.field} ${index}`}>
          {say(floorWords.problem.fieldIssue, {
            field: fieldName(issue.field, language),
            message: issueText(issue, language),
          })}
        </li>
      ))}
    </ul>
  )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={tell(error)}
      description={list || undefined}
      action={
        again && (
          <Button size="small" onClick={again}>
            {say(words.tryAgain)}
          </Button>
        )
      }
    />
  )
}

/** Skeleton, problem or content of a query. Old content stays while new content is fetched. */
export function Loaded<T>({
  query,
  rows,
  waiting,
  children,
}: {
  query: UseQueryResult<T, unknown>
  rows?: number
  waiting?: ReactNode
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) return <ProblemNotice error={query.error} again={() => void query.refetch()} />
  return <>{waiting ?? <Waiting rows={rows ?? 4} />}</>
}

export function NoRight({ permission }: { permission: string }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <Empty
      title={say(words.noRight)}
      why={say(words.noRightWhy, { permission: fieldName(permission, language) })}
      begin={<Go to="/">{say(words.home)}</Go>}
    />
  )
}
