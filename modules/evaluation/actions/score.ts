/** Calculating scores: load the series of all items once, decide period by period, record the results, point to the run. */
import { currentIndicator } from '#measurement/actions/indicators'
import { touchedBy } from '#measurement/actions/reach'
import { readResults, recordResults, type ResultRow } from '#measurement/actions/results'
import { seriesOfUnits } from '#measurement/actions/series'
import { type EntityPlace, findEntities, readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, lastCompletePeriod, periodStartOf } from '#platform/periods'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found, refuse } from '#platform/refusal'
import { VERSION } from '#platform/version'
import { evaluationRefusals, type Scheme, type SchemeDraft, schemeScored, type Score } from '../contract.ts'
import { changeOf, faultOfScheme, type ItemReading, rankUnits, scoreUnit, type Standing } from '../rules.ts'
import { currentSchemes, insertRun, insertScheme, runRows, setStanding, standingsOf } from '../store/schemes.ts'

/** Units one scheme may rank; more want a lower node. */
export const UNITS_LIMIT = 20_000
/** Periods one run may calculate. */
const PERIODS_LIMIT = 400

/** Everything about a period's standing that is stored beside the composite. */
type Detail = Omit<Standing, 'composite'>

interface PeriodResult {
  readonly periodStart: string
  readonly mean: number | null
  readonly overDispersion: number
  readonly rows: readonly { readonly entity: EntityPlace; readonly standing: Standing }[]
}

async function calculate(context: Context, draft: SchemeDraft, from: string, to: string): Promise<PeriodResult[]> {
  const end = addPeriods(to, draft.grain, 1)
  const units = await findEntities(context, { below: draft.below, kind: draft.entityKind, limit: UNITS_LIMIT })
  const items: Map<number, ReadonlyMap<string, ItemReading>>[] = []
  for (const item of draft.items) {
    const indicator = await currentIndicator(context, item.indicator)
    const series = await seriesOfUnits(context, {
      indicator,
      kind: draft.entityKind,
      below: draft.below,
      grain: draft.grain,
      from,
      to: end,
    })
    items.push(new Map(series.map((unit) => [unit.entity.number, unit.points])))
  }
  const periods: PeriodResult[] = []
  for (let periodStart = from; periodStart <= to; periodStart = addPeriods(periodStart, draft.grain, 1)) {
    const scores = units.map((unit) =>
      scoreUnit(
        draft,
        items.map((item) => item.get(unit.number)?.get(periodStart)),
      ),
    )
    const { mean, overDispersion, standings } = rankUnits(scores)
    const measured = units
      .map((entity, index) => ({ entity, standing: standings[index]! }))
      .filter(({ standing }) => standing.parts.some((part) => part.value !== null))
    periods.push({ periodStart, mean, overDispersion, rows: measured })
  }
  return periods
}

/** Calculates a range of periods and lets this run answer for them. */
async function runRange(context: Context, scheme: Scheme, from: string, to: string) {
  const run = context.newId()
  const periods = await calculate(context, scheme, from, to)
  const rows = periods.flatMap(({ periodStart, rows: standings }) =>
    standings.map(({ entity, standing: { composite, ...detail } }) => ({
      entity: entity.number,
      periodStart,
      value: composite,
      detail: detail satisfies Detail,
    })),
  )
  await recordResults(context, { kind: 'score', subject: scheme.id, run, grain: scheme.grain, rows })
  await insertRun(context, {
    id: run,
    scheme: scheme.id,
    version: scheme.version,
    codeVersion: VERSION,
    fromPeriod: Temporal.PlainDate.from(from),
    toPeriod: Temporal.PlainDate.from(to),
    at: context.now,
    scoreCount: rows.length,
  })
  const scored = periods.filter((period) => period.rows.length > 0)
  const revised = await revisedPeriods(context, scheme, rows)
  for (const { periodStart, mean, overDispersion } of scored) {
    const summary = { mean, overDispersion }
    await setStanding(context, { scheme: scheme.id, periodStart, run, summary, revised: revised.has(periodStart) })
  }
  await context.announce(schemeScored, {
    scheme: scheme.id,
    version: scheme.version,
    run,
    periods: scored.map((period) => period.periodStart),
  })
  return { run, periods: scored.length, scores: rows.length }
}

/** Scores closer than this are the same but for rounding. */
const SAME_SCORE = 1e-9

