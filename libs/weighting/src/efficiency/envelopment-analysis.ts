import type { Cannot } from '../cannot.ts'
import { type DecisionMatrix, type MatrixProblem, readMatrix } from '../normalisation/decision-matrix.ts'
import { largest } from '../normalisation/column-figures.ts'
import { solveProgramme } from './linear-programme.ts'

export interface EnvelopmentInput {
  /** Units x inputs, >= 0: what is used up (less is better). */
  inputs: DecisionMatrix
  /** Units x outputs, >= 0: what is produced (more is better). */
  outputs: DecisionMatrix
  /** 'ccr': constant returns to scale (Charnes, Cooper, Rhodes); 'bcc': variable returns (Banker, Charnes, Cooper). */
  model: 'ccr' | 'bcc'
  /** 'input': how far could all inputs shrink; 'output': how far could all outputs grow. */
  orientation: 'input' | 'output'
  /** What the second stage adds up: slacks in their own units (the textbook), or each over its column's largest figure. */
  slackUnits: 'given' | 'relative'
}

export interface EnvelopmentUnit {
  /** In (0, 1]: theta for 'input', 1 / eta for 'output'. */
  efficiency: number
  /** theta <= 1, to multiply the inputs with, or eta >= 1, to multiply the outputs with. */
  factor: number
  /** Factor 1 and no slack: nothing could be improved without loss elsewhere (Pareto-Koopmans). */
  efficient: boolean
  /** What could still be saved or gained beyond the factor, in the units of inputs and outputs. */
  inputSlacks: number[]
  outputSlacks: number[]
  /** Efficient units whose combination outperforms this one, with their weights lambda, in order of units. */
  peers: { unit: number; lambda: number }[]
  /** Inputs and outputs of that combination: the unit's projection to the frontier. */
  inputTargets: number[]
  outputTargets: number[]
}

export type EnvelopmentResult =
  | { kind: 'efficiencies'; units: EnvelopmentUnit[] }
  | Cannot<MatrixProblem | 'negative' | 'all-zero' | 'not-solved'>

/** Factors and slacks (relative to the largest figure) below this count as 1 and 0. */
const ROUNDING = 1e-8

/**
 * Data envelopment analysis: efficiency of each unit against the best combinations of the others, without weights given beforehand.
 *
 * When to use: units that turn several inputs (staff, beds, budget) into several outputs and have no prices; needs many more units than
 * items (rule of thumb: the larger of inputs * outputs and 3 (inputs + outputs)), or nearly all come out efficient.
 * Formula in words: stage 1, the least theta (or largest eta) such that a combination lambda >= 0 of units uses at most theta times the
 * inputs (the inputs) and produces at least the outputs (eta times the outputs); 'bcc' demands that the lambdas sum to 1. Stage 2, with that
 * factor kept, the largest sum of slacks.
 * Source: Charnes, Cooper and Rhodes (1978), European Journal of Operational Research 2:429-444; Banker, Charnes and Cooper (1984),
 * Management Science 30:1078-1092; two stages as in Cooper, Seiford and Tone (2007), Data Envelopment Analysis, sections 3.3 and 4.2.
 * Units: any; `factor` does not depend on them, slacks under 'given' do (their sum mixes units), under 'relative' do not.
 * Conventions: by 'output' `efficiency` is 1 / eta, so that 1 is best for both; under 'ccr' it equals theta. Several optima may exist:
 * `efficiency` and the sum of slacks are unique, single slacks and peers need not be; fixed rules for ties make them reproducible.
 * Dominance: a unit that uses no more and produces no less never has a lower efficiency. A further unit may lower others' efficiency, never
 * raise it.
 * Edge cases: negative figures 'negative'; a unit without any positive input or output, or a column of zeros, 'all-zero'; gaps 'missing'.
 * 'not-solved' if rounding defeats the solver: 2 of 2,704 random samples with figures over five powers of ten.
 * Errors: RangeError for shapes. Cost: one programme of (inputs + outputs) rows and (units + inputs + outputs) columns per unit.
 */
export function envelopmentAnalysis(input: EnvelopmentInput): EnvelopmentResult {
  if (input.inputs.length !== input.outputs.length)
    throw new RangeError(`outputs must have ${input.inputs.length} rows, got ${input.outputs.length}`)
  const scaledInputs = scaleColumns(input.inputs, 'input')
  if (scaledInputs.kind === 'cannot') return scaledInputs
  const scaledOutputs = scaleColumns(input.outputs, 'output')
  if (scaledOutputs.kind === 'cannot') return scaledOutputs
  const units: EnvelopmentUnit[] = []
  for (let unit = 0; unit < input.inputs.length; unit++) {
    const solved = solveUnit(unit, scaledInputs, scaledOutputs, input)
    if (!solved)
      return { kind: 'cannot', because: 'not-solved', detail: `the programme of unit ${unit} was defeated by rounding` }
    units.push(solved)
  }
  return { kind: 'efficiencies', units }
}

