/** The part of a draft that can be scored now, and what has to be read for it. */
import type { ItemSource, SchemeDraft, SchemeItem } from '#evaluation/contract'
import { schemeDraft } from '#evaluation/contract'
import { WEIGHT_TOLERANCE } from '../../../rules/schemes/issues.ts'
import { evenly, scaledToOne } from './give-way.ts'
import { finished } from './writing.ts'
import { nth } from './nth.ts'

const ID = /^[a-z][a-z0-9-]{1,79}$/

/** Whether values of the item can be read at all. */
function isReadable({ source }: SchemeItem, known: (indicator: string) => boolean): boolean {
  if (source.kind === 'indicator') return known(source.indicator)
  const sum = source.raters.reduce((total, rater) => total + rater.weight, 0)
  return (
    source.scale.low < source.scale.high &&
    Math.abs(sum - 1) <= WEIGHT_TOLERANCE &&
    source.raters.every((rater) => rater.indicator === null || known(rater.indicator))
  )
}

/** Items and gates still being chosen are left out, their weight shared by the others. Null: nothing is left, or what is left is not sound. */
export function scorableDraft(draft: SchemeDraft, known: (indicator: string) => boolean): SchemeDraft | null {
  const whole = finished(draft)
  const dimensions = whole.dimensions
    .map((dimension) => ({ ...dimension, items: dimension.items.filter((item) => isReadable(item, known)) }))
    .filter(({ items }) => items.length > 0)
  if (dimensions.length === 0 || whole.entityKind === '') return null
  const weights = scaledWhere(dimensions, whole.dimensions.length !== dimensions.length)
  const scaled = dimensions.map((dimension, place) => {
    const before = whole.dimensions.find(({ id }) => id === dimension.id)!.items.length
    const own = scaledWhere(dimension.items, before !== dimension.items.length)
    return {
      ...dimension,
      title: { zh: '-', en: '-' },
      weight: nth(weights, place),
      items: dimension.items.map((item, index) => ({ ...item, source: unnamed(item.source), weight: nth(own, index) })),
    }
  })
  const read = schemeDraft.safeParse({
    ...whole,
    id: ID.test(whole.id) ? whole.id : 'draft',
    title: { zh: '-', en: '-' },
    dimensions: scaled,
    gates: whole.gates
      .filter((gate) => known(gate.indicator))
      .map((gate) => ({ ...gate, title: { zh: '-', en: '-' } })),
    // How weights came about says nothing about the ranking they give.
    weighting: { method: 'hand' },
  })
  return read.success && isOrdered(read.data) ? read.data : null
}

/** Names say nothing about a ranking: one that is still empty, or being typed, changes nothing. */
const unnamed = (source: ItemSource): ItemSource =>
  source.kind === 'assessed' ? { ...source, title: { zh: '-', en: '-' }, question: null } : source

const scaledWhere = (parts: readonly { weight: number }[], changed: boolean) => {
  const weights = parts.map((part) => part.weight)
  return changed ? scaledToOne(weights) : weights
}

/** What the schema does not ask but the arithmetic needs. */
function isOrdered({ dimensions, grades, experience, aggregation }: SchemeDraft): boolean {
  const ascends = (values: readonly number[]) =>
    values.every((value, place) => place === 0 || value > nth(values, place - 1))
  const items = dimensions.flatMap((dimension) => dimension.items)
  const lists = items.map(({ transform }) =>
    transform.kind === 'piecewise' ? transform.points : transform.kind === 'step' ? transform.steps : [],
  )
  const { bands } = grades
  return (
    lists.every((list) => ascends(list.map(([value]) => value))) &&
    (bands.kind !== 'fixed' || ascends(bands.from)) &&
    ascends(experience.map(([points]) => points)) &&
    (aggregation.kind !== 'fuzzy' || ascends(aggregation.levels)) &&
    (aggregation.kind !== 'data-envelopment' ||
      (items.some((item) => item.role === 'result') && items.some((item) => item.role === 'resource')))
  )
}

/**
 * The same units, items and gates with everything else as plain as can be: what is asked of the server. Weights, points and grades are left
 * out, so that moving them asks nothing.
 */
export function inputsDraft(draft: SchemeDraft): SchemeDraft {
  const items = draft.dimensions.flatMap((dimension) => dimension.items)
  const weights = evenly(items.length)
  return schemeDraft.parse({
    id: draft.id,
    title: { zh: '-', en: '-' },
    grains: draft.grains,
    entityKind: draft.entityKind,
    below: draft.below,
    peerGroups: draft.peerGroups,
    dimensions: dimensionsOf(
      items.map(({ id, source }, place) => ({ id, source, weight: nth(weights, place), transform: PLAIN })),
    ),
    gates: draft.gates.map(({ id, indicator }) => ({
      id,
      indicator,
      title: { zh: '-', en: '-' },
      operator: 'at-least',
      limit: 0,
      cap: { kind: 'stars', most: 5 },
    })),
  })
}
const PLAIN = {
  kind: 'piecewise',
  points: [
    [0, 0],
    [1, 100],
  ],
} as const
/** A dimension holds fifty items; a scheme more. */
const DIMENSION_ITEMS_LIMIT = 50

function dimensionsOf(items: readonly { weight: number }[]) {
  const count = Math.ceil(items.length / DIMENSION_ITEMS_LIMIT)
  const weights = evenly(count)
  return Array.from({ length: count }, (_unused, place) => {
    const own = items.slice(place * DIMENSION_ITEMS_LIMIT, (place + 1) * DIMENSION_ITEMS_LIMIT)
    const shares = scaledToOne(own.map((item) => item.weight))
    return {
      id: `part-${place}`,
      title: { zh: '-', en: '-' },
      weight: nth(weights, place),
      items: own.map((item, index) => ({ ...item, weight: nth(shares, index) })),
    }
  })
}
