/** Fills panels: from folds as bare numbers where every indicator allows it, else point by point. */
import type { Context } from '#platform/context'
import type { Indicator } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import { factId } from '../folding/register-facts.ts'
import { emptyPanel, type Panel, type PanelPeriods } from '../rules/panel.ts'
import type { Fact } from '../rules/plan/fact.ts'
import { foldable } from '../rules/plan/fold.ts'
import { scaleOf, shapeOf } from '../rules/plan/shape.ts'
import { shareFacts } from '../rules/plan/share-facts.ts'
import { type Coefficient, type LinearPlan, linearPlan } from '../rules/scores/linear-plan.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { type PanelFigure, readPanel } from '../store/folding/read-panel.ts'
import { type Cut, endOf } from './cut.ts'
import { pointRows, withMissing } from './point-rows.ts'
import { foldPlan, monthsFit } from './states.ts'

export interface PanelQuestion {
  readonly indicators: readonly Indicator[]
  readonly subjects: readonly Subjects[]
  /** Rows in this order, also those without events. */
  readonly numbers: readonly number[]
  readonly cut: Cut
}

/** One panel for each indicator, in order. */
export async function fillPanels(context: Context, question: PanelQuestion): Promise<Panel[]> {
  const { indicators, cut } = question
  const plans = indicators.map((indicator) => (shared(indicator) ? linearPlan(indicator) : null))
  const places = [...indicators.keys()]
  const fast = await readFast(
    context,
    question,
    places.flatMap((place) => plans[place] ?? []),
  )
  const panels: Panel[] = []
  for (const [place, indicator] of indicators.entries()) {
    const panel = emptyPanel({ indicator, subjects: question.numbers, periods: periodsOf(cut), ...chanceOf(indicator) })
    const plan = plans[place] ?? null
    if (plan && fast) fillLinear(panel, plan, fast)
    else await fillFromPoints(context, panel, question)
    panels.push(panel)
  }
  return panels
}

function periodsOf({ periods }: Cut): PanelPeriods {
  const starts = periods.map(({ start }) => start)
  return { starts }
}

export function chanceOf(indicator: Indicator): Pick<Panel, 'scatter' | 'scale'> {
  const { definition, rollUp } = indicator
  const scale = scaleOf(indicator)
  const shape = shapeOf(definition)
  const plain = rollUp !== 'mean-of-units' && indicator.exclusions.length === 0
  if (!plain) return { scatter: 'unknown', scale }
  if (shape === 'proportion') return { scatter: 'binomial', scale }
  if (shape === 'mean' || shape === 'net-promoter') return { scatter: 'normal', scale }
  if (shape === 'count') return { scatter: 'count', scale }
  const counted =
    definition.kind === 'ratio' && definition.numerator.every((term) => term.of === 'events' && term.coefficient === 1)
  return { scatter: counted ? 'poisson' : 'unknown', scale }
}

/** Everything about a period in its own sums, judged by one version. */
const shared = ({ missing, belowMinimum, population, effectiveFrom, definition }: Indicator) =>
  definition.kind !== 'derived' &&
  missing.noEvents !== 'carry' &&
  belowMinimum !== 'shrink' &&
  population.kinds.length === 0 &&
  effectiveFrom === null

interface Fast {
  readonly plans: readonly LinearPlan[]
  /** For each plan the places of its facts among all. */
  readonly places: readonly (readonly number[])[]
  /** For each fact its rows, in as many pieces as were read: number of the subject, then the figures by period. */
  readonly rows: readonly (readonly FactRows[])[]
  readonly periods: number
}
interface FactRows {
  readonly figures: readonly PanelFigure[]
  readonly width: number
  readonly numbers: Float64Array
  /** Where the fact's rows begin and end in `numbers`, and the row of the panel each belongs to; -1: none. */
  readonly first: number
  readonly end: number
  readonly units: Int32Array
}

/** Null where folds cannot answer for all of it. */
async function readFast(context: Context, question: PanelQuestion, plans: readonly LinearPlan[]): Promise<Fast | null> {
  const { cut, subjects } = question
  const { facts, places } = shareFacts(plans)
  if (
    facts.length === 0 ||
    subjects.length === 0 ||
    !facts.every(foldable) ||
    cut.grain === 'minute' ||
    cut.grain === 'hour'
  )
    return null
  const days = cut.periods.map((period) => period.start.slice(0, 10))
  const last = Temporal.PlainDate.from(endOfCut(cut)).subtract({ days: 1 }).toString()
  const timed = {
    facts,
    subjects: subjects[0]!,
    byMember: false,
    starts: cut.periods.map((period) => period.from),
    until: endOf(cut),
    asOf: context.now.epochMilliseconds,
    calendars: new Map(),
    groupBy: [],
    groupsLimit: 1,
    timeZone: cut.timeZone,
  }
  const plan = await foldPlan(context, timed)
  if (plan === null || plan.days.length > 0) return null
  const grain = monthsFit(days, last, plan) ? 'month' : 'day'
  const rows: FactRows[][] = []
  const bySet = Map.groupBy(facts.keys(), (place) => figuresOf(facts[place]!).join())
  for (const group of bySet.values()) {
    const own = [...group]
    const figures = figuresOf(facts[own[0]!]!)
    const ids = own.map((place) => factId(facts[place]!))
    const width = 2 + figures.length * days.length
    for (const each of subjects) {
      const asked = { grain, facts: ids, figures, subjects: each, starts: days, last } as const
      const numbers = await readPanel(context.measurements, context.organisation, asked)
      for (const piece of piecesOf(numbers, width, question.numbers))
        (rows[own[piece.fact]!] ??= []).push({ figures, width, numbers, ...piece })
    }
  }
  return { plans, places, rows, periods: days.length }
}

