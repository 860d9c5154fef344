import { describe, expect, test } from 'vitest'
import type { OpeningCalendar } from '#organisation/contract'
import {
  contentOf,
  draftOf,
  obstacleOf,
  shownVersions,
  type SpecialDay,
  withWeek,
  type Writing,
  writingOf,
} from './calendar-draft.ts'

const name = { zh: '名称', en: 'name' }
const day = (change: Partial<SpecialDay> = {}): SpecialDay => ({
  key: 0,
  day: '2026-10-10',
  kind: 'make-up-workday',
  hours: '09:00–17:30',
  name,
  ...change,
})
const fresh = (change: Partial<Writing> = {}): Writing => ({
  ...writingOf(undefined, undefined, '2026-11-21'),
  id: ' hall ',
  nameZh: ' 大厅 ',
  ...change,
})

test('a new calendar begins as an office week from the start of the year', () => {
  const draft = draftOf(fresh(), 0)
  expect(draft).toMatchObject({ id: 'hall', name: { zh: '大厅', en: '大厅' }, effectiveFrom: '2026-01-01', basedOn: 0 })
  expect(draft.content.weekdays.map((one) => one.length)).toEqual([1, 1, 1, 1, 1, 0, 0])
})

test('a version is written as it was read', () => {
  const content = draftOf(fresh({ special: [day()] }), 0).content
  const version = { version: 1, effectiveFrom: '2026-01-01', recordedAt: '', recordedBy: '', content }
  const calendar: OpeningCalendar = { id: 'hall', name, timeZone: 'Asia/Shanghai', versions: [version] }
  expect(contentOf(writingOf(calendar, 1, '2026-11-21'))).toEqual(content)
  expect(writingOf(calendar, 1, '2026-11-21').effectiveFrom).toBe('2026-11-21')
  expect(writingOf(calendar, 1, '2025-11-21').effectiveFrom).toBe('2026-01-01')
})

describe('what keeps a calendar from being saved', () => {
  const cases: [string, Partial<Writing>, ReturnType<typeof obstacleOf>][] = [
    ['nothing', {}, null],
    ['hours nobody understands', { hours: ['morning', '', '', '', '', '', ''] }, 'fix'],
    ['never open', { hours: ['', '', '', '', '', '', ''] }, 'never'],
    ['open on a special day only', { hours: ['', '', '', '', '', '', ''], special: [day()] }, null],
    ['a day twice', { special: [day(), day({ key: 1 })] }, 'fix'],
    ['a row without a day', { special: [day({ day: '' })] }, 'fix'],
    ['overlapping special hours', { special: [day({ hours: '9-12, 11-13' })] }, 'fix'],
  ]
  test.each(cases)('%s', (_name, change, obstacle) => expect(obstacleOf(fresh(change))).toBe(obstacle))
})

test('make-up workdays follow the week, those with hours of their own and half-typed weeks do not change them', () => {
  const special = [day(), day({ key: 1, day: '2026-09-20', hours: '08:00–12:00' }), day({ key: 2, kind: 'special' })]
  const writing = fresh({ special })
  const week = writing.hours.with(0, '9-12')
  expect(withWeek(writing, week).special.map((one) => one.hours)).toEqual(['09:00–12:00', '08:00–12:00', '09:00–17:30'])
  const empty = withWeek(writing, ['', '', '', '', '', '', ''])
  expect(empty.special.map((one) => one.hours)).toEqual(special.map((one) => one.hours))
})

test('the month shows the version being written from its day on, or an old version alone', () => {
  const { content } = draftOf(fresh(), 0)
  const versions = [1, 2].map((version) => ({
    version,
    effectiveFrom: `2026-0${version}-01`,
    recordedAt: '',
    recordedBy: '',
    content,
  }))
  const calendar: OpeningCalendar = { id: 'hall', name, timeZone: 'Asia/Shanghai', versions }
  const shown = (version: number | undefined, disabled: boolean) =>
    shownVersions(calendar, fresh({ effectiveFrom: '2026-05-01' }), { version, disabled }).map((one) => one.version)
  expect([shown(2, false), shown(2, true), shown(1, true)]).toEqual([[1, 2, 3], [1, 2], [1]])
  expect(shownVersions(undefined, fresh(), { version: undefined, disabled: false })).toHaveLength(1)
})
