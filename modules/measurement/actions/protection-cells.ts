/** For modules that calculate with values and then tell of them: which of these values are protected. */
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods } from '#platform/periods'
import { type Guard, guardsOf } from '../reading/protecting/protect.ts'
import { indicatorsById } from './indicators.ts'
import { calendarCut } from './series.ts'

/** Ids of the indicators; periods by their first days. The whole organisation is entity 0. */
export interface CellsAsked {
  readonly indicators: readonly string[]
  readonly grain: Grain
  readonly periods: readonly string[]
  readonly entities: readonly number[]
}

export type IsProtected = (indicator: string, entity: number, periodStart: string) => boolean

/**
 * Decides as every route does, whoever asks. Of a period that runs nothing is told: what others calculated lies between what was told
 * yesterday and what will be told tomorrow. Cost: nothing where the indicators are facts, else one reading of n for each.
 */
export async function protectedCells(context: Context, asked: CellsAsked): Promise<IsProtected> {
  const indicators = [...(await indicatorsById(context, [...new Set(asked.indicators)])).values()]
  return guardedCells(context, await guardsOf(context, indicators), asked)
}

/** The same where the guards of the indicators are at hand. */
export async function guardedCells(
  context: Context,
  guards: ReadonlyMap<string, Guard>,
  { grain, entities, ...asked }: Omit<CellsAsked, 'indicators'>,
): Promise<IsProtected> {
  const wanted = new Set(asked.periods)
  const periods = [...wanted].toSorted()
  const [first, last] = [periods[0], periods.at(-1)]
  if (guards.size === 0 || first === undefined || last === undefined || entities.length === 0) return () => false
  const all = await calendarCut(context, { grain, from: first, to: addPeriods(last, 'day', 1) })
  const cut = { ...all, periods: all.periods.filter((period) => wanted.has(period.start)) }
  const places = new Map(cut.periods.map((period, place) => [period.start, place]))
  const hidden = new Map<string, (entity: number, periodStart: string) => boolean>()
  for (const [id, guard] of guards) {
    const own = guard.cut(cut)
    const decided = await guard.hidden({ ...own, entities })
    hidden.set(id, (entity, periodStart) => {
      const place = places.get(periodStart)
      if (place === undefined) return true
      return own.cut.periods[place]!.until < cut.periods[place]!.until || decided(entity, place)
    })
  }
  return (indicator, entity, periodStart) => hidden.get(indicator)?.(entity, periodStart) ?? false
}
