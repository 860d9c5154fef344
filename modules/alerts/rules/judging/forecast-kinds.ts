/** Kinds that look ahead: a value outside the band it was expected in, a target that will probably be missed. */
import { chosenSmoothing } from '#stats/forecast/forecast-band'
import { forecastBreach } from '#stats/forecast/forecast-breach'
import { lowCountForecast } from '#stats/forecast/low-count-forecast'
import type { Forecast } from '#stats/forecast/smoothing-forecast'
import { normalTail } from '#stats/distributions/normal-tail'
import type { ConditionOf } from '../../contract.ts'
import { colours, severityAbove, severityOf } from '../levels.ts'
import { type Asked, easingOf, history } from './asked.ts'
import { cellAt } from './panel.ts'
import { newVerdicts, type Verdicts } from './verdicts.ts'

/** Courses simulated for the chance to miss a target: its error is below 1.6 points. */
const PATHS = 1000
/** Mean events a period below which a count is forecast as one. */
const LOW_COUNT = 10

export function judgeBand(asked: Asked, condition: ConditionOf<'forecast-band'>): Verdicts {
  const { panel, place, direction, rule } = asked
  const verdicts = newVerdicts(panel.subjects.length)
  const levels = condition.levelsConfidencePercent
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const cell = cellAt(panel, unit, place)
    const value = panel.value[cell]!
    if (Number.isNaN(value) || panel.n[cell]! < rule.minimumN) continue
    const expected = lowCount(asked, condition, unit) ?? smoothed(asked, condition, unit)
    if (expected === null) continue
    verdicts.known[unit] = 1
    verdicts.baseline[unit] = expected.mean
    const chance = expected.tail(value, direction === 'higher-is-better' ? 'lower' : 'upper')
    // Confidence of the narrowest two-sided band the value lies outside of, on the bad side.
    const confidence = 100 * Math.max(0, 1 - 2 * chance)
    verdicts.measured[unit] = confidence
    const easing = easingOf(asked, unit)
    const reached = colours.find((colour) => levels[colour] !== null && confidence >= levels[colour] * easing)
    verdicts.severity[unit] = severityOf(reached ?? null)
  }
  return verdicts
}

interface Expected {
  readonly mean: number
  readonly tail: (value: number, side: 'lower' | 'upper') => number
}

/** What the unit's own course leads one to expect of this period, from the periods before it. */
function smoothed({ panel, place }: Asked, condition: ConditionOf<'forecast-band'>, unit: number): Expected | null {
  if (place === 0) return null
  const values = history(panel, unit, place - 1, condition.periods)
  const found = chosenSmoothing({ values, period: condition.season, horizon: 1 })
  if (found.kind === 'cannot') return null
  const { mean, standardError } = found.forecast.points[0]!
  if (!(standardError > 0)) return null
  return { mean, tail: (value, side) => normalTail((value - mean) / standardError, side) }
}

function lowCount({ panel, place }: Asked, condition: ConditionOf<'forecast-band'>, unit: number): Expected | null {
  const counted = panel.scatter === 'count' || panel.scatter === 'poisson'
  if (!counted || condition.season !== null || place === 0) return null
  const first = Math.max(0, place - condition.periods)
  const cells = Array.from({ length: place - first }, (_unused, index) => cellAt(panel, unit, first + index))
  const exposureOf = (cell: number) => (panel.scatter === 'count' ? 1 : panel.denominator[cell]!)
  const past = cells.flatMap((cell) => {
    const [events, exposure] = [panel.numerator[cell]!, exposureOf(cell)]
    return Number.isNaN(panel.value[cell]!) || !Number.isInteger(events) || !(exposure > 0)
      ? []
      : [{ events, exposure }]
  })
  const mean = past.reduce((sum, { events }) => sum + events, 0) / Math.max(1, past.length)
  const now = cellAt(panel, unit, place)
  const events = panel.numerator[now]!
  if (mean >= LOW_COUNT || !Number.isInteger(events) || events < 0) return null
  const found = lowCountForecast({ history: past, nextExposure: exposureOf(now), memory: 'likeliest' })
  if (found.kind === 'cannot') return null
  const worth = panel.scale / exposureOf(now)
  return {
    mean: found.mean * worth,
    tail: (_value, side) => (side === 'upper' ? found.upperTail(events) : 1 - found.upperTail(events + 1)),
  }
}

export function judgeMiss(asked: Asked, condition: ConditionOf<'forecast-miss'>): Verdicts {
  const { panel, place, direction, rule } = asked
  const verdicts = newVerdicts(panel.subjects.length)
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const cell = cellAt(panel, unit, place)
    const target = condition.target ?? asked.target(unit)
    if (target === null || Number.isNaN(panel.value[cell]!) || panel.n[cell]! < rule.minimumN) continue
    const forecast = courseOf(asked, condition, unit)
    if (forecast === null) continue
    verdicts.known[unit] = 1
    verdicts.baseline[unit] = target
    const side = direction === 'higher-is-better' ? 'below' : 'above'
    const found = forecastBreach({ forecast, target, side, chance: 0.5, paths: PATHS, random: asked.random })
    const chance = 100 * found.chanceBy.at(-1)!
    verdicts.measured[unit] = chance
    verdicts.severity[unit] = severityAbove(condition.levelsChancePercent, chance, easingOf(asked, unit))
    const when = found.likelyStep ?? found.expectedStep
    if (when !== null) verdicts.expectedIn.set(unit, when)
  }
  return verdicts
}

function courseOf({ panel, place }: Asked, condition: ConditionOf<'forecast-miss'>, unit: number): Forecast | null {
  const values = history(panel, unit, place, condition.periods)
  const found = chosenSmoothing({ values, period: condition.season, horizon: condition.horizon })
  return found.kind === 'cannot' ? null : found.forecast
}
