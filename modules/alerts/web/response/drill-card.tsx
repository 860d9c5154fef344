/** One drill: what was drawn, how quickly it went, and what it showed. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Drill } from '#alerts/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { READ_AGAIN } from './api.ts'
import { FindingDialog, SolveDialog } from './drill-dialogs.tsx'

const text = words.drill
const status: Readonly<Record<Drill['state'], Status>> = {
  drawn: 'grey',
  running: 'orange',
  finished: 'green',
  'called-off': 'grey',
}

export function DrillCard({ drill }: { drill: Drill }) {
  const say = useSay()
  const ask = useAsk()
  const mayEdit = useMay('rules.edit')
  const callOff = useAct(alerts.callOffDrill.call, { done: text.calledOff, refresh: READ_AGAIN })
  const live = drill.state === 'drawn' || drill.state === 'running'
  return (
    <article className="drill">
      <div className="row spread">
        <StatusMark status={status[drill.state]} word={say(text.state[drill.state])} />
        <span className="muted small">
          {drill.startsAt === null ? say(text.secret) : <When at={drill.startsAt} exact />}
        </span>
      </div>
      {drill.plan && (
        <strong>
          <Go to={`/alerts/plans/${drill.plan.id}`}>{say(drill.plan.title)}</Go>
        </strong>
      )}
      {drill.entity && <span>{drill.entity.name}</span>}
      <Timing drill={drill} />
      {drill.alertId !== null && <Go to={`/alerts/${drill.alertId}`}>{say(text.openAlert)}</Go>}
      {(drill.state === 'running' || drill.state === 'finished') && <Findings drill={drill} />}
      {mayEdit && live && (
        <div>
          <Button
            size="small"
            loading={callOff.busy}
            onClick={() =>
              ask({
                title: say(text.callOffTitle),
                deed: say(text.callOff),
                onYes: () => callOff.run({ id: drill.id }),
              })
            }
          >
            {say(text.callOff)}
          </Button>
        </div>
      )}
      {drill.seed !== null && <span className="muted small">{say(text.seed, { seed: drill.seed })}</span>}
    </article>
  )
}

function Timing({ drill }: { drill: Drill }) {
  const say = useSay()
  const { language } = useLanguage()
  const minutes = (value: number) => formatNumber(value, language, 0)
  const told = [
    drill.answeredMinutes === null ? null : say(text.answered, { minutes: minutes(drill.answeredMinutes) }),
    drill.finishedMinutes === null ? null : say(text.finished, { minutes: minutes(drill.finishedMinutes) }),
    drill.stepsInTime === null ? null : say(text.inTime, { ...drill.stepsInTime }),
  ].filter((line) => line !== null)
  return told.length === 0 ? null : <span className="small">{told.join(' · ')}</span>
}

function Findings({ drill }: { drill: Drill }) {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const [adding, setAdding] = useState(false)
  const [solving, setSolving] = useState<string | null>(null)
  return (
    <div>
      <span className="muted small">{drill.findings.length === 0 ? say(text.noFindings) : say(text.findings)}</span>
      <ul className="duties">
        {drill.findings.map((finding) => (
          <li key={finding.id} className="duty">
            <div className="duty-main">
              {finding.text}
              <span className="muted small">
                {finding.owner?.name ?? say(words.nobody)} · <When at={finding.dueAt} />
              </span>
            </div>
            <div className="duty-end">
              {finding.doneAt !== null && <StatusMark status="green" word={say(text.finishFinding)} />}
              {finding.doneAt === null && mayAct && (
                <Button size="small" onClick={() => setSolving(finding.id)}>
                  {say(text.finishFinding)}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayAct && (
        <Button size="small" type="link" onClick={() => setAdding(true)}>
          {say(text.addFinding)}
        </Button>
      )}
      {adding && <FindingDialog drill={drill} leave={() => setAdding(false)} />}
      {solving !== null && <SolveDialog drill={drill} finding={solving} leave={() => setSolving(null)} />}
    </div>
  )
}
