import { describe, expect, test } from 'vitest'
import { sayIn } from '#platform/web/words'
import type { SchemeDraftInput } from '#evaluation/contract'
import { itemOf, schemeOf } from '../../samples.ts'
import {
  certaintyTold,
  gateTold,
  gradesTold,
  missingTold,
  notesTold,
  peersTold,
  type Telling,
  transformTold,
  weightingTold,
} from './told.ts'
import { nth } from '../schemes/state/nth.ts'

const facts = {
  waiting: { title: { zh: '等候时间', en: 'Waiting' }, unit: 'minutes', direction: 'lower-is-better', minimumN: 0 },
  prompt: { title: { zh: '及时率', en: 'Promptness' }, unit: 'percent', direction: 'higher-is-better', minimumN: 10 },
} as const
const telling = (language: 'zh' | 'en'): Telling => ({
  language,
  say: (sentence, values) => sayIn(language, sentence, values),
  indicator: (id) => facts[id as keyof typeof facts],
})

type Item = Parameters<typeof itemOf>[2]
const item = (id: string, part: Item) => nth(nth(schemeOf([itemOf(id, 1, part)]).dimensions, 0).items, 0)
const scheme = (part: Partial<SchemeDraftInput>) => schemeOf([itemOf('prompt', 1)], part)

describe('how values become points, in words', () => {
  const cases: [string, string, Item, string, string][] = [
    [
      'straight lines',
      'prompt',
      {
        transform: {
          kind: 'piecewise',
          points: [
            [50, 0],
            [90.5, 100],
          ],
        },
      },
      '50% 得 0 分、90.5% 得 100 分，之间按直线',
      '50% earns 0, 90.5% earns 100, straight lines between',
    ],
    [
      'gap where less is better',
      'waiting',
      { transform: { kind: 'target-gap', target: 15, pointsPerUnit: 2.5, floor: 10 } },
      '不超过 15分钟 得满分，每多 1分钟 扣 2.5 分，最低 10 分',
      'full points up to 15 min; each 1 min more costs 2.5, down to 10',
    ],
    [
      'gap where more is better',
      'prompt',
      { transform: { kind: 'target-gap', target: 95, pointsPerUnit: 4 } },
      '达到 95% 得满分，每少 1% 扣 4 分，最低 0 分',
      'full points from 95%; each 1% less costs 4, down to 0',
    ],
    [
      'z-score',
      'prompt',
      { transform: { kind: 'z-score' } },
      '同类平均得 50 分，每好一个标准差加 10 分',
      'the mean of the peers earns 50, each standard deviation better 10 more',
    ],
    [
      'steps',
      'waiting',
      {
        transform: {
          kind: 'step',
          steps: [
            [10, 100],
            [30, 40],
          ],
        },
      },
      '不超过 10分钟 得 100 分、30分钟 得 40 分',
      'up to 10 min earns 100, 30 min earns 40',
    ],
  ]
  test.each(cases)('%s', (_name, id, part, zh, en) => {
    expect(transformTold(item(id, part), telling('zh'))).toBe(zh)
    expect(transformTold(item(id, part), telling('en'))).toBe(en)
  })
})

test('everything asked of an item is told', () => {
  const asked = item('prompt', { required: true, minimumN: 30, belowMinimum: 'provisional', shrink: 'peers' })
  expect(notesTold(asked, scheme({}), telling('zh'))).toEqual([
    '必需',
    '样本量至少 30',
    '样本不足时暂定计分',
    '小样本向同类收缩',
  ])
  expect(notesTold(item('prompt', {}), scheme({}), telling('en'))).toEqual([])
})

test('gates, groups, missing items, grades, certainty, weights', () => {
  const draft = scheme({
    peerGroups: { by: 'attribute', attribute: '等级' },
    gates: [
      {
        id: 'slow',
        title: { zh: '过慢', en: 'Too slow' },
        indicator: 'waiting',
        operator: 'more-than',
        limit: 60,
        cap: { kind: 'stars', most: 2 },
      },
    ],
    eligibility: { leastItems: 2, leastDimensions: 1, leastN: 10 },
    weighting: {
      method: 'blend',
      parts: [
        { share: 0.6, from: { method: 'equal' }, weights: [1] },
        { share: 0.4, from: { method: 'critic', periodStart: '2026-03-01' }, weights: [1] },
      ],
    },
  })
  const [zh, en] = [telling('zh'), telling('en')]
  expect(gateTold(nth(draft.gates, 0), zh)).toBe('过慢：等候时间 大于 60分钟 时，最多 2 星')
  expect(gateTold(nth(draft.gates, 0), en)).toBe('Too slow: Waiting more than 60 min means 2 stars at most')
  expect(peersTold(draft, zh)).toBe('按机构属性“等级”分组')
  expect(missingTold(draft, zh)).toEqual([
    '缺的权重由同一维度的其他项按比例分担；缺失超过 40% 不参与排名。',
    '至少要有 2 项、1 个维度有数据，每项样本量不少于 10。',
  ])
  expect(missingTold(scheme({}), en)).toHaveLength(1)
  expect(gradesTold(draft, zh)).toEqual([
    '总分达到 60、70、80、90 分，分别得 2 星起的各级。',
    '越过分数线 1 分以上才升降级。',
  ])
  expect(certaintyTold(draft, en)).toBe(
    'All ranges at 95%; ranges of ranks from 1,000 draws; the top 10% count as the top.',
  )
  expect(weightingTold(draft, zh)).toBe('组合：全部相等 60%、CRITIC 40%')
})
