/** How values of an item become points: the kind, its picture, its numbers. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import type { SchemeItem, Transform } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { units } from '#platform/web/numbers.ts'
import type { Sentence } from '#platform/web/words.ts'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field } from '../parts/fields.tsx'
import { freshTransform, type Spread } from '../state/writing.ts'
import { onStep, quantileOf, stepOf } from './histogram.ts'
import { TransformPicture } from './transform-picture.tsx'
import { nth } from '../state/nth.ts'

const words = rulesWords.item
const CORNERS_LIMIT = 20
/** The worst and the best of today that count: the outermost twentieths are left to chance. */
const OUTERMOST = 0.05

export interface ItemFacts {
  readonly name: string
  readonly unit: string
  readonly better: 'more' | 'less'
  readonly target: number | null
  /** Values of all units as they are now. */
  readonly values: readonly number[]
}

/** What today's values say about where points should begin and end; null where there are too few. */
export function spreadOf({ values, better, target }: ItemFacts): Spread | null {
  if (values.length < 3) return target === null ? null : { low: target * 0.5, high: target * 1.5 || 1, target, better }
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [quantileOf(sorted, OUTERMOST), quantileOf(sorted, 1 - OUTERMOST)]
  const step = stepOf(high - low) * 10
  const ends = { low: onStep(low - step / 2, step), high: onStep(high + step / 2, step) }
  return ends.high > ends.low ? { ...ends, target, better } : { low: low - 1, high: high + 1, target, better }
}

interface Props {
  readonly field: string
  readonly item: SchemeItem
  readonly facts: ItemFacts
  readonly onChange: (transform: Transform, about: string | null) => void
}

export function TransformFields({ field, item, facts, onChange }: Props) {
  const say = useSay()
  const { transform } = item
  const spread = useMemo(() => spreadOf(facts), [facts])
  const edit = (next: Transform, about: string) => onChange(next, `${field} ${about}`)
  return (
    <div>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field={`${field}.transform`} label={words.transform} deep width={220}>
          {(id) => (
            <Choice
              id={id}
              value={transform.kind}
              options={words.kinds}
              onChange={(kind) => onChange(freshTransform(kind, spread), null)}
            />
          )}
        </Field>
        <p className="muted small transform-why">{say(words.kindWhy[transform.kind])}</p>
      </div>
      <TransformPicture {...facts} transform={transform} onChange={edit} />
      <TransformNumbers transform={transform} facts={facts} onChange={edit} />
      {(transform.kind === 'piecewise' || transform.kind === 'step') && spread && (
        <Button size="small" onClick={() => onChange(freshTransform(transform.kind, spread), null)}>
          {say(words.fit)}
        </Button>
      )}
    </div>
  )
}

interface NumbersProps {
  readonly transform: Transform
  readonly facts: ItemFacts
  readonly onChange: (transform: Transform, about: string) => void
}

function TransformNumbers({ transform, facts, onChange }: NumbersProps) {
  const { language } = useLanguage()
  const unit = (units as Readonly<Record<string, Sentence>>)[facts.unit]?.[language] ?? ''
  switch (transform.kind) {
    case 'piecewise':
      return (
        <Pairs
          pairs={transform.points}
          fewest={2}
          add={words.addCorner}
          from={words.value}
          unit={unit}
          onChange={(points, about) => onChange({ kind: 'piecewise', points }, about)}
        />
      )
    case 'step':
      return (
        <Pairs
          pairs={transform.steps}
          fewest={1}
          add={words.addStep}
          from={facts.better === 'more' ? words.stepFrom : words.stepUpTo}
          unit={unit}
          onChange={(steps, about) => onChange({ kind: 'step', steps }, about)}
        />
      )
    case 'target-gap':
      return <GapNumbers transform={transform} unit={unit} onChange={onChange} />
    case 'z-score':
      return <DeviationNumbers transform={transform} onChange={onChange} />
    case 'percentile':
      return null
  }
}

type Gap = Extract<Transform, { kind: 'target-gap' }>
type Deviation = Extract<Transform, { kind: 'z-score' }>

