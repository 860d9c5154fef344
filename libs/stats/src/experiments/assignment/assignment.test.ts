import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chiSquareTail } from '../../distributions/chi-square-tail.ts'
import { assigner, uniformOf } from './assign.ts'
import { randomisedSchedule, stratifiedRandomisation } from './schedule.ts'
import { saltedHash, sipHash, unitInterval } from './sip-hash.ts'

const golden = JSON.parse(readFileSync(new URL('../../../reference/experiments-bayes.json', import.meta.url), 'utf8'))

test('SipHash-2-4 against OpenSSL, and the example of Aumasson and Bernstein (2012), appendix A: a129ca6149be45e5', () => {
  // Key bytes 00 01 ... 0f, little-endian words.
  const key = [
    { high: 0x07060504, low: 0x03020100 },
    { high: 0x0f0e0d0c, low: 0x0b0a0908 },
  ] as const
  for (const { length, hex } of golden.hashes) {
    const { high, low } = sipHash(
      Uint8Array.from({ length }, (_, i) => i),
      key,
    )
    const bytes = [low, high].flatMap((half) => [0, 8, 16, 24].map((shift) => (half >>> shift) & 0xff))
    expect(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(hex)
  }
  const example = sipHash(
    Uint8Array.from({ length: 15 }, (_, i) => i),
    key,
  )
  expect(example).toEqual({ high: 0xa129ca61, low: 0x49be45e5 })
})

describe('uniform and independent', () => {
  const count = 20_000
  const uniform = uniformOf('waiting-time-2027')
  const points = Array.from({ length: count }, (_, i) => uniform(`customer-${i}`))
  const chiSquare = (counts: number[]) => {
    const expected = counts.reduce((sum, value) => sum + value, 0) / counts.length
    return counts.reduce((sum, value) => sum + (value - expected) ** 2 / expected, 0)
  }
  test('numbers of consecutive names fill [0, 1) evenly', () => {
    const counts = Array.from({ length: 100 }, () => 0)
    for (const point of points) counts[Math.floor(point * 100)]!++
    expect(chiSquareTail(chiSquare(counts), 99, 'upper')).toBeGreaterThan(0.001)
    expect(Math.min(...points)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...points)).toBeLessThan(1)
  })
  test('neighbouring names, and two salts, are independent', () => {
    const other = uniformOf('waiting-time-2028')
    const second = points.map((_, i) => other(`customer-${i}`))
    for (const [one, two] of [
      [points.slice(0, -1), points.slice(1)],
      [points, second],
    ] as const) {
      const counts = Array.from({ length: 100 }, () => 0)
      one.forEach((point, i) => counts[10 * Math.floor(point * 10) + Math.floor(two[i]! * 10)]!++)
      expect(chiSquareTail(chiSquare(counts), 99, 'upper')).toBeGreaterThan(0.001)
    }
  })
  test('the low bits are used: doubles of 53 bits', () => {
    expect(unitInterval({ high: 0xffffffff, low: 0xffffffff })).toBe(1 - 2 ** -53)
    expect(unitInterval({ high: 0, low: 1 << 11 })).toBe(2 ** -53)
    expect(points.some((point) => (point * 2 ** 53) % 2 === 1)).toBe(true)
  })
  test('one changed bit changes half of the hash, on average', () => {
    const hash = saltedHash('s')
    let changed = 0
    for (let i = 0; i < 500; i++) {
      const [a, b] = [hash(`u${i}`), hash(`u${i}x`)]
      for (let bits = (a.high ^ b.high) >>> 0; bits; bits >>>= 1) changed += bits & 1
      for (let bits = (a.low ^ b.low) >>> 0; bits; bits >>>= 1) changed += bits & 1
    }
    expect(changed / 500).toBeGreaterThan(31)
    expect(changed / 500).toBeLessThan(33)
  })
})

describe('assignment', () => {
  const arms = [
    { name: 'control', share: 0.5 },
    { name: 'call back', share: 0.3 },
    { name: 'message', share: 0.2 },
  ]
  test('the same unit always meets the same arm; shares hold', () => {
    const [assign, again] = [assigner({ salt: 'e1', arms }), assigner({ salt: 'e1', arms })]
    const counts = new Map<string, number>()
    for (let i = 0; i < 10_000; i++) {
      const arm = assign(`u${i}`, 'north')
      expect(again(`u${i}`, 'north')).toBe(arm)
      counts.set(arm, (counts.get(arm) ?? 0) + 1)
    }
    for (const { name, share } of arms) expect(Math.abs(counts.get(name)! / 10_000 - share)).toBeLessThan(0.02)
  })
  test('a wider first share keeps its units; lengths keep fields apart', () => {
    const narrow = assigner({
      salt: 'e',
      arms: [
        { name: 'a', share: 0.2 },
        { name: 'b', share: 0.8 },
      ],
    })
    const wide = assigner({
      salt: 'e',
      arms: [
        { name: 'a', share: 0.6 },
        { name: 'b', share: 0.4 },
      ],
    })
    for (let i = 0; i < 300; i++) if (narrow(`u${i}`) === 'a') expect(wide(`u${i}`)).toBe('a')
    const uniform = uniformOf('e')
    expect(uniform('bc', 'a')).not.toBe(uniform('c', 'ab'))
    expect(uniform('王', '北京')).not.toBe(uniform('王', '上海'))
  })
  test('known answers, so that a change of the function cannot pass unseen', () => {
    expect([uniformOf('salt')('unit'), uniformOf('salt')('unit', 'stratum')]).toMatchInlineSnapshot(`
      [
        0.661640290885437,
        0.4095486393926735,
      ]
    `)
  })
})

