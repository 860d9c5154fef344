/** Rules over events, texts and other rules, evaluated for this moment. */
import { lastEvents, repeatedEvents } from '#measurement/actions/watched/watching'
import { lookUpEntityNumbers, readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { ConditionOf, RuleDraft } from '../../contract.ts'
import { colours, levelsOf } from '../../rules/levels.ts'
import { combinationOrder, concerned, type Counted, seeCombination, seeCounted } from '../../rules/events.ts'
import { runPeriods, type SeenPeriod, type UnitAfter, type UnitBefore } from '../../rules/run.ts'
import { mentionsSince } from '../../store/mentions.ts'
import type { RuleRow } from '../../store/rules.ts'
import type { Rest } from './resting.ts'

const HOUR_MILLISECONDS = 3_600_000
/** Reasons kept with a reading: the first few tell enough. */
const BECAUSE_LIMIT = 5

export interface EventJudged {
  readonly row: RuleRow
  readonly units: readonly UnitAfter[]
  readonly milliseconds: number
}

export interface EventKnown {
  readonly beforeOf: (ruleId: string) => Map<number, UnitBefore>
  readonly restOf: (rule: RuleDraft) => Promise<Rest>
}

/** One rule that counts, waits or reads. */
export async function judgeCounted(context: Context, row: RuleRow, known: EventKnown): Promise<EventJudged> {
  const begun = performance.now()
  const rule = row.draft
  const before = known.beforeOf(row.id)
  const counted = await countedBy(context, rule)
  const today = await readToday(context)
  const { units: resting } = await known.restOf(rule)
  const watched = new Set(before.keys())
  const units = runPeriods(rule.steadiness, before, [today], (_day, signalOf) =>
    seeCounted(rule, counted, { today, watched, resting, firing: (entity) => signalOf(entity).state === 'firing' }),
  )
  return { row, units, milliseconds: performance.now() - begun }
}

async function countedBy(context: Context, rule: RuleDraft): Promise<Counted[]> {
  const { condition } = rule
  switch (condition.kind) {
    case 'repeated':
      return repeatedUnits(context, rule, condition)
    case 'silence':
      return silentUnits(context, rule, condition)
    case 'keyword':
      return mentionedUnits(context, rule, condition)
    default:
      return []
  }
}

const leastLevel = (rule: RuleDraft): number => {
  const levels = levelsOf(rule.condition)!
  return Math.min(...colours.flatMap((colour) => levels[colour] ?? []))
}

/** The largest group of each unit decides; the others are named beside it. */
async function repeatedUnits(
  context: Context,
  rule: RuleDraft,
  condition: ConditionOf<'repeated'>,
): Promise<Counted[]> {
  const { eventType, where, same, distinct, windowHours } = condition
  const eased = leastLevel(rule) * (1 - rule.steadiness.easePercent / 100)
  const rows = await repeatedEvents(context, {
    watched: rule.watch,
    eventType,
    where,
    same,
    distinct,
    windowHours,
    least: eased,
  })
  return [...Map.groupBy(rows, (row) => row.subject)].map(([entity, own]) => ({
    entity,
    measured: own[0]!.count,
    because: own.slice(0, BECAUSE_LIMIT).map((row) => row.same.join(' · ')),
  }))
}

async function silentUnits(
  context: Context,
  rule: RuleDraft,
  { eventType }: ConditionOf<'silence'>,
): Promise<Counted[]> {
  const rows = await lastEvents(context, { watched: rule.watch, eventType })
  const least = leastLevel(rule) * (1 - rule.steadiness.easePercent / 100)
  return rows.flatMap(({ subject, at }) => {
    const hours = (context.now.epochMilliseconds - at) / HOUR_MILLISECONDS
    const last = Temporal.Instant.fromEpochMilliseconds(at).toString()
    return hours >= least ? [{ entity: subject, measured: Math.floor(hours), because: [last] }] : []
  })
}

async function mentionedUnits(
  context: Context,
  rule: RuleDraft,
  condition: ConditionOf<'keyword'>,
): Promise<Counted[]> {
  const since = context.now.subtract({ seconds: Math.round(condition.windowHours * 3600) })
  const rows = await mentionsSince(context, rule.id, since)
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  const nodes = await lookUpEntityNumbers(context, [...new Set([...places.values()].flatMap((place) => place.path))])
  const byUnit = new Map<number, string[]>()
  for (const row of rows) {
    const path = (places.get(row.entity)?.path ?? []).flatMap((number) => nodes.get(number) ?? [])
    for (const unit of concerned(rule.watch, { path })) byUnit.set(unit, [...(byUnit.get(unit) ?? []), row.excerpt])
  }
  return [...byUnit].map(([entity, excerpts]) => ({
    entity,
    measured: excerpts.length,
    because: excerpts.slice(-BECAUSE_LIMIT),
  }))
}

/** Combinations last, each after those it rests on. `firing`: signals as they stand now, this run's included. */
export async function judgeCombinations(
  context: Context,
  rows: readonly RuleRow[],
  firing: readonly { ruleId: string; entity: number; severity: number }[],
  known: EventKnown,
): Promise<EventJudged[]> {
  const combinations = rows.flatMap((row) =>
    row.draft.condition.kind === 'combination' ? [{ row, condition: row.draft.condition }] : [],
  )
  const { order } = combinationOrder(combinations.map(({ row, condition }) => ({ id: row.id, rests: condition.rules })))
  const today = await readToday(context)
  const signals = [...firing]
  const judged: EventJudged[] = []
  for (const id of order) {
    const { row, condition } = combinations.find((each) => each.row.id === id)!
    const begun = performance.now()
    const before = known.beforeOf(id)
    const { units: resting } = await known.restOf(row.draft)
    const see = (): SeenPeriod =>
      seeCombination(condition, signals, { today, watched: new Set(before.keys()), resting })
    const units = runPeriods(row.draft.steadiness, before, [today], see)
    const own = new Map([...before].map(([entity, { signal }]) => [entity, signal]))
    for (const { entity, signal } of units) own.set(entity, signal)
    for (const [entity, { state, severity }] of own)
      if (state === 'firing') signals.push({ ruleId: id, entity, severity })
    judged.push({ row, units, milliseconds: performance.now() - begun })
  }
  return judged
}
