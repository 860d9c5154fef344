import { describe, expect, test } from 'vitest'
import { definitionIssueWords } from '../words/definition/definition-issues.ts'
import { type IndicatorDraft, indicatorDraft } from '../contract/indicators.ts'
import { definitionsForTest, draftForTest, type NameForTest, namesForTest } from './drafts/drafts-for-test.ts'
import { definitionRules } from './drafts/issues.ts'
import { faultsOfDraft } from './definition.ts'

test.each(namesForTest)('%s as it should be', (name) => expect(faultsOfDraft(draftForTest(name))).toEqual([]))

const told = (draft: IndicatorDraft) => faultsOfDraft(draft).map(({ field, rule }) => `${field} ${rule}`)
const changed = (name: NameForTest, part: object) =>
  draftForTest(name, { definition: { ...definitionsForTest[name], ...part } as never })
const { pair } = definitionsForTest.durationMean

describe('kinds', () => {
  const cases: [string, IndicatorDraft, string][] = [
    ['a duration in percent', draftForTest('durationMean', { unit: 'percent' }), 'unit unit-duration'],
    ['a share in minutes', draftForTest('conversion', { unit: 'minutes' }), 'unit unit-share'],
    ['a top box in points', draftForTest('surveyTop', { unit: 'points' }), 'unit unit-share'],
    ['a promoter score in percent', draftForTest('surveyPromoter', { unit: 'percent' }), 'unit unit-score'],
    [
      'a limit beyond the window',
      changed('durationWithin', { statistic: { of: 'within', limitHours: 49 } }),
      'definition.statistic.limitHours beyond-window',
    ],
    ['a pair with itself', changed('conversion', { pair: { ...pair, to: pair.from } }), 'definition.pair.to pair-same'],
    [
      'matched twice by the same',
      changed('conversion', { pair: { ...pair, match: ['a', 'a'] } }),
      'definition.pair.match match-twice',
    ],
    ['a scale of nothing', changed('surveyMean', { scale: { low: 5, high: 5 } }), 'definition.scale scale-order'],
    [
      'a top box off the scale',
      changed('surveyTop', { score: { of: 'top-box', from: 6 } }),
      'definition.score.from score-outside',
    ],
    [
      'promoters off the scale',
      changed('surveyPromoter', { score: { of: 'net-promoter', promotersFrom: 11, detractorsTo: 6 } }),
      'definition.score score-outside',
    ],
    [
      'promoters who are detractors',
      changed('surveyPromoter', { score: { of: 'net-promoter', promotersFrom: 6, detractorsTo: 6 } }),
      'definition.score score-order',
    ],
    [
      'two facts of one name',
      changed('expression', {
        facts: [...definitionsForTest.expression.facts, definitionsForTest.expression.facts[0]],
      }),
      'definition.facts ambiguous',
    ],
    ['a constant formula', changed('expression', { formula: '1 + 1' }), 'definition.formula formula-constant'],
    [
      'a figure a fact does not have',
      changed('expression', { formula: 'a.distinct' }),
      'definition.formula formula-name',
    ],
    ['last of several units', changed('expression', { formula: 'b.last' }), 'definition.formula formula-last'],
    ['n of a stranger', changed('expression', { nOf: 'z' }), 'definition.nOf fact-unknown'],
    [
      'two parts of one name',
      changed('derived', { parts: [definitionsForTest.derived.parts[0], definitionsForTest.derived.parts[0]] }),
      'definition.parts ambiguous',
    ],
    [
      'a negative quantile',
      changed('quantile', { numerator: [{ of: 'minutes', coefficient: -1 }] }),
      'definition.numerator.0.coefficient quantile-turned',
    ],
  ]
  test.each(cases)('%s', (_name, draft, expected) => expect(told(draft)).toContain(expected))
})

