/** How many answers a group needs before anything is told of it: one form, with the consequences beside it. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, InputNumber, Select } from 'antd'
import { type ProtectionDraft, type ProtectionSetting, SMALLEST_GROUP_FLOOR } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { protectionWords as words } from '../../words/protection.ts'
import { measurement } from '../api.ts'

const CEILING = 1000

export function ProtectionPage() {
  const say = useSay()
  const setting = useQuery(measurement.readProtection.queryOptions())
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)}>
      <Section>
        <Loaded query={setting} rows={4}>
          {(kept) => <ProtectionForm kept={kept} key={kept.changedAt} />}
        </Loaded>
      </Section>
    </PageFrame>
  )
}

const isLower = (draft: ProtectionDraft, kept: ProtectionSetting) =>
  draft.smallestGroup < kept.smallestGroup ||
  draft.smallestStaffGroup < kept.smallestStaffGroup ||
  kept.staffKinds.some((kind) => !draft.staffKinds.includes(kind))

function ProtectionForm({ kept }: { kept: ProtectionSetting }) {
  const say = useSay()
  const ask = useAsk()
  const may = useMay('protection.edit')
  const [form] = Form.useForm<ProtectionDraft>()
  const save = useAct((draft: ProtectionDraft) => measurement.saveProtection.call(draft), {
    done: words.saved,
    refresh: ['measurement', 'evaluation'],
    quiet: true,
  })
  useFieldProblems(form, save.error)
  const submit = (draft: ProtectionDraft) => {
    if (!isLower(draft, kept)) save.run(draft)
    else
      ask({
        title: say(words.lower),
        lost: say(words.lowerWhy),
        deed: say(words.lowerDo),
        onYes: () => save.run(draft),
      })
  }
  return (
    <Form<ProtectionDraft>
      form={form}
      layout="vertical"
      disabled={!may}
      initialValues={kept}
      onFinish={submit}
      style={{ maxWidth: 560 }}
    >
      <Alert type="info" showIcon title={say(words.floor)} style={{ marginBottom: 16 }} />
      {(['smallestGroup', 'smallestStaffGroup'] as const).map((name) => (
        <Form.Item key={name} name={name} label={say(words[name])} rules={[{ required: true }]}>
          <InputNumber
            min={SMALLEST_GROUP_FLOOR}
            max={CEILING}
            precision={0}
            suffix={say(words.answers)}
            style={{ width: 160 }}
          />
        </Form.Item>
      ))}
      <Form.Item name="staffKinds" label={say(words.staffKinds)} extra={say(words.staffKindsWhy)}>
        <Select<string[]> mode="tags" />
      </Form.Item>
      <div className="stack">
        <ProblemNotice error={save.error} />
        <div className="row">
          {may && (
            <Button type="primary" htmlType="submit" loading={save.busy}>
              {say(words.save)}
            </Button>
          )}
          <SetBy kept={kept} />
        </div>
      </div>
    </Form>
  )
}

function SetBy({ kept }: { kept: ProtectionSetting }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <span className="muted small">
      {kept.changedAt === null
        ? say(words.usual)
        : say(words.changed, { by: kept.changedBy ?? '', at: instantName(kept.changedAt, language) })}
    </span>
  )
}
