/** What others may say to `verification`: the frozen design of a proof, its conclusion, everything needed to recompute it. */
import { z } from 'zod'
import { event, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { planOutcome, proofMethod } from '#plans/contract'
import { advice, adviceQuestion, portfolio, returnAnswer, returnQuestion } from './contract/questions.ts'

export type {
  Advice,
  AdviceQuestion,
  Candidate,
  PortfolioGroup,
  ReturnAnswer,
  ReturnQuestion,
} from './contract/questions.ts'

export const designState = z.enum(['waiting', 'concluded', 'superseded', 'waived'])

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
  method: proofMethod,
  /** Units without the measure. */
  comparison: z.array(entityKey),
  /** Differences within this, either way, are no relevant difference. */
  equivalenceMargin: z.number(),
  /** Last periods of the baseline left out, because the unit was picked by them. */
  runUpPeriods: z.number().int(),
  /** Nobody looks before the end, so that nobody picks a lucky moment. */
  stopRule: z.literal('at-the-end'),
  /** Periods an effective measure is watched after the proof. */
  watchPeriods: z.number().int(),
  /** SHA-256 of the canonical text of all of the above: what was frozen can be checked. */
  sha256: z.string(),
  state: designState,
})
export type Design = z.infer<typeof design>

const estimate = z.object({
  value: z.number(),
  standardError: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
})
/** Why nothing could be decided. */
export const because = z.enum([
  'baseline-too-short',
  'after-too-short',
  'constant',
  'collinear',
  'not-finite',
  'intervention-outside',
  'unordered',
  'unmatched',
  'too-few-comparisons',
  'perfect-fit',
  'interval-includes-both',
  'harm-not-ruled-out',
  'too-small-for-margin',
])
export type Because = z.infer<typeof because>
export const verdictOutcome = planOutcome.exclude(['waived'])
export type VerdictOutcome = z.infer<typeof verdictOutcome>

