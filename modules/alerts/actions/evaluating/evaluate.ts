/** Evaluates rules: on schedule, when events come in, when somebody asks. Load once, decide in memory, save what changed. */
import { touchedBy } from '#measurement/actions/reach'
import { indicatorsById } from '#measurement/actions/indicators'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { judgesIndicator } from '../../contract.ts'
import type { UnitBefore } from '../../rules/run.ts'
import { NORMAL } from '../../rules/signals/step.ts'
import { type AlertRow, liveAlerts } from '../../store/alerts.ts'
import {
  currentRules,
  lockProgress,
  type ProgressChange,
  type RuleRow,
  saveProgress,
  setEvaluatedTo,
  type SignalRow,
  signalsOf,
} from '../../store/rules.ts'
import { obligations } from '../raise.ts'
import { type Due, dueOf } from './due.ts'
import { type EventJudged, judgeCombinations, judgeCounted } from './event-rules.ts'
import { type Judged, judgeDue, toLive } from './judge-due.ts'
import { recomputeMuted } from './muting.ts'
import { maintenanceNow } from './resting.ts'
import { saveOutcome } from './save.ts'

/** Rules of one transaction. */
const RULES_AT_ONCE = 150

const active = (rows: readonly RuleRow[]) => rows.filter((row) => row.draft.active)
const overIndicators = (rows: readonly RuleRow[]) => rows.filter((row) => judgesIndicator(row.draft.condition.kind))
const overEvents = (rows: readonly RuleRow[]) => rows.filter((row) => !judgesIndicator(row.draft.condition.kind))

/** All active rules over indicators, for the periods that are over. */
export async function evaluateRules(context: Context): Promise<void> {
  const rows = overIndicators(active(await currentRules(context)))
  for (let start = 0; start < rows.length; start += RULES_AT_ONCE) {
    const part = rows.slice(start, start + RULES_AT_ONCE)
    await context.separately((inside) => evaluateThese(inside, part, false))
  }
}

/** All active rules over events, texts and other rules, for this moment. */
export async function evaluateMoment(context: Context): Promise<void> {
  const rows = overEvents(active(await currentRules(context)))
  if (rows.length > 0) await context.separately((inside) => evaluateEventRules(inside, rows, rows))
}

