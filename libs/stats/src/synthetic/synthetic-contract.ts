/** One unit through all times. */
export interface SyntheticUnit {
  unit: string
  values: readonly number[]
  /** Characteristics the synthetic unit should share, one a predictor; only with `predictors`. */
  predictors?: readonly number[] | undefined
}

export interface SyntheticInput {
  treated: SyntheticUnit
  donors: readonly SyntheticUnit[]
  /** Position of the first time after the measure. */
  interventionAt: number
  /**
   * What the weights match: 'outcomes' all values before; 'demeaned-outcomes' their course, a constant difference being allowed;
   * 'predictors' the characteristics, with importances chosen so that values before are matched best.
   */
  match: 'outcomes' | 'demeaned-outcomes' | 'predictors'
  /** Added to the loss times the sum of squared weights; default 0. */
  ridge?: number
}

export interface SyntheticControl {
  kind: 'control'
  /** Donors with their weights, in the order given. */
  weights: { unit: string; weight: number }[]
  /** Importance of each predictor, adding up to 1; null without predictors. */
  importance: number[] | null
  /** Course of the synthetic unit, all times. */
  synthetic: number[]
  /** Treated less synthetic, all times. */
  gaps: number[]
  /** Mean gap after the measure. */
  averageEffect: number
  /** Root mean squared gaps before and after, and the second over the first. */
  before: number
  after: number
  ratio: number
  /** Largest breach of the optimality conditions of the weights. */
  breach: number
}

export type SyntheticRefusal = {
  kind: 'cannot'
  because: 'too-few-donors' | 'too-short' | 'not-finite' | 'constant' | 'perfect-fit'
  detail: string
}

export type SyntheticResult = SyntheticControl | SyntheticRefusal
