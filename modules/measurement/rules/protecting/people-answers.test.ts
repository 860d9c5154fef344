import { describe, expect, test } from 'vitest'
import { indicatorDraft, type IndicatorDraftInput } from '../../contract/indicators.ts'
import { answerFields, factFields, fieldsRead, restsOnAnswers, saysPeople } from './people-answers.ts'

const draft = (definition: IndicatorDraftInput['definition'], rest: Partial<IndicatorDraftInput> = {}) =>
  indicatorDraft.parse({
    id: 'one',
    title: { zh: '一', en: 'One' },
    explanation: { zh: '一', en: 'One' },
    unit: 'number',
    direction: 'neutral',
    definition,
    ...rest,
  })
const survey = draft({
  kind: 'survey',
  eventType: 'rating',
  value: 'stars',
  scale: { low: 1, high: 5 },
  score: { of: 'mean' },
})
const visits = draft({ kind: 'count', eventType: 'visit', numerator: [{ of: 'events' }] })
const happy = (rest: Partial<IndicatorDraftInput>) =>
  draft(
    { kind: 'proportion', eventType: 'visit', numerator: [{ of: 'happy' }], denominator: [{ of: 'rated' }] },
    { category: 'satisfaction', ...rest },
  )
const followed = draft({
  kind: 'conversion',
  pair: {
    from: { eventType: 'rating', where: [{ value: 'stars', operator: 'at-most', limit: 2 }] },
    to: { eventType: 'call', where: [] },
    match: ['ticket'],
    withinHours: 48,
  },
})
const responses = draft({
  kind: 'ratio',
  eventType: 'visit',
  numerator: [{ of: 'events', eventType: 'rating' }],
  denominator: [{ of: 'events' }],
})

describe('what counts as answers of people', () => {
  const cases: [string, ReturnType<typeof draft>, boolean][] = [
    ['a survey', survey, true],
    ['a survey declared to be facts', { ...survey, answers: 'facts' }, false],
    ['satisfaction', happy({}), true],
    ['satisfaction declared to be facts', happy({ answers: 'facts' }), false],
    ['another category', happy({ category: 'quality' }), false],
    ['anything declared to be answers', { ...visits, answers: 'people' }, true],
    ['visits', visits, false],
  ]
  test.each(cases)('%s', (_name, one, expected) => expect(saysPeople(one)).toBe(expected))

  const answered = answerFields([survey, happy({})])
  test('and what reads the same values of the same events', () => {
    expect(restsOnAnswers(followed, answered)).toBe(true)
    expect(restsOnAnswers({ ...followed, answers: 'facts' }, answered)).toBe(false)
    // How many answered is no answer.
    expect(restsOnAnswers(responses, answered)).toBe(false)
    const stars = draft({ kind: 'mean', eventType: 'visit', numerator: [{ of: 'stars' }] })
    expect(restsOnAnswers(stars, answered)).toBe(false)
    expect(restsOnAnswers(draft({ kind: 'mean', eventType: 'visit', numerator: [{ of: 'happy' }] }), answered)).toBe(
      true,
    )
  })
})

describe('fields of events', () => {
  const told = (fields: ReturnType<typeof fieldsRead>) =>
    Object.fromEntries([...fields].map(([type, { values, attributes }]) => [type, [[...values], [...attributes]]]))
  test('answers lie in values, and in attributes the numerator asks for', () => {
    expect(told(answerFields([survey, happy({})]))).toEqual({
      rating: [['stars'], []],
      visit: [['happy', 'rated'], []],
    })
    const agreed = draft(
      {
        kind: 'proportion',
        eventType: 'form',
        where: [{ attribute: 'channel', operator: 'is', value: 'web' }],
        numerator: [{ of: 'events', where: [{ attribute: 'answer', operator: 'is', value: 'yes' }] }],
        denominator: [{ of: 'events' }],
      },
      { category: 'satisfaction' },
    )
    expect(told(answerFields([agreed]))).toEqual({ form: [[], ['answer']] })
    expect(
      restsOnAnswers(
        draft({
          kind: 'count',
          eventType: 'form',
          where: [{ attribute: 'answer', operator: 'is', value: 'yes' }],
          numerator: [{ of: 'events' }],
        }),
        answerFields([agreed]),
      ),
    ).toBe(true)
  })
  test('facts of the same events are those facts read', () => {
    const waiting = draft({ kind: 'mean', eventType: 'visit', numerator: [{ of: 'minutes' }] })
    const answered = answerFields([survey, happy({})])
    expect(told(factFields([survey, happy({}), waiting, followed, responses], answered))).toEqual({
      visit: [['minutes'], []],
      rating: [[], []],
    })
  })
})