/** Events of these types came in from this instant on: rules over them judge again from that period. */
export async function reactToEvents(
  context: Context,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<void> {
  const rows = active(await currentRules(context))
  const { timeZone } = await readProfile(context)
  const touched: RuleRow[] = []
  const indicators = await indicatorsById(context, [
    ...new Set(overIndicators(rows).flatMap((row) => row.draft.indicator ?? [])),
  ])
  const fromDay = new Map<string, string | null>()
  for (const row of overIndicators(rows)) {
    const { grain, indicator: id } = row.draft
    const indicator = indicators.get(id!)
    if (!indicator) continue
    if (!fromDay.has(indicator.id)) {
      const span = await touchedBy(context, indicator, news)
      fromDay.set(indicator.id, span && dayOf(Temporal.Instant.from(span.from), timeZone))
    }
    const day = fromDay.get(indicator.id)!
    if (day === null) continue
    const before = addPeriods(periodStartOf(day, grain), grain, -1)
    if (row.evaluatedTo !== null && row.evaluatedTo > before) {
      await setEvaluatedTo(context, row.id, before)
      touched.push({ ...row, evaluatedTo: before })
    } else if (row.draft.alsoRunning) touched.push(row)
  }
  if (touched.length > 0) await evaluateThese(context, touched, true)
  const events = overEvents(rows)
  const counted = events.filter(
    ({ draft: { condition } }) => 'eventType' in condition && news.eventTypes.includes(condition.eventType),
  )
  if (counted.length > 0 || touched.length > 0) await evaluateEventRules(context, counted, events)
}

/** One rule now, whatever its kind. */
export async function evaluateNow(context: Context, row: RuleRow): Promise<void> {
  if (judgesIndicator(row.draft.condition.kind)) await evaluateThese(context, [row], true)
  else await evaluateEventRules(context, [row], active(overEvents(await currentRules(context))))
}

/** `running`: also the period that runs now, for rules that ask for it. */
async function evaluateThese(context: Context, rows: readonly RuleRow[], running: boolean): Promise<void> {
  const ids = rows.map((row) => row.id)
  const progress = await lockProgress(context, ids)
  const { signals, live } = await stateOf(context, ids)
  const { timeZone } = await readProfile(context)
  const restOf = await maintenanceNow(context)
  const dues: Due[] = []
  for (const row of rows) {
    const evaluatedTo = progress.get(row.id) ?? null
    const setBack =
      evaluatedTo !== null && (signals.get(row.id) ?? []).some((each) => each.periodStart.toString() > evaluatedTo)
    const due = dueOf(context, { row, evaluatedTo, setBack, timeZone, running })
    if (due && !(await restOf(row.draft)).all) dues.push(due)
  }
  if (dues.length === 0) return
  const judged = await judgeDue(context, dues, { signals, live, restOf })
  const around = await obligations(context)
  const changes: ProgressChange[] = []
  for (const each of judged) {
    const { due, problem, milliseconds } = each
    const settled = settledOf(each)
    if (problem === null)
      await saveOutcome(
        context,
        { row: due.row, units: each.units, members: each.members, periodStart: settled },
        live.get(due.row.id) ?? [],
        around,
      )
    const evaluatedTo = problem === null ? settled : (progress.get(due.row.id) ?? null)
    changes.push({ ruleId: due.row.id, evaluatedTo, milliseconds, missed: due.missed, problem })
  }
  await saveProgress(context, changes)
  await recomputeMuted(context)
}

/** The last period judged that is over. */
function settledOf({ due: { periods, running, row } }: Judged): string {
  const last = periods.at(-1)!
  return running ? addPeriods(last, row.draft.grain, -1) : last
}

async function stateOf(context: Context, ids: readonly string[]) {
  const signals: ReadonlyMap<string, readonly SignalRow[]> = Map.groupBy(
    await signalsOf(context, ids),
    (row) => row.ruleId,
  )
  const live: ReadonlyMap<string, readonly AlertRow[]> = Map.groupBy(
    await liveAlerts(context, ids),
    (row) => row.ruleId,
  )
  return { signals, live }
}

/** `rows` are evaluated; combinations of `all` that rest on anything are looked at afterwards. */
async function evaluateEventRules(context: Context, rows: readonly RuleRow[], all: readonly RuleRow[]): Promise<void> {
  const combinations = all.filter((row) => row.draft.condition.kind === 'combination')
  const counted = rows.filter((row) => row.draft.condition.kind !== 'combination')
  const parts = combinations.flatMap((row) =>
    row.draft.condition.kind === 'combination' ? row.draft.condition.rules : [],
  )
  const ids = [...new Set([...counted, ...combinations].map((row) => row.id))]
  if (ids.length === 0) return
  await lockProgress(context, ids)
  const { signals, live } = await stateOf(context, [...new Set([...ids, ...parts])])
  const restOf = await maintenanceNow(context)
  const beforeOf = (ruleId: string): Map<number, UnitBefore> => {
    const before = new Map<number, UnitBefore>()
    for (const { entity, state, streak, severity } of signals.get(ruleId) ?? [])
      before.set(entity, { signal: { state, streak, severity }, live: null })
    for (const alert of live.get(ruleId) ?? [])
      before.set(alert.entity, { signal: before.get(alert.entity)?.signal ?? NORMAL, live: toLive(alert) })
    return before
  }
  const judged: EventJudged[] = []
  for (const row of counted)
    if (!(await restOf(row.draft)).all) judged.push(await judgeCounted(context, row, { beforeOf, restOf }))
  const now = firingNow(signals, judged)
  judged.push(...(await judgeCombinations(context, combinations, now, { beforeOf, restOf })))
  const around = await obligations(context)
  const today = dayOf(context.now, (await readProfile(context)).timeZone)
  for (const { row, units } of judged)
    await saveOutcome(context, { row, units, members: new Map(), periodStart: today }, live.get(row.id) ?? [], around)
  await saveProgress(
    context,
    judged.map(({ row, milliseconds }) => ({
      ruleId: row.id,
      evaluatedTo: today,
      milliseconds,
      missed: 0,
      problem: null,
    })),
  )
  await recomputeMuted(context)
}

/** Signals as stored, with what this run moved. */
function firingNow(signals: ReadonlyMap<string, readonly SignalRow[]>, judged: readonly EventJudged[]) {
  const now = new Map<string, { ruleId: string; entity: number; severity: number; firing: boolean }>()
  for (const row of [...signals.values()].flat())
    now.set(`${row.ruleId} ${row.entity}`, {
      ruleId: row.ruleId,
      entity: row.entity,
      severity: row.severity,
      firing: row.state === 'firing',
    })
  for (const { row, units } of judged)
    for (const { entity, signal } of units)
      now.set(`${row.id} ${entity}`, {
        ruleId: row.id,
        entity,
        severity: signal.severity,
        firing: signal.state === 'firing',
      })
  return [...now.values()].filter((each) => each.firing)
}
