/** A panel that shows each period as it looked when a rule judged: events that came later are not there yet. */
import type { Context } from '#platform/context'
import type { Indicator } from '../contract/indicators.ts'
import { emptyPanel, type Panel } from '../rules/panel.ts'
import { linearPlan, type LinearPlan } from '../rules/scores/linear-plan.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { KNOWN_FIGURES, type KnownRows, readKnown, splits } from '../store/watching/known-panel.ts'
import { type Cut, endOf } from './cut.ts'
import { openHoursOf } from './open-hours.ts'
import { chanceOf, finish } from './panel.ts'

/** Periods after which everything that will come has come. */
const MOST_LATE = 4
const DAY_MILLISECONDS = 86_400_000

export interface KnownPanel {
  /** Its cells change with `showAt`. */
  readonly panel: Panel
  /** As it was known when the period at this place was judged; places are shown in rising order. */
  readonly showAt: (place: number) => void
  /** Of all events: those not yet known when their own period was judged; those of imported history. Between 0 and 1. */
  readonly lateShare: number
  readonly importedShare: number
}

/** Null where history cannot be split by what was known: medians, distinct customers, paired events, derived indicators. */
export async function fillKnown(
  context: Context,
  question: {
    readonly indicator: Indicator
    readonly subjects: readonly Subjects[]
    readonly numbers: readonly number[]
    readonly cut: Cut
    readonly knownAfterDays: number
  },
): Promise<KnownPanel | null> {
  const { indicator, subjects, numbers, cut, knownAfterDays } = question
  const plan = splittable(indicator) ? linearPlan(indicator) : null
  if (plan === null || !plan.facts.every(splits)) return null
  const periods = cut.periods.length
  const panel = emptyPanel({
    indicator,
    subjects: numbers,
    periods: { starts: cut.periods.map(({ start }) => start) },
    ...chanceOf(indicator),
  })
  const layers = Array.from({ length: MOST_LATE + 1 }, () => layerOf(numbers.length * periods))
  const rowOf = new Map(numbers.map((number, row) => [number, row]))
  let [all, late, imported] = [0, 0, 0]
  for (const facts of Map.groupBy(plan.facts, (fact) => JSON.stringify(fact.source)).values())
    for (const each of subjects) {
      const found = await readKnown(context.measurements, context.organisation, {
        facts,
        subjects: each,
        starts: cut.periods.map((period) => period.from),
        until: endOf(cut),
        calendars: await openHoursOf(context, facts, cut.periods[0]!.from, endOf(cut)),
        judgedAt: cut.periods.map((period) => period.until + knownAfterDays * DAY_MILLISECONDS),
        mostLate: MOST_LATE,
      })
      const counted = addRows(layers, plan, {
        facts: facts.map((fact) => plan.facts.indexOf(fact)),
        found,
        rowOf,
        periods,
      })
      all += counted.all
      late += counted.late
      imported += counted.imported
    }
  const showAt = (place: number) => show(panel, layers, plan, place)
  return { panel, showAt, lateShare: all === 0 ? 0 : late / all, importedShare: all === 0 ? 0 : imported / all }
}

const splittable = ({ definition, missing, belowMinimum, population, effectiveFrom }: Indicator) =>
  definition.kind !== 'derived' &&
  missing.noEvents !== 'carry' &&
  belowMinimum !== 'shrink' &&
  population.kinds.length === 0 &&
  effectiveFrom === null

interface Layer {
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  readonly n: Float64Array
  readonly squares: Float64Array
}
const layerOf = (cells: number): Layer => ({
  numerator: new Float64Array(cells),
  denominator: new Float64Array(cells),
  n: new Float64Array(cells),
  squares: new Float64Array(cells),
})

/** Adds what became known with each delay to its layer. */
function addRows(
  layers: readonly Layer[],
  plan: LinearPlan,
  {
    facts,
    found: { rows, width },
    rowOf,
    periods,
  }: { facts: readonly number[]; found: KnownRows; rowOf: ReadonlyMap<number, number>; periods: number },
): { all: number; late: number; imported: number } {
  const columns = [
    ['numerator', plan.numerator],
    ['denominator', plan.denominator ?? []],
    ['n', plan.n],
    ['squares', plan.squares],
  ] as const
  const counted = { all: 0, late: 0, imported: 0 }
  const last = width - KNOWN_FIGURES.length
  for (let row = 0; row < rows.length; row += width) {
    const unit = rowOf.get(rows[row]!)
    const place = rows[row + 1]!
    if (unit === undefined || place < 0) continue
    const delay = rows[row + 2]!
    const events = rows[row + last]!
    counted.all += events
    if (delay > 0) counted.late += events
    if (rows[row + 3] === 1) counted.imported += events
    const layer = layers[delay]!
    for (const [name, parts] of columns)
      for (const { fact, figure, times } of parts) {
        const index = facts.indexOf(fact)
        if (index < 0) continue
        const at = row + 4 + index * KNOWN_FIGURES.length + KNOWN_FIGURES.indexOf(figure)
        layer[name][unit * periods + place]! += times * rows[at]!
      }
  }
  return counted
}

/** Only the newest periods differ from what was shown for the place before. */
function show(panel: ReturnType<typeof emptyPanel>, layers: readonly Layer[], plan: LinearPlan, place: number): void {
  const periods = panel.periods.starts.length
  const first = Math.max(0, place - layers.length + 1)
  const names = ['numerator', 'n', 'squares', ...(plan.denominator ? (['denominator'] as const) : [])] as const
  for (let unit = 0; unit < panel.subjects.length; unit += 1)
    for (let each = place === 0 ? 0 : first; each <= place; each += 1) {
      const cell = unit * periods + each
      for (const name of names) {
        let sum = 0
        for (let delay = 0; delay <= Math.min(place - each, layers.length - 1); delay += 1)
          sum += layers[delay]![name][cell]!
        panel[name][cell] = sum
      }
      panel.value[cell] = Number.NaN
      finish(panel, plan, cell, cell + 1)
    }
}
