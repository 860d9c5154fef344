/** Around every page of somebody signed in. */
import { Outlet } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'
import { alertsContract } from '#alerts/contract'
import { apiOf, isProblem } from '#platform/web/api.ts'
import { useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { useAddress, useGo } from '#platform/web/router.tsx'
import { organisation, useMay, useSession } from '#platform/web/session.ts'
import { useLiveNews } from '../live.ts'
import { words } from '../shell-words.ts'
import { CommandPalette } from './command-palette.tsx'
import { BottomBar, Rail } from './rail.tsx'
import './shell.css'
import { TopBar } from './top-bar.tsx'

const alerts = apiOf('alerts', alertsContract)

export function Shell() {
  const session = useSession()
  const signedOut = isProblem(session.error, 'NOT_SIGNED_IN')
  useSignInWhen(signedOut)
  useLiveNews(session.data !== undefined && !signedOut)
  if (signedOut || session.isPending) return <div className="page">{!signedOut && <Waiting rows={6} />}</div>
  if (!session.data) {
    return (
      <div className="page">
        <ProblemNotice error={session.error} again={() => void session.refetch()} />
      </div>
    )
  }
  return <Inside viewer={session.data} />
}

/** Nobody signed in: to the first set-up where the installation is new, else to the sign-in, and back here afterwards. */
export function useSignInWhen(signedOut: boolean): void {
  const go = useGo()
  const { path, search } = useAddress()
  const setup = useQuery({ ...organisation.setupState.queryOptions(), enabled: signedOut })
  useEffect(() => {
    // Already on the way: the page itself is still being loaded.
    const leaving = path === '/sign-in' || path === '/setup'
    if (!signedOut || setup.isPending || leaving) return
    if (setup.data?.needed) return go('/setup', { replace: true, plain: true })
    const next = path === '/' && search === '' ? '' : `?next=${encodeURIComponent(path + search)}`
    go(`/sign-in${next}`, { replace: true, plain: true })
  }, [signedOut, setup.isPending, setup.data, go, path, search])
}

function Inside({ viewer }: { viewer: NonNullable<ReturnType<typeof useSession>['data']> }) {
  const say = useSay()
  const phone = usePhone()
  const [folded, setFolded] = useFolded()
  const [searching, setSearching] = useState(false)
  const mayAlerts = useMay('alerts.read')
  const counts = useQuery({ ...alerts.alertCounts.queryOptions(), enabled: mayAlerts })
  const liveAlerts = counts.data ? counts.data.yellow + counts.data.orange + counts.data.red : 0
  return (
    <div className={`shell ${phone ? 'phone' : ''} ${folded ? 'folded' : ''}`}>
      <a className="skip-link" href="#content">
        {say(words.shell.skip)}
      </a>
      {!phone && <Rail viewer={viewer} liveAlerts={liveAlerts} folded={folded} onFold={setFolded} />}
      <div className="shell-main">
        <TopBar viewer={viewer} onSearch={() => setSearching(true)} />
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<div className="page">{<Waiting rows={8} />}</div>}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {phone && <BottomBar viewer={viewer} liveAlerts={liveAlerts} />}
      <CommandPalette viewer={viewer} open={searching} onOpen={setSearching} />
    </div>
  )
}

const FOLDED_NAME = 'bihuan.rail'

function useFolded(): [boolean, (folded: boolean) => void] {
  const [folded, setFolded] = useState(() => {
    try {
      return localStorage.getItem(FOLDED_NAME) === 'folded'
    } catch {
      return false
    }
  })
  const keep = (next: boolean) => {
    setFolded(next)
    try {
      localStorage.setItem(FOLDED_NAME, next ? 'folded' : 'open')
    } catch {
      // Kept for this visit only.
    }
  }
  return [folded, keep]
}