describe('schedules', () => {
  const arms = [
    { name: 'on', weight: 1 },
    { name: 'off', weight: 1 },
  ]
  test('every weekday has both arms equally often over even numbers of weeks', () => {
    const slots = Array.from({ length: 56 }, (_, day) => ({ stratum: `weekday ${day % 7}` }))
    const schedule = randomisedSchedule({ slots, arms, salt: 'hotline' })
    for (let day = 0; day < 7; day++)
      expect(schedule.filter((name, i) => i % 7 === day && name === 'on')).toHaveLength(4)
    expect(randomisedSchedule({ slots, arms, salt: 'hotline' })).toEqual(schedule)
    expect(randomisedSchedule({ slots, arms, salt: 'other' })).not.toEqual(schedule)
  })
  test('complete blocks hold every arm by its weight, whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 3 }), fc.string({ minLength: 1 }), (list, repeats, salt) => {
        const named = list.map((weight, i) => ({ name: `arm ${i}`, weight }))
        const block = list.reduce((sum, weight) => sum + weight, 0) * repeats
        const schedule = randomisedSchedule({
          slots: Array.from({ length: 3 * block }, () => ({})),
          arms: named,
          salt,
          repeats,
        })
        for (let start = 0; start < schedule.length; start += block)
          named.forEach(({ name, weight }) =>
            expect(schedule.slice(start, start + block).filter((slot) => slot === name)).toHaveLength(weight * repeats),
          )
      }),
      { numRuns: 40 },
    )
  })
  test('all orders of a block of four are about equally frequent', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 3000; i++) {
      const order = randomisedSchedule({ slots: [{}, {}, {}, {}], arms, salt: `s${i}`, repeats: 2 }).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(4 * Math.sqrt(500))
  })
  test('stratified: equal within strata, independent of the order of the list', () => {
    const units = Array.from({ length: 24 }, (_, i) => ({ unit: `branch ${i}`, stratum: i < 8 ? 'large' : 'small' }))
    const assigned = stratifiedRandomisation({ units, arms, salt: 'p7' })
    for (const stratum of ['large', 'small']) {
      const members = units.filter((unit) => unit.stratum === stratum)
      expect(members.filter(({ unit }) => assigned.get(unit) === 'on')).toHaveLength(members.length / 2)
    }
    const turned = stratifiedRandomisation({ units: [...units].reverse(), arms, salt: 'p7' })
    for (const { unit } of units) expect(turned.get(unit)).toBe(assigned.get(unit))
  })
})

test('mistakes are errors that name the argument', () => {
  const arms = [{ name: 'a', weight: 1 }]
  const cases: [() => unknown, RegExp][] = [
    [() => saltedHash(''), /salt/],
    [() => assigner({ salt: 's', arms: [] }), /arms/],
    [() => assigner({ salt: 's', arms: [{ name: 'a', share: 0.5 }] }), /add up to 1/],
    [
      () =>
        assigner({
          salt: 's',
          arms: [
            { name: 'a', share: 0 },
            { name: 'b', share: 1 },
          ],
        }),
      /arms\[0\]/,
    ],
    [
      () =>
        assigner({
          salt: 's',
          arms: [
            { name: 'a', share: 0.5 },
            { name: 'a', share: 0.5 },
          ],
        }),
      /different names/,
    ],
    [() => randomisedSchedule({ slots: [{}], arms: [{ name: 'a', weight: 0.5 }], salt: 's' }), /arms\[0\].weight/],
    [() => randomisedSchedule({ slots: [{}], arms, salt: 's', repeats: 0 }), /repeats/],
    [() => randomisedSchedule({ slots: [{}], arms: [], salt: 's' }), /arms/],
    [() => stratifiedRandomisation({ units: [{ unit: 'a' }, { unit: 'a' }], arms, salt: 's' }), /units/],
  ]
  for (const [act, pattern] of cases) expect(act).toThrow(pattern)
})
