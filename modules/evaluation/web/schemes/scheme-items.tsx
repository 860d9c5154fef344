/** Items of a scheme: indicator, weight, points as breakpoints with their curve. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, InputNumber } from 'antd'
import type { Indicator } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, unitNames } from '#platform/web/numbers.ts'
import { IndicatorPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../../words.ts'
import { PointsCurve } from './points-curve.tsx'
import { emptyItem, evenWeights, type ItemForm, type SchemeForm, soundPoints, weightSum } from './scheme-form.ts'

const edit = words.edit
const POINTS_LIMIT = 20

export function SchemeItems() {
  const say = useSay()
  const form = Form.useFormInstance<SchemeForm>()
  const items = Form.useWatch('items', form) as (ItemForm | undefined)[] | undefined
  const indicators = useIndicators()
  const spread = () => {
    const weights = evenWeights(items?.length ?? 0)
    weights.forEach((weight, index) => form.setFieldValue(['items', index, 'weight'], weight))
  }
  return (
    <Form.List name="items">
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <Item
              key={field.key}
              index={field.name}
              value={items?.[field.name]}
              indicator={indicators?.find((one) => one.id === items?.[field.name]?.indicator)}
              remove={fields.length > 1 ? () => remove(field.name) : undefined}
            />
          ))}
          <div className="row spread" style={{ paddingTop: 16 }}>
            <div className="row">
              <Button icon={<PlusOutlined />} onClick={() => add(emptyItem())}>
                {say(edit.addItem)}
              </Button>
              {fields.length > 1 && <Button onClick={spread}>{say(edit.spreadEvenly)}</Button>}
            </div>
            <Sum items={items} />
          </div>
        </>
      )}
    </Form.List>
  )
}

function Sum({ items }: { items: (ItemForm | undefined)[] | undefined }) {
  const say = useSay()
  const { language } = useLanguage()
  const sum = weightSum(items)
  return (
    <strong aria-live="polite">
      {sum === 100 ? (
        <StatusMark status="green" word={say(edit.sumRight)} />
      ) : (
        <StatusMark status="orange" word={say(edit.sumOff, { sum: formatNumber(sum, language, 2) })} />
      )}
    </strong>
  )
}

interface ItemProps {
  readonly index: number
  readonly value: ItemForm | undefined
  readonly indicator: Indicator | undefined
  readonly remove: (() => void) | undefined
}

function Item({ index, value, indicator, remove }: ItemProps) {
  const say = useSay()
  const sound = soundPoints(value?.points)
  return (
    <div className="scheme-item">
      <div>
        <div className="scheme-item-head">
          <Form.Item
            name={[index, 'indicator']}
            label={say(edit.indicator)}
            rules={[{ required: true, message: say(edit.needIndicator) }]}
          >
            <IndicatorPicker />
          </Form.Item>
          <Form.Item
            name={[index, 'weight']}
            label={say(edit.weight)}
            rules={[{ required: true, type: 'number', min: 0.01, max: 100, message: say(edit.needWeight) }]}
          >
            <InputNumber<number> min={0} max={100} step={5} suffix="%" style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item label=" " colon={false}>
            {remove && (
              <Button type="text" icon={<DeleteOutlined />} aria-label={say(edit.removeItem)} onClick={remove} />
            )}
          </Form.Item>
        </div>
        <Form.Item name={[index, 'required']} valuePropName="checked">
          <Checkbox>{say(edit.required)}</Checkbox>
        </Form.Item>
        <Breakpoints index={index} unit={indicator ? say(unitNames[indicator.unit]) : undefined} />
      </div>
      <div>
        <PointsCurve points={sound} unit={indicator?.unit ?? 'number'} />
        {sound === null && (value?.points ?? []).every((point) => point?.[0] != null && point[1] != null) && (
          <StatusMark status="orange" word={say(edit.unordered)} />
        )}
      </div>
    </div>
  )
}

function Breakpoints({ index, unit }: { index: number; unit: string | undefined }) {
  const say = useSay()
  return (
    <Form.List name={[index, 'points']}>
      {(points, { add, remove }) => (
        <div role="group" aria-label={say(edit.breakpoints)}>
          <div className="muted small">
            {say(edit.breakpoints)}
            {unit !== undefined && `（${say(edit.at)}：${unit}）`}
          </div>
          {points.map((point) => (
            <div key={point.key} className="breakpoint">
              <Form.Item name={[point.name, 0]} noStyle rules={[{ required: true, type: 'number' }]}>
                <InputNumber<number> placeholder={say(edit.at)} aria-label={say(edit.at)} style={{ width: 130 }} />
              </Form.Item>
              <span aria-hidden="true">→</span>
              <Form.Item name={[point.name, 1]} noStyle rules={[{ required: true, type: 'number', min: 0, max: 100 }]}>
                <InputNumber<number>
                  min={0}
                  max={100}
                  placeholder={say(edit.gives)}
                  aria-label={say(edit.gives)}
                  style={{ width: 110 }}
                />
              </Form.Item>
              {points.length > 2 && (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={say(edit.removePoint)}
                  onClick={() => remove(point.name)}
                />
              )}
            </div>
          ))}
          {points.length < POINTS_LIMIT && (
            <Button type="link" size="small" onClick={() => add([null, null])}>
              {say(edit.addPoint)}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  )
}
