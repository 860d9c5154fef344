/**
 * The likelihood of a next event, read from a table: customers alike by how often and how lately they had this type of event
 * in the year before a reference day, and the share of them who had one within so many days after it.
 */
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import type { ForecastCell, ForecastReason, TypeForecast } from '../../contract/customers/customers.ts'
import { accuracyOf } from './accuracy.ts'

/** How far back frequency and recency look. */
export const MEMORY_DAYS = 365
/** First number of events of each frequency class; class 0 is none in the year. */
export const FREQUENCY_FROM = [0, 1, 2, 3, 5, 10, 20] as const
/** First full day since the last event of each recency class. */
export const RECENCY_FROM = [0, 7, 30, 90, 180] as const
/** The recency class of those without an event. */
export const NO_RECENCY = -1

/** Customers in the fit and in the test, and who of them came and did not come, that a forecast takes at least. */
export const FEWEST_CUSTOMERS = 200
export const FEWEST_OUTCOMES = 20

export interface Count {
  readonly frequency: number
  readonly recency: number
  readonly customers: number
  readonly came: number
}

const classOf = (value: number, from: readonly number[]): number => from.findLastIndex((first) => value >= first)

/** The classes of a customer with so many events in the year, the last one so many days ago. */
export const classesOf = (events: number, daysSince: number): Pick<Count, 'frequency' | 'recency'> => ({
  frequency: classOf(events, FREQUENCY_FROM),
  recency: events === 0 ? NO_RECENCY : classOf(daysSince, RECENCY_FROM),
})

export interface BetaPrior {
  readonly mean: number
  /** In customers; Infinity: the cells differ no more than by chance. */
  readonly strength: number
}

/**
 * Beta prior of the cells' rates by the method of moments.
 * Formula: with N customers, k cells, overall rate p and S = sum n_i (p_i - p)^2, the correlation within cells is
 * g = (S / (p (1 - p)) - (k - 1)) / (N - sum n_i^2 / N - (k - 1)), the strength 1 / g - 1.
 * Source: Kleinman (1973), JASA 68:46-54, weights n_i. A correlation of 0 or less gives strength Infinity.
 */
export function fitBetaPrior(cells: readonly Count[]): BetaPrior {
  const filled = cells.filter((cell) => cell.customers > 0)
  const total = filled.reduce((sum, cell) => sum + cell.customers, 0)
  const came = filled.reduce((sum, cell) => sum + cell.came, 0)
  if (total === 0) return { mean: 0, strength: Number.POSITIVE_INFINITY }
  const mean = came / total
  const spread = mean * (1 - mean)
  const free = filled.length - 1
  const squares = filled.reduce((sum, cell) => sum + cell.customers * (cell.came / cell.customers - mean) ** 2, 0)
  const size = total - filled.reduce((sum, cell) => sum + cell.customers ** 2, 0) / total - free
  const within = spread > 0 && size > 0 ? (squares / spread - free) / size : 0
  return { mean, strength: within > 0 ? Math.max(0, 1 / within - 1) : Number.POSITIVE_INFINITY }
}

/** The rate of a cell drawn to the overall rate: (came + strength x mean) / (customers + strength). */
export function shrunk(prior: BetaPrior, cell: Pick<Count, 'customers' | 'came'> | undefined): number {
  const { customers, came } = cell ?? { customers: 0, came: 0 }
  if (prior.strength === Number.POSITIVE_INFINITY || customers + prior.strength === 0) return prior.mean
  return (came + prior.strength * prior.mean) / (customers + prior.strength)
}

/** With the customers who had none in the year: all there are less those counted. */
export function withNone(counted: readonly Count[], population: number, cameWithout: number): Count[] {
  const known = counted.reduce((sum, cell) => sum + cell.customers, 0)
  const none = { frequency: 0, recency: NO_RECENCY, customers: population - known, came: cameWithout }
  return [none, ...counted]
}

const keyOf = ({ frequency, recency }: Pick<Count, 'frequency' | 'recency'>) => `${frequency} ${recency}`

/** Fits the table on one reference day and tries it on a later one. */
export function forecastOf(type: string, fit: readonly Count[], test: readonly Count[]): TypeForecast {
  const prior = fitBetaPrior(fit)
  const fitted = new Map(fit.map((cell) => [keyOf(cell), cell]))
  const tried = new Map(test.map((cell) => [keyOf(cell), cell]))
  const accuracy = accuracyOf(
    test.map((cell) => ({ ...cell, probability: shrunk(prior, fitted.get(keyOf(cell))) })),
    prior.mean,
  )
  const places = new Map([...test, ...fit].filter((cell) => cell.customers > 0).map((cell) => [keyOf(cell), cell]))
  return {
    type,
    reason: reasonOf(fit, test, accuracy?.skillLow ?? 0),
    baseRate: prior.mean,
    priorStrength: Number.isFinite(prior.strength) ? prior.strength : null,
    cells: [...places.entries()]
      .map(([key, place]) => toCell(place, prior, fitted.get(key), tried.get(key)))
      .toSorted((a, b) => b.probability - a.probability),
    accuracy,
  }
}

function reasonOf(fit: readonly Count[], test: readonly Count[], skillLow: number): ForecastReason | null {
  for (const cells of [fit, test]) {
    const customers = cells.reduce((sum, cell) => sum + cell.customers, 0)
    const came = cells.reduce((sum, cell) => sum + cell.came, 0)
    if (customers < FEWEST_CUSTOMERS || came < FEWEST_OUTCOMES || customers - came < FEWEST_OUTCOMES) return 'too-few'
  }
  // Above chance: the whole interval of the skill, not only its middle, or one noise in two would pass.
  return skillLow > 0 ? null : 'no-skill'
}

function toCell(
  { frequency, recency }: Pick<Count, 'frequency' | 'recency'>,
  prior: BetaPrior,
  fitted: Count | undefined,
  tried: Count | undefined,
): ForecastCell {
  const customers = tried?.customers ?? 0
  const came = tried?.came ?? 0
  const interval = wilsonInterval({ successes: came, trials: customers })
  const known = interval.kind === 'interval'
  return {
    ...boundsOf(frequency, recency),
    customers: fitted?.customers ?? 0,
    came: fitted?.came ?? 0,
    probability: shrunk(prior, fitted),
    test: { customers, came, low: known ? interval.lower : null, high: known ? interval.upper : null },
  }
}

/** The classes in words of numbers. */
export function boundsOf(
  frequency: number,
  recency: number,
): Pick<ForecastCell, 'from' | 'to' | 'daysFrom' | 'daysTo'> {
  const next = FREQUENCY_FROM[frequency + 1]
  const later = RECENCY_FROM[recency + 1] ?? MEMORY_DAYS
  return {
    from: FREQUENCY_FROM[frequency]!,
    to: next === undefined ? null : next - 1,
    daysFrom: recency === NO_RECENCY ? null : RECENCY_FROM[recency]!,
    daysTo: recency === NO_RECENCY ? null : later - 1,
  }
}

export interface ForecastDays {
  readonly fitDay: string
  readonly testDay: string
  /** First day of the fit's memory: data must reach back to it. */
  readonly neededFrom: string
}

/** The test's outcome ends with the last full day; the fit's outcome ends where the test's begins. */
export function daysOf(endDay: string, horizonDays: number): ForecastDays {
  const end = Temporal.PlainDate.from(endDay)
  const fit = end.subtract({ days: 2 * horizonDays })
  return {
    fitDay: fit.toString(),
    testDay: end.subtract({ days: horizonDays }).toString(),
    neededFrom: fit.subtract({ days: MEMORY_DAYS - 1 }).toString(),
  }
}
