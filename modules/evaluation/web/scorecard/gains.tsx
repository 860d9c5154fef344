/** What a little more of each item would bring, and what it takes to reach the next grade by one item alone. */
import { Alert } from 'antd'
import { useMemo } from 'react'
import type { RankingSummary, Scheme, Score } from '#evaluation/contract'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import type { Language } from '#platform/web/words.ts'
import { type ItemGain, type WhatItTakes, whatItTakes } from '../../rules/standing/what-it-takes.ts'
import { scorecardWords } from '../../words/scorecard.ts'
import { type KnownItem, useItems } from './items.ts'

const words = scorecardWords.gains

interface Props {
  readonly score: Score
  readonly scheme: Scheme
  readonly summary: RankingSummary
}

type Items = ReadonlyMap<string, KnownItem>

export function Gains({ score, scheme, summary }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const items = useItems(scheme)
  const found = useMemo(
    () => whatItTakes(scheme, score, summary, (item) => items.get(item.id)?.better ?? 'more'),
    [scheme, score, summary, items],
  )
  if (!found) return <Section title={say(words.title)}>{say(words.none)}</Section>
  const rows = found.items.toSorted((a, b) => b.mostGain - a.mostGain)
  return (
    <Section title={say(words.title)} lead={say(words.lead)} className="gains">
      <Next found={found} score={score} scheme={scheme} />
      <RowTable<ItemGain> columns={columnsOf(found, items, say, language)} rows={rows} rowKey={(row) => row.item} />
    </Section>
  )
}

function Next({ found, score, scheme }: { found: WhatItTakes; score: Score; scheme: Scheme }) {
  const say = useSay()
  const { language } = useLanguage()
  const gate = scheme.gates.find((one) => one.id === score.cappedBy)
  if (gate) return <Alert type="warning" showIcon message={say(words.capped, { gate: say(gate.title) })} />
  if (found.nextFrom === null) return <p>{say(words.top)}</p>
  const margin = scheme.grades.hysteresisPoints
  return (
    <p>
      {say(words.next, {
        stars: found.nextStars,
        points: formatNumber(found.nextFrom, language),
        missing: formatNumber(Math.max(0, found.nextFrom - (score.composite ?? 0)), language),
      })}{' '}
      <span className="muted">
        {margin > 0 && say(words.margin, { margin })} {scheme.grades.bands.kind !== 'fixed' && say(words.moving)}
      </span>
    </p>
  )
}

function columnsOf(found: WhatItTakes, items: Items, say: Say, language: Language): Column<ItemGain>[] {
  const unitOf = (row: ItemGain) => items.get(row.item)?.unit ?? 'number'
  const number = (value: number) => formatNumber(value, language, 2)
  const columns: Column<ItemGain>[] = [
    { key: 'item', title: say(scorecardWords.item), render: (row) => items.get(row.item)?.title ?? row.item },
    {
      key: 'counted',
      title: say(words.counted),
      align: 'right',
      render: (row) => (
        <span className="number">{formatValue(row.part.usedValue ?? row.part.value, unitOf(row), language)}</span>
      ),
    },
    { key: 'gain', title: say(words.perUnit), render: (row) => gainText(row, items.get(row.item), say, language) },
    {
      key: 'most',
      title: say(words.most),
      align: 'right',
      render: (row) => <span className="number">{`+${number(row.mostGain)}`}</span>,
    },
  ]
  if (found.nextFrom === null) return columns
  return [
    ...columns,
    {
      key: 'reach',
      title: say(words.reach),
      align: 'right',
      render: (row) => {
        if (row.pointsForNext === null || isBeyond(row, unitOf(row)))
          return <span className="muted">{say(words.reachNot)}</span>
        if (row.valueForNext === null) return say(words.reachPoints, { points: number(row.pointsForNext) })
        const shrunk = items.get(row.item)?.item.shrink === 'peers'
        return (
          <span className="number">
            {formatValue(row.valueForNext, unitOf(row), language)}
            {shrunk && <span className="muted small">{say(words.shrunk)}</span>}
          </span>
        )
      },
    },
  ]
}

/** Shares end at 0 and 100, whatever the straight lines promise. */
const isBeyond = ({ valueForNext }: ItemGain, unit: string): boolean =>
  valueForNext !== null && (valueForNext < 0 || (unit === 'percent' && valueForNext > 100 + 1e-6))

/** One unit, by its name. */
function oneOf(unit: string, say: Say, language: Language): string {
  if (unit === 'points' || unit === 'days' || unit === 'hours') return say(words.one[unit])
  return formatChange(1, unit, language).replace('+', '').replace('.0', '')
}

function gainText(row: ItemGain, known: KnownItem | undefined, say: Say, language: Language): string {
  if (row.gainPerUnit === null) return say(words.steps)
  const gain = Math.abs(row.gainPerUnit)
  if (gain < 1e-9) return say(words.flat)
  const unit = known?.unit ?? 'number'
  const one = unit === 'number' || unit === 'count' ? '1' : oneOf(unit, say, language)
  return say(row.better === 'more' ? words.more : words.less, { unit: one, gain: formatNumber(gain, language, 2) })
}
