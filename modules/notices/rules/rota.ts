/** Who is on call: turns of a day or a week over a list of people, with swaps and leave laid over. Days are the organisation's own. */
import type { OverrideDraft, RotaDraft } from '../contract.ts'

export interface Override {
  readonly id: string
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  /** Null: whoever has the next turn. */
  readonly personId: string | null
  readonly because: OverrideDraft['because']
}

export interface Turn {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly person: string
  readonly override: {
    readonly id: string
    readonly because: OverrideDraft['because']
    readonly insteadOf: string
  } | null
}

const DAYS = { day: 1, week: 7 } as const

interface Shift {
  readonly index: number
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** The handover of a day. Where clocks skip it, it comes as much later as they skip; where it comes twice, the first counts. */
const handover = (rota: RotaDraft, day: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(rota.handoverAt) }).toInstant()

function shiftNumber(rota: RotaDraft, number: number, timeZone: string): Shift {
  const first = Temporal.PlainDate.from(rota.startsOn)
  const days = DAYS[rota.every]
  return {
    index: number,
    from: handover(rota, first.add({ days: number * days }), timeZone),
    until: handover(rota, first.add({ days: (number + 1) * days }), timeZone),
  }
}

/** The shift an instant lies in; negative before the rota begins. */
function shiftNumberAt(rota: RotaDraft, at: Temporal.Instant, timeZone: string): number {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate()
  const begun = Temporal.Instant.compare(at, handover(rota, day, timeZone)) >= 0 ? day : day.subtract({ days: 1 })
  return Math.floor(Temporal.PlainDate.from(rota.startsOn).until(begun, { largestUnit: 'day' }).days / DAYS[rota.every])
}

const personOf = (rota: RotaDraft, number: number) => rota.people[number % rota.people.length]!

const covers = (override: Override, at: Temporal.Instant) =>
  Temporal.Instant.compare(override.from, at) <= 0 && Temporal.Instant.compare(at, override.until) < 0

/** Of several overrides for one time the one entered last counts: they come in the order of entry. */
function turnAt(rota: RotaDraft, overrides: readonly Override[], shift: Shift, at: Temporal.Instant) {
  const planned = personOf(rota, shift.index)
  const override = overrides.filter((each) => covers(each, at)).at(-1)
  if (override === undefined) return { person: planned, override: null }
  const person = override.personId ?? nextInLine(rota, [planned]) ?? planned
  return { person, override: { id: override.id, because: override.because, insteadOf: planned } }
}

/**
 * The turns between two instants, in order, cut where an override begins or ends; the first and the last are cut at the ends asked for.
 * Empty before the rota begins. Cost: shifts x overrides.
 */
export function turns(
  rota: RotaDraft,
  overrides: readonly Override[],
  from: Temporal.Instant,
  until: Temporal.Instant,
  timeZone: string,
): Turn[] {
  const found: Turn[] = []
  const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
  for (let number = Math.max(0, shiftNumberAt(rota, from, timeZone)); ; number += 1) {
    const shift = shiftNumber(rota, number, timeZone)
    if (!before(shift.from, until)) return found
    const begin = before(shift.from, from) ? from : shift.from
    const end = before(until, shift.until) ? until : shift.until
    const cuts = overrides
      .flatMap((each) => [each.from, each.until])
      .filter((at) => before(begin, at) && before(at, end))
      .sort((a, b) => Temporal.Instant.compare(a, b))
    const edges = [begin, ...cuts, end]
    for (const [index, edge] of edges.slice(0, -1).entries()) {
      const next = edges[index + 1]!
      if (!before(edge, next)) continue
      const turn = { from: edge, until: next, ...turnAt(rota, overrides, shift, edge) }
      const last = found.at(-1)
      // An override over the handover of the turn below it is one stretch.
      if (last?.override != null && last.override.id === turn.override?.id && last.person === turn.person)
        found[found.length - 1] = { ...last, until: next }
      else found.push(turn)
    }
  }
}

/** Who is on call at an instant, and until when; null before the rota begins. */
export function onCallAt(
  rota: RotaDraft,
  overrides: readonly Override[],
  at: Temporal.Instant,
  timeZone: string,
): Turn | null {
  const number = shiftNumberAt(rota, at, timeZone)
  if (number < 0) return null
  const { until } = shiftNumber(rota, number, timeZone)
  return turns(rota, overrides, at, until, timeZone)[0] ?? null
}

/** The first in the order of turns after the last one who was tried and has not been tried; null when all were. */
export function nextInLine(rota: RotaDraft, tried: readonly string[]): string | null {
  const begin = rota.people.indexOf(tried.at(-1) ?? '') + 1
  const order = [...rota.people.slice(begin), ...rota.people.slice(0, begin)]
  return order.find((person) => !tried.includes(person)) ?? null
}
