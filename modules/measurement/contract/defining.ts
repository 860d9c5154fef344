/** Definitions as files, and what a change of one would mean before it is adopted. */
import { z } from 'zod'
import { bilingual, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicator, indicatorDraft } from './indicators.ts'
import { point } from './point.ts'
import { definitionIssue, tag } from './refusals.ts'

const TEXT_LENGTH_LIMIT = 2_000_000
const definitionText = z.object({
  /** YAML or JSON: a mapping with `indicators`, a list, or a single definition. */
  text: z.string().min(1).max(TEXT_LENGTH_LIMIT),
})

export const difference = z.object({
  /** Path in the draft. */
  field: z.string(),
  /** As JSON; null where it says nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** What becomes of one definition of a file. */
export const plannedIndicator = z.object({
  id: z.string(),
  title: bilingual.nullable(),
  state: z.enum(['new', 'changed', 'unchanged', 'refused']),
  /** The version it would be, or is; null when refused. */
  version: z.number().int().nullable(),
  differences: z.array(difference),
  issues: z.array(definitionIssue),
})
export type PlannedIndicator = z.infer<typeof plannedIndicator>

export const indicatorFilePlan = z.object({
  indicators: z.array(plannedIndicator),
  /** The text as a whole cannot be read. */
  fault: definitionIssue.nullable(),
})
export type IndicatorFilePlan = z.infer<typeof indicatorFilePlan>

const unitChange = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  before: z.number().nullable(),
  after: z.number().nullable(),
})

export const indicatorChange = z.object({
  /** What is in force on the day the draft would begin. */
  current: indicator,
  version: z.number().int(),
  differences: z.array(difference),
  /** Earliest day the new version may begin; null: it may from the beginning. */
  earliest: plainDate.nullable(),
  /** Complete months and the one that runs, of the whole organisation; each version over all of them. */
  before: z.array(point),
  after: z.array(point),
  /** The last complete month, unit by unit: those that move most, largest rise and largest fall first. */
  units: z.object({
    periodStart: z.union([plainDate, instantText]),
    kind: z.string().nullable(),
    rises: z.array(unitChange),
    falls: z.array(unitChange),
    unchanged: z.number().int(),
    moved: z.number().int(),
  }),
})
export type IndicatorChange = z.infer<typeof indicatorChange>

export const definingRoutes = {
  exportIndicators: tag('/indicator-files', 'GET', 'Definitions as YAML or JSON text: those named, or all in use')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        /** Separated by commas; all that are not retired when absent. */
        ids: z.string().max(40_000).optional(),
        format: z.enum(['yaml', 'json']).default('yaml'),
      }),
    )
    .output(z.object({ name: z.string(), text: z.string(), count: z.number().int() })),
  planIndicators: tag(
    '/indicator-files/plans',
    'POST',
    'What importing definitions would do: new, changed with each difference, unchanged, refused with reasons',
  )
    .meta({ may: 'indicators.edit' })
    .input(definitionText)
    .output(indicatorFilePlan),
  importIndicators: tag('/indicator-files', 'POST', 'Import definitions: what the plan calls new or changed is saved')
    .meta({ may: 'indicators.edit' })
    .input(definitionText)
    .output(indicatorFilePlan),
  planIndicatorChange: tag(
    '/indicator-changes',
    'POST',
    'What a changed definition would change: its differences, both series, and the units that move most',
  )
    .meta({ may: 'indicators.edit' })
    .input(
      z.object({
        draft: indicatorDraft,
        kind: z.string().max(50).optional(),
        months: z.number().int().min(2).max(60).default(24),
      }),
    )
    .output(indicatorChange),
}
