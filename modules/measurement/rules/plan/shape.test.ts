import { expect, test } from 'vitest'
import { draftForTest, type NameForTest } from '../drafts/drafts-for-test.ts'
import { effectOf, eventTypesOf } from './event-types.ts'
import { scaleOf, shapeOf } from './shape.ts'

type Row = [NameForTest, shape: string, scale: number, types: string[], hoursBefore: number, daysAfter: number | null]
const rows: Row[] = [
  ['count', 'count', 1, ['visit'], 0, 0],
  ['sum', 'weighted', 1, ['visit', 'refund'], 0, 0],
  ['mean', 'mean', 1, ['visit'], 0, 0],
  ['ratio', 'ratio', 1, ['visit', 'complaint'], 0, 0],
  ['proportion', 'proportion', 100, ['visit'], 0, 0],
  ['quantile', 'other', 1, ['visit'], 0, 0],
  ['distinct', 'other', 1, ['visit'], 0, 0],
  ['durationMean', 'mean', 1, ['opened', 'closed'], 48, 0],
  ['durationQuantile', 'other', 60, ['opened', 'closed'], 48, 0],
  ['durationWithin', 'proportion', 100, ['opened', 'closed'], 48, 0],
  ['conversion', 'proportion', 100, ['opened', 'closed'], 48, 0],
  ['repeat', 'proportion', 1000, ['visit'], 168, 0],
  ['rolling', 'count', 1, ['visit'], 0, 30],
  ['toDate', 'weighted', 1, ['visit'], 0, 366],
  ['lifetime', 'count', 1, ['visit'], 0, null],
  ['backlog', 'weighted', 1, ['opened', 'closed'], 0, null],
  ['level', 'weighted', 1, ['visit'], 0, 0],
  ['surveyMean', 'mean', 1, ['visit'], 0, 0],
  ['surveyTop', 'proportion', 100, ['visit'], 0, 0],
  ['surveyPromoter', 'net-promoter', 100, ['visit'], 0, 0],
  ['expression', 'other', 1, ['visit', 'complaint'], 0, 0],
  ['derived', 'other', 1, [], 0, 0],
]
test.each(rows)('%s', (name, shape, scale, types, hoursBefore, daysAfter) => {
  const draft = draftForTest(name)
  expect(shapeOf(draft.definition)).toBe(shape)
  expect(scaleOf(draft)).toBe(scale)
  expect(eventTypesOf(draft.definition)).toEqual(types)
  expect(effectOf(draft.definition)).toEqual({ hoursBefore, daysAfter })
})