describe('properties that do not go together, each with its reason', () => {
  const carry = { noEvents: 'zero' } as const
  const exclusion = {
    reason: { zh: '台风', en: 'Typhoon' },
    where: [{ attribute: 'cause', operator: 'is' as const, value: 'typhoon' }],
    evidence: 'document',
  }
  const cases: [string, IndicatorDraft, string][] = [
    ['shrinking without a weight', draftForTest('mean', { belowMinimum: 'shrink' }), 'minimumN shrink-minimum'],
    ['shrinking a count', draftForTest('count', { belowMinimum: 'shrink', minimumN: 5 }), 'belowMinimum shrink-total'],
    [
      'shrinking customers',
      draftForTest('distinct', { belowMinimum: 'shrink', minimumN: 5 }),
      'belowMinimum shrink-total',
    ],
    ['a mean of derived units', draftForTest('derived', { rollUp: 'mean-of-units' }), 'rollUp roll-up-derived'],
    ['a mean of customers', draftForTest('distinct', { rollUp: 'mean-of-units' }), 'rollUp roll-up-stock'],
    ['a mean of backlogs', draftForTest('backlog', { rollUp: 'mean-of-units' }), 'rollUp roll-up-stock'],
    ['a mean of running totals', draftForTest('rolling', { rollUp: 'mean-of-units' }), 'rollUp roll-up-stock'],
    ['a share of nothing is zero', draftForTest('proportion', { missing: carry }), 'missing zero-share'],
    ['a rate of nothing is zero', draftForTest('ratio', { missing: carry }), 'missing zero-share'],
    ['a mean of nothing is zero', draftForTest('durationMean', { missing: carry }), 'missing zero-share'],
    ['a quantile of nothing is zero', draftForTest('quantile', { missing: carry }), 'missing zero-share'],
    ['a score of nobody is zero', draftForTest('surveyPromoter', { missing: carry }), 'missing zero-share'],
    ['a level without a reading is zero', draftForTest('level', { missing: carry }), 'missing zero-level'],
    ['exclusions from a level', draftForTest('level', { exclusions: [exclusion] }), 'exclusions exclusion-kind'],
    ['exclusions from a backlog', draftForTest('backlog', { exclusions: [exclusion] }), 'exclusions exclusion-kind'],
    ['exclusions from indicators', draftForTest('derived', { exclusions: [exclusion] }), 'exclusions exclusion-kind'],
    ['answers in a moving window', draftForTest('toDate', { answers: 'people' }), 'answers answers-window'],
    ['no example', draftForTest('count', { examples: [] }), 'examples example-missing'],
    [
      'an example of nothing',
      draftForTest('count', { examples: [{ ...draftForTest('count').examples[0]!, events: [] }] }),
      'examples example-missing',
    ],
    [
      'an example backwards',
      draftForTest('count', { examples: [{ ...draftForTest('count').examples[0]!, to: '2026-03-01' }] }),
      'examples.0.to example-order',
    ],
    [
      'events for parts',
      draftForTest('derived', { examples: draftForTest('count').examples }),
      'examples.0.parts example-parts',
    ],
    ['a target beyond all', draftForTest('repeat', { target: 1001 }), 'target share-range'],
    ['a band backwards', draftForTest('count', { band: { low: 2, high: 1 } }), 'band band-order'],
    [
      'a band where more is better',
      draftForTest('count', { band: { low: 1, high: 2 }, direction: 'higher-is-better' }),
      'band band-direction',
    ],
    ['a band and a target', draftForTest('count', { band: { low: 1, high: 2 }, target: 1 }), 'target band-target'],
    ['a cap of nothing', draftForTest('mean', { cap: { kind: 'absolute', low: null, high: null } }), 'cap cap-empty'],
    ['a cap upside down', draftForTest('mean', { cap: { kind: 'absolute', low: 2, high: 2 } }), 'cap cap-order'],
    ['a cap of a count', draftForTest('count', { cap: { kind: 'absolute', low: 0, high: 2 } }), 'cap cap-kind'],
    [
      'a cap of a share of durations',
      draftForTest('durationWithin', { cap: { kind: 'absolute', low: 0, high: 2 } }),
      'cap cap-kind',
    ],
    [
      'percentiles of a sum',
      draftForTest('sum', { cap: { kind: 'percentile', low: 0, high: 0.99 } }),
      'cap cap-percentile',
    ],
  ]
  test.each(cases)('%s', (_name, draft, expected) => expect(told(draft)).toContain(expected))
})

describe('hostile names and texts', () => {
  const names = ["'); drop table events; --", '"', '__proto__', 'constructor', '{{x}}', '\u202e', 'a\nb', '%', '\\']
  test.each(names)('%j is a name like any other', (name) => {
    const draft = changed('count', {
      eventType: name,
      numerator: [{ of: name, where: [{ attribute: name, operator: 'is', value: name }] }],
    })
    expect(told(draft)).toEqual([])
  })
  const refusedBySchema: [string, object][] = [
    ['a name of nothing', { eventType: '' }],
    ['a name of 101 characters', { eventType: 'x'.repeat(101) }],
    ['a value of 501 characters', { where: [{ attribute: 'a', operator: 'is', value: 'x'.repeat(501) }] }],
    ['an operator nobody knows', { where: [{ attribute: 'a', operator: 'like', value: 'x' }] }],
    ['21 terms', { numerator: Array.from({ length: 21 }, () => ({ of: 'events' })) }],
    ['a coefficient of 0', { numerator: [{ of: 'events', coefficient: 0 }] }],
    ['a coefficient that is no number', { numerator: [{ of: 'events', coefficient: Number.POSITIVE_INFINITY }] }],
  ]
  test.each(refusedBySchema)('%s', (_name, part) => expect(() => changed('count', part)).toThrow())
  test('a formula of 501 characters, variables that are no names', () => {
    expect(() => changed('expression', { formula: `a.n + ${'1'.repeat(500)}` })).toThrow()
    for (const name of ['A', '1a', 'a-b', 'a.b', '__proto__', "a'", ''])
      expect(() => changed('derived', { parts: [{ name, indicator: 'x' }] }), name).toThrow()
  })
})

test('every rule has words, in Chinese and in English', () => {
  expect(Object.keys(definitionIssueWords).toSorted()).toEqual([...definitionRules].toSorted())
  for (const { zh, en } of Object.values(definitionIssueWords)) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).not.toMatch(/\p{Script=Han}/u)
  }
})

test('the schema fills in what a draft leaves out', () =>
  expect(indicatorDraft.parse(draftForTest('count'))).toEqual(draftForTest('count')))
