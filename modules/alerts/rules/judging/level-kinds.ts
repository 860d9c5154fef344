/** Kinds that compare a value with a level: thresholds, deviations from a baseline, growth, shortage. */
import { addPeriods } from '#platform/periods'
import type { ConditionOf, Levels } from '../../contract.ts'
import { type Direction, severityAbove, severityOf, colours, worseBy } from '../levels.ts'
import { type Asked, easingOf } from './asked.ts'
import { beyondDispersed, beyondLevel, beyondReference } from './evidence.ts'
import { cellAt, type Figures, figuresAt, type Panel, pooledFigures } from './panel.ts'
import { newVerdicts, type Verdicts } from './verdicts.ts'

/** Beside the figures of a unit: how much, against what, and how probable by chance. Null: nothing to compare with. */
interface Comparison {
  readonly measured: number
  readonly baseline: number
  readonly pValue: number
}

function judgeEach(
  asked: Asked,
  compare: (unit: number, now: Figures) => Comparison | null,
  severity: (comparison: Comparison, easing: number) => number,
): Verdicts {
  const { panel, place, rule } = asked
  const verdicts = newVerdicts(panel.subjects.length)
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const cell = cellAt(panel, unit, place)
    if (Number.isNaN(panel.value[cell]!) || panel.n[cell]! < rule.minimumN) continue
    const found = compare(unit, figuresAt(panel, cell))
    if (found === null) continue
    verdicts.known[unit] = 1
    verdicts.measured[unit] = found.measured
    verdicts.baseline[unit] = found.baseline
    verdicts.pValue[unit] = found.pValue
    verdicts.severity[unit] = severity(found, easingOf(asked, unit))
  }
  return verdicts
}

/** The worst colour whose level is surely passed: a value between two levels may be certain of the milder one only. */
export function judgeThreshold(asked: Asked, condition: ConditionOf<'threshold'>): Verdicts {
  const { panel, direction, rule } = asked
  const kind = { scatter: panel.scatter, scale: panel.scale }
  const falling = direction === 'higher-is-better' ? -1 : 1
  const passed = new Map<number, number>()
  const verdicts = judgeEach(
    asked,
    (unit, now) => {
      const easing = easingOf(asked, unit)
      const reached = colours.flatMap((colour) => {
        const level = condition.levels[colour]
        if (level === null) return []
        const eased = level - (1 - easing) * Math.abs(level) * falling
        if (worseBy(now.value, eased, direction) < 0) return []
        return [{ severity: severityOf(colour), pValue: beyondLevel(kind, now, level, direction) }]
      })
      const sure = reached.find(({ pValue }) => !(pValue > 1 - rule.confidence))
      const mildest = reached.at(-1)
      passed.set(unit, (sure ?? mildest)?.severity ?? 0)
      // A run over many units asks whether any level is passed at all.
      const tested = rule.falseDiscoveryShare === null ? (sure ?? mildest) : mildest
      return { measured: now.value, baseline: Number.NaN, pValue: tested?.pValue ?? 1 }
    },
    () => 0,
  )
  for (const [unit, severity] of passed) verdicts.severity[unit] = severity
  return verdicts
}

/** Percent worse than the reference, of the reference's size. Null where it is 0. */
const percentWorse = (value: number, reference: number, direction: Direction): number | null =>
  reference === 0 ? null : (100 * worseBy(value, reference, direction)) / Math.abs(reference)

function percentKind(
  asked: Asked,
  levels: Levels,
  compare: (unit: number, now: Figures) => { baseline: number; pValue: number } | null,
): Verdicts {
  return judgeEach(
    asked,
    (unit, now) => {
      const found = compare(unit, now)
      const measured = found && percentWorse(now.value, found.baseline, asked.direction)
      return found === null || measured === null ? null : { ...found, measured }
    },
    ({ measured }, easing) => severityAbove(levels, measured, easing),
  )
}

export function judgeDeviation(asked: Asked, { baseline, levelsPercent }: ConditionOf<'deviation'>): Verdicts {
  const { panel, place, direction, rule } = asked
  const kind = { scatter: panel.scatter, scale: panel.scale }
  const against = (now: Figures, reference: Figures | null) =>
    reference && { baseline: reference.value, pValue: beyondReference(kind, now, reference, direction) }
  switch (baseline.of) {
    case 'own':
      return percentKind(asked, levelsPercent, (unit, now) =>
        against(now, ownBefore(panel, unit, place, baseline.periods)),
      )
    case 'season': {
      const places = seasonPlaces(panel, place, rule.grain, baseline.years)
      return percentKind(asked, levelsPercent, (unit, now) =>
        against(
          now,
          pooledFigures(
            panel,
            places.map((each) => cellAt(panel, unit, each)),
          ),
        ),
      )
    }
    case 'peers': {
      const cells = panel.subjects.map((_subject, unit) => cellAt(panel, unit, place))
      const all = pooledFigures(panel, cells)
      return percentKind(asked, levelsPercent, (_unit, now) => against(now, all))
    }
    case 'target':
    case 'industry':
      return percentKind(asked, levelsPercent, (unit, now) => {
        const level = baseline.of === 'industry' ? baseline.value : asked.target(unit)
        return level === null ? null : { baseline: level, pValue: beyondLevel(kind, now, level, direction) }
      })
  }
}

