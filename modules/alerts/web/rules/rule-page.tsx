/** One rule: what it asks, told in plain words while it is written, and beside it how it would have done. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useMemo, useState } from 'react'
import type { Rule, RuleDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { Go, useGo, useParam } from '#platform/web/router.tsx'
import { fieldName, useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { ruleText } from '../telling/condition-text.ts'
import { TrialPanel } from '../trying/trial-panel.tsx'
import { NameFields, StartFields, SteadyFields, SureFields, WhatFields, WhomFields } from './caution-fields.tsx'
import { ConditionFields } from './condition-fields.tsx'
import { useKnown } from './known.ts'
import { draftOf, formOf, type Made, newRule, type RuleForm } from './rule-form.ts'

const text = words.form
export const NEW = 'new'

export function RulePage() {
  const say = useSay()
  const id = useParam('id')
  const rules = useQuery(alerts.listRules.queryOptions())
  const rule = rules.data?.find((one) => one.id === id)
  const title = rule ? say(words.rules.edit, { name: say(rule.title) }) : say(words.rules.new)
  return (
    <PageFrame
      title={title}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(words.rules.title), to: '/alerts/rules' },
      ]}
      may="alerts.read"
      actions={rule && <Go to={`/alerts?rule=${rule.id}&state=all`}>{say(words.rules.seeAlerts)}</Go>}
    >
      <Loaded query={rules} rows={12}>
        {(all) =>
          rule || id === NEW ? (
            <Editor key={id} rule={rule} freshId={`rule-${all.length + 1}`} />
          ) : (
            <Empty title={say(words.rules.none)} begin={<Go to="/alerts/rules">{say(words.rules.title)}</Go>} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function Editor({ rule, freshId }: { rule: Rule | undefined; freshId: string }) {
  const go = useGo()
  const mayEdit = useMay('rules.edit')
  const [form] = Form.useForm<RuleForm>()
  const [start] = useState<RuleForm>(() => (rule ? formOf(rule) : newRule(freshId)))
  const watched = Form.useWatch((values: RuleForm) => JSON.stringify(values), { form, preserve: true })
  const save = useAct(alerts.saveRule.call, {
    quiet: true,
    done: text.saved,
    refresh: ['alerts'],
    onDone: () => go('/alerts/rules'),
  })
  useFieldProblems(form, save.error)
  const made = useMemo<Made>(
    () => draftOf({ ...start, ...(watched ? (JSON.parse(watched) as RuleForm) : {}) }),
    [start, watched],
  )
  const finish = () => {
    const now = draftOf({ ...start, ...(form.getFieldsValue(true) as RuleForm) })
    if (now.draft) save.run(now.draft)
  }
  return (
    <Form<RuleForm>
      form={form}
      layout="vertical"
      initialValues={start}
      disabled={!mayEdit}
      onFinish={finish}
      scrollToFirstError={{ block: 'center' }}
      className="rule-editor"
    >
      <div className="rule-fields">
        <Fields fresh={rule === undefined} />
        {save.error !== null && <ProblemNotice error={save.error} />}
        {mayEdit && <SaveBar busy={save.busy} />}
      </div>
      <div className="rule-beside">
        <Summary made={made} />
        {mayEdit && <TrialPanel draft={made.draft} saved={rule} form={form} />}
      </div>
    </Form>
  )
}

function Fields({ fresh }: { fresh: boolean }) {
  const say = useSay()
  const { part } = text
  const plans = useQuery(alerts.listResponsePlans.queryOptions()).data ?? []
  return (
    <>
      <Section title={say(part.name)}>
        <NameFields fresh={fresh} />
      </Section>
      <Section title={say(part.what)}>
        <WhatFields />
        <ConditionFields />
      </Section>
      <Section title={say(part.whom)}>
        <WhomFields />
      </Section>
      <Section title={say(part.sure)} className="part-sure">
        <SureFields />
      </Section>
      <Section title={say(part.steady)}>
        <SteadyFields />
      </Section>
      <Section title={say(part.start)}>
        <StartFields plans={plans} />
      </Section>
    </>
  )
}

function SaveBar({ busy }: { busy: boolean }) {
  const say = useSay()
  return (
    <div className="save-bar row">
      <Button type="primary" htmlType="submit" loading={busy}>
        {say(text.save)}
      </Button>
      {busy && <span className="muted">{say(text.saving)}</span>}
    </div>
  )
}

function Summary({ made }: { made: Made }) {
  const say = useSay()
  const { language } = useLanguage()
  const drafts = useMemo<readonly RuleDraft[]>(() => (made.draft ? [made.draft] : []), [made])
  const knownOf = useKnown(drafts)
  return (
    <Section title={say(text.summary)}>
      <p className="rule-summary" aria-live="polite">
        {made.draft
          ? ruleText(made.draft, knownOf(made.draft), language)
          : say(text.unfinished, {
              fields: [...new Set(made.missing.map((field) => fieldName(field, language)))].join(
                language === 'zh' ? '、' : ', ',
              ),
            })}
      </p>
    </Section>
  )
}
