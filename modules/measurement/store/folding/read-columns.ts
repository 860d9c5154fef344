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
  const [size] = await measurements.query<{ count: number }>(
    `SELECT uniq(entity) AS count FROM bihuan.fact_month
     WHERE organisation = {organisation:UUID} AND fact IN {facts:Array(UInt64)} AND month = {month:Date}`,
    { organisation, facts, month },
  )
  const pieces = Math.max(1, Math.ceil((size?.count ?? 0) / PIECE_ENTITIES))
  for (let piece = 0; piece < pieces; piece += 1) {
    const { sql, parameters } = compileColumns(organisation, month, columns, facts, { pieces, piece })
    const [row] = await measurements.query<Record<string, number[]>>(sql, parameters, {
      maxExecutionSeconds: EXECUTION_SECONDS,
      settings: FINAL_WITHIN_PARTITIONS,
    })
    yield { entities: row!.entities!, columns: columns.map((_column, index) => row![`c${index}`]!) }
  }
}

function compileColumns(
  organisation: string,
  month: string,
  columns: readonly FactColumn[],
  facts: readonly number[],
  { pieces, piece }: { pieces: number; piece: number },
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
        AND entity % ${bag('UInt32', pieces)} = ${bag('UInt32', piece)}
      GROUP BY entity ORDER BY entity)`
  return { sql, parameters }
}
