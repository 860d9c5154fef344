/** One pair on a scale of 9 to 1 to 9: moved towards what matters more. Mouse, thumb, keyboard. */
import { ArrowLeftOutlined, ArrowRightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CSSProperties, KeyboardEvent } from 'react'
import { type Say, useSay } from '#platform/web/language.tsx'
import { weightWords } from '../../../words/weights.ts'
import { stepOf, valueOf } from './hierarchy.ts'

const words = weightWords.ahp
const MOST = 8

/** How much more one matters, in words. */
export function judgementText(value: number | null, a: string, b: string, say: Say): string {
  if (value === null) return say(words.scale.unknown)
  const step = stepOf(value)
  if (step === 0) return say(words.scale.equal)
  const number = Math.abs(step) + 1
  const degree = words.degree[String(number) as unknown as keyof typeof words.degree]
  return say(words.scale.more, { name: step < 0 ? a : b, degree: say(degree), number })
}

/** The track is filled from the middle towards what matters more. */
function fillOf(step: number): CSSProperties {
  const at = 50 + (50 * step) / MOST
  return { '--from': `${Math.min(50, at)}%`, '--to': `${Math.max(50, at)}%` } as CSSProperties
}

interface Props {
  readonly a: string
  readonly b: string
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

export function PairScale({ a, b, value, onChange }: Props) {
  const say = useSay()
  const step = value === null ? 0 : stepOf(value)
  const text = judgementText(value, a, b, say)
  const put = (next: number) => onChange(valueOf(Math.min(MOST, Math.max(-MOST, next))))
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      put(step)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      onChange(null)
    }
  }
  return (
    <li className={`pair ${value === null ? 'unsaid' : ''}`}>
      <div className="pair-names">
        <span className={step < 0 ? 'heavier' : ''}>{a}</span>
        <span className={step > 0 ? 'heavier' : ''}>{b}</span>
      </div>
      <div className="pair-scale">
        <Button
          icon={<ArrowLeftOutlined />}
          aria-label={say(words.towards, { name: a })}
          disabled={step === -MOST}
          onClick={() => put(step - 1)}
        />
        <div className="pair-track">
          <input
            type="range"
            min={-MOST}
            max={MOST}
            step={1}
            value={step}
            aria-label={say(words.pair, { a, b })}
            aria-valuetext={text}
            onChange={(event) => put(Number(event.target.value))}
            onKeyDown={press}
            style={fillOf(step)}
          />
          <div className="pair-ticks muted" aria-hidden="true">
            {[9, 7, 5, 3, 1, 3, 5, 7, 9].map((tick, place) => (
              <span key={place}>{tick}</span>
            ))}
          </div>
        </div>
        <Button
          icon={<ArrowRightOutlined />}
          aria-label={say(words.towards, { name: b })}
          disabled={step === MOST}
          onClick={() => put(step + 1)}
        />
      </div>
      <Said text={text} value={value} onChange={onChange} />
    </li>
  )
}

function Said({ text, value, onChange }: { text: string; value: number | null; onChange: Props['onChange'] }) {
  const say = useSay()
  const equal = value !== null && stepOf(value) === 0
  return (
    <div className="pair-said row spread">
      <span className={value === null ? 'muted' : ''} aria-live="polite">
        {text}
      </span>
      <span className="row">
        <Button size="small" type={equal ? 'primary' : 'default'} ghost={equal} onClick={() => onChange(1)}>
          {say(words.sameHere)}
        </Button>
        {value !== null && (
          <Button size="small" type="text" onClick={() => onChange(null)}>
            {say(words.clear)}
          </Button>
        )}
      </span>
    </div>
  )
}
