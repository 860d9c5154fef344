/** What a data source is told: where from, when, how its rows are read, and who waits for it. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import type { Source, SourceDraft, SourceSettings } from '#measurement/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { PersonPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.sources
export type SourceKind = SourceSettings['kind']
export const KINDS: readonly SourceKind[] = ['folder', 'pull', 'webhook', 'stream']

interface Values {
  readonly title: string
  readonly mapping?: string
  readonly ownerId?: string
  readonly expectWithinMinutes?: number | null
  readonly refuseRepeats?: boolean
  readonly folder?: string
  readonly pattern?: string
  readonly url?: string
  readonly by?: 'minutes' | 'cron'
  readonly everyMinutes?: number
  readonly cron?: string
  readonly headers?: { name: string; value: string }[]
  readonly keyId?: string
}

function valuesOf(source: Source | null): Partial<Values> {
  const usual = { pattern: '*', by: 'minutes' as const, everyMinutes: 60, refuseRepeats: false }
  if (!source?.settings) return usual
  const { settings } = source
  return {
    ...usual,
    title: source.title,
    ...(source.mapping === null ? {} : { mapping: source.mapping }),
    ...(source.owner === null ? {} : { ownerId: source.owner.id }),
    expectWithinMinutes: source.expectWithinMinutes,
    refuseRepeats: source.refuseRepeats,
    ...(settings.kind === 'folder' ? { folder: settings.folder, pattern: settings.pattern } : {}),
    ...(settings.kind === 'stream' ? { keyId: settings.keyId } : {}),
    ...(settings.kind === 'pull' ? { url: settings.url } : {}),
    ...(settings.kind === 'pull' && 'cron' in settings.schedule
      ? { by: 'cron' as const, cron: settings.schedule.cron }
      : {}),
    ...(settings.kind === 'pull' && 'everyMinutes' in settings.schedule
      ? { everyMinutes: settings.schedule.everyMinutes }
      : {}),
  }
}

function settingsOf(kind: SourceKind, values: Values): SourceSettings {
  switch (kind) {
    case 'folder':
      return { kind, folder: values.folder ?? '', pattern: values.pattern ?? '*' }
    case 'pull': {
      const schedule = values.by === 'cron' ? { cron: values.cron ?? '' } : { everyMinutes: values.everyMinutes ?? 60 }
      return { kind, url: values.url ?? '', schedule, headers: [] }
    }
    case 'stream':
      return { kind, keyId: values.keyId ?? '' }
    default:
      return { kind: 'webhook' }
  }
}

const draftOf = (kind: SourceKind, values: Values): SourceDraft => ({
  title: values.title,
  settings: settingsOf(kind, values),
  mapping: values.mapping ?? null,
  ownerId: values.ownerId ?? null,
  expectWithinMinutes: values.expectWithinMinutes ?? null,
  refuseRepeats: values.refuseRepeats ?? false,
  ...(values.headers && values.headers.length > 0 ? { headers: values.headers } : {}),
})

export interface SourceFormProps {
  readonly kind: SourceKind
  readonly source: Source | null
  readonly busy: boolean
  readonly error: unknown
  readonly onSave: (draft: SourceDraft) => void
}

const useNeeded = () => {
  const say = useSay()
  return (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
}

export function SourceForm({ kind, source, busy, error, onSave }: SourceFormProps) {
  const say = useSay()
  const needed = useNeeded()
  const [form] = Form.useForm<Values>()
  const mappings = useQuery(measurement.listMappings.queryOptions())
  useFieldProblems(form, error)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={valuesOf(source)}
      onFinish={(values) => onSave(draftOf(kind, values))}
      style={{ maxWidth: 640 }}
    >
      <Form.Item name="title" label={say(words.name)} rules={needed(words.name)}>
        <Input maxLength={100} />
      </Form.Item>
      {kind === 'folder' && <FolderPart />}
      {kind === 'pull' && <PullPart source={source} />}
      {kind === 'stream' && (
        <Form.Item name="keyId" label={say(words.keyId)} extra={say(words.keyIdWhy)} rules={needed(words.keyId)}>
          <Input maxLength={100} />
        </Form.Item>
      )}
      {kind !== 'stream' && (
        <Form.Item name="mapping" label={say(words.mapping)}>
          <Select
            allowClear
            placeholder={say(words.isEvents)}
            options={(mappings.data ?? []).map((one) => ({ value: one.name, label: one.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="ownerId" label={say(words.owner)}>
        <PersonPicker allowClear />
      </Form.Item>
      <Form.Item name="expectWithinMinutes" label={say(words.expect)} extra={say(words.expectWhy)}>
        <InputNumber min={1} max={527_040} style={{ width: 160 }} />
      </Form.Item>
      {kind !== 'stream' && (
        <Form.Item
          name="refuseRepeats"
          label={say(words.refuseRepeats)}
          extra={say(words.repeatsWhy)}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      )}
      <ProblemNotice error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {say(words.save)}
      </Button>
    </Form>
  )
}

function FolderPart() {
  const say = useSay()
  const needed = useNeeded()
  const sources = useQuery(measurement.listSources.queryOptions())
  return (
    <>
      {sources.data?.foldersAllowed === false && <Alert type="warning" showIcon title={say(words.foldersOff)} />}
      <Form.Item name="folder" label={say(words.folder)} extra={say(words.folderWhy)}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="pattern" label={say(words.pattern)} extra={say(words.patternWhy)} rules={needed(words.pattern)}>
        <Input maxLength={100} />
      </Form.Item>
    </>
  )
}

function PullPart({ source }: { source: Source | null }) {
  const say = useSay()
  const needed = useNeeded()
  const by = Form.useWatch<Values['by']>('by')
  const kept = source?.settings?.kind === 'pull' ? source.settings.headers : []
  return (
    <>
      <Form.Item name="url" label={say(words.url)} rules={needed(words.url)}>
        <Input type="url" maxLength={2000} placeholder="https://" />
      </Form.Item>
      <Form.Item name="by" label={say(words.schedule)}>
        <Radio.Group
          options={[
            { value: 'minutes', label: say(words.every) },
            { value: 'cron', label: say(words.cron) },
          ]}
        />
      </Form.Item>
      {by === 'cron' ? (
        <Form.Item name="cron" label={say(words.cron)} extra={say(words.cronWhy)} rules={needed(words.cron)}>
          <Input maxLength={100} />
        </Form.Item>
      ) : (
        <Form.Item name="everyMinutes" label={say(words.minutes)} rules={needed(words.minutes)}>
          <InputNumber min={1} max={527_040} style={{ width: 160 }} />
        </Form.Item>
      )}
      <Form.Item
        label={say(words.headers)}
        extra={kept.length > 0 ? say(words.headersKept, { names: kept.join(', ') }) : say(words.headersWhy)}
      >
        <Form.List name="headers">
          {(rows, { add, remove }) => (
            <div className="stack">
              {rows.map((row) => (
                <div key={row.key} className="row">
                  <Form.Item name={[row.name, 'name']} noStyle rules={needed(words.headerName)}>
                    <Input aria-label={say(words.headerName)} placeholder="Authorization" style={{ width: 180 }} />
                  </Form.Item>
                  <Form.Item name={[row.name, 'value']} noStyle rules={needed(words.headerValue)}>
                    <Input.Password aria-label={say(words.headerValue)} autoComplete="off" style={{ width: 260 }} />
                  </Form.Item>
                  <Button onClick={() => remove(row.name)}>{say(words.dropHeader)}</Button>
                </div>
              ))}
              <Button onClick={() => add()}>{say(words.addHeader)}</Button>
            </div>
          )}
        </Form.List>
      </Form.Item>
    </>
  )
}
