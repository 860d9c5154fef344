/** Every worked example of the library through the real store, and installing sectors into a real organisation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveCalendar } from '#organisation/actions/calendars'
import { installLibrary } from '../actions/library/install-library.ts'
import { readLibrary } from '../actions/library/read-library.ts'
import { currentIndicator, retireIndicator, saveIndicator } from '../actions/indicators.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { runExamples } from '../defining/run-examples.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../imports/open-for-test.ts'
import { entriesOf, libraryEntries } from './all.ts'
import { draftOf } from './draft.ts'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'

const ZONE = 'Asia/Shanghai'
const working = [{ openMinute: 9 * 60, closeMinute: 17 * 60 }]
const WEEKDAYS = [working, working, working, working, working, [], []]
const OFFICE = {
  id: 'office-hours',
  name: { zh: '办公时间', en: 'Office hours' },
  effectiveFrom: '2020-01-01',
  basedOn: 0,
  content: { weekdays: WEEKDAYS, overrides: [] },
}

let all: MeasurementWorld
beforeAll(async () => {
  all = await openMeasurementWorld('2026-03-20T01:00:00Z')
  await all.createEntities(['H1'])
})
afterAll(() => all?.close())

describe('installing', () => {
  test('a sector without its calendar: the rest comes, what it lacks is told', async () => {
    const hall = entriesOf('hall')
    const waiting = hall.filter((entry) => calendarsNamed(draftOf(entry, ZONE)).length > 0).map((entry) => entry.id)
    expect(waiting.length).toBeGreaterThan(0)
    const done = await all.run((context) => installLibrary(context, { sector: 'hall' }))
    expect(done.left.toSorted()).toEqual(waiting.toSorted())
    expect(done.installed).toHaveLength(hall.length - waiting.length)
    expect(done.needs.filter((need) => need.kind === 'calendar').map((need) => need.name)).toEqual(
      waiting.map(() => 'office-hours'),
    )
    expect(done.needs.some((need) => need.kind === 'definition')).toBe(false)
    expect(done.needs).toContainEqual({ id: 'visit-count', kind: 'events', name: 'visit' })
  })

  test('again: everything is kept, also what somebody changed or retired', async () => {
    const changed = await all.run(async (context) => {
      await retireIndicator(context, { id: 'escalation-rate' })
      const {
        version: _,
        createdAt: _at,
        createdBy: _by,
        retired: _retired,
        ...draft
      } = await currentIndicator(context, 'visit-count')
      return saveIndicator(context, { ...draft, owner: '改善办公室', effectiveFrom: '2026-03-01' })
    })
    await all.run((context) => saveCalendar(context, OFFICE))
    const done = await all.run((context) => installLibrary(context, { sector: 'hall' }))
    expect(done.left).toEqual([])
    expect(done.installed.length + done.kept.length).toBe(entriesOf('hall').length)
    expect(done.kept).toContain('escalation-rate')
    expect(await all.run((context) => currentIndicator(context, 'visit-count'))).toMatchObject({
      version: changed.version,
      owner: '改善办公室',
    })
    const third = await all.run((context) => installLibrary(context, { sector: 'hall' }))
    expect(third.installed).toEqual([])
  })

  test('by ids brings the parts first; unknown ids are refused', async () => {
    const done = await all.run((context) => installLibrary(context, { ids: ['three-rates-mean', 'resolution-rate'] }))
    expect([...done.kept, ...done.installed].toSorted()).toEqual(
      ['resolution-rate', 'response-within-24-hours', 'satisfaction-rate', 'three-rates-mean'].toSorted(),
    )
    await expect(all.run((context) => installLibrary(context, { ids: ['no-such'] }))).rejects.toMatchObject({
      code: 'INDICATOR_UNKNOWN',
    })
  })

  test('with own words it counts own events, and the words are remembered', async () => {
    await all.apart((context) =>
      recordEvents(context, {
        events: ['a', 'b', 'c', 'd'].map((id, index) => ({
          id,
          type: '送达',
          entity: 'H1',
          at: '2026-03-02T02:00:00Z',
          attributes: { 准时: index === 0 ? '否' : '是' },
        })),
      }),
    )
    await all.settle()
    const own = {
      eventTypes: { delivery: '送达' },
      attributes: { 'on-time': '准时' },
      values: {},
      codes: { yes: '是', no: '否' },
    }
    const done = await all.run((context) => installLibrary(context, { ids: ['delivery-on-time'], vocabulary: own }))
    expect(done).toEqual({ installed: ['delivery-on-time'], kept: [], left: [], needs: [] })
    const { groups } = await all.run((context) =>
      readSeries(context, { id: 'delivery-on-time', grain: 'month', from: '2026-03-01', to: '2026-03-31' }),
    )
    expect(groups[0]!.points[0]).toMatchObject({ value: 75, n: 4 })
    const library = await all.run((context) => readLibrary(context))
    // “no” stands in no definition, so nothing remembers it.
    expect(library.own).toEqual({ ...own, codes: { yes: '是' } })
    const entry = library.entries.find((each) => each.id === 'delivery-on-time')!
    expect(entry).toMatchObject({ installed: true, retired: false, missingTypes: [] })
    expect(library.vocabulary.find((type) => type.name === 'delivery')!.recorded).toBe(true)
    expect(library.vocabulary.find((type) => type.name === 'cart')!.recorded).toBe(false)
  })
})

describe('worked examples come out', () => {
  test.each(libraryEntries)('$id', async (entry) => {
    const outcomes = await all.run((context) => runExamples(context, draftOf(entry, ZONE)))
    expect(outcomes.filter((outcome) => !outcome.agrees)).toEqual([])
  })
})
