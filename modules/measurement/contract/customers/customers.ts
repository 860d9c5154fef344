/** Customers by pseudonym: who they are in the events, how they behave, and what they are likely to come for next. */
import { z } from 'zod'
import { instantText, page, pageQuery, plainDate } from '#platform/contract'
import { attributeName, serviceEvent } from '../intake/events.ts'
import { tag } from '../refusals.ts'

/** A pseudonym as events carry it. */
const customerId = z
  .string()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}+$/u, 'no control characters')
const eventType = z.string().min(1).max(100)
const TYPES_LIMIT = 200

const settingFields = {
  /** The attribute of events that holds the pseudonym. */
  attribute: attributeName,
  /** Types of event that count as dealings; null: all that carry the attribute. */
  dealingTypes: z.array(eventType).min(1).max(TYPES_LIMIT).nullable().default(null),
  /** The value that is money. */
  moneyValue: attributeName.nullable().default(null),
  channelAttribute: attributeName.nullable().default(null),
  /** The value a customer rates with. */
  ratingValue: attributeName.nullable().default(null),
  complaintTypes: z.array(eventType).max(TYPES_LIMIT).default([]),
}
const customerSettingDraft = z.object(settingFields)
export type CustomerSettingDraft = z.infer<typeof customerSettingDraft>

const customerSetting = z.object({ ...settingFields, changedAt: instantText, changedBy: z.string() })
export type CustomerSetting = z.infer<typeof customerSetting>

/** What a sample of an attribute's values looks like, when it looks like a person's own data. */
const personalKind = z.enum(['phone', 'identity-number', 'e-mail'])
export type PersonalKind = z.infer<typeof personalKind>

const customerAttribute = z.object({
  attribute: z.string(),
  events: z.number().int(),
  /** Distinct values, estimated to about 2 %. */
  distinct: z.number().int(),
  eventTypes: z.array(z.string()),
  /** Many values that come again: likely pseudonyms. */
  likely: z.boolean(),
  personal: personalKind.nullable(),
})
export type CustomerAttribute = z.infer<typeof customerAttribute>

export const customerSegmentNames = [
  'high-value',
  'loyal',
  'promising',
  'new',
  'occasional',
  'at-risk',
  'dormant',
] as const
const segment = z.enum(customerSegmentNames)
export type CustomerSegment = z.infer<typeof segment>

const score = z.number().int().min(1).max(5)
/** Quintile scores, 5 the best. `monetary` is null where no value is money. */
const scores = z.object({ recency: score, frequency: score, monetary: score.nullable(), segment })
export type Scores = z.infer<typeof scores>

const named = z.object({ key: z.string(), name: z.string() })
const customerRow = scores.extend({
  id: z.string(),
  first: instantText,
  last: instantText,
  dealings: z.number().int(),
  money: z.number().nullable(),
  outlet: named.nullable(),
  channel: z.string().nullable(),
})
export type CustomerRow = z.infer<typeof customerRow>

const cuts = z.array(z.number())
const customerSegments = z.object({
  /** The reference day; dealings until its end count. */
  day: plainDate,
  customers: z.number().int(),
  dealings: z.number().int(),
  money: z.number().nullable(),
  /** Score k is reached beyond cut k - 1: days since the last dealing, number of dealings, money. */
  cuts: z.object({ recencyDays: cuts, frequency: cuts, money: cuts.nullable() }),
  segments: z.array(
    z.object({
      segment,
      customers: z.number().int(),
      dealings: z.number().int(),
      money: z.number().nullable(),
    }),
  ),
})
export type CustomerSegments = z.infer<typeof customerSegments>

const counted = z.object({ count: z.number().int() })
const customer = z.object({
  id: z.string(),
  events: z.number().int(),
  /** Of dealings only; null where there is none. */
  first: instantText.nullable(),
  last: instantText.nullable(),
  dealings: z.number().int(),
  money: z.number().nullable(),
  types: z.array(counted.extend({ type: z.string(), dealing: z.boolean() })),
  outlets: z.array(counted.extend(named.shape)),
  channels: z.array(counted.extend({ channel: z.string() })),
  years: z.array(z.object({ year: z.number().int(), dealings: z.number().int(), money: z.number().nullable() })),
  /** Days between one dealing and the next: quartiles. Null below three gaps. */
  gap: z
    .object({ gaps: z.number().int(), lowDays: z.number(), medianDays: z.number(), highDays: z.number() })
    .nullable(),
  rating: z.object({ n: z.number().int(), mean: z.number(), lowest: z.number(), highest: z.number() }).nullable(),
  complaints: z.number().int(),
  scores: scores.nullable(),
})
export type Customer = z.infer<typeof customer>

export const horizons = [7, 30, 90] as const
const horizonDays = z.coerce
  .number()
  .pipe(z.literal([...horizons]))
  .default(30)

/** Why no likelihood is shown. */
const forecastReason = z.enum(['too-short', 'too-few', 'no-skill', 'away'])
export type ForecastReason = z.infer<typeof forecastReason>

