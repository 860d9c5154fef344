/** Tries a rule on the past as it was known then. */
import { currentIndicator } from '#measurement/actions/indicators'
import { knownPanel, type Panel, panelsOf } from '#measurement/actions/watched/panel'
import { targetReader } from '#measurement/actions/watched/targets'
import { lookUpEntityNumbers, readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, lastCompletePeriod, periodStartOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import {
  alertRefusals,
  type BacktestAsked,
  type BacktestResult,
  judgesIndicator,
  type LevelSearch,
  type RuleDraft,
} from '../../contract.ts'
import { judge, lookBack } from '../../rules/judging/judge.ts'
import { cellAt } from '../../rules/judging/panel.ts'
import { runPeriods } from '../../rules/run.ts'
import { seePeriod, type Sight } from '../../rules/see.ts'
import {
  type Alarm,
  type Label,
  type Moment,
  nearIncident,
  scoreAlarms,
  searchLevels,
  signOf,
} from '../../rules/trying.ts'
import { incidentsWithin } from '../../store/incidents.ts'
import { checkRule } from '../rules.ts'
import { colourOf } from '../../rules/levels.ts'

const PERIODS_LIMIT = 1_000
/** Units and periods rules that fit a forecast are tried on: each costs some milliseconds. */
const FORECASTS_LIMIT = 4_000
const EXAMPLES_LIMIT = 100
const DAYS_PER_MONTH = 30.4375

interface Trial {
  readonly rule: RuleDraft
  readonly panel: Panel
  readonly periods: readonly string[]
  readonly showAt: (place: number) => void
  readonly asked: Sight['asked']
  readonly labels: readonly Label[]
  readonly known: BacktestResult['known']
  readonly sampledOf: number | null
  readonly watched: Parameters<typeof scoreAlarms>[2]
}

async function prepare(context: Context, input: BacktestAsked): Promise<Trial> {
  const rule = { ...input.draft, pooling: null }
  if (!judgesIndicator(rule.condition.kind))
    return refuse(alertRefusals, 'RULE_UNFIT', { field: 'condition.kind', because: 'events-are-not-replayed' })
  await checkRule(context, rule)
  const { grain } = rule
  const periods = await periodsTried(context, rule, input)
  const [from, to] = [periods[0]!, periods.at(-1)!]
  const indicator = await currentIndicator(context, rule.indicator!)
  const first = addPeriods(from, grain, -lookBack(rule.condition, grain))
  const range = { ...rule.watch, grain, from: first, to }
  const afterDays = input.knownAfterDays ?? 0
  const then =
    input.knownAfterDays === null ? null : await knownPanel(context, { ...range, indicator, knownAfterDays: afterDays })
  const capacity = rule.condition.kind === 'shortage' ? [await currentIndicator(context, rule.condition.capacity)] : []
  const others =
    then && capacity.length === 0 ? [] : await panelsOf(context, { ...range, indicators: [indicator, ...capacity] })
  const whole = then?.panel ?? others[0]!
  const { panel, sampledOf } = sampled(rule, whole, periods.length, context.random)
  const rows = await incidentsWithin(
    context,
    rule.id,
    from,
    addPeriods(addPeriods(to, grain, 1), 'day', input.mostLeadDays),
  )
  const units = panel.subjects.length
  const days = Temporal.PlainDate.from(from).until(addPeriods(to, grain, 1)).days
  return {
    rule,
    panel,
    periods,
    showAt: then?.showAt ?? (() => undefined),
    asked: {
      direction: indicator.direction,
      target: await targets(context, rule, panel, to),
      capacity: others[1] ?? null,
      events: () => ({ events: [], fresh: 0 }),
      random: context.random,
    },
    labels: rows.map((row) => ({
      entity: row.entity,
      from: row.from.toString(),
      until: row.until.toString(),
      nothing: row.nothing,
    })),
    known: {
      as: then === null ? 'today' : 'then',
      lateSharePercent: then && 100 * then.lateShare,
      importedSharePercent: then && 100 * then.importedShare,
    },
    sampledOf,
    watched: {
      grain,
      afterDays,
      mostLeadDays: input.mostLeadDays,
      unitMonths: Math.max(Number.MIN_VALUE, (units * days) / DAYS_PER_MONTH),
    },
  }
}

/** Periods of the range that are over. */
async function periodsTried(
  context: Context,
  { grain }: RuleDraft,
  input: Pick<BacktestAsked, 'from' | 'to'>,
): Promise<string[]> {
  const { timeZone } = await readProfile(context)
  const last = lastCompletePeriod(context.now, timeZone, grain)
  const from = periodStartOf(input.from, grain)
  const asked = periodStartOf(input.to, grain)
  const to = asked < last ? asked : last
  if (from > to) return refuse(alertRefusals, 'RANGE_EMPTY', { from: input.from, to: input.to })
  const periods: string[] = []
  for (let period = from; period <= to; period = addPeriods(period, grain, 1)) periods.push(period)
  if (periods.length > PERIODS_LIMIT)
    refuse(alertRefusals, 'RANGE_TOO_LONG', { periods: periods.length, limit: PERIODS_LIMIT })
  return periods
}

/** Rules that fit a forecast to every unit and period are tried on units drawn at random. */
function sampled(
  rule: RuleDraft,
  panel: Panel,
  periods: number,
  random: () => number,
): { panel: Panel; sampledOf: number | null } {
  const costly = rule.condition.kind === 'forecast-band' || rule.condition.kind === 'forecast-miss'
  const most = Math.max(1, Math.floor(FORECASTS_LIMIT / periods))
  const units = panel.subjects.length
  if (!costly || units <= most) return { panel, sampledOf: null }
  const order = Array.from({ length: units }, (_unused, unit) => unit)
  for (let place = 0; place < most; place += 1) {
    const other = place + Math.floor(random() * (units - place))
    ;[order[place], order[other]] = [order[other]!, order[place]!]
  }
  const chosen = order.slice(0, most).toSorted((a, b) => a - b)
  const width = panel.periods.starts.length
  const rowsOf = (column: Float64Array) => {
    const kept = new Float64Array(most * width)
    for (const [row, unit] of chosen.entries()) kept.set(column.subarray(unit * width, (unit + 1) * width), row * width)
    return kept
  }
  return {
    sampledOf: units,
    panel: {
      ...panel,
      subjects: chosen.map((unit) => panel.subjects[unit]!),
      value: rowsOf(panel.value),
      numerator: rowsOf(panel.numerator),
      denominator: rowsOf(panel.denominator),
      n: rowsOf(panel.n),
      squares: rowsOf(panel.squares),
      error: rowsOf(panel.error),
    },
  }
}

async function targets(
  context: Context,
  rule: RuleDraft,
  panel: Panel,
  day: string,
): Promise<(unit: number) => number | null> {
  const { condition } = rule
  const wanted =
    condition.kind === 'deviation'
      ? condition.baseline.of === 'target'
      : condition.kind === 'forecast-miss' && condition.target === null
  if (!wanted) return () => null
  const read = await targetReader(context, panel.indicator)
  const places = await lookUpEntityNumbers(context, panel.subjects)
  return (unit) => read(places.get(panel.subjects[unit]!)?.path ?? [], day)
}

/** Replays the whole state machine: what is counted are alerts that would have been raised. */
export async function backtestRule(context: Context, input: BacktestAsked): Promise<BacktestResult> {
  const begun = performance.now()
  return context.separately(async (inside) => {
    const trial = await prepare(inside, input)
    const { panel, periods, watched, labels } = trial
    const placeOf = new Map(panel.periods.starts.map((start, place) => [start, place]))
    // Later periods show earlier ones as they became known meanwhile, from the first place on.
    for (let place = 0; place < placeOf.get(periods[0]!)!; place += 1) trial.showAt(place)
    const sight: Sight = {
      rule: trial.rule,
      panel,
      asked: trial.asked,
      nodes: null,
      paths: [],
      watched: new Set(),
      resting: new Set(),
      members: new Map(),
    }
    const perPeriod: BacktestResult['perPeriod'] = []
    const units = runPeriods(trial.rule.steadiness, new Map(), periods, (period, signalOf) => {
      const place = placeOf.get(period)!
      trial.showAt(place)
      const seen = seePeriod(sight, { place, speaks: true, settled: true }, signalOf)
      perPeriod.push(countColours(period, seen))
      return seen
    })
    const alarms: Alarm[] = units.flatMap(({ entity, episodes }) =>
      episodes.flatMap(({ raised, readings }) => {
        const [first] = readings
        return raised && first
          ? [{ entity, periodStart: first.periodStart, colour: first.colour, value: first.value, level: first.level }]
          : []
      }),
    )
    const byColour = { yellow: 0, orange: 0, red: 0 }
    for (const { colour } of alarms) byColour[colour] += 1
    return {
      from: periods[0]!,
      to: periods.at(-1)!,
      periods: periods.length,
      units: panel.subjects.length,
      sampledOf: trial.sampledOf,
      unitMonths: watched.unitMonths,
      firings: alarms.length,
      firingUnits: new Set(alarms.map(({ entity }) => entity)).size,
      byColour,
      perPeriod,
      ...scoreAlarms(alarms, labels, watched),
      examples: await examplesOf(inside, alarms, trial),
      known: trial.known,
      milliseconds: Math.round(performance.now() - begun),
    }
  })
}

function countColours(periodStart: string, { seen }: ReturnType<typeof seePeriod>) {
  const counts = { periodStart, yellow: 0, orange: 0, red: 0 }
  for (const { seen: what } of seen.values()) if (what.kind === 'bad') counts[colourOf(what.severity)!] += 1
  return counts
}

async function examplesOf(context: Context, alarms: readonly Alarm[], { labels, watched }: Trial) {
  const newest = alarms
    .toSorted((a, b) => (a.periodStart === b.periodStart ? 0 : a.periodStart < b.periodStart ? 1 : -1))
    .slice(0, EXAMPLES_LIMIT)
  const places = await lookUpEntityNumbers(context, [...new Set(newest.map(({ entity }) => entity))])
  return newest.map((alarm) => {
    const place = places.get(alarm.entity)
    const { entity, ...rest } = alarm
    return {
      entity: { key: place?.key ?? String(entity), name: place?.name ?? '' },
      ...rest,
      ...nearIncident(alarm, labels, watched),
    }
  })
}

/** Only rules with a level of their own; the other colours do not matter. */
export async function searchLevel(
  context: Context,
  input: BacktestAsked & { readonly colour: 'yellow' | 'orange' | 'red'; readonly tolerated: number },
): Promise<LevelSearch> {
  return context.separately(async (inside) => {
    const trial = await prepare(inside, input)
    const { panel, periods, rule, watched, labels } = trial
    if (rule.condition.kind === 'chart')
      return { tolerated: input.tolerated, possible: false, points: [], suggested: null, because: 'no-level' }
    const sign = signOf(rule.condition, trial.asked.direction)
    const moments: Moment[] = []
    const placeOf = new Map(panel.periods.starts.map((start, place) => [start, place]))
    for (let place = 0; place < placeOf.get(periods[0]!)!; place += 1) trial.showAt(place)
    for (const periodStart of periods) {
      const place = placeOf.get(periodStart)!
      trial.showAt(place)
      const verdicts = judge({
        ...trial.asked,
        rule: { ...rule, confidence: 0, falseDiscoveryShare: null },
        panel,
        place,
        firing: null,
      })
      for (const [unit, entity] of panel.subjects.entries()) {
        if (verdicts.known[unit] !== 1) continue
        const chance =
          rule.condition.kind !== 'threshold' && rule.confidence > 0 && verdicts.pValue[unit]! > 1 - rule.confidence
        const measured =
          rule.condition.kind === 'threshold' ? panel.value[cellAt(panel, unit, place)]! : verdicts.measured[unit]!
        moments.push({ entity, periodStart, score: chance || Number.isNaN(measured) ? -Infinity : sign * measured })
      }
    }
    return searchLevels(moments, labels, watched, { tolerated: input.tolerated, sign })
  })
}
