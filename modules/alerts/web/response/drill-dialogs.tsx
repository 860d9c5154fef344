/** Beginning a drill, its programme, and what it showed. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select } from 'antd'
import { colour as colourSchema, type Drill, type DrillProgramme } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { FormDialog } from '#platform/web/form/form-dialog.tsx'
import { useSay } from '#platform/web/language.tsx'
import { EntityPicker, KindPicker, PersonPicker } from '#platform/web/parts/pickers.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { READ_AGAIN } from './api.ts'

const text = words.drill
const FINDING_DAYS = 14

const useNeed = () => {
  const say = useSay()
  return [{ required: true, message: say(text.need) }]
}

function usePlanOptions() {
  const say = useSay()
  const plans = useQuery(alerts.listResponsePlans.queryOptions()).data ?? []
  return plans.filter((plan) => plan.active).map((plan) => ({ value: plan.id, label: say(plan.title) }))
}

export function StartDialog({ leave }: { leave: () => void }) {
  const say = useSay()
  const options = usePlanOptions()
  const start = useAct(alerts.startDrill.call, {
    quiet: true,
    done: text.begun,
    refresh: READ_AGAIN,
    onDone: leave,
  })
  return (
    <FormDialog<{ plan: string; entity?: string }>
      title={say(text.startNow)}
      act={start}
      finish={({ plan, entity }) => start.run({ plan, entity: entity ?? null })}
      leave={leave}
    >
      <Form.Item name="plan" label={say(text.plan)} rules={useNeed()}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item name="entity" label={say(text.entity)}>
        <EntityPicker />
      </Form.Item>
    </FormDialog>
  )
}

export function ProgrammeDialog({ programme, leave }: { programme: DrillProgramme; leave: () => void }) {
  const say = useSay()
  const options = usePlanOptions()
  const save = useAct(alerts.saveDrillProgramme.call, {
    quiet: true,
    done: text.saved,
    refresh: READ_AGAIN,
    onDone: leave,
  })
  return (
    <FormDialog<DrillProgramme>
      title={say(text.programme)}
      act={save}
      initial={programme}
      finish={(values) => save.run({ ...values, entityKind: values.entityKind ?? null })}
      leave={leave}
    >
      <Form.Item name="perQuarter" label={say(text.perQuarter)} rules={useNeed()}>
        <InputNumber<number> min={0} max={24} precision={0} />
      </Form.Item>
      <Form.Item name="plans" label={say(text.plans)}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item name="entityKind" label={say(text.entityKind)}>
        <KindPicker allowClear />
      </Form.Item>
      <Form.Item name="colour" label={say(text.colour)}>
        <Select options={colourSchema.options.map((one) => ({ value: one, label: say(words.colour[one]) }))} />
      </Form.Item>
    </FormDialog>
  )
}

export function FindingDialog({ drill, leave }: { drill: Drill; leave: () => void }) {
  const say = useSay()
  const add = useAct(alerts.addFinding.call, { quiet: true, done: text.added, refresh: READ_AGAIN, onDone: leave })
  return (
    <FormDialog<{ text: string; owner?: string; dueDays: number }>
      title={say(text.addFinding)}
      act={add}
      initial={{ dueDays: FINDING_DAYS }}
      finish={(values) => add.run({ ...values, id: drill.id, owner: values.owner ?? null })}
      leave={leave}
    >
      <Form.Item name="text" label={say(text.findingText)} rules={useNeed()}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <Form.Item name="owner" label={say(text.owner)}>
        <PersonPicker allowClear />
      </Form.Item>
      <Form.Item name="dueDays" label={say(text.dueDays)} rules={useNeed()}>
        <InputNumber<number> min={1} max={366} precision={0} />
      </Form.Item>
    </FormDialog>
  )
}

export function SolveDialog({ drill, finding, leave }: { drill: Drill; finding: string; leave: () => void }) {
  const say = useSay()
  const solve = useAct(alerts.finishFinding.call, {
    quiet: true,
    done: text.solved,
    refresh: READ_AGAIN,
    onDone: leave,
  })
  return (
    <FormDialog<{ remark: string }>
      title={say(text.finishFinding)}
      act={solve}
      finish={({ remark }) => solve.run({ id: drill.id, finding, remark })}
      leave={leave}
    >
      <Form.Item name="remark" label={say(text.howSolved)} rules={useNeed()}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
