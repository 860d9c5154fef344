import type { LibraryEntry } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Language } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'

const words = all.library

/** The target, or the band values should lie in. */
export function wantedOf({ draft }: LibraryEntry, language: Language, none: string): string {
  const { band, target, unit } = draft
  if (band) return `${formatValue(band.low, unit, language)} – ${formatValue(band.high, unit, language)}`
  return target === null ? none : formatValue(target, unit, language)
}

export function EntryState({ entry }: { entry: LibraryEntry }) {
  const say = useSay()
  const data = entry.missingTypes.length === 0
  if (entry.retired) return <StatusMark status="grey" word={say(words.retired)} />
  return (
    <span className="row">
      {entry.installed && <StatusMark status="green" word={say(words.installed)} />}
      {data && !entry.installed && <StatusMark status="blue" word={say(words.hasData)} />}
      {!data && <StatusMark status="grey" word={say(words.lacksData)} />}
    </span>
  )
}
