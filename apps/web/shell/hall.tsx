/** Around a page that hangs on a wall: no navigation, the session kept alive, news heard, the line tried again by itself. */
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { isProblem } from '#platform/web/api.ts'
import { tellLine } from '#platform/web/line.ts'
import { useDarkHere } from '#platform/web/look/theme.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { organisation, useSession } from '#platform/web/session.ts'
import { useLiveNews } from '../live.ts'
import { useSignInWhen } from './shell.tsx'

/** A wall reads again at most this often. */
const GATHER_MILLISECONDS = 3_000
/** Asking who we are keeps the session open, and notices a line that broke without a word. */
const ALIVE_MILLISECONDS = 60_000
const AFTER_FAILURE_MILLISECONDS = 10_000

export function Hall() {
  useDarkHere()
  const session = useSession()
  const signedOut = isProblem(session.error, 'NOT_SIGNED_IN')
  useSignInWhen(signedOut)
  useLiveNews(session.data !== undefined && !signedOut, GATHER_MILLISECONDS, useBreaks(session.isError && !signedOut))
  useQuery(
    organisation.me.queryOptions({
      refetchInterval: (query) => (query.state.status === 'error' ? AFTER_FAILURE_MILLISECONDS : ALIVE_MILLISECONDS),
      refetchIntervalInBackground: true,
    }),
  )
  if (signedOut || session.isPending) return <div className="page">{!signedOut && <Waiting rows={6} />}</div>
  if (!session.data) {
    return (
      <div className="page">
        <ProblemNotice error={session.error} again={() => void session.refetch()} />
      </div>
    )
  }
  return (
    <Suspense fallback={null}>
      <Outlet />
    </Suspense>
  )
}

/** A line can break without a word: then asking who we are fails, and once it succeeds again the news are listened to anew. */
function useBreaks(failing: boolean): number {
  const [breaks, setBreaks] = useState(0)
  const before = useRef(failing)
  useEffect(() => {
    if (failing) tellLine(false)
    else if (before.current) setBreaks((count) => count + 1)
    before.current = failing
  }, [failing])
  return breaks
}
