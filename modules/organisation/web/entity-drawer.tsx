/** Adding and changing one unit. */
import { Button, Drawer, Form, Input, InputNumber } from 'antd'
import { useEffect } from 'react'
import type { Entity, EntityDraft } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { organisation } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../words.ts'

const words = all.entities
export type EntityEdit = { kind: 'new'; parentKey: string | null } | { kind: 'change'; entity: Entity }

const draftOf = (edit: EntityEdit): Partial<EntityDraft> => {
  if (edit.kind === 'new') return { parentKey: edit.parentKey }
  const { key, name, kind, parentKey, region, latitudeDegrees, longitudeDegrees, attributes } = edit.entity
  return { key, name, kind, parentKey, region, latitudeDegrees, longitudeDegrees, attributes }
}

export function EntityDrawer({ edit, onClose }: { edit: EntityEdit | null; onClose: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<EntityDraft>()
  const save = useAct(
    (draft: EntityDraft) =>
      edit?.kind === 'change' ? organisation.updateEntity.call(draft) : organisation.createEntity.call(draft),
    { quiet: true, done: words.saved, refresh: ['organisation'], onDone: onClose },
  )
  useFieldProblems(form, save.error)
  const { forget } = save
  useEffect(() => {
    if (!edit) return
    forget()
    form.resetFields()
    form.setFieldsValue(draftOf(edit))
  }, [edit, form, forget])
  const submit = (values: EntityDraft) =>
    save.run({
      ...(edit ? draftOf(edit) : {}),
      ...values,
      parentKey: values.parentKey || null,
      region: values.region?.trim() || null,
      latitudeDegrees: values.latitudeDegrees ?? null,
      longitudeDegrees: values.longitudeDegrees ?? null,
    })
  return (
    <Drawer
      open={edit !== null}
      onClose={onClose}
      title={say(edit?.kind === 'change' ? words.edit : words.add)}
      footer={
        <div className="row">
          <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
            {say(floorWords.act.save)}
          </Button>
          <Button onClick={onClose}>{say(floorWords.act.cancel)}</Button>
        </div>
      }
    >
      <Form<EntityDraft> form={form} layout="vertical" onFinish={submit} preserve={false}>
        <EntityFields fixedKey={edit?.kind === 'change'} />
        <ProblemNotice error={save.error} />
      </Form>
    </Drawer>
  )
}

function EntityFields({ fixedKey }: { fixedKey: boolean }) {
  const say = useSay()
  const needed = (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
  return (
    <>
      <Form.Item name="name" label={say(words.name)} rules={needed(words.name)}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="key" label={say(words.key)} extra={say(words.keyWhy)} rules={needed(words.key)}>
        <Input maxLength={100} disabled={fixedKey} spellCheck={false} />
      </Form.Item>
      <Form.Item name="kind" label={say(words.kind)} rules={needed(words.kind)}>
        <Input maxLength={50} placeholder={say(words.kindExample)} />
      </Form.Item>
      <Form.Item name="parentKey" label={say(words.parent)}>
        <EntityPicker placeholder={say(words.noParent)} />
      </Form.Item>
      <Form.Item name="region" label={say(words.region)}>
        <Input maxLength={100} />
      </Form.Item>
      <div className="row">
        <Form.Item name="latitudeDegrees" label={say(words.latitude)}>
          <InputNumber min={-90} max={90} style={{ width: 150 }} />
        </Form.Item>
        <Form.Item name="longitudeDegrees" label={say(words.longitude)}>
          <InputNumber min={-180} max={180} style={{ width: 150 }} />
        </Form.Item>
      </div>
    </>
  )
}
