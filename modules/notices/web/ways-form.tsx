/** The ways of a person or a team: by importance and by kind, quiet hours, digest, language. Fits into any form under one name. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Radio, Select, Switch } from 'antd'
import type { Importance, Preferences, Way } from '#notices/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { words as all } from '../words.ts'
import { notices } from './api.ts'
import { ClockInput } from './clock-input.tsx'
import './notices.css'

const words = all.preferences
const IMPORTANCES: readonly Importance[] = ['urgent', 'normal', 'low']
const WAYS: readonly Way[] = ['at-once', 'digest', 'off']
const HOURS = Array.from({ length: 24 }, (_each, hour) => hour)
const USUAL_QUIET = { from: '22:00', until: '07:00' }

export interface WaysProps {
  readonly value?: Preferences
  readonly onChange?: (value: Preferences) => void
  /** A person has an inbox, a team has none. */
  readonly person: boolean
}

export function WaysForm({ value, onChange, person }: WaysProps) {
  if (value === undefined) return null
  const set = (part: Partial<Preferences>) => onChange?.({ ...value, ...part })
  return (
    <div className="stack">
      <ByImportance value={value} set={set} />
      <ByKind value={value} set={set} person={person} />
      <Times value={value} set={set} person={person} />
    </div>
  )
}

interface Part {
  readonly value: Preferences
  readonly set: (part: Partial<Preferences>) => void
}

function WayChoice({ value, onChange, label }: { value: Way; onChange: (way: Way) => void; label: string }) {
  const say = useSay()
  const phone = usePhone()
  const options = WAYS.map((way) => ({ value: way, label: say(all.way[way]) }))
  if (phone)
    return <Select aria-label={label} value={value} onChange={onChange} options={options} style={{ width: '100%' }} />
  return (
    <Radio.Group
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as Way)}
      options={options}
    />
  )
}

function ByImportance({ value, set }: Part) {
  const say = useSay()
  return (
    <table className="way-table">
      <caption className="only-read">{say(words.byImportance)}</caption>
      <tbody>
        {IMPORTANCES.map((each) => (
          <tr key={each}>
            <th scope="row">{say(all.importance[each])}</th>
            <td>
              <WayChoice
                label={say(all.importance[each])}
                value={value.ways[each]}
                onChange={(way) => set({ ways: { ...value.ways, [each]: way } })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ByKind({ value, set, person }: Part & { person: boolean }) {
  const say = useSay()
  const kinds = useQuery(notices.listNoticeKinds.queryOptions()).data ?? []
  const left = kinds.filter((each) => !value.kinds.some((chosen) => chosen.kind === each.kind))
  const nameOf = (kind: string) => {
    const known = kinds.find((each) => each.kind === kind)
    return known ? say(known.name) : kind
  }
  const change = (kind: string, part: object) =>
    set({ kinds: value.kinds.map((each) => (each.kind === kind ? { ...each, ...part } : each)) })
  return (
    <div role="group" aria-label={say(words.byKind)} className="way-group">
      <strong>{say(words.byKind)}</strong>
      <p className="small muted">{say(words.byKindWhy)}</p>
      {value.kinds.map((each) => (
        <div key={each.kind} className="row">
          <span>{nameOf(each.kind)}</span>
          <WayChoice label={nameOf(each.kind)} value={each.way} onChange={(way) => change(each.kind, { way })} />
          {person && (
            <Checkbox checked={each.inbox} onChange={(event) => change(each.kind, { inbox: event.target.checked })}>
              {say(words.inbox)}
            </Checkbox>
          )}
          <Button type="link" size="small" onClick={() => set({ kinds: value.kinds.filter((one) => one !== each) })}>
            {say(floorWords.act.remove)}
          </Button>
        </div>
      ))}
      {kinds.length === 0 ? (
        <p className="small muted">{say(words.noKinds)}</p>
      ) : (
        <Select<string>
          aria-label={say(words.addKind)}
          placeholder={say(words.addKind)}
          suffixIcon={<PlusOutlined />}
          value={null}
          disabled={left.length === 0}
          style={{ minWidth: 200 }}
          options={left.map((each) => ({ value: each.kind, label: say(each.name) }))}
          onChange={(kind) => set({ kinds: [...value.kinds, { kind, way: 'at-once', inbox: true }] })}
        />
      )}
    </div>
  )
}

function Times({ value, set, person }: Part & { person: boolean }) {
  const say = useSay()
  const { quiet } = value
  const time = (name: 'from' | 'until') =>
    quiet && (
      <ClockInput
        aria-label={say(words[name])}
        value={quiet[name]}
        onChange={(value) => set({ quiet: { ...quiet, [name]: value } })}
      />
    )
  return (
    <>
      <div role="group" aria-label={say(words.quiet)} className="way-group">
        <strong>{say(words.quiet)}</strong>
        <p className="small muted">{say(words.quietWhy)}</p>
        <div className="row">
          <Switch
            checked={quiet !== null}
            aria-label={say(words.quietOn)}
            onChange={(on) => set({ quiet: on ? USUAL_QUIET : null })}
          />
          {time('from')}
          {quiet !== null && <span>–</span>}
          {time('until')}
        </div>
      </div>
      <label className="row">
        <span>{say(words.digestHour)}</span>
        <Select
          value={value.digestHour}
          aria-label={say(words.digestHour)}
          onChange={(digestHour) => set({ digestHour })}
          options={HOURS.map((hour) => ({ value: hour, label: `${String(hour).padStart(2, '0')}:00` }))}
          style={{ width: 110 }}
        />
      </label>
      <div className="row">
        <span>{say(person ? words.language : words.messageLanguage)}</span>
        <Radio.Group
          aria-label={say(person ? words.language : words.messageLanguage)}
          value={value.language}
          onChange={(event) => set({ language: event.target.value as 'zh' | 'en' })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
    </>
  )
}
