/** A mapping made ready for one file: each row becomes the facts of an event, or the reason why not. */
import type { MappingDefinition } from '../../contract.ts'
import { timeReader } from './read-time.ts'

/** Of millions of rows one object each: who stores the row fills in what the mapping cannot know. */
export interface MappedRow {
  organisation: string
  entity: number
  readonly eventType: string
  eventId: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
  batch: string
  readonly entityKey: string
  /** What tells the row apart; null where the whole row does. */
  readonly identity: string | null
}
export interface RowFault {
  readonly field: string
  readonly rule: string
  readonly message: string
}
export type RowMapper = (cells: readonly string[]) => MappedRow | RowFault

export const isFault = (row: MappedRow | RowFault): row is RowFault => 'rule' in row

const ATTRIBUTE_LENGTH_LIMIT = 500
const KEY_LENGTH_LIMIT = 100
const SHOWN_LENGTH = 60
const HOUR_MILLISECONDS = 3_600_000
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** Columns without which no row makes an event. */
const requiredColumns = (definition: MappingDefinition): readonly string[] => [
  ...('columns' in definition.entity ? definition.entity.columns : []),
  definition.time.column,
  ...(definition.identity ?? []),
]
/** Every column the mapping names. */
export const namedColumns = (definition: MappingDefinition): readonly string[] => [
  ...requiredColumns(definition),
  ...definition.attributes.map((each) => each.column),
  ...definition.values.flatMap((each) => ('column' in each ? [each.column] : [each.hoursFrom, each.hoursTo])),
]

/** Columns the mapping names and the file does not have. Where rows are objects, only those no row can do without must show up. */
export function missingColumns(
  definition: MappingDefinition,
  header: readonly string[],
  rowsAreObjects = false,
): string[] {
  const named = rowsAreObjects ? requiredColumns(definition) : namedColumns(definition)
  const there = new Set(header)
  return [...new Set(named)].filter((column) => !there.has(column))
}

/** `timeZone` is the organisation's. All columns must be there: see `missingColumns`. */
export function rowMapper(definition: MappingDefinition, header: readonly string[], timeZone: string): RowMapper {
  const place = (column: string) => header.indexOf(column)
  const { eventType } = definition
  const entityOf = entityReader(definition, place)
  const timeColumn = definition.time.column
  const timePlace = place(timeColumn)
  const readTime = timeReader(definition.time.format, definition.time.timeZone ?? timeZone)
  const attributes = definition.attributes.map(({ column, name }) => ({ column, name, at: place(column) }))
  const values = definition.values.map((each) => valueReader(definition, each, place, readTime))
  const identity = definition.identity?.map(place) ?? null
  return (cells) => {
    if (cells.length !== header.length) return raggedFault(cells.length, header.length)
    const entityKey = entityOf(cells)
    if (typeof entityKey !== 'string') return entityKey
    const timeText = cells[timePlace]!.trim()
    const occurredAt = readTime(timeText)
    if (occurredAt === null) return timeFault(timeColumn, timeText)
    const row: MappedRow = {
      organisation: '',
      entity: -1,
      eventType,
      eventId: '',
      occurredAt,
      attributes: {},
      values: {},
      batch: '',
      entityKey,
      identity: identityOf(identity, cells),
    }
    for (const { column, name, at } of attributes) {
      const text = cells[at]!.trim()
      if (text === '') continue
      if (text.length > ATTRIBUTE_LENGTH_LIMIT) return longFault(column, text.length)
      row.attributes[name] = text
    }
    for (const read of values) {
      const fault = read(cells, row.values)
      if (fault) return fault
    }
    if (row.identity === '') return identityFault(definition.identity!)
    return row
  }
}

function raggedFault(cells: number, columns: number): RowFault {
  const message = `The row has ${cells} cells, the header ${columns}.`
  return { field: '', rule: cells < columns ? 'too-few-cells' : 'too-many-cells', message }
}
const timeFault = (field: string, text: string): RowFault =>
  text === ''
    ? { field, rule: 'required', message: 'The time is empty.' }
    : { field, rule: 'time', message: `"${short(text)}" is no time in the format of the mapping.` }
const longFault = (field: string, length: number): RowFault => ({
  field,
  rule: 'too-long',
  message: `The text has ${length} characters; ${ATTRIBUTE_LENGTH_LIMIT} are kept.`,
})
const identityFault = (columns: readonly string[]): RowFault => ({
  field: columns.join(', '),
  rule: 'required',
  message: 'The columns that tell rows apart are empty.',
})

const short = (text: string) => (text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text)

/** Keys stand in addresses: blanks, slashes, question marks and hashes become hyphens. */
function entityReader(definition: MappingDefinition, place: (column: string) => number) {
  if ('key' in definition.entity) {
    const { key } = definition.entity
    return () => key
  }
  const { columns } = definition.entity
  const places = columns.map(place)
  const field = columns.join(', ')
  const [only] = places
  return (cells: readonly string[]): string | RowFault => {
    const parts = places.length === 1 ? cells[only!]!.trim() : places.map((at) => cells[at]!.trim()).join('-')
    if (parts === '' || (places.length > 1 && places.every((at) => cells[at]!.trim() === '')))
      return { field, rule: 'required', message: 'The row names no entity.' }
    const key = /[\s/?#]/u.test(parts) ? parts.replaceAll(/[\s/?#]+/gu, '-') : parts
    if (key.length > KEY_LENGTH_LIMIT)
      return { field, rule: 'too-long', message: `A key has at most ${KEY_LENGTH_LIMIT} characters.` }
    return key
  }
}

type ValueReader = (cells: readonly string[], values: Record<string, number>) => RowFault | null

function valueReader(
  definition: MappingDefinition,
  value: MappingDefinition['values'][number],
  place: (column: string) => number,
  readTime: (text: string) => number | null,
): ValueReader {
  const { name } = value
  if ('column' in value) {
    const at = place(value.column)
    return (cells, values) => readNumber(cells[at]!.trim(), value.column, definition.emptyNumber, name, values)
  }
  const { hoursFrom, hoursTo } = value
  const fromPlace = place(hoursFrom)
  const toPlace = place(hoursTo)
  return (cells, values) => {
    const fromText = cells[fromPlace]!.trim()
    const toText = cells[toPlace]!.trim()
    if (fromText === '' || toText === '') return null
    const from = readTime(fromText)
    if (from === null) return timeFault(hoursFrom, fromText)
    const to = readTime(toText)
    if (to === null) return timeFault(hoursTo, toText)
    values[name] = (to - from) / HOUR_MILLISECONDS
    return null
  }
}

function readNumber(
  text: string,
  field: string,
  empty: MappingDefinition['emptyNumber'],
  name: string,
  values: Record<string, number>,
): RowFault | null {
  if (text === '') {
    if (empty === 'refuse') return { field, rule: 'required', message: 'The number is empty.' }
    if (empty === 'zero') values[name] = 0
    return null
  }
  const number = DECIMAL.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(number)) {
    const message = `"${short(text)}" is no number. Write digits with a point, without units or separators of thousands.`
    return { field, rule: 'number', message }
  }
  values[name] = number
  return null
}

/** Several columns are joined so that no two lists of cells give the same text. */
function identityOf(places: readonly number[] | null, cells: readonly string[]): string | null {
  if (places === null) return null
  if (places.length === 1) return cells[places[0]!]!.trim()
  const parts = places.map((at) => cells[at]!.trim())
  return parts.every((part) => part === '')
    ? ''
    : parts.map((part) => part.replaceAll(/[\\|]/g, (sign) => `\\${sign}`)).join('|')
}
