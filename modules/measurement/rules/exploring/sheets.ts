/** Tables for files: what stands in which column, told in the reader's language. Pure, so that screen, CSV and workbook agree. */
import type { ListedEvent } from '../../contract/intake/events.ts'
import type { Point } from '../../contract/point.ts'
import type { Comparison, Series } from '../../contract/series.ts'
import { exportWords } from '../../words/explore-export.ts'

export type Cell = string | number | null
export interface Sheet {
  /** Without an ending. */
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
export type Language = 'zh' | 'en'

const columns = exportWords.columns
const heads = (names: readonly (keyof typeof columns)[], language: Language) =>
  names.map((name) => columns[name][language])

const FIGURES = [
  'value',
  'unit',
  'n',
  'low',
  'high',
  'numerator',
  'denominator',
  'complete',
  'notes',
  'version',
] as const

function figures(point: Point, series: Pick<Series, 'indicator'>, language: Language): Cell[] {
  const { value, n, low, high, complete, notes = [] } = point
  // What is protected is empty: a zero would say something.
  const [numerator, denominator] = n === null ? [null, null] : [point.numerator, point.denominator]
  const told = [...notes, ...(point.tooFew ? (['tooFew'] as const) : [])].map(
    (note) => exportWords.notes[note][language],
  )
  const { unit, version } = series.indicator
  return [
    value,
    unit,
    n,
    low,
    high,
    numerator,
    denominator,
    exportWords[complete ? 'yes' : 'no'][language],
    told.join(language === 'zh' ? '；' : '; '),
    version,
  ]
}

export function seriesSheet(series: Series, language: Language): Sheet {
  const { indicator, entity, segment, groups, targets } = series
  const names = Object.keys(groups[0]?.by ?? {})
  const whole = exportWords.whole[language]
  const head = [
    ...heads(['indicator', 'entity', 'segment', 'period'], language),
    ...names,
    ...heads([...FIGURES, 'target', 'targetSource'], language),
  ]
  const rows = groups.flatMap((group) =>
    group.points.map((point, index): Cell[] => {
      const target = targets[index]
      const aim = target?.band ? `${target.band.low} – ${target.band.high}` : (target?.value ?? null)
      return [
        indicator.title[language],
        entity?.name ?? whole,
        segment?.title[language] ?? null,
        point.periodStart,
        ...names.map((name) => group.by[name] ?? ''),
        ...figures(point, series, language),
        aim,
        target?.source ?? null,
      ]
    }),
  )
  return { name: `${indicator.title[language]} ${entity?.name ?? whole}`, head, rows }
}

export function comparisonSheet(comparison: Comparison, language: Language): Sheet {
  const { indicator, periodStart, rows } = comparison
  return {
    name: `${indicator.title[language]} ${periodStart.slice(0, 10)}`,
    head: heads(['indicator', 'period', 'entity', 'entityKey', 'kind', ...FIGURES, 'place'], language),
    rows: rows.map(({ entity, point, funnel }) => [
      indicator.title[language],
      periodStart,
      entity.name,
      entity.key,
      entity.kind,
      ...figures(point, comparison, language),
      funnel === null ? null : exportWords.places[funnel][language],
    ]),
  }
}

/** Attributes and values get a column each, in the order of the alphabet. */
export function eventsSheet(events: readonly ListedEvent[], language: Language): Sheet {
  const named = (pick: (event: ListedEvent) => object) =>
    [...new Set(events.flatMap((event) => Object.keys(pick(event))))].toSorted()
  const attributes = named((event) => event.attributes)
  const values = named((event) => event.values)
  return {
    name: exportWords.events[language],
    head: [
      ...heads(['id', 'type', 'entity', 'entityKey', 'at'], language),
      ...attributes,
      ...values,
      ...heads(['receivedAt', 'batch', 'file'], language),
    ],
    rows: events.map((event) => [
      event.id,
      event.type,
      event.entityName,
      event.entity,
      event.at,
      ...attributes.map((name) => event.attributes[name] ?? null),
      ...values.map((name) => event.values[name] ?? null),
      event.receivedAt,
      event.batch,
      event.source?.fileName ?? event.source?.origin ?? null,
    ]),
  }
}
