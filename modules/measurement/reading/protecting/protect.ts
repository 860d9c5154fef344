/**
 * Who may be told what of answers of people. Everything that leaves the module with values of an indicator asks here; what others calculate
 * with (rules, scores, proofs) does not, and must ask `actions/protection-cells` before it tells anything.
 */
import { readPeriodSettings } from '#organisation/actions/calendars'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf, periodInstant } from '#platform/periods'
import { dayNumber, dayText } from '#worktime/days'
import { readProtection } from '../../actions/protection.ts'
import type { Indicator } from '../../contract/indicators.ts'
import { answerFields, type FieldsOfTypes, isWindowed, restsOnAnswers } from '../../rules/protecting/people-answers.ts'
import { toldDays } from '../../rules/protecting/told-until.ts'
import { runningOn, type Running, type Span, timeTree } from '../../rules/protecting/time-tree.ts'
import { draftsOfAnswers } from '../../store/records/protection.ts'
import { currentIndicators } from '../../store/records/indicators.ts'
import type { Cut } from '../cut.ts'
import { DERIVED_DEPTH_LIMIT } from '../derived.ts'
import { judgingSpans } from '../point-rows.ts'
import { decideCells, type Split } from './protect-cells.ts'
import type { Judged } from '../sums.ts'

type Versioned = Judged & Partial<Pick<Indicator, 'version'>>

export interface Guard {
  /** What people answered: the indicator, or what a derived one rests on. */
  readonly answers: readonly Judged[]
  /** The periods as far as they are told: one that runs ends with what is over in it. */
  readonly cut: (cut: Cut) => GuardedCut
  /** Decides for periods of one cut, or for any stretches of days. `entities`: those that will be asked about. */
  readonly hidden: (asked: HiddenAsked) => Promise<Hidden>
  /** The stretches of these days that are told of an entity (0 is the whole), in order. */
  readonly stretches: (asked: StretchesAsked) => Promise<Span[]>
}

export interface StretchesAsked {
  readonly entity: number
  readonly days: Span
  readonly split?: Split
  /** Of a split: which group. */
  readonly group?: readonly string[]
}

export interface GuardedCut {
  readonly cut: Cut
  /** Days of each period that are told; null: none. */
  readonly spans: readonly (Span | null)[]
}

export interface HiddenAsked extends GuardedCut {
  readonly entities: readonly number[]
  readonly split?: Split
}

/** Whether a cell must not be told: of an entity (0 is the whole) in a period, by its place; of a group where the question was split. */
export type Hidden = (entity: number, period: number, group?: readonly string[]) => boolean

/** Null where the indicator is facts. `frozen`: judged by the version given alone. */
export async function guardOf(context: Context, indicator: Versioned, frozen = false): Promise<Guard | null> {
  return guardBy(context, answerFields(await draftsOfAnswers(context)), indicator, frozen)
}

/** Of many at once, by id; those of facts have none. */
export async function guardsOf(context: Context, indicators: readonly Indicator[]): Promise<Map<string, Guard>> {
  const answered = answerFields(await draftsOfAnswers(context))
  const guards = new Map<string, Guard>()
  for (const indicator of indicators) {
    const guard = await guardBy(context, answered, indicator, false)
    if (guard) guards.set(indicator.id, guard)
  }
  return guards
}

async function guardBy(
  context: Context,
  answered: FieldsOfTypes,
  indicator: Versioned,
  frozen: boolean,
): Promise<Guard | null> {
  const parts = await partsWithAnswers(context, answered, indicator, frozen)
  if (parts.length === 0) return null
  const { timeZone } = await readProfile(context)
  const { weekStart } = await readPeriodSettings(context)
  const running = runningOn(dayNumber(dayOf(context.now, timeZone)), weekStart)
  const around = { timeZone, weekStart, running }
  return {
    answers: parts.map((part) => part.indicator),
    cut: (cut) => guarded(cut, running),
    hidden: async (asked) => {
      const setting = await readProtection(context)
      const decided: Hidden[] = []
      for (const part of parts) decided.push(await hiddenOf(context, part, asked, { ...around, setting }))
      return (entity, period, group) => decided.some((hidden) => hidden(entity, period, group))
    },
    stretches: (asked) => stretchesOf(context, parts, asked, around),
  }
}

