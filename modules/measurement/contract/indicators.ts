/** Indicators: drafts, versions and their routes. */
import { z } from 'zod'
import { bilingual, instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { conditions, indicatorDefinition } from './definition.ts'
import { point } from './point.ts'
import { dateRange, definitionIssue, tag } from './refusals.ts'

/** Id of an indicator: small letters, digits and hyphens. */
export const indicatorId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')

export const indicatorUnit = z.enum([
  'percent',
  'per-thousand',
  'count',
  'minutes',
  'hours',
  'days',
  'points',
  'yuan',
  'number',
])
export type IndicatorUnit = z.infer<typeof indicatorUnit>

const EXAMPLES_LIMIT = 20
const EXAMPLE_EVENTS_LIMIT = 200

/** An event of a worked example: the entity is any word, the same word the same entity. */
const exampleEvent = z.object({
  type: z.string().min(1).max(100),
  at: instantText,
  entity: z.string().min(1).max(100).default('a'),
  attributes: z.record(z.string().max(100), z.string().max(500)).default({}),
  values: z.record(z.string().max(100), z.number()).default({}),
})

/** Events in, expected value out, over one day or from `from` to `to`; run through the store's own calculation whenever the definition is saved. */
export const workedExample = z.object({
  title: z.string().max(200).default(''),
  events: z.array(exampleEvent).max(EXAMPLE_EVENTS_LIMIT),
  /** Values of the parts of a derived indicator, by name; its events are not looked at. */
  parts: z.record(z.string().max(40), z.number()).optional(),
  /** Days of the one period that is calculated, both included. */
  from: plainDate,
  to: plainDate,
  /** The moment of looking, for pairs that are still open; the end of the period and all windows when absent. */
  asOf: instantText.optional(),
  /** In the indicator's unit; null: no value. */
  expected: z.number().nullable(),
  expectedN: z.number().optional(),
})
export type WorkedExample = z.infer<typeof workedExample>

/** Events that are left out of judgement (force majeure, appeals), with what must prove it. */
const exclusion = z.object({
  reason: bilingual,
  where: conditions.min(1),
  /** The attribute that must hold the evidence (a document number); events without it are not excluded. */
  evidence: z.string().min(1).max(100),
  /** Largest share of a period's events that all exclusions together may leave out (the smallest one counts); beyond, none is and the point says so. */
  capShare: z.number().gt(0).max(1).default(1),
})
export type Exclusion = z.infer<typeof exclusion>

export const indicatorCategory = z.enum(['quality', 'efficiency', 'satisfaction', 'compliance', 'value'])

export const indicatorDraft = z.object({
  id: indicatorId,
  title: bilingual,
  explanation: bilingual,
  unit: indicatorUnit,
  direction: z.enum(['higher-is-better', 'lower-is-better', 'neutral']),
  category: indicatorCategory.nullable().default(null),
  /**
   * Whether its values are what people answered, so that few of them are protected, or facts. Null: surveys and satisfaction are answers, and
   * what reads the same values; everything else is facts.
   */
  answers: z.enum(['people', 'facts']).nullable().default(null),
  /** Who answers for the definition. */
  owner: z.string().trim().max(200).default(''),
  /** Where the definition comes from: a standard with its clause, a contract, a policy. */
  source: z.string().trim().max(300).default(''),
  target: z.number().nullable().default(null),
  /** Where neither more nor less is better: the band values should lie in. */
  band: z.object({ low: z.number(), high: z.number() }).nullable().default(null),
  /** Below this n a value is not judged. */
  minimumN: z.number().int().min(0).default(0),
  /**
   * What is shown below it: nothing; the value marked as provisional; or the value drawn towards the whole organisation's,
   * (n v + m c) / (n + m) with m the minimum and c the organisation's value of the period (fixed-strength shrinkage).
   */
  belowMinimum: z.enum(['hide', 'provisional', 'shrink']).default('provisional'),
  /** What a period without any event means: a gap, a zero, or the value before it for so many periods. */
  missing: z
    .discriminatedUnion('noEvents', [
      z.object({ noEvents: z.literal('gap') }),
      z.object({ noEvents: z.literal('zero') }),
      z.object({ noEvents: z.literal('carry'), periods: z.number().int().min(1).max(400) }),
    ])
    .default({ noEvents: 'gap' }),
  /**
   * Values outside are taken as the limit (winsorised). `percentile` is measured over the year before the version is saved and
   * kept with it as `resolved`, so that a version's values never move.
   */
  cap: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('absolute'), low: z.number().nullable(), high: z.number().nullable() }),
      z.object({
        kind: z.literal('percentile'),
        low: z.number().min(0).max(0.5),
        high: z.number().min(0.5).max(1),
        resolved: z.object({ low: z.number(), high: z.number() }).optional(),
      }),
    ])
    .default({ kind: 'none' }),
  exclusions: z.array(exclusion).max(10).default([]),
  /** Who is judged at all: entities of these kinds; empty: all. */
  population: z.object({ kinds: z.array(z.string().min(1).max(50)).max(20) }).default({ kinds: [] }),
  /** How values of units become one of their node: as one calculation over all events, or as the mean of the units' values. */
  rollUp: z.enum(['ratio-of-sums', 'mean-of-units']).default('ratio-of-sums'),
  /** The first day this version judges; null: from the beginning. */
  effectiveFrom: plainDate.nullable().default(null),
  definition: indicatorDefinition,
  examples: z.array(workedExample).max(EXAMPLES_LIMIT).default([]),
})
export type IndicatorDraft = z.infer<typeof indicatorDraft>
/** A draft as one writes it: what has a default may be left out. */
export type IndicatorDraftInput = z.input<typeof indicatorDraft>
export const indicator = indicatorDraft.extend({
  version: z.number().int(),
  createdAt: instantText,
  createdBy: z.string(),
  retired: z.boolean(),
})
export type Indicator = z.infer<typeof indicator>

