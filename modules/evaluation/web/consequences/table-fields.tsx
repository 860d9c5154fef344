/** The table of a rule: from which value on, what it gives. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, Form, InputNumber } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { consequenceWords as words } from '../../words/consequences-screens.ts'
import type { Kind, Line } from './rule-draft.ts'

export function TableFields({
  lines,
  kind,
  onChange,
}: {
  lines: readonly Line[]
  kind: Kind
  onChange: (lines: readonly Line[]) => void
}) {
  const say = useSay()
  const set = (index: number, part: Partial<Line>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  return (
    <Form.Item label={say(words.table)} extra={say(words.tableHint)}>
      <div className="stack">
        {lines.map((line, index) => (
          // Lines have no name but their place.
          <div key={index} className="row">
            <InputNumber
              aria-label={`${say(words.fromValue)} ${index + 1}`}
              prefix={say(words.fromValue)}
              value={line.from}
              onChange={(from) => set(index, { from })}
              style={{ width: 120 }}
            />
            <InputNumber
              aria-label={`${say(words.gives[kind])} ${index + 1}`}
              min={0}
              value={line.gives}
              onChange={(gives) => set(index, { gives })}
              style={{ width: 120 }}
            />
            <Button
              type="text"
              icon={<CloseOutlined />}
              disabled={lines.length === 1}
              aria-label={say(words.removeLine, { line: index + 1 })}
              onClick={() => onChange(lines.filter((_line, at) => at !== index))}
            />
          </div>
        ))}
        <span className="muted small">{say(words.gives[kind])}</span>
        <Button onClick={() => onChange([...lines, { from: null, gives: null }])}>{say(words.addLine)}</Button>
      </div>
    </Form.Item>
  )
}
