/** What a scheme begins with, what is offered for each choice, and how a finished draft is read off. */
import type {
  Aggregation,
  Dimension,
  Gate,
  Grades,
  ItemSource,
  Scheme,
  SchemeDraft,
  SchemeItem,
  Transform,
} from '#evaluation/contract'
import { schemeDraft } from '#evaluation/contract'
import type { Bilingual } from '#platform/contract'
import type { Writing } from './tree.ts'

export const noTitle: Bilingual = { zh: '', en: '' }

/** Without what only a version has. */
export const draftOf = (scheme: Scheme): SchemeDraft => schemeDraft.parse(scheme)

export const writingOf = (scheme: Scheme): Writing => ({ draft: draftOf(scheme), shelf: {} })

export function freshWriting(id: string): Writing {
  const dimension = freshDimension([])
  const draft = schemeDraft.parse({
    id,
    title: { zh: '-', en: '-' },
    entityKind: '-',
    dimensions: [{ ...dimension, title: { zh: '-', en: '-' }, weight: 1, items: [placeholder] }],
  })
  return {
    draft: { ...draft, title: noTitle, entityKind: '', dimensions: [{ ...dimension, weight: 1, items: [] }] },
    shelf: {},
  }
}
const placeholder = {
  id: 'placeholder',
  source: { kind: 'indicator', indicator: 'placeholder' },
  weight: 1,
  transform: { kind: 'percentile' },
} as const

const ID_LENGTH_LIMIT = 80

/** A name nobody has yet: `waiting`, else `waiting-2`; of a stem that ends with a hyphen always with a number. */
export function freeId(stem: string, taken: readonly string[]): string {
  const numbered = stem.endsWith('-')
  if (!numbered && !taken.includes(stem)) return stem
  for (let number = numbered ? 1 : 2; ; number += 1) {
    const end = numbered ? String(number) : `-${number}`
    const id = stem.slice(0, ID_LENGTH_LIMIT - end.length) + end
    if (!taken.includes(id)) return id
  }
}

export const freshDimension = (taken: readonly string[]): Dimension => ({
  id: freeId('dimension-', taken),
  title: noTitle,
  weight: 0,
  items: [],
})

const itemIds = (draft: Pick<SchemeDraft, 'dimensions'>) =>
  draft.dimensions.flatMap(({ items }) => items.map((item) => item.id))

const freshBase = {
  weight: 0,
  role: 'result',
  required: false,
  minimumN: null,
  belowMinimum: 'missing',
  shrink: 'none',
} as const

/** Until an indicator is chosen the item says nothing; its points come with the choice. */
export const freshItem = (draft: Pick<SchemeDraft, 'dimensions'>): SchemeItem => ({
  ...freshBase,
  id: freeId('item-', itemIds(draft)),
  source: { kind: 'indicator', indicator: '' },
  transform: freshTransform('piecewise', null),
})

export const freshAssessed = (draft: Pick<SchemeDraft, 'dimensions'>): SchemeItem => ({
  ...freshBase,
  id: freeId('assessed-', itemIds(draft)),
  source: freshJudging,
  transform: {
    kind: 'piecewise',
    points: [
      [1, 0],
      [5, 100],
    ],
  },
})
const freshJudging: ItemSource = {
  kind: 'assessed',
  title: noTitle,
  question: null,
  scale: { low: 1, high: 5 },
  raters: [
    { kind: 'superior', weight: 0.5, indicator: null },
    { kind: 'third-party', weight: 0.5, indicator: null },
  ],
  leniency: false,
}

/** The item named after its indicator, so that people who read the file know it. */
export function itemForIndicator(draft: SchemeDraft, item: SchemeItem, indicator: string): SchemeItem {
  const taken = itemIds(draft).filter((id) => id !== item.id)
  return { ...item, id: freeId(indicator, taken), source: { kind: 'indicator', indicator } }
}

/** What is known of the values: lowest, middle and highest as they are now, and where good begins. */
export interface Spread {
  readonly low: number
  readonly high: number
  readonly target: number | null
  readonly better: 'more' | 'less'
}
const UNKNOWN: Spread = { low: 0, high: 100, target: null, better: 'more' }

