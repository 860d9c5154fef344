/** Before anybody decides: which design the history says would find the effect. */
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { type ProofMethod, proofMethod } from '#plans/contract'
import { type Advice, type AdviceQuestion, verificationContract } from '#verification/contract'
import { apiOf } from '#platform/web/api.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Language } from '#platform/web/words.ts'
import { proofWords } from '../../words/proof.ts'
import type { PlanForm } from './plan-form.ts'

const verification = apiOf('verification', verificationContract)
const text = proofWords.advice
const VARIES = ['nothing', 'customers', 'days', 'windows', 'outlets'] as const

/** The question as the form stands; null while something is missing. */
function questionOf(values: PlanForm | undefined, varies: AdviceQuestion['varies']): AdviceQuestion | null {
  const { goal, verification: proof, interventionOn, entity } = values ?? {}
  const unit = goal?.entity ?? entity
  if (!goal?.indicator || !unit || !interventionOn) return null
  if (!proof?.baselineFrom || !proof.endsOn || !proof.smallestEffect) return null
  const { grain, baselineFrom, endsOn, smallestEffect, seasonPeriods, comparison } = proof
  const windows = { grain, baselineFrom, interventionOn, endsOn }
  const rest = { smallestEffect, seasonPeriods: seasonPeriods ?? 0, comparison: comparison ?? [] }
  return { indicator: goal.indicator, entity: unit, varies, ...windows, ...rest }
}

export function AdviceSection() {
  const say = useSay()
  const may = useMay('verification.read')
  const form = Form.useFormInstance<PlanForm>()
  const [varies, setVaries] = useState<AdviceQuestion['varies']>('nothing')
  const question = questionOf(Form.useWatch([], form), varies)
  const asked = useMutation({ mutationFn: (input: AdviceQuestion) => verification.adviseDesign.call(input) })
  if (!may) return null
  return (
    <Section title={say(text.title)} lead={say(text.lead)}>
      <div className="advice-ask">
        <span id="advice-varies">{say(text.varies)}</span>
        <Select
          aria-labelledby="advice-varies"
          value={varies}
          onChange={setVaries}
          options={VARIES.map((value) => ({ value, label: say(text.choices[value]) }))}
          style={{ minWidth: 120 }}
        />
        <Button
          disabled={question === null}
          loading={asked.isPending}
          onClick={() => question && asked.mutate(question)}
        >
          {say(text.ask)}
        </Button>
      </div>
      {asked.error && <ProblemNotice error={asked.error} />}
      {asked.data && <Told advice={asked.data} />}
    </Section>
  )
}

function warningValue({ code, value }: Advice['warnings'][number], unit: string, language: Language): string {
  if (code === 'low-power') return `${formatNumber(100 * value, language, 0)}%`
  if (code === 'regression-to-the-mean') return formatChange(value, unit, language).slice(1)
  return formatNumber(value, language, 0)
}

function Told({ advice }: { advice: Advice }) {
  const say = useSay()
  const { language } = useLanguage()
  const names = advice.comparison.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')
  return (
    <>
      <ul className="advice-warnings">
        {advice.warnings.map((warning) => (
          <li key={warning.code}>
            <StatusMark
              status="yellow"
              word={say(text.warning[warning.code], { value: warningValue(warning, advice.unit, language) })}
            />
          </li>
        ))}
      </ul>
      <div className="chart-table advice">
        <table className="plain-table">
          <thead>
            <tr>
              {[text.design, text.power, text.detectable, text.needed].map((name) => (
                <th key={name.en} scope="col">
                  {say(name)}
                </th>
              ))}
              <th aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {advice.candidates.map((candidate) => (
              <CandidateRow key={candidate.design} candidate={candidate} advice={advice} />
            ))}
          </tbody>
        </table>
      </div>
      {names !== '' && <p className="muted small">{say(text.looked, { names })}</p>}
    </>
  )
}

function CandidateRow({ candidate, advice }: { candidate: Advice['candidates'][number]; advice: Advice }) {
  const say = useSay()
  const { language } = useLanguage()
  const form = Form.useFormInstance<PlanForm>()
  const { design, feasible, freezes, power, detectable, periodsNeeded } = candidate
  const take = () => {
    const method = design as ProofMethod
    const comparison = method === 'interrupted-time-series' ? [] : advice.comparison.map(({ key }) => key)
    form.setFieldsValue({ verification: { method, comparison, runUpPeriods: advice.runUpPeriods } })
  }
  const known = proofMethod.options.some((one) => one === design)
  return (
    <tr>
      <th scope="row">{say(proofWords.methods[design])}</th>
      {feasible ? (
        <>
          <td className="number">{power === null ? '—' : `${formatNumber(100 * power, language, 0)}%`}</td>
          <td className="number">
            {detectable === null ? '—' : formatChange(detectable, advice.unit, language).slice(1)}
          </td>
          <td className="number">
            {periodsNeeded === null ? say(text.beyond) : formatNumber(periodsNeeded, language, 0)}
          </td>
        </>
      ) : (
        <td colSpan={3} className="muted">
          {say(text.infeasible)}
        </td>
      )}
      <td>
        {feasible && freezes && known && (
          <Button size="small" onClick={take}>
            {say(text.take)}
          </Button>
        )}
        {feasible && !freezes && <span className="muted small">{say(text.trial)}</span>}
      </td>
    </tr>
  )
}
