/** Points of an indicator: each period by the version that judges it, small ones drawn to the whole, missing ones as defined. */
import type { Context } from '#platform/context'
import type { Condition } from '../contract/definition.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import { emptyPoint, shrunk, toPoint } from '../rules/points.ts'
import { versionOn } from '../rules/versions.ts'
import { allVersions } from '../store/records/indicators.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { type Cut, partOf } from './cut.ts'
import { sumsOf } from './derived.ts'
import type { Judged, SumsQuestion, SumsRow } from './sums.ts'

export interface PointRow extends Omit<SumsRow, 'sums'> {
  readonly point: Measured
}

export interface PointsQuestion {
  readonly indicator: Judged & { readonly version?: number }
  /** Judge every period by the version given; else by the one in force at its begin. */
  readonly frozen?: boolean
  readonly subjects: Subjects
  readonly cut: Cut
  readonly groupBy?: readonly string[]
  readonly segment?: readonly Condition[]
}

interface Span {
  readonly indicator: Judged
  readonly first: number
  readonly end: number
}

/** Ordered by entity and period; only periods with events (or a window that holds some). */
export async function pointRows(context: Context, question: PointsQuestion): Promise<PointRow[]> {
  const spans = await judgingSpans(context, question)
  const rows: PointRow[] = []
  for (const { indicator, first, end } of spans) {
    const cut = partOf(question.cut, first, end)
    const { subjects, groupBy = [], segment = [] } = question
    const asked: SumsQuestion = { indicator, subjects, cut, groupBy, segment }
    const points = (await sumsOf(context, asked)).map(({ sums, ...row }) => {
      const period = cut.periods[row.period]!
      const complete = period.until <= context.now.epochMilliseconds
      return { ...row, period: row.period + first, point: toPoint(indicator, period.start, sums, complete) }
    })
    rows.push(...(await drawnToWhole(context, asked, first, points)))
  }
  return spans.length === 1 ? rows : rows.toSorted((a, b) => a.entity - b.entity || a.period - b.period)
}

/** Stretches of the cut with one judging version each. */
export async function judgingSpans(
  context: Context,
  { indicator, frozen, cut }: Pick<PointsQuestion, 'indicator' | 'frozen' | 'cut'>,
): Promise<Span[]> {
  const whole = [{ indicator, first: 0, end: cut.periods.length }]
  if (frozen || indicator.id === undefined || indicator.version === undefined) return whole
  // The newest version from the beginning judges everything: the usual case.
  if (indicator.effectiveFrom === null) return whole
  const versions = await allVersions(context, indicator.id)
  const spans: Span[] = []
  for (const [place, { start }] of cut.periods.entries()) {
    const judging = versionOn(versions, start.slice(0, 10)) ?? indicator
    const last = spans.at(-1)
    if (last?.indicator === judging) spans[spans.length - 1] = { ...last, end: place + 1 }
    else spans.push({ indicator: judging, first: place, end: place + 1 })
  }
  return spans
}

async function drawnToWhole(
  context: Context,
  asked: SumsQuestion,
  first: number,
  rows: readonly PointRow[],
): Promise<PointRow[]> {
  const { indicator, subjects, cut, segment = [] } = asked
  const small =
    indicator.belowMinimum === 'shrink' && subjects.kind !== 'organisation' && rows.some(({ point }) => point.tooFew)
  if (!small) return [...rows]
  const whole = new Map(
    (await sumsOf(context, { indicator, cut, segment, subjects: { kind: 'organisation' } })).map(({ period, sums }) => [
      period + first,
      toPoint(indicator, '', sums, true).value,
    ]),
  )
  return rows.map((row) => ({ ...row, point: shrunk(indicator, row.point, whole.get(row.period) ?? null) }))
}

type Missing = Pick<IndicatorDraft, 'missing'>['missing']

/**
 * One point for each period: what a period without events means stands in the definition. Gaps are shown between the first and
 * the last period with events only; zeros and carried values up to the period that runs now.
 */
export function withMissing(
  indicator: Judged,
  points: ReadonlyMap<number, Measured>,
  cut: Cut,
  now: Temporal.Instant,
): Measured[] {
  const missing: Missing = indicator.missing ?? { noEvents: 'gap' }
  const places = [...points.keys()]
  const begun = cut.periods.findLastIndex((period) => period.from <= now.epochMilliseconds)
  const first = missing.noEvents === 'zero' ? 0 : Math.min(...places)
  const last = missing.noEvents === 'gap' ? Math.max(...places) : Math.max(begun, ...places)
  const filled: Measured[] = []
  let standing: { point: Measured; period: number } | null = null
  for (let period = first; period <= last; period += 1) {
    const { start, until } = cut.periods[period]!
    const point = points.get(period)
    const empty = emptyPoint(indicator, start, until <= now.epochMilliseconds)
    if (point) {
      filled.push(point)
      standing = { point, period }
    } else if (missing.noEvents === 'zero') filled.push({ ...empty, value: 0, notes: ['zero'] })
    else if (missing.noEvents === 'carry' && standing && period - standing.period <= missing.periods) {
      const { complete, periodStart } = empty
      filled.push({ ...standing.point, complete, periodStart, notes: [...(standing.point.notes ?? []), 'carried'] })
    } else filled.push(empty)
  }
  return filled
}
