import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../../platform/seeded-random.ts'
import { decideWithGuardrails, type Metric, powerPerMetric } from './guardrails.ts'
import { sampleRatio, sequentialSampleRatio } from './sample-ratio.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/experiments.json', import.meta.url), 'utf8'))
const close = (got: number, exact: number, relative = 1e-10) => expect(Math.abs(got / exact - 1)).toBeLessThan(relative)

describe('sample ratio', () => {
  test('against R chisq.test, and a gross mismatch keeps its digits', () => {
    const got = sampleRatio({ counts: [821, 1001], shares: [0.45, 0.55] })
    if (got.kind === 'cannot') throw new Error(got.detail)
    close(got.pValue, golden.srm.p)
    const far = sampleRatio({ counts: [5000, 7000], shares: [0.5, 0.5] })
    if (far.kind === 'cannot') throw new Error(far.detail)
    expect(far.pValue).toBeGreaterThan(0)
    close(far.pValue, golden.srm.far, 1e-9)
  })
  test('sequential: the ratio of likelihoods against R lbeta; p never rises', () => {
    const got = sequentialSampleRatio({ looks: [[530, 470]], shares: [0.5, 0.5], concentration: 1000 })
    close(got.pValue, Math.min(1, Math.exp(-golden.bf)), 1e-9)
    const path = sequentialSampleRatio({
      looks: [
        [0, 0],
        [60, 20],
        [90, 80],
      ],
      shares: [0.5, 0.5],
      concentration: 10,
    })
    expect(path.pValues[0]).toBe(1)
    expect([...path.pValues].sort((a, b) => b - a)).toEqual(path.pValues)
  })
  test('looked at after every case, fewer than 5 % of honest splits ever alarm; a 53 % split does', () => {
    const chance = seededChance(17)
    const alarms = (share: number, runs: number) => {
      let ever = 0
      for (let run = 0; run < runs; run++) {
        const counts = [0, 0]
        const looks = Array.from({ length: 60 }, () => {
          for (let i = 0; i < 100; i++) counts[chance() < share ? 0 : 1]!++
          return [...counts]
        })
        if (sequentialSampleRatio({ looks, shares: [0.5, 0.5], concentration: 500 }).pValue < 0.05) ever++
      }
      return ever / runs
    }
    expect(alarms(0.5, 500)).toBeLessThan(0.05)
    expect(alarms(0.53, 100)).toBeGreaterThan(0.8)
  })
  test('data conditions are results, mistakes are errors', () => {
    expect(sampleRatio({ counts: [0, 0], shares: [0.5, 0.5] })).toMatchObject({ because: 'no-data' })
    expect(sequentialSampleRatio({ looks: [], shares: [0.5, 0.5] }).pValue).toBe(1)
    expect(() => sampleRatio({ counts: [1, 2], shares: [0.5, 0.6] })).toThrow(/add up to 1/)
    expect(() => sampleRatio({ counts: [1, 2], shares: [1, 0] })).toThrow(/shares\[1\]/)
    expect(() => sampleRatio({ counts: [1], shares: [1] })).toThrow(/at least two/)
    expect(() => sampleRatio({ counts: [1.5, 2], shares: [0.5, 0.5] })).toThrow(/counts\[0\]/)
    expect(() =>
      sequentialSampleRatio({
        looks: [
          [2, 2],
          [1, 3],
        ],
        shares: [0.5, 0.5],
      }),
    ).toThrow(/looks\[1\]/)
    expect(() => sequentialSampleRatio({ looks: [], shares: [0.5, 0.5], concentration: 0 })).toThrow(/concentration/)
  })
})

describe('decisions with guardrails', () => {
  const measured = (estimate: number, standardError: number) => ({ estimate, standardError, degreesOfFreedom: 200 })
  const success = (z: number): Metric => ({
    name: 'satisfaction',
    role: 'success',
    better: 'higher',
    effect: measured(z, 1),
  })
  const guard = (z: number): Metric => ({
    name: 'cost',
    role: 'guardrail',
    better: 'lower',
    effect: measured(z, 1),
    margin: 3,
  })
  const table: [string, Metric[], string, string][] = [
    ['benefit and safety shown', [success(3), guard(0)], 'adopt', 'benefit-shown-and-safe'],
    ['benefit shown, safety open', [success(3), guard(1.5)], 'undecided', 'safety-not-shown'],
    ['safety shown, benefit open', [success(1), guard(0)], 'undecided', 'no-benefit-shown'],
    ['a guardrail harmed', [success(3), guard(4)], 'reject', 'harm-shown'],
    ['the success metric harmed', [success(-4), guard(0)], 'reject', 'harm-shown'],
  ]
  for (const [name, metrics, decision, because] of table)
    test(name, () => expect(decideWithGuardrails({ metrics })).toMatchObject({ decision, because }))
  test('success metrics are adjusted among themselves, guardrails are not', () => {
    const got = decideWithGuardrails({ metrics: [success(2.1), { ...success(0.1), name: 'speed' }, guard(0)] })
    if (got.kind === 'cannot') throw new Error(got.detail)
    expect(got.metrics[0]!.adjustedP).toBeCloseTo(2 * got.metrics[0]!.pValue, 12)
    expect(got.metrics[2]!.adjustedP).toBe(got.metrics[2]!.pValue)
    expect(got.decision).toBe('undecided')
  })
  test('power per metric', () => {
    expect(powerPerMetric(0.8, 3)).toBeCloseTo(0.95, 12)
    expect(() => powerPerMetric(1, 1)).toThrow(/power/)
    expect(() => powerPerMetric(0.8, -1)).toThrow(/guardrails/)
  })
  test('data conditions are results, mistakes are errors', () => {
    expect(decideWithGuardrails({ metrics: [guard(0)] })).toMatchObject({ because: 'too-few' })
    expect(decideWithGuardrails({ metrics: [{ ...success(1), effect: measured(1, 0) }] })).toMatchObject({
      because: 'constant',
      detail: expect.stringContaining('satisfaction'),
    })
    expect(() => decideWithGuardrails({ metrics: [success(1), { ...guard(1), margin: -1 } as Metric] })).toThrow(
      /margin/,
    )
    expect(() => decideWithGuardrails({ metrics: [success(1)], alpha: 0.6 })).toThrow(/alpha/)
  })
})
