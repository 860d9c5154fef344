/** Judges the periods that are due: panels are loaded once for all rules that look at the same units and periods. */
import { indicatorsById } from '#measurement/actions/indicators'
import { type Panel, panelsOf } from '#measurement/actions/watched/panel'
import { targetReader } from '#measurement/actions/watched/targets'
import { findEntities, lookUpEntityNumbers, requireEntity } from '#organisation/actions/look-up'
import { measurementRefusals, type Indicator } from '#measurement/contract'
import type { Context } from '#platform/context'
import { Refusal, refuse } from '#platform/refusal'
import type { Colour, RuleDraft } from '../../contract.ts'
import { nodePanelOf } from '../../rules/judging/node-panel.ts'
import type { LiveAlert } from '../../rules/outcome.ts'
import { runPeriods, type UnitAfter, type UnitBefore } from '../../rules/run.ts'
import { seePeriod, type Sight } from '../../rules/see.ts'
import { NORMAL, type Signal } from '../../rules/signals/step.ts'
import { severityOf } from '../../rules/levels.ts'
import type { AlertRow } from '../../store/alerts.ts'
import type { SignalRow } from '../../store/rules.ts'
import type { Due } from './due.ts'
import { eventsReader } from './rare-events.ts'
import type { Rest } from './resting.ts'

/** Indicators whose panels are in memory at once. */
const INDICATORS_AT_ONCE = 60
/** Units one rule may pool upwards: their places in the tree are loaded. */
export const POOLED_UNITS_LIMIT = 200_000

export interface Judged {
  readonly due: Due
  readonly units: readonly UnitAfter[]
  /** Units that became one alert at a node. */
  readonly members: ReadonlyMap<number, readonly { entity: number; colour: Colour | null }[]>
  readonly milliseconds: number
  /** It could not be judged: progress stays where it was. */
  readonly problem: { readonly code: string; readonly message: string } | null
}

export interface Known {
  readonly signals: ReadonlyMap<string, readonly SignalRow[]>
  readonly live: ReadonlyMap<string, readonly AlertRow[]>
  /** What maintenance keeps out now. */
  readonly restOf: (rule: RuleDraft) => Promise<Rest>
}

/** Only rules over indicators. */
export async function judgeDue(context: Context, dues: readonly Due[], known: Known): Promise<Judged[]> {
  const indicators = await indicatorsById(context, [...new Set(dues.flatMap(({ row }) => indicatorsOf(row.draft)))])
  const judged: Judged[] = []
  for (const group of Map.groupBy(dues, groupOf).values())
    for (let start = 0; start < group.length; start += INDICATORS_AT_ONCE)
      judged.push(...(await judgeGroup(context, group.slice(start, start + INDICATORS_AT_ONCE), indicators, known)))
  return judged
}

export const indicatorsOf = ({ indicator, condition }: RuleDraft): string[] => [
  ...(indicator === null ? [] : [indicator]),
  ...(condition.kind === 'shortage' ? [condition.capacity] : []),
]

/** Same rows, same columns. */
const groupOf = ({ row: { draft }, from, periods }: Due) =>
  JSON.stringify([draft.grain, draft.watch, from, periods[0], periods.at(-1)])

async function judgeGroup(
  context: Context,
  dues: readonly Due[],
  indicators: ReadonlyMap<string, Indicator>,
  known: Known,
): Promise<Judged[]> {
  const usable = dues.filter(({ row }) => problemOf(row.draft, indicators) === null)
  const wanted = [...new Set(usable.flatMap(({ row }) => indicatorsOf(row.draft)))].map((id) => indicators.get(id)!)
  const { draft } = dues[0]!.row
  const begun = performance.now()
  const loaded = await attempt(() =>
    panelsOf(context, {
      ...draft.watch,
      indicators: wanted,
      grain: draft.grain,
      from: dues[0]!.from,
      to: dues[0]!.periods.at(-1)!,
    }),
  )
  const loading = (performance.now() - begun) / Math.max(1, dues.length)
  const judged: Judged[] = []
  for (const due of dues) {
    const failed = problemOf(due.row.draft, indicators) ?? ('problem' in loaded ? loaded.problem : null)
    const start = performance.now()
    const done =
      failed !== null || 'problem' in loaded
        ? { problem: failed! }
        : await attempt(() =>
            judgeOne(context, due, new Map(loaded.value.map((panel) => [panel.indicator.id, panel])), known),
          )
    const milliseconds = loading + performance.now() - start
    judged.push(
      'problem' in done
        ? { due, units: [], members: new Map(), milliseconds, problem: done.problem }
        : { due, ...done.value, milliseconds, problem: null },
    )
  }
  return judged
}

type Attempt<T> = { readonly value: T } | { readonly problem: { readonly code: string; readonly message: string } }

