/** Editing a rule, with what each unit would get beside it. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Consequence } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { consequenceWords as words } from '../../words/consequences-screens.ts'
import { evaluation } from '../api.ts'
import { draftOf, emptyRule, type Kind, type RuleDraft, ruleOf } from './rule-draft.ts'
import { RuleGives } from './rule-gives.tsx'
import { TableFields } from './table-fields.tsx'

const kinds = ['share', 'sign', 'amount'] as const

interface FieldsProps {
  readonly draft: RuleDraft
  readonly onChange: (part: Partial<RuleDraft>) => void
}

export function RuleDialog({ rule, onClose }: { rule: Consequence | null; onClose: () => void }) {
  const say = useSay()
  const [draft, setDraft] = useState<RuleDraft>(rule ? ruleOf(rule) : emptyRule)
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const whole = draftOf(draft)
  const save = useAct(evaluation.saveConsequence.call, {
    quiet: true,
    done: words.saved,
    refresh: ['evaluation'],
    onDone: onClose,
  })
  return (
    <Modal
      open
      width={900}
      title={rule ? say(rule.title) : say(words.newRule)}
      okText={say(words.save)}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{ disabled: whole === undefined }}
      confirmLoading={save.busy}
      onOk={() => whole && save.run(whole)}
      onCancel={onClose}
    >
      <div className="columns">
        <div className="half">
          <Form layout="vertical" component={false}>
            <NameFields draft={draft} fresh={rule === null} onChange={change} />
            <SourceFields draft={draft} onChange={change} />
            <TableFields lines={draft.lines} kind={draft.kind} onChange={(lines) => change({ lines })} />
            <KindFields draft={draft} onChange={change} />
          </Form>
        </div>
        <div className="half">
          <RuleGives draft={whole} />
        </div>
      </div>
      <ProblemNotice error={save.error} />
    </Modal>
  )
}

function NameFields({ draft, fresh, onChange }: FieldsProps & { fresh: boolean }) {
  const say = useSay()
  return (
    <>
      {(['zh', 'en'] as const).map((language) => (
        <Form.Item
          key={language}
          label={say(language === 'zh' ? words.nameZh : words.nameEn)}
          htmlFor={`rule-name-${language}`}
        >
          <Input
            id={`rule-name-${language}`}
            value={draft.title[language]}
            onChange={(event) => onChange({ title: { ...draft.title, [language]: event.target.value } })}
          />
        </Form.Item>
      ))}
      {fresh && (
        <Form.Item label={say(words.id)} htmlFor="rule-id" extra={say(words.idHint)}>
          <Input id="rule-id" value={draft.id} onChange={(event) => onChange({ id: event.target.value.trim() })} />
        </Form.Item>
      )}
    </>
  )
}

function SourceFields({ draft, onChange }: FieldsProps) {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const of = schemes.data?.find((one) => one.id === draft.scheme)
  const turn = (kind: Kind) => onChange(kind === 'sign' ? { kind, from: 'stars' } : { kind })
  return (
    <>
      <Form.Item label={say(words.scheme)} htmlFor="rule-scheme">
        <Select
          id="rule-scheme"
          value={draft.scheme || null}
          onChange={(scheme: string) => {
            const grains = schemes.data?.find((one) => one.id === scheme)?.grains ?? []
            onChange({ scheme, grain: grains.includes(draft.grain) ? draft.grain : (grains[0] ?? draft.grain) })
          }}
          options={(schemes.data ?? []).map((one) => ({ value: one.id, label: say(one.title) }))}
        />
      </Form.Item>
      {of && of.grains.length > 1 && (
        <Form.Item label={say(words.grain)} htmlFor="rule-grain">
          <Select
            id="rule-grain"
            value={draft.grain}
            onChange={(grain: Grain) => onChange({ grain })}
            options={of.grains.map((value) => ({ value, label: say(floorWords.grain[value]) }))}
          />
        </Form.Item>
      )}
      <Form.Item label={say(words.kind)}>
        <Segmented
          aria-label={say(words.kind)}
          value={draft.kind}
          onChange={turn}
          options={kinds.map((value) => ({ value, label: say(words.kinds[value]) }))}
        />
      </Form.Item>
      {draft.kind !== 'sign' && (
        <Form.Item label={say(words.from)}>
          <Segmented
            aria-label={say(words.from)}
            value={draft.from}
            onChange={(from) => onChange({ from })}
            options={(['stars', 'composite'] as const).map((value) => ({ value, label: say(words.froms[value]) }))}
          />
        </Form.Item>
      )}
    </>
  )
}

function KindFields({ draft, onChange }: FieldsProps) {
  const say = useSay()
  if (draft.kind === 'sign') return null
  return (
    <>
      <Form.Item label={say(words.within)}>
        <Segmented
          aria-label={say(words.within)}
          value={draft.within ?? 'all'}
          onChange={(within) => onChange({ within })}
          options={(['all', 'peer-group'] as const).map((value) => ({ value, label: say(words.withins[value]) }))}
        />
      </Form.Item>
      <Form.Item label={say(words.notRanked)} htmlFor="rule-not-ranked">
        <InputNumber
          id="rule-not-ranked"
          min={0}
          value={draft.notRanked ?? 0}
          onChange={(next) => onChange({ notRanked: next ?? 0 })}
        />
      </Form.Item>
      {draft.kind === 'share' ? (
        <Form.Item label={say(words.floor)} htmlFor="rule-floor">
          <InputNumber
            id="rule-floor"
            min={0}
            max={100}
            value={draft.floorPercent}
            onChange={(next) => onChange({ floorPercent: next ?? 0 })}
          />
        </Form.Item>
      ) : (
        <div className="row">
          <Form.Item label={say(words.total)} htmlFor="rule-total">
            <InputNumber
              id="rule-total"
              min={0}
              precision={0}
              value={draft.totalHundredths ?? null}
              onChange={(totalHundredths) => onChange({ totalHundredths })}
            />
          </Form.Item>
          <Form.Item label={say(words.currency)} htmlFor="rule-currency">
            <Input
              id="rule-currency"
              value={draft.currency ?? ''}
              maxLength={3}
              style={{ width: 90 }}
              onChange={(event) => onChange({ currency: event.target.value.toUpperCase() || null })}
            />
          </Form.Item>
        </div>
      )}
    </>
  )
}
