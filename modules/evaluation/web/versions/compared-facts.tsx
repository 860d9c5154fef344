/** What the other version comes to, in a few figures. */
import { Tooltip } from 'antd'
import type { ComparisonOfVersions } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { versionWords } from '../../words/versions.ts'
import { agreementTold, agreementWhy } from './comparison-words.ts'

const words = versionWords.compare

export function ComparedFacts({ found }: { found: ComparisonOfVersions }) {
  const say = useSay()
  const { language } = useLanguage()
  const { rises, falls, starsChanged, topCount: count, topKept: kept, agreement } = found
  const facts = [
    [say(words.rises), say(words.units, { count: rises })],
    [say(words.falls), say(words.units, { count: falls })],
    [say(words.starsChanged), say(words.units, { count: starsChanged })],
    [say(words.top), say(words.topKept, { count, kept })],
  ] as const
  return (
    <dl className="compared-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{say(words.agreement)}</dt>
        <dd>
          <Tooltip title={agreementWhy(agreement, say, language)}>
            <span tabIndex={0}>{say(agreementTold(agreement))}</span>
          </Tooltip>
          <div className="muted small">{agreementWhy(agreement, say, language)}</div>
        </dd>
      </div>
    </dl>
  )
}