/** Periods the same version of the scheme has answered for with other scores: events came late or were corrected. */
async function revisedPeriods(
  context: Context,
  scheme: Scheme,
  rows: readonly { entity: number; periodStart: string; value: number | null }[],
): Promise<ReadonlySet<string>> {
  const periods = new Set(rows.map((row) => row.periodStart))
  const before = (await standingsOf(context, scheme.id)).filter(
    (each) => periods.has(each.periodStart) && each.version === scheme.version,
  )
  const earlier = new Map<string, number | null>()
  const keyOf = (periodStart: string, entity: number) => `${periodStart} ${entity}`
  const runs = new Map(before.map((each) => [each.periodStart, each.run]))
  for (const run of new Set(runs.values())) {
    for (const row of await readResults(context, { kind: 'score', subject: scheme.id, run }))
      if (runs.get(row.periodStart) === run) earlier.set(keyOf(row.periodStart, row.entity.number), row.value)
  }
  const revised = new Set<string>()
  for (const { periodStart, entity, value } of rows) {
    if (!runs.has(periodStart)) continue
    const key = keyOf(periodStart, entity)
    const known = earlier.get(key)
    const same =
      known === undefined || known === null || value === null ? known === value : Math.abs(known - value) <= SAME_SCORE
    if (!same) revised.add(periodStart)
    earlier.delete(key)
  }
  // Units that had a score and have none now.
  for (const key of earlier.keys()) revised.add(key.slice(0, key.indexOf(' ')))
  return revised
}

function demandSound(draft: SchemeDraft): void {
  const fault = faultOfScheme(draft)
  if (fault?.kind === 'weights') refuse(evaluationRefusals, 'WEIGHTS_SUM', { sum: fault.sum })
  if (fault?.kind === 'points') refuse(evaluationRefusals, 'POINTS_ORDER', { indicator: fault.indicator })
}

async function requireScheme(context: Context, id: string): Promise<Scheme> {
  const [scheme] = await currentSchemes(context, id)
  return scheme ?? refuse(evaluationRefusals, 'SCHEME_UNKNOWN', { id })
}

export const listSchemes = (context: Context) => currentSchemes(context)
export const readScheme = (context: Context, input: { id: string }) => requireScheme(context, input.id)

/** How far back a new version is calculated at once. */
const PERIODS_AT_SAVE = { day: 62, week: 53, month: 24, quarter: 12, 'half-year': 8, year: 5 } as const

export async function saveScheme(context: Context, draft: SchemeDraft): Promise<Scheme> {
  demandSound(draft)
  if (draft.below !== null) await requireEntity(context, draft.below)
  for (const item of draft.items) await currentIndicator(context, item.indicator)
  const [before] = await currentSchemes(context, draft.id)
  await insertScheme(context, draft, (before?.version ?? 0) + 1)
  const scheme = await requireScheme(context, draft.id)
  const { timeZone } = await readProfile(context)
  const last = lastCompletePeriod(context.now, timeZone, scheme.grain)
  await runRange(context, scheme, addPeriods(last, scheme.grain, 1 - PERIODS_AT_SAVE[scheme.grain]), last)
  return scheme
}

export async function previewScheme(
  context: Context,
  input: { draft: SchemeDraft; periodStart: string },
): Promise<Score[]> {
  demandSound(input.draft)
  const periodStart = periodStartOf(input.periodStart, input.draft.grain)
  const [period] = await calculate(context, input.draft, periodStart, periodStart)
  return period!.rows
    .map(({ entity, standing }) => ({
      ...standing,
      entity: { key: entity.key, name: entity.name },
      periodStart,
      change: null,
      changeSignificant: null,
    }))
    .toSorted(byRank)
}

export async function runScheme(context: Context, input: { id: string; from: string; to: string }) {
  const scheme = await requireScheme(context, input.id)
  const from = periodStartOf(input.from, scheme.grain)
  const last = periodStartOf(input.to, scheme.grain)
  const most = addPeriods(from, scheme.grain, PERIODS_LIMIT - 1)
  return runRange(context, scheme, from, last < most ? last : most)
}

