/** How old the newest event of each type is: figures are as good as what they rest on. */
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { houseEventTypes } from '#measurement/contract'
import { useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../shell-words.ts'
import { measurement } from './loop-api.ts'

const words = all.loop
const STALE_MILLISECONDS = 7 * 86_400_000
const SHOWN_LIMIT = 8
/** Nobody sends these, so they cannot be late. */
const HOUSE_TYPES: ReadonlySet<string> = new Set(Object.values(houseEventTypes))
const sentOnly = <T extends { readonly type: string }>(rows: readonly T[]) =>
  rows.filter((one) => !HOUSE_TYPES.has(one.type))

export function Freshness() {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const may = useMay('measurements.read')
  const mayImport = useMay('imports.run')
  const silent = useQuery({ ...measurement.silentSources.queryOptions(), enabled: may })
  const types = useQuery({ ...measurement.eventTypes.queryOptions(), enabled: may, select: sentOnly })
  if (!may) return null
  const stale = (last: string | null) => last === null || now - new Date(last).getTime() > STALE_MILLISECONDS
  return (
    <Section title={say(words.freshness)} actions={<Go to="/measure/events">{say(words.seeAll)}</Go>}>
      {(silent.data?.length ?? 0) > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say(words.silent, { count: silent.data!.length })}
          description={silent.data!.map((one) => (
            <div key={one.id}>
              {mayImport ? <Go to={`/measure/sources/${one.id}`}>{one.title}</Go> : one.title}{' '}
              <When at={one.lastArrivalAt} />
            </div>
          ))}
        />
      )}
      <Loaded query={types} rows={3}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              title={say(words.noEvents)}
              why={say(words.noEventsWhy)}
              begin={mayImport && <Go to="/measure/imports/new">{say(words.importNow)}</Go>}
            />
          ) : (
            <ul className="lines">
              {rows.slice(0, SHOWN_LIMIT).map((one) => (
                <li key={one.type} className="line">
                  <StatusMark
                    status={stale(one.last) ? 'yellow' : 'green'}
                    word={say(stale(one.last) ? words.stale : words.fresh)}
                    bare
                  />
                  <span className="line-main">
                    <Go to={`/measure/events?type=${encodeURIComponent(one.type)}`}>{one.type}</Go>
                    <span className="muted small">
                      {formatNumber(one.count, language, 0)} · {stale(one.last) ? say(words.stale) : say(words.fresh)}
                    </span>
                  </span>
                  <span className="muted">
                    <When at={one.last} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
