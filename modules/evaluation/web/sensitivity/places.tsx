/** Where the ranks of the first units lie while weights move: a little, or over all there are. */
import type { Scheme, Sensitivity } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { sensitivityWords } from '../../words/sensitivity.ts'
import { chanceText } from '../ranking/columns.tsx'
import { RangeBar } from './range-bar.tsx'

const words = sensitivityWords.places
type Place = Sensitivity['nearby'][number]
interface Row {
  readonly nearby: Place
  readonly anywhere: Place | undefined
}

function useColumns(answer: Sensitivity): Column<Row>[] {
  const say = useSay()
  const { language } = useLanguage()
  const worst = Math.max(2, ...[...answer.nearby, ...answer.anywhere].map((place) => place.worst))
  const told = ({ low, high, best, worst: last }: Place) => say(words.told, { low, high, best, worst: last })
  const drawn = (place: Place | undefined) =>
    place && (
      <span className="place-range">
        <RangeBar
          from={1}
          to={worst}
          at={place.rank}
          inner={{ from: place.low, to: place.high }}
          outer={{ from: place.best, to: place.worst }}
        />
        <span className="muted small number">{told(place)}</span>
      </span>
    )
  const columns: Column<Row>[] = [
    {
      key: 'unit',
      title: say(words.unit),
      render: ({ nearby }) => nearby.entity.name,
      text: ({ nearby }) => nearby.entity.name,
    },
    {
      key: 'rank',
      title: say(words.rank),
      align: 'right',
      render: ({ nearby }) => <span className="number">{nearby.rank}</span>,
      text: ({ nearby }) => nearby.rank,
    },
    {
      key: 'nearby',
      title: say(words.nearby),
      width: 240,
      render: ({ nearby }) => drawn(nearby),
      text: ({ nearby }) => told(nearby),
    },
    {
      key: 'anywhere',
      title: say(words.anywhere),
      width: 240,
      render: ({ anywhere: place }) => drawn(place),
      text: ({ anywhere: place }) => place && told(place),
    },
    {
      key: 'top',
      title: say(words.top),
      align: 'right',
      render: ({ anywhere: place }) => <span className="number">{chanceText(place?.topShare ?? null, language)}</span>,
      text: ({ anywhere: place }) => place?.topShare,
    },
  ]
  return columns
}

export function Places({ answer, scheme }: { answer: Sensitivity; scheme: Scheme }) {
  const say = useSay()
  const { language } = useLanguage()
  const columns = useColumns(answer)
  const anywhere = new Map(answer.anywhere.map((place) => [place.entity.key, place]))
  const rows = answer.nearby.map((nearby): Row => ({ nearby, anywhere: anywhere.get(nearby.entity.key) }))
  const level = formatNumber(100 * scheme.certainty.confidence, language)
  return (
    <Section title={say(words.title)} lead={say(words.lead, { level })}>
      <RowTable
        columns={columns}
        rows={rows}
        rowKey={(row) => row.nearby.entity.key}
        to={(row) => `/evaluate/units/${encodeURIComponent(row.nearby.entity.key)}?scheme=${scheme.id}`}
        exportName={say(words.title)}
      />
    </Section>
  )
}