/** Events came in: every scheme that rests on them is calculated again for the complete periods they touch. */
export async function reactToEvents(
  context: Context,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<void> {
  const { timeZone } = await readProfile(context)
  for (const scheme of await currentSchemes(context)) {
    const stretches = []
    for (const item of scheme.items) {
      const stretch = await touchedBy(context, await currentIndicator(context, item.indicator), news)
      if (stretch) stretches.push(stretch)
    }
    if (stretches.length === 0) continue
    const startOf = (instant: string) => periodStartOf(dayOf(Temporal.Instant.from(instant), timeZone), scheme.grain)
    const from = stretches.map((stretch) => startOf(stretch.from)).toSorted()[0]!
    const touched = stretches
      .map((stretch) => startOf(stretch.to))
      .toSorted()
      .at(-1)!
    const last = lastCompletePeriod(context.now, timeZone, scheme.grain)
    const to = touched < last ? touched : last
    if (from <= to) await runScheme(context, { id: scheme.id, from, to })
  }
}

/** Every hour: periods that ended since get their scores. */
export async function scoreDue(context: Context): Promise<void> {
  const { timeZone } = await readProfile(context)
  for (const scheme of await currentSchemes(context)) {
    const last = lastCompletePeriod(context.now, timeZone, scheme.grain)
    const newest = (await standingsOf(context, scheme.id)).at(-1)?.periodStart
    if (newest === undefined || newest < last) {
      await context.separately((inside) =>
        runScheme(inside, { id: scheme.id, from: newest ? addPeriods(newest, scheme.grain, 1) : last, to: last }),
      )
    }
  }
}

const byRank = (a: Score, b: Score) =>
  (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.entity.key < b.entity.key ? -1 : 1)

const toScore = (row: ResultRow, before: ResultRow | undefined): Score => {
  const detail = row.detail as Detail
  const earlier = before && { composite: before.value, standardError: (before.detail as Detail).standardError }
  const standing = { ...detail, composite: row.value }
  return {
    ...standing,
    ...changeOf(standing, earlier),
    entity: { key: row.entity.key, name: row.entity.name },
    periodStart: row.periodStart,
  }
}

export async function readRanking(context: Context, input: { id: string; periodStart?: string | undefined }) {
  const scheme = await requireScheme(context, input.id)
  const standings = await standingsOf(context, scheme.id)
  const periods = standings.map((each) => each.periodStart)
  const asked =
    input.periodStart === undefined
      ? standings.at(-1)
      : standings.find((each) => each.periodStart === periodStartOf(input.periodStart!, scheme.grain))
  if (!asked) {
    if (input.periodStart !== undefined) found(null, 'period', input.periodStart)
    return { scheme, periodStart: null, periods, revisedAt: null, mean: null, overDispersion: 1, rows: [] }
  }
  const rows = await readResults(context, {
    kind: 'score',
    subject: scheme.id,
    run: asked.run,
    periodStart: asked.periodStart,
  })
  const earlier = standings.find((each) => each.periodStart === addPeriods(asked.periodStart, scheme.grain, -1))
  const before = earlier
    ? await readResults(context, {
        kind: 'score',
        subject: scheme.id,
        run: earlier.run,
        periodStart: earlier.periodStart,
      })
    : []
  const beforeByEntity = new Map(before.map((row) => [row.entity.number, row]))
  const scores = rows.map((row) => toScore(row, beforeByEntity.get(row.entity.number))).toSorted(byRank)
  const revisedAt = asked.revisedAt?.toString() ?? null
  return { scheme, periodStart: asked.periodStart, periods, revisedAt, ...asked.summary, rows: scores }
}

export async function readScores(context: Context, input: { id: string; entity: string }) {
  const scheme = await requireScheme(context, input.id)
  const entity = await requireEntity(context, input.entity)
  const runs = new Map((await standingsOf(context, scheme.id)).map((each) => [each.periodStart, each.run]))
  const all = await readResults(context, { kind: 'score', subject: scheme.id, entity: entity.number })
  const rows = all
    .filter((row) => runs.get(row.periodStart) === row.run)
    .toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1))
  return { scheme, rows: rows.map((row, index) => toScore(row, rows[index - 1])) }
}

export async function listRuns(context: Context, input: { cursor?: string | undefined; limit: number }) {
  const rows = await runRows(context, { before: readTimePlace(input.cursor), limit: input.limit + 1 })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.at.toString(), row.id))
  return {
    rows: shown.map((row) => ({
      id: row.id,
      scheme: row.scheme,
      version: row.version,
      from: row.fromPeriod.toString(),
      to: row.toPeriod.toString(),
      at: row.at.toString(),
      scores: row.scoreCount,
    })),
    nextCursor,
  }
}
