import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { itemOf, schemeOf } from '../../samples.ts'
import { methodOf } from './method.ts'
import { starSign, type SignFacts } from './star-sign.ts'
import { isWithheld, toPublished } from './withheld.ts'
import type { Score } from '../../contract.ts'

describe('the method in words', () => {
  const titles = new Map([['prompt', { zh: '按时办结率', en: 'On time' }]])
  test('says what the scheme says, in both languages', () => {
    const draft = schemeOf([itemOf('prompt', 0.625, { shrink: 'peers' }), itemOf('rating', 0.375)], {
      peerGroups: { by: 'region' },
      gates: [
        {
          id: 'incident',
          title: { zh: '重大事故', en: 'Serious incident' },
          indicator: 'incidents',
          operator: 'at-least',
          limit: 1,
          cap: { kind: 'stars', most: 2 },
        },
      ],
    })
    const told = methodOf(draft, titles)
    const zh = told.map((sentence) => sentence.zh).join('\n')
    const en = told.map((sentence) => sentence.en).join('\n')
    for (const part of [
      '按时办结率 62.5%',
      'rating 37.5%',
      '按权重相加',
      '同类单位',
      '40%',
      '重大事故',
      '固定分数线',
      '95%',
      '只列名称',
    ])
      expect(zh).toContain(part)
    for (const part of [
      '2 items in 1 dimension',
      'On time 62.5%',
      'drawn towards',
      'Serious incident',
      '1 point,',
      '95% intervals',
    ])
      expect(en).toContain(part)
    expect(zh + en).not.toMatch(/[{}]|undefined/)
  })
  test('leaves out what does not apply', () => {
    const draft = schemeOf([itemOf('prompt', 1), itemOf('shown', 0)], {
      aggregation: { kind: 'vikor' },
      grades: { bands: { kind: 'quantile', shares: [0.5, 0.5] }, hysteresisPoints: 0 },
    })
    const en = methodOf(draft, titles).map((sentence) => sentence.en)
    expect(en.join('\n')).not.toMatch(/peers|capped|flicker|shown/)
    expect(en[1]).toContain('VIKOR')
  })
})

describe('a sign of stars', () => {
  const facts: SignFacts = {
    organisation: '海州市政务服务中心',
    title: '服务大厅星级',
    name: '东城区大厅',
    period: '2026-03',
    stars: 4,
    code: 'ABCD-1234',
  }
  test('is small, says all it shows to those who cannot see it, and what to check it by', () => {
    const sign = starSign(facts, 'zh')
    expect(sign.length).toBeLessThan(3_000)
    expect(sign).toContain('<title id="t">海州市政务服务中心 2026-03：东城区大厅，4 星（满分 5 星）</title>')
    expect(sign).toMatch(/role="img" aria-labelledby="t d"/)
    expect(sign).toContain('核验码 ABCD-1234')
    expect(sign.match(/fill="#b45309"/g)).toHaveLength(4)
    expect(sign.match(/<polygon/g)).toHaveLength(5)
    expect(starSign(facts, 'en')).toContain('4 of 5 stars')
  })
  test('whatever it is called, nothing in it runs and it stays XML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const sign = starSign({ ...facts, name: `<script>${name}"'&` }, 'en')
        expect(sign).not.toContain('<script>')
        expect(sign).not.toMatch(/[^\P{Cc}\t]|[\ufffe\uffff]/u)
        expect(sign.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/)
      }),
    )
  })
  test('cuts long names inside of the picture', () => {
    const sign = starSign({ ...facts, name: '很'.repeat(80) }, 'zh')
    expect(sign).toContain(`>${'很'.repeat(17)}…</text>`)
  })
})

test('a unit with too few cases is named and no more; an item with too few loses its values', () => {
  const score = {
    entity: { key: 'H1', name: 'H1' },
    periodStart: '2026-03-01',
    complete: true,
    composite: 70,
    n: 7,
    notRankedBecause: null,
    parts: [
      { item: 'a', value: 3, n: 50, standardError: 1, usedValue: 3, points: 60, missingBecause: null },
      { item: 'b', value: 4, n: 3, standardError: 2, usedValue: null, points: null, missingBecause: 'too-few' },
    ],
  } as unknown as Score
  expect(toPublished(score)).toMatchObject({
    composite: 70,
    withheld: false,
    parts: [
      { value: 3, n: 50 },
      { value: null, n: null, standardError: null, usedValue: null },
    ],
  })
  const few = { ...score, notRankedBecause: 'too-few' } as Score
  expect(isWithheld(few)).toBe(true)
  const shown = toPublished(few)
  for (const [name, value] of Object.entries(shown))
    if (typeof value === 'number') expect([name, value]).toEqual([name, null])
  expect([shown.entity.key, shown.n, shown.parts]).toEqual(['H1', null, []])
})
