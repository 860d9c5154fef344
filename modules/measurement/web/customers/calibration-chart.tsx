/** Expected against observed: on the line the forecast is right, bars are the 95 % interval. Plain SVG. */
import type { Accuracy } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'
import './calibration-chart.css'

const words = all.customers.forecast
const SIZE = 280
const EDGE = 48
/** Room above and to the right, for half of the last number. */
const SPARE = 18
/** Where the axes may end. */
const ENDS = [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1]

export function CalibrationChart({ groups, title }: { groups: Accuracy['calibration']; title: string }) {
  const say = useSay()
  const highest = Math.max(...groups.map((group) => Math.max(group.high, group.expected)))
  const most = ENDS.find((end) => end >= highest) ?? 1
  const x = (share: number) => EDGE + (share / most) * (SIZE - EDGE - SPARE)
  const y = (share: number) => SIZE - EDGE - (share / most) * (SIZE - EDGE - SPARE)
  const ticks = [0, most / 2, most]
  const percent = (share: number) => `${Math.round(1000 * share) / 10}%`
  return (
    <figure className="calibration">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={title}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="calibration-grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(most)} />
            <line className="calibration-grid" x1={x(0)} x2={x(most)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={y(0) + 14} textAnchor="middle">
              {percent(tick)}
            </text>
            <text x={x(0) - 4} y={y(tick) + 4} textAnchor="end">
              {percent(tick)}
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
        <text x={12} y={y(most / 2)} textAnchor="middle" transform={`rotate(-90 12 ${y(most / 2)})`}>
          {say(words.observed)}
        </text>
      </svg>
    </figure>
  )
}
