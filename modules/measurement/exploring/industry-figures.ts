/** Figures of the industry: recorded with their source and date, superseded, never changed. */
import type { Context } from '#platform/context'
import { openSource, TableUnreadable } from '#platform/files/read-table'
import { found, refuse } from '#platform/refusal'
import { currentIndicator, indicatorsById } from '../actions/indicators.ts'
import type { IndustryFigure } from '../contract/exploring/baselines.ts'
import { FIGURES_PER_IMPORT_LIMIT } from '../contract/exploring/baselines.ts'
import { yardstickChanged } from '../contract/exploring/targets.ts'
import type { Indicator } from '../contract/indicators.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { columnsMissing, type FigureIssue, type FigureLine, readFigure } from '../rules/exploring/figure-lines.ts'
import {
  figureRows,
  findFigure,
  type FigureRow,
  type FigureToStore,
  insertFigures,
} from '../store/exploring/figures.ts'

const toFigure = (row: FigureRow, superseded: boolean): IndustryFigure => {
  const { organisationId: _organisation, recordedAt, ...figure } = row
  return { ...figure, superseded, recordedAt: recordedAt.toString() }
}

/** Newest publication first. */
export async function figuresOf(context: Context, indicator: string): Promise<IndustryFigure[]> {
  const rows = await figureRows(context, indicator)
  const replaced = new Set(rows.flatMap((row) => row.supersedes ?? []))
  return rows.map((row) => toFigure(row, replaced.has(row.id)))
}

export async function listIndustryFigures(context: Context, { id }: { id: string }): Promise<IndustryFigure[]> {
  await currentIndicator(context, id)
  return figuresOf(context, id)
}

/** Refuses with UNIT_MISMATCH, INVALID days, NOT_FOUND and FIGURE_SUPERSEDED. */
export async function saveIndustryFigure(
  context: Context,
  input: { id: string } & Omit<FigureLine, 'indicator'> & { supersedes: string | null },
): Promise<IndustryFigure> {
  const { id, supersedes, ...figure } = input
  const indicator = await currentIndicator(context, id)
  const [issue] = faultsOf({ ...figure, indicator: id }, indicator, 1)
  if (issue?.rule === 'unit')
    refuse(measurementRefusals, 'UNIT_MISMATCH', { unit: figure.unit, expected: indicator.unit })
  if (issue) refuse(measurementRefusals, 'FIGURES_INVALID', { issues: [issue] })
  if (supersedes !== null) found(await findFigure(context, id, supersedes), 'industry figure', supersedes)
  const [row] = await insertFigures(context, [{ ...figure, indicator: id, supersedes }])
  if (!row) return refuse(measurementRefusals, 'FIGURE_SUPERSEDED')
  await context.announce(yardstickChanged, { id })
  return toFigure(row, false)
}

function faultsOf(line: FigureLine, indicator: Indicator | undefined, row: number): FigureIssue[] {
  const fault = (field: string, rule: string, message: string) => [{ row, field, rule, message }]
  if (!indicator) return fault('indicator', 'unknown', `There is no indicator ${line.indicator}.`)
  if (line.unit !== indicator.unit) return fault('unit', 'unit', `The indicator is told in ${indicator.unit}.`)
  if (line.from > line.to) return fault('to', 'order', 'The period ends before it begins.')
  return []
}

/** All lines or none: refuses with FIGURES_INVALID and every fault by line, or FILE_UNREADABLE. */
export async function importIndustryFigures(context: Context, input: { csv: string }): Promise<{ recorded: number }> {
  const { lines, issues } = await readLines(input.csv)
  const indicators = await indicatorsById(context, [...new Set(lines.map(({ line }) => line.indicator))])
  for (const { line, row } of lines) issues.push(...faultsOf(line, indicators.get(line.indicator), row))
  if (issues.length > 0) refuse(measurementRefusals, 'FIGURES_INVALID', { issues: issues.slice(0, ISSUES_TOLD) })
  const figures = lines.map(({ line }): FigureToStore => ({ ...line, supersedes: null }))
  const rows = await insertFigures(context, figures)
  for (const id of indicators.keys()) await context.announce(yardstickChanged, { id })
  return { recorded: rows.length }
}
const ISSUES_TOLD = 100

async function readLines(text: string): Promise<{ lines: { line: FigureLine; row: number }[]; issues: FigureIssue[] }> {
  const bytes = Buffer.from(text)
  const source = {
    totalBytes: bytes.length,
    read: (target: Uint8Array, place: number) => Promise.resolve(bytes.copy(target, 0, place)),
    close: () => Promise.resolve(),
  }
  const lines: { line: FigureLine; row: number }[] = []
  const issues: FigureIssue[] = []
  try {
    const table = await openSource(source)
    issues.push(...columnsMissing(table.header))
    if (issues.length > 0) return { lines, issues }
    for await (const { cells, line: row } of table.rows) {
      if (lines.length + issues.length >= FIGURES_PER_IMPORT_LIMIT) {
        const message = `One import takes ${FIGURES_PER_IMPORT_LIMIT} figures.`
        return { lines: [], issues: [{ row, field: '', rule: 'limit', message }] }
      }
      const read = readFigure(table.header, cells, row)
      if ('rule' in read) issues.push(read)
      else lines.push({ line: read, row })
    }
    return { lines, issues }
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error
    return refuse(measurementRefusals, 'FILE_UNREADABLE', { reason: error.reason, detail: error.message })
  }
}
