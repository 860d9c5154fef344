/** How the plan is proved: method, comparison units, what is left out, how long it is watched. */
import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { proofMethod } from '#plans/contract'
import { useSay } from '#platform/web/language.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { proofWords } from '../../words/proof.ts'
import type { PlanForm } from './plan-form.ts'

const FOUND_LIMIT = 50

export function MethodFields() {
  const say = useSay()
  const form = Form.useFormInstance<PlanForm>()
  const method = Form.useWatch(['verification', 'method'], form) as string | undefined
  const compared = method !== undefined && method !== 'interrupted-time-series'
  return (
    <div className="columns">
      <Form.Item
        className="half"
        name={['verification', 'method']}
        label={say(proofWords.method)}
        extra={say(proofWords.methodWhy)}
      >
        <Select
          options={proofMethod.options.map((value) => ({ value, label: say(proofWords.methods[value]) }))}
          onChange={(value) => {
            if (value === 'interrupted-time-series') form.setFieldValue(['verification', 'comparison'], [])
          }}
        />
      </Form.Item>
      {compared && (
        <Form.Item
          className="half"
          name={['verification', 'comparison']}
          label={say(proofWords.comparison)}
          extra={say(proofWords.comparisonWhy)}
        >
          <EntitiesPicker />
        </Form.Item>
      )}
      <Count name="equivalenceMargin" label={proofWords.margin} why={proofWords.marginWhy} />
      <Count name="runUpPeriods" label={proofWords.runUp} why={proofWords.runUpWhy} most={60} />
      <Count name="watchPeriods" label={proofWords.watch} why={proofWords.watchWhy} most={120} />
    </div>
  )
}

interface CountProps {
  readonly name: string
  readonly label: typeof proofWords.margin | typeof proofWords.runUp | typeof proofWords.watch
  readonly why: { readonly zh: string; readonly en: string }
  /** Absent: any figure, not only whole ones. */
  readonly most?: number
}

function Count({ name, label, why, most }: CountProps) {
  const say = useSay()
  const whole = most === undefined ? {} : { max: most, precision: 0 }
  return (
    <Form.Item className="narrow" name={['verification', name]} label={say(label)} extra={say(why)}>
      <InputNumber<number> min={0} {...whole} style={{ width: '100%' }} />
    </Form.Item>
  )
}

interface PickerProps {
  readonly value?: string[]
  readonly onChange?: (value: string[]) => void
  readonly id?: string
}

/** Several units, searched on the server by name. */
function EntitiesPicker({ value = [], onChange, id }: PickerProps) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const may = useMay('entities.read')
  const found = useQuery({
    ...organisation.listEntities.queryOptions({ input: { limit: FOUND_LIMIT, ...(search ? { search } : {}) } }),
    enabled: may,
  })
  const options = (found.data?.rows ?? []).map((entity) => ({ value: entity.key, label: entity.name }))
  return (
    <Select<string[]>
      mode="multiple"
      {...(id === undefined ? {} : { id })}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
      showSearch={{ filterOption: false, onSearch: setTyped }}
    />
  )
}
