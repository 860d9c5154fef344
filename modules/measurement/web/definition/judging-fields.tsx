/** How values are judged and shown: aim, small n, gaps, limits, exclusions, population, roll-up. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { IndicatorDraft } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { organisation } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { ConditionsField } from './conditions-field.tsx'
import type { DraftProps } from './draft-fields.tsx'
import { Choice, NumberField, TextField } from '#platform/web/form/fields.tsx'
import { Field, NameField, NamesField, Remove, replaced, without } from './fields.tsx'
import { streamOf } from './fresh-draft.ts'
import { useNames } from './recorded.ts'

const words = all.definition
const top = { alignItems: 'flex-start' }

export function Judging(props: DraftProps) {
  const say = useSay()
  return (
    <Section title={say(words.judging)} lead={say(words.judgingLead)}>
      <AimFields {...props} />
      <SmallFields {...props} />
      <MissingFields {...props} />
      <CapFields {...props} />
      <WhoFields {...props} />
      <ExclusionFields {...props} />
    </Section>
  )
}

function AimFields({ draft, change }: DraftProps) {
  const aim = draft.band !== null ? 'band' : draft.target !== null ? 'target' : 'none'
  const choose = (next: 'none' | 'target' | 'band') =>
    change(
      next === 'none'
        ? { target: null, band: null }
        : next === 'target'
          ? { target: draft.target ?? 0, band: null }
          : { target: null, band: draft.band ?? { low: 0, high: 1 }, direction: 'neutral' },
    )
  const { band } = draft
  return (
    <div className="row" style={top}>
      <Field field="band" label={words.aim} width={150}>
        {(id) => <Choice id={id} value={aim} options={words.aims} onChange={choose} />}
      </Field>
      {aim === 'target' && (
        <Field field="target" label={words.target} width={140}>
          {(id) => <NumberField id={id} value={draft.target} onChange={(target) => change({ target })} />}
        </Field>
      )}
      {band !== null && (
        <>
          <Field field="band.low" label={words.bandLow} width={140}>
            {(id) => (
              <NumberField id={id} value={band.low} onChange={(low) => change({ band: { ...band, low: low ?? 0 } })} />
            )}
          </Field>
          <Field field="band.high" label={words.bandHigh} width={140}>
            {(id) => (
              <NumberField
                id={id}
                value={band.high}
                onChange={(high) => change({ band: { ...band, high: high ?? 0 } })}
              />
            )}
          </Field>
        </>
      )}
    </div>
  )
}

function SmallFields({ draft, change }: DraftProps) {
  const say = useSay()
  return (
    <div className="row" style={top}>
      <Field field="minimumN" label={words.minimumN} help={say(words.minimumNWhy)} width={220}>
        {(id) => (
          <NumberField
            id={id}
            value={draft.minimumN}
            min={0}
            step={1}
            onChange={(minimumN) => change({ minimumN: minimumN ?? 0 })}
          />
        )}
      </Field>
      <Field field="belowMinimum" label={words.belowMinimum} width={220}>
        {(id) => (
          <Choice
            id={id}
            value={draft.belowMinimum}
            options={words.belows}
            onChange={(belowMinimum) => change({ belowMinimum })}
          />
        )}
      </Field>
    </div>
  )
}

function MissingFields({ draft, change }: DraftProps) {
  const { missing } = draft
  return (
    <div className="row" style={top}>
      <Field field="missing" label={words.missing} width={220}>
        {(id) => (
          <Choice
            id={id}
            value={missing.noEvents}
            options={words.missings}
            onChange={(noEvents) =>
              change({ missing: noEvents === 'carry' ? { noEvents, periods: 12 } : { noEvents } })
            }
          />
        )}
      </Field>
      {missing.noEvents === 'carry' && (
        <Field field="missing.periods" label={words.carryPeriods} width={160}>
          {(id) => (
            <NumberField
              id={id}
              value={missing.periods}
              min={1}
              max={400}
              onChange={(periods) => change({ missing: { ...missing, periods: periods ?? 1 } })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

type Cap = IndicatorDraft['cap']
const freshCap = (kind: Cap['kind']): Cap =>
  kind === 'none' ? { kind } : kind === 'absolute' ? { kind, low: null, high: null } : { kind, low: 0.01, high: 0.99 }

function CapFields({ draft, change }: DraftProps) {
  const say = useSay()
  const { cap } = draft
  const limit = (end: 'low' | 'high') => {
    if (cap.kind === 'none') return null
    const set = (value: number | null) => {
      if (cap.kind === 'absolute') return change({ cap: { ...cap, [end]: value } })
      // Measured limits belong to the percentiles they were measured for.
      const { resolved: _resolved, ...asked } = cap
      return change({ cap: { ...asked, [end]: value ?? (end === 'low' ? 0 : 1) } })
    }
    return (
      <Field field={`cap.${end}`} label={end === 'low' ? words.capLow : words.capHigh} width={140}>
        {(id) => (
          <NumberField
            id={id}
            value={cap[end]}
            onChange={set}
            {...(cap.kind === 'percentile'
              ? { min: end === 'low' ? 0 : 0.5, max: end === 'low' ? 0.5 : 1, step: 0.01 }
              : {})}
          />
        )}
      </Field>
    )
  }
  return (
    <div className="row" style={top}>
      <Field field="cap" label={words.cap} help={say(words.capWhy)} width={260}>
        {(id) => (
          <Choice id={id} value={cap.kind} options={words.caps} onChange={(kind) => change({ cap: freshCap(kind) })} />
        )}
      </Field>
      {limit('low')}
      {limit('high')}
    </div>
  )
}

function WhoFields({ draft, change }: DraftProps) {
  const say = useSay()
  const kinds = useQuery(organisation.entityKinds.queryOptions())
  return (
    <div className="row" style={top}>
      <Field field="population.kinds" label={words.population} deep width={260}>
        {(id) => (
          <NamesField
            id={id}
            value={draft.population.kinds}
            offered={(kinds.data ?? []).map((one) => one.kind)}
            placeholder={say(words.populationAll)}
            onChange={(chosen) => change({ population: { kinds: chosen } })}
          />
        )}
      </Field>
      <Field field="rollUp" label={words.rollUp} width={220}>
        {(id) => (
          <Choice id={id} value={draft.rollUp} options={words.rollUps} onChange={(rollUp) => change({ rollUp })} />
        )}
      </Field>
    </div>
  )
}

type Exclusion = IndicatorDraft['exclusions'][number]
const freshExclusion: Exclusion = {
  reason: { zh: '', en: '' },
  where: [{ operator: 'is', attribute: '', value: '' }],
  evidence: '',
  capShare: 0.05,
}

function ExclusionFields({ draft, change }: DraftProps) {
  const say = useSay()
  const { exclusions } = draft
  return (
    <Field field="exclusions" label={words.exclusions} help={say(words.exclusionsWhy)} deep>
      {() => (
        <div className="stack" style={{ gap: 8 }}>
          {exclusions.map((one, place) => (
            <ExclusionRow
              key={place}
              value={one}
              eventType={streamOf(draft.definition).eventType}
              onChange={(next) => change({ exclusions: replaced(exclusions, place, next) })}
              onRemove={() => change({ exclusions: without(exclusions, place) })}
            />
          ))}
          <div>
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => change({ exclusions: [...exclusions, freshExclusion] })}
            >
              {say(words.addExclusion)}
            </Button>
          </div>
        </div>
      )}
    </Field>
  )
}

function ExclusionRow(props: {
  value: Exclusion
  eventType: string
  onChange: (value: Exclusion) => void
  onRemove: () => void
}) {
  const say = useSay()
  const { value, onChange } = props
  const { attributes } = useNames(props.eventType)
  const { reason } = value
  return (
    <div className="section stack" style={{ marginBottom: 0, padding: 12, gap: 8 }}>
      <TextField
        value={reason.zh}
        label={words.reasonZh}
        placeholder={say(words.reasonZh)}
        max={500}
        onChange={(zh) => onChange({ ...value, reason: { ...reason, zh } })}
      />
      <TextField
        value={reason.en}
        label={words.reasonEn}
        placeholder={say(words.reasonEn)}
        max={500}
        onChange={(en) => onChange({ ...value, reason: { ...reason, en } })}
      />
      <ConditionsField
        value={value.where}
        eventType={props.eventType}
        onChange={(where) => onChange({ ...value, where })}
      />
      <div className="row">
        <NameField
          value={value.evidence}
          offered={attributes}
          label={words.evidence}
          placeholder={say(words.evidence)}
          onChange={(evidence) => onChange({ ...value, evidence })}
          width={220}
        />
        <label className="row">
          <span>{say(words.capShare)}</span>
          <NumberField
            value={value.capShare}
            min={0.01}
            max={1}
            step={0.01}
            onChange={(capShare) => onChange({ ...value, capShare: capShare ?? 1 })}
            width={90}
          />
        </label>
        <Remove onClick={props.onRemove} />
      </div>
    </div>
  )
}
