/** The control chart with all that helps to read it: targets, baselines, changes, notes of single points. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import type { Annotation, Baselines, Point, Series } from '#measurement/contract'
import { addDays, dayName, periodName, today } from '#platform/web/calendar.ts'
import { SeriesChart, signalWords, type VaryingLine } from '#platform/web/charts/series-chart.tsx'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain, formatValue } from '#platform/web/numbers.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import type { Language } from '#platform/web/words.ts'
import { exportWords } from '../../words/explore-export.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { latestOf } from '../latest.ts'
import { NotesPanel } from './notes-panel.tsx'
import { useAsked } from './scope.tsx'

const words = all.explore.beside
const KINDS = ['target', 'history', 'peers', 'industry', 'notes'] as const
type Kind = (typeof KINDS)[number]
const USUAL = 'target.notes'

/** The events of a point's period: from its begin to the begin of the next. */
export function eventsBehind(points: readonly Point[], at: string): { from: string; to: string } {
  const next = points[points.findIndex((point) => point.periodStart === at) + 1]?.periodStart
  if (at.includes('T')) return { from: at, to: next ?? new Date(new Date(at).getTime() + 3_600_000).toISOString() }
  return { from: at, to: next === undefined ? [today(), at].sort().at(-1)! : addDays(next, -1) }
}

export function SeriesSection({ series }: { series: Series }) {
  const say = useSay()
  const go = useGo()
  const { language } = useLanguage()
  const [text, setText] = useSearchValue('beside')
  const shown = new Set((text ?? USUAL).split('.')) as Set<Kind>
  const asked = useAsked()
  const { indicator, grain } = series
  const wanted = shown.has('history') || shown.has('peers') || shown.has('industry')
  const input = { id: indicator.id, ...asked }
  const baselines = useQuery({ ...measurement.readBaselines.queryOptions({ input }), enabled: wanted })
  const { segment: _segment, grain: _grain, ...noted } = input
  const notes = useQuery({
    ...measurement.listAnnotations.queryOptions({ input: noted }),
    enabled: shown.has('notes'),
  })
  const points = series.groups[0]?.points ?? []
  const known = wanted ? baselines.data : undefined
  const told = shown.has('notes') ? (notes.data ?? []) : []
  const drill = (at: string) => {
    const { from, to } = eventsBehind(points, at)
    const segment = asked.segment === undefined ? '' : `&segment=${asked.segment}`
    go(
      `/measure/events?indicator=${indicator.id}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${segment}`,
    )
  }
  const where = series.entity?.name ?? say(all.one.whole)
  return (
    <div className="stack">
      <Checkbox.Group<Kind>
        aria-label={say(words.title)}
        value={[...shown]}
        onChange={(kinds) => setText(kinds.length === 0 ? 'none' : kinds.join('.'))}
        options={KINDS.map((kind) => ({ value: kind, label: say(words[kind]) }))}
      />
      <SeriesChart
        title={[say(indicator.title), where, series.segment ? say(series.segment.title) : '']
          .filter(Boolean)
          .join(' · ')}
        points={points.map((point) => ({ ...point, ...remarkOf(point, language) }))}
        unit={indicator.unit}
        grain={grain}
        chart={series.chart}
        lines={[...(shown.has('target') ? targetLines(series, say) : []), ...linesOf(known, points, shown, say)]}
        marks={told.map((note, index) => ({ day: note.from, name: String(index + 1) }))}
        onPick={(point) => drill(point.periodStart)}
      />
      <Signals series={series} />
      <Told series={series} baselines={known} shown={shown} />
      <PointNotes points={points} grain={grain} />
      {shown.has('notes') && <NotesPanel indicator={indicator.id} notes={told satisfies Annotation[]} />}
    </div>
  )
}

function remarkOf(point: Point, language: Language): { revised: boolean; remark?: string } {
  const notes = (point.notes ?? []).map((note) => exportWords.notes[note][language])
  const revised = point.notes?.includes('revised') ?? false
  return notes.length === 0 ? { revised } : { revised, remark: notes.join(language === 'zh' ? '；' : '; ') }
}

function targetLines({ targets }: Series, say: Say): VaryingLine[] {
  const steps = (name: string, values: (number | null)[]): VaryingLine[] =>
    values.some((value) => value !== null) ? [{ name, colour: 'green', values, steps: true }] : []
  return [
    ...steps(
      say(words.target),
      targets.map((target) => target?.value ?? null),
    ),
    ...steps(
      say(words.targetLow),
      targets.map((target) => target?.band?.low ?? null),
    ),
    ...steps(
      say(words.targetHigh),
      targets.map((target) => target?.band?.high ?? null),
    ),
  ]
}

function linesOf(
  baselines: Baselines | undefined,
  points: readonly Point[],
  shown: ReadonlySet<Kind>,
  say: Say,
): VaryingLine[] {
  if (!baselines) return []
  const lines: VaryingLine[] = []
  const along = <T extends { periodStart: string }>(rows: readonly T[], pick: (row: T) => number) => {
    const byStart = new Map(rows.map((row) => [row.periodStart, row]))
    return points.map((point) => {
      const row = byStart.get(point.periodStart)
      return row ? pick(row) : null
    })
  }
  const { history, peers, industry } = baselines
  if (shown.has('history') && history.length > 0)
    lines.push({
      name: say(words.history),
      colour: 'muted',
      values: along(history, (row) => row.mean),
      lows: along(history, (row) => row.mean - row.spread),
      highs: along(history, (row) => row.mean + row.spread),
    })
  if (shown.has('peers') && peers && peers.periods.length > 0)
    lines.push({
      name: say(words.peers),
      colour: 'blue',
      values: along(peers.periods, (row) => row.median),
      lows: along(peers.periods, (row) => row.lowerQuartile),
      highs: along(peers.periods, (row) => row.upperQuartile),
    })
  if (shown.has('industry'))
    for (const figure of industry)
      lines.push({
        name: `${say(words.industry)} · ${figure.source}`,
        colour: 'orange',
        steps: true,
        values: points.map(({ periodStart }) => {
          const day = periodStart.slice(0, 10)
          return day >= figure.from && day <= figure.to ? figure.value : null
        }),
      })
  return lines
}