/** Straight lines from the worst values of today (0 points) over the target (85), where there is one, to the best (100). */
export function freshTransform(kind: Transform['kind'], known: Spread | null): Transform {
  const { low, high, target, better } = known ?? UNKNOWN
  const [worst, best] = better === 'more' ? [low, high] : [high, low]
  switch (kind) {
    case 'piecewise': {
      const inside = target !== null && target > Math.min(worst, best) && target < Math.max(worst, best)
      const points: [number, number][] = [
        [worst, 0],
        ...(inside ? [[target, 85] as [number, number]] : []),
        [best, 100],
      ]
      return { kind, points: points.toSorted((a, b) => a[0] - b[0]) }
    }
    case 'target-gap': {
      const aim = target ?? best
      const gap = Math.abs(aim - worst) || Math.abs(high - low) || 100
      return { kind, target: aim, pointsPerUnit: niceNumber(100 / gap), floor: 0 }
    }
    case 'z-score':
      return { kind, centre: 50, pointsPerDeviation: 15 }
    case 'percentile':
      return { kind }
    case 'step': {
      const middle = (low + high) / 2
      const steps: [number, number][] =
        better === 'more'
          ? [
              [low, 20],
              [middle, 60],
              [high, 100],
            ]
          : [
              [low, 100],
              [middle, 60],
              [high, 20],
            ]
      return { kind, steps }
    }
  }
}

/** One or two digits: 0.37 becomes 0.4, 2.7 becomes 2.5. */
export function niceNumber(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const nearest = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].reduce((best, step) =>
    Math.abs(step * power - value) < Math.abs(best * power - value) ? step : best,
  )
  return Number((nearest * power).toPrecision(3))
}

export const freshGate = (taken: readonly string[]): Gate => ({
  id: freeId('gate-', taken),
  title: noTitle,
  indicator: '',
  operator: 'at-least',
  limit: 1,
  cap: { kind: 'stars', most: 2 },
})

export function freshAggregation(kind: Aggregation['kind']): Aggregation {
  switch (kind) {
    case 'weighted-product':
      return { kind, leastPoints: 1 }
    case 'vikor':
      return { kind, v: 0.5 }
    case 'grey-relational':
      return { kind, rho: 0.5 }
    case 'fuzzy':
      return { kind, operator: 'weighted-average', levels: [20, 40, 60, 80, 100] }
    case 'data-envelopment':
      return { kind, returns: 'variable', orientation: 'output' }
    default:
      return { kind }
  }
}

export function freshBands(kind: Grades['bands']['kind']): Grades['bands'] {
  if (kind === 'fixed') return { kind, from: [60, 70, 80, 90] }
  if (kind === 'quantile') return { kind, shares: [0.1, 0.2, 0.4, 0.2, 0.1] }
  return { kind, count: 5 }
}

const filled = ({ zh, en }: Bilingual): Bilingual => {
  const [a, b] = [zh.trim(), en.trim()]
  return { zh: a || b, en: b || a }
}

/** As it is sent: what was written in one language only stands for both. */
export function finished(draft: SchemeDraft): SchemeDraft {
  const dimensions = draft.dimensions.map((dimension) => ({
    ...dimension,
    title: filled(dimension.title),
    items: dimension.items.map((item) => ({ ...item, source: finishedSource(item.source) })),
  }))
  const gates = draft.gates.map((gate) => ({ ...gate, title: filled(gate.title) }))
  const { zh, en } = draft.explanation
  const explanation = { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() }
  return { ...draft, title: filled(draft.title), explanation, dimensions, gates }
}

function finishedSource(source: ItemSource): ItemSource {
  if (source.kind === 'indicator') return source
  const question = source.question === null ? null : filled(source.question)
  const raters = source.raters.map((rater) => ({ ...rater, indicator: rater.indicator || null }))
  return { ...source, title: filled(source.title), question: question?.zh === '' ? null : question, raters }
}
