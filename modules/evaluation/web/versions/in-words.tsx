/** The whole scheme as a page that can be read and printed. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Dimension, Scheme } from '#evaluation/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Go } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { rulesWords } from '../../words/scheme-rules.ts'
import { versionWords } from '../../words/versions.ts'
import { weightWords } from '../../words/weights.ts'
import { useNamedIndicators } from '../schemes/state/use-indicators.ts'
import {
  certaintyTold,
  experienceTold,
  gateTold,
  gradesTold,
  missingTold,
  nameOf,
  notesTold,
  peersTold,
  percentOf,
  publishingTold,
  type Telling,
  transformTold,
  weightingTold,
} from './told.ts'
import { useMarks } from '../schemes/punctuation.ts'

const words = versionWords.told

const indicatorsIn = ({ dimensions, gates }: Scheme): string[] => [
  ...new Set([
    ...dimensions.flatMap(({ items }) =>
      items.flatMap(({ source }) => (source.kind === 'indicator' ? [source.indicator] : [])),
    ),
    ...gates.map((gate) => gate.indicator),
  ]),
]

export function InWords({ scheme }: { scheme: Scheme }) {
  const say = useSay()
  const { list } = useMarks()
  const { language } = useLanguage()
  const indicator = useNamedIndicators(indicatorsIn(scheme))
  const telling: Telling = { say, language, indicator }
  const explanation = say(scheme.explanation)
  return (
    <>
      <Section className="scheme-words">
        <p className="muted small">
          {say(versionWords.page.versionShown, { version: scheme.version })} · {say(versionWords.state[scheme.state])}
        </p>
        {scheme.state === 'proposed' && (
          <p className="issue-warning">{say(versionWords.page.notInForce, { version: scheme.version })}</p>
        )}
        {explanation !== '' && <p className="explanation">{explanation}</p>}
        <dl className="told">
          <Told name={say(words.whom)}>
            <WhomTold scheme={scheme} />
          </Told>
          <Told name={say(words.grains)}>{scheme.grains.map((grain) => say(floorWords.grain[grain])).join(list)}</Told>
          <Told name={say(words.peers)}>{peersTold(scheme, telling)}</Told>
        </dl>
      </Section>
      <Section title={say(words.items)} className="scheme-words">
        <ItemsTable scheme={scheme} telling={telling} />
      </Section>
      <Section className="scheme-words">
        <Rules scheme={scheme} telling={telling} />
      </Section>
    </>
  )
}

function Told({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function WhomTold({ scheme }: { scheme: Scheme }) {
  const say = useSay()
  const { below, entityKind: kind } = scheme
  const may = useMay('entities.read')
  const node = useQuery({
    ...organisation.readEntity.queryOptions({ input: { key: below ?? '' } }),
    enabled: may && below !== null,
  })
  if (below === null) return <>{say(words.whomKind, { kind })}</>
  return <>{say(words.whomBelow, { kind, below: node.data?.name ?? below })}</>
}

function ItemsTable({ scheme, telling }: { scheme: Scheme; telling: Telling }) {
  const { say } = telling
  return (
    <div className="table-window">
      <table className="plain-table told-items">
        <thead>
          <tr>
            <th scope="col">{say(words.dimension)}</th>
            <th scope="col" className="right">
              {say(words.weight)}
            </th>
            <th scope="col" className="right">
              {say(words.global)}
            </th>
            <th scope="col">{say(words.points)}</th>
          </tr>
        </thead>
        <tbody>
          {scheme.dimensions.map((dimension) => (
            <DimensionRows key={dimension.id} dimension={dimension} scheme={scheme} telling={telling} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DimensionRows(props: { dimension: Dimension; scheme: Scheme; telling: Telling }) {
  const { dimension, scheme, telling } = props
  const { say } = telling
  const { semicolon } = useMarks()
  const mayMeasure = useMay('measurements.read')
  return (
    <>
      <tr className="told-dimension">
        <th scope="rowgroup">{say(dimension.title)}</th>
        <td className="right number">{percentOf(dimension.weight, telling)}</td>
        <td className="right number">{percentOf(dimension.weight, telling)}</td>
        <td />
      </tr>
      {dimension.items.map((item) => {
        const name = nameOf(item, telling)
        const notes = notesTold(item, scheme, telling)
        return (
          <tr key={item.id}>
            <td className="told-item">
              {item.source.kind === 'indicator' && mayMeasure ? (
                <Go to={`/measure/${item.source.indicator}`}>{name}</Go>
              ) : (
                name
              )}
            </td>
            <td className="right number">{percentOf(item.weight, telling)}</td>
            <td className="right number">{percentOf(dimension.weight * item.weight, telling)}</td>
            <td>
              {transformTold(item, telling)}
              {notes.length > 0 && <div className="muted small">{notes.join(semicolon)}</div>}
            </td>
          </tr>
        )
      })}
    </>
  )
}

function Rules({ scheme, telling }: { scheme: Scheme; telling: Telling }) {
  const { say } = telling
  const { kind } = scheme.aggregation
  const { weighting } = scheme
  return (
    <dl className="told">
      <Told name={say(words.weighting)}>
        <p>{weightingTold(scheme, telling)}</p>
        <p className="muted small">{say(weightWords.why[weighting.method])}</p>
      </Told>
      <Told name={say(words.aggregation)}>
        <p>{say(rulesWords.aggregation.kinds[kind])}</p>
        <p className="muted small">{say(rulesWords.aggregation.why[kind])}</p>
      </Told>
      <Told name={say(words.gates)}>
        {scheme.gates.length === 0 ? (
          <span className="muted">{say(words.noGates)}</span>
        ) : (
          <ul>
            {scheme.gates.map((gate) => (
              <li key={gate.id}>{gateTold(gate, telling)}</li>
            ))}
          </ul>
        )}
      </Told>
      <Told name={say(words.missing)}>
        {missingTold(scheme, telling).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Told>
      <Told name={say(words.grades)}>
        {gradesTold(scheme, telling).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Told>
      <Told name={say(words.experience)}>{experienceTold(scheme, telling)}</Told>
      <Told name={say(words.certainty)}>{certaintyTold(scheme, telling)}</Told>
      <Told name={say(words.publishing)}>{publishingTold(scheme, telling)}</Told>
    </dl>
  )
}
