/** What others may say to `verification`: the frozen design of a proof, its conclusion, everything needed to recompute it. */
import { z } from 'zod'
import { event, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { planOutcome } from '#plans/contract'

/** What was promised at approval. It never changes; a changed plan gets a new design beside it. */
export const design = z.object({
  id: z.string(),
  planId: z.string(),
  planTitle: z.string(),
  planRevision: z.number().int(),
  frozenAt: instantText,
  indicator: indicatorId,
  indicatorVersion: z.number().int(),
  entity: z.object({ key: entityKey, name: z.string() }),
  grain: z.enum(['day', 'week', 'month']),
  baselineFrom: plainDate,
  interventionOn: plainDate,
  endsOn: plainDate,
  direction: z.enum(['higher-is-better', 'lower-is-better']),
  smallestEffect: z.number(),
  seasonPeriods: z.number().int(),
  /** Risk of a false "effective", two-sided. */
  errorRate: z.number(),
  method: z.literal('interrupted-time-series'),
  /** SHA-256 of the canonical text of all of the above: what was frozen can be checked. */
  sha256: z.string(),
  state: z.enum(['waiting', 'concluded', 'superseded']),
})
export type Design = z.infer<typeof design>

const estimate = z.object({
  value: z.number(),
  standardError: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
})
export const verdict = z.object({
  outcome: planOutcome,
  /** Why it is undecided, where it is. */
  because: z
    .enum([
      'baseline-too-short',
      'after-too-short',
      'constant',
      'collinear',
      'not-finite',
      'intervention-outside',
      'unordered',
      'interval-includes-both',
      'harmful',
    ])
    .nullable(),
  /** Mean difference from the counterfactual over the time after the measure, in the indicator's unit. */
  effect: estimate.nullable(),
  levelChange: estimate.nullable(),
  /** Per period. */
  slopeChange: estimate.nullable(),
  periodsBefore: z.number().int(),
  periodsAfter: z.number().int(),
  /** Treatment of correlated errors: Newey-West (1987) for long series, Prais-Winsten (1954) for short ones. */
  errors: z.enum(['newey-west', 'prais-winsten']).nullable(),
  /** Lag of Newey-West, in periods. */
  lag: z.number().int().nullable(),
  /** Correlation of neighbouring errors as Prais-Winsten estimates it. */
  autocorrelation: z.number().nullable(),
  durbinWatson: z.number().nullable(),
  concludedAt: instantText,
  codeVersion: z.string(),
})
export type Verdict = z.infer<typeof verdict>

export const proof = z.object({
  design,
  verdict: verdict.nullable(),
  indicatorTitle: z.object({ zh: z.string(), en: z.string() }),
  unit: z.string(),
  /** The observations the verdict rests on (or will), with the fitted and the counterfactual line. */
  points: z.array(
    z.object({
      periodStart: plainDate,
      numerator: z.number(),
      denominator: z.number(),
      n: z.number(),
      value: z.number().nullable(),
      fitted: z.number().nullable(),
      counterfactual: z.number().nullable(),
      counterfactualLow: z.number().nullable(),
      counterfactualHigh: z.number().nullable(),
    }),
  ),
})
export type Proof = z.infer<typeof proof>

export const verificationRefusals = {
  TOO_EARLY: {
    status: 409,
    message: 'The design says the proof ends later. Wait for the end date.',
    data: z.object({ endsOn: plainDate }),
  },
  ALREADY_CONCLUDED: { status: 409, message: 'This proof is concluded; a verdict is never changed.' },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(verificationRefusals).route({ path, method, summary, tags: ['verification'] })

export const verificationContract = {
  listProofs: tag('/proofs', 'GET', 'Designs with their verdicts, newest first')
    .meta({ may: 'verification.read' })
    .input(pageQuery.extend({ state: z.enum(['waiting', 'concluded', 'superseded']).optional() }))
    .output(page(z.object({ design, verdict: verdict.nullable(), unit: z.string() }))),
  readProof: tag('/plans/{planId}/proof', 'GET', 'The proof of a plan: design, data, verdict')
    .meta({ may: 'verification.read' })
    .input(z.object({ planId: z.string() }))
    .output(proof),
  concludeProof: tag(
    '/plans/{planId}/conclusion',
    'POST',
    'Conclude now, when the end date is past; otherwise the daily run does it',
  )
    .meta({ may: 'verification.conclude' })
    .input(z.object({ planId: z.string() }))
    .output(proof),
}

export const proofConcluded = event(
  'verification.concluded',
  z.object({ planId: z.string(), designId: z.string(), outcome: planOutcome }),
)
