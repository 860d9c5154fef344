/** A scheme's question to the store, level by level up to the scores. */
import type { BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../../rules/scores/bulk.ts'
import { type Bag } from '../../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../../compile/subjects.ts'
import type { ScoreRun } from '../score-block.ts'
import {
  gateLevels,
  nameOf,
  overEachOther,
  type PlannedItem,
  pointLevels,
  scoreLevels,
  sumColumns,
  together,
  usedLevels,
  valueColumns,
} from './compile-levels.ts'

export const EXECUTION_SECONDS = 300

export interface BulkQuestion {
  readonly scheme: BulkScheme
  readonly planned: readonly PlannedItem[]
  readonly plannedGates: readonly PlannedItem[]
  /** First days of the months that make the period. */
  readonly months: readonly string[]
  readonly subjects: Subjects
}

export interface Known {
  readonly priors: readonly (BulkPrior | null)[]
  readonly moments: readonly (BulkMoments | null)[]
}

/** Levels up to the values of all entities. */
function valuesOf(bag: Bag, owner: string, { scheme, planned, plannedGates, months, subjects }: BulkQuestion) {
  const who = compileSubjects(bag, owner, subjects)
  const columns = [
    ...scheme.items.flatMap((item, place) =>
      sumColumns(
        bag,
        planned[place]!,
        String(place),
        item.scatter === 'normal' && planned[place]!.plan.squares.length > 0,
      ),
    ),
    ...scheme.gates.flatMap((_gate, place) => sumColumns(bag, plannedGates[place]!, `g${place}`, false)),
  ]
  const facts = [...planned, ...plannedGates].flatMap(({ ids, presence }) => [...ids, ...presence])
  const sql = `
    SELECT event.entity AS entity, ${columns.join(', ')}
    FROM bihuan.fact_month AS event FINAL
    WHERE event.organisation = ${owner} AND event.fact IN ${bag('Array(UInt64)', [...new Set(facts)])} AND event.month IN ${bag('Array(Date)', months)}
      ${who.filter.map((filter) => `AND ${filter}`).join(' ')}
    GROUP BY event.entity`
  const values = [
    ...scheme.items.flatMap((item, place) =>
      valueColumns(planned[place]!, String(place), item.scatter, zeroWithout(item.indicator)),
    ),
    ...scheme.gates.flatMap((gate, place) =>
      valueColumns(plannedGates[place]!, `g${place}`, null, zeroWithout(gate.indicator)),
    ),
  ]
  return overEachOther({ sql, names: ['entity', ...columns.map(nameOf)] }, [{ columns: values }])
}

const zeroWithout = ({ missing }: BulkItem['indicator']) => missing.noEvents === 'zero'
/** Sums that values were made of. */
const SUMS = /^([adqx]g?\d+|ng\d+)$/

/** Levels up to the values that count. */
export function usedOf(bag: Bag, owner: string, question: BulkQuestion, { priors, moments }: Known) {
  const { scheme, planned } = question
  const levels = scheme.items.map((item, place) => {
    const own = moments[place] ?? null
    // Where all are alike, nobody is better or worse than usual.
    const blank = own !== null && item.points.kind === 'z-score' && !(own.deviation > 0)
    const { scale } = planned[place]!.plan
    return usedLevels(item, place, { scale, prior: priors[place] ?? null, blank })
  })
  const [missing, ...rest] = together(levels)
  return overEachOther(valuesOf(bag, owner, question), [{ columns: missing!.columns, without: SUMS }, ...rest])
}

/** All levels: `composite` and everything it rests on. */
export function scoresOf(bag: Bag, owner: string, question: BulkQuestion, known: Known): string {
  const { scheme } = question
  const points = scheme.items.map((item, place) => pointLevels(item, place, known.moments[place] ?? null))
  const levels = [...together(points), ...scoreLevels(scheme), ...gateLevels(scheme)]
  return overEachOther(usedOf(bag, owner, question, known), levels).sql
}

/** Where the rows of a run stand. */
export const runPlace = (bag: Bag, organisation: string, run: ScoreRun) =>
  `organisation = ${bag('UUID', organisation)} AND scheme = ${bag('String', run.scheme)} AND grain = ${bag('String', run.grain)}
    AND period_start = ${bag('Date', run.periodStart)} AND run = ${bag('UUID', run.run)}`
