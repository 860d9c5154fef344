import { checkSynthetic, controlOf } from './synthetic-control.ts'
import type { SyntheticControl, SyntheticInput, SyntheticRefusal } from './synthetic-contract.ts'

export interface SpacePlacebo {
  unit: string
  ratio: number
  averageEffect: number
  before: number
  gaps: number[]
}

export type SpacePlaceboResult =
  | {
      kind: 'placebos'
      control: SyntheticControl
      placebos: SpacePlacebo[]
      /** Placebos left out because they ran much worse than the treated unit before. */
      leftOut: string[]
      /** Share of units, the treated one included, whose ratio of gaps after to before is at least as large. */
      pValue: number
      /** The same for the average effect in the direction observed, among units kept. */
      oneSidedPValue: number
      /** The least p-value these donors can give. */
      leastPValue: number
    }
  | SyntheticRefusal

/**
 * Placebos in space: every donor plays the treated unit.
 *
 * When to use: always after `syntheticControl`: it has no other p-value.
 * Formula in words: each donor gets a synthetic control of the other donors; p is the rank of the treated unit's ratio of root mean squared
 * gaps after and before among all. A donor whose gap before exceeds `worstFit` times that of the treated unit is left out.
 * Source: Abadie, Diamond and Hainmueller (2010), JASA 105:493-505, sections 2.4 and 3.4; (2015), AJPS 59:495-510.
 * Arguments: as `syntheticControl`; `worstFit` in root mean squares, Infinity keeps all (the ratio already scales by the fit).
 * Assumes that the treated unit was chosen as if by lot. Edge cases and errors: as there; RangeError for worstFit not above 0.
 * Convention: ties count against the effect; the treated unit is no donor of placebos. Cost: one control a donor.
 */
export function spacePlacebos(input: SyntheticInput & { worstFit: number }): SpacePlaceboResult {
  const { donors, worstFit } = input
  if (!(worstFit > 0)) throw new RangeError(`worstFit must be above 0, got ${worstFit}`)
  const refusal = checkSynthetic(input)
  if (refusal) return refusal
  if (donors.length < 3)
    return { kind: 'cannot', because: 'too-few-donors', detail: `${donors.length} donors; placebos need three` }
  const control = controlOf(input)
  if (control.kind === 'cannot') return control
  const all = donors.map((donor): SpacePlacebo => {
    const placebo = controlOf({
      ...input,
      treated: donor,
      donors: donors.filter((other) => other !== donor),
    }) as SyntheticControl
    const { ratio, averageEffect, before, gaps } = placebo
    return { unit: donor.unit, ratio, averageEffect, before, gaps }
  })
  const placebos = all.filter(
    ({ before }) => before <= worstFit * control.before || worstFit === Number.POSITIVE_INFINITY,
  )
  const direction = Math.sign(control.averageEffect)
  const asLarge = placebos.filter(({ ratio }) => ratio >= control.ratio).length
  const asFar = placebos.filter(
    ({ averageEffect }) => direction * averageEffect >= direction * control.averageEffect,
  ).length
  return {
    kind: 'placebos',
    control,
    placebos,
    leftOut: all.filter((placebo) => !placebos.includes(placebo)).map(({ unit }) => unit),
    pValue: (1 + asLarge) / (1 + placebos.length),
    oneSidedPValue: (1 + asFar) / (1 + placebos.length),
    leastPValue: 1 / (1 + placebos.length),
  }
}

/**
 * Leave one donor out: does the effect hang on a single donor?
 *
 * Formula in words: the control anew without each donor of any weight. Source: Abadie, Diamond and Hainmueller (2015), AJPS 59:495-510.
 * Edge cases and errors: as `syntheticControl`; fewer than three donors 'too-few-donors'. Cost: one control a donor of weight.
 */
export function leaveDonorsOut(input: SyntheticInput):
  | {
      kind: 'left-out'
      effects: { unit: string; averageEffect: number; before: number }[]
      least: number
      most: number
    }
  | SyntheticRefusal {
  const refusal = checkSynthetic(input)
  if (refusal) return refusal
  if (input.donors.length < 3)
    return { kind: 'cannot', because: 'too-few-donors', detail: 'leaving one out needs three donors' }
  const control = controlOf(input)
  if (control.kind === 'cannot') return control
  const effects = control.weights
    .filter(({ weight }) => weight > 0)
    .map(({ unit }) => {
      const without = controlOf({
        ...input,
        donors: input.donors.filter((donor) => donor.unit !== unit),
      }) as SyntheticControl
      return { unit, averageEffect: without.averageEffect, before: without.before }
    })
  const figures = [control.averageEffect, ...effects.map(({ averageEffect }) => averageEffect)]
  return { kind: 'left-out', effects, least: Math.min(...figures), most: Math.max(...figures) }
}
