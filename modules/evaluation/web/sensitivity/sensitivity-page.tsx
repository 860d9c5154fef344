/** Sensitivity: what the ranking owes to its weights. */
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Scheme, Sensitivity } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { sensitivityWords as words } from '../../words/sensitivity.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import '../evaluation.css'
import { useAsked } from '../ranking/asked.ts'
import { NoScheme } from '../ranking/ranking-page.tsx'
import { SchemeChoice } from '../ranking/scope.tsx'
import { Places } from './places.tsx'
import { WeightRanges } from './weight-ranges.tsx'

/** Shares of the top that stay: from here on the ranking owes little to its weights, and below here it hangs on them. */
const ROBUST_SHARE = 0.8
const FRAGILE_SHARE = 0.5

export function SensitivityPage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const [asked] = useSearchValue('scheme')
  const scheme = schemes.data?.find((one) => one.id === asked) ?? schemes.data?.[0]
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.title), to: `/evaluate${scheme ? `?scheme=${scheme.id}` : ''}` }]}
      may="evaluation.read"
      actions={
        <Button icon={<PrinterOutlined />} onClick={() => print()}>
          {say(floorWords.act.print)}
        </Button>
      }
    >
      <Loaded query={schemes} waiting={<Waiting rows={8} />}>
        {(rows) => (scheme ? <SensitivityOf scheme={scheme} schemes={rows} /> : <NoScheme />)}
      </Loaded>
    </PageFrame>
  )
}

function SensitivityOf({ scheme, schemes }: { scheme: Scheme; schemes: readonly Scheme[] }) {
  const { language } = useLanguage()
  const { id, grain, track, periodStart } = useAsked(scheme)
  const found = useQuery(
    evaluation.readSensitivity.queryOptions({
      input: { id, track, ...(grain ? { grain } : {}), ...(periodStart ? { periodStart } : {}) },
    }),
  )
  return (
    <>
      <div className="scope-bar">
        <SchemeChoice schemes={schemes} scheme={scheme} />
        {found.data && <strong>{periodName(found.data.periodStart, found.data.grain, language)}</strong>}
      </div>
      <Loaded query={found} rows={10}>
        {(answer) => <Found answer={answer} scheme={scheme} />}
      </Loaded>
    </>
  )
}

function verdictOf(topKept: number): keyof typeof words.verdict {
  if (topKept >= ROBUST_SHARE) return 'robust'
  if (topKept >= FRAGILE_SHARE) return 'mixed'
  return topKept > 0 ? 'fragile' : 'none'
}

function Found({ answer, scheme }: { answer: Sensitivity; scheme: Scheme }) {
  const say = useSay()
  const { language } = useLanguage()
  const { because, topKept, units, left } = answer
  if (because !== null) return <Section>{say(words.because[because])}</Section>
  const verdict = topKept === null ? null : verdictOf(topKept)
  return (
    <>
      <Section>
        {verdict !== null && topKept !== null && (
          <p className="verdict">{say(words.verdict[verdict], { share: formatNumber(100 * topKept, language, 0) })}</p>
        )}
        <p className="muted">{left === 0 ? say(words.unitsAll, { units }) : say(words.units, { units, left })}</p>
      </Section>
      <WeightRanges answer={answer} scheme={scheme} />
      <Places answer={answer} scheme={scheme} />
    </>
  )
}
