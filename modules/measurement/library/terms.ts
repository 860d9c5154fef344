/** Short words for conditions and terms, so that an entry reads like a sentence. Only words of the vocabulary compile. */
import type { Condition, IndicatorDefinition } from '../contract/definition.ts'
import type { AttributeName, CodeName, ValueName } from './words-known.ts'

export const is = (attribute: AttributeName, value: CodeName): Condition => ({ attribute, operator: 'is', value })
export const isOne = (attribute: AttributeName, ...values: CodeName[]): Condition => ({
  attribute,
  operator: 'in',
  values,
})
export const given = (attribute: AttributeName): Condition => ({ attribute, operator: 'given' })
export const atMost = (value: ValueName, limit: number): Condition => ({ value, operator: 'at-most', limit })
export const atLeast = (value: ValueName, limit: number): Condition => ({ value, operator: 'at-least', limit })

/** The calendar of opening hours the library asks for. */
export const OFFICE_HOURS = 'office-hours'
export const inOfficeHours: Condition = { calendar: OFFICE_HOURS, operator: 'open' }
export const outsideOfficeHours: Condition = { calendar: OFFICE_HOURS, operator: 'closed' }

interface TermOptions {
  readonly where?: Condition[]
  readonly eventType?: string
  readonly coefficient?: number
}
const term = (of: string, { where = [], eventType, coefficient = 1 }: TermOptions) => ({
  of,
  coefficient,
  where,
  ...(eventType === undefined ? {} : { eventType }),
})
/** The number of events that fulfil all conditions. */
export const events = (...where: Condition[]) => term('events', { where })
/** The number of events of another type. */
export const eventsOf = (eventType: string, ...where: Condition[]) => term('events', { eventType, where })
/** The total of a value. */
export const total = (of: ValueName, options: TermOptions = {}) => term(of, options)

type Pair = Extract<IndicatorDefinition, { kind: 'conversion' }>['pair']
type Open = Pair['open']
const stream = (eventType: string, where: Condition[] = []) => ({ eventType, where })

interface PairOptions {
  readonly match: AttributeName[]
  readonly withinHours: number
  readonly open?: Open
  readonly fromWhere?: Condition[]
  readonly toWhere?: Condition[]
}
/** From one event to the first that follows it. */
export const pair = (from: string, to: string, options: PairOptions): Pair => ({
  from: stream(from, options.fromWhere),
  to: stream(to, options.toWhere),
  match: options.match,
  acrossEntities: false,
  withinHours: options.withinHours,
  open: options.open ?? 'censor',
})

export const DAY_HOURS = 24

/** Events with documented force majeure are left out of judgement, a tenth of a period's at most. */
export const forceMajeure = {
  reason: { zh: '不可抗力（须有证明材料编号）', en: 'Force majeure, with the number of its evidence' },
  where: [is('excused', 'force-majeure')],
  evidence: 'evidence',
  capShare: 0.1,
}
