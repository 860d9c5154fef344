/** Adding a tile or changing one: what it shows, whose data, its title, and how it will look. */
import { Button, Checkbox, Drawer, Input, InputNumber, Radio, Segmented, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { grain as grainSchema, type Grain } from '#platform/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { EntityPicker, IndicatorPicker, KindPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import { useMay } from '#platform/web/session.ts'
import { type OwnScope, type Tile, type TileKind, tileKinds } from '#reports/contract'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { TileSurroundings, useSurroundings } from '../tiles/surroundings.ts'
import { TileView } from '../tiles/tile.tsx'
import { bilingualOf, emptyForm, formOf, showOf, type TileForm, usualSize } from './tile-form.ts'

const words = all.editor
const INDICATORS_LIMIT = 8
const PREVIEW_ROW_PIXELS = 46

interface TileDrawerProps {
  /** The tile to change; undefined adds a new one. */
  readonly tile: Tile | undefined
  readonly onApply: (made: Pick<Tile, 'show' | 'title' | 'scope'>) => void
  readonly onClose: () => void
  /** Below the fields, e.g. the way to another page. */
  readonly children?: ReactNode
}

export function TileDrawer({ tile, onApply, onClose, children }: TileDrawerProps) {
  const say = useSay()
  const [form, setForm] = useState<TileForm>(() => (tile ? formOf(tile) : emptyForm('figure')))
  const change = (part: Partial<TileForm>) => setForm((before) => ({ ...before, ...part }))
  const show = useMemo(() => showOf(form), [form])
  const title = bilingualOf(form.titleZh, form.titleEn)
  return (
    <Drawer
      open
      onClose={onClose}
      title={say(tile ? words.settings : words.addTile)}
      size={520}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={show === null}
            onClick={() => show && onApply({ show, title, scope: form.scope })}
          >
            {say(tile ? words.apply : words.addTile)}
          </Button>
          <Button onClick={onClose}>{say(floorWords.act.cancel)}</Button>
        </div>
      }
    >
      <div className="stack">
        {!tile && (
          <KindChoice kind={form.kind} onChange={(kind) => setForm({ ...emptyForm(kind), scope: form.scope })} />
        )}
        <ShowFields form={form} onChange={change} />
        {form.kind !== 'text' && form.kind !== 'clock' && form.kind !== 'ranking' && (
          <ScopeFields scope={form.scope} onChange={(scope) => change({ scope })} />
        )}
        <TitleFields form={form} onChange={change} />
        {children}
        <Preview made={show && { show, title, scope: form.scope }} kind={form.kind} />
      </div>
    </Drawer>
  )
}

