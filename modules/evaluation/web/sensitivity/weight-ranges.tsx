/** Item by item: how far its weight may move before the order or the leader changes, and who would pass whom. */
import type { Scheme, Sensitivity } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { sensitivityWords } from '../../words/sensitivity.ts'
import { useItems } from '../scorecard/items.ts'
import { RangeBar } from './range-bar.tsx'

const words = sensitivityWords.ranges
type WeightRange = Sensitivity['ranges'][number]
type Ends = WeightRange['order']

export function WeightRanges({ answer, scheme }: { answer: Sensitivity; scheme: Scheme }) {
  const say = useSay()
  const { language } = useLanguage()
  const items = useItems(scheme)
  const percent = (share: number) => `${formatNumber(100 * share, language)}%`
  const told = (ends: Ends) => {
    if (ends === null) return say(words.whole)
    if (ends.from <= 0 && ends.to >= 1) return say(words.always)
    return say(words.between, { from: percent(ends.from), to: percent(ends.to) })
  }
  const columns: Column<WeightRange>[] = [
    {
      key: 'item',
      title: say(words.item),
      render: (row) => items.get(row.item)?.title ?? row.item,
      text: (row) => items.get(row.item)?.title ?? row.item,
    },
    {
      key: 'now',
      title: say(words.now),
      align: 'right',
      render: (row) => <span className="number">{percent(row.weight)}</span>,
      text: (row) => row.weight,
    },
    {
      key: 'bar',
      title: '0% – 100%',
      width: 260,
      render: (row) => <RangeBar from={0} to={1} at={row.weight} inner={row.order} outer={row.leader} />,
    },
    { key: 'order', title: say(words.order), render: (row) => told(row.order), text: (row) => told(row.order) },
    { key: 'leader', title: say(words.leader), render: (row) => told(row.leader), text: (row) => told(row.leader) },
    { key: 'swap', title: say(words.swap), render: (row) => <Swaps row={row} percent={percent} /> },
  ]
  return (
    <Section title={say(words.title)} lead={say(words.lead, { shown: answer.anywhere.length })}>
      <RowTable columns={columns} rows={answer.ranges} rowKey={(row) => row.item} exportName={say(words.title)} />
    </Section>
  )
}

function Swaps({ row, percent }: { row: WeightRange; percent: (share: number) => string }) {
  const say = useSay()
  if (row.swaps.length === 0) return <span className="muted">{say(words.never)}</span>
  return (
    <ul className="swaps small">
      {row.swaps.map(({ weight, ahead, overtakes }) => (
        <li key={weight}>
          {say(weight < row.weight ? words.swapBelow : words.swapAbove, { weight: percent(weight), ahead, overtakes })}
        </li>
      ))}
    </ul>
  )
}
