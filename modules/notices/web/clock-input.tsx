/** A time of day in 24 hours, whatever the machine's own habit: half hours to choose from. */
import { Select } from 'antd'

const TIMES = Array.from(
  { length: 48 },
  (_each, half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
)

export function ClockInput(props: {
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly id?: string
  readonly 'aria-label'?: string
}) {
  const { value, onChange, id } = props
  const times = value === undefined || TIMES.includes(value) ? TIMES : [value, ...TIMES].sort()
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(value === undefined ? {} : { value })}
      aria-label={props['aria-label']}
      showSearch
      onChange={(time) => onChange?.(time)}
      options={times.map((time) => ({ value: time, label: time }))}
      style={{ width: 110 }}
    />
  )
}
