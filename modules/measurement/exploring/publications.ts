/** Publishing a period, and seeing that published values stay true: what changes them becomes a revision. */
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { currentIndicator } from '../actions/indicators.ts'
import { readResults, recordResults } from '../actions/results.ts'
import { cutFor, pointsOfCut, unitsOfCut } from '../actions/series.ts'
import {
  type Publication,
  type PublicationGrain,
  type publishedChange,
  type publishedValue,
  valuesRevised,
} from '../contract/exploring/publications.ts'
import type { Indicator } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { type Cut, partOf } from '../reading/cut.ts'
import { guardOf } from '../reading/protecting/protect.ts'
import { changesOf, reasonOf, type ValueChange } from '../rules/exploring/publications.ts'
import { versionOn } from '../rules/versions.ts'
import {
  changesOfRevision,
  findPublication,
  insertPublication,
  newestRevision,
  type Period,
  type PublicationRow,
  publicationRows,
} from '../store/exploring/publications.ts'
import { allVersions, lockIndicator } from '../store/records/indicators.ts'
import type { z } from 'zod'

const RESULT_KIND = 'published'
/** The whole organisation among the units. */
const WHOLE = 0

interface Which {
  readonly id: string
  readonly grain: PublicationGrain
  readonly periodStart: string
  readonly kind?: string | undefined
}

const periodOf = ({ id, grain, periodStart, kind = '' }: Which): Period => ({
  indicator: id,
  grain,
  periodStart,
  kind,
})
const subjectOf = ({ indicator, kind }: Pick<Period, 'indicator' | 'kind'>) => `${indicator} ${kind}`

const toPublication = (row: PublicationRow): Publication => ({
  id: row.id,
  indicator: row.indicator,
  version: row.version,
  grain: row.grain,
  periodStart: row.periodStart,
  kind: row.kind === '' ? null : row.kind,
  revision: row.revision,
  reason: row.reason,
  units: row.units,
  changed: row.changed,
  recordedAt: row.recordedAt.toString(),
  recordedBy: row.recordedBy,
})

/** Refuses with PERIOD_RUNNING. Published before, it is compared: a revision where values differ, else the one that stands. */
export async function publishPeriod(context: Context, input: Which): Promise<Publication> {
  const indicator = await currentIndicator(context, input.id)
  const cut = partOf(await cutFor(context, input.grain, input.periodStart, input.periodStart), 0, 1)
  const [{ start, until }] = cut.periods as [Cut['periods'][number]]
  if (until > context.now.epochMilliseconds) refuse(measurementRefusals, 'PERIOD_RUNNING', { periodStart: start })
  const period = { ...periodOf(input), periodStart: start }
  return toPublication(await recordRevision(context, { indicator, period, cut, cause: 'events' }))
}

/** Records the values as they are now where they differ from the newest revision (or there is none); gives the one that stands. */
export async function recordRevision(
  context: Context,
  asked: { indicator: Indicator; period: Period; cut: Cut; cause: 'events' | 'definition' },
): Promise<PublicationRow> {
  const { indicator, period, cut } = asked
  await lockIndicator(context, indicator.id)
  const before = await newestRevision(context, period)
  const units = await unitsNow(context, indicator, period.kind, cut)
  const published = before === null ? [] : await valuesOf(context, before)
  const changes = before === null ? [] : changesOf(published, units)
  if (before !== null && changes.length === 0) return before
  const versions = await allVersions(context, indicator.id)
  const version = (versionOn(versions, period.periodStart) ?? indicator).version
  const cause = before !== null && before.version !== version ? 'definition' : asked.cause
  const reason = before === null ? 'first' : reasonOf(cause, changes)
  const id = context.newId()
  await recordResults(context, {
    kind: RESULT_KIND,
    subject: subjectOf(period),
    run: id,
    grain: period.grain,
    rows: units.map(({ entity, value, n, point, isProtected }) => ({
      entity,
      periodStart: period.periodStart,
      value,
      detail: { n, low: point?.low ?? null, high: point?.high ?? null, tooFew: point?.tooFew ?? false, isProtected },
    })),
  })
  const [span] = cut.periods
  const row = await insertPublication(
    context,
    {
      ...period,
      id,
      version,
      fromAt: Temporal.Instant.fromEpochMilliseconds(span!.from),
      untilAt: Temporal.Instant.fromEpochMilliseconds(span!.until),
      revision: (before?.revision ?? 0) + 1,
      reason,
      units: units.length,
      changed: changes.length,
    },
    changes,
  )
  if (before !== null) {
    const { grain, periodStart, revision, changed } = row
    const kind = row.kind === '' ? null : row.kind
    await context.announce(valuesRevised, {
      indicator: row.indicator,
      grain,
      periodStart,
      kind,
      revision,
      reason,
      changed,
    })
  }
  return row
}

interface UnitNow {
  readonly entity: number
  readonly value: number | null
  readonly n: number
  readonly point: Measured | undefined
  /** Kept whole, so that revisions are seen; not told. */
  readonly isProtected: boolean
}

