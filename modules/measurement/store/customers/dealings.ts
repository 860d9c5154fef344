/** What every question about customers begins with: the events that carry a pseudonym. */
import type { ParameterValue } from '#platform/measurements/parameters'
import type { CustomerSettingDraft } from '../../contract/customers/customers.ts'
import { FINAL_WITHIN_PARTITIONS } from '../compile/compile-facts.ts'

export type Setting = Pick<
  CustomerSettingDraft,
  'attribute' | 'dealingTypes' | 'moneyValue' | 'channelAttribute' | 'ratingValue' | 'complaintTypes'
>

/** Whose dealings, as known at `until` (epoch milliseconds, not included). */
export interface DealingsQuestion {
  readonly setting: Setting
  readonly until: number
}

export const CUSTOMERS_LIMITS = { maxExecutionSeconds: 60, settings: FINAL_WITHIN_PARTITIONS } as const

export type Bag = Record<string, ParameterValue>

/** Conditions on `bihuan.event AS event`; every placeholder stands in `parameters`. */
export function dealingConditions(organisation: string, { setting, until }: DealingsQuestion, parameters: Bag): string {
  const conditions = [
    'organisation = {organisation:UUID}',
    "attributes[{attribute:String}] != ''",
    "occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')",
  ]
  Object.assign(parameters, { organisation, attribute: setting.attribute, until })
  if (setting.dealingTypes !== null) {
    parameters['dealingTypes'] = setting.dealingTypes
    conditions.push('event_type IN {dealingTypes:Array(String)}')
  }
  return conditions.join(' AND ')
}

/** Is this type a dealing? */
export function isDealing(setting: Setting, column: string, parameters: Bag): string {
  if (setting.dealingTypes === null) return '1'
  parameters['dealingTypes'] = setting.dealingTypes
  return `${column} IN {dealingTypes:Array(String)}`
}

/** The sum of money of a group of events, in hundredths exact; 0 where no value is money. */
export function moneySum(setting: Setting, parameters: Bag): string {
  if (setting.moneyValue === null) return 'toFloat64(0)'
  parameters['money'] = setting.moneyValue
  return 'round(sum(event.values[{money:String}]), 2)'
}

/** One row for each customer with a dealing: when first and last, how many, how much. */
export function customersTable(organisation: string, question: DealingsQuestion, parameters: Bag): string {
  const where = dealingConditions(organisation, question, parameters)
  return `SELECT attributes[{attribute:String}] AS customer, min(occurred_at) AS firstAt, max(occurred_at) AS lastAt,
      toInt64(count()) AS dealings, ${moneySum(question.setting, parameters)} AS money
    FROM bihuan.event AS event FINAL WHERE ${where} GROUP BY customer`
}
