/** Routes to what people judge (EVA-6): what is open for me, my judgements, and how far the judges agree. */
import { z } from 'zod'
import { bilingual, grain, instantText, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from './refusals.ts'
import { raterKind } from './scheme.ts'

/** Judgements of a period are taken while it runs and so many days after its last one. */
export const ASSESSMENT_DAYS_AFTER = 15
/** Units whose values one answer about agreement lists. */
export const AGREEMENT_UNITS_LIMIT = 1_000

const schemeName = z.object({ id: z.string(), title: bilingual })
const scale = z.object({ low: z.number(), high: z.number() })

/** One scheme and period somebody may judge now. */
export const assessmentRound = z.object({
  scheme: schemeName,
  grain,
  periodStart: plainDate,
  /** The last day judgements are taken. */
  closesOn: plainDate,
  running: z.boolean(),
  /** Units this person may judge, judgements that would be, and those already given. */
  units: z.number().int(),
  expected: z.number().int(),
  given: z.number().int(),
})
export type AssessmentRound = z.infer<typeof assessmentRound>

export const givenAssessment = z.object({ value: z.number(), remark: z.string(), at: instantText })

/** One unit as this person may judge it. */
export const unitToAssess = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  items: z.array(
    z.object({
      item: z.string(),
      title: bilingual,
      question: bilingual.nullable(),
      scale,
      /** In which capacity: nobody judges a unit of their own except as `self`. */
      as: raterKind,
      mine: givenAssessment.nullable(),
    }),
  ),
})
export type UnitToAssess = z.infer<typeof unitToAssess>

const interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() })
const cannot = z.enum(['too-few', 'no-variation', 'missing', 'disconnected', 'not-calculable'])
export type AgreementCannot = z.infer<typeof cannot>

/** How far judges mean the same: of all of them together (`of` null), and of each kind. */
const agreement = z.object({
  of: raterKind.nullable(),
  raters: z.number().int(),
  judgements: z.number().int(),
  /** Krippendorff's alpha, interval metric, with a bootstrap interval over units. */
  alpha: interval.extend({ units: z.number().int() }).nullable(),
  alphaCannot: cannot.nullable(),
  /** ICC(2,1) and ICC(2,k) over the largest set of units that the same raters all judged. */
  correlation: z
    .object({ single: interval, average: interval, units: z.number().int(), raters: z.number().int() })
    .nullable(),
  correlationCannot: cannot.nullable(),
})
const rater = z.object({
  name: z.string(),
  judgements: z.number().int(),
  mean: z.number(),
  /** Points this rater gives above the mean of the raters of the kind, for the same units; null where it cannot be told. */
  leniency: interval.nullable(),
})

export const agreementReport = z.object({
  scheme: schemeName,
  grain,
  items: z.array(z.object({ item: z.string(), title: bilingual })),
  /** Periods with judgements of this item, newest first. */
  periods: z.array(z.object({ periodStart: plainDate, judgements: z.number().int() })),
  /** Null where nothing was judged yet. */
  shown: z
    .object({
      item: z.string(),
      periodStart: plainDate,
      scale,
      confidence: z.number(),
      /** Whether the scheme takes leniency out. */
      leniencyTakenOut: z.boolean(),
      kinds: z.array(
        z.object({
          kind: raterKind,
          weight: z.number(),
          indicator: z.string().nullable(),
          units: z.number().int(),
          judgements: z.number().int(),
          mean: z.number().nullable(),
          raters: z.array(rater),
          leniencyCannot: cannot.nullable(),
        }),
      ),
      agreement: z.array(agreement),
      units: z.array(
        z.object({
          entity: z.object({ key: entityKey, name: z.string() }),
          /** Mean and number of judgements of each kind, in the order of `kinds`; customers as their indicator says. */
          kinds: z.array(z.object({ n: z.number(), mean: z.number().nullable() })),
          n: z.number(),
          /** By declared weights, as judged and with leniency taken out. */
          uncorrected: z.number().nullable(),
          corrected: z.number().nullable(),
          standardError: z.number().nullable(),
        }),
      ),
      /** Units beyond those listed. */
      left: z.number().int(),
    })
    .nullable(),
})
export type AgreementReport = z.infer<typeof agreementReport>

const round = { grain, periodStart: plainDate }

export const assessingRoutes = {
  listAssessmentRounds: tag('/assessment-rounds', 'GET', 'What I may judge now, by scheme and period, and until when')
    .meta({ may: 'assessments.give' })
    .output(z.array(assessmentRound)),
  listUnitsToAssess: tag('/assessment-rounds/{scheme}/units', 'GET', 'Units I may judge, with my judgements so far')
    .meta({ may: 'assessments.give' })
    .input(
      pageQuery.extend({
        scheme: z.string(),
        ...round,
        search: z.string().trim().max(100).optional(),
        only: z.enum(['open', 'given']).optional(),
      }),
    )
    .output(z.object({ round: assessmentRound, rows: z.array(unitToAssess), nextCursor: z.string().nullable() })),
  giveAssessment: tag('/assessments', 'PUT', 'Give my judgement of a unit, or replace it; scores of the period follow')
    .meta({ may: 'assessments.give' })
    .input(
      z.object({
        scheme: z.string(),
        item: z.string(),
        ...round,
        entity: entityKey,
        value: z.number(),
        remark: z.string().trim().max(1000).default(''),
      }),
    )
    .output(givenAssessment.extend({ as: raterKind })),
  readAgreement: tag('/schemes/{id}/agreement', 'GET', 'How far the judges of an item agree, and how lenient each is')
    .meta({ may: 'assessments.read' })
    .input(
      z.object({
        id: z.string(),
        item: z.string().optional(),
        grain: grain.optional(),
        periodStart: plainDate.optional(),
      }),
    )
    .output(agreementReport),
}
