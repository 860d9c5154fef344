import { describe, expect, test } from 'vitest'
import { isFault, readFormula } from './formula.ts'

const known = new Map<string, string | null>([
  ['a', 'minutes'],
  ['b', 'percent'],
  ['c', null],
  ['visits.sum', null],
  ['min', null],
  ['constructor', null],
])
const values: Record<string, number | null> = { a: 6, b: 3, c: 0, 'visits.sum': 10, min: 2, constructor: 7 }
const evaluate = (text: string, of = values) => {
  const read = readFormula(text, known)
  if (isFault(read)) throw new Error(`${read.rule}: ${read.message}`)
  return read.evaluate((name) => of[name] ?? null)
}

describe('values', () => {
  const cases: [string, number | null][] = [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-a', -6],
    ['a / 2', 3],
    ['1 / c', null],
    ['c / c', null],
    ['a > 5 ? 1 : 0', 1],
    ['c == 0 && a >= 6', 1],
    ['!c', 1],
    ['visits.sum / 4', 2.5],
    ['min(3, min)', 2],
    ['max(1, 2, 3)', 3],
    ['clamp(a, 0, 5)', 5],
    ['abs(-2)', 2],
    ['sqrt(9)', 3],
    ['sqrt(-1)', null],
    ['ln(0)', null],
    ['coalesce(1 / 0, 4)', 4],
    ['constructor + 0', 7],
    ['1e308 * 10', null],
  ]
  for (const [text, expected] of cases) test(text, () => expect(evaluate(text)).toBe(expected))

  test('a missing operand makes the result missing, except for coalesce', () => {
    expect(evaluate('a + c', { a: 1 })).toBe(null)
    expect(evaluate('a > 0 ? 1 : 2', {})).toBe(null)
    expect(evaluate('coalesce(a, 5)', {})).toBe(5)
  })
})

describe('what is no formula', () => {
  const deep = '('.repeat(249) + '1' + ')'.repeat(249)
  const cases: [string, string, string?][] = [
    ['', 'formula-form'],
    ['1 +', 'formula-syntax'],
    ['(1', 'formula-syntax'],
    ["'; drop table x; --", 'formula-syntax'],
    ["a + 'x'", 'formula-text', "'x'"],
    ['a b', 'formula-form'],
    ['nobody', 'formula-name', 'nobody'],
    ['a.b', 'formula-name', 'a.b'],
    ['__proto__', 'formula-name', '__proto__'],
    ['toString', 'formula-name', 'toString'],
    ['toString()', 'formula-function', 'toString'],
    ['constructor(1)', 'formula-function', 'constructor'],
    ['a.constructor("x")()', 'formula-function'],
    ['hasOwnProperty(1)', 'formula-function', 'hasOwnProperty'],
    ['a[0]', 'formula-member'],
    ['visits.sum.sum', 'formula-member'],
    ['this', 'formula-form'],
    ['[1, 2]', 'formula-form'],
    ['a = 1', 'formula-syntax'],
    ['a % 2', 'formula-operator', '%'],
    ['a === 6', 'formula-operator', '==='],
    ['~c', 'formula-operator', '~'],
    ['abs()', 'formula-arguments', 'abs'],
    ['clamp(1, 2)', 'formula-arguments', 'clamp'],
    ['a + b', 'formula-unit', '+'],
    ['a < b', 'formula-unit', '<'],
    ['max(a, b)', 'formula-unit'],
    ['c ? a : b', 'formula-unit'],
    [`${'-'.repeat(60)}1`, 'formula-depth'],
  ]
  for (const [text, rule, marked] of cases)
    test(text.slice(0, 40) || 'nothing', () => {
      const read = readFormula(text, known)
      if (!isFault(read)) throw new Error('it is a formula')
      expect(read.rule).toBe(rule)
      if (marked !== undefined) expect(text.slice(read.place!.from, read.place!.until)).toBe(marked)
    })
  test('brackets alone do not nest', () => expect(evaluate(deep)).toBe(1))
  test('the place is that of the name, not of another that holds it', () => {
    const read = readFormula('min(c, n)', known)
    if (!isFault(read)) throw new Error('n is not known')
    expect(read.place).toEqual({ from: 7, until: 8 })
  })
})

test('units: products and quotients have none of their own, a common one is kept', () => {
  for (const text of ['a * b', 'a / b + 3', 'a * 2 + a', 'a / b + a', 'a * b + b', 'sqrt(a) + b', '(a > 1) + b'])
    expect(isFault(readFormula(text, known)), text).toBe(false)
  expect(isFault(readFormula('2 * a + b / 3', known))).toBe(true)
})

test('names are told once, in the order of the text', () => {
  const read = readFormula('c + visits.sum / c', known)
  expect(!isFault(read) && read.names).toEqual(['c', 'visits.sum'])
})
