/** The comparison as a file: every unit, both versions, every reason. */
import type { ComparisonOfVersions } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { saveCsv } from '#platform/web/page/csv.ts'
import { versionWords } from '../../words/versions.ts'
import { useItemNames } from './compared-rows.tsx'
import { becauseTold } from './comparison-words.ts'
import { useMarks } from '../schemes/punctuation.ts'

const words = versionWords.compare

export function useComparisonFile(found: ComparisonOfVersions): () => void {
  const say = useSay()
  const { semicolon } = useMarks()
  const { language } = useLanguage()
  const names = useItemNames(found)
  return () => {
    const head = [
      words.unit,
      words.rankBefore,
      words.rankAfter,
      words.move,
      words.starsBefore,
      words.starsAfter,
      words.scoreBefore,
      words.scoreAfter,
      words.because,
    ].map((name) => say(name))
    const rows = found.rows.map(({ entity, before, after, because }) => [
      entity.name,
      before.rank,
      after.rank,
      before.rank === null || after.rank === null ? null : before.rank - after.rank,
      before.stars,
      after.stars,
      before.composite,
      after.composite,
      because.map((each) => becauseTold(each, names, say, language)).join(semicolon),
    ])
    const period = periodName(found.periodStart, found.grain, language)
    const versions = [found.before, found.after].map(({ version }) => say(versionWords.page.versionShown, { version }))
    saveCsv(`${say(found.after.title)} ${versions.join(' – ')} ${period}`, head, rows)
  }
}
