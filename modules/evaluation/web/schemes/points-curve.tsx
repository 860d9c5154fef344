/** The rule of points as a small curve: value to the right, points upwards. */
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { words } from '../../words.ts'

const WIDTH = 280
const HEIGHT = 120
const LEFT = 28
const RIGHT = 12
const TOP = 10
const BOTTOM = 22

export function PointsCurve({ points, unit }: { points: readonly (readonly [number, number])[] | null; unit: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const first = points?.[0]
  const last = points?.at(-1)
  if (!points || !first || !last) return <p className="muted small">{say(words.edit.curveWait)}</p>
  const from = first[0]
  const to = last[0]
  const span = to - from
  // A little flat line on both sides: outside the ends the points stay.
  const x = (value: number) => LEFT + 16 + ((value - from) * (WIDTH - LEFT - RIGHT - 32)) / span
  const y = (score: number) => TOP + ((100 - score) * (HEIGHT - TOP - BOTTOM)) / 100
  const line = points.map(([value, score]) => `${x(value).toFixed(1)} ${y(score).toFixed(1)}`)
  const path = `M${LEFT} ${y(first[1]).toFixed(1)} L${line.join(' L')} L${WIDTH - RIGHT} ${y(last[1]).toFixed(1)}`
  const told = say(words.edit.curve, { from: formatValue(from, unit, language), to: formatValue(to, unit, language) })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={told} style={{ maxWidth: WIDTH }}>
      {[0, 50, 100].map((score) => (
        <g key={score}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(score)} y2={y(score)} stroke="var(--line)" />
          <text x={LEFT - 6} y={y(score) + 4} textAnchor="end" fontSize="11" fill="var(--muted)">
            {score}
          </text>
        </g>
      ))}
      <path d={path} fill="none" stroke="var(--brand)" strokeWidth="2" />
      {points.map(([value, score]) => (
        <circle key={value} cx={x(value)} cy={y(score)} r="3.5" fill="var(--brand)" />
      ))}
      {[first, last].map(([value], index) => (
        <text
          key={value}
          x={x(value)}
          y={HEIGHT - 6}
          textAnchor={index === 0 ? 'start' : 'end'}
          fontSize="11"
          fill="var(--muted)"
        >
          {formatValue(value, unit, language)}
        </text>
      ))}
    </svg>
  )
}
