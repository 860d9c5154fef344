/** Objects as rows of a table: nested names joined with dots, every value as the text a person would write. */
import { COLUMNS_LIMIT } from './read-table.ts'
import { TableUnreadable } from './table-unreadable.ts'

/** Objects deeper than this stay JSON text. */
const DEPTH_LIMIT = 8

type Visit = (name: string, value: unknown) => void

/** Visits every leaf of an object, in the order it is written; lists and whatever lies too deep are one leaf. */
export function eachLeaf(object: Readonly<Record<string, unknown>>, visit: Visit): void {
  walk(object, '', 1, visit)
}

function walk(object: Readonly<Record<string, unknown>>, prefix: string, depth: number, visit: Visit): void {
  for (const name of Object.keys(object)) {
    const value = object[name]
    const path = prefix === '' ? name : `${prefix}.${name}`
    if (isPlain(value) && depth < DEPTH_LIMIT) walk(value, path, depth + 1, visit)
    else visit(path, value)
  }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** Nothing, and what is no number, is an empty cell. */
export function cellText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isNaN(value) ? '' : String(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'object':
      return value === null ? '' : JSON.stringify(value, (_name, each: unknown) => plainBigint(each))
    default:
      return ''
  }
}

const plainBigint = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value)

/** Columns met so far, each with its place. */
export interface Columns {
  readonly names: string[]
  readonly places: Map<string, number>
}

export function noColumns(): Columns {
  return { names: [], places: new Map() }
}

/** Throws `TableUnreadable` beyond the limit of columns. */
export function addColumn(columns: Columns, name: string): void {
  if (columns.places.has(name)) return
  if (columns.names.length >= COLUMNS_LIMIT) {
    const detail = `Its objects have more than ${COLUMNS_LIMIT} different names; ${COLUMNS_LIMIT} are read.`
    throw new TableUnreadable('too-many-columns', detail)
  }
  columns.places.set(name, columns.names.length)
  columns.names.push(name)
}

/** A row with a cell for each column; names that are no column are left out. */
export function toCells(object: Readonly<Record<string, unknown>>, columns: Columns): string[] {
  const cells = new Array<string>(columns.names.length).fill('')
  eachLeaf(object, (name, value) => {
    const place = columns.places.get(name)
    if (place !== undefined) cells[place] = cellText(value)
  })
  return cells
}
