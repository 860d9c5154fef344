/** One line of a file with figures of the industry. */
import { z } from 'zod'
import { plainDate } from '#platform/contract'
import { indicatorId, indicatorUnit } from '../../contract/indicators.ts'

export interface FigureIssue {
  readonly row: number
  readonly field: string
  readonly rule: string
  readonly message: string
}

const figureLine = z.object({
  indicator: indicatorId,
  value: z.coerce.number(),
  unit: indicatorUnit,
  from: plainDate,
  to: plainDate,
  source: z.string().trim().min(1).max(300),
  publishedOn: plainDate,
  n: z.coerce.number().positive().nullable(),
  note: z.string().trim().max(500),
})
export type FigureLine = z.infer<typeof figureLine>

/** Names a column may have, the usual one first. */
const COLUMNS: Readonly<Record<keyof FigureLine, readonly string[]>> = {
  indicator: ['indicator', '指标', '指标编号'],
  value: ['value', '数值', '值'],
  unit: ['unit', '单位'],
  from: ['from', '开始', '起始日期'],
  to: ['to', '结束', '截止日期'],
  source: ['source', '来源'],
  publishedOn: ['published', '发布日期'],
  n: ['n', '样本量'],
  note: ['note', '备注', '说明'],
}
const OPTIONAL: ReadonlySet<string> = new Set(['n', 'note'])
const FIELDS = Object.keys(COLUMNS) as (keyof FigureLine)[]

const placeOf = (header: readonly string[], field: keyof FigureLine) =>
  header.findIndex((name) => COLUMNS[field].includes(name.trim().toLowerCase()))

export const columnsMissing = (header: readonly string[]): FigureIssue[] =>
  FIELDS.filter((field) => !OPTIONAL.has(field) && placeOf(header, field) < 0).map((field) => ({
    row: 1,
    field: COLUMNS[field][0]!,
    rule: 'missing',
    message: `There is no column ${COLUMNS[field][0]}.`,
  }))

export function readFigure(header: readonly string[], cells: readonly string[], row: number): FigureLine | FigureIssue {
  const cell = (field: keyof FigureLine) => (cells[placeOf(header, field)] ?? '').trim()
  const texts = Object.fromEntries(FIELDS.map((field) => [field, cell(field)]))
  // An empty cell is no zero.
  const value = texts['value'] === '' ? undefined : texts['value']
  const parsed = figureLine.safeParse({ ...texts, value, n: texts['n'] === '' ? null : texts['n'] })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = String(issue?.path[0] ?? '')
  return { row, field: COLUMNS[field as keyof FigureLine]?.[0] ?? field, rule: 'form', message: issue?.message ?? '' }
}
