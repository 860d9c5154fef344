/** A day and a half hour of the organisation's wall clock, and the instant they mean. */
import { Select } from 'antd'
import { DayInput } from '#platform/web/parts/day-input.tsx'

const HALF_HOURS = Array.from({ length: 48 }, (_unused, half) => {
  const time = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`
  return { value: time, label: time }
})

/** `value` is written YYYY-MM-DDTHH:MM. */
export function DayTime(props: { value?: string; onChange?: (value: string) => void; label: string }) {
  const [day = '', time = '08:00'] = (props.value ?? '').split('T')
  return (
    <span className="row">
      <DayInput value={day} aria-label={props.label} onChange={(next) => props.onChange?.(`${next}T${time}`)} />
      <Select<string>
        aria-label={props.label}
        showSearch
        value={time}
        options={HALF_HOURS}
        onChange={(next) => props.onChange?.(`${day}T${next}`)}
        style={{ width: 90 }}
      />
    </span>
  )
}

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function aheadMilliseconds(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - instant
}

/** The instant a wall clock of the zone shows; asked twice, so that a change of summer time between is met. */
export function instantOf(dayTime: string, timeZone: string): string {
  const wall = Date.parse(`${dayTime}:00Z`)
  const first = wall - aheadMilliseconds(wall, timeZone)
  return new Date(wall - aheadMilliseconds(first, timeZone)).toISOString()
}
