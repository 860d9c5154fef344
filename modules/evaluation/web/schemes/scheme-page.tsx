/** Editor of a scheme: whom it ranks, by which indicators, with which weights and points; try it before saving it. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { Scheme } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { EntityPicker, KindPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useGo, useParam } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import '../evaluation.css'
import { draftOf, emptyItem, formOf, type SchemeForm } from './scheme-form.ts'
import { SchemeItems } from './scheme-items.tsx'
import { SchemePreview } from './scheme-preview.tsx'

const edit = words.edit
const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
const ID = /^[a-z][a-z0-9-]{1,79}$/

export function NewSchemePage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  return (
    <PageFrame
      title={say(edit.newTitle)}
      lead={say(edit.lead)}
      crumbs={[{ title: say(words.title), to: '/evaluate' }]}
      may="schemes.edit"
    >
      <Loaded query={schemes} waiting={<Waiting rows={8} />}>
        {(all) => <Editor key="new" scheme={undefined} id={`scheme-${all.length + 1}`} />}
      </Loaded>
    </PageFrame>
  )
}

export function SchemePage() {
  const say = useSay()
  const id = useParam('id')
  const scheme = useQuery(evaluation.readScheme.queryOptions({ input: { id } }))
  return (
    <PageFrame
      title={say(edit.title, { name: scheme.data ? say(scheme.data.title) : id })}
      lead={say(edit.lead)}
      crumbs={[{ title: say(words.title), to: `/evaluate?scheme=${id}` }]}
      may="schemes.edit"
    >
      <Loaded query={scheme} waiting={<Waiting rows={8} />}>
        {(one) => <Editor key={one.id} scheme={one} id={one.id} />}
      </Loaded>
    </PageFrame>
  )
}

function Editor({ scheme, id }: { scheme: Scheme | undefined; id: string }) {
  const say = useSay()
  const go = useGo()
  const [form] = Form.useForm<SchemeForm>()
  const touched = useLeaveGuard()
  const save = useAct(evaluation.saveScheme.call, {
    quiet: true,
    done: edit.saved,
    refresh: ['evaluation'],
    onDone: (answer) => {
      touched(false)
      go(`/evaluate?scheme=${answer.id}`)
    },
  })
  useFieldProblems(form, save.error)
  // Read once: news of other people's changes must not overwrite what is being typed.
  const [start] = useState<SchemeForm>(() =>
    scheme
      ? formOf(scheme)
      : { id, titleZh: '', grain: 'month', redistributedWeightMost: 40, items: [{ ...emptyItem(), weight: 100 }] },
  )
  const submit = (values: SchemeForm) => {
    const draft = draftOf({ ...start, ...values })
    if (draft) save.run(draft)
  }
  return (
    <Form<SchemeForm>
      form={form}
      layout="vertical"
      initialValues={start}
      onValuesChange={() => touched(true)}
      onFinish={submit}
      scrollToFirstError={{ block: 'center' }}
    >
      <Whom fresh={scheme === undefined} />
      <Section title={say(edit.items)} lead={say(edit.itemsLead)}>
        <SchemeItems />
      </Section>
      <SchemePreview saved={scheme?.id} day={undefined} />
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="row" style={{ paddingTop: 16 }}>
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(scheme ? edit.save : edit.create)}
        </Button>
        <Button onClick={() => go(scheme ? `/evaluate?scheme=${scheme.id}` : '/evaluate')}>
          {say(floorWords.act.cancel)}
        </Button>
        {save.busy && <span className="muted">{say(edit.saving)}</span>}
      </div>
    </Form>
  )
}

function Whom({ fresh }: { fresh: boolean }) {
  const say = useSay()
  return (
    <Section title={say(edit.whom)}>
      <div className="columns">
        <Form.Item
          className="narrow"
          name="titleZh"
          label={say(edit.titleZh)}
          rules={[{ required: true, whitespace: true, message: say(edit.needTitle) }]}
        >
          <Input maxLength={200} autoFocus={fresh} />
        </Form.Item>
        <Form.Item className="narrow" name="titleEn" label={say(edit.titleEn)}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          className="narrow"
          name="id"
          label={say(edit.id)}
          extra={say(edit.idHint)}
          rules={[{ required: true, pattern: ID, message: say(edit.needId) }]}
        >
          <Input disabled={!fresh} maxLength={80} />
        </Form.Item>
        <Form.Item className="narrow" name="grain" label={say(edit.grain)}>
          <Select options={GRAINS.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))} />
        </Form.Item>
        <Form.Item
          className="narrow"
          name="entityKind"
          label={say(edit.kind)}
          rules={[{ required: true, message: say(edit.needKind) }]}
        >
          <KindPicker />
        </Form.Item>
        <Form.Item className="narrow" name="below" label={say(edit.below)}>
          <EntityPicker />
        </Form.Item>
        <Form.Item
          className="narrow"
          name="redistributedWeightMost"
          label={say(edit.redistribute)}
          extra={say(edit.redistributeHint)}
        >
          <InputNumber<number> min={0} max={90} step={5} suffix="%" style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </Section>
  )
}
