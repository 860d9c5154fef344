/** A weight: slider, number, lock. Keyboard, mouse and thumb move it; the others give way. */
import { LockFilled, UnlockOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useRef } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { schemeWords } from '../../../words/schemes.ts'
import { ShareField } from '../parts/fields.tsx'
import { giveWay } from '../state/give-way.ts'
import { nth } from '../state/nth.ts'
import { useMarks } from '../punctuation.ts'

const words = schemeWords.tree
const SLIDER_STEP_PERCENT = 0.5

export interface Weighed {
  readonly name: string
  readonly weight: number
}

/**
 * Moves one of several weights. Everything is reckoned from where the movement of this one began, so that going back brings the same
 * proportions back; another movement begins when the weights were changed from elsewhere.
 */
export function useGiveWay(
  parts: readonly Weighed[],
  locked: ReadonlySet<string>,
  onMove: (weights: number[], about: string) => void,
): (place: number, to: number) => void {
  const movement = useRef<{ place: number; from: readonly number[]; last: readonly number[] } | null>(null)
  return (place, to) => {
    const present = parts.map((part) => part.weight)
    const known = movement.current
    const goesOn = known?.place === place && known.last.every((weight, each) => weight === present[each])
    const from = goesOn && known.last.length === present.length ? known.from : present
    const held = new Set(parts.flatMap((part, each) => (locked.has(part.name) ? [each] : [])))
    const last = giveWay(from, place, to, held)
    movement.current = { place, from, last }
    onMove(last, `weight ${nth(parts, place).name}`)
  }
}

interface Props {
  /** What people call it. */
  readonly title: string
  readonly weight: number
  /** A single part has all the weight. */
  readonly alone: boolean
  readonly locked: boolean
  readonly onLock: () => void
  readonly onMove: (to: number) => void
}

export function WeightControl({ title, weight, alone, locked, onLock, onMove }: Props) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const label = say(words.weightOf, { name: title })
  const fixed = alone || locked
  const lockWord = say(locked ? words.unlock : words.lock)
  return (
    <div className="weight-control">
      <input
        type="range"
        className="weight-slider"
        min={0}
        max={100}
        step={SLIDER_STEP_PERCENT}
        value={weight * 100}
        disabled={fixed}
        aria-label={label}
        aria-valuetext={`${formatNumber(weight * 100, language, 2)}%`}
        style={{ '--filled': `${weight * 100}%` } as React.CSSProperties}
        onChange={(event) => onMove(Number(event.target.value) / 100)}
      />
      {fixed ? (
        <span className="weight-fixed number">{formatNumber(weight * 100, language, 2)}%</span>
      ) : (
        <ShareField value={weight} label={label} width={86} onChange={onMove} />
      )}
      <Tooltip title={lockWord}>
        <Button
          type="text"
          icon={locked ? <LockFilled /> : <UnlockOutlined />}
          aria-label={lockWord + colon + title}
          aria-pressed={locked}
          disabled={alone}
          onClick={onLock}
        />
      </Tooltip>
    </div>
  )
}
