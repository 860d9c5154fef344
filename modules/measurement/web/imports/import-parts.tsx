/** How an import stands: in words, as a bar with what is left, and in counts. */
import { Alert, Progress } from 'antd'
import type { ImportState } from '#measurement/contract'
import { useNow } from '#platform/web/calendar.ts'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatSize } from '#platform/web/numbers.ts'
import { Facts } from '#platform/web/page/page-frame.tsx'
import { problemSentence } from '#platform/web/problems.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'

const words = all.imports
const marks: Readonly<Record<ImportState['state'], Status>> = {
  waiting: 'grey',
  running: 'blue',
  done: 'green',
  failed: 'red',
  stopped: 'yellow',
}

export const isGoing = (state: ImportState) => state.state === 'waiting' || state.state === 'running'

export function ImportStatus({ state }: { state: ImportState['state'] }) {
  const say = useSay()
  return <StatusMark status={marks[state]} word={say(words.states[state])} />
}

/** The time left, from the bytes read so far; nothing where that would be a guess. */
function timeLeft(state: ImportState, now: number, say: Say): string | null {
  if (state.state !== 'running' || state.startedAt === null || state.readBytes === 0) return null
  const seconds = (now - new Date(state.startedAt).getTime()) / 1000
  const left = (seconds * (state.totalBytes - state.readBytes)) / state.readBytes
  if (seconds < 2 || !Number.isFinite(left)) return null
  const time =
    left < 90 ? say(words.seconds, { count: Math.ceil(left) }) : say(words.minutes, { count: Math.ceil(left / 60) })
  return say(words.left, { time })
}

export function ImportProgress({ state, full }: { state: ImportState; full?: boolean }) {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const percent = state.totalBytes === 0 ? 0 : Math.floor((100 * state.readBytes) / state.totalBytes)
  const left = timeLeft(state, now, say)
  return (
    <div style={{ minWidth: 140 }}>
      <Progress
        percent={state.state === 'done' ? 100 : percent}
        size="small"
        status={state.state === 'failed' ? 'exception' : isGoing(state) ? 'active' : 'normal'}
      />
      {full && (
        <span className="muted small" aria-live="polite">
          {say(words.read, {
            done: formatSize(state.readBytes, language),
            total: formatSize(state.totalBytes, language),
          })}
          {left && ` · ${left}`}
        </span>
      )}
    </div>
  )
}

/** A dry run stores nothing: what it would take is what it did not refuse. */
export const acceptable = (state: ImportState) => state.rows - state.refused

/** Why an import stopped, in the reader's language: the server names the case before the colon. */
export function ImportProblem({ state }: { state: ImportState }) {
  const say = useSay()
  if (state.problem === null) return null
  const [code = '', detail = state.problem] = state.problem.split(/: (.*)/s)
  const line = /^Line (\d+)/.exec(detail)?.[1] ?? ''
  const own = (words.stops as Readonly<Record<string, Sentence>>)[code] ?? problemSentence(code)
  return <Alert type="error" showIcon title={say(words.problem)} description={own ? say(own, { line }) : detail} />
}

export function ImportCounts({ state }: { state: ImportState }) {
  const say = useSay()
  const { language } = useLanguage()
  const count = (value: number) => <span className="number">{formatNumber(value, language, 0)}</span>
  if (state.dryRun) {
    return (
      <Facts
        rows={[
          [say(words.rows), count(state.rows)],
          [say(words.acceptable), count(acceptable(state))],
          [say(words.refused), count(state.refused)],
        ]}
      />
    )
  }
  return (
    <Facts
      rows={[
        [say(words.rows), count(state.rows)],
        [say(words.stored), count(state.stored)],
        [say(words.duplicates), count(state.duplicates)],
        [say(words.corrected), count(state.corrected)],
        [say(words.refused), count(state.refused)],
        ...(state.ahead > 0 ? ([[say(words.ahead), count(state.ahead)]] as const) : []),
        [say(words.createdEntities), count(state.createdEntities)],
        [say(words.started), <When key="started" at={state.startedAt} exact />],
        [say(words.ended), <When key="ended" at={state.endedAt} exact />],
      ]}
    />
  )
}
