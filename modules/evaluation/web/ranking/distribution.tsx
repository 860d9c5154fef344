/** All ranked units at once: score against n, and how scores lie between the borders of the stars. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Ranking } from '#evaluation/contract'
import { FunnelChart } from '#platform/web/charts/funnel-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { useGo } from '#platform/web/router.tsx'
import { funnelOf } from '../../rules/standing/standings.ts'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import { binsOf } from '../schemes/tree/histogram.ts'
import { cardAddress } from './asked.ts'

const Z95 = 1.96
const Z998 = 3.09
const CURVE_STEPS = 80
const BINS = 40
/** From here on the word of a border stands at its left. */
const FLIP_PERCENT = 90

interface Unit {
  readonly key: string
  readonly name: string
  readonly composite: number
  readonly standardError: number
  readonly n: number
}

/**
 * Limits as curves over n. The error of a composite follows no exact law in n; the curve takes error = c / root n with c the median over
 * the units. Whether a unit lies outside was decided with its own error, so a dot may differ from the curve near its edge.
 */
function limitsOf(units: readonly Unit[], mean: number | null, overDispersion: number) {
  const known = units.filter((unit) => unit.standardError > 0 && unit.n > 0)
  if (mean === null || known.length === 0) return []
  const spreads = known.map((unit) => unit.standardError * Math.sqrt(unit.n)).sort((a, b) => a - b)
  const spread = (spreads[Math.floor(spreads.length / 2)] ?? 0) * Math.sqrt(overDispersion)
  const most = known.reduce((so, unit) => Math.max(so, unit.n), 0) * 1.05
  const least = known.reduce((so, unit) => Math.min(so, unit.n), most) / 2
  return Array.from({ length: CURVE_STEPS }, (_, step) => {
    // Steps in root n: dense where the curve bends.
    const root = Math.sqrt(least) + ((Math.sqrt(most) - Math.sqrt(least)) * step) / (CURVE_STEPS - 1)
    const width = spread / root
    return {
      n: root * root,
      low95: Math.max(0, mean - Z95 * width),
      high95: Math.min(100, mean + Z95 * width),
      low998: Math.max(0, mean - Z998 * width),
      high998: Math.min(100, mean + Z998 * width),
    }
  })
}

export function Distribution({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const { scheme, grain, track, period } = ranking
  const input = { id: scheme.id, grain, track, ...(period ? { periodStart: period.periodStart } : {}) }
  const found = useQuery(evaluation.readDistribution.queryOptions({ input }))
  return (
    <Loaded query={found} rows={10}>
      {({ units, sampled }) => (
        <>
          <Funnel ranking={ranking} units={units} />
          {sampled && <p className="muted small">{say(rankingWords.sampled)}</p>}
          <Histogram ranking={ranking} units={units} />
        </>
      )}
    </Loaded>
  )
}

function Funnel({ ranking, units }: { ranking: Ranking; units: readonly Unit[] }) {
  const say = useSay()
  const go = useGo()
  const mean = ranking.summary?.mean ?? null
  const overDispersion = ranking.summary?.overDispersion ?? 1
  const limits = useMemo(() => limitsOf(units, mean, overDispersion), [units, mean, overDispersion])
  const points = useMemo(
    () =>
      units.map((unit) => ({
        key: unit.key,
        name: unit.name,
        // An n of 0 stands for a protected one: a ranked unit has cases.
        n: unit.n > 0 ? unit.n : null,
        value: unit.composite,
        low: unit.composite - Z95 * unit.standardError,
        high: unit.composite + Z95 * unit.standardError,
        funnel: mean === null ? null : funnelOf(unit.composite - mean, Math.sqrt(overDispersion) * unit.standardError),
        better: mean === null ? null : unit.composite >= mean,
      })),
    [units, mean, overDispersion],
  )
  const hidden = points.filter((point) => point.n === null).length
  return (
    <Section title={say(words.view.funnel)} lead={say(words.funnelLead)}>
      <FunnelChart
        title={`${say(ranking.scheme.title)} · ${say(words.view.funnel)}`}
        unit="points"
        centre={mean}
        points={points}
        limits={limits}
        heightPixels={460}
        onPick={(point) => go(cardAddress(point.key, ranking))}
      />
      {hidden > 0 && <p className="muted small">{say(rankingWords.protectedNotDrawn, { count: hidden })}</p>}
    </Section>
  )
}

/** Bars of how many, with the borders of the stars as lines between them. */
function Histogram({ ranking, units }: { ranking: Ranking; units: readonly Unit[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const borders = ranking.summary?.starsFrom ?? []
  const scores = units.map((unit) => unit.composite)
  const from = Math.floor(Math.min(100, ...scores, ...borders) / 5) * 5
  // Room for the word beside the last border.
  const to = Math.min(100, Math.ceil((Math.max(0, ...scores, ...borders) + 5) / 5) * 5)
  if (scores.length === 0 || to <= from) return null
  const bins = binsOf(scores, from, to, Math.min(BINS, to - from))
  const most = Math.max(1, ...bins.map((bin) => bin.count))
  const place = (value: number) => (100 * (value - from)) / (to - from)
  const number = (value: number) => formatNumber(value, language)
  return (
    <Section title={say(rankingWords.histogram)} lead={say(rankingWords.histogramLead)}>
      <div className="score-histogram">
        <ul aria-label={say(rankingWords.histogram)}>
          {bins.map((bin) => {
            const told = say(rankingWords.histogramBar, {
              from: number(bin.from),
              to: number(bin.to),
              count: bin.count,
            })
            return (
              <li key={bin.from} title={told} style={{ height: `${(100 * bin.count) / most}%` }}>
                <span className="only-read">{told}</span>
              </li>
            )
          })}
        </ul>
        {borders.map((border, index) => (
          <span
            key={border}
            className={`score-border small number ${place(border) > FLIP_PERCENT ? 'flipped' : ''}`}
            style={{ left: `${place(border)}%` }}
          >
            {index + 2}★ {number(border)}
          </span>
        ))}
        <p className="row spread muted small number">
          <span>{number(from)}</span>
          <span>{number(to)}</span>
        </p>
      </div>
    </Section>
  )
}
