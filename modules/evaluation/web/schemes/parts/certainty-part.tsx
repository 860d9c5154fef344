/** How sure the scheme wants to be, and how its results are published. */
import { Checkbox, Select } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { topCountOf } from '../preview/moves.ts'
import { useEditorState } from '../state/use-editor.ts'
import { NumberField } from '#platform/web/form/fields.tsx'
import { Field, ShareField } from './fields.tsx'

const { certainty: words, publishing: publishingWords } = rulesWords
const LEVELS = [0.8, 0.9, 0.95, 0.99] as const

export function CertaintyPart() {
  return (
    <>
      <CertaintySection />
      <PublishingSection />
    </>
  )
}

function CertaintySection() {
  const say = useSay()
  const { draft, patch, preview } = useEditorState()
  const { certainty } = draft
  const levels = [...new Set([...LEVELS, certainty.confidence])].toSorted((a, b) => a - b)
  const top = preview.rows ? topCountOf(preview.rows, certainty.topShare) : 0
  return (
    <Section title={say(words.title)} lead={say(words.lead)}>
      <div className="row whom-row">
        <Field field="certainty.confidence" label={words.confidence} width={200}>
          {(id) => (
            <Select<number>
              id={id}
              value={certainty.confidence}
              options={levels.map((value) => ({ value, label: `${Math.round(value * 1000) / 10}%` }))}
              onChange={(confidence) => patch({ certainty: { ...certainty, confidence } })}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        <Field
          field="certainty.topShare"
          label={words.topShare}
          width={200}
          {...(top > 0 ? { help: say(words.topNow, { count: top }) } : {})}
        >
          {(id) => (
            <ShareField
              id={id}
              value={certainty.topShare}
              min={0.01}
              max={0.5}
              step={5}
              onChange={(topShare) => patch({ certainty: { ...certainty, topShare } }, 'topShare')}
            />
          )}
        </Field>
        <Field field="certainty.draws" label={words.draws} width={260} help={say(words.drawsWhy)}>
          {(id) => (
            <NumberField
              id={id}
              value={certainty.draws}
              min={200}
              max={5000}
              step={100}
              onChange={(draws) => patch({ certainty: { ...certainty, draws: Math.round(draws ?? 1000) } }, 'draws')}
            />
          )}
        </Field>
      </div>
    </Section>
  )
}

function PublishingSection() {
  const say = useSay()
  const { draft, patch } = useEditorState()
  const { publishing } = draft
  return (
    <Section title={say(publishingWords.title)}>
      <div className="row whom-row">
        <Field
          field="publishing.appealDays"
          label={publishingWords.appealDays}
          width={260}
          help={say(publishingWords.appealWhy)}
        >
          {(id) => (
            <NumberField
              id={id}
              value={publishing.appealDays}
              min={0}
              max={90}
              step={1}
              onChange={(days) => patch({ publishing: { ...publishing, appealDays: Math.round(days ?? 0) } }, 'appeal')}
            />
          )}
        </Field>
        <div>
          <Checkbox
            checked={publishing.open}
            onChange={(event) => patch({ publishing: { ...publishing, open: event.target.checked } })}
          >
            {say(publishingWords.open)}
          </Checkbox>
          <p className="muted small" style={{ maxWidth: 420 }}>
            {say(publishingWords.openWhy)}
          </p>
        </div>
      </div>
    </Section>
  )
}
