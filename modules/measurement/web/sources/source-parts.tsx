/** How a source stands: freshness as a shape with a word, volumes as bars, why its newest run failed. */
import { Alert } from 'antd'
import type { Freshness, Source } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { problemSentence } from '#platform/web/problems.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'

const words = all.sources
const marks: Readonly<Record<Freshness, Status>> = {
  fresh: 'green',
  late: 'yellow',
  silent: 'red',
  unwatched: 'grey',
  paused: 'grey',
}

export function FreshnessMark({ freshness }: { freshness: Freshness }) {
  const say = useSay()
  return <StatusMark status={marks[freshness]} word={say(words.states[freshness])} />
}

/** What people uploaded has no name of its own. */
export const useSourceTitle = () => {
  const say = useSay()
  return (source: Source) => (source.kind === 'upload' ? say(words.kinds.upload) : source.title)
}

const BAR_HEIGHT = 24

export function VolumeBars({ counts, period }: { counts: readonly number[]; period: Sentence }) {
  const say = useSay()
  const { language } = useLanguage()
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(1, ...counts)
  const told = say(words.volume, { period: say(period), count: total })
  return (
    <span className="row" style={{ gap: 8, flexWrap: 'nowrap' }}>
      <span
        role="img"
        aria-label={told}
        title={told}
        style={{ display: 'inline-flex', alignItems: 'flex-end', gap: 1 }}
      >
        {counts.map((count, index) => (
          // Hours and days have no name but their place.
          <span
            key={index}
            style={{
              width: 3,
              height: Math.max(count > 0 ? 3 : 1, Math.round((BAR_HEIGHT * count) / most)),
              background: count > 0 ? 'var(--brand)' : 'var(--line)',
            }}
          />
        ))}
      </span>
      <span className="number">{formatNumber(total, language, 0)}</span>
    </span>
  )
}

/** A code before the colon, which is worded, and behind it what happened. */
export function useProblemOf(): (problem: string) => string {
  const say = useSay()
  return (problem) => {
    const [code = '', detail = problem] = problem.split(/: (.*)/s)
    const own = (words.problems as Readonly<Record<string, Sentence>>)[code]
    const ofFiles = (all.imports.stops as Readonly<Record<string, Sentence>>)[code]
    const sentence = own ?? ofFiles ?? problemSentence(code)
    return sentence ? say(sentence, { line: /^Line (\d+)/.exec(detail)?.[1] ?? '', missing: '…' }) : detail
  }
}

export function SourceProblem({ problem }: { problem: string | null }) {
  const say = useSay()
  const told = useProblemOf()
  if (problem === null) return null
  return <Alert type="error" showIcon title={say(words.problem)} description={told(problem)} />
}
