/** Somebody else saved while this was open: put both together, take theirs, or keep mine as a copy. */
import { App, Button, Modal } from 'antd'
import type { DashboardDraft } from '#reports/contract'
import { useAct } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useGo } from '#platform/web/router.tsx'
import { mergeDrafts } from '../../rules/merge.ts'
import { words as all } from '../../words.ts'
import { reports } from '../api.ts'

const words = all.editor.conflict

interface Resolved {
  readonly draft: DashboardDraft
  readonly theirs: DashboardDraft
  readonly version: number
}
interface ConflictProps {
  readonly id: string
  readonly problem: { readonly data: unknown }
  readonly base: DashboardDraft
  readonly mine: DashboardDraft
  readonly onResolved: (resolved: Resolved) => void
  readonly onClose: () => void
}

export function ConflictDialog({ id, problem, base, mine, onResolved, onClose }: ConflictProps) {
  const say = useSay()
  const go = useGo()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const { by, at } = problem.data as { by: string; at: string }
  const merge = useAct(() => reports.readDashboard.call({ id }), {
    onDone: (theirs) => {
      const { draft, contested, dropped } = mergeDrafts(base, mine, theirs.draft)
      onResolved({ draft, theirs: theirs.draft, version: theirs.version })
      if (dropped.length > 0) void message.warning(say(words.mergedDropped, { count: dropped.length }))
      else if (contested.length > 0) void message.info(say(words.mergedContested, { count: contested.length }))
      else void message.success(say(words.merged))
    },
  })
  const theirs = useAct(() => reports.readDashboard.call({ id }), {
    onDone: (found) => onResolved({ draft: found.draft, theirs: found.draft, version: found.version }),
  })
  const title = {
    zh: words.copyTitle.zh.replace('{title}', mine.title.zh),
    en: words.copyTitle.en.replace('{title}', mine.title.en),
  }
  const keep = async () => {
    const made = await reports.createDashboard.call({ draft: { ...mine, title } })
    // What was mine is kept; the open editor goes back to theirs, so that leaving loses nothing.
    return { made, found: await reports.readDashboard.call({ id }) }
  }
  const copy = useAct(keep, {
    done: all.editor.saved,
    refresh: ['reports'],
    onDone: ({ made, found }) => {
      onResolved({ draft: found.draft, theirs: found.draft, version: found.version })
      // Once the editor knows that nothing is unsaved any more.
      setTimeout(() => go(`/dashboards/${made.id}`))
    },
  })
  const busy = merge.busy || theirs.busy || copy.busy
  return (
    <Modal
      open
      onCancel={onClose}
      title={say(words.title, { by, at: instantName(at, language) })}
      footer={
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button disabled={busy} onClick={() => theirs.run(undefined)}>
            {say(words.theirs)}
          </Button>
          <Button disabled={busy} onClick={() => copy.run(undefined)}>
            {say(words.copy)}
          </Button>
          <Button type="primary" loading={busy} onClick={() => merge.run(undefined)}>
            {say(words.merge)}
          </Button>
        </div>
      }
    >
      <p>{say(words.why)}</p>
    </Modal>
  )
}
