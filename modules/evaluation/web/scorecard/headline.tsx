/** How the unit stands this period, in figures and one sentence each. */
import type { Ranking, Score } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { rankingWords } from '../../words/ranking.ts'
import { scorecardWords } from '../../words/scorecard.ts'
import { words } from '../../words.ts'
import { chanceText } from '../ranking/columns.tsx'
import { ChangeText, FunnelMark, NoRank, Provisional, RankRange, Stars } from '../standing.tsx'

export function Headline({ score, ranking }: { score: Score; ranking: Ranking }) {
  const say = useSay()
  const { language } = useLanguage()
  const { scheme } = ranking
  const period = periodName(score.periodStart, ranking.grain, language)
  const { composite, low, high } = score
  if (composite === null)
    return (
      <Section title={period}>
        <NoRank score={score} kind={scheme.entityKind} />
      </Section>
    )
  const plain = (value: number) => formatPlain(value, 'points', language)
  return (
    <Section title={period}>
      <div className="score-headline">
        <div>
          <p className="score-large number">{plain(composite)}</p>
          {low !== null && high !== null && (
            <p className="muted small">
              {say(scorecardWords.interval, {
                level: formatNumber(100 * scheme.certainty.confidence, language),
                low: plain(low),
                high: plain(high),
              })}
            </p>
          )}
        </div>
        <div>
          <p className="score-stars">
            <Stars score={score} scheme={scheme} /> <Provisional score={score} />
          </p>
          {score.experience !== null && (
            <p className="muted small">
              {say(scorecardWords.experience, { score: formatNumber(score.experience, language, 2) })}
            </p>
          )}
          {score.starsBefore !== null && (
            <p className="muted small">{say(scorecardWords.starsFrom, { before: score.starsBefore })}</p>
          )}
        </div>
        <Place score={score} ranking={ranking} period={period} />
      </div>
    </Section>
  )
}

function Place({ score, ranking, period }: { score: Score; ranking: Ranking; period: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const { scheme, summary } = ranking
  const count = Math.max(1, summary?.ranked ?? 1)
  return (
    <div className="score-place">
      <RankRange score={score} kind={scheme.entityKind} count={count} />
      {score.rank !== null && score.composite !== null && (
        <p>
          {say(words.rankSentence, {
            period,
            score: formatNumber(score.composite, language),
            rank: score.rank,
            count,
            best: score.rankLow ?? score.rank,
            worst: score.rankHigh ?? score.rank,
          })}
        </p>
      )}
      <p className="row">
        <FunnelMark funnel={score.funnel} />
        <span>
          <span className="muted">{say(words.change)} </span>
          <ChangeText score={score} />
        </span>
        {score.percentile !== null && (
          <span className="muted">
            {say(scorecardWords.ahead, { share: formatNumber(score.percentile, language, 0) })}
          </span>
        )}
        {score.topProbability !== null && summary && (
          <span className="muted">
            {say(scorecardWords.topChance, {
              count: summary.topCount,
              share: chanceText(score.topProbability, language),
            })}
          </span>
        )}
      </p>
      {score.peerGroup !== null && (
        <p className="muted small">
          {say(rankingWords.group)} {score.peerGroup}
          {score.groupRank !== null && ` · ${say(words.rankAt, { rank: score.groupRank })}`}
        </p>
      )}
    </div>
  )
}
