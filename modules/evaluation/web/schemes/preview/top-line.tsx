/** What the change comes to, in a sentence or two. */
import { useSay } from '#platform/web/language.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { schemeWords } from '../../../words/schemes.ts'
import type { Moves } from './moves.ts'
import type { PreviewRow } from './questions.ts'
import { useMarks } from '../punctuation.ts'

const words = schemeWords.preview
const NAMES_SHOWN = 3

export function TopLine({ moves }: { moves: Moves }) {
  const say = useSay()
  const { list, colon } = useMarks()
  const named = (sentence: Sentence, rows: readonly PreviewRow[]) => {
    if (rows.length === 0) return null
    const names = rows.slice(0, NAMES_SHOWN).map((row) => row.entity.name)
    const more = rows.length - names.length
    const text = names.join(list) + (more > 0 ? ` ${say(words.andMore, { count: rows.length })}` : '')
    return <span>{say(sentence, { names: text })}</span>
  }
  return (
    <div className="top-line" aria-live="polite">
      <p>
        <strong>{moves.moved === 0 ? say(words.still) : say(words.moved, { count: moves.moved })}</strong>
        {moves.movedWithinChance > 0 && (
          <span className="muted"> · {say(words.movedChance, { count: moves.movedWithinChance })}</span>
        )}
        {moves.starsChanged > 0 && <span> · {say(words.stars, { count: moves.starsChanged })}</span>}
      </p>
      <p className="small">
        <span className="muted">{say(words.top, { count: moves.topCount }) + colon}</span>
        {moves.enters.length + moves.leaves.length === 0 ? (
          <span className="muted">{say(words.topStays)}</span>
        ) : (
          <span className="row top-names">
            {named(words.enters, moves.enters)}
            {named(words.leaves, moves.leaves)}
          </span>
        )}
      </p>
    </div>
  )
}
