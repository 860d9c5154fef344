import { describe, expect, test } from 'vitest'
import { fieldName, registerProblems } from '#platform/web/problems.ts'
import { indicatorDraft } from '../../contract/indicators.ts'
import { kindExamples, kindNames } from '../../words/definition/definition-kinds.ts'
import { definitionsForTest, draftForTest, namesForTest } from '../../rules/drafts/drafts-for-test.ts'
import { fields, problems, rules } from '../../words.ts'
import { definitionTold, rulesTold } from './definition-told.ts'
import { freshDefinition, kinds } from './fresh-draft.ts'

const HAN = /\p{Script=Han}/u
/** Words of the code that must not reach a reader. */
const CODE =
  /censor|count-late|acrossEntities|to-date|top-box|net-promoter|at-least|is-not|undefined|null|\{|\}|\[object/

describe('every kind is told in full, in both languages', () => {
  for (const name of namesForTest)
    test(name, () => {
      const { definition } = draftForTest(name)
      const [zh, en] = [definitionTold(definition, 'zh'), definitionTold(definition, 'en')]
      expect(zh).toMatch(HAN)
      expect(zh).toMatch(/。$/)
      expect(en).not.toMatch(HAN)
      expect(en).toMatch(/\.$/)
      for (const text of [zh, en]) {
        expect(text).not.toMatch(CODE)
        expect(text).not.toMatch(/“”|\(\)|  /)
        // Whatever the definition names stands in the sentence.
        for (const word of wordsOf(definitionsForTest[name])) expect(text).toContain(word)
      }
    })
  const wordsOf = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, each]) =>
      ['eventType', 'attribute', 'formula', 'indicator'].includes(key)
        ? [String(each)]
        : key === 'match'
          ? (each as string[])
          : wordsOf(each),
    )
  }
})

test('sentences, as a reader meets them', () => {
  const zh = (name: (typeof namesForTest)[number]) => definitionTold(draftForTest(name).definition, 'zh')
  expect(zh('count')).toBe('统计“channel”为“web”的“visit”事件数。')
  expect(zh('proportion')).toBe('“minutes”不超过 30 的“visit”事件数，占“visit”事件数的比例。')
  expect(zh('conversion')).toBe(
    '“channel”为“web”的“opened”事件之后，在时间窗内出现“closed”事件的比例。前后事件按“ticket”配对，可跨机构，最多等 2 天。时间窗还没过完的先不计入；过完仍没有等到的，计为未发生（时长按整个时间窗计）。',
  )
  const derived = draftForTest('derived').definition
  expect(definitionTold(derived, 'zh', new Map([['other', '投诉率']]))).toBe(
    '按公式 2 * rate 计算，其中：rate 指“投诉率”。',
  )
})

test('the rest is told too', () => {
  const draft = indicatorDraft.parse({
    ...draftForTest('mean'),
    minimumN: 5,
    belowMinimum: 'shrink',
    missing: { noEvents: 'carry', periods: 2 },
    cap: { kind: 'absolute', low: 0, high: 60 },
    population: { kinds: ['ward'] },
    rollUp: 'mean-of-units',
    effectiveFrom: '2026-03-01',
    exclusions: [
      {
        reason: { zh: '台风', en: 'Typhoon' },
        where: [{ attribute: 'cause', operator: 'given' }],
        evidence: 'document',
        capShare: 0.05,
      },
    ],
  })
  for (const language of ['zh', 'en'] as const) {
    const told = rulesTold(draft, language)
    expect(told).toHaveLength(7)
    for (const sentence of told) {
      expect(sentence).not.toMatch(CODE)
      expect(HAN.test(sentence)).toBe(language === 'zh')
    }
  }
})

test('every kind has a name, an example and a beginning', () => {
  expect(kinds.toSorted()).toEqual(Object.keys(kindNames).toSorted())
  expect(Object.keys(kindExamples).toSorted()).toEqual(kinds.toSorted())
  for (const kind of kinds) {
    const fresh = freshDefinition(kind, draftForTest('conversion').definition)
    expect(fresh.kind).toBe(kind)
    expect(definitionTold(fresh, 'zh')).toMatch(HAN)
  }
})

test('every field of a definition has a name in Chinese', () => {
  registerProblems({ ...problems, ...rules }, fields)
  const paths = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null && !path.endsWith('.attributes') && !path.endsWith('.values')
      ? Object.entries(value).flatMap(([key, each]) => paths(each, path === '' ? key : `${path}.${key}`))
      : [path]
  for (const name of namesForTest)
    for (const path of paths(draftForTest(name))) {
      if (path.startsWith('examples.0.parts.')) continue
      expect(fieldName(path, 'zh'), path).toMatch(HAN)
    }
})
