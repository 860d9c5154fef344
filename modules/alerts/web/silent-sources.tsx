/** A rule cannot fire on data that never came: the desk says which sources have fallen silent. */
import { useQuery } from '@tanstack/react-query'
import { measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'

const measurement = apiOf('measurement', measurementContract)

export function SilentSources() {
  const say = useSay()
  const may = useMay('measurements.read')
  const mayOpen = useMay('imports.run')
  const silent = useQuery({ ...measurement.silentSources.queryOptions(), enabled: may })
  const rows = silent.data ?? []
  if (rows.length === 0) return null
  return (
    <Section title={say(words.silentSources, { count: rows.length })}>
      <ul className="lines">
        {rows.map((one) => (
          <li key={one.id} className="line">
            <StatusMark status="yellow" />
            <span className="line-main">
              {mayOpen ? <Go to={`/measure/sources/${one.id}`}>{one.title}</Go> : one.title}
            </span>
            <span className="muted">
              <When at={one.lastArrivalAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
