/** What is seen, as a file: CSV or a workbook, with unit, n, interval, version and notes. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { seriesGrain } from '../grain.ts'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'
import { segmentId } from './segments.ts'

/** Rows of one file; beyond, the last line says that there are more. */
export const EXPORT_ROWS_LIMIT = 20_000
export const exportFormat = z.enum(['csv', 'xlsx'])
export type ExportFormat = z.infer<typeof exportFormat>
const day = z.union([plainDate, instantText])
const whose = { entity: entityKey.optional(), segment: segmentId.optional(), format: exportFormat.default('csv') }
const language = z.enum(['zh', 'en']).optional()

export const exportRoutes = {
  exportSeries: tag('/indicators/{id}/series/export', 'GET', 'A series, or one for each group, as CSV or a workbook')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        ...whose,
        language,
        grain: seriesGrain.default('month'),
        from: day,
        to: day,
        by: z.string().max(200).optional(),
      }),
    )
    .output(z.file()),
  exportComparison: tag('/indicators/{id}/comparison/export', 'GET', 'All units of one period as CSV or a workbook')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        segment: segmentId.optional(),
        format: exportFormat.default('csv'),
        language,
        grain: seriesGrain.default('month'),
        periodStart: day,
        kind: z.string().max(50).optional(),
        below: entityKey.optional(),
      }),
    )
    .output(z.file()),
  exportEvents: tag('/events/export', 'GET', 'Single events as CSV or a workbook, newest first')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        ...whose,
        language,
        type: z.string().max(100).optional(),
        from: day.optional(),
        to: day.optional(),
        indicator: indicatorId.optional(),
        with: z.string().max(2000).optional(),
      }),
    )
    .output(z.file()),
}
