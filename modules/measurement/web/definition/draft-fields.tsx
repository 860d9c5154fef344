/** What an indicator is called, and how it is calculated. */
import { Select } from 'antd'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { unitNames } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import type { IndicatorDraft } from '#measurement/contract'
import type { DefinitionKind } from '../../contract/definition.ts'
import { words as all } from '../../words.ts'
import { Choice, TextField } from '#platform/web/form/fields.tsx'
import { Field, type Patch } from './fields.tsx'
import { freshDefinition, kinds, usualUnit, type Writing } from './fresh-draft.ts'
import { KindFields } from './kinds/kind-fields.tsx'

const words = all.definition
const directions = {
  'higher-is-better': words['higher-is-better'],
  'lower-is-better': words['lower-is-better'],
  neutral: words.neutral,
}

export interface DraftProps {
  readonly draft: Writing
  readonly change: Patch<Writing>
}

export function Basics({ draft, change, fixedId }: DraftProps & { fixedId: boolean }) {
  const say = useSay()
  const both = (field: 'title' | 'explanation', language: 'zh' | 'en', max: number) => (id: string) => (
    <TextField
      id={id}
      value={draft[field][language]}
      max={max}
      {...(field === 'explanation' ? { lines: 2 } : {})}
      onChange={(text) => change({ [field]: { ...draft[field], [language]: text } })}
    />
  )
  return (
    <Section title={say(words.basics)}>
      <Field field="title.zh" label={words.titleZh}>
        {both('title', 'zh', 100)}
      </Field>
      <Field field="title.en" label={words.titleEn}>
        {both('title', 'en', 100)}
      </Field>
      <Field field="id" label={words.id} help={say(words.idWhy)}>
        {(id) => (
          <TextField id={id} value={draft.id} max={80} disabled={fixedId} onChange={(text) => change({ id: text })} />
        )}
      </Field>
      <Field field="explanation.zh" label={words.explanationZh}>
        {both('explanation', 'zh', 500)}
      </Field>
      <Field field="explanation.en" label={words.explanationEn}>
        {both('explanation', 'en', 500)}
      </Field>
      <Measured draft={draft} change={change} />
      <Field field="owner" label={words.owner} help={say(words.ownerWhy)}>
        {(id) => <TextField id={id} value={draft.owner} max={200} onChange={(owner) => change({ owner })} />}
      </Field>
      <Field field="source" label={words.source} help={say(words.sourceWhy)}>
        {(id) => <TextField id={id} value={draft.source} max={300} onChange={(source) => change({ source })} />}
      </Field>
    </Section>
  )
}

function Measured({ draft, change }: DraftProps) {
  const say = useSay()
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Field field="unit" label={words.unit} width={170}>
        {(id) => <Choice id={id} value={draft.unit} options={unitNames} onChange={(unit) => change({ unit })} />}
      </Field>
      <Field field="direction" label={words.direction} width={150}>
        {(id) => (
          <Choice
            id={id}
            value={draft.direction}
            options={directions}
            onChange={(direction) => change({ direction })}
          />
        )}
      </Field>
      <Field field="category" label={words.category} width={150}>
        {(id) => (
          <Select<IndicatorDraft['category']>
            id={id}
            allowClear
            value={draft.category}
            options={Object.entries(words.categories).map(([value, name]) => ({ value, label: say(name) }))}
            onChange={(category) => change({ category: category ?? null })}
          />
        )}
      </Field>
      <Field field="answers" label={words.answers} help={say(words.answersWhy)} width={170}>
        {(id) => (
          <Choice
            id={id}
            value={draft.answers ?? 'usual'}
            options={words.answersKinds}
            onChange={(answers) => change({ answers: answers === 'usual' ? null : answers })}
          />
        )}
      </Field>
    </div>
  )
}

export function Calculation({ draft, change }: DraftProps) {
  const say = useSay()
  const { definition } = draft
  const set = (next: Writing['definition']) => change({ definition: next, unit: usualUnit(next, draft.unit) })
  return (
    <Section title={say(words.calculation)}>
      <Field field="definition.kind" label={words.kind} help={say(words.kindsWhy[definition.kind])}>
        {(id) => (
          <KindSelect id={id} value={definition.kind} onChange={(kind) => set(freshDefinition(kind, definition))} />
        )}
      </Field>
      <KindFields value={definition} onChange={set} />
    </Section>
  )
}

function KindOption({ kind }: { kind: DefinitionKind }) {
  const say = useSay()
  return (
    <div style={{ whiteSpace: 'normal' }}>
      <strong>{say(words.kinds[kind])}</strong>
      <div className="muted small">{say(words.kindsWhy[kind])}</div>
    </div>
  )
}

const kindOption = ({ value }: { value?: string | number | undefined }) => <KindOption kind={value as DefinitionKind} />

/** Each kind with an example in one line below its name. */
function KindSelect(props: { id: string; value: DefinitionKind; onChange: (kind: DefinitionKind) => void }) {
  const { language } = useLanguage()
  return (
    <Select<DefinitionKind>
      id={props.id}
      value={props.value}
      onChange={props.onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={kinds.map((value) => ({ value, label: words.kinds[value][language] }))}
      optionRender={kindOption}
      listHeight={420}
      style={{ maxWidth: 420 }}
    />
  )
}
