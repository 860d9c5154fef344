/** Calculating scores: load what is needed once, decide period by period, record, point to the run. */
import { recordScores, readScoreOutline, type ScoreOutline } from '#measurement/actions/scores/stored-scores'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods, periodStartOf } from '#platform/periods'
import { countEntities, readToday } from '#organisation/actions/look-up'
import { VERSION } from '#platform/version'
import { type Run, type Scheme, schemeScored, type Track } from '../../contract.ts'
import { insertRun, insertRunPeriod, setStanding, type Standing, standingRows } from '../../store/runs.ts'
import { scoreManyUnits } from './bulk.ts'
import { loadInputs, type PeriodInputs, UNITS_LIMIT } from './inputs.ts'
import { scoreApart } from './score-apart.ts'
import type { ItemColumn, PeriodBasis, Readings } from '../../rules/composing/readings.ts'
import type { ScoredUnits } from '../../rules/score-period.ts'
import { publishedRuns } from '../../store/publishing/publications.ts'

export interface Calculation {
  readonly scheme: Scheme
  readonly grain: Grain
  /** First days of the first and the last period. */
  readonly from: string
  readonly to: string
  readonly kind: Run['kind']
  /** Which standing the run answers for; null: none (replays). */
  readonly track: Track | null
}

export interface Calculated {
  readonly run: string
  readonly periods: readonly string[]
  readonly scores: number
}

/** Scores closer than this are the same but for rounding. */
const SAME_SCORE = 1e-9

interface Under {
  readonly run: string
  readonly seed: number
  readonly version: number
  /** First day of the running period. */
  readonly running: string
  /** What answers now, by first day. */
  readonly standings: ReadonlyMap<string, Standing>
}

interface Done {
  readonly periodStart: string
  readonly revised: boolean
  readonly scores: number
}

export async function calculate(context: Context, asked: Calculation): Promise<Calculated> {
  const { scheme, grain, from, to, kind, track } = asked
  const known = track === null ? [] : await standingRows(context, { scheme: scheme.id, grain, track, to })
  const standings = new Map(known.map((row) => [row.periodStart, row]))
  const under: Under = {
    run: liveRun(asked, standings.get(from)) ?? context.newId(),
    seed: context.random(),
    version: context.now.epochMilliseconds,
    running: periodStartOf(await readToday(context), grain),
    standings,
  }
  const { run } = under
  const units = await countEntities(context, { kind: scheme.entityKind, below: scheme.below })
  const done =
    units > UNITS_LIMIT ? await manyUnits(context, asked, under, units) : await eachUnit(context, asked, under)
  const scores = done.reduce((sum, each) => sum + each.scores, 0)
  await insertRun(context, {
    id: run,
    scheme: scheme.id,
    version: scheme.version,
    kind,
    grain,
    codeVersion: VERSION,
    seed: under.seed,
    fromPeriod: Temporal.PlainDate.from(from),
    toPeriod: Temporal.PlainDate.from(to),
    at: context.now,
    scoreCount: scores,
  })
  if (track !== null)
    for (const { periodStart, revised } of done)
      await setStanding(context, { scheme: scheme.id, grain, periodStart, track, run, revised })
  const periods = done.map((each) => each.periodStart)
  if (track === 'main') {
    const news = { scheme: scheme.id, version: scheme.version, run, grain, complete: kind !== 'live', periods }
    await context.announce(schemeScored, news)
  }
  return { run, periods, scores }
}

async function eachUnit(context: Context, asked: Calculation, under: Under): Promise<Done[]> {
  const { scheme, grain, from, to } = asked
  const { run, seed, version, running, standings } = under
  const inputs = await loadInputs(context, scheme, { grain, from, to })
  const held = await gradesHeld(context, asked, standings)
  const done: Done[] = []
  for (let periodStart = from; periodStart <= to; periodStart = addPeriods(periodStart, grain, 1)) {
    const period = inputs.at(periodStart)
    if (period.units.length === 0) {
      held.forget()
      continue
    }
    const { place, stars } = await held.before(periodStart)
    const starsBefore = Uint8Array.from(period.units, (unit) => stars.get(unit.number) ?? 0)
    const { units, summary } = await scoreApart(scheme, period.readings, starsBefore, seed)
    await recordScores(context, { scheme: scheme.id, grain, periodStart, run, version }, blockOf(period, units))
    const indicators = await inputs.versionsOf(periodStart)
    const basis = { items: period.readings.items.map(traitsOf), before: place }
    await insertRunPeriod(context, { run, periodStart, complete: periodStart < running, summary, indicators, basis })
    const revised = await isRevised(context, asked, standings.get(periodStart), period, units)
    done.push({ periodStart, revised, scores: period.units.length })
    held.keep({ periodStart, run }, new Map(period.units.map((unit, index) => [unit.number, units.stars[index]!])))
  }
  return done
}

