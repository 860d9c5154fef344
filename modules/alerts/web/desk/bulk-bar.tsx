/** Appears with a selection only: the same deed on all that are chosen. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Alert } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { useActOn } from '../one/act-on.ts'
import { AlertDialog, type Dialog } from '../one/alert-dialogs.tsx'

const bulk = words.bulk

export function BulkBar({ chosen, forget }: { chosen: readonly Alert[]; forget: () => void }) {
  const say = useSay()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const answer = useActOn((alert) => alerts.acknowledgeAlert.call({ id: alert.id }), {
    done: words.act.acknowledged,
    onDone: forget,
  })
  const open = chosen.filter((alert) => alert.state === 'open')
  const live = chosen.filter((alert) => alert.state !== 'closed')
  const leave = () => {
    setDialog(null)
    forget()
  }
  if (chosen.length === 0) return null
  return (
    <div className="bulk-bar" role="region" aria-live="polite">
      <strong>{say(bulk.chosen, { count: chosen.length })}</strong>
      {open.length > 0 && (
        <Button size="small" loading={answer.busy} onClick={() => answer.run({ alerts: open, input: null })}>
          {say(bulk.answer)}
        </Button>
      )}
      {live.length > 0 && (
        <>
          <Button size="small" onClick={() => setDialog('assign')}>
            {say(bulk.assign)}
          </Button>
          <Button size="small" danger onClick={() => setDialog('close')}>
            {say(bulk.close)}
          </Button>
        </>
      )}
      <Button size="small" type="text" onClick={forget}>
        {say(bulk.none)}
      </Button>
      {dialog !== null && <AlertDialog dialog={dialog} list={live} leave={leave} />}
    </div>
  )
}
