/** Which scheme, grain, period and version the ranking is of. */
import { Segmented, Select } from 'antd'
import type { Ranking, Scheme } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useSearchValues } from '#platform/web/router.tsx'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { useMarks } from '../schemes/punctuation.ts'

interface Props {
  readonly schemes: readonly Scheme[]
  readonly scheme: Scheme
  readonly ranking: Ranking | undefined
  readonly view: 'list' | 'funnel'
  readonly onView: (view: string | undefined) => void
}

export function RankingScope({ schemes, scheme, ranking, view, onView }: Props) {
  const say = useSay()
  const set = useSearchValues()
  return (
    <div className="scope-bar">
      <SchemeChoice schemes={schemes} scheme={scheme} />
      {scheme.grains.length > 1 && (
        <Segmented
          aria-label={say(rankingWords.grain)}
          value={ranking?.grain ?? scheme.grains[0]}
          options={scheme.grains.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))}
          onChange={(grain) => set({ grain, period: undefined, run: undefined, track: undefined })}
        />
      )}
      <PeriodChoice ranking={ranking} />
      <Segmented
        aria-label={say(words.view.label)}
        value={view}
        onChange={(next) => onView(next === 'funnel' ? 'funnel' : undefined)}
        options={[
          { value: 'list', label: say(words.view.list) },
          { value: 'funnel', label: say(words.view.funnel) },
        ]}
      />
    </div>
  )
}

export function SchemeChoice({ schemes, scheme }: { schemes: readonly Scheme[]; scheme: Scheme }) {
  const say = useSay()
  const set = useSearchValues()
  return (
    <label className="scheme-choice">
      {say(words.scheme)}
      <Select
        value={scheme.id}
        options={schemes.map((one) => ({ value: one.id, label: say(one.title) }))}
        onChange={(id: string) =>
          set({
            scheme: id,
            period: undefined,
            run: undefined,
            track: undefined,
            group: undefined,
            stars: undefined,
            show: undefined,
          })
        }
        style={{ minWidth: 180 }}
      />
    </label>
  )
}

function PeriodChoice({ ranking }: { ranking: Ranking | undefined }) {
  const say = useSay()
  const { language } = useLanguage()
  const { open, close } = useMarks()
  const set = useSearchValues()
  const name = ({ periodStart, complete }: Ranking['periods'][number]) => {
    const period = periodName(periodStart, ranking!.grain, language)
    return complete ? period : period + open + say(rankingWords.running) + close
  }
  return (
    <label className="scheme-choice">
      {say(words.period)}
      <Select
        {...(ranking?.period ? { value: ranking.period.periodStart } : {})}
        options={ranking?.periods.toReversed().map((one) => ({ value: one.periodStart, label: name(one) })) ?? []}
        onChange={(period: string) => set({ period, run: undefined })}
        style={{ minWidth: 150 }}
        popupMatchSelectWidth={false}
      />
    </label>
  )
}
