/** The ways `evaluation` says no, and the start of its routes. */
import { z } from 'zod'
import { instantText, plainDate, route } from '#platform/contract'

/** The ways publishing, objecting and what follows from scores say no. */
const publishingRefusals = {
  PUBLICATION_EXISTS: {
    status: 409,
    message: 'This period has a publication already. Go on with that one, or correct it.',
    data: z.object({ id: z.uuid(), state: z.string() }),
  },
  PUBLICATION_STATE: {
    status: 409,
    message: 'A publication in this state does not allow it.',
    data: z.object({ state: z.string(), act: z.string(), allowed: z.array(z.string()) }),
  },
  PERIOD_NOT_COMPLETE: {
    status: 409,
    message: 'Only a period that is over and has its final scores can be published.',
    data: z.object({ periodStart: plainDate }),
  },
  APPEAL_WINDOW_OPEN: {
    status: 409,
    message: 'Objections are still taken. Publish when the time for them is over.',
    data: z.object({ until: instantText }),
  },
  APPEALS_UNDECIDED: {
    status: 409,
    message: 'Objections are not decided yet. Decide them first.',
    data: z.object({ count: z.number().int() }),
  },
  CORRECTION_MISFIT: {
    status: 422,
    message: 'Only the published table of the same period can be corrected.',
    data: z.object({ corrects: z.uuid() }),
  },
  NOTHING_PUBLISHED: {
    status: 409,
    message: 'Nothing of this scheme is published yet for periods of this length.',
    data: z.object({ scheme: z.string(), grain: z.string() }),
  },
  APPEAL_CLOSED: {
    status: 409,
    message: 'Objections to this publication are not taken now.',
    data: z.object({
      because: z.enum(['not-shown-yet', 'window-over', 'ended']),
      until: instantText.nullable(),
      /** The publication that took its place. */
      newest: z.uuid().nullable(),
    }),
  },
  APPEAL_NOT_RESPONSIBLE: {
    status: 403,
    message: 'Only somebody responsible for the unit, its department head or one above it, may object to its score.',
    data: z.object({ entity: z.string() }),
  },
  APPEAL_EXISTS: {
    status: 409,
    message: 'An objection about this waits for its decision already.',
    data: z.object({ id: z.uuid() }),
  },
  APPEAL_DECIDED: {
    status: 409,
    message: 'This objection is decided or was taken back.',
    data: z.object({ state: z.string() }),
  },
  APPEAL_NOT_OWN: { status: 403, message: 'Only who made an objection may take it back.' },
  DECISION_OWN: {
    status: 403,
    message: 'Nobody decides an objection they made, or about a unit they are responsible for. Ask a colleague.',
    data: z.object({ because: z.enum(['appellant', 'responsible']) }),
  },
  UNIT_NOT_PUBLISHED: {
    status: 404,
    message: 'The publication does not rank this unit.',
    data: z.object({ entity: z.string() }),
  },
  WEBHOOK_ADDRESS_NOT_ALLOWED: {
    status: 422,
    message:
      'Only http and https addresses outside the private network are told, unless the setting BIHUAN_PULL_PRIVATE is "allow".',
    data: z.object({ host: z.string() }),
  },
  SUBSCRIPTIONS_MANY: {
    status: 409,
    message: 'There are as many subscriptions as one organisation may have. Remove one first.',
    data: z.object({ limit: z.number().int() }),
  },
} as const

const schemeProblem = z.object({ field: z.string(), rule: z.string(), message: z.string() })

export const evaluationRefusals = {
  ...publishingRefusals,
  SCHEME_INVALID: {
    status: 422,
    message: 'The scheme cannot stand as it is.',
    data: z.object({ issues: z.array(schemeProblem) }),
  },
  SCHEME_UNKNOWN: { status: 404, message: 'There is no scheme with this id.', data: z.object({ id: z.string() }) },
  SCHEME_VERSION_UNKNOWN: {
    status: 404,
    message: 'The scheme has no such version.',
    data: z.object({ id: z.string(), version: z.number() }),
  },
  SCHEME_NOT_ADOPTED: {
    status: 409,
    message: 'No version of this scheme has been adopted for the period. Adopt one first.',
    data: z.object({ id: z.string() }),
  },
  VERSION_ADOPTED: {
    status: 409,
    message: 'This version is adopted already. Save another one and adopt that.',
    data: z.object({ version: z.number() }),
  },
  ADOPTION_INVALID: {
    status: 422,
    message: 'The version cannot be adopted like this.',
    data: z.object({
      reason: z.enum(['effective-from-missing', 'before-newest', 'overlap-before', 'overlap-nothing']),
    }),
  },
  GRAIN_NOT_SCORED: {
    status: 422,
    message: 'The scheme does not score periods of this length.',
    data: z.object({ grain: z.string(), grains: z.array(z.string()) }),
  },
  SCORES_MISSING: {
    status: 404,
    message: 'There are no scores for this period.',
    data: z.object({ periodStart: plainDate }),
  },
  TOO_MANY_UNITS: {
    status: 422,
    message: 'This way of calculating cannot judge so many units. Choose a lower node, or what the reason names.',
    data: z.object({ units: z.number().int(), limit: z.number().int(), because: z.string() }),
  },
  NOT_FOLDED: {
    status: 409,
    message:
      'So many units are scored from prepared sums, and those of this period are not ready yet. Try again later.',
    data: z.object({ periodStart: plainDate }),
  },
  ASSESSMENT_CLOSED: {
    status: 409,
    message: 'Judgements of this period are not taken today: it has not begun, or its last day for them is over.',
    data: z.object({ periodStart: plainDate, opensOn: plainDate, closesOn: plainDate }),
  },
  ASSESSMENT_OWN_UNIT: {
    status: 403,
    message: 'Nobody judges a unit of their own, except its head where the item asks for a self-assessment.',
    data: z.object({ entity: z.string() }),
  },
  ASSESSMENT_NOT_ASKED: {
    status: 403,
    message: 'The item does not ask your role about this unit.',
    data: z.object({ entity: z.string(), item: z.string() }),
  },
  ASSESSMENT_OFF_SCALE: {
    status: 422,
    message: 'The value lies outside of the scale.',
    data: z.object({ low: z.number(), high: z.number() }),
  },
  ITEM_NOT_ASSESSED: {
    status: 404,
    message: 'The version of the scheme that judges this period has no such item for people to judge.',
    data: z.object({ item: z.string() }),
  },
  UNIT_NOT_IN_SCHEME: {
    status: 422,
    message: 'The scheme does not rank this unit.',
    data: z.object({ entity: z.string() }),
  },
} as const

export const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(evaluationRefusals).route({ path, method, summary, tags: ['evaluation'] })
