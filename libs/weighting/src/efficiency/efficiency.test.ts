import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededUniform } from '../chance/uniform-for-test.ts'
import { type EnvelopmentInput, envelopmentAnalysis } from './envelopment-analysis.ts'
import { solveProgramme } from './linear-programme.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/efficiency.json', import.meta.url), 'utf8'))
const usual = { model: 'ccr', orientation: 'input', slackUnits: 'given' } as const
const units = (input: EnvelopmentInput) => {
  const result = envelopmentAnalysis(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result.units
}

describe('published examples, Cooper, Seiford and Tone (2007)', () => {
  test('example 2.2: two inputs, one output; F is on the frontier with slack', () => {
    const inputs = [
      [4, 3],
      [7, 3],
      [8, 1],
      [4, 2],
      [2, 4],
      [10, 1],
    ]
    const got = units({ ...usual, inputs, outputs: inputs.map(() => [1]) })
    const want = [0.8571, 0.6316, 1, 1, 1, 1]
    got.forEach((unit, i) => expect(unit.efficiency).toBeCloseTo(want[i]!, 4))
    expect(got.map((unit) => unit.efficient)).toEqual([false, false, true, true, true, false])
    expect(got[0]!.peers.map((peer) => [peer.unit, Number(peer.lambda.toFixed(4))])).toEqual([
      [3, 0.7143],
      [4, 0.2857],
    ])
    expect(got[1]!.peers.map((peer) => [peer.unit, Number(peer.lambda.toFixed(4))])).toEqual([
      [2, 0.1053],
      [3, 0.8947],
    ])
    expect(got[5]!.inputSlacks[0]).toBeCloseTo(2, 9)
    expect(got[5]!.inputTargets[0]).toBeCloseTo(8, 9)
  })
  test('twelve hospitals, tables 1.5 and 1.6: constant and variable returns', () => {
    const hospitals = [
      [20, 151, 100, 90],
      [19, 131, 150, 50],
      [25, 160, 160, 55],
      [27, 168, 180, 72],
      [22, 158, 94, 66],
      [55, 255, 230, 90],
      [33, 235, 220, 88],
      [31, 206, 152, 80],
      [30, 244, 190, 100],
      [50, 268, 250, 100],
      [53, 306, 260, 147],
      [38, 284, 250, 120],
    ]
    const inputs = hospitals.map((row) => row.slice(0, 2))
    const outputs = hospitals.map((row) => row.slice(2))
    const ccr = [1, 1, 0.883, 1, 0.763, 0.835, 0.902, 0.796, 0.96, 0.871, 0.955, 0.958]
    units({ ...usual, inputs, outputs }).forEach((unit, i) => expect(unit.efficiency).toBeCloseTo(ccr[i]!, 3))
    const bcc = [1, 1, 0.896, 1, 0.882, 0.939, 1, 0.799, 0.989, 1, 1, 1]
    units({ ...usual, model: 'bcc', inputs, outputs }).forEach((unit, i) =>
      expect(unit.efficiency).toBeCloseTo(bcc[i]!, 3),
    )
  })
})

describe('against R lpSolve (reference/make-efficiency.R)', () => {
  test.each([
    ['ccr', 'input', 'ccrInput'],
    ['ccr', 'output', 'ccrOutput'],
    ['bcc', 'input', 'bccInput'],
    ['bcc', 'output', 'bccOutput'],
  ] as const)('%s, %s: factor and sum of slacks', (model, orientation, name) => {
    for (const { inputs, outputs, [name]: want } of golden) {
      const largest = Math.max(...[...inputs, ...outputs].flat())
      units({ inputs, outputs, model, orientation, slackUnits: 'given' }).forEach((unit, i) => {
        expect(unit.factor / want[i][0]).toBeCloseTo(1, 8)
        const slack = [...unit.inputSlacks, ...unit.outputSlacks].reduce((sum, value) => sum + value, 0)
        expect(Math.abs(slack - want[i][1])).toBeLessThan(1e-8 * largest + 1e-5 * (1 + want[i][1]))
      })
    }
  })
})

describe('invariants', () => {
  const figures = (width: number) => fc.array(fc.integer({ min: 1, max: 30 }), { minLength: width, maxLength: width })
  const firms = fc.array(fc.tuple(figures(2), figures(2)), { minLength: 2, maxLength: 9 })
  const kinds = fc.tuple(fc.constantFrom('ccr', 'bcc'), fc.constantFrom('input', 'output'))
  const ask = (list: [number[], number[]][], [model, orientation]: ['ccr' | 'bcc', 'input' | 'output']) =>
    units({
      inputs: list.map(([inputs]) => inputs),
      outputs: list.map(([, outputs]) => outputs),
      model,
      orientation,
      slackUnits: 'relative',
    })
  test('in (0, 1], dominance, targets feasible, somebody is efficient, units of figures irrelevant', () => {
    fc.assert(
      fc.property(firms, kinds, (list, kind) => {
        const got = ask(list, kind)
        expect(got.some((unit) => unit.efficient)).toBe(true)
        const inCents = ask(
          list.map(([inputs, outputs]) => [[inputs[0]! * 100, inputs[1]!], outputs]),
          kind,
        )
        got.forEach((unit, i) => {
          expect(unit.efficiency).toBeGreaterThan(0)
          expect(unit.efficiency).toBeLessThanOrEqual(1)
          expect(inCents[i]!.efficiency).toBeCloseTo(unit.efficiency, 7)
          const [inputs, outputs] = list[i]!
          const made = (side: 0 | 1, j: number) =>
            unit.peers.reduce((sum, peer) => sum + peer.lambda * list[peer.unit]![side][j]!, 0)
          inputs.forEach((_, j) => expect(made(0, j)).toBeCloseTo(unit.inputTargets[j]!, 5))
          outputs.forEach((_, j) => expect(made(1, j)).toBeCloseTo(unit.outputTargets[j]!, 5))
          list.forEach(([theirInputs, theirOutputs], k) => {
            const better =
              inputs.every((x, j) => x <= theirInputs[j]!) && outputs.every((y, j) => y >= theirOutputs[j]!)
            if (better) expect(unit.efficiency).toBeGreaterThanOrEqual(got[k]!.efficiency - 1e-7)
          })
        })
      }),
      { numRuns: 60 },
    )
  })
  test('variable returns never judge harder than constant ones; both orientations agree under constant returns', () => {
    fc.assert(
      fc.property(firms, (list) => {
        const ccr = ask(list, ['ccr', 'input'])
        const bcc = ask(list, ['bcc', 'input'])
        const output = ask(list, ['ccr', 'output'])
        ccr.forEach((unit, i) => {
          expect(bcc[i]!.efficiency).toBeGreaterThanOrEqual(unit.efficiency - 1e-7)
          expect(output[i]!.efficiency).toBeCloseTo(unit.efficiency, 7)
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('linear programme', () => {
  test('order of precedence, redundant rows, negative limits', () => {
    // Minimise x + y, then maximise x, on x + y + s = 4 twice and x + y >= 3.
    const rows = [
      [1, 1, 1, 0],
      [2, 2, 2, 0],
      [-1, -1, 0, 1],
    ]
    const got = solveProgramme(
      [
        [1, 1, 0, 0],
        [-1, 0, 0, 0],
      ],
      rows,
      [4, 8, -3],
    )
    expect(got).toMatchObject({ kind: 'optimum', solution: [3, 0, 1, 0], values: [3, -3] })
  })
  test('Beale (1955): the example that cycles without a rule against it', () => {
    const rows = [
      [0.25, -60, -1 / 25, 9, 1, 0, 0],
      [0.5, -90, -1 / 50, 3, 0, 1, 0],
      [0, 0, 1, 0, 0, 0, 1],
    ]
    const got = solveProgramme([[-0.75, 150, -1 / 50, 6, 0, 0, 0]], rows, [0, 0, 1])
    expect(got.kind === 'optimum' && got.values[0]).toBeCloseTo(-0.05, 9)
  })
  test('figures over five powers of ten, with zeros: efficiencies stay in (0, 1], peers are efficient', () => {
    const random = seededUniform(11)
    for (let sample = 0; sample < 25; sample++) {
      const figure = () => (random() < 0.1 ? 0 : 10 ** (5 * random()))
      const firms = Array.from({ length: 20 }, () => [figure(), figure(), 1 + figure(), 1 + figure()])
      const sides = { inputs: firms.map((row) => [row[0]!, row[2]!]), outputs: firms.map((row) => [row[1]!, row[3]!]) }
      const got = units({ ...sides, model: 'bcc', orientation: 'output', slackUnits: 'relative' })
      got.forEach((unit) => {
        expect(unit.efficiency).toBeGreaterThan(0)
        expect(unit.efficiency).toBeLessThanOrEqual(1)
        unit.peers.forEach((peer) => expect(got[peer.unit]!.efficiency).toBeCloseTo(1, 6))
      })
    }
  })
  test('no solution, no bound', () => {
    expect(solveProgramme([[1]], [[1], [1]], [1, 2]).kind).toBe('infeasible')
    expect(solveProgramme([[-1, 0]], [[1, -1]], [0]).kind).toBe('unbounded')
  })
  test('mistakes are refused by name', () => {
    expect(() => solveProgramme([[1]], [], [])).toThrow(/rows/)
    expect(() => solveProgramme([], [[1]], [1])).toThrow(/objectives/)
    expect(() => solveProgramme([[1, 2]], [[1]], [1])).toThrow(/objectives/)
    expect(() => solveProgramme([[1]], [[1]], [])).toThrow(/limits/)
    expect(() => solveProgramme([[1]], [[Number.NaN]], [1])).toThrow(/rows/)
  })
})

describe('what cannot be', () => {
  test.each([
    ['negative', [[-1]], [[1]]],
    ['all-zero', [[0]], [[1]]],
    ['all-zero', [[1], [1]], [[1], [0]]],
    ['all-zero', [[1, 0]], [[1]]],
    ['missing', [[null]], [[1]]],
    ['not-finite', [[1]], [[Number.NaN]]],
    ['too-few', [], []],
  ] as [string, (number | null)[][], (number | null)[][]][])('%s', (because, inputs, outputs) => {
    expect(envelopmentAnalysis({ ...usual, inputs, outputs })).toMatchObject({ kind: 'cannot', because })
  })
  test('rows that do not match', () => {
    expect(() => envelopmentAnalysis({ ...usual, inputs: [[1]], outputs: [] })).toThrow(/outputs/)
  })
})
