/** What all units of the ranking have in common, and what is special about this one. */
import { Alert, Button, Segmented } from 'antd'
import type { Ranking, RankingSummary } from '#evaluation/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'

export function Notices({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const set = useSearchValues()
  const [run] = useSearchValue('run')
  const { period, scheme, track, overlap } = ranking
  return (
    <>
      {run !== undefined && (
        <Alert
          type="warning"
          showIcon
          message={say(rankingWords.replay.told, { version: scheme.version })}
          action={
            <Button size="small" onClick={() => set({ run: undefined })}>
              {say(rankingWords.replay.back)}
            </Button>
          }
        />
      )}
      {period && !period.complete && <Alert type="info" showIcon message={say(rankingWords.runningWhy)} />}
      {(overlap || track === 'overlap') && run === undefined && (
        <Alert
          type="info"
          message={
            <span className="row spread">
              {say(rankingWords.track.why, { version: scheme.version })}
              <Segmented
                aria-label={say(rankingWords.track.label)}
                value={track}
                onChange={(next) => set({ track: next === 'overlap' ? 'overlap' : undefined })}
                options={(['main', 'overlap'] as const).map((value) => ({
                  value,
                  label: say(rankingWords.track[value]),
                }))}
              />
            </span>
          }
        />
      )}
    </>
  )
}

export function Summary({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const { language } = useLanguage()
  const { summary, period } = ranking
  if (!summary) return null
  const { ranked, units, mean, above, below, overDispersion } = summary
  const facts: [string, string][] = [
    [say(words.summary.ranked), say(words.summary.units, { count: ranked })],
    [say(words.summary.notRanked), say(words.summary.units, { count: units - ranked })],
    [say(words.summary.mean), mean === null ? '—' : formatNumber(mean, language)],
    [say(words.summary.outside), say(words.summary.outsideCount, { above, below })],
    [
      say(words.summary.spread),
      overDispersion > 1
        ? say(words.summary.spreadWide, { times: formatNumber(Math.sqrt(overDispersion), language) })
        : say(words.summary.spreadUsual),
    ],
  ]
  if (period?.revisedAt)
    facts.push([
      say(words.summary.revised),
      say(words.summary.revisedWhy, { at: instantName(period.revisedAt, language) }),
    ])
  return (
    <Section>
      <dl className="summary-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <StarCounts summary={summary} />
      </dl>
    </Section>
  )
}

function StarCounts({ summary }: { summary: RankingSummary }) {
  const say = useSay()
  const most = summary.starsCounts.length
  return (
    <div>
      <dt>{say(rankingWords.counts)}</dt>
      <dd className="row number">
        {summary.starsCounts
          .map((count, place) => ({ stars: place + 1, count }))
          .toReversed()
          .map(({ stars, count }) => (
            <span key={stars} className={most > 1 && count === 0 ? 'muted' : ''}>
              {stars}★ {count}
            </span>
          ))}
      </dd>
    </div>
  )
}
