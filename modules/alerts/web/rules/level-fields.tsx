/** The levels of a rule by colour, in the unit their kind of condition states them in. */
import { Form, InputNumber } from 'antd'
import type { ConditionKind } from '#alerts/contract'
import type { Indicator } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { units } from '#platform/web/numbers.ts'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { levelsField } from '../../rules/levels.ts'
import { words } from '../../words.ts'
import { levelFault, type RuleForm } from './rule-form.ts'

const text = words.form
const COLOURS = ['yellow', 'orange', 'red'] as const

export function useChosenIndicator(): Indicator | undefined {
  const form = Form.useFormInstance<RuleForm>()
  const id = Form.useWatch('indicator', form)
  return useIndicators()?.find((one) => one.id === id)
}

function useUnit(kind: ConditionKind): string {
  const say = useSay()
  const indicator = useChosenIndicator()
  switch (kind) {
    case 'threshold':
      return indicator ? say(units[indicator.unit]) : ''
    case 'repeated':
    case 'keyword':
      return say(text.unit.times)
    case 'silence':
      return say(text.unit.hours)
    default:
      return say(text.unit.percent)
  }
}

export function LevelFields({ kind }: { kind: ConditionKind }) {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const indicator = useChosenIndicator()
  const unit = useUnit(kind)
  const field = levelsField(kind)
  if (field === null) return null
  const check = () => {
    const fault = levelFault(form.getFieldValue('condition'), indicator?.direction ?? 'neutral')
    if (fault === null) return Promise.resolve()
    return Promise.reject(new Error(say(fault === 'none' ? text.needLevel : text.contradict)))
  }
  return (
    <Form.Item label={say(text.levels)} extra={say(text.levelHint)} required>
      <div className="level-row">
        {COLOURS.map((colour) => (
          <Form.Item
            key={colour}
            name={['condition', field, colour]}
            label={<StatusMark status={colour} />}
            dependencies={COLOURS.filter((other) => other !== colour).map((other) => ['condition', field, other])}
            {...(colour === 'red' ? { rules: [{ validator: check }] } : {})}
          >
            <InputNumber<number> suffix={unit} style={{ width: 140 }} />
          </Form.Item>
        ))}
      </div>
    </Form.Item>
  )
}
