/** How long the periods of a series are: beside the calendar's, minutes and hours, and the organisation's fiscal and retail years. */
import { z } from 'zod'
import { grain } from '#platform/contract'

export const seriesGrain = z.enum([
  'minute',
  'hour',
  ...grain.options,
  'fiscal-quarter',
  'fiscal-year',
  'retail-month',
  'retail-quarter',
  'retail-year',
])
export type SeriesGrain = z.infer<typeof seriesGrain>
