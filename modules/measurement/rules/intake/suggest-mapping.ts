/** A first guess at what the columns of a file are; a person corrects it. */
import type { MappingDefinition } from '../../contract.ts'
import { timeReader } from './read-time.ts'

type ColumnLook = 'time' | 'number' | 'text' | 'empty'

export interface ColumnFacts {
  readonly name: string
  readonly looksLike: ColumnLook
  /** Different values that are not empty, in the order they were met. */
  readonly distinct: readonly string[]
  /** Rows with a value, of the rows looked at. */
  readonly filled: number
  readonly rows: number
}

/** Rows a guess rests on. */
export const GUESS_ROWS = 1_000
const SAMPLES_SHOWN = 5
const SAMPLE_LENGTH = 100
/** More different values than this are no dimension to split by. */
const DIMENSION_VALUES_LIMIT = 60
const DIMENSIONS_SUGGESTED = 20
const VALUES_SUGGESTED = 20
/** A column counts as time or number when this share of its values reads as one. */
const NEARLY_ALL = 0.98
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

const TIME_NAMES = /created|opened|start|period|date|time|month|day|日期|时间|月份|创建|受理/i
const END_NAMES = /closed|resolved|finish|end|complete|办结|关闭|完成|结束/i
const ENTITY_NAMES =
  /org|entity|unit|agency|department|dept|branch|store|hospital|site|merchant|机构|单位|部门|网点|门店|商户/i
const ID_NAMES = /(^|[\s_-])(id|key|no|number|ticket|uuid)([\s_-]|$)|编号|单号|工单/i
/** Figures that name or place something: adding them up means nothing. */
const NO_AMOUNT =
  /zip|post|code|latitude|longitude|coordinate|lat$|lon$|phone|year|(^|[\s_-])(id|key|no)([\s_-]|$)|编号|电话|邮编|经度|纬度/i

export function lookAtColumns(header: readonly string[], rows: readonly (readonly string[])[]): ColumnFacts[] {
  const readTime = timeReader('auto', 'UTC')
  return header.map((name, index) => {
    const values = rows.map((cells) => (cells[index] ?? '').trim()).filter((text) => text !== '')
    const share = (test: (text: string) => boolean) => values.filter(test).length / values.length
    const looksLike: ColumnLook =
      values.length === 0
        ? 'empty'
        : share((text) => NUMBER.test(text)) >= NEARLY_ALL
          ? 'number'
          : share((text) => readTime(text) !== null) >= NEARLY_ALL || isDayFirst(values)
            ? 'time'
            : 'text'
    return { name, looksLike, distinct: [...new Set(values)], filled: values.length, rows: rows.length }
  })
}

export const samplesOf = (column: ColumnFacts): string[] =>
  column.distinct.slice(0, SAMPLES_SHOWN).map((text) => text.slice(0, SAMPLE_LENGTH))

const isDayFirst = (values: readonly string[]) => {
  const readDayFirst = timeReader('day-month-year', 'UTC')
  return values.filter((text) => readDayFirst(text) !== null).length >= values.length * NEARLY_ALL
}

/** Null where the file shows no time or nobody the events could belong to. */
export function suggestMapping(columns: readonly ColumnFacts[], eventType: string): MappingDefinition | null {
  const identity = identityColumn(columns)
  const time = best(
    columns.filter((each) => each.looksLike === 'time'),
    (each) => each.filled / each.rows + named(each, TIME_NAMES) - named(each, END_NAMES),
  )
  if (!time) return null
  const entity = entityColumn(columns, [time, identity])
  if (!entity) return null
  const used = new Set<ColumnFacts | null>([time, identity, entity])
  const rest = columns.filter((each) => !used.has(each))
  const dimensions = rest.filter(isDimension).slice(0, DIMENSIONS_SUGGESTED)
  const amounts = rest
    .filter((each) => each.looksLike === 'number' && !NO_AMOUNT.test(each.name) && !dimensions.includes(each))
    .slice(0, VALUES_SUGGESTED)
  const ends = rest.filter((each) => each.looksLike === 'time' && END_NAMES.test(each.name))
  return {
    eventType,
    entity: { columns: [entity.name] },
    unknownEntities: 'create',
    createdBelow: { kind: entity.name.toLowerCase().slice(0, 50), parentKey: null },
    time: { column: time.name, format: formatOf(time) },
    ...(identity ? { identity: [identity.name] } : {}),
    attributes: dimensions.map(({ name }) => ({ column: name, name: name.slice(0, 100) })),
    values: [
      ...amounts.map(({ name }) => ({ column: name, name: name.slice(0, 100) })),
      ...ends.map(({ name }) => ({ name: `hours to ${name}`.slice(0, 100), hoursFrom: time.name, hoursTo: name })),
    ],
    emptyNumber: 'absent',
  }
}

const named = (column: ColumnFacts, names: RegExp) => (names.test(column.name) ? 1 : 0)

function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | null {
  let found: { candidate: T; score: number } | null = null
  for (const candidate of candidates) {
    const own = score(candidate)
    if (!found || own > found.score) found = { candidate, score: own }
  }
  return found?.candidate ?? null
}

/** Different in every row, filled in every row, and called something like a number. */
const identityColumn = (columns: readonly ColumnFacts[]) =>
  columns.find(
    (each) =>
      ID_NAMES.test(each.name) && each.rows > 1 && each.filled === each.rows && each.distinct.length === each.rows,
  ) ?? null

/** Text that repeats, filled in nearly every row; a telling name decides, then fewer different values. */
function entityColumn(columns: readonly ColumnFacts[], used: readonly (ColumnFacts | null)[]): ColumnFacts | null {
  const candidates = columns.filter(
    (each) =>
      !used.includes(each) &&
      each.distinct.length > 1 &&
      each.filled >= each.rows * NEARLY_ALL &&
      (each.looksLike === 'text' || (each.looksLike === 'number' && ENTITY_NAMES.test(each.name))) &&
      (each.rows < 10 || each.distinct.length < each.rows) &&
      each.distinct.every((text) => text.length <= 100),
  )
  return best(candidates, (each) => {
    const length = each.distinct.reduce((sum, text) => sum + text.length, 0) / each.distinct.length
    return named(each, ENTITY_NAMES) * 10 - length / 100
  })
}

const isDimension = (column: ColumnFacts) =>
  column.looksLike === 'text' &&
  column.distinct.length > 1 &&
  column.distinct.length <= Math.min(DIMENSION_VALUES_LIMIT, Math.max(2, column.rows / 2)) &&
  column.distinct.every((text) => text.length <= 100)

/** The usual readings first; day before month only where no value makes sense otherwise. */
function formatOf(column: ColumnFacts): MappingDefinition['time']['format'] {
  const readable = (format: MappingDefinition['time']['format']) => {
    const read = timeReader(format, 'UTC')
    return column.distinct.every((text) => read(text) !== null)
  }
  return !readable('auto') && readable('day-month-year') ? 'day-month-year' : 'auto'
}

/** A file's name as the name of an event type. */
export function eventTypeOf(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]*$/, '')
    .trim()
    .replaceAll(/\s+/g, '-')
  return name.slice(0, 100) || 'events'
}
