/** How the single values lie that an indicator is made of. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'
import { segmentId } from './segments.ts'

export const distribution = z.object({
  n: z.number(),
  mean: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  least: z.number().nullable(),
  greatest: z.number().nullable(),
  quantiles: z.array(z.object({ share: z.number(), value: z.number() })),
  /** `values`: one bar for each value (ratings); `bins`: from `low` up to, not including, `high`. Null ends are open. */
  kind: z.enum(['values', 'bins']),
  bars: z.array(z.object({ low: z.number().nullable(), high: z.number().nullable(), count: z.number() })),
})
export type Distribution = z.infer<typeof distribution>

export const distributionRoutes = {
  readDistribution: tag(
    '/indicators/{id}/distribution',
    'GET',
    'The single values behind an indicator as a histogram with quantiles, in its unit; null where it is not made of values',
  )
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        entity: entityKey.optional(),
        segment: segmentId.optional(),
        from: z.union([plainDate, instantText]),
        to: z.union([plainDate, instantText]),
      }),
    )
    .output(distribution.nullable()),
}
