import { describe, expect, test } from 'vitest'
import { schemeDraft } from '#evaluation/contract'
import { itemOf, schemeOf } from '../../../samples.ts'
import { inputsDraft, scorableDraft } from './scorable.ts'
import { addItem, type Writing } from './tree.ts'
import { shapeIssues } from './shape-issues.ts'
import {
  finished,
  freeId,
  freshAssessed,
  freshItem,
  freshTransform,
  freshWriting,
  itemForIndicator,
  niceNumber,
} from './writing.ts'

const known = (id: string) => id !== '' && id !== 'unknown'

describe('names nobody has yet', () => {
  test.each([
    ['waiting', [], 'waiting'],
    ['waiting', ['waiting'], 'waiting-2'],
    ['waiting', ['waiting', 'waiting-2'], 'waiting-3'],
    ['within-15', [], 'within-15'],
    ['item-', [], 'item-1'],
    ['item-', ['item-1', 'item-2'], 'item-3'],
  ])('%s beside %j: %s', (stem, taken, expected) => expect(freeId(stem, taken)).toBe(expected))
  test('never longer than an id may be', () => {
    const long = 'a'.repeat(80)
    expect(freeId(long, [long])).toHaveLength(80)
  })
})

describe('a new scheme', () => {
  test('says what is missing and nothing else, each once', () => {
    const { draft } = freshWriting('scheme-1')
    expect(shapeIssues(draft).map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'title too_small',
      'entityKind too_small',
      'dimensions.0.title too_small',
      'dimensions.0.items too_small',
    ])
  })
  test('is sound once these are filled in, one language standing for both', () => {
    const begun = freshWriting('scheme-1')
    const item = itemForIndicator(begun.draft, freshItem(begun.draft), 'prompt')
    const { draft } = addItem(begun, 0, item)
    const named = {
      ...draft,
      title: { zh: ' 大厅 ', en: '' },
      entityKind: 'hall',
      dimensions: draft.dimensions.map((dimension) => ({ ...dimension, title: { zh: '', en: 'All' } })),
    }
    expect(shapeIssues(named)).toEqual([])
    const sent = finished(named)
    expect(sent.title).toEqual({ zh: '大厅', en: '大厅' })
    expect(sent.dimensions[0]?.title).toEqual({ zh: 'All', en: 'All' })
    expect(schemeDraft.safeParse(sent).success).toBe(true)
  })
  test('an item is named after its indicator, apart from others of the same', () => {
    const draft = schemeOf([itemOf('prompt', 1)])
    expect(itemForIndicator(draft, freshItem(draft), 'prompt').id).toBe('prompt-2')
  })
})

describe('where points begin and end', () => {
  const spread = { low: 40, high: 95, target: 85, better: 'more' } as const
  test('straight lines from the worst over the target to the best, whichever way is better', () => {
    expect(freshTransform('piecewise', spread)).toEqual({
      kind: 'piecewise',
      points: [
        [40, 0],
        [85, 85],
        [95, 100],
      ],
    })
    expect(freshTransform('piecewise', { low: 5, high: 30, target: null, better: 'less' })).toEqual({
      kind: 'piecewise',
      points: [
        [5, 100],
        [30, 0],
      ],
    })
  })
  test('a gap that reaches the floor at the worst', () => {
    expect(freshTransform('target-gap', spread)).toMatchObject({ target: 85, pointsPerUnit: 2 })
  })
  test('every kind is sound, with and without values', () => {
    for (const kind of ['piecewise', 'target-gap', 'z-score', 'percentile', 'step'] as const)
      for (const given of [null, spread, { ...spread, better: 'less' } as const]) {
        const draft = schemeOf([itemOf('prompt', 1, { transform: freshTransform(kind, given) })])
        expect(shapeIssues(draft)).toEqual([])
        expect(scorableDraft(draft, known)).not.toBeNull()
      }
  })
  test('numbers of one or two digits', () => {
    expect([0.37, 2.7, 100 / 55, 0, Number.NaN].map(niceNumber)).toEqual([0.4, 2.5, 2, 1, 1])
  })
})

describe('what can be scored now', () => {
  const draft = schemeOf([itemOf('prompt', 0.5), itemOf('waiting', 0.3), itemOf('unknown', 0.2)])
  test('items still being chosen are left out, the others take over', () => {
    const items = scorableDraft(draft, known)?.dimensions[0]?.items.map(({ id, weight }) => [id, weight])
    expect(items).toEqual([
      ['prompt', 0.625],
      ['waiting', 0.375],
    ])
  })
  test('nothing is scored while nothing is chosen, or while values do not ascend', () => {
    expect(scorableDraft(freshWriting('scheme-1').draft, known)).toBeNull()
    const points: [number, number][] = [
      [90, 0],
      [10, 100],
    ]
    expect(
      scorableDraft(schemeOf([itemOf('prompt', 1, { transform: { kind: 'piecewise', points } })]), known),
    ).toBeNull()
    expect(
      scorableDraft(
        {
          ...schemeOf([itemOf('prompt', 1)]),
          grades: { bands: { kind: 'fixed', from: [70, 60] }, hysteresisPoints: 0 },
        },
        known,
      ),
    ).toBeNull()
  })
  test('an item people judge needs weights of its judges that sum to 1', () => {
    const item = freshAssessed(draft)
    const writing: Writing = addItem({ draft: schemeOf([itemOf('prompt', 1)]), shelf: {} }, 0, item)
    expect(scorableDraft(writing.draft, known)?.dimensions[0]?.items).toHaveLength(2)
    const { source } = item
    if (source.kind !== 'assessed') throw new Error('an assessed item is assessed')
    const raters = source.raters.map((rater) => ({ ...rater, weight: 0.4 }))
    const broken = addItem({ draft: schemeOf([itemOf('prompt', 1)]), shelf: {} }, 0, {
      ...item,
      source: { ...source, raters },
    })
    expect(scorableDraft(broken.draft, known)?.dimensions[0]?.items).toHaveLength(1)
  })
  test('what is asked of the server stays the same while weights, points and grades move', () => {
    const one = scorableDraft(draft, known)
    const other = scorableDraft(
      {
        ...draft,
        dimensions: draft.dimensions.map((dimension) => ({
          ...dimension,
          items: dimension.items.map((item, place) => ({
            ...item,
            weight: [0.2, 0.3, 0.5][place] ?? 0,
            transform: { kind: 'percentile' as const },
          })),
        })),
        grades: { bands: { kind: 'k-means', count: 3 }, hysteresisPoints: 2 },
        certainty: { confidence: 0.9, draws: 300, topShare: 0.2 },
      },
      known,
    )
    if (!one || !other) throw new Error('both can be scored')
    expect(inputsDraft(other)).toEqual(inputsDraft(one))
  })
  test('more items than a dimension holds are asked for all the same', () => {
    const many = Array.from({ length: 3 }, (_unused, part) => ({
      id: `part-${part}`,
      title: { zh: '部分', en: 'Part' },
      weight: 0.3333 + (part === 0 ? 0.0001 : 0),
      items: Array.from({ length: 40 }, (_item, place) => itemOf(`i${part}-${place}`, 1 / 40)),
    }))
    const asked = inputsDraft(schemeOf([], { dimensions: many }))
    expect(asked.dimensions.flatMap((dimension) => dimension.items)).toHaveLength(120)
    expect(shapeIssues(asked)).toEqual([])
  })
})
