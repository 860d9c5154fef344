/** What the scheme is called and whom it ranks. */
import { Input, Select } from 'antd'
import type { PeerGroups } from '#evaluation/contract'
import { type Grain, grain as grainSchema } from '#platform/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { EntityPicker, KindPicker } from '#platform/web/parts/pickers.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { useEditorState } from '../state/use-editor.ts'
import { Choice } from '#platform/web/form/fields.tsx'
import { Field, NameFields } from './fields.tsx'
import { useMarks } from '../punctuation.ts'

const words = rulesWords.whom
const GROUPS_SHOWN = 8

export function WhomPart() {
  const say = useSay()
  const { draft, patch, base } = useEditorState()
  return (
    <Section title={say(words.title)}>
      <NameFields
        field="title"
        label={words.name}
        value={draft.title}
        onChange={(title, about) => patch({ title }, about)}
      />
      <div className="row whom-row">
        <Field field="entityKind" label={words.kind} width={240}>
          {(id) => (
            <KindPicker
              id={id}
              {...(draft.entityKind === '' ? {} : { value: draft.entityKind })}
              onChange={(kind) => patch({ entityKind: kind ?? '' })}
            />
          )}
        </Field>
        <Field field="below" label={words.below} width={300}>
          {(id) => (
            <EntityPicker
              id={id}
              {...(draft.below === null ? {} : { value: draft.below })}
              onChange={(below) => patch({ below: below ?? null })}
            />
          )}
        </Field>
        <Field field="grains" label={words.grains} deep width={300} help={say(words.grainsHint)}>
          {(id) => <GrainsChoice id={id} value={draft.grains} onChange={(grains) => patch({ grains })} />}
        </Field>
        <Field field="id" label={words.id} width={240} help={say(words.idHint)}>
          {(id) => (
            <Input
              id={id}
              value={draft.id}
              maxLength={80}
              disabled={base !== null}
              onChange={(event) => patch({ id: event.target.value }, 'id')}
            />
          )}
        </Field>
      </div>
      <PeersField />
      <NameFields
        field="explanation"
        label={words.explanation}
        value={draft.explanation}
        max={2000}
        lines={3}
        onChange={(explanation, about) => patch({ explanation }, about)}
      />
    </Section>
  )
}

function GrainsChoice(props: { id: string; value: readonly Grain[]; onChange: (grains: Grain[]) => void }) {
  const say = useSay()
  return (
    <Select<Grain[]>
      id={props.id}
      mode="multiple"
      value={[...props.value]}
      onChange={props.onChange}
      options={grainSchema.options.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))}
      style={{ width: '100%' }}
    />
  )
}

const freshGroups = (by: PeerGroups['by']): PeerGroups => (by === 'attribute' ? { by, attribute: '' } : { by })

function PeersField() {
  const say = useSay()
  const { draft, patch } = useEditorState()
  const { peerGroups } = draft
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Field field="peerGroups" label={words.peers} deep width={240} help={say(words.peersWhy)}>
        {(id) => (
          <Choice
            id={id}
            value={peerGroups.by}
            options={words.peer}
            onChange={(by) => patch({ peerGroups: freshGroups(by) })}
          />
        )}
      </Field>
      {peerGroups.by === 'attribute' && (
        <Field field="peerGroups.attribute" label={words.attribute} width={240}>
          {(id) => (
            <Input
              id={id}
              value={peerGroups.attribute}
              maxLength={100}
              onChange={(event) =>
                patch({ peerGroups: { by: 'attribute', attribute: event.target.value } }, 'attribute')
              }
            />
          )}
        </Field>
      )}
      <GroupsNow />
    </div>
  )
}

/** What the choice makes of the units there are. */
function GroupsNow() {
  const say = useSay()
  const { list } = useMarks()
  const { preview, draft } = useEditorState()
  if (draft.peerGroups.by === 'none' || !preview.inputs) return null
  const groups = Map.groupBy(preview.inputs.units, (unit) => unit.peerGroup ?? '')
  const names = [...groups].map(([name, units]) => `${name || say(words.groupNone)} ${units.length}`)
  const shown = names.slice(0, GROUPS_SHOWN).join(list) + (names.length > GROUPS_SHOWN ? ' …' : '')
  const alone = [...groups.values()].filter((units) => units.length === 1).length
  return (
    <div className="groups-now small">
      <p className="muted">{say(words.groupsNow, { count: groups.size, names: shown })}</p>
      {alone > 0 && <p className="issue-warning">{say(words.groupAlone, { count: alone })}</p>}
    </div>
  )
}