function GapNumbers(props: { transform: Gap; unit: string; onChange: NumbersProps['onChange'] }) {
  const { transform, unit, onChange } = props
  const put = (part: Partial<Gap>, about: string) => onChange({ ...transform, ...part }, about)
  return (
    <div className="row">
      <Plain
        label={words.target}
        value={transform.target}
        unit={unit}
        onChange={(target) => put({ target }, 'target')}
      />
      <Plain
        label={words.pointsPerUnit}
        value={transform.pointsPerUnit}
        min={0.001}
        onChange={(pointsPerUnit) => put({ pointsPerUnit }, 'per unit')}
      />
      <Plain
        label={words.floor}
        value={transform.floor}
        min={0}
        max={100}
        onChange={(floor) => put({ floor }, 'floor')}
      />
    </div>
  )
}

function DeviationNumbers(props: { transform: Deviation; onChange: NumbersProps['onChange'] }) {
  const { transform, onChange } = props
  const put = (part: Partial<Deviation>, about: string) => onChange({ ...transform, ...part }, about)
  return (
    <div className="row">
      <Plain
        label={words.centre}
        value={transform.centre}
        min={0}
        max={100}
        onChange={(centre) => put({ centre }, 'centre')}
      />
      <Plain
        label={words.pointsPerDeviation}
        value={transform.pointsPerDeviation}
        min={0.1}
        max={100}
        onChange={(pointsPerDeviation) => put({ pointsPerDeviation }, 'per deviation')}
      />
    </div>
  )
}

function Plain(props: {
  label: Sentence
  value: number
  unit?: string
  min?: number
  max?: number
  onChange: (value: number) => void
}) {
  const say = useSay()
  return (
    <label className="plain-number">
      <span>{say(props.label)}</span>
      <NumberField
        value={props.value}
        label={say(props.label)}
        {...(props.min === undefined ? {} : { min: props.min })}
        {...(props.max === undefined ? {} : { max: props.max })}
        {...(props.unit ? { suffix: props.unit } : {})}
        width={130}
        onChange={(value) => {
          if (value !== null) props.onChange(value)
        }}
      />
    </label>
  )
}

interface PairsProps {
  readonly pairs: readonly [number, number][]
  readonly fewest: number
  readonly add: Sentence
  readonly from: Sentence
  readonly unit: string
  readonly onChange: (pairs: [number, number][], about: string) => void
}

function Pairs({ pairs, fewest, add, from, unit, onChange }: PairsProps) {
  const say = useSay()
  const change = (place: number, side: 0 | 1, value: number | null) => {
    if (value === null) return
    const [x, y] = nth(pairs, place)
    onChange(pairs.with(place, side === 0 ? [value, y] : [x, value]), `pair ${place}`)
  }
  const more = () => {
    const [last, before] = [pairs.at(-1)!, pairs.at(-2)]
    const gap = before ? last[0] - before[0] : 10
    onChange([...pairs, [last[0] + gap, last[1]]], 'pair added')
  }
  return (
    <ol className="pairs">
      {pairs.map(([value, points], place) => (
        <li key={place}>
          <span className="muted small">{say(from)}</span>
          <NumberField
            value={value}
            label={`${say(from)} ${place + 1}`}
            {...(unit === '' ? {} : { suffix: unit })}
            width={120}
            onChange={(next) => change(place, 0, next)}
          />
          <span aria-hidden="true">→</span>
          <NumberField
            value={points}
            label={`${say(words.points)} ${place + 1}`}
            min={0}
            max={100}
            suffix={say(rulesWords.item.pointsUnit)}
            width={96}
            onChange={(next) => change(place, 1, next)}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={`${say(words.removeCorner)} ${place + 1}`}
            disabled={pairs.length <= fewest}
            onClick={() => onChange(pairs.toSpliced(place, 1), 'pair removed')}
          />
        </li>
      ))}
      <li>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined />}
          disabled={pairs.length >= CORNERS_LIMIT}
          onClick={more}
        >
          {say(add)}
        </Button>
      </li>
    </ol>
  )
}
