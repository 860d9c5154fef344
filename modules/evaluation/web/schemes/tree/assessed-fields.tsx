/** An item people judge: its question, its scale, who judges and how much each kind counts. */
import { Checkbox } from 'antd'
import type { ItemSource, RaterKind } from '#evaluation/contract'
import { raterKinds } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { raterWords } from '../../../words/schemes.ts'
import { NumberField } from '#platform/web/form/fields.tsx'
import { Field, IssueLines, NameFields, ShareField } from '../parts/fields.tsx'
import { giveWay, withOneLess, withOneMore } from '../state/give-way.ts'
import { noTitle } from '../state/writing.ts'
import { IndicatorChoice } from './indicator-choice.tsx'
import { nth } from '../state/nth.ts'

const words = rulesWords.assessed
type Assessed = Extract<ItemSource, { kind: 'assessed' }>

interface Props {
  readonly field: string
  readonly source: Assessed
  readonly onChange: (source: Assessed, about: string | null) => void
}

export function AssessedFields({ field, source, onChange }: Props) {
  const say = useSay()
  const { scale } = source
  return (
    <div>
      <NameFields
        field={`${field}.title`}
        label={words.title}
        value={source.title}
        onChange={(title, about) => onChange({ ...source, title }, about)}
      />
      <NameFields
        field={`${field}.question`}
        label={words.question}
        value={source.question ?? noTitle}
        max={500}
        onChange={(question, about) => onChange({ ...source, question }, about)}
      />
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field={`${field}.scale`} label={words.scale} deep width={260}>
          {(id) => (
            <span className="row" style={{ flexWrap: 'nowrap' }}>
              <NumberField
                id={id}
                value={scale.low}
                label={say(words.low)}
                width={100}
                onChange={(low) => onChange({ ...source, scale: { ...scale, low: low ?? 0 } }, `${field} low`)}
              />
              <span aria-hidden="true">–</span>
              <NumberField
                value={scale.high}
                label={say(words.high)}
                width={100}
                onChange={(high) => onChange({ ...source, scale: { ...scale, high: high ?? 0 } }, `${field} high`)}
              />
            </span>
          )}
        </Field>
        <div>
          <Checkbox
            checked={source.leniency}
            onChange={(event) => onChange({ ...source, leniency: event.target.checked }, null)}
          >
            {say(words.leniency)}
          </Checkbox>
          <p className="muted small" style={{ maxWidth: 420 }}>
            {say(words.leniencyWhy)}
          </p>
        </div>
      </div>
      <Raters field={field} source={source} onChange={onChange} />
    </div>
  )
}

const weighed = (raters: Assessed['raters'], weights: readonly number[]): Assessed['raters'] =>
  raters.map((rater, place) => ({ ...rater, weight: nth(weights, place) }))

/** In the order people name them; ticking one makes room for it. */
function Raters({ field, source, onChange }: Props) {
  const say = useSay()
  const { raters } = source
  const weights = raters.map((rater) => rater.weight)
  const set = (next: Assessed['raters'], about: string | null) => onChange({ ...source, raters: next }, about)
  const toggle = (kind: RaterKind) => {
    const place = raters.findIndex((rater) => rater.kind === kind)
    if (place >= 0) return set(weighed(raters.toSpliced(place, 1), withOneLess(weights, place)), null)
    const added = [...raters, { kind, weight: 0, indicator: null }]
    return set(weighed(added, withOneMore(weights, weights.length)), null)
  }
  return (
    <fieldset className="raters">
      <legend>{say(words.raters)}</legend>
      <IssueLines field={`${field}.raters`} />
      <ul>
        {raterKinds.map((kind) => {
          const place = raters.findIndex((rater) => rater.kind === kind)
          const rater = raters[place]
          return (
            <li key={kind}>
              <Checkbox
                checked={rater !== undefined}
                disabled={raters.length === 1 && rater !== undefined}
                onChange={() => toggle(kind)}
              >
                {say(raterWords[kind])}
              </Checkbox>
              {rater && (
                <ShareField
                  value={rater.weight}
                  min={0.01}
                  label={say(words.rater, { name: say(raterWords[kind]) })}
                  width={90}
                  onChange={(to) =>
                    set(weighed(raters, giveWay(weights, place, to, new Set())), `${field} rater ${kind}`)
                  }
                />
              )}
              {rater && kind === 'customers' && (
                <CustomersIndicator
                  field={`${field}.raters.${place}.indicator`}
                  value={rater.indicator ?? ''}
                  onChange={(indicator) => set(raters.with(place, { ...rater, indicator }), null)}
                />
              )}
            </li>
          )
        })}
      </ul>
      <p className="muted small">{say(words.silent)}</p>
    </fieldset>
  )
}

function CustomersIndicator(props: { field: string; value: string; onChange: (indicator: string) => void }) {
  const say = useSay()
  return (
    <div className="rater-indicator">
      <Field field={props.field} label={words.customersBy}>
        {(id) => (
          <IndicatorChoice id={id} value={props.value} label={say(words.customersBy)} onChange={props.onChange} />
        )}
      </Field>
    </div>
  )
}