/** The newest ones; the chart marks all. */
const SIGNALS_SHOWN = 8

function Signals({ series }: { series: Series }) {
  const say = useSay()
  const { language } = useLanguage()
  const { chart, grain } = series
  if (chart === null)
    return (series.groups[0]?.points.length ?? 0) > 0 ? <p className="muted small">{say(all.one.noChart)}</p> : null
  if (chart.signals.length === 0) return <p className="muted small">{say(all.one.noSignals)}</p>
  return (
    <div>
      <strong>{say(all.one.signalsFound)}</strong>
      <ul>
        {chart.signals.slice(-SIGNALS_SHOWN).map((signal) => (
          <li key={`${signal.periodStart} ${signal.rule}`} className="row">
            <StatusMark status="orange" word={periodName(signal.periodStart, grain, language)} />
            <span className="muted">{say(signalWords(signal.rule))}</span>
          </li>
        ))}
      </ul>
      {chart.signals.length > SIGNALS_SHOWN && <p className="muted small">{say(all.one.truncated)}</p>}
    </div>
  )
}

interface ToldProps {
  readonly series: Series
  readonly baselines: Baselines | undefined
  readonly shown: ReadonlySet<Kind>
}

/** The same in words, for the newest full period. */
function Told({ series, baselines, shown }: ToldProps) {
  const say = useSay()
  const { language } = useLanguage()
  const points = series.groups[0]?.points ?? []
  const at = latestOf(points)?.periodStart
  if (at === undefined) return null
  const sentences = [
    ...(shown.has('target') ? targetTold(series, at, say, language) : []),
    ...(baselines ? baselinesTold(series, baselines, shown, at, say, language) : []),
  ]
  if (sentences.length === 0) return null
  return (
    <div className="small">
      <span className="muted">{say(words.as, { period: periodName(at, series.grain, language) })}</span>
      <ul>
        {[...new Set(sentences)].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

function targetTold({ targets, groups, indicator }: Series, at: string, say: Say, language: Language): string[] {
  const target = targets[groups[0]?.points.findIndex((point) => point.periodStart === at) ?? -1]
  if (!target) return []
  const format = (value: number) => formatValue(value, indicator.unit, language)
  const { band, source } = target
  const value = band
    ? say(words.bandTold, { low: format(band.low), high: format(band.high) })
    : format(target.value ?? 0)
  return [source === '' ? say(words.targetPlain, { value }) : say(words.targetTold, { value, source })]
}

function baselinesTold(
  { indicator }: Series,
  { history, peers, industry }: Baselines,
  shown: ReadonlySet<Kind>,
  at: string,
  say: Say,
  language: Language,
): string[] {
  const format = (value: number) => formatValue(value, indicator.unit, language)
  const told: string[] = []
  if (shown.has('history')) {
    const row = history.find((each) => each.periodStart === at)
    const fill = row && { value: format(row.mean), n: row.n, spread: formatPlain(row.spread, indicator.unit, language) }
    told.push(fill ? say(words[row.basis], fill) : say(words.noHistory))
  }
  if (shown.has('peers')) {
    const row = peers?.periods.find((each) => each.periodStart === at)
    if (peers === null) told.push(say(words.peersWhole))
    else if (!row) told.push(say(words.noPeers, { needed: peers.needed }))
    else {
      const [value, low, high] = [format(row.median), format(row.lowerQuartile), format(row.upperQuartile)]
      told.push(say(words.peersTold, { value, low, high, n: row.n }))
    }
  }
  if (shown.has('industry')) {
    if (industry.length === 0) told.push(say(words.noIndustry))
    for (const { value, source, publishedOn, n } of industry) {
      const cases = n === null ? '' : say(words.cases, { n: formatNumber(n, language, 0) })
      const published = dayName(publishedOn, language)
      told.push(say(words.industryTold, { value: format(value), source, published, cases }))
    }
  }
  return told
}

/** Periods whose value is not simply what was counted, by note. */
function PointNotes({ points, grain }: { points: readonly Point[]; grain: Series['grain'] }) {
  const say = useSay()
  const { language } = useLanguage()
  const noted = Map.groupBy(
    points.flatMap((point) => (point.notes ?? []).map((note) => ({ note, at: point.periodStart }))),
    ({ note }) => note,
  )
  if (noted.size === 0) return null
  const SHOWN = 6
  return (
    <details className="small">
      <summary>{say(all.explore.pointNotes)}</summary>
      <ul>
        {[...noted].map(([note, rows]) => (
          <li key={note}>
            <strong>{say(exportWords.notes[note])}</strong>{' '}
            <span className="muted">
              {rows
                .slice(-SHOWN)
                .map(({ at }) => periodName(at, grain, language))
                .join(language === 'zh' ? '、' : ', ')}
              {rows.length > SHOWN ? ' …' : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
