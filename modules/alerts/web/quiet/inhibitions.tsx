/** Which alerts speak for others: read as sentences, changed as a list. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { Colour, InhibitionDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { useRuleNames } from '../rule-names.ts'

const text = words.quiet.inhibit
const COLOURS: readonly Colour[] = ['red', 'orange', 'yellow']

export function Inhibitions() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [editing, setEditing] = useState(false)
  const list = useQuery(alerts.listInhibitions.queryOptions())
  return (
    <Section
      title={say(text.title)}
      lead={say(text.lead)}
      actions={mayEdit && !editing && <Button onClick={() => setEditing(true)}>{say(text.edit)}</Button>}
    >
      <Loaded query={list} rows={2}>
        {(all) => (editing ? <Editing list={all} leave={() => setEditing(false)} /> : <Told list={all} />)}
      </Loaded>
    </Section>
  )
}

function Told({ list }: { list: readonly InhibitionDraft[] }) {
  const say = useSay()
  const ruleOf = useRuleNames(list.length > 0)
  const told = ({ rule, colour }: { rule: string | null; colour: Colour | null }) =>
    say(text.told, {
      source: rule === null ? say(text.anyRule) : ruleOf(rule),
      sourceColour: say(colour === null ? text.anyColour : words.colour[colour]),
    })
  if (list.length === 0) return <p className="muted">{say(text.none)}</p>
  return (
    <ul className="duties">
      {list.map((one) => (
        <li key={one.id} className="duty">
          <div className="duty-main">
            <strong>
              {told(one.source)} → {told(one.target)}
            </strong>
            <span className="muted small">{one.reason}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface Row extends Omit<Partial<InhibitionDraft>, 'source' | 'target'> {
  source: { rule?: string; colour?: Colour | null }
  target: { rule?: string | null; colour?: Colour | null }
}

/** What stands in the form as the server takes it; new rows get a free id. */
function listOf(rows: readonly Row[]): InhibitionDraft[] {
  const taken = new Set(rows.map((row) => row.id))
  return rows.map((row, place) => {
    let id = row.id
    for (let count = place + 1; id === undefined; count += 1) {
      if (!taken.has(`inhibition-${count}`)) id = `inhibition-${count}`
    }
    taken.add(id)
    return {
      id,
      source: { rule: row.source.rule ?? '', colour: row.source.colour ?? null },
      target: { rule: row.target.rule ?? null, colour: row.target.colour ?? null },
      reason: row.reason ?? '',
    }
  })
}

function Editing({ list, leave }: { list: readonly InhibitionDraft[]; leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<{ rows: Row[] }>()
  const save = useAct(alerts.saveInhibitions.call, {
    quiet: true,
    done: text.saved,
    refresh: ['alerts'],
    onDone: leave,
  })
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ rows: list }}
      onFinish={({ rows }) => save.run({ inhibitions: listOf(rows) })}
    >
      <Form.List name="rows">
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <InhibitionRow key={row.key} place={row.name} remove={() => remove(row.name)} />
            ))}
            <div>
              <Button size="small" onClick={() => add({ source: {}, target: {} })}>
                {say(text.add)}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="row" style={{ marginTop: 12 }}>
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(floorWords.act.save)}
        </Button>
        <Button onClick={leave}>{say(floorWords.act.cancel)}</Button>
      </div>
    </Form>
  )
}

function InhibitionRow({ place, remove }: { place: number; remove: () => void }) {
  const say = useSay()
  const rules = useQuery(alerts.listRules.queryOptions()).data ?? []
  const ruleOptions = rules.map((rule) => ({ value: rule.id, label: say(rule.title) }))
  const colourOptions = COLOURS.map((one) => ({ value: one, label: say(words.colour[one]) }))
  const need = { required: true, message: say(words.quiet.need) }
  const side = (name: 'source' | 'target', must: boolean) => (
    <>
      <Form.Item
        name={[place, name, 'rule']}
        label={say(text[name])}
        style={{ minWidth: 200, flex: '1 1 200px' }}
        {...(must ? { rules: [need] } : {})}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={ruleOptions}
          {...(must ? {} : { allowClear: true, placeholder: say(text.anyRule) })}
        />
      </Form.Item>
      <Form.Item name={[place, name, 'colour']} label={say(words.column.colour)}>
        <Select allowClear placeholder={say(text.anyColour)} options={colourOptions} style={{ width: 120 }} />
      </Form.Item>
    </>
  )
  return (
    <div className="level-row duty-form">
      {side('source', true)}
      {side('target', false)}
      <Form.Item
        name={[place, 'reason']}
        label={say(words.quiet.reason)}
        rules={[{ ...need, whitespace: true, min: 2 }]}
        style={{ flex: '1 1 220px' }}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Button type="text" onClick={remove} className="duty-remove">
        {say(words.policy.remove)}
      </Button>
    </div>
  )
}
