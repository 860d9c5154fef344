/** Who judges: one after the other, each with a name and a weight. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { weightWords } from '../../../words/weights.ts'
import { NumberField, TextField } from '#platform/web/form/fields.tsx'
import { nth } from '../../schemes/state/nth.ts'
import { type Hierarchy, judgesOf, JUDGES_LIMIT, withJudge, withJudgeAs, withoutJudge } from './hierarchy.ts'
import { useMarks } from '../../schemes/punctuation.ts'

const words = weightWords.ahp

interface Props {
  readonly weighting: Hierarchy
  readonly chosen: number
  readonly onChoose: (place: number) => void
  readonly onChange: (weighting: Hierarchy, about?: string | null) => void
}

export function JudgeTabs({ weighting, chosen, onChoose, onChange }: Props) {
  const say = useSay()
  const judges = judgesOf(weighting)
  const several = judges.length > 1
  return (
    <div className="judges">
      <div className="row">
        {several && (
          <Segmented<number>
            value={chosen}
            onChange={onChoose}
            aria-label={say(words.judges)}
            options={judges.map((each, place) => ({ value: place, label: each.name }))}
          />
        )}
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={judges.length >= JUDGES_LIMIT}
          onClick={() => {
            onChange(withJudge(weighting, say(words.judge, { number: judges.length + 1 })))
            onChoose(judges.length)
          }}
        >
          {say(words.addJudge)}
        </Button>
      </div>
      {several && <JudgeFields weighting={weighting} chosen={chosen} onChoose={onChoose} onChange={onChange} />}
    </div>
  )
}

function JudgeFields({ weighting, chosen, onChoose, onChange }: Props) {
  const say = useSay()
  const { colon } = useMarks()
  const judge = nth(judgesOf(weighting), chosen)
  const put = (part: Parameters<typeof withJudgeAs>[2], about: string) =>
    onChange(withJudgeAs(weighting, chosen, part), `judge ${chosen} ${about}`)
  return (
    <div className="row judge-fields">
      <label className="plain-number">
        <span>{say(words.judgeName)}</span>
        <span style={{ width: 180 }}>
          <TextField
            value={judge.name}
            max={100}
            label={say(words.judgeName)}
            onChange={(name) => put({ name }, 'name')}
          />
        </span>
      </label>
      <label className="plain-number">
        <span>{say(words.judgeWeight)}</span>
        <NumberField
          value={judge.weight}
          label={say(words.judgeWeight)}
          min={0.1}
          max={100}
          width={90}
          onChange={(weight) => {
            if (weight !== null) put({ weight }, 'weight')
          }}
        />
      </label>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={say(words.removeJudge) + colon + judge.name}
        onClick={() => {
          onChange(withoutJudge(weighting, chosen))
          onChoose(Math.max(0, chosen - 1))
        }}
      />
    </div>
  )
}
