import { describe, expect, test } from 'vitest'
import { publicationActs, publicationStates, type PublicationState } from '../../contract/publishing.ts'
import { decisionBar, type Duty, isResponsible, sightOf } from './responsible.ts'
import { actsIn, afterAct, isPublic } from './transitions.ts'
import { appealsClosed, obstaclesOf, windowEnd, windowIsOpen } from './window.ts'

// The whole table as a picture, columns in the order of `publicationActs`: preview, publish, discard, withdraw, correct, replace. The first
// letters say where an act leads; a dot says that it is refused.
const picture: Record<PublicationState, string> = {
  draft: /*     */ 'pre .   dis .   .   dra',
  preview: /*   */ '.   pub dis .   .   pre',
  published: /* */ '.   .   .   wit cor .  ',
  corrected: /* */ '.   .   .   .   .   .  ',
  withdrawn: /* */ '.   .   .   .   .   .  ',
  discarded: /* */ '.   .   .   .   .   .  ',
}

describe('every act in every state', () => {
  for (const state of publicationStates)
    for (const [index, act] of publicationActs.entries()) {
      const expected = picture[state].trim().split(/\s+/)[index]!
      test(`${act} of what is ${state}: ${expected}`, () => {
        expect(afterAct(state, act)?.slice(0, 3) ?? '.').toBe(expected)
      })
    }
  test('what may be done is what leads somewhere', () => {
    for (const state of publicationStates)
      expect(new Set(actsIn(state))).toEqual(new Set(publicationActs.filter((act) => afterAct(state, act) !== null)))
  })
  test('nothing leads back behind being published', () => {
    for (const state of publicationStates.filter(isPublic))
      for (const act of publicationActs) expect(isPublic(afterAct(state, act) ?? state)).toBe(true)
  })
})

describe('the time for objections', () => {
  const opened = Temporal.Instant.from('2026-03-02T02:30:00Z')
  const cases: [number, string, string][] = [
    [0, 'Asia/Shanghai', '2026-03-02T02:30:00Z'],
    [1, 'Asia/Shanghai', '2026-03-03T16:00:00Z'],
    [7, 'Asia/Shanghai', '2026-03-09T16:00:00Z'],
    // By the clock of the place: in Los Angeles it is still the first.
    [7, 'America/Los_Angeles', '2026-03-09T07:00:00Z'],
    // Over the night the clock is put forward (8 March) days are what they are there.
    [90, 'America/New_York', '2026-05-31T04:00:00Z'],
  ]
  test.each(cases)('%d days in %s end %s', (days, zone, end) => {
    expect(windowEnd(opened, days, zone).toString()).toBe(end)
  })
  test('is over at its end, not before', () => {
    const until = windowEnd(opened, 1, 'UTC')
    expect(windowIsOpen(until, until.subtract({ nanoseconds: 1 }))).toBe(true)
    expect(windowIsOpen(until, until)).toBe(false)
    expect(windowIsOpen(null, opened)).toBe(false)
  })
  test('keeps a preview from being published, and so do objections nobody decided', () => {
    const preview = { state: 'preview', appealsUntil: opened } as const
    const before = opened.subtract({ hours: 1 })
    expect(obstaclesOf(preview, 2, before)).toEqual(['window-open', 'appeals-undecided'])
    expect(obstaclesOf(preview, 2, opened)).toEqual(['appeals-undecided'])
    expect(obstaclesOf(preview, 0, opened)).toEqual([])
    expect(obstaclesOf({ ...preview, state: 'draft' }, 0, before)).toEqual([])
  })
  test('objections are taken in the window, and as requests for correction once published', () => {
    const closed = (state: PublicationState, hours: number) =>
      appealsClosed({ state, appealsUntil: opened }, opened.add({ hours }))
    expect(publicationStates.map((state) => closed(state, -1))).toEqual([
      'not-shown-yet',
      null,
      null,
      'ended',
      'ended',
      'ended',
    ])
    expect(closed('preview', 0)).toBe('window-over')
    expect(closed('published', 9)).toBe(null)
  })
})

describe('who', () => {
  const head = (...path: number[]): Duty => ({ role: 'department-head', path })
  const everywhere: Duty = { role: 'department-head', path: null }
  const unit = [1, 2, 5]
  test.each<[string, Duty[], boolean]>([
    ['its head', [head(1, 2, 5)], true],
    ['the head above it', [head(1, 2)], true],
    ['the head of the whole', [everywhere], true],
    ['a head beside it', [head(1, 3)], false],
    ['a head below it', [head(1, 2, 5, 9)], false],
    ['a head of a node whose number is in no path', [head(7)], false],
    ['staff of it', [{ role: 'staff', path: [1, 2, 5] }], false],
    ['the office', [{ role: 'improvement-office', path: null }], false],
    ['nobody', [], false],
  ])('%s is responsible: %s', (_name, duties, expected) => expect(isResponsible(duties, unit)).toBe(expected))

  test('sees what, in which state', () => {
    const who = {
      publisher: { permissions: new Set(['scores.publish']), duties: [] },
      decider: { permissions: new Set(['appeals.decide']), duties: [] },
      head: { permissions: new Set(['scores.appeal']), duties: [head(1)] },
      reader: { permissions: new Set(['evaluation.read']), duties: [] },
    }
    const table = Object.entries(who).map(([name, reader]) => [
      name,
      publicationStates.map((state) => sightOf(reader, state)[0]).join(''),
    ])
    // draft, preview, published, corrected, withdrawn, discarded: all, own, nothing.
    expect(Object.fromEntries(table)).toEqual({
      publisher: 'aaaaaa',
      decider: 'naaaon',
      head: 'noaaon',
      reader: 'nnaaon',
    })
  })

  test('decides nothing of their own', () => {
    const appeal = { madeById: 'ann' }
    expect(decisionBar({ id: 'ann', duties: [] }, appeal, unit)).toBe('appellant')
    expect(decisionBar({ id: 'bob', duties: [head(1, 2)] }, appeal, unit)).toBe('responsible')
    expect(decisionBar({ id: 'bob', duties: [head(1, 3)] }, appeal, unit)).toBe(null)
  })
})
