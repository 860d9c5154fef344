import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indicatorDraft } from '../../contract/indicators.ts'
import { differencesOf } from './differences.ts'
import { draftForTest, namesForTest } from './drafts-for-test.ts'
import { isTextFault, readDrafts, textOfDraft, textOfDrafts } from './draft-text.ts'

const readBack = (text: string) => {
  const read = readDrafts(text)
  if (isTextFault(read)) throw new Error(read.message)
  return read.map((one) => one.draft)
}

test.each(namesForTest)('%s comes back as it was', (name) => {
  const draft = draftForTest(name)
  expect(readBack(textOfDraft(draft))).toEqual([draft])
  for (const format of ['yaml', 'json'] as const)
    expect(readBack(textOfDrafts([draft, draft], format))).toEqual([draft, draft])
})

/** JSON has one zero only. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'where',
    'coefficient',
    'yes',
    'null',
    '0123',
    '1e3',
    '2026-03-02',
    '~',
    '- a',
    'a: b',
    '#',
    '是',
    "'",
    '"',
    '\n',
    '__proto__x',
  ),
)
const condition = fc.oneof(
  fc.record({ attribute: word, operator: fc.constantFrom('is', 'is-not'), value: fc.string({ maxLength: 9 }) }),
  fc.record({
    attribute: word,
    operator: fc.constantFrom('in', 'not-in'),
    values: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    value: word,
    operator: fc.constantFrom('at-least', 'less-than'),
    limit: number,
  }),
  fc.record({ calendar: word, operator: fc.constantFrom('open', 'closed') }),
)
const term = fc.record({
  of: word,
  coefficient: fc.constantFrom(1, -1, 0.5),
  where: fc.array(condition, { maxLength: 2 }),
})
const names = fc.dictionary(word, fc.string({ maxLength: 9 }), { maxKeys: 3, noNullPrototype: true })
const numbers = fc.dictionary(word, number, {
  maxKeys: 3,
  noNullPrototype: true,
})
const anyDraft = fc
  .record({
    base: fc.constantFrom(...namesForTest),
    title: word,
    where: fc.array(condition, { maxLength: 3 }),
    numerator: fc.array(term, { minLength: 1, maxLength: 3 }),
    target: fc.option(number),
    minimumN: fc.nat(),
    missing: fc.constantFrom({ noEvents: 'gap' }, { noEvents: 'carry', periods: 3 }),
    cap: fc.constantFrom(
      { kind: 'none' },
      { kind: 'absolute', low: null, high: 3 },
      { kind: 'percentile', low: 0.1, high: 0.9 },
    ),
    effectiveFrom: fc.constantFrom(null, '2026-03-01'),
    attributes: names,
    values: numbers,
    entity: fc.constantFrom('a', 'b'),
  })
  .map(({ base, title, where, numerator, attributes, values, entity, ...rest }) => {
    const draft = draftForTest(base)
    const definition = draft.definition.kind === 'count' ? { ...draft.definition, where, numerator } : draft.definition
    const event = { type: title, at: '2026-03-02T02:00:00Z', entity, attributes, values }
    const examples = [{ ...draft.examples[0]!, events: [event] }]
    return indicatorDraft.safeParse({ ...draft, ...rest, title: { zh: title, en: title }, definition, examples })
  })
  .filter((read) => read.success)
  .map((read) => read.data)

test('any draft comes back as it was, from YAML and from JSON', () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      expect(readBack(textOfDraft(draft))).toEqual([draft])
      expect(readBack(textOfDrafts([draft], 'json'))).toEqual([draft])
      expect(differencesOf(draft, readBack(textOfDraft(draft))[0]!)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('what has its usual meaning is left out', () => {
  const text = textOfDraft(draftForTest('mean'))
  for (const word of ['coefficient', 'missing', 'population', 'rollUp', 'entity', 'cap:'])
    expect(text).not.toContain(word)
})

describe('texts that are no definitions', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(',')}]`)
    .join('\n')}`
  const cases: [string, string, string][] = [
    ['nothing', '', 'text-empty'],
    ['a number', '42', 'text-empty'],
    ['an empty list', 'indicators: []', 'text-empty'],
    ['broken YAML', 'id: one\n  title: [', 'text-broken'],
    ['a key twice', 'id: one\nid: two', 'text-broken'],
    ['aliases that blow up', bomb, 'text-broken'],
    ['too many', JSON.stringify(Array.from({ length: 501 }, () => ({}))), 'text-too-many'],
  ]
  test.each(cases)('%s', (_name, text, rule) => {
    const read = readDrafts(text)
    expect(isTextFault(read) && read.rule).toBe(rule)
  })
  test('the line of the fault is told', () => {
    const read = readDrafts('id: one\nunit: percent\ntitle: "')
    expect(isTextFault(read) && read.line).toBe(3)
  })
  test('faults of a definition are told by their path', () => {
    const read = readDrafts(
      '- id: one\n  definition: {kind: count, eventType: visit, numerator: [{of: events, coefficient: x}]}',
    )
    if (isTextFault(read)) throw new Error(read.message)
    expect(read[0]).toMatchObject({ id: 'one', draft: null })
    expect(read[0]!.issues.map((issue) => issue.field)).toContain('definition.numerator.0.coefficient')
  })
})

test('differences by field, with additions and removals', () => {
  const before = draftForTest('count')
  const after = { ...before, target: 5, definition: draftForTest('mean').definition, effectiveFrom: '2026-03-01' }
  expect(differencesOf(before, after)).toEqual([
    { field: 'target', before: 'null', after: '5' },
    { field: 'effectiveFrom', before: 'null', after: '"2026-03-01"' },
    { field: 'definition.kind', before: '"count"', after: '"mean"' },
    { field: 'definition.numerator.0.of', before: '"events"', after: '"minutes"' },
    { field: 'definition.numerator.0.where.0.attribute', before: '"channel"', after: null },
    { field: 'definition.numerator.0.where.0.operator', before: '"is"', after: null },
    { field: 'definition.numerator.0.where.0.value', before: '"web"', after: null },
    { field: 'definition.numerator.0.where', before: null, after: '[]' },
  ])
})

test.each(['zh-CN', 'en'])('the file of the guide can be read: %s', (language) => {
  const guide = readFileSync(new URL(`../../../../docs/guides/indicators.${language}.md`, import.meta.url), 'utf8')
  const text = /```yaml\n([\s\S]*?)```/.exec(guide)![1]!
  expect(readBack(text)).toMatchObject([{ id: 'seen-in-time', examples: [{ expected: 50 }] }])
})