const FIGURES: readonly PanelFigure[] = ['n', 'total', 'squares']
const figuresOf = (fact: Fact) => FIGURES.filter((figure) => figure === 'n' || fact.figures.includes(figure))

/** The stretches of rows of one fact each, with the rows of the panel they belong to. Both sides are in order of the subjects' numbers. */
function piecesOf(numbers: Float64Array, width: number, subjects: readonly number[]) {
  const rowOf = isRising(subjects) ? null : new Map(subjects.map((number, row) => [number, row]))
  const pieces: { fact: number; first: number; end: number; units: Int32Array }[] = []
  for (let first = 0; first < numbers.length; ) {
    const fact = numbers[first]!
    let end = first
    while (end < numbers.length && numbers[end] === fact) end += width
    const units = new Int32Array((end - first) / width)
    let at = 0
    for (let index = 0, row = first; row < end; index += 1, row += width) {
      const subject = numbers[row + 1]!
      if (rowOf) {
        units[index] = rowOf.get(subject) ?? -1
        continue
      }
      while (at < subjects.length && subjects[at]! < subject) at += 1
      units[index] = subjects[at] === subject ? at : -1
    }
    pieces.push({ fact, first, end, units })
    first = end
  }
  return pieces
}

function isRising(numbers: readonly number[]): boolean {
  for (let index = 1; index < numbers.length; index += 1) if (numbers[index]! <= numbers[index - 1]!) return false
  return true
}

type Filled = ReturnType<typeof emptyPanel>

function fillLinear(panel: Filled, plan: LinearPlan, fast: Fast): void {
  const places = fast.places[fast.plans.indexOf(plan)]!
  const add = (column: Float64Array, parts: readonly Coefficient[]) => {
    for (const { fact, figure, times } of parts)
      for (const rows of fast.rows[places[fact]!] ?? [])
        addFigure(column, rows, {
          shift: 2 + rows.figures.indexOf(figure) * fast.periods,
          periods: fast.periods,
          times,
        })
  }
  add(panel.numerator, plan.numerator)
  add(panel.n, plan.n)
  add(panel.squares, plan.squares)
  if (plan.denominator) {
    panel.denominator.fill(0)
    add(panel.denominator, plan.denominator)
  }
  finish(panel, plan, 0, panel.value.length)
}

function addFigure(
  column: Float64Array,
  { numbers, units, width, first }: FactRows,
  { shift, periods, times }: { shift: number; periods: number; times: number },
): void {
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index]!
    if (unit < 0) continue
    const [from, to] = [first + index * width + shift, unit * periods]
    for (let period = 0; period < periods; period += 1) column[to + period]! += times * numbers[from + period]!
  }
}

/** Values of some cells from their sums; a period without events is a gap unless the definition makes it zero. */
export function finish(panel: Filled, plan: LinearPlan, first: number, end: number): void {
  const { indicator, value, numerator, denominator, n } = panel
  const zero = indicator.missing.noEvents === 'zero'
  const least = indicator.belowMinimum === 'hide' ? indicator.minimumN : 0
  for (let cell = first; cell < end; cell += 1) {
    if (n[cell] === 0 && numerator[cell] === 0) {
      if (zero) value[cell] = 0
    } else if (n[cell]! >= least) {
      if (plan.denominator === null) value[cell] = numerator[cell]! * plan.scale
      else if (denominator[cell] !== 0) value[cell] = (numerator[cell]! / denominator[cell]!) * plan.scale
    }
  }
}

async function fillFromPoints(
  context: Context,
  panel: Filled,
  { subjects, cut, numbers }: PanelQuestion,
): Promise<void> {
  const { indicator } = panel
  const bySubject = new Map<number, Map<number, Measured>>()
  for (const each of subjects)
    for (const { entity, period, point } of await pointRows(context, { indicator, cut, subjects: each })) {
      const own = bySubject.get(entity) ?? new Map<number, Measured>()
      own.set(period, point)
      bySubject.set(entity, own)
    }
  const ratio = panel.scatter === 'binomial' || panel.scatter === 'poisson'
  const filling = indicator.missing.noEvents !== 'gap'
  const placeOf = new Map(cut.periods.map(({ start }, place) => [start, place]))
  for (const [row, number] of numbers.entries()) {
    const own = bySubject.get(number) ?? new Map<number, Measured>()
    const points =
      filling && (own.size > 0 || indicator.missing.noEvents === 'zero')
        ? withMissing(indicator, own, cut, context.now)
        : own.values()
    for (const point of points) {
      const cell = row * cut.periods.length + placeOf.get(point.periodStart)!
      panel.value[cell] = point.value ?? Number.NaN
      panel.n[cell] = point.n
      panel.numerator[cell] = point.numerator
      if (ratio) panel.denominator[cell] = point.denominator
      panel.error[cell] = point.standardError ?? Number.NaN
    }
  }
}

/** Day after the cut's last. */
const endOfCut = (cut: Cut) =>
  Temporal.Instant.fromEpochMilliseconds(endOf(cut)).toZonedDateTimeISO(cut.timeZone).toPlainDate().toString()
