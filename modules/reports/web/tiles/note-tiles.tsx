/** A note somebody wrote, and the clock of a hall. */
import type { ReactNode } from 'react'
import { longDayName, timeName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useMe } from '#platform/web/session.ts'
import type { TileShow } from '#reports/contract'
import { TileFrame } from './tile-frame.tsx'

export function TextTile({ show, title }: { show: Extract<TileShow, { kind: 'text' }>; title: string }) {
  const say = useSay()
  return <TileFrame title={title}>{() => <div className="tile-note">{noteOf(say(show.text))}</div>}</TileFrame>
}

/** `**bold**` inside a line; everything else stays the text it is. */
function inline(line: string): ReactNode[] {
  return line
    .split(/(\*\*[^*]+\*\*)/)
    .map((part, index) =>
      part.startsWith('**') && part.endsWith('**') && part.length > 4 ? (
        <strong key={index}>{part.slice(2, -2)}</strong>
      ) : (
        part
      ),
    )
}

function noteOf(text: string): ReactNode[] {
  const blocks: ReactNode[] = []
  let items: ReactNode[] = []
  const endList = () => {
    if (items.length > 0) blocks.push(<ul key={blocks.length}>{items}</ul>)
    items = []
  }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('- ')) {
      items.push(<li key={index}>{inline(line.slice(2))}</li>)
      continue
    }
    endList()
    if (line.startsWith('# ')) blocks.push(<h3 key={blocks.length}>{inline(line.slice(2))}</h3>)
    else if (line.trim() !== '') blocks.push(<p key={blocks.length}>{inline(line)}</p>)
  }
  endList()
  return blocks
}

const SECOND_MILLISECONDS = 1_000

export function ClockTile({ title }: { title: string }) {
  const { language } = useLanguage()
  const now = useNow(SECOND_MILLISECONDS)
  const me = useMe()
  return (
    <TileFrame title={me?.organisation.name ?? title}>
      {() => (
        <div className="tile-clock">
          <p className="tile-value number">{timeName(now)}</p>
          <p className="muted">{longDayName(now, language)}</p>
        </div>
      )}
    </TileFrame>
  )
}