/** Every unit of the kind, with or without a value, and the whole organisation. */
async function unitsNow(context: Context, indicator: Indicator, kind: string, cut: Cut): Promise<UnitNow[]> {
  const [period] = cut.periods
  const units = kind === '' ? [] : await unitsOfCut(context, { indicator, kind, below: null, cut })
  const numbers = [WHOLE, ...units.map(({ entity }) => entity.number)]
  const guard = await guardOf(context, indicator)
  const hidden = guard && (await guard.hidden({ ...guard.cut(cut), entities: numbers }))
  const whole = (await pointsOfCut(context, { indicator, entity: null, cut }))[0]
  const points = [whole, ...units.map((unit) => unit.points.get(period!.start))]
  return points.map((point, place) => ({
    entity: numbers[place]!,
    value: point?.value ?? null,
    n: point?.n ?? 0,
    point,
    isProtected: point !== undefined && point.n > 0 && (hidden?.(numbers[place]!, 0) ?? false),
  }))
}

interface Stored {
  readonly entity: number
  readonly value: number | null
  readonly n: number
  readonly low: number | null
  readonly high: number | null
  readonly tooFew: boolean
  readonly isProtected: boolean
}

/** What is protected now was not when it was published, or the other way round: both count. */
async function toldValues(context: Context, row: PublicationRow): Promise<z.infer<typeof publishedValue>[]> {
  const values = await valuesOf(context, row)
  const named = await naming(
    context,
    values.map((value) => value.entity),
  )
  const hidden = await hiddenNow(context, row, values)
  return values.map(({ entity, isProtected, ...value }) => {
    if (isProtected || hidden(entity, value.n))
      return { entity: named(entity), value: null, n: null, low: null, high: null, tooFew: false }
    return { ...value, entity: named(entity) }
  })
}

async function hiddenNow(
  context: Context,
  { indicator: id, grain, periodStart }: PublicationRow,
  values: readonly { readonly entity: number }[],
): Promise<(entity: number, n: number) => boolean> {
  const guard = await guardOf(context, await currentIndicator(context, id))
  if (guard === null) return () => false
  const cut = partOf(await cutFor(context, grain, periodStart, periodStart), 0, 1)
  const hidden = await guard.hidden({ ...guard.cut(cut), entities: values.map(({ entity }) => entity) })
  return (entity, n) => n > 0 && hidden(entity, 0)
}

async function valuesOf(context: Context, row: PublicationRow): Promise<Stored[]> {
  const asked = { kind: RESULT_KIND, subject: subjectOf(row), run: row.id, periodStart: row.periodStart, whole: true }
  const rows = await readResults(context, asked)
  return rows.map(({ entity, value, detail }) => ({
    ...(detail as Omit<Stored, 'entity' | 'value'>),
    entity: entity.number,
    value,
  }))
}

export async function listPublications(context: Context, input: { id: string; limit: number }): Promise<Publication[]> {
  await currentIndicator(context, input.id)
  return (await publicationRows(context, input.id, input.limit)).map(toPublication)
}

/** As it was known at the instant: the newest revision recorded by then. Refuses with NOT_PUBLISHED. */
export async function readPublished(
  context: Context,
  input: Which & { knownAt?: string | undefined },
): Promise<{ publication: Publication; values: z.infer<typeof publishedValue>[] }> {
  const { periodStart } = input
  const knownAt = input.knownAt === undefined ? undefined : Temporal.Instant.from(input.knownAt)
  const row =
    (await newestRevision(context, periodOf(input), knownAt)) ??
    refuse(measurementRefusals, 'NOT_PUBLISHED', { periodStart })
  return { publication: toPublication(row), values: await toldValues(context, row) }
}

/** Those of entities that are gone are told by their number. */
async function naming(context: Context, numbers: readonly number[]) {
  const places = await lookUpEntityNumbers(context, numbers)
  return (number: number) => {
    if (number === WHOLE) return null
    const place = places.get(number)
    return place ? { key: place.key, name: place.name } : { key: String(number), name: String(number) }
  }
}

export async function publicationChanges(
  context: Context,
  input: { publication: string },
): Promise<z.infer<typeof publishedChange>[]> {
  const row = found(await findPublication(context, input.publication), 'publication', input.publication)
  const changes: ValueChange[] = await changesOfRevision(context, row.id)
  const named = await naming(
    context,
    changes.map((change) => change.entity),
  )
  const revision = new Map((await valuesOf(context, row)).map((value) => [value.entity, value]))
  const hidden = await hiddenNow(context, row, changes)
  return changes.map(({ entity, before, after, nBefore, nAfter }) => {
    const told = !revision.get(entity)?.isProtected && !hidden(entity, Math.max(nBefore, nAfter))
    const figures = told
      ? { before, after, nBefore, nAfter }
      : { before: null, after: null, nBefore: null, nAfter: null }
    return { entity: named(entity), ...figures }
  })
}
