/** One point of a control chart. All figures but `z` share the unit of the plotted statistic. */
export interface ChartPoint {
  /** The plotted statistic; null where there is no figure (a gap). */
  value: number | null
  centre: number
  /** Control limits, three sigma unless the chart says otherwise, cut at the bounds the statistic cannot pass (0, 1). */
  lower: number
  upper: number
  /** Lines at one and two sigma for run rules, cut likewise. */
  oneSigma: { lower: number; upper: number }
  twoSigma: { lower: number; upper: number }
  /** Distance from the centre in sigmas, on the scale the limits were made on; null for a gap or where sigma is 0. */
  z: number | null
  /** Number of the part (0, 1, …) whose limits judge this point. */
  part: number
  role: 'baseline' | 'judged' | 'excluded' | 'gap'
  /** Strictly beyond a limit. */
  beyond: 'above' | 'below' | null
}

/** A stretch of points that share their limits. */
export interface ChartPart {
  /** First and last position, both inclusive. */
  start: number
  end: number
  /** Points that set the limits. */
  baselineCount: number
  centre: number
  /** Fewer than `TRIAL_POINTS` points set these limits: they may move as points come in. */
  trial: boolean
}

export interface ControlChart {
  kind: 'chart'
  points: ChartPoint[]
  parts: ChartPart[]
  /** Positions of the points strictly beyond a limit. */
  outside: number[]
}

export interface ChartRefusal {
  kind: 'cannot'
  because: 'too-few' | 'constant' | 'not-finite' | 'no-exposure' | 'all-zero'
  detail: string
}

/** How a series is cut into parts and which points set limits; the same for every chart. */
export interface ChartLayout {
  /** Positions at which new limits begin (first points of the second, third, … part), ascending. */
  parts?: readonly number[] | undefined
  /** Positions left out of the limits; they are still judged. */
  excluded?: readonly number[] | undefined
  /** So many first points of every part set its limits, later ones are only judged (frozen limits). Default: all. */
  baseline?: number | undefined
}

/** NHS England, Making Data Count (2019): below so many points limits are "trial limits". */
export const TRIAL_POINTS = 12
