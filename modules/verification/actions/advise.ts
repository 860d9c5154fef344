/** Which design to choose, by the history as it is known today. */
import { currentIndicator } from '#measurement/actions/indicators'
import { findEntities, lookUpEntities, readToday, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { invalid } from '#platform/refusal'
import { addPeriods, periodStartOf } from '#platform/periods'
import type { Advice, AdviceQuestion } from '../contract.ts'
import { advise } from '../rules/advising.ts'
import { ERROR_RATE } from '../rules/concluding.ts'
import { observe } from './observe.ts'

/** Units proposed as comparison at most: more make a question slow and add little. */
const PROPOSED_LIMIT = 12
const PERIODS_LIMIT = 1200

/** Others of the same kind that do not lie above or below the unit. */
async function proposeComparison(context: Context, key: string): Promise<string[]> {
  const own = await requireEntity(context, key)
  const all = await findEntities(context, { kind: own.kind, limit: PROPOSED_LIMIT * 4 })
  const apart = all.filter((one) => one.key !== key && !own.path.includes(one.number) && !one.path.includes(own.number))
  return apart.slice(0, PROPOSED_LIMIT).map((one) => one.key)
}

function periodsBetween(from: string, to: string, grain: AdviceQuestion['grain']): number {
  let count = 0
  for (let start = periodStartOf(from, grain); start <= to; start = addPeriods(start, grain, 1)) {
    const end = addPeriods(addPeriods(start, grain, 1), 'day', -1)
    if (start >= from && end <= to) count += 1
    if (count > PERIODS_LIMIT) invalid('endsOn', 'too_big', 'The proof would have too many periods.')
  }
  return count
}

export async function adviseDesign(context: Context, input: AdviceQuestion): Promise<Advice> {
  const { grain, baselineFrom, interventionOn, endsOn, smallestEffect, seasonPeriods } = input
  if (baselineFrom >= interventionOn)
    invalid('baselineFrom', 'before-intervention', 'The baseline must begin before the measure takes effect.')
  if (endsOn <= interventionOn)
    invalid('endsOn', 'after-intervention', 'The proof must end after the measure takes effect.')
  const indicator = await currentIndicator(context, input.indicator)
  if (indicator.direction === 'neutral')
    return invalid('indicator', 'has-direction', 'This indicator has no better or worse, so it cannot be a goal.')
  periodsBetween(baselineFrom, endsOn, grain)
  const keys = input.comparison.length > 0 ? input.comparison : await proposeComparison(context, input.entity)
  const today = await readToday(context)
  const lastDay = addPeriods(interventionOn < today ? interventionOn : today, 'day', -1)
  const window = { indicator: indicator.id, indicatorVersion: indicator.version, grain, baselineFrom, endsOn: lastDay }
  const history = await observe(context, { ...window, entityKey: input.entity, comparison: keys })
  const design = {
    method: 'interrupted-time-series' as const,
    direction: indicator.direction,
    interventionOn,
    smallestEffect,
    equivalenceMargin: smallestEffect,
    seasonPeriods,
    runUpPeriods: 0,
    errorRate: ERROR_RATE,
    seed: 1,
  }
  const periodsAfter = periodsBetween(interventionOn, endsOn, grain)
  const known = history.comparison.filter((unit) => unit.observations.some(({ value }) => value !== null))
  const told = advise({ design, varies: input.varies, periodsAfter, grain }, { ...history, comparison: known })
  const names = await lookUpEntities(context, keys)
  return {
    ...told,
    comparison: known.map(({ key }) => ({ key, name: names.get(key)?.name ?? key })),
    unit: indicator.unit,
  }
}
