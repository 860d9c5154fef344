/** Many indicators of one month for every single entity, as columns: what scoring a million entities is fed with. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf } from '#platform/periods'
import { must } from '#platform/refusal'
import type { Indicator } from '../contract/indicators.ts'
import { factId, foldedGroup } from '../folding/register-facts.ts'
import { localDays } from '../folding/marks.ts'
import { EMPTY_STATE, type FactState, type Figure } from '../rules/plan/fact.ts'
import { type Plan, planOf } from '../rules/plan/plan.ts'
import { scaleOf } from '../rules/plan/shape.ts'
import { type FactColumn, readColumns } from '../store/folding/read-columns.ts'
import { foldMarks, foldProgress } from '../store/records/folds.ts'

export interface ValueColumns {
  /** Numbers of the entities with events of any of the indicators. */
  readonly entities: Float64Array
  /** One column for each indicator, in its unit; NaN: no value. */
  readonly values: readonly Float64Array[]
  /** What each value rests on. */
  readonly n: readonly Float64Array[]
}

/**
 * Single entities as they stand in events, without what lies below them. Null where the month is not folded for all of these
 * indicators: not over, changed since, of kinds that are not folded. `month` is its first day.
 */
export async function monthColumns(
  context: Context,
  { indicators, month }: { indicators: readonly Indicator[]; month: string },
): Promise<ValueColumns | null> {
  const plans = indicators.map(planOf)
  if (plans.some((plan) => plan.along.kind !== 'period' || foldedGroup(plan.facts) === null)) return null
  const wanted = columnsOf(plans)
  if (!(await monthReady(context, month, plans))) return null
  const pieces = []
  for await (const piece of readColumns(context.measurements, context.organisation, { month, columns: wanted.columns }))
    pieces.push(piece)
  const count = pieces.reduce((sum, piece) => sum + piece.entities.length, 0)
  const answer = {
    entities: new Float64Array(count),
    values: indicators.map(() => new Float64Array(count)),
    n: indicators.map(() => new Float64Array(count)),
  }
  const readers = plans.map((plan) => stateReader(plan, wanted.places))
  let start = 0
  for (const { entities, columns } of pieces) {
    answer.entities.set(entities, start)
    for (const [index, plan] of plans.entries()) {
      const scale = scaleOf(indicators[index]!)
      const [values, ns, read] = [answer.values[index]!, answer.n[index]!, readers[index]!]
      for (let row = 0; row < entities.length; row += 1) {
        const sums = plan.evaluate(read(columns, row))
        values[start + row] = sums.value === null ? Number.NaN : sums.value * scale
        ns[start + row] = sums.n
      }
    }
    start += entities.length
  }
  return answer
}

interface Wanted {
  readonly columns: readonly FactColumn[]
  /** Fact and figure as text -> place of the column. */
  readonly places: ReadonlyMap<string, number>
}

function columnsOf(plans: readonly Plan[]): Wanted {
  const columns: FactColumn[] = []
  const places = new Map<string, number>()
  for (const fact of plans.flatMap((plan) => plan.facts)) {
    const id = factId(fact)
    for (const figure of new Set<Figure>(['n', ...fact.figures])) {
      const key = `${id} ${figure}`
      if (places.has(key)) continue
      places.set(key, columns.length)
      columns.push({ fact: id, figure: figure as FactColumn['figure'] })
    }
  }
  return { columns, places }
}

type Columns = readonly (readonly number[])[]

/** The states of a plan's facts in a row of columns: the same objects for every row, a million of them would be in the way. */
function stateReader(
  plan: Plan,
  places: ReadonlyMap<string, number>,
): (columns: Columns, row: number) => readonly FactState[] {
  const states = plan.facts.map((): { -readonly [figure in keyof FactState]: FactState[figure] } => ({
    ...EMPTY_STATE,
  }))
  const cells = plan.facts.flatMap((fact, index) => {
    const id = factId(fact)
    const figures = [...new Set<Figure>(['n', ...fact.figures])]
    return figures.map((figure) => ({
      state: states[index] as Record<Figure, number>,
      figure,
      place: places.get(`${id} ${figure}`)!,
    }))
  })
  return (columns, row) => {
    for (const { state, figure, place } of cells) state[figure] = columns[place]![row]!
    return states
  }
}

/** Whether a month can be read from folds alone for all of these plans: over, filled, nothing in it changed since. */
export async function monthReady(
  context: Context,
  month: string,
  plans: readonly Pick<Plan, 'facts'>[],
): Promise<boolean> {
  const { timeZone } = await readProfile(context)
  const after = addPeriods(month, 'month', 1)
  must(month.endsWith('-01'), 'a month is named by its first day')
  if (after > dayOf(context.now, timeZone)) return false
  const groups = plans.flatMap(({ facts }) => [...Map.groupBy(facts, (fact) => JSON.stringify(fact.source)).values()])
  const ids = groups.flatMap((facts) => (foldedGroup(facts) ?? []).map(factId))
  const known = await foldProgress(context, ids)
  const rows = ids.map((id) => known.get(id))
  if (rows.some((row) => row === undefined || (!row.filled && (row.filledFrom === null || row.filledFrom > month))))
    return false
  const types = new Set(
    plans.flatMap((plan) => plan.facts.flatMap(({ source }) => (source.kind === 'events' ? [source.eventType] : []))),
  )
  const marks = await foldMarks(context, [...types])
  return !marks.some((mark) =>
    mark.grain === 'month'
      ? mark.start === month
      : localDays(mark.start, timeZone).some((day) => day >= month && day < after),
  )
}
