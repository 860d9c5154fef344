/** Events themselves, for rules that count repetitions, wait for silence, or look at the time between rare events. */
import type { Context } from '#platform/context'
import { conditions } from '../../contract/definition.ts'
import type { Indicator } from '../../contract/indicators.ts'
import { readHits, readLastEvents, readRepeated, type RepeatedRow } from '../../store/watching/repeated.ts'
import { type Watched, watchedSubjects } from './panel.ts'

export type { RepeatedRow } from '../../store/watching/repeated.ts'

interface Simple {
  readonly attribute: string
  readonly operator: 'is' | 'is-not'
  readonly value: string
}

/** Groups of at least so many events (or different values of `distinct`) that agree in `same`, in the hours before now. */
export async function repeatedEvents(
  context: Context,
  asked: {
    readonly watched: Watched
    readonly eventType: string
    readonly where: readonly Simple[]
    readonly same: readonly string[]
    readonly distinct: string | null
    readonly windowHours: number
    readonly least: number
  },
): Promise<RepeatedRow[]> {
  const until = context.now.epochMilliseconds + 1
  const { subjects } = await watchedSubjects(context, asked.watched)
  const rows: RepeatedRow[] = []
  for (const each of subjects)
    rows.push(
      ...(await readRepeated(context.measurements, context.organisation, {
        subjects: each,
        eventType: asked.eventType,
        where: conditions.parse(asked.where),
        same: asked.same,
        distinct: asked.distinct,
        fromMilliseconds: until - Math.round(asked.windowHours * 3_600_000),
        untilMilliseconds: until,
        least: asked.least,
      })),
    )
  return rows
}

/** Who was never heard of within this is not waited for. */
const USUALLY_DAYS = 90

/** Newest event of each subject that had any in the last ninety days. */
export async function lastEvents(
  context: Context,
  asked: { readonly watched: Watched; readonly eventType: string },
): Promise<{ subject: number; at: number }[]> {
  const until = context.now.epochMilliseconds + 1
  const { subjects } = await watchedSubjects(context, asked.watched)
  const found: { subject: number; at: number }[] = []
  for (const each of subjects) {
    const rows = await readLastEvents(context.measurements, context.organisation, {
      subjects: each,
      eventType: asked.eventType,
      sinceMilliseconds: until - USUALLY_DAYS * 86_400_000,
      untilMilliseconds: until,
    })
    for (let row = 0; row < rows.length; row += 2) found.push({ subject: rows[row]!, at: rows[row + 1]! })
  }
  return found
}

const HITS_LIMIT = 200_000

/**
 * Single events behind an indicator with their time and, for shares of one event type, the number of the case: what charts of rare events are
 * drawn from. Null for indicators that are no plain count, rate or share.
 */
export async function rareEvents(
  context: Context,
  asked: {
    readonly watched: Watched
    readonly indicator: Indicator
    readonly fromMilliseconds: number
    readonly untilMilliseconds: number
  },
): Promise<Map<number, { at: number; cases: number }[]> | null> {
  const { definition } = asked.indicator
  if (definition.kind !== 'count' && definition.kind !== 'ratio' && definition.kind !== 'proportion') return null
  const [term, more] = definition.numerator
  if (!term || more || term.of !== 'events') return null
  const eventType = term.eventType ?? definition.eventType
  const below = definition.kind === 'count' ? undefined : definition.denominator[0]
  const sameStream = below !== undefined && (below.eventType ?? definition.eventType) === eventType
  const cases = sameStream ? below.where : term.where
  const { subjects } = await watchedSubjects(context, asked.watched)
  const found = new Map<number, { at: number; cases: number }[]>()
  for (const each of subjects) {
    const rows = await readHits(context.measurements, context.organisation, {
      subjects: each,
      eventType,
      where: [...definition.where, ...cases],
      hit: sameStream ? term.where : [],
      fromMilliseconds: asked.fromMilliseconds,
      untilMilliseconds: asked.untilMilliseconds,
      limit: HITS_LIMIT,
    })
    for (let row = 0; row < rows.length; row += 3) {
      const own = found.get(rows[row]!) ?? []
      own.push({ at: rows[row + 1]!, cases: rows[row + 2]! })
      found.set(rows[row]!, own)
    }
  }
  return found
}
