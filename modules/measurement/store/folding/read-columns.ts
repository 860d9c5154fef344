/** Folded facts of one month for very many entities, as columns of numbers: a line for each would be more talk than content. */
import type { Measurements } from '#platform/measurements/measurements'
import type { Figure } from '../../rules/plan/fact.ts'
import { FINAL_WITHIN_PARTITIONS } from '../compile/compile-facts.ts'
import { parameterBag } from '../compile/parameter-bag.ts'

const EXECUTION_SECONDS = 120
/** Entities of one piece, about: bounds the text of one answer. */
const PIECE_ENTITIES = 200_000

export interface FactColumn {
  readonly fact: number
  readonly figure: Extract<Figure, 'n' | 'total' | 'squares' | 'lowest' | 'highest'>
}

export interface Piece {
  /** Numbers of entities, rising. */
  readonly entities: readonly number[]
  /** In the order of the columns asked for. */
  readonly columns: readonly (readonly number[])[]
}

/** Entities with any of the facts in the month, piece after piece. */
export async function* readColumns(
  measurements: Measurements,
  organisation: string,
  { month, columns }: { month: string; columns: readonly FactColumn[] },
): AsyncIterable<Piece> {
  const facts = [...new Set(columns.map(({ fact }) => fact))]
  for (const range of await rangesOf(measurements, organisation, month, facts)) {
    const { sql, parameters } = compileColumns(organisation, month, columns, facts, range)
    const [row] = await measurements.query<Record<string, number[]>>(sql, parameters, {
      maxExecutionSeconds: EXECUTION_SECONDS,
      settings: FINAL_WITHIN_PARTITIONS,
    })
    yield { entities: row!.entities!, columns: columns.map((_column, index) => row![`c${index}`]!) }
  }
}

interface Range {
  readonly from: number
  /** Not included. */
  readonly until: number
}

/** Stretches of entity numbers with about as many entities each: the tables are ordered by them. */
async function rangesOf(
  measurements: Measurements,
  organisation: string,
  month: string,
  facts: readonly number[],
): Promise<Range[]> {
  const where = 'organisation = {organisation:UUID} AND fact IN {facts:Array(UInt64)} AND month = {month:Date}'
  const parameters = { organisation, facts, month }
  const [size] = await measurements.query<{ count: number }>(
    `SELECT uniq(entity) AS count FROM bihuan.fact_month WHERE ${where}`,
    parameters,
  )
  const pieces = Math.max(1, Math.ceil((size?.count ?? 0) / PIECE_ENTITIES))
  if (pieces === 1) return [{ from: 0, until: Number.MAX_SAFE_INTEGER }]
  const shares = Array.from({ length: pieces - 1 }, (_unused, index) => (index + 1) / pieces).join(', ')
  const [found] = await measurements.query<{ ends: number[] }>(
    `SELECT arrayMap(each -> toUInt64(each), quantiles(${shares})(entity)) AS ends FROM bihuan.fact_month WHERE ${where}`,
    parameters,
  )
  const ends = [0, ...new Set(found!.ends), Number.MAX_SAFE_INTEGER]
  return ends.slice(1).map((until, index) => ({ from: ends[index]!, until }))
}

function compileColumns(
  organisation: string,
  month: string,
  columns: readonly FactColumn[],
  facts: readonly number[],
  { from, until }: Range,
) {
  const { bag, parameters } = parameterBag()
  const figures = columns.map(({ fact, figure }, index) => {
    const aggregate = figure === 'lowest' ? 'minIf' : figure === 'highest' ? 'maxIf' : 'sumIf'
    return `${aggregate}(${figure}, fact = ${bag('UInt64', fact)}) AS c${index}`
  })
  const sql = `
    SELECT groupArray(entity) AS entities, ${columns.map((_column, index) => `groupArray(c${index}) AS c${index}`).join(', ')}
    FROM (
      SELECT entity, ${figures.join(', ')}
      FROM bihuan.fact_month FINAL
      WHERE organisation = ${bag('UUID', organisation)} AND fact IN ${bag('Array(UInt64)', facts)} AND month = ${bag('Date', month)}
        AND entity >= ${bag('UInt64', from)} AND entity < ${bag('UInt64', until)}
      GROUP BY entity ORDER BY entity)`
  return { sql, parameters }
}
