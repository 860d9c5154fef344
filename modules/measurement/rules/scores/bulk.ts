/** What the store is asked to score by itself: sums of events that become values, points and one weighted score for each of very many entities. */
import type { Indicator } from '../../contract/indicators.ts'

export type BulkPoints =
  /** Straight lines between [value, points], values rising; flat beyond the ends. */
  | { readonly kind: 'lines'; readonly corners: readonly (readonly [number, number])[] }
  /** From each value on (for `less`: up to it) so many points. */
  | { readonly kind: 'steps'; readonly steps: readonly (readonly [number, number])[]; readonly better: 'more' | 'less' }
  | {
      readonly kind: 'z-score'
      readonly centre: number
      readonly pointsPerDeviation: number
      readonly better: 'more' | 'less'
    }

export interface BulkItem {
  readonly id: string
  readonly indicator: Indicator
  /** Share of the whole. */
  readonly weight: number
  /** Place of its dimension. */
  readonly dimension: number
  readonly required: boolean
  readonly minimumN: number
  readonly below: 'missing' | 'provisional'
  /** Drawn towards all units by moments: beta-binomial, gamma-Poisson or normal, as the values scatter. */
  readonly shrink: boolean
  readonly scatter: 'binomial' | 'poisson' | 'normal' | 'unknown'
  readonly points: BulkPoints
}

export interface BulkGate {
  readonly indicator: Indicator
  readonly operator: 'more-than' | 'at-least' | 'less-than' | 'at-most'
  readonly limit: number
  readonly most: { readonly of: 'stars' | 'points'; readonly value: number }
}

export interface BulkScheme {
  readonly items: readonly BulkItem[]
  readonly gates: readonly BulkGate[]
  /** Weight of what is missing goes to the dimension's others first. */
  readonly withinDimensions: boolean
  readonly mostMissing: number
  readonly leastItems: number
  readonly leastDimensions: number
  readonly leastN: number
  readonly hysteresisPoints: number
  /** Standard deviations of half an interval. */
  readonly z: number
}

/** Why an indicator cannot be worked out inside the store; null: it can. */
export type BulkObstacle = 'kind' | 'carried' | 'drawn-to-the-whole' | 'population'

/** What a shrunken item's values are drawn towards; in the indicator's unit. Strength: cases, or for means 1 / variance. */
export interface BulkPrior {
  readonly mean: number
  readonly strength: number
}

/** Where z-scores stand. */
export interface BulkMoments {
  readonly mean: number
  readonly deviation: number
}