/** A refusal is the rule's own trouble and is shown with it; a fault is ours. */
async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof Refusal) return { problem: { code: error.code, message: error.message } }
    throw error
  }
}

function problemOf(
  draft: RuleDraft,
  indicators: ReadonlyMap<string, Indicator>,
): { code: string; message: string } | null {
  for (const id of indicatorsOf(draft)) {
    const indicator = indicators.get(id)
    if (!indicator) return { code: 'INDICATOR_UNKNOWN', message: measurementRefusals.INDICATOR_UNKNOWN.message }
    if (indicator.retired) return { code: 'INDICATOR_RETIRED', message: measurementRefusals.INDICATOR_RETIRED.message }
  }
  return null
}

async function judgeOne(
  context: Context,
  due: Due,
  panels: ReadonlyMap<string, Panel>,
  known: Known,
): Promise<{ units: UnitAfter[]; members: Sight['members'] }> {
  const rule = due.row.draft
  const panel = panels.get(rule.indicator!)!
  const below = rule.watch.below === null ? null : (await requireEntity(context, rule.watch.below)).number
  const paths = rule.pooling === null ? [] : await pathsOf(context, rule, panel)
  const before = beforeOf(due, known)
  const sight: Sight = {
    rule,
    panel,
    asked: {
      direction: panel.indicator.direction,
      target: await targetsFor(context, rule, panel, due),
      capacity: rule.condition.kind === 'shortage' ? panels.get(rule.condition.capacity)! : null,
      events: await eventsReader(context, rule, panel, due),
      random: context.random,
    },
    nodes: rule.pooling === null ? null : nodePanelOf(panel, paths, below),
    paths,
    watched: new Set(before.keys()),
    resting: (await known.restOf(rule)).units,
    members: new Map(),
  }
  const placeOf = new Map(panel.periods.starts.map((start, place) => [start, place]))
  const units = runPeriods(
    rule.steadiness,
    before,
    due.periods.map((period, index) => ({
      place: placeOf.get(period)!,
      speaks: index >= due.silent,
      settled: !(due.running && index === due.periods.length - 1),
    })),
    (period, signalOf) => seePeriod(sight, period, signalOf),
  )
  return { units, members: sight.members }
}

/** Signals as they stand, or, set back by late data, as the alert's own readings before the first period tell. */
function beforeOf({ row, periods, silent }: Due, { signals, live }: Known): Map<number, UnitBefore> {
  const before = new Map<number, UnitBefore>()
  const setBack = silent > 0
  if (!setBack)
    for (const { entity, state, streak, severity } of signals.get(row.id) ?? [])
      before.set(entity, { signal: { state, streak, severity }, live: null })
  for (const alert of live.get(row.id) ?? []) {
    const signal = setBack ? signalBefore(alert, periods[0]!) : (before.get(alert.entity)?.signal ?? NORMAL)
    before.set(alert.entity, { signal, live: toLive(alert) })
  }
  return before
}

function signalBefore({ readings }: AlertRow, first: string): Signal {
  const last = readings.findLast(({ periodStart }) => periodStart < first)
  return last ? { state: 'firing', streak: 0, severity: severityOf(last.colour) } : NORMAL
}

export const toLive = ({ colour, state, signal, readings, revised, owed }: AlertRow): LiveAlert => ({
  colour,
  state,
  signal,
  readings,
  revised,
  owed,
})

async function pathsOf(context: Context, rule: RuleDraft, panel: Panel): Promise<readonly (readonly number[])[]> {
  if (panel.subjects.length > POOLED_UNITS_LIMIT)
    refuse(measurementRefusals, 'TOO_MANY_NODES', { nodes: panel.subjects.length, limit: POOLED_UNITS_LIMIT })
  const { entityKind: kind, below } = rule.watch
  const found = await findEntities(context, { kind, below, limit: POOLED_UNITS_LIMIT })
  const byNumber = new Map(found.map((entity) => [entity.number, entity.path]))
  return panel.subjects.map((number) => byNumber.get(number) ?? [number])
}

async function targetsFor(
  context: Context,
  rule: RuleDraft,
  panel: Panel,
  due: Due,
): Promise<(unit: number) => number | null> {
  const { condition } = rule
  const wanted =
    (condition.kind === 'deviation' && condition.baseline.of === 'target') ||
    (condition.kind === 'forecast-miss' && condition.target === null)
  if (!wanted) return () => null
  const read = await targetReader(context, panel.indicator)
  const places = await lookUpEntityNumbers(context, panel.subjects)
  const day = due.periods.at(-1)!
  const targets = panel.subjects.map((number) => read(places.get(number)?.path ?? [], day))
  return (unit) => targets[unit] ?? null
}
