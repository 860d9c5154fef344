/** Which column is what. */
import { Button, Form, Input, Radio, Select } from 'antd'
import type { MappingDefinition } from '#measurement/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { definitionOf, type MappingValues, valuesOf } from './mapping-values.ts'

const words = all.imports
const formats = [
  'auto',
  'iso',
  'year-month-day',
  'month-day-year',
  'day-month-year',
  'epoch-seconds',
  'epoch-milliseconds',
] as const

export interface MappingFormProps {
  readonly name: string
  readonly initial: MappingDefinition | null
  readonly columns: readonly string[]
  readonly busy: boolean
  readonly error: unknown
  readonly onSave: (mapping: { name: string; definition: MappingDefinition }) => void
}

const useNeeded = () => {
  const say = useSay()
  return (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
}

export function MappingForm(props: MappingFormProps) {
  const say = useSay()
  const needed = useNeeded()
  const options = props.columns.map((column) => ({ value: column, label: column }))
  return (
    <Form<MappingValues>
      layout="vertical"
      initialValues={valuesOf(props.name, props.initial)}
      onFinish={(values) => props.onSave({ name: values.name.trim(), definition: definitionOf(values, props.initial) })}
      scrollToFirstError={{ block: 'center' }}
      style={{ maxWidth: 720 }}
    >
      <Form.Item
        name="eventType"
        label={say(words.eventType)}
        extra={say(words.eventTypeWhy)}
        rules={needed(words.eventType)}
      >
        <Input maxLength={100} />
      </Form.Item>
      <EntityPart options={options} />
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="timeColumn" label={say(words.timeColumn)} rules={needed(words.timeColumn)}>
          <Select showSearch options={options} style={{ width: 260 }} />
        </Form.Item>
        <Form.Item name="timeFormat" label={say(words.timeFormat)}>
          <Select
            options={formats.map((format) => ({ value: format, label: say(words.formats[format]) }))}
            style={{ width: 180 }}
          />
        </Form.Item>
      </div>
      <FactParts options={options} />
      <Durations options={options} />
      <EmptyNumber />
      <Form.Item
        name="name"
        label={say(words.mappingName)}
        extra={say(words.mappingNameWhy)}
        rules={needed(words.mappingName)}
      >
        <Input maxLength={100} />
      </Form.Item>
      <div className="stack">
        <ProblemNotice error={props.error} />
        <div>
          <Button type="primary" htmlType="submit" loading={props.busy}>
            {say(words.tryIt)}
          </Button>
        </div>
      </div>
    </Form>
  )
}

type Options = { options: { value: string; label: string }[] }

function EmptyNumber() {
  const say = useSay()
  return (
    <Form.Item name="emptyNumber" label={say(words.emptyNumber)}>
      <Radio.Group
        options={[
          { value: 'absent', label: say(words.emptyAbsent) },
          { value: 'zero', label: say(words.emptyZero) },
          { value: 'refuse', label: say(words.emptyRefuse) },
        ]}
      />
    </Form.Item>
  )
}

function FactParts({ options }: Options) {
  const say = useSay()
  return (
    <>
      <Form.Item name="identity" label={say(words.identity)} extra={say(words.identityWhy)}>
        <Select mode="multiple" options={options} />
      </Form.Item>
      <Form.Item name="attributes" label={say(words.attributes)} extra={say(words.attributesWhy)}>
        <Select mode="multiple" options={options} />
      </Form.Item>
      <Form.Item name="values" label={say(words.values)} extra={say(words.valuesWhy)}>
        <Select mode="multiple" options={options} />
      </Form.Item>
    </>
  )
}

function EntityPart({ options }: Options) {
  const say = useSay()
  const needed = useNeeded()
  const by = Form.useWatch<MappingValues['entityBy'] | undefined>('entityBy')
  const unknown = Form.useWatch<MappingValues['unknownEntities'] | undefined>('unknownEntities')
  return (
    <>
      <Form.Item name="entityBy">
        <Radio.Group
          options={[
            { value: 'columns', label: say(words.entityColumns) },
            { value: 'key', label: say(words.entityFixed) },
          ]}
        />
      </Form.Item>
      {by === 'key' ? (
        <Form.Item name="entityKey" rules={needed(words.entityFixed)}>
          <EntityPicker />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="entityColumns" extra={say(words.entityColumnsWhy)} rules={needed(words.entityColumns)}>
            <Select mode="multiple" maxCount={5} options={options} aria-label={say(words.entityColumns)} />
          </Form.Item>
          <Form.Item name="unknownEntities" label={say(words.unknownEntities)}>
            <Radio.Group
              options={[
                { value: 'refuse', label: say(words.refuse) },
                { value: 'create', label: say(words.create) },
              ]}
            />
          </Form.Item>
          {unknown === 'create' && (
            <div className="row" style={{ alignItems: 'flex-start' }}>
              <Form.Item name="createdKind" label={say(words.createdKind)} rules={needed(words.createdKind)}>
                <Input maxLength={50} />
              </Form.Item>
              <Form.Item name="createdBelow" label={say(words.createdBelow)}>
                <EntityPicker />
              </Form.Item>
            </div>
          )}
        </>
      )}
    </>
  )
}

function Durations({ options }: Options) {
  const say = useSay()
  const needed = useNeeded()
  return (
    <Form.Item label={say(words.durations)}>
      <Form.List name="durations">
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <div key={row.key} className="row" style={{ alignItems: 'flex-start' }}>
                <Form.Item name={[row.name, 'name']} rules={needed(words.durationName)} noStyle>
                  <Input placeholder={say(words.durationName)} style={{ width: 160 }} />
                </Form.Item>
                <Form.Item name={[row.name, 'hoursFrom']} rules={needed(words.durationFrom)} noStyle>
                  <Select showSearch options={options} placeholder={say(words.durationFrom)} style={{ width: 180 }} />
                </Form.Item>
                <Form.Item name={[row.name, 'hoursTo']} rules={needed(words.durationTo)} noStyle>
                  <Select showSearch options={options} placeholder={say(words.durationTo)} style={{ width: 180 }} />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>{say(floorWords.act.remove)}</Button>
              </div>
            ))}
            <div>
              <Button onClick={() => add({})}>{say(words.addDuration)}</Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  )
}
