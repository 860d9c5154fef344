/** One change of the frozen inputs, while it is being written. */
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { Adjustment } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { publishingWords } from '../../words/publishing-screens.ts'
import type { Named } from './publication-marks.tsx'

const words = publishingWords.decide
const kinds = ['leave-out', 'set', 'gate'] as const

export interface Begun {
  /** Tells fields of one change from those of another while they are edited. */
  readonly key: number
  readonly kind: Adjustment['kind']
  /** Id of the item or gate. */
  readonly of: string
  readonly value: number | null
  readonly n: number | null
  readonly standardError: number | null
  readonly reason: string
}

let made = 0
export function begun(of: string): Begun {
  made += 1
  return { key: made, kind: 'leave-out', of, value: null, n: null, standardError: null, reason: '' }
}

/** The change as it is handed in; undefined while something is missing. */
export function finished({ kind, of, value, n, standardError, reason: typed }: Begun): Adjustment | undefined {
  const reason = typed.trim()
  if (of === '' || reason === '') return undefined
  if (kind === 'leave-out') return { kind, item: of, reason }
  if (kind === 'gate') return { kind, gate: of, value, reason }
  return value === null || n === null ? undefined : { kind, item: of, value, n, standardError, reason }
}

interface Props {
  readonly value: Begun
  readonly items: readonly Named[]
  readonly gates: readonly Named[]
  readonly onChange: (next: Begun) => void
  readonly onRemove: () => void
}

export function AdjustmentFields({ value, items, gates, onChange, onRemove }: Props) {
  const say = useSay()
  const change = (part: Partial<Begun>) => onChange({ ...value, ...part })
  const named = value.kind === 'gate' ? gates : items
  const id = (name: string) => `adjust-${value.key}-${name}`
  const turn = (kind: Begun['kind']) => {
    const next = kind === 'gate' ? gates : items
    change({ kind, of: next.some((one) => one.id === value.of) ? value.of : (next[0]?.id ?? '') })
  }
  return (
    <div className="adjustment">
      <Form.Item label={say(words.kind)} htmlFor={id('kind')}>
        <Select
          id={id('kind')}
          value={value.kind}
          onChange={turn}
          options={kinds
            .filter((kind) => kind !== 'gate' || gates.length > 0)
            .map((kind) => ({ value: kind, label: say(words.kinds[kind]) }))}
        />
      </Form.Item>
      <Form.Item label={say(words.what)} htmlFor={id('of')}>
        <Select
          id={id('of')}
          value={value.of}
          onChange={(of: string) => change({ of })}
          options={named.map((one) => ({ value: one.id, label: one.title }))}
        />
      </Form.Item>
      {value.kind !== 'leave-out' && <Numbers value={value} id={id} onChange={change} />}
      <Form.Item label={say(words.why)} htmlFor={id('why')}>
        <Input
          id={id('why')}
          value={value.reason}
          maxLength={1000}
          onChange={(event) => change({ reason: event.target.value })}
        />
      </Form.Item>
      <Form.Item>
        <Button size="small" onClick={onRemove}>
          {say(words.remove)}
        </Button>
      </Form.Item>
    </div>
  )
}

function Numbers({
  value,
  id,
  onChange,
}: {
  value: Begun
  id: (name: string) => string
  onChange: (part: Partial<Begun>) => void
}) {
  const say = useSay()
  const isSet = value.kind === 'set'
  return (
    <div className="row">
      <Form.Item label={say(words.value)} htmlFor={id('value')} extra={isSet ? undefined : say(words.gateNone)}>
        <InputNumber id={id('value')} value={value.value} onChange={(next) => onChange({ value: next })} />
      </Form.Item>
      {isSet && (
        <>
          <Form.Item label={say(words.cases)} htmlFor={id('n')}>
            <InputNumber id={id('n')} min={0} value={value.n} onChange={(next) => onChange({ n: next })} />
          </Form.Item>
          <Form.Item label={say(words.error)} htmlFor={id('error')} extra={say(words.errorAuto)}>
            <InputNumber
              id={id('error')}
              min={0}
              value={value.standardError}
              onChange={(next) => onChange({ standardError: next })}
            />
          </Form.Item>
        </>
      )}
    </div>
  )
}
