/** The first screen: six stations, then what is worst, what waits, what was proven, how fresh the data are. */
import { useEffect } from 'react'
import type { RoleName } from '#organisation/contract'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { useAddress, useGo, useSearchValues } from '#platform/web/router.tsx'
import { useMe } from '#platform/web/session.ts'
import { words as all } from '../shell-words.ts'
import { LatestVerdicts, PlansForMe, WorstAlerts } from './lists.tsx'
import { Freshness } from './freshness.tsx'
import './loop.css'
import { Stations } from './stations.tsx'

const words = all.loop
const HOME_NAME = 'bihuan.home'

/** What a role opens in the morning; everybody else stays on the loop. */
function homeOf(roles: readonly { role: RoleName; entityKey: string | null }[]): string | null {
  const held = new Set(roles.map((one) => one.role))
  if (held.has('improvement-office') || held.has('department-head')) return null
  if (held.has('steering-group')) return '/decisions'
  if (held.has('staff')) return '/my-work'
  // These see little or nothing of the loop; their work is elsewhere.
  if (held.has('administrator')) return '/admin/entities'
  if (held.has('security-officer')) return '/admin/people'
  if (held.has('auditor')) return '/admin/audit'
  return null
}

/** Only the first time of a visit: whoever clicks "Loop" means the loop. */
function firstOfVisit(): boolean {
  try {
    const first = sessionStorage.getItem(HOME_NAME) === null
    sessionStorage.setItem(HOME_NAME, 'seen')
    return first
  } catch {
    return false
  }
}

function useHome(): void {
  const me = useMe()
  const go = useGo()
  const { search } = useAddress()
  const set = useSearchValues()
  useEffect(() => {
    if (!me || search !== '' || !firstOfVisit()) return
    const home = homeOf(me.roles)
    const department = me.roles.find((held) => held.role === 'department-head')?.entityKey
    if (home) go(home, { replace: true })
    else if (department) set({ entity: department })
  }, [me, go, set, search])
}

export function LoopPage() {
  const say = useSay()
  useHome()
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} scope={<ScopeBar parts={['entity']} />}>
      <Stations />
      <div className="columns">
        <div className="wide">
          <WorstAlerts />
          <PlansForMe />
        </div>
        <div className="narrow">
          <LatestVerdicts />
          <Freshness />
        </div>
      </div>
    </PageFrame>
  )
}