const share = z.number().min(0).max(1)
/** Customers alike: by how often and how lately they had this type of event in the year before the reference day. */
const forecastCell = z.object({
  /** Lowest and highest number of events; null: no limit. */
  from: z.number().int(),
  to: z.number().int().nullable(),
  /** Days since the last one; null where there is none in the year. */
  daysFrom: z.number().int().nullable(),
  daysTo: z.number().int().nullable(),
  customers: z.number().int(),
  came: z.number().int(),
  probability: share,
  test: z.object({
    customers: z.number().int(),
    came: z.number().int(),
    low: share.nullable(),
    high: share.nullable(),
  }),
})
export type ForecastCell = z.infer<typeof forecastCell>

const accuracy = z.object({
  /** Customers of the test, and those of them who came. */
  n: z.number().int(),
  came: z.number().int(),
  brier: z.number(),
  brierBase: z.number(),
  /** 1 - brier / brierBase, with a 95 % interval. */
  skill: z.number(),
  skillLow: z.number(),
  skillHigh: z.number(),
  /** Null where all came or none. */
  auc: z.number().nullable(),
  calibration: z.array(
    z.object({ expected: share, observed: share, low: share, high: share, n: z.number().int(), inside: z.boolean() }),
  ),
})
export type Accuracy = z.infer<typeof accuracy>

const typeForecast = z.object({
  type: z.string(),
  reason: forecastReason.nullable(),
  baseRate: share,
  /** Weight of the overall rate in each cell, in customers; null: all of it, the cells do not differ. */
  priorStrength: z.number().nullable(),
  cells: z.array(forecastCell),
  accuracy: accuracy.nullable(),
})
export type TypeForecast = z.infer<typeof typeForecast>

const forecast = z.object({
  horizonDays: z.number().int(),
  /** Fitted on what was known at the end of `fitDay`, tried on what was known at the end of `testDay`. */
  fitDay: plainDate,
  testDay: plainDate,
  /** The last full day with data. */
  endDay: plainDate,
  reason: forecastReason.nullable(),
  /** First day data must reach back to. */
  neededFrom: plainDate,
  types: z.array(typeForecast),
})
export type Forecast = z.infer<typeof forecast>

const likelihoods = z.object({
  horizonDays: z.number().int(),
  endDay: plainDate,
  reason: forecastReason.nullable(),
  neededFrom: plainDate,
  rows: z.array(
    z.object({
      type: z.string(),
      reason: forecastReason.nullable(),
      baseRate: share,
      cell: forecastCell.nullable(),
      skill: z.number().nullable(),
    }),
  ),
})
export type Likelihoods = z.infer<typeof likelihoods>

const customerOrder = z.enum(['recent', 'away', 'dealings', 'money'])
export type CustomerOrder = z.infer<typeof customerOrder>
/** The measurements keep no times outside these. */
const FIRST_DAY = '1990-01-01'
const LAST_DAY = '2199-12-31'
const choice = {
  segment: segment.optional(),
  /** Begin of the pseudonym. */
  search: z.string().max(200).optional(),
  /** The reference day; today where it is left out. */
  day: plainDate
    .refine((day) => day >= FIRST_DAY && day <= LAST_DAY, `between ${FIRST_DAY} and ${LAST_DAY}`)
    .optional(),
  order: customerOrder.default('recent'),
}

const reading = { may: 'customers.read' }
const editing = { may: 'customers.edit' }

export const customerRoutes = {
  readCustomerSetting: tag('/customer-setting', 'GET', 'Which attribute holds the pseudonym of a customer')
    .meta(reading)
    .output(z.object({ setting: customerSetting.nullable() })),
  saveCustomerSetting: tag('/customer-setting', 'PUT', 'Choose the attribute that holds the pseudonym of a customer')
    .meta(editing)
    .input(customerSettingDraft)
    .output(customerSetting),
  customerAttributes: tag('/customer-attributes', 'GET', 'Attributes of events that may hold a pseudonym, likely first')
    .meta(editing)
    .output(z.array(customerAttribute)),
  listCustomers: tag('/customers', 'GET', 'Customers with their dealings, scores and segment')
    .meta(reading)
    .input(pageQuery.extend(choice))
    .output(page(customerRow)),
  exportCustomers: tag('/customer-export', 'GET', 'The first 5,000 customers of a list at once')
    .meta(reading)
    .input(z.object(choice))
    .output(z.object({ rows: z.array(customerRow), more: z.boolean() })),
  customerSegments: tag('/customer-segments', 'GET', 'How many customers each segment has, and what they are worth')
    .meta(reading)
    .input(z.object({ day: choice.day }))
    .output(customerSegments),
  readCustomer: tag('/customer', 'GET', 'The profile of one customer')
    .meta(reading)
    .input(z.object({ id: customerId }))
    .output(customer),
  customerEvents: tag('/customer-events', 'GET', 'The events of one customer, newest first')
    .meta(reading)
    .input(pageQuery.extend({ id: customerId }))
    .output(page(serviceEvent.extend({ receivedAt: instantText, entityName: z.string() }))),
  customerLikelihoods: tag('/customer-likelihoods', 'GET', 'What one customer is likely to come for next')
    .meta(reading)
    .input(z.object({ id: customerId, horizonDays }))
    .output(likelihoods),
  customerForecast: tag('/customer-forecast', 'GET', 'The table likelihoods are read from, and how good it proved')
    .meta(reading)
    .input(z.object({ horizonDays }))
    .output(forecast),
}
