/** The details of an item: its source, how values become points, and what is asked of a unit. */
import { Checkbox } from 'antd'
import { useEffect, useMemo } from 'react'
import type { SchemeItem, Transform } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field } from '../parts/fields.tsx'
import type { ItemPlace } from '../state/tree.ts'
import { type Editor, useEditorState } from '../state/use-editor.ts'
import { freshTransform, itemForIndicator } from '../state/writing.ts'
import { AssessedFields } from './assessed-fields.tsx'
import { IndicatorChoice } from './indicator-choice.tsx'
import { itemTitle } from './item-title.ts'
import { type ItemFacts, spreadOf, TransformFields } from './transform-fields.tsx'
import { nth } from '../state/nth.ts'

const words = rulesWords.item
const NO_VALUES: readonly number[] = []

/** Values of the item as the units have them now: in the order of what can be scored. */
function useValues(item: SchemeItem, { preview }: Editor): readonly number[] {
  const { inputs, scorable } = preview
  return useMemo(() => {
    const place = scorable?.dimensions.flatMap((dimension) => dimension.items).findIndex((each) => each.id === item.id)
    if (!inputs || place === undefined || place < 0) return NO_VALUES
    return inputs.units.flatMap((unit) => unit.values[place] ?? [])
  }, [inputs, scorable, item.id])
}

function useFacts(item: SchemeItem, editor: Editor): ItemFacts {
  const say = useSay()
  const { language } = useLanguage()
  const { source } = item
  const indicator = source.kind === 'indicator' ? editor.indicator(source.indicator) : undefined
  const values = useValues(item, editor)
  const name = itemTitle(item, editor.indicator, say, language)
  return useMemo(
    () => ({
      name,
      unit: source.kind === 'assessed' ? 'points' : (indicator?.unit ?? 'number'),
      better: indicator?.direction === 'lower-is-better' ? 'less' : 'more',
      target: indicator?.target ?? null,
      values,
    }),
    [name, source.kind, indicator, values],
  )
}

export function ItemDetail({ place }: { place: ItemPlace }) {
  const editor = useEditorState()
  const { draft, patch } = editor
  const item = nth(nth(draft.dimensions, place.dimension).items, place.item)
  const field = `dimensions.${place.dimension}.items.${place.item}`
  const facts = useFacts(item, editor)
  useFitting(item, facts, place, editor)
  const put = (next: SchemeItem, about: string | null = null) => patch(withItem(editor, place, next), about)
  return (
    <div className="item-detail">
      {item.source.kind === 'indicator' ? (
        <Field field={`${field}.source.indicator`} label={words.indicator}>
          {(id) => (
            <IndicatorName
              id={id}
              value={item.source.kind === 'indicator' ? item.source.indicator : ''}
              onChange={(chosen) => put(itemForIndicator(draft, item, chosen))}
            />
          )}
        </Field>
      ) : (
        <AssessedFields
          field={`${field}.source`}
          source={item.source}
          onChange={(source, about) => put({ ...item, source }, about)}
        />
      )}
      <TransformFields
        field={field}
        item={item}
        facts={facts}
        onChange={(transform: Transform, about) => put({ ...item, transform }, about)}
      />
      <Demands field={field} item={item} onChange={put} />
    </div>
  )
}

function IndicatorName(props: { id: string; value: string; onChange: (id: string) => void }) {
  const say = useSay()
  return <IndicatorChoice {...props} label={say(words.indicator)} />
}

const withItem = ({ draft }: Editor, place: ItemPlace, item: SchemeItem) => {
  const dimension = nth(draft.dimensions, place.dimension)
  const items = dimension.items.with(place.item, item)
  return { dimensions: draft.dimensions.with(place.dimension, { ...dimension, items }) }
}

/** The points an item begins with, before anybody chose any: the first values that come fit them. */
const UNTOUCHED = JSON.stringify(freshTransform('piecewise', null))

function useFitting(item: SchemeItem, facts: ItemFacts, place: ItemPlace, { follow }: Editor): void {
  const spread = useMemo(() => spreadOf(facts), [facts])
  const untouched = item.source.kind === 'indicator' && JSON.stringify(item.transform) === UNTOUCHED
  useEffect(() => {
    if (!untouched || !spread) return
    const transform = freshTransform('piecewise', spread)
    if (JSON.stringify(transform) === UNTOUCHED) return
    follow((writing) => {
      const { dimensions } = writing.draft
      const dimension = dimensions[place.dimension]
      const found = dimension?.items[place.item]
      if (!found || found.id !== item.id) return writing
      const items = dimension.items.with(place.item, { ...found, transform })
      return {
        ...writing,
        draft: { ...writing.draft, dimensions: dimensions.with(place.dimension, { ...dimension, items }) },
      }
    })
  }, [untouched, spread, follow, place.dimension, place.item, item.id])
}

interface DemandsProps {
  readonly field: string
  readonly item: SchemeItem
  readonly onChange: (item: SchemeItem, about?: string | null) => void
}

function Demands({ field, item, onChange }: DemandsProps) {
  const say = useSay()
  const { draft } = useEditorState()
  const put = (part: Partial<SchemeItem>) => onChange({ ...item, ...part })
  return (
    <>
      <Checkbox checked={item.required} onChange={(event) => put({ required: event.target.checked })}>
        {say(words.required)}
      </Checkbox>
      <div className="row item-demands">
        <SmallestN field={field} item={item} onChange={onChange} />
        <Field field={`${field}.belowMinimum`} label={words.below} width={200}>
          {(id) => (
            <Choice
              id={id}
              value={item.belowMinimum}
              options={words.belows}
              onChange={(belowMinimum) => put({ belowMinimum })}
            />
          )}
        </Field>
        <Field field={`${field}.shrink`} label={words.shrink} width={220} help={say(words.shrinkWhy)}>
          {(id) => (
            <Choice id={id} value={item.shrink} options={words.shrinks} onChange={(shrink) => put({ shrink })} />
          )}
        </Field>
        {draft.aggregation.kind === 'data-envelopment' && (
          <Field field={`${field}.role`} label={words.role} width={140}>
            {(id) => <Choice id={id} value={item.role} options={words.roles} onChange={(role) => put({ role })} />}
          </Field>
        )}
      </div>
    </>
  )
}

function SmallestN({ field, item, onChange }: DemandsProps) {
  const say = useSay()
  const { indicator } = useEditorState()
  const own = item.source.kind === 'indicator' ? (indicator(item.source.indicator)?.minimumN ?? 0) : 0
  const put = (typed: number | null) =>
    onChange({ ...item, minimumN: typed === null ? null : Math.round(typed) }, `${field} minimumN`)
  return (
    <Field
      field={`${field}.minimumN`}
      label={words.minimumN}
      width={220}
      help={own > 0 ? say(words.minimumNHint, { n: own }) : say(words.minimumNNone)}
    >
      {(id) => <NumberField id={id} value={item.minimumN} min={0} step={1} onChange={put} />}
    </Field>
  )
}