export const indicatorRoutes = {
  listIndicators: tag('/indicators', 'GET', 'Indicators with their newest version')
    .meta({ may: 'measurements.read' })
    .input(
      pageQuery.extend({
        search: z.string().trim().max(100).optional(),
        category: indicatorCategory.optional(),
      }),
    )
    .output(page(indicator)),
  readIndicator: tag('/indicators/{id}', 'GET', 'One indicator, newest or asked version')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId, version: z.coerce.number().int().min(1).optional() }))
    .output(indicator),
  indicatorVersions: tag(
    '/indicators/{id}/versions',
    'GET',
    'All versions: which judges which days, and who saved it when',
  )
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId }))
    .output(
      z.array(
        indicator.extend({
          /** The day after the last one this version judges; null: it still does. Empty span: never in force. */
          effectiveUntil: plainDate.nullable(),
        }),
      ),
    ),
  saveIndicator: tag('/indicators/{id}', 'PUT', 'Save a definition: a new indicator, or the next version of one')
    .meta({ may: 'indicators.edit' })
    .input(indicatorDraft)
    .output(indicator),
  previewIndicator: tag(
    '/indicator-previews',
    'POST',
    'What a definition would give for the organisation, month by month, before it is saved',
  )
    .meta({ may: 'indicators.edit' })
    .input(z.object({ draft: indicatorDraft, entity: entityKey.optional(), ...dateRange }))
    .output(z.array(point)),
  checkIndicator: tag(
    '/indicator-checks',
    'POST',
    'Whether a draft would be accepted: every issue with its field, and each worked example with the value it gives',
  )
    .meta({ may: 'indicators.edit' })
    .input(indicatorDraft)
    .output(
      z.object({
        issues: z.array(definitionIssue),
        examples: z.array(
          z.object({
            value: z.number().nullable(),
            n: z.number(),
            expected: z.number().nullable(),
            agrees: z.boolean(),
          }),
        ),
      }),
    ),
  retireIndicator: tag('/indicators/{id}', 'DELETE', 'Retire an indicator; its history stays')
    .meta({ may: 'indicators.edit' })
    .input(z.object({ id: indicatorId }))
    .output(z.object({})),
}
