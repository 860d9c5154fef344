/** Expected against observed: on the line the forecast is right, bars are the 95 % interval. Plain SVG. */
import type { Accuracy } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'
import './calibration-chart.css'

const words = all.customers.forecast
const SIZE = 280
const EDGE = 40

export function CalibrationChart({ groups, title }: { groups: Accuracy['calibration']; title: string }) {
  const say = useSay()
  const most = Math.min(1, Math.max(0.05, ...groups.map((group) => Math.max(group.high, group.expected))) * 1.05)
  const x = (share: number) => EDGE + (share / most) * (SIZE - EDGE - 8)
  const y = (share: number) => SIZE - EDGE - (share / most) * (SIZE - EDGE - 8)
  const ticks = [0, most / 2, most]
  return (
    <figure className="calibration">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={title}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="calibration-grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(most)} />
            <line className="calibration-grid" x1={x(0)} x2={x(most)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={y(0) + 14} textAnchor="middle">
              {Math.round(100 * tick)}%
            </text>
            <text x={x(0) - 4} y={y(tick) + 4} textAnchor="end">
              {Math.round(100 * tick)}%
            </text>
          </g>
        ))}
        <line className="calibration-right" x1={x(0)} y1={y(0)} x2={x(most)} y2={y(most)} />
        {groups.map((group, index) => (
          // Groups stand in their order and never move.
          <g key={index} className={group.inside ? 'inside' : 'off'}>
            <line x1={x(group.expected)} x2={x(group.expected)} y1={y(group.low)} y2={y(group.high)} />
            <circle cx={x(group.expected)} cy={y(group.observed)} r="4" />
          </g>
        ))}
        <text x={x(most / 2)} y={SIZE - 8} textAnchor="middle">
          {say(words.expected)}
        </text>
        <text x={10} y={y(most / 2)} textAnchor="middle" transform={`rotate(-90 10 ${y(most / 2)})`}>
          {say(words.observed)}
        </text>
      </svg>
    </figure>
  )
}
