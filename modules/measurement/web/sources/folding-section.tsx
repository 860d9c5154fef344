/** How far the history of indicators is calculated ahead. */
import { useQuery } from '@tanstack/react-query'
import { Progress, Typography } from 'antd'
import type { FoldingState } from '#measurement/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.sources.folding
const POLL_MILLISECONDS = 10_000

export function FoldingSection() {
  const say = useSay()
  const folding = useQuery({ ...measurement.readFolding.queryOptions(), refetchInterval: POLL_MILLISECONDS })
  return (
    <Section title={say(words.title)}>
      <Loaded query={folding} rows={2}>
        {(state) => <FoldingLines state={state} />}
      </Loaded>
    </Section>
  )
}

function FoldingLines({ state }: { state: FoldingState }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <div className="stack">
      <p>
        {say(words.ready, { filled: state.filled, facts: state.facts })}
        {state.changedDays > 0 && ` · ${say(words.changed, { count: state.changedDays })}`}
      </p>
      {state.filling.map((one) => {
        const told =
          one.filledFrom === null || one.first === null
            ? say(words.begins, { type: one.eventType })
            : say(words.until, {
                type: one.eventType,
                from: dayName(one.filledFrom, language),
                first: dayName(one.first, language),
              })
        return (
          <div key={`${one.eventType} ${one.filledFrom}`}>
            <span>{told}</span>
            <Progress percent={Math.round(one.share * 100)} aria-label={told} />
          </div>
        )
      })}
      {state.filling.length > 0 && <Typography.Text type="secondary">{say(words.why)}</Typography.Text>}
    </div>
  )
}
