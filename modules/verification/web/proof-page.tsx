/** One proof: the verdict in one sentence, the series against what would have been, the frozen design, the statistics, the data. */
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Proof } from '#verification/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { InterruptedChart } from '#platform/web/charts/interrupted-chart.tsx'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { dayName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { saveFile } from '#platform/web/page/csv.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Go, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { robust } from '../words/robust.ts'
import { words } from '../words.ts'
import { verification } from './api.ts'
import { Lasting } from './lasting.tsx'
import { ProofData, savePoints } from './proof-data.tsx'
import { FrozenDesign } from './proof-design.tsx'
import { Statistics } from './proof-statistics.tsx'
import './verification.css'
import { Checks, SpecificationCurve } from './robustness.tsx'
import { VerdictMark } from './verdict-mark.tsx'
import { becauseText, isDue, proofText, sizeText } from './verdict-text.ts'
import { WaiverButton } from './waiver.tsx'

const text = words.page

export function ProofPage() {
  const say = useSay()
  const planId = useParam('planId')
  const query = useQuery(verification.readProof.queryOptions({ input: { planId } }))
  const proof = query.data
  return (
    <PageFrame
      title={proof?.design.planTitle ?? say(words.title)}
      lead={proof && `${say(proof.indicatorTitle)} · ${proof.design.entity.name}`}
      crumbs={[{ title: say(words.title), to: '/verify' }]}
      may="verification.read"
      actions={proof && <Actions proof={proof} />}
    >
      <Loaded query={query} waiting={<Waiting rows={12} />}>
        {(one) => <Whole proof={one} />}
      </Loaded>
    </PageFrame>
  )
}

function Actions({ proof }: { proof: Proof }) {
  const say = useSay()
  const ask = useAsk()
  const mayConclude = useMay('verification.conclude')
  const mayPlans = useMay('plans.read')
  const mayWaive = useMay('verification.waive')
  const { planId } = proof.design
  const conclude = useAct(verification.concludeProof.call, {
    done: text.concluded,
    refresh: ['verification', 'plans', 'alerts'],
  })
  const question = {
    title: say(text.concludeAsk),
    lost: say(text.concludeLost),
    deed: say(text.conclude),
    onYes: () => conclude.run({ planId }),
  }
  const saveJson = () =>
    saveFile(`${proof.design.planTitle}.json`, 'application/json', `${JSON.stringify(proof, null, 2)}\n`)
  return (
    <>
      {mayPlans && <Go to={`/plans/${planId}`}>{say(text.toPlan)}</Go>}
      <Button icon={<PrinterOutlined />} onClick={() => print()}>
        {say(floorWords.act.print)}
      </Button>
      <Button icon={<DownloadOutlined />} onClick={saveJson}>
        {say(text.json)}
      </Button>
      {mayWaive && proof.design.state === 'waiting' && <WaiverButton planId={planId} />}
      {mayConclude && isDue(proof.design) && (
        <Button type="primary" loading={conclude.busy} onClick={() => ask(question)}>
          {say(text.conclude)}
        </Button>
      )}
    </>
  )
}

function Whole({ proof }: { proof: Proof }) {
  const say = useSay()
  const { language } = useLanguage()
  const { verdict } = proof
  const because = becauseText(proof, language)
  return (
    <>
      <Section>
        <div className="verdict">
          <VerdictMark proof={proof} />
          <p className="verdict-sentence">{proofText(proof, language)}</p>
        </div>
        {because !== null && (
          <div className="verdict-because">
            <h2>{say(words.because.title)}</h2>
            <p>{because}</p>
          </div>
        )}
      </Section>
      <Lasting proof={proof} />
      <ProofChart proof={proof} />
      {verdict && <SpecificationCurve proof={proof} verdict={verdict} />}
      {verdict && <Checks checks={verdict.checks} />}
      <div className="columns">
        <div className="half">
          <FrozenDesign proof={proof} />
        </div>
        <div className="half">{verdict && <Statistics proof={proof} verdict={verdict} />}</div>
      </div>
      <Section
        title={say(text.data)}
        lead={say(text.dataLead)}
        actions={
          <Button icon={<DownloadOutlined />} onClick={() => savePoints(proof, language)}>
            {say(text.csv)}
          </Button>
        }
      >
        <ProofData proof={proof} />
        {verdict?.effect && <Recompute />}
      </Section>
      <Earlier proof={proof} />
    </>
  )
}

function Recompute() {
  const say = useSay()
  const text = robust.recompute
  return (
    <div className="recompute">
      <h3>{say(text.title)}</h3>
      <p>
        {say(text.text)} <code>node recompute-proof.mjs FILE.json</code>{' '}
        <a href="/recompute-proof.mjs" download>
          {say(text.script)}
        </a>
      </p>
    </div>
  )
}

/** A change after approval does not take the place of what was frozen: both stay. */
function Earlier({ proof }: { proof: Proof }) {
  const say = useSay()
  const { language } = useLanguage()
  if (proof.earlier.length === 0) return null
  return (
    <Section title={say(robust.earlier)}>
      <ul className="proof-checks">
        {proof.earlier.map((one) => (
          <li key={one.design.id}>
            <VerdictMark proof={one} />
            <span>
              {say(robust.earlierRow, {
                revision: one.design.planRevision,
                method: say(robust.method[one.design.method]),
                intervention: dayName(one.design.interventionOn, language),
                ends: dayName(one.design.endsOn, language),
                smallest: sizeText(one.design.smallestEffect, proof.unit, language),
                sha: one.design.sha256.slice(0, 12),
              })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Until there is a verdict only what was observed is drawn, so that nobody reads an answer into it. */
function ProofChart({ proof }: { proof: Proof }) {
  const say = useSay()
  const { design, verdict, unit, points } = proof
  const title = `${design.planTitle} ${say(proof.indicatorTitle)}`
  if (verdict?.effect) {
    return (
      <Section title={say(text.chart)} lead={say(text.chartLead)}>
        <InterruptedChart
          title={title}
          unit={unit}
          grain={design.grain}
          points={points}
          interventionOn={design.interventionOn}
        />
      </Section>
    )
  }
  const observed = points.map((point) => ({ ...point, low: null, high: null }))
  const begun = points.some((point) => point.periodStart >= design.interventionOn)
  return (
    <Section title={say(text.chart)} lead={verdict ? undefined : say(text.chartWaiting)}>
      <SeriesChart
        title={title}
        unit={unit}
        grain={design.grain}
        points={observed}
        marks={begun ? [{ day: design.interventionOn, name: say(words.design.intervention) }] : []}
      />
    </Section>
  )
}
