/** Made-up customers whose behaviour is known. */
import { seededChance } from '#platform/seeded-random'
import type { CustomerSettingDraft } from '../../contract/customers/customers.ts'

export interface Made {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
}

export const START = Temporal.Instant.from('2024-02-29T16:00:00Z')
const DAYS = 729
export const draft = (part: Partial<CustomerSettingDraft> = {}): CustomerSettingDraft => ({
  attribute: 'customer',
  dealingTypes: ['visit'],
  moneyValue: 'paid',
  channelAttribute: 'channel',
  ratingValue: 'stars',
  complaintTypes: ['complaint'],
  ...part,
})

export const at = (day: number) => START.add({ minutes: Math.floor(day * 24 * 60) }).toString()
/** Forty customers, small enough to count here: customer k comes every 5 + k days, most by the web, pays k for each visit. */
export function fewCustomers(): Made[] {
  const few: Made[] = []
  for (let customer = 1; customer <= 40; customer += 1) {
    for (let day = customer * 3; day < DAYS - customer * 6; day += 5 + customer) {
      few.push({
        id: `few ${customer} ${day}`,
        type: 'visit',
        entity: day % 4 === 0 ? 'B' : 'A',
        at: at(day),
        attributes: { member: `M/${customer}`, way: day % 3 === 0 ? 'desk' : 'web' },
        values: { cost: customer, stars: 1 + (day % 5) },
      })
    }
    if (customer % 10 === 0)
      few.push({
        id: `few ${customer} complaint`,
        type: 'complaint',
        entity: 'A',
        at: at(400),
        attributes: { member: `M/${customer}`, phone: `138000000${customer}` },
        values: {},
      })
  }
  return few
}

/**
 * Poisson customers of different rates, each lost after an exponential time; new ones begin all along. The remedy type is
 * thrown by a coin no matter who the customer is: it cannot be foreseen.
 */
export function* manyCustomers(): Iterable<Made> {
  const random = seededChance(7)
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  for (let customer = 0; customer < 2_500; customer += 1) {
    const gapDays = [10, 40, 150][customer % 3]!
    const begin = random() * (DAYS + 300) - 300
    const end = begin + exponential(350)
    for (let day = begin + exponential(gapDays); day < Math.min(end, DAYS); day += exponential(gapDays)) {
      if (day < 0) continue
      yield {
        id: `many ${customer} ${day.toFixed(6)}`,
        type: 'visit',
        entity: customer % 2 === 0 ? 'A' : 'B',
        at: at(day),
        attributes: { customer: `K${customer}`, channel: 'web' },
        values: { paid: 10 },
      }
    }
  }
}

/** Everybody has a letter at the same rate as everybody else: nobody's past says anything. */
export function* noise(): Iterable<Made> {
  const random = seededChance(11)
  for (let customer = 0; customer < 1_500; customer += 1) {
    for (let day = -60 * Math.log(1 - random()); day < DAYS; day += -60 * Math.log(1 - random()))
      yield {
        id: `noise ${customer} ${day.toFixed(6)}`,
        type: 'letter',
        entity: 'A',
        at: at(day),
        attributes: { anyone: `N${customer}` },
        values: {},
      }
  }
}
