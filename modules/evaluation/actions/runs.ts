/** When scores are calculated: at adoption, on schedule, when events come, on demand, and as replays beside what counts. */
import { currentIndicator } from '#measurement/actions/indicators'
import { touchedBy } from '#measurement/actions/reach'
import { countEntities, readProfile, readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { Refusal, refuse } from '#platform/refusal'
import { type Adoption, evaluationRefusals, type Run, type Scheme, type Track } from '../contract.ts'
import { flatItems } from '../rules/schemes/flat-items.ts'
import { overlapOn, versionOn } from '../rules/schemes/versions.ts'
import {
  findRun,
  markStale,
  type RunRow,
  runRows,
  setReach,
  setStanding,
  staleRows,
  type Standing,
  standingRows,
} from '../store/runs.ts'
import { adoptedVersions, findVersion } from '../store/schemes.ts'
import { rescoreChanged } from './calculating/bulk.ts'
import { calculate } from './calculating/calculate.ts'
import { UNITS_LIMIT } from './calculating/inputs.ts'

type Adopted = Scheme & { adoption: Adoption }

/** Periods one run may calculate. */
const PERIODS_LIMIT = 400
/** How far back a first version is calculated at once. */
const PERIODS_AT_ADOPTION = { day: 62, week: 53, month: 24, quarter: 12, 'half-year': 8, year: 5 } as const
/** A live score is calculated at once when the last time was that long ago; else it waits for the next minute. */
const LIVE_PAUSE_SECONDS = 15

interface Stretch {
  readonly scheme: Adopted
  readonly track: Track
  readonly from: string
  readonly to: string
}

/** Runs of periods that one version judges, on both tracks. Periods before the first version have none. */
export function stretchesOf(adopted: readonly Adopted[], grain: Grain, from: string, to: string): Stretch[] {
  const stretches: { scheme: Adopted; track: Track; from: string; to: string }[] = []
  const open: Record<Track, (typeof stretches)[number] | null> = { main: null, overlap: null }
  for (let period = from, count = 0; period <= to && count < PERIODS_LIMIT; count += 1) {
    for (const [track, judge] of [
      ['main', versionOn(adopted, period)],
      ['overlap', overlapOn(adopted, period)],
    ] as const) {
      const known = open[track]
      if (judge === null) open[track] = null
      else if (known?.scheme.version === judge.version) known.to = period
      else {
        open[track] = { scheme: judge, track, from: period, to: period }
        stretches.push(open[track])
      }
    }
    period = addPeriods(period, grain, 1)
  }
  return stretches
}

/** Complete periods become one run for each version; the running one, where the range reaches it, a live run of its own. */
async function calculateRange(context: Context, id: string, grain: Grain, from: string, to: string) {
  const adopted = await adoptedVersions(context, id)
  const running = periodStartOf(await readToday(context), grain)
  const complete = addPeriods(running, grain, -1)
  const done = []
  for (const stretch of stretchesOf(adopted, grain, from, to < complete ? to : complete))
    done.push(await calculate(context, { ...stretch, grain, kind: 'periodic' }))
  if (from <= running && to >= running)
    for (const stretch of stretchesOf(adopted, grain, running, running))
      done.push(await calculate(context, { ...stretch, grain, kind: 'live' }))
  return done
}

/** A version was adopted: every period it judges is calculated, those before the present up to a limit. */
export async function calculateAdopted(context: Context, id: string, version: number): Promise<void> {
  const scheme = (await adoptedVersions(context, id)).find((one) => one.version === version)!
  const day = await readToday(context)
  for (const grain of scheme.grains) {
    const running = periodStartOf(day, grain)
    const { effectiveFrom } = scheme.adoption
    const usual = addPeriods(running, grain, -PERIODS_AT_ADOPTION[grain])
    const first = effectiveFrom === null ? usual : firstJudged(effectiveFrom, grain)
    if (first <= running) await calculateRange(context, id, grain, first < usual ? usual : first, running)
  }
}

/** A version judges the periods that begin on its first day or later. */
function firstJudged(effectiveFrom: string, grain: Grain): string {
  const start = periodStartOf(effectiveFrom, grain)
  return start === effectiveFrom ? start : addPeriods(start, grain, 1)
}

export function demandGrain(scheme: Scheme, asked: Grain | undefined): Grain {
  const grain = asked ?? scheme.grains[0]!
  if (!scheme.grains.includes(grain))
    refuse(evaluationRefusals, 'GRAIN_NOT_SCORED', { grain, grains: [...scheme.grains] })
  return grain
}

export async function runScheme(
  context: Context,
  input: { id: string; grain?: Grain | undefined; from: string; to: string },
): Promise<{ run: string; periods: number; scores: number }> {
  const adopted = await adoptedVersions(context, input.id)
  const newest = adopted.at(-1)
  if (!newest) return refuse(evaluationRefusals, 'SCHEME_NOT_ADOPTED', { id: input.id })
  const grain = demandGrain(newest, input.grain)
  const running = periodStartOf(await readToday(context), grain)
  const from = periodStartOf(input.from, grain)
  const last = periodStartOf(input.to, grain)
  const done = await calculateRange(context, input.id, grain, from, last < running ? last : running)
  const run = done.at(-1)?.run
  if (run === undefined) return refuse(evaluationRefusals, 'SCHEME_NOT_ADOPTED', { id: input.id })
  return {
    run,
    periods: done.reduce((sum, each) => sum + each.periods.length, 0),
    scores: done.reduce((sum, each) => sum + each.scores, 0),
  }
}

/** Any version over any past periods; what counts stays as it is. */
export async function replayScheme(
  context: Context,
  input: { id: string; version: number; grain?: Grain | undefined; from: string; to: string },
): Promise<Run> {
  const scheme = await findVersion(context, input.id, input.version)
  if (!scheme) return refuse(evaluationRefusals, 'SCHEME_VERSION_UNKNOWN', { id: input.id, version: input.version })
  const grain = demandGrain(scheme, input.grain)
  const complete = addPeriods(periodStartOf(await readToday(context), grain), grain, -1)
  const from = periodStartOf(input.from, grain)
  const last = periodStartOf(input.to, grain)
  const most = addPeriods(from, grain, PERIODS_LIMIT - 1)
  const to = [last, complete, most].toSorted()[0]!
  const { run } = await calculate(context, { scheme, grain, from, to, kind: 'replay', track: null })
  return toRun((await findRun(context, run))!)
}

/**
 * Events came in: the complete periods they touch are calculated again; where grades hold on to the ones before, also those after. The
 * running period follows at once, or within a minute while events keep coming.
 */
export async function reactToEvents(
  context: Context,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<void> {
  const { timeZone } = await readProfile(context)
  const day = await readToday(context)
  for (const [id, adopted] of Map.groupBy(await adoptedVersions(context), (scheme) => scheme.id)) {
    const newest = adopted.at(-1)!
    const stretch = await touchedStretch(context, newest, news)
    if (!stretch) continue
    // Very many units wait for their sums to be folded: the schedule takes them up.
    const many = (await countEntities(context, { kind: newest.entityKind, below: newest.below })) > UNITS_LIMIT
    for (const grain of newest.grains) {
      const startOf = (instant: string) => periodStartOf(dayOf(Temporal.Instant.from(instant), timeZone), grain)
      const running = periodStartOf(day, grain)
      const from = startOf(stretch.from)
      const to = newest.grades.hysteresisPoints > 0 ? running : startOf(stretch.to)
      const complete = addPeriods(running, grain, -1)
      if (many) await markStale(context, { scheme: id, grain, from, to })
      else {
        if (from <= complete) await calculateRange(context, id, grain, from, to < complete ? to : complete)
        if (to >= running) await followLive(context, id, grain, running)
      }
    }
  }
}

async function touchedStretch(
  context: Context,
  scheme: Scheme,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<{ from: string; to: string } | null> {
  const named = [
    ...flatItems(scheme).flatMap(({ source }) =>
      source.kind === 'indicator' ? [source.indicator] : source.raters.flatMap(({ indicator }) => indicator ?? []),
    ),
    ...scheme.gates.map((gate) => gate.indicator),
  ]
  let [from, to] = ['', '']
  for (const id of new Set(named)) {
    const stretch = await touchedBy(context, await currentIndicator(context, id), news)
    if (!stretch) continue
    if (from === '' || stretch.from < from) from = stretch.from
    if (to === '' || stretch.to > to) to = stretch.to
  }
  return from === '' ? null : { from, to }
}

async function followLive(context: Context, id: string, grain: Grain, running: string): Promise<void> {
  const [known] = await standingRows(context, { scheme: id, grain, track: 'main', from: running, to: running })
  const due =
    !known || known.calculatedAt.add({ seconds: LIVE_PAUSE_SECONDS }).epochMilliseconds <= context.now.epochMilliseconds
  if (due) await calculateRange(context, id, grain, running, running)
  else await markStale(context, { scheme: id, grain, from: running, to: running })
}

/**
 * Somebody judged a unit: scores of the period, and of those after it where grades hold on to the ones before, wait for the next minute.
 * A period that has no scores yet gets its first at once.
 */
export async function followAssessments(
  context: Context,
  id: string,
  grain: Grain,
  periodStart: string,
): Promise<void> {
  const newest = (await adoptedVersions(context, id)).at(-1)
  if (!newest) return
  const to = newest.grades.hysteresisPoints > 0 ? periodStartOf(await readToday(context), grain) : periodStart
  const known = await standingRows(context, { scheme: id, grain, track: 'main', periods: [periodStart] })
  if (known.length === 0) await calculateRange(context, id, grain, periodStart, to)
  else await markStale(context, { scheme: id, grain, from: periodStart, to })
}

/** Every minute: scores that waited, live ones and those of very many units. */
export async function scoreLive(context: Context): Promise<void> {
  for (const [id, adopted] of Map.groupBy(await adoptedVersions(context), (scheme) => scheme.id))
    for (const grain of adopted.at(-1)!.grains)
      for (const waiting of await staleRows(context, { scheme: id, grain }))
        await context.separately((inside) => catchUp(inside, { id, grain, waiting }))
}

async function catchUp(
  context: Context,
  { id, grain, waiting }: { id: string; grain: Grain; waiting: Standing },
): Promise<void> {
  const { periodStart, run, version, summary, calculatedAt } = waiting
  const scheme = await findVersion(context, id, version)
  if (!scheme) return
  await whenFolded(async () => {
    const [before] = await standingRows(context, {
      scheme: id,
      grain,
      track: waiting.track,
      periods: [addPeriods(periodStart, grain, -1)],
    })
    const part = { scheme, grain, periodStart, run, version: context.now.epochMilliseconds }
    const period = { ...part, before: before ?? null, summary, since: calculatedAt }
    const many = summary.units > UNITS_LIMIT && waiting.complete
    const reach = many ? await rescoreChanged(context, period) : 'too-much'
    if (reach === 'too-much') {
      await calculateRange(context, id, grain, periodStart, periodStart)
      return
    }
    if (reach !== 'nothing') await setReach(context, run, periodStart, reach)
    const revised = reach !== 'nothing'
    await setStanding(context, { scheme: id, grain, periodStart, track: waiting.track, run, revised })
  })
}

/** Every hour: periods that ended since get their final scores, the one that began its first live ones. */
export async function scoreDue(context: Context): Promise<void> {
  const day = await readToday(context)
  for (const [id, adopted] of Map.groupBy(await adoptedVersions(context), (scheme) => scheme.id))
    for (const grain of adopted.at(-1)!.grains) {
      const running = periodStartOf(day, grain)
      const standings = await standingRows(context, { scheme: id, grain, track: 'main' })
      const complete = standings.findLast((each) => each.complete)?.periodStart
      const last = addPeriods(running, grain, -1)
      const live = standings.some((each) => each.periodStart === running)
      if (complete !== undefined && complete >= last && live) continue
      const from = complete === undefined ? last : addPeriods(complete, grain, 1)
      await context.separately((inside) => whenFolded(() => calculateRange(inside, id, grain, from, running)))
    }
}

/** Sums that are not folded yet make no fault: the next time tries again. */
async function whenFolded(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'NOT_FOLDED') throw error
  }
}

const toRun = (row: RunRow): Run => ({
  id: row.id,
  scheme: row.scheme,
  version: row.version,
  kind: row.kind,
  grain: row.grain,
  from: row.fromPeriod.toString(),
  to: row.toPeriod.toString(),
  at: row.at.toString(),
  codeVersion: row.codeVersion,
  scores: row.scoreCount,
})

export async function listRuns(
  context: Context,
  input: { scheme?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await runRows(context, {
    scheme: input.scheme,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.at.toString(), row.id))
  return { rows: shown.map(toRun), nextCursor }
}
