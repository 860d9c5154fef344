import { describe, expect, test } from 'vitest'
import type { SchemeDraft, SchemeDraftInput } from '../../contract.ts'
import { itemOf, schemeOf } from '../../samples.ts'
import { type IndicatorFacts, issuesOfScheme } from './issues.ts'

const facts = (part: Partial<IndicatorFacts> = {}): IndicatorFacts => ({
  direction: 'higher-is-better',
  retired: false,
  scatterKnown: true,
  ...part,
})
const known = new Map([
  ['rating', facts()],
  ['waiting', facts({ direction: 'lower-is-better' })],
  ['visits', facts({ direction: 'neutral', scatterKnown: false })],
  ['gone', facts({ retired: true })],
])
const found = (draft: SchemeDraft) =>
  issuesOfScheme(draft, known).map(({ field, rule, severity }) => `${severity} ${field} ${rule}`)
const one = (id: string, part: object = {}, scheme: Partial<SchemeDraftInput> = {}) =>
  schemeOf([itemOf(id, 1, part)], scheme)
const title = { zh: '项', en: 'Item' }
const assessed = (part: object) => ({
  source: {
    kind: 'assessed',
    title,
    scale: { low: 1, high: 5 },
    raters: [{ kind: 'self', weight: 1 }],
    ...part,
  } as never,
})

describe('issues of a scheme, by field', () => {
  const cases: [string, SchemeDraft, string[]][] = [
    ['all is well', one('rating'), []],
    ['weights of items', schemeOf([itemOf('rating', 0.5)]), ['error dimensions.0.items weights']],
    [
      'weights of dimensions',
      schemeOf([], { dimensions: [{ id: 'half', title, weight: 0.5, items: [itemOf('rating', 1)] }] }),
      ['error dimensions weights'],
    ],
    ['an item twice', schemeOf([itemOf('rating', 0.5), itemOf('rating', 0.5)]), ['error dimensions unique']],
    ['an indicator nobody knows', one('unknown'), ['error dimensions.0.items.0.source.indicator unknown']],
    ['a retired indicator', one('gone'), ['error dimensions.0.items.0.source.indicator retired']],
    [
      'neither more nor less is better',
      one('visits', { transform: { kind: 'percentile' } }),
      ['error dimensions.0.items.0.transform direction'],
    ],
    ['an error nobody knows', one('visits', { shrink: 'peers' }), ['warning dimensions.0.items.0.shrink scatter']],
    [
      'values that do not ascend',
      one('rating', {
        transform: {
          kind: 'piecewise',
          points: [
            [5, 100],
            [1, 0],
          ],
        },
      }),
      ['error dimensions.0.items.0.transform order'],
    ],
    [
      'steps that do not ascend',
      one('rating', {
        transform: {
          kind: 'step',
          steps: [
            [5, 100],
            [5, 0],
          ],
        },
      }),
      ['error dimensions.0.items.0.transform order'],
    ],
    [
      'a scale upside down',
      one('rating', assessed({ scale: { low: 5, high: 1 } })),
      ['error dimensions.0.items.0.source.scale order'],
    ],
    [
      'weights of raters',
      one(
        'rating',
        assessed({
          raters: [
            { kind: 'self', weight: 0.4 },
            { kind: 'superior', weight: 0.4 },
          ],
        }),
      ),
      ['error dimensions.0.items.0.source.raters weights'],
    ],
    [
      'an indicator for people',
      one('rating', assessed({ raters: [{ kind: 'self', weight: 1, indicator: 'rating' }] })),
      ['error dimensions.0.items.0.source.raters.0.indicator customers'],
    ],
    [
      'a gate on nothing',
      one(
        'rating',
        {},
        {
          gates: [
            {
              id: 'gate',
              title,
              indicator: 'unknown',
              operator: 'at-least',
              limit: 1,
              cap: { kind: 'stars', most: 2 },
            },
          ],
        },
      ),
      ['error gates.0.indicator unknown'],
    ],
    [
      'borders that do not ascend',
      one('rating', {}, { grades: { bands: { kind: 'fixed', from: [70, 60] } } }),
      ['error grades.bands order'],
    ],
    [
      'shares of grades',
      one('rating', {}, { grades: { bands: { kind: 'quantile', shares: [0.5, 0.6] } } }),
      ['error grades.bands weights'],
    ],
    [
      'an experience curve that turns',
      one(
        'rating',
        {},
        {
          experience: [
            [50, 1],
            [0, 5],
          ],
        },
      ),
      ['error experience order'],
    ],
    [
      'more items demanded than there are',
      one('rating', {}, { eligibility: { leastItems: 2, leastDimensions: 2, leastN: 0 } }),
      ['error eligibility.leastItems limit', 'error eligibility.leastDimensions limit'],
    ],
    ['a period twice', one('rating', {}, { grains: ['month', 'month'] }), ['error grains unique']],
    [
      'envelopment without resources, less is better as a result',
      one('waiting', {}, { aggregation: { kind: 'data-envelopment' } }),
      ['error dimensions.0.items.0.role direction', 'error aggregation roles'],
    ],
    ['resources outside envelopment', one('waiting', { role: 'resource' }), ['warning aggregation roles']],
    [
      'levels that do not ascend',
      one('rating', {}, { aggregation: { kind: 'fuzzy', levels: [50, 50] } }),
      ['error aggregation.levels order'],
    ],
  ]
  test.each(cases)('%s', (_name, draft, issues) => expect(found(draft)).toEqual(issues))
})