/** A name above what it names. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="editor-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

function KindChoice({ kind, onChange }: { kind: TileKind; onChange: (kind: TileKind) => void }) {
  const say = useSay()
  return (
    <Radio.Group
      className="editor-kinds"
      aria-label={say(words.kind)}
      value={kind}
      onChange={(event) => onChange(event.target.value as TileKind)}
    >
      {tileKinds.map((one) => (
        <Radio key={one} value={one}>
          {say(all.tile.kind[one])}
          <span className="muted small">{say(all.tile.kindWhy[one])}</span>
        </Radio>
      ))}
    </Radio.Group>
  )
}

interface FieldsProps {
  readonly form: TileForm
  readonly onChange: (part: Partial<TileForm>) => void
}

function TitleFields({ form, onChange }: FieldsProps) {
  const say = useSay()
  const input = (name: 'titleZh' | 'titleEn') => (id: string) => (
    <Input id={id} maxLength={100} value={form[name]} onChange={({ target }) => onChange({ [name]: target.value })} />
  )
  return (
    <>
      <Field label={say(words.ownTitle)}>{input('titleZh')}</Field>
      {form.titleZh !== '' && (
        <Field label={`${say(words.ownTitle)} · ${say(words.inEnglish)}`}>{input('titleEn')}</Field>
      )}
    </>
  )
}

function ShowFields({ form, onChange }: FieldsProps) {
  const say = useSay()
  const { kind } = form
  return (
    <>
      {(kind === 'figure' || kind === 'series' || kind === 'comparison') && (
        <Field label={say(words.indicator)}>
          {(id) => <IndicatorPicker id={id} value={form.indicator} onChange={(indicator) => onChange({ indicator })} />}
        </Field>
      )}
      {kind === 'table' && <IndicatorsField form={form} onChange={onChange} />}
      {(kind === 'comparison' || kind === 'table') && (
        <Field label={say(words.entityKind)}>
          {(id) => <KindPicker id={id} value={form.entityKind} onChange={(entityKind) => onChange({ entityKind })} />}
        </Field>
      )}
      {kind === 'comparison' && (
        <Segmented<'bars' | 'funnel'>
          aria-label={say(words.look)}
          value={form.look ?? 'bars'}
          onChange={(look) => onChange({ look })}
          options={[
            { value: 'bars', label: say(words.bars) },
            { value: 'funnel', label: say(words.funnel) },
          ]}
        />
      )}
      {kind === 'ranking' && <SchemeField form={form} onChange={onChange} />}
      {kind === 'alerts' && (
        <Field label={say(words.colours)}>
          {() => (
            <Checkbox.Group
              value={[...(form.colours ?? [])]}
              onChange={(colours) => onChange({ colours })}
              options={(['red', 'orange', 'yellow'] as const).map((one) => ({
                value: one,
                label: say(floorWords.status[one]),
              }))}
            />
          )}
        </Field>
      )}
      {kind === 'text' && <TextFields form={form} onChange={onChange} />}
    </>
  )
}

function TextFields({ form, onChange }: FieldsProps) {
  const say = useSay()
  return (
    <>
      <Field label={say(words.text)}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={5}
            maxLength={2000}
            value={form.textZh ?? ''}
            onChange={(event) => onChange({ textZh: event.target.value })}
          />
        )}
      </Field>
      <p className="muted small">{say(words.textHint)}</p>
      <Field label={`${say(words.text)} · ${say(words.inEnglish)}`}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={2000}
            value={form.textEn ?? ''}
            onChange={(event) => onChange({ textEn: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function IndicatorsField({ form, onChange }: FieldsProps) {
  const say = useSay()
  const rows = useIndicators()
  return (
    <Field label={say(words.indicators)}>
      {(id) => (
        <Select<string[]>
          id={id}
          mode="multiple"
          maxCount={INDICATORS_LIMIT}
          value={[...(form.indicators ?? [])]}
          onChange={(indicators) => onChange({ indicators })}
          options={(rows ?? []).filter((one) => !one.retired).map((one) => ({ value: one.id, label: say(one.title) }))}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

function SchemeField({ form, onChange }: FieldsProps) {
  const say = useSay()
  const may = useMay('evaluation.read')
  const schemes = useQuery({ ...evaluation.listSchemes.queryOptions(), enabled: may })
  return (
    <Field label={say(words.scheme)}>
      {(id) => (
        <Select<string>
          id={id}
          {...(form.scheme ? { value: form.scheme } : {})}
          onChange={(scheme) => onChange({ scheme })}
          options={(schemes.data ?? []).map((one) => ({ value: one.id, label: say(one.title) }))}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

const PERIODS_LIMIT = 400
const USUAL_OWN: OwnScope = { entity: null, grain: 'month', periods: 24 }

function ScopeFields({ scope, onChange }: { scope: Tile['scope']; onChange: (scope: Tile['scope']) => void }) {
  const say = useSay()
  return (
    <>
      <Field label={say(words.scope)}>
        {() => (
          <Segmented<'page' | 'own'>
            aria-label={say(words.scope)}
            value={scope.from}
            onChange={(from) => onChange(from === 'own' ? { from, ...USUAL_OWN } : { from })}
            options={[
              { value: 'page', label: say(words.follow) },
              { value: 'own', label: say(words.own) },
            ]}
          />
        )}
      </Field>
      {scope.from === 'own' && <OwnScopeFields scope={scope} onChange={(own) => onChange({ from: 'own', ...own })} />}
    </>
  )
}

const GRAINS: readonly Grain[] = (['day', 'week', 'month', 'quarter', 'year'] as const).filter(
  (one) => grainSchema.safeParse(one).success,
)

/** Whose data, in which periods, how many of them. */
export function OwnScopeFields({ scope, onChange }: { scope: OwnScope; onChange: (scope: OwnScope) => void }) {
  const say = useSay()
  const { entity, grain, periods } = scope
  return (
    <>
      <Field label={say(floorWords.scope.entity)}>
        {(id) => (
          <EntityPicker
            id={id}
            value={entity ?? undefined}
            onChange={(next) => onChange({ entity: next ?? null, grain, periods })}
          />
        )}
      </Field>
      <Segmented<Grain>
        aria-label={say(floorWords.scope.grain)}
        value={grain}
        onChange={(next) => onChange({ entity, grain: next, periods })}
        options={GRAINS.map((one) => ({
          value: one,
          label: say(floorWords.grain[one]),
        }))}
      />
      <Field label={say(words.periods)}>
        {(id) => (
          <InputNumber<number>
            id={id}
            min={1}
            max={PERIODS_LIMIT}
            value={periods}
            onChange={(next) => next !== null && onChange({ entity, grain, periods: Math.round(next) })}
          />
        )}
      </Field>
    </>
  )
}

function Preview({ made, kind }: { made: Pick<Tile, 'show' | 'title' | 'scope'> | null; kind: TileKind }) {
  const say = useSay()
  const { scope } = useSurroundings()
  const surroundings = useMemo(() => ({ scope, place: 'editor' as const }), [scope])
  const tile = useMemo(() => made && { ...made, id: 'preview', box: { x: 0, y: 0, ...usualSize[kind] } }, [made, kind])
  return (
    <section aria-label={say(words.preview)}>
      <p className="muted small">{say(words.preview)}</p>
      <div className="editor-preview" style={{ height: usualSize[kind].h * PREVIEW_ROW_PIXELS }}>
        {tile ? (
          <TileSurroundings value={surroundings}>
            <TileView key={JSON.stringify(tile.show)} tile={tile} />
          </TileSurroundings>
        ) : (
          <p className="muted">{say(words.incomplete)}</p>
        )}
      </div>
    </section>
  )
}