/** Half of the asked history must be there, else a baseline of one lucky period would judge. */
function ownBefore(panel: Panel, unit: number, place: number, periods: number): Figures | null {
  const cells = Array.from({ length: Math.min(periods, place) }, (_unused, index) =>
    cellAt(panel, unit, place - 1 - index),
  )
  const known = cells.filter((cell) => !Number.isNaN(panel.value[cell]!))
  return known.length * 2 < periods ? null : pooledFigures(panel, known)
}

/** Places of the same period in years before, as far as the panel reaches. */
function seasonPlaces(panel: Panel, place: number, grain: Asked['rule']['grain'], years: number): number[] {
  const { starts } = panel.periods
  return Array.from({ length: years }, (_unused, index) => yearBefore(starts[place]!, grain, index + 1)).flatMap(
    (start) => {
      const found = starts.indexOf(start)
      return found < 0 ? [] : [found]
    },
  )
}

/** The same period of an earlier year; weeks: 52 weeks earlier, days: 364, so that weekdays match. */
function yearBefore(start: string, grain: Asked['rule']['grain'], years: number): string {
  if (grain === 'day') return addPeriods(start, 'day', -364 * years)
  if (grain === 'week') return addPeriods(start, 'week', -52 * years)
  return addPeriods(start, grain, -years * { month: 12, quarter: 4, 'half-year': 2, year: 1 }[grain])
}

export function judgeGrowth(asked: Asked, condition: ConditionOf<'growth'>): Verdicts {
  const { panel, place, direction, rule } = asked
  const { against, windowPeriods, levelsPercent, dispersionPeriods } = condition
  const { starts } = panel.periods
  const kind = { scatter: panel.scatter, scale: panel.scale }
  const stretch = (last: number) => Array.from({ length: windowPeriods }, (_unused, index) => last - index)
  const earlierLast =
    against === 'previous' ? place - windowPeriods : starts.indexOf(yearBefore(starts[place]!, rule.grain, 1))
  const both = [...stretch(place), ...stretch(earlierLast)]
  if (earlierLast < 0 || both.some((each) => each < 0)) return newVerdicts(panel.subjects.length)
  const of = (unit: number, places: readonly number[]) =>
    places.some((each) => Number.isNaN(panel.value[cellAt(panel, unit, each)]!))
      ? null
      : pooledFigures(
          panel,
          places.map((each) => cellAt(panel, unit, each)),
        )
  const past = Array.from({ length: Math.min(dispersionPeriods, place) }, (_unused, index) => place - 1 - index)
  return judgeEach(
    asked,
    (unit, now) => {
      const [later, earlier] = [windowPeriods === 1 ? now : of(unit, stretch(place)), of(unit, stretch(earlierLast))]
      if (later === null || earlier === null) return null
      const measured = percentWorse(later.value, earlier.value, direction)
      if (measured === null) return null
      const pValue =
        past.length < 3
          ? beyondReference(kind, later, earlier, direction)
          : beyondDispersed(
              kind,
              later,
              earlier,
              past.map((each) => figuresAt(panel, cellAt(panel, unit, each))),
              direction,
            )
      return { measured, baseline: earlier.value, pValue }
    },
    ({ measured }, easing) => severityAbove(levelsPercent, measured, easing),
  )
}

/** Demand over capacity in percent; the capacity is taken as known, the demand as counted. */
export function judgeShortage(asked: Asked, { levelsPercent }: ConditionOf<'shortage'>): Verdicts {
  const { panel, capacity, place } = asked
  if (capacity === null) return newVerdicts(panel.subjects.length)
  const kind = { scatter: panel.scatter, scale: panel.scale }
  return judgeEach(
    asked,
    (unit, now) => {
      const there = capacity.value[cellAt(capacity, unit, place)]!
      if (Number.isNaN(there) || there < 0) return null
      const measured = there === 0 ? (now.value > 0 ? Infinity : 0) : (100 * now.value) / there
      const reached = colours.find((colour) => levelsPercent[colour] !== null && measured >= levelsPercent[colour])
      const level = reached ? (levelsPercent[reached]! / 100) * there : there
      return { measured, baseline: there, pValue: reached ? beyondLevel(kind, now, level, 'lower-is-better') : 1 }
    },
    ({ measured }, easing) => severityAbove(levelsPercent, measured, easing),
  )
}
