/** A period whose data are looked at. */
import { Select } from 'antd'
import type { Grain } from '#platform/contract'
import { addPeriods, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { weightWords as words } from '../../words/weights.ts'
import { useEditorState } from '../schemes/state/use-editor.ts'

const PERIODS_OFFERED = 24

export interface AskedPeriod {
  readonly grain: Grain
  readonly periodStart: string
}

export function PeriodField({ value, onChange }: { value: AskedPeriod; onChange: (value: AskedPeriod) => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { draft } = useEditorState()
  const running = (grain: Grain) => startOfPeriod(today(), grain)
  const offered = Array.from({ length: PERIODS_OFFERED }, (_unused, back) =>
    addPeriods(running(value.grain), value.grain, -1 - back),
  )
  const options = [...new Set([...offered, value.periodStart])].map((day) => ({
    value: day,
    label: periodName(day, value.grain, language),
  }))
  return (
    <span className="row">
      <span>{say(words.period)}</span>
      {draft.grains.length > 1 && (
        <Select<Grain>
          value={value.grain}
          aria-label={say(words.grain)}
          options={draft.grains.map((grain) => ({ value: grain, label: say(floorWords.grain[grain]) }))}
          onChange={(grain) => onChange({ grain, periodStart: addPeriods(running(grain), grain, -1) })}
          popupMatchSelectWidth={false}
        />
      )}
      <Select<string>
        value={value.periodStart}
        aria-label={say(words.period)}
        options={options}
        onChange={(periodStart) => onChange({ ...value, periodStart })}
        popupMatchSelectWidth={false}
      />
    </span>
  )
}
