/** The list under a thumb: one card an alert, what is late on top of it, big buttons below. */
import type { Alert } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import { AlertActions } from '../one/alert-actions.tsx'
import { Marks, SignalMark, Why } from '../one/alert-marks.tsx'
import { subjectOf } from '../telling/why.ts'
import { DueCell, OwnerCell } from './alert-table.tsx'

export function AlertCards({ rows }: { rows: readonly Alert[] }) {
  const say = useSay()
  return (
    <ul className="alert-cards" aria-label={say(words.list)}>
      {rows.map((alert) => (
        <li key={alert.id} className={`alert-card ${alert.colour}`}>
          <div className="row spread">
            <span className="row">
              <StatusMark status={alert.colour} />
              <SignalMark alert={alert} />
            </span>
            <Marks alert={alert} />
          </div>
          <strong>
            <Go to={`/alerts/${alert.id}`}>
              {alert.entity.name} · {say(subjectOf(alert))}
            </Go>
          </strong>
          <p className="small">
            <Why alert={alert} />
          </p>
          <div className="row spread">
            <DueCell alert={alert} />
            <OwnerCell alert={alert} />
          </div>
          <AlertActions alert={alert} size="large" />
        </li>
      ))}
    </ul>
  )
}