const traitsOf = ({ minimumN, better, scatter, scale }: ItemColumn) => ({ minimumN, better, scatter, scale })

interface Grades {
  readonly place: PeriodBasis['before']
  readonly stars: ReadonlyMap<number, number>
}

/**
 * The grades a period holds on to: those published of the period before, where it is published (a correction counts from the next period on),
 * else those just calculated, else those that answer for it. Replays stand beside what counts and hold on to their own.
 */
async function gradesHeld(
  context: Context,
  { scheme, grain, from, to, track }: Calculation,
  standings: ReadonlyMap<string, Standing>,
) {
  const of = { scheme: scheme.id, grain }
  const earlier = addPeriods(from, grain, -1)
  const published = track === null ? new Map() : await publishedRuns(context, { ...of, track, from: earlier, to })
  const first = standings.get(earlier)
  const firstPlace = first ? { periodStart: first.periodStart, run: first.run } : null
  let own: Grades = { place: firstPlace, stars: await starsOfPeriod(context, of, firstPlace) }
  return {
    before: async (periodStart: string): Promise<Grades> => {
      const place = published.get(addPeriods(periodStart, grain, -1))
      if (!place || place.run === own.place?.run) return own
      return { place, stars: await starsOfPeriod(context, of, place) }
    },
    keep: (place: NonNullable<PeriodBasis['before']>, stars: ReadonlyMap<number, number>) =>
      void (own = { place, stars }),
    forget: () => void (own = { place: null, stars: new Map() }),
  }
}

/** Inside the store; a running period is not scored there, its months not being over. */
async function manyUnits(context: Context, asked: Calculation, under: Under, units: number): Promise<Done[]> {
  const { scheme, grain, from, to } = asked
  const { run, version, running, standings } = under
  const done: Done[] = []
  let before = standings.get(addPeriods(from, grain, -1)) as { periodStart: string; run: string } | undefined
  for (let periodStart = from; periodStart <= to && periodStart < running; ) {
    const period = { scheme, grain, periodStart, run, version, units, before: before ?? null }
    const { summary, indicators, reach } = await scoreManyUnits(context, period)
    await insertRunPeriod(context, { run, periodStart, complete: true, summary, indicators, reach })
    const known = standings.get(periodStart)
    const revised = known !== undefined && known.version === scheme.version
    done.push({ periodStart, revised, scores: summary.units })
    before = { periodStart, run }
    periodStart = addPeriods(periodStart, grain, 1)
  }
  return done
}

/** The running period keeps its run while the version stays. */
function liveRun({ kind, scheme }: Calculation, known: Standing | undefined): string | null {
  return kind === 'live' && known && !known.complete && known.version === scheme.version ? known.run : null
}

async function starsOfPeriod(
  context: Context,
  of: { scheme: string; grain: Grain },
  known: PeriodBasis['before'],
): Promise<Map<number, number>> {
  if (!known) return new Map()
  const { entities, stars } = await readScoreOutline(context, { ...of, ...known })
  return new Map(entities.map((entity, place) => [entity, stars[place]!]))
}

/** As scores are kept. */
export function blockOf(
  { units, readings }: { readonly units: readonly { readonly number: number }[]; readonly readings: Readings },
  scored: ScoredUnits,
) {
  return {
    ...scored,
    entities: units.map((unit) => unit.number),
    peerGroups: Array.from(readings.groups, (group) => readings.groupNames[group]!),
    items: scored.items.map((item, place) => {
      const { values, ns, errors } = readings.items[place]!
      return { ...item, values, ns, errors }
    }),
    gateValues: readings.gates,
  }
}

/** Whether the same version has answered for the period with other scores: events came late or were corrected. */
async function isRevised(
  context: Context,
  { scheme, grain }: Calculation,
  known: Standing | undefined,
  { units }: PeriodInputs,
  { composite }: ScoredUnits,
): Promise<boolean> {
  if (!known || known.version !== scheme.version || !known.complete) return false
  const place = { scheme: scheme.id, grain, periodStart: known.periodStart, run: known.run }
  const before = await readScoreOutline(context, place)
  return !sameScores(
    before,
    units.map((unit) => unit.number),
    composite,
  )
}

function sameScores(before: ScoreOutline, entities: readonly number[], composite: Float64Array): boolean {
  if (before.entities.length !== entities.length) return false
  const known = new Map(before.entities.map((entity, place) => [entity, before.composite[place]!]))
  return entities.every((entity, place) => {
    if (!known.has(entity)) return false
    const [then, now] = [known.get(entity) ?? Number.NaN, composite[place]!]
    return Number.isNaN(then) ? Number.isNaN(now) : Math.abs(then - now) <= SAME_SCORE
  })
}