/** The question asked in one way: as frozen, in another window or by another method, or where nothing happened. */
export const specification = z.object({
  kind: z.enum(['frozen', 'alternative', 'placebo']),
  what: z.enum([
    ...proofMethod.options,
    'level-only',
    'newey-west',
    'without-season',
    'shorter-baseline',
    'first-part-after',
    'without-run-up',
    'without-unit',
    'placebo-unit',
    'placebo-date',
  ]),
  /** Which unit or day, where there are several. */
  detail: z.string().nullable(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  outcome: verdictOutcome.nullable(),
  /** Why this way was not feasible. */
  because: because.nullable(),
})
export type Specification = z.infer<typeof specification>

export const check = z.object({
  code: z.enum([
    'autocorrelation',
    'pre-trend',
    'regression-to-the-mean',
    'missing-periods',
    'left-out-units',
    'placebo-dates',
    'placebo-units',
    'other-ways',
    'indicator-version',
    'other-plans',
    'notes',
    'measure-applied',
  ]),
  state: z.enum(['pass', 'warn', 'unknown']),
  /** A correlation, p, share or count, as the code says. */
  value: z.number().nullable(),
  detail: z.string().nullable(),
})
export type Check = z.infer<typeof check>

export const verdict = z.object({
  outcome: verdictOutcome,
  /** Why it is undecided, where it is. */
  because: because.nullable(),
  /** What it would take; null where it is decided, or cannot be said. */
  needed: z
    .object({
      power: z.number(),
      /** Power the proof had at the smallest effect. */
      powerNow: z.number(),
      /** Periods after the measure in all; null when more time alone does not help. */
      periodsAfter: z.number().int().nullable(),
    })
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
  /** p that unit and comparison ran alike before; null where the method cannot see it. */
  preTrend: z.number().nullable(),
  /** Rank of the unit among all without the measure, as a p. */
  placeboP: z.number().nullable(),
  /** Share of each comparison unit in the counterfactual; coefficients for the structural series. */
  weights: z.array(z.object({ key: entityKey, weight: z.number() })),
  specifications: z.array(specification),
  checks: z.array(check),
  concludedAt: instantText,
  codeVersion: z.string(),
})
export type Verdict = z.infer<typeof verdict>

/** Somebody answers by name for closing a plan without proof. */
export const waiver = z.object({ by: z.string(), at: instantText, reason: z.string() })
export type Waiver = z.infer<typeof waiver>

/** How an effective measure goes on after its proof. */
export const watch = z.object({
  until: plainDate,
  state: z.enum(['watching', 'held', 'relapsed']),
  checkedAt: instantText,
  /** Distance from the line without the measure, period by period. */
  periods: z.array(z.object({ periodStart: plainDate, effect: z.number() })),
  relapsedSince: plainDate.nullable(),
  /** One-sided p that the effect fades; null for fewer than six periods. */
  fadingP: z.number().nullable(),
  halfLifePeriods: z.number().nullable(),
})
export type Watch = z.infer<typeof watch>

export const proof = z.object({
  design,
  verdict: verdict.nullable(),
  waiver: waiver.nullable(),
  watch: watch.nullable(),
  /** Other designs of the plan, newest first: a change after approval makes a new one beside the old. */
  earlier: z.array(z.object({ design, verdict: verdict.nullable() })),
  comparison: z.array(
    z.object({
      key: entityKey,
      name: z.string(),
      points: z.array(
        z.object({ periodStart: plainDate, value: z.number().nullable(), n: z.number(), weight: z.number() }),
      ),
    }),
  ),
  indicatorTitle: z.object({ zh: z.string(), en: z.string() }),
  unit: z.string(),
  /** The observations the verdict rests on (or will), with the fitted and the counterfactual line. */
  points: z.array(
    z.object({
      periodStart: plainDate,
      numerator: z.number(),
      denominator: z.number(),
      n: z.number(),
      /** Proportional to 1 / variance. */
      weight: z.number(),
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
  NO_EFFECT: { status: 409, message: 'There is no estimated effect, so there is no return to calculate.' },
  TOO_EARLY: {
    status: 409,
    message: 'The design says the proof ends later. Wait for the end date.',
    data: z.object({ endsOn: plainDate }),
  },
  WAIVED: { status: 409, message: 'The proof of this plan was waived.' },
  ALREADY_CONCLUDED: { status: 409, message: 'This proof is concluded; a verdict is never changed.' },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(verificationRefusals).route({ path, method, summary, tags: ['verification'] })

export const verificationContract = {
  listProofs: tag('/proofs', 'GET', 'Designs with their verdicts, newest first')
    .meta({ may: 'verification.read' })
    .input(pageQuery.extend({ state: designState.optional() }))
    .output(page(z.object({ design, verdict: verdict.nullable(), waiver: waiver.nullable(), unit: z.string() }))),
  readProof: tag('/plans/{planId}/proof', 'GET', 'The proof of a plan: design, data, verdict')
    .meta({ may: 'verification.read' })
    .input(z.object({ planId: z.string() }))
    .output(proof),
  readPortfolio: tag('/proof-portfolio', 'GET', 'Share of plans proved effective, by kind and by indicator')
    .meta({ may: 'verification.read' })
    .output(portfolio),
  simulateReturn: tag(
    '/plans/{planId}/return',
    'POST',
    'Net return of a proved effect with its uncertainty, by simulation',
  )
    .meta({ may: 'verification.read' })
    .input(returnQuestion)
    .output(returnAnswer),
  adviseDesign: tag(
    '/proof-advice',
    'POST',
    'Designs for a proof, strongest first, with power, smallest detectable effect and warnings',
  )
    .meta({ may: 'verification.read' })
    .input(adviceQuestion)
    .output(advice),
  concludeProof: tag(
    '/plans/{planId}/conclusion',
    'POST',
    'Conclude now, when the end date is past; otherwise the daily run does it',
  )
    .meta({ may: 'verification.conclude' })
    .input(z.object({ planId: z.string() }))
    .output(proof),
  waiveProof: tag(
    '/plans/{planId}/waiver',
    'POST',
    'Close a running plan without proof; name and reason stay visible for good',
  )
    .meta({ may: 'verification.waive' })
    .input(z.object({ planId: z.string(), reason: z.string().trim().min(10).max(2000) }))
    .output(proof),
}

export const proofConcluded = event(
  'verification.concluded',
  z.object({ planId: z.string(), designId: z.string(), outcome: planOutcome }),
)

/** An effect that was shown has gone: the plan is open for change again. */
export const effectRelapsed = event(
  'verification.relapsed',
  z.object({ planId: z.string(), designId: z.string(), entity: entityKey, since: plainDate }),
)
