/** A calendar day as text YYYY-MM-DD, entered with the browser's own date field: light, and at home on a phone. */
import { Input } from 'antd'

export function DayInput(props: {
  value?: string | null | undefined
  onChange?: (day: string) => void
  id?: string
  min?: string | undefined
  max?: string | undefined
  disabled?: boolean
  'aria-label'?: string
}) {
  return (
    <Input
      type="date"
      {...(props.id ? { id: props.id } : {})}
      value={props.value ?? ''}
      onChange={(event) => props.onChange?.(event.target.value)}
      disabled={props.disabled ?? false}
      aria-label={props['aria-label']}
      style={{ width: 150 }}
      {...(props.min ? { min: props.min } : {})}
      {...(props.max ? { max: props.max } : {})}
    />
  )
}