interface Scaled {
  kind: 'scaled'
  /** Units x items, over the column's largest. */
  rows: number[][]
  scales: number[]
}

function scaleColumns(rows: DecisionMatrix, name: string): Scaled | Cannot<MatrixProblem | 'negative' | 'all-zero'> {
  const matrix = readMatrix(rows, 1)
  if (matrix.kind === 'cannot') return { ...matrix, detail: `${name}s: ${matrix.detail}` }
  for (const [i, row] of matrix.values.entries()) {
    if (row.some((value) => value < 0))
      return { kind: 'cannot', because: 'negative', detail: `unit ${i} has a negative ${name}` }
    if (row.every((value) => value === 0))
      return { kind: 'cannot', because: 'all-zero', detail: `unit ${i} has no ${name} above 0` }
  }
  const scales = matrix.values[0]!.map((_, j) => largest(matrix.values.map((row) => row[j]!)))
  const empty = scales.indexOf(0)
  if (empty >= 0) return { kind: 'cannot', because: 'all-zero', detail: `${name} ${empty} is 0 for all units` }
  return { kind: 'scaled', rows: matrix.values.map((row) => row.map((value, j) => value / scales[j]!)), scales }
}

/** Columns of the programme: the factor, lambdas, input slacks, output slacks. */
function solveUnit(unit: number, inputs: Scaled, outputs: Scaled, input: EnvelopmentInput): EnvelopmentUnit | null {
  const n = inputs.rows.length
  const m = inputs.scales.length
  const s = outputs.scales.length
  const width = 1 + n + m + s
  const shrinks = input.orientation === 'input'
  const programme: number[][] = []
  const limits: number[] = []
  const addRow = (own: number, scaled: boolean, figures: readonly number[], slack: number, sign: number) => {
    const row = Array.from({ length: width }, () => 0)
    row[0] = scaled ? -own : 0
    figures.forEach((value, j) => {
      row[1 + j] = value
    })
    row[slack] = sign
    programme.push(row)
    limits.push(scaled ? 0 : own)
  }
  for (let i = 0; i < m; i++)
    addRow(
      inputs.rows[unit]![i]!,
      shrinks,
      inputs.rows.map((row) => row[i]!),
      1 + n + i,
      1,
    )
  for (let r = 0; r < s; r++)
    addRow(
      outputs.rows[unit]![r]!,
      !shrinks,
      outputs.rows.map((row) => row[r]!),
      1 + n + m + r,
      -1,
    )
  if (input.model === 'bcc') {
    programme.push(Array.from({ length: width }, (_, j) => (j >= 1 && j <= n ? 1 : 0)))
    limits.push(1)
  }
  const slackScales = [...inputs.scales, ...outputs.scales]
  const largestScale = largest(slackScales)
  const factorCosts = Array.from({ length: width }, (_, j) => (j > 0 ? 0 : shrinks ? 1 : -1))
  const slackCosts = Array.from({ length: width }, (_, j) => {
    if (j <= n) return 0
    return input.slackUnits === 'relative' ? -1 : -slackScales[j - 1 - n]! / largestScale
  })
  const solved = solveProgramme([factorCosts, slackCosts], programme, limits)
  return solved.kind === 'optimum' ? describeUnit(unit, solved.solution, inputs, outputs, shrinks) : null
}

function describeUnit(
  unit: number,
  solution: readonly number[],
  inputs: Scaled,
  outputs: Scaled,
  shrinks: boolean,
): EnvelopmentUnit {
  const n = inputs.rows.length
  const m = inputs.scales.length
  const factor = Math.abs(solution[0]! - 1) <= ROUNDING ? 1 : solution[0]!
  const clean = (value: number) => (value <= ROUNDING ? 0 : value)
  const inputSlacks = inputs.scales.map((_, i) => clean(solution[1 + n + i]!))
  const outputSlacks = outputs.scales.map((_, r) => clean(solution[1 + n + m + r]!))
  const target = (own: number, scale: number, grows: boolean, slack: number) =>
    (own * (grows ? factor : 1) + slack) * scale
  return {
    efficiency: shrinks ? factor : 1 / factor,
    factor,
    efficient: factor === 1 && [...inputSlacks, ...outputSlacks].every((slack) => slack === 0),
    inputSlacks: inputSlacks.map((slack, i) => slack * inputs.scales[i]!),
    outputSlacks: outputSlacks.map((slack, r) => slack * outputs.scales[r]!),
    peers: inputs.rows.flatMap((_, j) => (solution[1 + j]! > ROUNDING ? [{ unit: j, lambda: solution[1 + j]! }] : [])),
    inputTargets: inputs.rows[unit]!.map((own, i) => target(own, inputs.scales[i]!, shrinks, -inputSlacks[i]!)),
    outputTargets: outputs.rows[unit]!.map((own, r) => target(own, outputs.scales[r]!, !shrinks, outputSlacks[r]!)),
  }
}
