/** A scheme's question to the store, level by level up to the scores. */
import type { BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../../rules/scores/bulk.ts'
import { type Bag } from '../../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../../compile/subjects.ts'
import type { ScoreRun } from '../score-block.ts'
import {
  factSums,
  gateColumns,
  type PlannedItem,
  pointColumns,
  scoreColumns,
  usedColumns,
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
function valueLevel(
  bag: Bag,
  owner: string,
  { scheme, planned, plannedGates, months, subjects }: BulkQuestion,
): string {
  const sums = factSums(bag, [...planned, ...plannedGates])
  const who = compileSubjects(bag, owner, subjects)
  const columns = [
    ...scheme.items.flatMap((item, place) =>
      valueColumns(bag, sums, planned[place]!, String(place), item.scatter, zeroWithout(item.indicator)),
    ),
    ...scheme.gates.flatMap((gate, place) =>
      valueColumns(bag, sums, plannedGates[place]!, `g${place}`, null, zeroWithout(gate.indicator)),
    ),
  ]
  return `SELECT entity, ${columns.join(', ')} FROM (
    SELECT event.entity AS entity, ${sums.columns.join(', ')}
    FROM bihuan.fact_month AS event FINAL
    WHERE event.organisation = ${owner} AND event.fact IN ${bag('Array(UInt64)', sums.facts)} AND event.month IN ${bag('Array(Date)', months)}
      ${who.filter.map((filter) => `AND ${filter}`).join(' ')}
    GROUP BY event.entity)`
}

const zeroWithout = ({ missing }: BulkItem['indicator']) => missing.noEvents === 'zero'

export function usedLevel(bag: Bag, owner: string, question: BulkQuestion, { priors, moments }: Known): string {
  const { scheme, planned } = question
  const columns = scheme.items.flatMap((item, place) => {
    const own = moments[place] ?? null
    // Where all are alike, nobody is better or worse than usual.
    const blank = own !== null && item.points.kind === 'z-score' && !(own.deviation > 0)
    const { scale } = planned[place]!.plan
    return usedColumns(bag, item, place, { scale, prior: priors[place] ?? null, blank })
  })
  return `SELECT *, ${columns.join(', ')} FROM (${valueLevel(bag, owner, question)})`
}

export function scoreLevel(bag: Bag, owner: string, question: BulkQuestion, known: Known): string {
  const { scheme } = question
  const { moments } = known
  const points = scheme.items.flatMap((item, place) => pointColumns(bag, item, place, moments[place] ?? null))
  const pointLevel = `SELECT *, ${points.join(', ')} FROM (${usedLevel(bag, owner, question, known)})`
  const scored = `SELECT *, ${scoreColumns(bag, scheme).join(', ')} FROM (${pointLevel})`
  return `SELECT *, ${gateColumns(bag, scheme).join(', ')} FROM (${scored})`
}

/** Where the rows of a run stand. */
export const runPlace = (bag: Bag, organisation: string, run: ScoreRun) =>
  `organisation = ${bag('UUID', organisation)} AND scheme = ${bag('String', run.scheme)} AND grain = ${bag('String', run.grain)}
    AND period_start = ${bag('Date', run.periodStart)} AND run = ${bag('UUID', run.run)}`
