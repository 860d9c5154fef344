import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ORGANISATION, openTestWorld, OTHER_ORGANISATION, testPerson, type TestWorld } from '#platform/testing/world'
import { type CalendarDraft, organisationContract } from '../contract.ts'
import { organisation } from '../tables.ts'
import {
  calendarDays,
  createOfficeHours,
  listCalendars,
  readCalendar,
  readPeriodSettings,
  saveCalendar,
  savePeriodSettings,
} from './calendars.ts'

let world: TestWorld
const office = testPerson('office', ['calendars.edit', 'entities.read'])
const run = <T>(work: Parameters<ReturnType<TestWorld['as']>['run']>[0], where = ORGANISATION) =>
  world.as(office, where).run(work) as Promise<T>

beforeAll(async () => {
  world = await openTestWorld({ organisations: [ORGANISATION, OTHER_ORGANISATION], start: '2026-03-01T00:00:00Z' })
  await world.records.owner.insert(organisation).values(
    [ORGANISATION, OTHER_ORGANISATION].map((id) => ({
      id,
      name: id,
      timeZone: id === ORGANISATION ? 'Asia/Shanghai' : 'Europe/London',
      createdAt: world.clock.now(),
    })),
  )
})
afterAll(() => world?.close())

const at = (open: number, close: number) => ({ openMinute: open * 60, closeMinute: close * 60 })
const draft = (change: Partial<CalendarDraft> = {}): CalendarDraft => ({
  id: 'hall',
  name: { zh: '大厅', en: 'Hall' },
  effectiveFrom: '2026-01-01',
  basedOn: 0,
  content: { weekdays: Array.from({ length: 7 }, () => [at(9, 17)]), overrides: [] },
  ...change,
})
const hours = (open: number, close: number): CalendarDraft['content'] => ({
  weekdays: Array.from({ length: 7 }, () => [at(open, close)]),
  overrides: [],
})

describe('versions of a calendar', () => {
  test('each day is judged by its version; a version of the same day corrects, an earlier one is refused', async () => {
    await run((context) => saveCalendar(context, draft()))
    await run((context) =>
      saveCalendar(context, draft({ basedOn: 1, effectiveFrom: '2026-03-02', content: hours(8, 16) })),
    )
    await run((context) =>
      saveCalendar(context, draft({ basedOn: 2, effectiveFrom: '2026-03-02', content: hours(8, 18) })),
    )
    const read = await run<Awaited<ReturnType<typeof calendarDays>>>((context) =>
      calendarDays(context, 'hall', '2025-12-31', '2026-03-03'),
    )
    expect(read.timeZone).toBe('Asia/Shanghai')
    expect(read.days).toHaveLength(63)
    expect([0, 60, 61, 62].map((index) => [read.days[index]!.day, read.days[index]!.intervals])).toEqual([
      ['2025-12-31', [at(9, 17)]],
      ['2026-03-01', [at(9, 17)]],
      ['2026-03-02', [at(8, 18)]],
      ['2026-03-03', [at(8, 18)]],
    ])
    await expect(
      run((context) => saveCalendar(context, draft({ basedOn: 3, effectiveFrom: '2026-03-01' }))),
    ).rejects.toMatchObject({ code: 'CALENDAR_VERSION_LATER', data: { effectiveFrom: '2026-03-02' } })
    const { versions } = await run<Awaited<ReturnType<typeof readCalendar>>>((context) =>
      readCalendar(context, { id: 'hall' }),
    )
    expect(versions.map((one) => [one.version, one.effectiveFrom, one.recordedBy])).toEqual([
      [1, '2026-01-01', 'office'],
      [2, '2026-03-02', 'office'],
      [3, '2026-03-02', 'office'],
    ])
  })

  const refusals: [string, Partial<CalendarDraft>, string][] = [
    ['an id that is taken', { basedOn: 0 }, 'CALENDAR_EXISTS'],
    ['a version somebody overtook', { basedOn: 2, effectiveFrom: '2026-04-01' }, 'CALENDAR_CHANGED'],
    ['a calendar that is not there', { id: 'none', basedOn: 1 }, 'CALENDAR_UNKNOWN'],
    [
      'no working time',
      { basedOn: 3, content: { weekdays: Array.from({ length: 7 }, () => []), overrides: [] } },
      'CALENDAR_WITHOUT_WORKING_TIME',
    ],
    ['overlapping hours', { basedOn: 3, content: { ...hours(9, 10), weekdays: overlapping() } }, 'INVALID'],
  ]
  test.each(refusals)('%s is refused', async (_name, change, code) => {
    await expect(run((context) => saveCalendar(context, draft(change)))).rejects.toMatchObject({ code })
  })
  test('what was refused left nothing behind', async () => {
    await expect(run((context) => readCalendar(context, { id: 'none' }))).rejects.toMatchObject({
      code: 'CALENDAR_UNKNOWN',
    })
  })
  test('two savers at once: one wins, the other is told', async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() =>
        run((context) =>
          saveCalendar(context, draft({ basedOn: 3, effectiveFrom: '2026-05-01', content: hours(7, 8) })),
        ),
      ),
    )
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CALENDAR_CHANGED' } })
  })
  test('versions stay as they are', async () => {
    const { sql } = await import('drizzle-orm')
    await expect(
      run((context) => context.records.execute(sql`update organisation.calendar_version set effective_from = now()`)),
    ).rejects.toThrow()
  })
})

