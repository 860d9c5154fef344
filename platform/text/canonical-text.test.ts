import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from './canonical-text.ts'

test('as RFC 8785 writes it', () => {
  // Section 3.2.3: keys by UTF-16 code units, also those that look like numbers or lie beyond the basic plane.
  const sorted = {
    '\u20ac': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '\ud83d\ude00': 5,
    '\u0080': 6,
    '\u00f6': 7,
    '10': 8,
    '9': 9,
  }
  expect(canonicalText(sorted)).toBe(
    '{"\\r":2,"1":4,"10":8,"9":9,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  )
  // oxlint-disable-next-line no-loss-of-precision -- the example of RFC 8785, written with more digits than a double keeps.
  expect(canonicalText({ numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27] })).toBe(
    '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  )
})

test('says what JSON says, whatever the order it was written in', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalText(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalText(JSON.parse(text))).toBe(text)
    }),
  )
  expect(canonicalText({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}')
  expect(canonicalText(undefined)).toBe('null')
})
