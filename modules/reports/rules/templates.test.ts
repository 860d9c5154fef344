import { describe, expect, test } from 'vitest'
import { dashboardDraft } from '../contract.ts'
import { changeOf, newestOf } from './change.ts'
import { layoutFaults } from './layout.ts'
import {
  draftFromTemplate,
  pickIndicators,
  pickKind,
  pickScheme,
  type TemplateFacts,
  templateNames,
} from './templates.ts'

const indicator = (id: string, direction = 'lower-is-better', target: number | null = 10, retired = false) => ({
  id,
  direction,
  target,
  retired,
})
const words = { title: { zh: '看板', en: 'Board' } }
const facts: TemplateFacts = {
  indicators: [
    indicator('visits', 'neutral', null),
    indicator('service-minutes', 'lower-is-better', null),
    indicator('waiting'),
    indicator('old', 'lower-is-better', 5, true),
    indicator('satisfaction', 'higher-is-better', 85),
  ],
  schemes: [{ id: 'halls', entityKind: '大厅' }],
  kinds: [
    { kind: '窗口', count: 900 },
    { kind: '大厅', count: 4 },
    { kind: '科室', count: 30 },
  ],
}

test('what people are judged by comes first, retired never', () => {
  expect(pickIndicators(facts.indicators, 9)).toEqual(['waiting', 'satisfaction', 'service-minutes', 'visits'])
  expect(pickIndicators(facts.indicators, 2)).toEqual(['waiting', 'satisfaction'])
})
test('the scheme whose units all have room', () => {
  const schemes = [
    { id: 'few', entityKind: '网络' },
    { id: 'many', entityKind: '科室' },
    { id: 'halls', entityKind: '大厅' },
  ]
  expect(pickScheme({ ...facts, schemes })?.id).toBe('halls')
  expect(pickScheme({ kinds: [], schemes })?.id).toBe('few')
  expect(pickScheme({ kinds: [], schemes: [] })).toBeNull()
})
test('the units a scheme ranks, else the largest level that fits', () => {
  expect(pickKind(facts)).toBe('大厅')
  expect(pickKind({ ...facts, schemes: [] })).toBe('科室')
  expect(pickKind({ schemes: [{ id: 'x', entityKind: '没有' }], kinds: [] })).toBeNull()
})

const worlds: [string, TemplateFacts][] = [
  ['a full organisation', facts],
  ['one without schemes', { ...facts, schemes: [] }],
  ['one with a single indicator', { ...facts, indicators: [indicator('waiting')] }],
  ['an empty one', { indicators: [], schemes: [], kinds: [] }],
]
describe.each(worlds)('every template can be saved in %s', (_name, world) => {
  test.each(templateNames)('%s', (name) => {
    const draft = draftFromTemplate(name, world, words)
    expect(dashboardDraft.parse(draft)).toEqual(draft)
    expect(layoutFaults(draft)).toEqual([])
    const shown = draft.pages.flatMap((page) => page.tiles.map((tile) => tile.show))
    const known = new Set(world.indicators.map((one) => one.id))
    for (const show of shown) if ('indicator' in show) expect(known.has(show.indicator)).toBe(true)
    if (name === 'wall') expect(draft.pages.every((page) => page.tiles.length > 0)).toBe(true)
  })
})

describe('the change of a figure', () => {
  const point = (month: number, value: number | null, standardError: number | null = 1, part = {}) => ({
    periodStart: `2026-0${month}-01`,
    value,
    standardError,
    tooFew: false,
    complete: true,
    ...part,
  })
  const cases: [string, ReturnType<typeof point>[], ReturnType<typeof changeOf>][] = [
    ['more than chance', [point(1, 10), point(2, 14)], { by: 4, significant: true }],
    ['within chance', [point(1, 10), point(2, 12)], { by: 2, significant: false }],
    [
      'without errors nothing is said of chance',
      [point(1, 10, null), point(2, 12, null)],
      { by: 2, significant: null },
    ],
    ['too few is not judged', [point(1, 10), point(2, 14, 1, { tooFew: true })], null],
    ['over a gap', [point(1, 10), point(2, null), point(3, 14)], { by: 4, significant: true }],
    [
      'the running period waits',
      [point(1, 10), point(2, 14), point(3, 99, 1, { complete: false })],
      { by: 4, significant: true },
    ],
    ['only one', [point(1, 10)], null],
    ['none', [], null],
    ['both exact', [point(1, 5, 0), point(2, 5, 0)], { by: 0, significant: false }],
  ]
  test.each(cases)('%s', (_name, points, expected) => expect(changeOf(points)).toEqual(expected))
  test('while the first period runs it is the newest', () => {
    expect(newestOf([point(1, 3, 1, { complete: false })])?.value).toBe(3)
  })
})
