/** What an installation did, and what it still waits for. */
import { Alert } from 'antd'
import type { Installation, Library } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { wordTitles } from './library-told.ts'

const words = all.library

export function InstallResult({ result, library }: { result: Installation; library: Library }) {
  const say = useSay()
  const titles = new Map(library.entries.map((entry) => [entry.id, say(entry.draft.title)]))
  const typeTitles = wordTitles(library)
  const typeTitle = (name: string) => {
    const title = typeTitles.get(`eventTypes ${name}`)
    return title ? say(title) : name
  }
  const of = (kind: Installation['needs'][number]['kind']) => result.needs.filter((need) => need.kind === kind)
  const list = (names: readonly string[]) => [...new Set(names)].join(say(words.listSeparator))
  const calendars = of('calendar')
  const events = of('events')
  return (
    <div className="stack">
      <StatusMark status="green" word={say(words.resultInstalled, { count: result.installed.length })} />
      {result.kept.length > 0 && <p>{say(words.resultKept, { count: result.kept.length })}</p>}
      {result.left.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say(words.resultLeft, { count: result.left.length })}
          description={
            <div className="stack">
              <span>{list(result.left.map((id) => titles.get(id) ?? id))}</span>
              {calendars.length > 0 && (
                <span>
                  {say(words.needCalendar, { name: list(calendars.map((need) => need.name)) })}{' '}
                  <Go to="/admin/calendars">{say(words.calendarPage)}</Go>
                </span>
              )}
              {of('part').map((need) => (
                <span key={`${need.id} ${need.name}`}>
                  {titles.get(need.id)}: {say(words.needPart, { name: titles.get(need.name) ?? need.name })}
                </span>
              ))}
              {of('definition').map((need) => (
                <span key={`${need.id} ${need.name}`}>
                  {titles.get(need.id)}: {say(words.needDefinition, { name: need.name })}
                </span>
              ))}
            </div>
          }
        />
      )}
      {events.length > 0 && (
        <p>
          {say(words.needEvents, { types: list(events.map((need) => typeTitle(need.name))) })}{' '}
          <Go to="/measure/imports/new">{say(words.importData)}</Go>
        </p>
      )}
    </div>
  )
}