test('days of a calendar nobody made, and of longer than a century', async () => {
  await expect(run((context) => calendarDays(context, 'none', '2026-01-01', '2026-01-02'))).rejects.toMatchObject({
    code: 'CALENDAR_UNKNOWN',
  })
  await expect(run((context) => calendarDays(context, 'hall', '1800-01-01', '2026-01-02'))).rejects.toMatchObject({
    code: 'INVALID',
  })
  const none = await run<{ days: unknown[] }>((context) => calendarDays(context, 'hall', '2026-01-02', '2026-01-01'))
  expect(none.days).toEqual([])
})

test('office hours with Chinese holidays in one step, once, and in each organisation for itself', async () => {
  await run((context) => createOfficeHours(context))
  await expect(run((context) => createOfficeHours(context))).rejects.toMatchObject({ code: 'CALENDAR_EXISTS' })
  const { days } = await run<Awaited<ReturnType<typeof calendarDays>>>((context) =>
    calendarDays(context, 'office-hours', '2026-02-13', '2026-03-01'),
  )
  expect(days.map((one) => (one.intervals.length > 0 ? 'x' : '.')).join('')).toBe('xx.........xxxxx.')
  expect((await run<unknown[]>((context) => listCalendars(context))).length).toBe(2)
  expect(await run((context) => listCalendars(context), OTHER_ORGANISATION)).toEqual([])
  await run((context) => createOfficeHours(context), OTHER_ORGANISATION)
  const theirs = await run<{ timeZone: string }>(
    (context) => calendarDays(context, 'office-hours', '2026-01-01', '2026-01-01'),
    OTHER_ORGANISATION,
  )
  expect(theirs.timeZone).toBe('Europe/London')
})

test('settings of periods: the usual ones until changed, each organisation its own', async () => {
  const usual = {
    weekStart: 1,
    fiscalYearStartMonth: 1,
    retailYear: { pattern: '4-4-5', weekday: 7, month: 12, rule: 'nearest' },
  } as const
  expect(await run((context) => readPeriodSettings(context))).toEqual(usual)
  const changed = { ...usual, weekStart: 7, fiscalYearStartMonth: 4 } as const
  await run((context) => savePeriodSettings(context, changed))
  await run((context) => savePeriodSettings(context, { ...changed, weekStart: 6 }))
  expect(await run((context) => readPeriodSettings(context))).toEqual({ ...changed, weekStart: 6 })
  expect(await run((context) => readPeriodSettings(context), OTHER_ORGANISATION)).toEqual(usual)
})

test('shapes that no calendar has are refused at the door', () => {
  const input = organisationContract.saveCalendar['~orpc'].inputSchema!
  const cases: unknown[] = [
    { ...draft(), id: 'With Blank' },
    { ...draft(), effectiveFrom: '2026-02-30' },
    { ...draft(), content: { weekdays: [], overrides: [] } },
    { ...draft(), content: hours(9, 25) },
    { ...draft(), name: { zh: '', en: '' } },
  ]
  for (const one of cases) expect(input.safeParse(one).success, JSON.stringify(one)).toBe(false)
  expect(input.safeParse(draft()).success).toBe(true)
})

function overlapping() {
  return Array.from({ length: 7 }, () => [at(9, 12), at(11, 13)])
}
