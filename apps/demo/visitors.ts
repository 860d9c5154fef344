/** Who comes: each place has people of its own, known by pseudonyms only. Some come often, some once; they move here and away again. */
import type { Visit } from './visits.ts'

export interface CustomerVisit extends Visit {
  readonly customer: string
}

/** How many people ever live near a place. */
export const DESK_VISITORS = 120_000
export const PLACE_VISITORS = 8_000
/** Days before the first day on which the earliest moved here (long enough that as many leave as come), and after it the last. */
const MOVED_FROM = -1500
const MOVED_UNTIL = 760
const MEAN_STAY_DAYS = 500
/** Whoever is drawn and does not live here any more is drawn again, so often at most. */
const DRAWS_LIMIT = 60
const DAY_MILLISECONDS = 86_400_000

/** Gives every visit its visitor. The dice are its own: waiting, ratings and complaints stay what they are without it. */
export function* withCustomers(
  visits: Iterable<Visit>,
  firstDay: string,
  random: () => number,
  count: number,
): Iterable<CustomerVisit> {
  const arrives = Float64Array.from({ length: count }, () => MOVED_FROM + random() * (MOVED_UNTIL - MOVED_FROM))
  const leaves = arrives.map((day) => day - MEAN_STAY_DAYS * Math.log(1 - random()))
  const first = Date.parse(firstDay)
  for (const visit of visits) {
    const day = (Date.parse(visit.at.slice(0, 10)) - first) / DAY_MILLISECONDS
    let person = 0
    for (let draw = 0; draw < DRAWS_LIMIT; draw += 1) {
      // The product of two throws favours low numbers: some come ten times as often as others.
      person = Math.floor(count * random() * random())
      if (arrives[person]! <= day && day < leaves[person]!) break
    }
    yield { ...visit, customer: pseudonym(visit.entity, person) }
  }
}

/** Scrambles the number within the place, so that a pseudonym says nothing about how often somebody comes. */
function pseudonym(entity: string, person: number): string {
  const scrambled = ((person + 1) * 2_654_435_761) % 4_294_967_296
  return `${entity}-${scrambled.toString(36).toUpperCase().padStart(7, '0')}`
}
