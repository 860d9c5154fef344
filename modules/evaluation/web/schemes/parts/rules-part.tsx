/** How points become one score, what becomes of missing items, and who is ranked at all. */
import { Select } from 'antd'
import type { Aggregation } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { useEditorState } from '../state/use-editor.ts'
import { freshAggregation } from '../state/writing.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field, ShareField } from './fields.tsx'
import { GatesSection } from './gates-section.tsx'

const { aggregation: words, missing: missingWords } = rulesWords

export function RulesPart() {
  return (
    <>
      <AggregationSection />
      <GatesSection />
      <MissingSection />
    </>
  )
}

function AggregationSection() {
  const say = useSay()
  const { draft, patch } = useEditorState()
  const { aggregation } = draft
  const hasNumbers = aggregation.kind !== 'weighted-sum' && aggregation.kind !== 'topsis'
  return (
    <Section title={say(words.title)}>
      <div className="choices" role="radiogroup" aria-label={say(words.title)}>
        {(Object.keys(words.kinds) as Aggregation['kind'][]).map((kind) => (
          <label key={kind} className={`choice ${aggregation.kind === kind ? 'chosen' : ''}`}>
            <input
              type="radio"
              name="aggregation"
              checked={aggregation.kind === kind}
              onChange={() => patch({ aggregation: freshAggregation(kind) })}
            />
            <span>
              <strong>{say(words.kinds[kind])}</strong>
              <span className="muted small">{say(words.why[kind])}</span>
            </span>
          </label>
        ))}
      </div>
      {hasNumbers && (
        <Field field="aggregation" label={words.settings} deep>
          {() => (
            <AggregationNumbers value={aggregation} onChange={(next, about) => patch({ aggregation: next }, about)} />
          )}
        </Field>
      )}
    </Section>
  )
}

function AggregationNumbers(props: { value: Aggregation; onChange: (value: Aggregation, about: string) => void }) {
  const say = useSay()
  const { value, onChange } = props
  const number = (
    label: string,
    shown: number,
    [min, max, step]: [number, number, number],
    put: (next: number) => Aggregation,
  ) => (
    <label className="plain-number">
      <span>{label}</span>
      <NumberField
        value={shown}
        label={label}
        min={min}
        max={max}
        step={step}
        width={120}
        onChange={(next) => {
          if (next !== null) onChange(put(next), 'aggregation')
        }}
      />
    </label>
  )
  switch (value.kind) {
    case 'weighted-product':
      return number(say(words.leastPoints), value.leastPoints, [0.1, 50, 1], (leastPoints) => ({
        ...value,
        leastPoints,
      }))
    case 'vikor':
      return number(say(words.v), value.v, [0, 1, 0.1], (v) => ({ ...value, v }))
    case 'grey-relational':
      return number(say(words.rho), value.rho, [0.01, 1, 0.1], (rho) => ({ ...value, rho }))
    case 'fuzzy':
      return <FuzzyNumbers value={value} onChange={onChange} />
    case 'data-envelopment':
      return (
        <div className="row">
          <Choice
            value={value.returns}
            label={words.returns}
            options={words.returnsKinds}
            width={200}
            onChange={(returns) => onChange({ ...value, returns }, 'returns')}
          />
          <Choice
            value={value.orientation}
            label={words.orientation}
            options={words.orientations}
            width={160}
            onChange={(orientation) => onChange({ ...value, orientation }, 'orientation')}
          />
        </div>
      )
    default:
      return null
  }
}

type Fuzzy = Extract<Aggregation, { kind: 'fuzzy' }>

function FuzzyNumbers({ value, onChange }: { value: Fuzzy; onChange: (value: Fuzzy, about: string) => void }) {
  const say = useSay()
  return (
    <div className="row">
      <Choice
        value={value.operator}
        label={words.operator}
        options={words.operators}
        width={260}
        onChange={(operator) => onChange({ ...value, operator }, 'operator')}
      />
      <label className="plain-number">
        <span>{say(words.levels)}</span>
        <Select<string[]>
          mode="tags"
          aria-label={say(words.levels)}
          value={value.levels.map(String)}
          onChange={(texts) => {
            const levels = texts.map(Number).filter((each) => each >= 0 && each <= 100)
            onChange({ ...value, levels: [...new Set(levels)].toSorted((a, b) => a - b) }, 'levels')
          }}
          open={false}
          suffixIcon={null}
          style={{ minWidth: 260 }}
        />
      </label>
    </div>
  )
}

function MissingSection() {
  const say = useSay()
  const { draft, patch, preview } = useEditorState()
  const { missing } = draft
  const ranked = preview.rows?.filter((row) => row.rank !== null).length ?? 0
  return (
    <Section title={say(missingWords.title)}>
      <div className="row whom-row">
        <Field field="missing.rule" label={missingWords.rule} width={280}>
          {(id) => (
            <Choice
              id={id}
              value={missing.rule}
              options={missingWords.rules}
              onChange={(rule) => patch({ missing: { ...missing, rule } })}
            />
          )}
        </Field>
        {missing.rule !== 'not-ranked' && (
          <Field
            field="missing.mostShare"
            label={missingWords.mostShare}
            width={280}
            help={say(missingWords.mostShareWhy)}
          >
            {(id) => (
              <ShareField
                id={id}
                value={missing.mostShare}
                max={0.9}
                step={5}
                onChange={(mostShare) => patch({ missing: { ...missing, mostShare } }, 'mostShare')}
              />
            )}
          </Field>
        )}
        <LeastField name="leastItems" min={1} />
        <LeastField name="leastDimensions" min={1} />
        <LeastField name="leastN" min={0} />
      </div>
      {preview.rows && (
        <p className="muted small">{say(missingWords.now, { ranked, left: preview.rows.length - ranked })}</p>
      )}
    </Section>
  )
}

function LeastField({ name, min }: { name: 'leastItems' | 'leastDimensions' | 'leastN'; min: number }) {
  const { draft, patch } = useEditorState()
  const { eligibility } = draft
  const put = (next: number | null) =>
    patch({ eligibility: { ...eligibility, [name]: Math.round(next ?? min) } }, `eligibility ${name}`)
  return (
    <Field field={`eligibility.${name}`} label={missingWords[name]} width={180}>
      {(id) => <NumberField id={id} value={eligibility[name]} min={min} step={1} onChange={put} />}
    </Field>
  )
}
