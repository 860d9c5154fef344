/** Weights from the data of a period: entropy, CRITIC, standard deviation. */
import { Button } from 'antd'
import { useState } from 'react'
import type { SchemeDraft, SingleWeighting, WeightsReport } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { periodName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { weightWords as words } from '../../words/weights.ts'
import type { Writing } from '../schemes/state/tree.ts'
import { useEditorState } from '../schemes/state/use-editor.ts'
import { withReport } from './applied.ts'
import { PeriodField } from './period-field.tsx'
import { calculateOnServer, refusedBy, sendable } from './use-calculation.ts'
import { Warnings } from './warnings.tsx'

type FromData = Extract<SingleWeighting, { periodStart: string }>

export function DataFields({ method, onUsed }: { method: FromData['method']; onUsed: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const editor = useEditorState()
  const now = useNow()
  const { draft, writing, change, period } = editor
  const kept = draft.weighting.method === method ? draft.weighting : writing.shelf[method]
  const [asked, setAsked] = useState({
    grain: kept?.grain ?? period.grain,
    periodStart: kept?.periodStart ?? period.periodStart,
  })
  const [report, setReport] = useState<WeightsReport | null>(null)
  const ready = sendable(editor)
  const calculate = useAct(
    async ({ of, weighting }: { of: SchemeDraft; weighting: FromData }) => ({
      weighting,
      found: await calculateOnServer(of, weighting),
    }),
    {
      quiet: true,
      onDone: ({ weighting, found }) => {
        setReport(found)
        if (refusedBy(found)) return
        change((before) => used(before, weighting, found))
        onUsed()
      },
    },
  )
  const inUse = draft.weighting.method === method
  return (
    <div className="method-inputs">
      <div className="row">
        <PeriodField value={asked} onChange={setAsked} />
        <Button
          type="primary"
          disabled={ready === null}
          loading={calculate.busy}
          onClick={() =>
            ready &&
            calculate.run({ of: ready, weighting: { method, ...asked, calculatedAt: new Date(now).toISOString() } })
          }
        >
          {say(inUse ? words.again : words.calculate)}
        </Button>
        {inUse && kept && (
          <span className="muted small">
            {say(words.calculated, { period: periodName(kept.periodStart, kept.grain, language) })}
          </span>
        )}
      </div>
      {calculate.error !== null && <ProblemNotice error={calculate.error} />}
      {report && <Warnings warnings={report.warnings} />}
    </div>
  )
}

/** The method takes the place of the one before, which keeps its inputs. */
function used({ draft, shelf }: Writing, weighting: FromData, report: WeightsReport): Writing {
  const before = draft.weighting
  const kept = before.method === weighting.method ? shelf : { ...shelf, [before.method]: before }
  return { draft: withReport(draft, weighting, report), shelf: { ...kept, [weighting.method]: weighting } }
}
