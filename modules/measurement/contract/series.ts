/** Values over time and side by side. */
import { z } from 'zod'
import { bilingual, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { segmentId } from './exploring/segments.ts'
import { appliedTarget } from './exploring/targets.ts'
import { seriesGrain } from './grain.ts'
import { indicator, indicatorId } from './indicators.ts'
import { point } from './point.ts'
import { tag } from './refusals.ts'

export const series = z.object({
  indicator: indicator,
  entity: z.object({ key: entityKey, name: z.string() }).nullable(),
  segment: z.object({ id: segmentId, title: bilingual }).nullable(),
  grain: seriesGrain,
  /** One group without names, or one for each combination of the asked attributes. */
  groups: z.array(z.object({ by: z.record(z.string(), z.string()), points: z.array(point) })),
  /** For each point of an ungrouped series the target that holds for it; empty when grouped. */
  targets: z.array(appliedTarget.nullable()),
  /** Individuals chart over the complete points of an ungrouped series of 12 or more; null otherwise. */
  chart: z
    .object({
      centre: z.number(),
      lower: z.number(),
      upper: z.number(),
      convention: z.string(),
      signals: z.array(z.object({ periodStart: z.union([plainDate, instantText]), rule: z.string() })),
    })
    .nullable(),
  /** True when groups beyond the limit were left out. */
  truncated: z.boolean(),
})
export type Series = z.infer<typeof series>

export const comparisonRow = z.object({
  entity: z.object({ key: entityKey, name: z.string(), kind: z.string() }),
  point,
  /** Where the unit lies against the funnel of all units; null when too few. */
  funnel: z.enum(['above-99.8', 'above-95', 'inside', 'below-95', 'below-99.8']).nullable(),
  better: z.boolean().nullable(),
})
export const comparison = z.object({
  indicator: indicator,
  periodStart: z.union([plainDate, instantText]),
  centre: z.number().nullable(),
  /** Factor by which the limits were widened because units differ more than chance allows; 1 when they do not. */
  overDispersion: z.number(),
  rows: z.array(comparisonRow),
  /** The limits as curves over n, for the funnel plot. */
  limits: z.array(
    z.object({ n: z.number(), low95: z.number(), high95: z.number(), low998: z.number(), high998: z.number() }),
  ),
  truncated: z.boolean(),
})
export type Comparison = z.infer<typeof comparison>

/** Most indicators one question about values may name. */
export const VALUES_INDICATORS_LIMIT = 300

export const unitValues = z.object({
  periodStart: z.union([plainDate, instantText]),
  complete: z.boolean(),
  indicators: z.array(indicatorId),
  /** One line for each unit; values and n in the order of the indicators. */
  rows: z.array(
    z.object({
      entity: z.object({ key: z.string(), name: z.string() }),
      values: z.array(z.number().nullable()),
      /** Null where the value is protected. */
      n: z.array(z.number().nullable()),
    }),
  ),
  truncated: z.boolean(),
})
export type UnitValues = z.infer<typeof unitValues>

export const seriesRoutes = {
  readValues: tag(
    '/indicator-values',
    'GET',
    'Many indicators for many units in one period: the newest full minute, or another period',
  )
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        /** Ids, separated by commas; all in use when absent, up to 300. */
        indicators: z.string().max(30_000).optional(),
        /** Units of this kind; without it the node, or the whole organisation, as the only unit. */
        kind: z.string().max(50).optional(),
        below: entityKey.optional(),
        grain: seriesGrain.default('minute'),
        periodStart: z.union([plainDate, instantText]).optional(),
        limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
      }),
    )
    .output(unitValues),
  readSeries: tag(
    '/indicators/{id}/series',
    'GET',
    'Values over time for an entity with all below it, or for the whole organisation',
  )
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        version: z.coerce.number().int().min(1).optional(),
        entity: entityKey.optional(),
        grain: seriesGrain.default('month'),
        /** Days, both included; for hours and minutes also instants, the second not included. */
        from: z.union([plainDate, instantText]),
        to: z.union([plainDate, instantText]),
        /** Attributes to split by, at most two, separated by commas. */
        by: z.string().max(200).optional(),
        segment: segmentId.optional(),
      }),
    )
    .output(series),
  compareEntities: tag('/indicators/{id}/comparison', 'GET', 'One period, all entities, with funnel limits')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        periodStart: z.union([plainDate, instantText]),
        grain: seriesGrain.default('month'),
        kind: z.string().max(50).optional(),
        below: entityKey.optional(),
        /** Instead of a kind: what lies directly below the node, or the roots. */
        children: z.stringbool().optional(),
        segment: segmentId.optional(),
        limit: z.coerce.number().int().min(1).max(2000).default(500),
      }),
    )
    .output(comparison),
}
