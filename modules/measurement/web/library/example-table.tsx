/** A worked example as a small table: events in, value out. */
import type { IndicatorDraft } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { words as all } from '../../words.ts'

const words = all.library
type Example = IndicatorDraft['examples'][number]
type ExampleEvent = Example['events'][number]

export function ExampleTable(props: {
  example: Example
  draft: IndicatorDraft
  /** Titles of indicators by id, for the parts of a derived one. */
  titles: ReadonlyMap<string, string>
}) {
  const { example, draft, titles } = props
  const say = useSay()
  const { language } = useLanguage()
  const [zh = '', en = zh] = example.title.split(' / ')
  const value = example.expected === null ? say(words.noValue) : formatValue(example.expected, draft.unit, language)
  return (
    <div>
      <h3>{say(words.exampleIn, { title: language === 'zh' ? zh : en })}</h3>
      {example.parts ? (
        <PartsTable parts={example.parts} definition={draft.definition} titles={titles} />
      ) : (
        <EventsTable events={example.events} />
      )}
      <p>
        <strong>{say(words.exampleResult, { value })}</strong>
        {example.expectedN !== undefined && (
          <span className="muted"> {say(words.exampleN, { n: example.expectedN })}</span>
        )}
        {!example.parts && (
          <span className="muted">
            {' '}
            {example.from === example.to
              ? say(words.exampleOn, { day: example.from })
              : say(words.exampleOver, { from: example.from, to: example.to })}
          </span>
        )}
      </p>
    </div>
  )
}

function EventsTable({ events }: { events: readonly ExampleEvent[] }) {
  const say = useSay()
  const units = new Set(events.map((event) => event.entity)).size
  return (
    <table className="library-example">
      <thead>
        <tr>
          <th scope="col">{say(words.exampleAt)}</th>
          <th scope="col">{say(words.exampleEvent)}</th>
          <th scope="col">{say(words.exampleFacts)}</th>
        </tr>
      </thead>
      <tbody>
        {grouped(events).map(({ event, count }, index) => (
          // The rows of an example never move.
          <tr key={index}>
            <td className="number">{event.at.slice(5, 16).replace('T', ' ')}</td>
            <td>
              {event.type}
              {count > 1 && <span className="muted"> {say(words.exampleTimes, { count })}</span>}
            </td>
            <td>
              {[
                ...Object.entries(event.attributes),
                ...Object.entries(event.values),
                ...(units > 1 ? [[say(words.exampleUnit), event.entity]] : []),
              ]
                .map(([name, fact]) => say(words.exampleFact, { name: name ?? '', fact: String(fact) }))
                .join(say(words.factSeparator))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function PartsTable(props: {
  parts: Readonly<Record<string, number>>
  definition: IndicatorDraft['definition']
  titles: ReadonlyMap<string, string>
}) {
  const { parts, definition, titles } = props
  const indicators = new Map(
    definition.kind === 'derived' ? definition.parts.map(({ name, indicator }) => [name, indicator]) : [],
  )
  return (
    <table className="library-example">
      <tbody>
        {Object.entries(parts).map(([name, value]) => (
          <tr key={name}>
            <td>{titles.get(indicators.get(name) ?? '') ?? name}</td>
            <td className="number">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Equal events that follow each other stand in one line. */
function grouped(events: readonly ExampleEvent[]): { event: ExampleEvent; count: number }[] {
  const lines: { event: ExampleEvent; count: number; text: string }[] = []
  for (const event of events) {
    const text = JSON.stringify(event)
    const last = lines.at(-1)
    if (last?.text === text) last.count += 1
    else lines.push({ event, count: 1, text })
  }
  return lines
}
