/** The picture of a transform: its curve over the values of today; corners where it has some. */
import { useMemo } from 'react'
import type { Transform } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatPlain } from '#platform/web/numbers.ts'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { pointsFunction } from '../../../rules/composing/points.ts'
import { type Corner, Curve, type Ends } from './curve.tsx'
import { rangeOf } from './histogram.ts'
import { nth } from '../state/nth.ts'

const words = rulesWords.item
const SAMPLES = 160
const Y = { from: 0, to: 100, ticks: [0, 25, 50, 75, 100], step: 1 } as const

interface Props {
  readonly name: string
  readonly unit: string
  readonly transform: Transform
  readonly better: 'more' | 'less'
  /** Of all units as they are now. */
  readonly values: readonly number[]
  readonly onChange: (transform: Transform, about: string) => void
}

const cornersOf = (transform: Transform): readonly Corner[] | null =>
  transform.kind === 'piecewise' ? transform.points : transform.kind === 'step' ? transform.steps : null

/** Corners of the drawn line: flat beyond the ends, upright at steps, sampled where it is curved. */
function lineOf(transform: Transform, better: 'more' | 'less', values: readonly number[], x: Ends): Corner[] {
  if (transform.kind === 'step') return stairs(transform.steps, better, x)
  const made = pointsFunction(transform, better, Float64Array.from(values).sort())
  if (!made) return []
  if (made.corners) {
    const inside = made.corners.filter((corner) => corner.x > x.from && corner.x < x.to)
    const ends = [x.from, x.to].map((at): Corner => [at, made.points(at)])
    return [nth(ends, 0), ...inside.map((corner): Corner => [corner.x, corner.y]), nth(ends, 1)]
  }
  return Array.from({ length: SAMPLES + 1 }, (_unused, place): Corner => {
    const at = x.from + ((x.to - x.from) * place) / SAMPLES
    return [at, made.points(at)]
  })
}

function stairs(steps: readonly Corner[], better: 'more' | 'less', { from, to }: Ends): Corner[] {
  const ordered = better === 'more' ? steps : steps.toReversed()
  const [begin, end] = better === 'more' ? [from, to] : [to, from]
  const line: Corner[] = [[begin, 0]]
  let height = 0
  for (const [at, points] of ordered) {
    line.push([at, height], [at, points])
    height = points
  }
  return [...line, [end, height]]
}

export function TransformPicture({ name, unit, transform, better, values, onChange }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const corners = cornersOf(transform)
  const x = useMemo(() => {
    const targets = transform.kind === 'target-gap' ? [transform.target] : []
    return rangeOf([...(corners ?? []).map(([value]) => value), ...targets, ...values])
  }, [corners, transform, values])
  const ordered =
    corners === null || corners.every(([value], place) => place === 0 || value > nth(corners, place - 1)[0])
  const line = useMemo(
    () => (ordered ? lineOf(transform, better, values, x) : []),
    [ordered, transform, better, values, x],
  )
  const plain = (value: number) => formatPlain(value, unit, language)
  const change = (next: Corner[], about: string) => {
    const pairs = next.map(([value, points]): [number, number] => [value, points])
    onChange(transform.kind === 'step' ? { kind: 'step', steps: pairs } : { kind: 'piecewise', points: pairs }, about)
  }
  return (
    <Curve
      title={say(words.curve, { name })}
      x={x}
      y={Y}
      formatX={plain}
      values={values}
      line={line}
      {...(corners && ordered
        ? {
            corners,
            onChange: change,
            fewest: transform.kind === 'step' ? 1 : 2,
            cornerLabel: (place: number, [value, points]: Corner) =>
              say(words.corner, { number: place + 1, value: plain(value), points }),
          }
        : {})}
      hint={
        <p className="muted small">
          {values.length === 0 ? say(words.noUnits) : say(words.units, { count: values.length })}
          {corners && <span className="no-phone"> · {say(words.cornerHint)}</span>}
        </p>
      }
    />
  )
}
