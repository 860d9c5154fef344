import { expect, test } from 'vitest'
import { draftForTest, namesForTest } from '../../rules/drafts/drafts-for-test.ts'
import { valueTold } from './value-told.ts'

test.each([
  ['cap.kind', '"absolute"', '固定界限'],
  ['unit', '"percent"', '百分比（%）'],
  ['definition.numerator.0.of', '"events"', '事件条数'],
  ['definition.score.of', '"mean"', '平均分'],
  ['definition.statistic.of', '"mean"', '平均时长'],
  ['definition.where.0.operator', '"at-least"', '不少于'],
  ['definition.where.0.value', '"at-least"', 'at-least'],
  ['target', '95', '95'],
  ['target', 'null', '未设置'],
  ['exclusions', '[]', '未设置'],
  ['definition.pair.acrossEntities', 'true', '是'],
  ['title.en', null, '—'],
])('%s %s', (field, json, told) => expect(valueTold(field, json, 'zh')).toBe(told))

test('no choice of any kind stays a code word', () => {
  const leaves = (value: unknown, path = ''): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`))
      : [[path, value]]
  for (const name of namesForTest)
    for (const [path, value] of leaves(draftForTest(name)))
      if (
        /(kind|operator|open|take|since|noEvents|rollUp|belowMinimum|direction|unit)$|(statistic|score)\.of$/.test(path)
      )
        expect(valueTold(path, JSON.stringify(value), 'zh'), `${name} ${path}`).toMatch(/\p{Script=Han}/u)
})
