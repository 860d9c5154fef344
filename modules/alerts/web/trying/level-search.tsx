/** Which level keeps false alarms within what people can bear, and what it still finds. */
import { Button, InputNumber, Select, type FormInstance } from 'antd'
import { useState } from 'react'
import type { Colour, LevelSearch, RuleDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { levelsField } from '../../rules/levels.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import type { RuleForm } from '../rules/rule-form.ts'
import { levelText } from '../telling/condition-text.ts'
import type { TrialRange } from './trial.ts'

const text = words.trying.search
const COLOURS: readonly Colour[] = ['yellow', 'orange', 'red']
const TOLERATED = 0.05

export function LevelSearchPanel(props: { draft: RuleDraft; range: TrialRange; form: FormInstance<RuleForm> }) {
  const say = useSay()
  const { draft, range, form } = props
  const [colour, setColour] = useState<Colour>('yellow')
  const [tolerated, setTolerated] = useState<number>(TOLERATED)
  const search = useAct(alerts.searchLevel.call, { quiet: true })
  const field = levelsField(draft.condition.kind)
  if (field === null) return null
  return (
    <Section title={say(text.title)} lead={say(text.lead)}>
      <div className="row">
        <span>{say(text.tolerated)}</span>
        <InputNumber<number>
          aria-label={say(text.tolerated)}
          min={0.001}
          max={31}
          step={0.01}
          value={tolerated}
          onChange={(value) => setTolerated(value ?? TOLERATED)}
          style={{ width: 100 }}
        />
        <Select<Colour>
          aria-label={say(text.colour)}
          value={colour}
          onChange={setColour}
          options={COLOURS.map((one) => ({ value: one, label: <StatusMark status={one} /> }))}
          style={{ width: 110 }}
        />
        <Button loading={search.busy} onClick={() => search.run({ draft, ...range, colour, tolerated })}>
          {say(text.find)}
        </Button>
      </div>
      {search.error !== null && <ProblemNotice error={search.error} />}
      {search.answer && (
        <Found
          found={search.answer}
          draft={draft}
          adopt={(level) => form.setFieldValue(['condition', field, colour], level)}
        />
      )}
    </Section>
  )
}

function Found(props: { found: LevelSearch; draft: RuleDraft; adopt: (level: number) => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { found, draft, adopt } = props
  const unit = useIndicators()?.find((one) => one.id === draft.indicator)?.unit ?? 'number'
  const told = (level: number) => levelText(draft.condition, level, unit, language)
  if (!found.possible) return <p className="muted found-level">{say(text.impossible)}</p>
  const { suggested } = found
  const point = found.points.find((one) => one.level === suggested)
  if (suggested === null) return <p className="muted found-level">{say(text.none)}</p>
  const recall = point?.recall ?? null
  return (
    <div className="found-level stack">
      <div className="row">
        <strong>{say(text.suggested, { level: told(suggested) })}</strong>
        <Button size="small" type="primary" ghost onClick={() => adopt(suggested)}>
          {say(text.adopt)}
        </Button>
      </div>
      {point && (
        <p className="muted small">
          {say(text.suggestedTold, {
            rate: formatNumber(point.falseAlarmRate, language, 3),
            recall: recall === null ? say(text.unknownRecall) : `${formatNumber(100 * recall, language, 0)}%`,
          })}
        </p>
      )}
      <Levels found={found} told={told} />
    </div>
  )
}

const LEVELS_SHOWN = 9

/** Around the suggestion, so that the reader sees what a little more or less would do. */
function Levels({ found, told }: { found: LevelSearch; told: (level: number) => string }) {
  const say = useSay()
  const { language } = useLanguage()
  const at = Math.max(
    0,
    found.points.findIndex((point) => point.level === found.suggested),
  )
  const first = Math.max(0, Math.min(found.points.length - LEVELS_SHOWN, at - Math.floor(LEVELS_SHOWN / 2)))
  return (
    <div className="table-window">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say(text.level)}</th>
            <th scope="col" className="right">
              {say(text.rate)}
            </th>
            <th scope="col" className="right">
              {say(words.trying.recall)}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.points.slice(first, first + LEVELS_SHOWN).map((point) => (
            <tr key={point.level} aria-current={point.level === found.suggested}>
              <td className="number">{told(point.level)}</td>
              <td className="right number">
                {formatNumber(point.falseAlarmRate, language, 3)}{' '}
                <span className="muted small">
                  {say(text.high)} {formatNumber(point.high, language, 3)}
                </span>
              </td>
              <td className="right number">
                {point.recall === null ? '—' : `${formatNumber(100 * point.recall, language, 0)}%`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