async function stretchesOf(
  context: Context,
  parts: readonly Part[],
  { entity, days, split, group }: StretchesAsked,
  around: Omit<Around, 'setting'>,
): Promise<Span[]> {
  if (parts.some(({ indicator }) => isWindowed(indicator.definition))) return []
  const nodes = timeTree(around.weekStart, around.running.today).inside(...days)
  const spans = nodes.flatMap((node) => node.spans).toSorted((a, b) => a[0] - b[0])
  const setting = await readProtection(context)
  const decided: Hidden[] = []
  for (const { indicator } of parts)
    decided.push(
      await decideCells(context, {
        indicator,
        spans,
        entities: [entity],
        ...around,
        setting,
        ...(split ? { split } : {}),
      }),
    )
  return spans.filter((_span, place) => !decided.some((hidden) => hidden(entity, place, group)))
}

interface Part {
  readonly indicator: Versioned
  readonly frozen: boolean
}

/** The indicator, or of a derived one all it rests on, that is what people answered. */
async function partsWithAnswers(
  context: Context,
  answered: FieldsOfTypes,
  indicator: Versioned,
  frozen: boolean,
): Promise<Part[]> {
  const found: Part[] = []
  let level: readonly Part[] = [{ indicator, frozen }]
  for (let depth = 0; depth <= DERIVED_DEPTH_LIMIT && level.length > 0; depth += 1) {
    found.push(
      ...level.filter(
        (part) => restsOnAnswers(part.indicator, answered) && part.indicator.definition.kind !== 'derived',
      ),
    )
    const ids = level.flatMap(({ indicator: { definition } }) =>
      definition.kind === 'derived' ? definition.parts.map((part) => part.indicator) : [],
    )
    const next = await currentIndicators(context, [...new Set(ids)])
    level = next.map((each) => ({ indicator: each, frozen: false }))
  }
  // A version that is read by itself counts as what the newest one says it is.
  if (found.length === 0 && frozen && indicator.id !== undefined) {
    const [newest] = await currentIndicators(context, [indicator.id])
    if (newest && restsOnAnswers(newest, answered) && indicator.definition.kind !== 'derived')
      return [{ indicator, frozen }]
  }
  return found
}

function guarded(cut: Cut, running: Running): GuardedCut {
  const spans = cut.periods.map((period) => toldDays(cut.grain, daysOf(cut, period), running))
  const periods = cut.periods.map((period, place) => {
    const span = spans[place]
    if (!span) return period
    const until = periodInstant(dayText(span[1]), cut.timeZone).epochMilliseconds
    return until < period.until ? { ...period, until: Math.max(until, period.from + 1) } : period
  })
  return { cut: { ...cut, periods }, spans }
}

function daysOf(cut: Cut, { start, until }: Cut['periods'][number]): Span {
  const end = dayOf(Temporal.Instant.fromEpochMilliseconds(until), cut.timeZone)
  return [dayNumber(start.slice(0, 10)), dayNumber(end)]
}

interface Around {
  readonly timeZone: string
  readonly weekStart: Awaited<ReturnType<typeof readPeriodSettings>>['weekStart']
  readonly running: Running
  readonly setting: Awaited<ReturnType<typeof readProtection>>
}

/** Each version of a definition decides over the periods it judges. */
async function hiddenOf(context: Context, part: Part, asked: HiddenAsked, around: Around): Promise<Hidden> {
  const { cut, spans, entities, split } = asked
  // A moving window, or hours, would tell what came and what went.
  if (isWindowed(part.indicator.definition) || spans.every((span) => span === null)) return () => true
  const versions = await judgingSpans(context, { indicator: part.indicator, frozen: part.frozen, cut })
  const decided: Hidden[] = []
  for (const { indicator, first, end } of versions) {
    const own = spans.map((span, place) => (place >= first && place < end ? span : null))
    const hidden = await decideCells(context, {
      indicator,
      spans: own,
      entities,
      ...around,
      ...(split ? { split } : {}),
    })
    for (let place = first; place < end; place += 1) decided[place] = hidden
  }
  return (entity, period, group) => decided[period]?.(entity, period, group) ?? true
}
