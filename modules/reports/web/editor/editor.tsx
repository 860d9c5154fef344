/** Composing a dashboard: canvas, drawers, undo, saving, and what to do when somebody else saved meanwhile. */
import { CompressOutlined, PlusOutlined, RedoOutlined, SettingOutlined, UndoOutlined } from '@ant-design/icons'
import { App, Button, Select, Tooltip } from 'antd'
import { type ReactNode, useCallback, useEffect, useMemo, useReducer, useState } from 'react'
import type { Box, Dashboard, DashboardDraft, Tile } from '#reports/contract'
import { useAct } from '#platform/web/act.ts'
import { isProblem } from '#platform/web/api.ts'
import { useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty, ProblemNotice } from '#platform/web/page/states.tsx'
import { useGo } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { reports } from '../api.ts'
import { shownScope, TileSurroundings } from '../tiles/surroundings.ts'
import { useTileTitle } from '../tiles/tile.tsx'
import { Canvas } from './canvas.tsx'
import { ConflictDialog } from './conflict.tsx'
import './editor.css'
import {
  beginWith,
  edit,
  type EditorState,
  newTileId,
  withAdded,
  withChanged,
  withGapsClosed,
  withMoved,
  withRemoved,
  withTurned,
} from './editor-state.ts'
import { PhoneList } from './phone-list.tsx'
import { SettingsDrawer } from './settings-drawer.tsx'
import { Field, TileDrawer } from './tile-drawer.tsx'
import { usualSize } from './tile-form.ts'
import { WallPages } from './wall-pages.tsx'

const words = all.editor

interface EditorProps {
  readonly draft: DashboardDraft
  /** What it was loaded from; absent for a new one. */
  readonly saved?: Dashboard
}

type Open =
  | { readonly what: 'add' }
  | { readonly what: 'settings' }
  | { readonly what: 'tile'; readonly id: string }
  | null

/** The draft with its history, what it was loaded from, and what was last told to those who listen. */
function useEditing({ draft, saved }: EditorProps) {
  const say = useSay()
  const [state, change] = useReducer(edit, draft, beginWith)
  // What both sides of a conflict began with: the version that was loaded, or merged last.
  const [base, setBase] = useState(saved ? { version: saved.version, draft: saved.draft } : null)
  const [told, setTold] = useState('')
  const unsaved = base === null || state.present !== base.draft
  const save = useSaving({ present: state.present, base, saved })
  const touched = useLeaveGuard()
  useEffect(() => touched(unsaved && !save.leaving), [touched, unsaved, save.leaving])
  const replace = useCallback((next: DashboardDraft) => change({ what: 'draft', draft: next }), [])
  const step = (what: 'undo' | 'redo') => {
    change({ what })
    setTold(say(what === 'undo' ? words.undone : words.redone))
  }
  useUndoKeys(step)
  return { state, change, base, setBase, told, setTold, unsaved, save, replace, step }
}

export function Editor({ draft, saved }: EditorProps) {
  const say = useSay()
  const { state, change, base, setBase, told, setTold, unsaved, save, replace, step } = useEditing(
    saved ? { draft, saved } : { draft },
  )
  const [open, setOpen] = useState<Open>(null)
  const { present, page } = state
  const surroundings = useMemo(() => ({ scope: shownScope(present.scope), place: 'editor' as const }), [present.scope])
  return (
    <PageFrame
      title={saved ? say(words.editTitle, { title: say(present.title) }) : say(present.title)}
      lead={<PhoneOrDesk phone={say(words.phoneLead)} desk={say(words.lead)} />}
      may="dashboards.edit"
      crumbs={[{ title: say(all.title), to: '/dashboards/all' }]}
      actions={
        <Toolbar
          state={state}
          unsaved={unsaved}
          save={save}
          onStep={step}
          onGaps={() => replace(withGapsClosed(present, page))}
          onOpen={setOpen}
        />
      }
    >
      <div className="only-read" aria-live="polite" role="status">
        {told}
      </div>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <TileSurroundings value={surroundings}>
        {present.kind === 'wall' && (
          <WallPages
            draft={present}
            page={page}
            onPage={(next) => change({ what: 'page', page: next })}
            onChange={replace}
          />
        )}
        <Tiles draft={present} page={page} onChange={replace} onOpen={setOpen} onTell={setTold} />
        <Drawers draft={present} page={page} onChange={replace} onTell={setTold} open={open} onOpen={setOpen} />
      </TileSurroundings>
      {saved && base && (
        <Conflict
          id={saved.id}
          save={save}
          base={base.draft}
          mine={present}
          onResolved={(next) => {
            setBase({ version: next.version, draft: next.theirs })
            replace(next.draft)
          }}
        />
      )}
    </PageFrame>
  )
}

type ConflictProps = Omit<Parameters<typeof ConflictDialog>[0], 'problem' | 'onClose'> & { save: Saving }

function Conflict({ save, onResolved, ...rest }: ConflictProps) {
  if (!isProblem(save.problem, 'CHANGED_MEANWHILE')) return null
  return (
    <ConflictDialog
      {...rest}
      problem={save.problem}
      onClose={save.forget}
      onResolved={(next) => {
        onResolved(next)
        save.forget()
      }}
    />
  )
}

interface ToolbarProps {
  readonly state: EditorState
  readonly unsaved: boolean
  readonly save: Saving
  readonly onStep: (what: 'undo' | 'redo') => void
  readonly onGaps: () => void
  readonly onOpen: (open: Open) => void
}

function Toolbar({ state, unsaved, save, onStep, onGaps, onOpen }: ToolbarProps) {
  const say = useSay()
  const empty = state.present.pages[state.page]?.tiles.length === 0
  return (
    <>
      {unsaved && <span className="muted small">{say(words.unsaved)}</span>}
      <ToolButton
        text={say(words.undo)}
        icon={<UndoOutlined />}
        off={state.past.length === 0}
        onClick={() => onStep('undo')}
      />
      <ToolButton
        text={say(words.redo)}
        icon={<RedoOutlined />}
        off={state.future.length === 0}
        onClick={() => onStep('redo')}
      />
      <ToolButton text={say(words.closeGaps)} icon={<CompressOutlined />} off={empty} onClick={onGaps} />
      <ToolButton
        text={say(words.settings)}
        icon={<SettingOutlined />}
        off={false}
        onClick={() => onOpen({ what: 'settings' })}
      />
      <Button icon={<PlusOutlined />} onClick={() => onOpen({ what: 'add' })}>
        {say(words.addTile)}
      </Button>
      <Button type="primary" loading={save.busy} disabled={!unsaved} onClick={save.run}>
        {say(words.save)}
      </Button>
    </>
  )
}

const PhoneOrDesk = ({ phone, desk }: { phone: string; desk: string }) => (usePhone() ? phone : desk)

function ToolButton(props: { text: string; icon: ReactNode; off: boolean; onClick: () => void }) {
  return (
    <Tooltip title={props.text}>
      <Button icon={props.icon} aria-label={props.text} disabled={props.off} onClick={props.onClick} />
    </Tooltip>
  )
}

function useUndoKeys(step: (what: 'undo' | 'redo') => void): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (!(event.ctrlKey || event.metaKey) || target.closest('input, textarea, [contenteditable]')) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      step(key === 'y' || event.shiftKey ? 'redo' : 'undo')
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
}

interface PartProps {
  readonly draft: DashboardDraft
  readonly page: number
  readonly onChange: (draft: DashboardDraft) => void
  readonly onTell: (text: string) => void
}

function Tiles({ draft, page, onChange, onTell, onOpen }: PartProps & { onOpen: (open: Open) => void }) {
  const say = useSay()
  const phone = usePhone()
  const titleOf = useTileTitle()
  const tiles = draft.pages[page]?.tiles ?? []
  const named = (id: string) => {
    const tile = tiles.find((one) => one.id === id)
    return tile ? titleOf(tile) : ''
  }
  const place = (id: string, box: Box): boolean => {
    const next = withMoved(draft, page, id, box)
    const now = next?.pages[page]?.tiles.find((tile) => tile.id === id)?.box
    if (!next || !now) {
      onTell(say(words.noRoom))
      return false
    }
    onTell(say(words.moved, { title: named(id), column: now.x + 1, row: now.y + 1, w: now.w, h: now.h }))
    onChange(next)
    return true
  }
  const remove = (id: string) => {
    onTell(say(words.removed, { title: named(id) }))
    onChange(withRemoved(draft, page, id))
  }
  if (tiles.length === 0) {
    return (
      <Empty
        title={say(words.empty)}
        why={say(words.emptyWhy)}
        begin={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => onOpen({ what: 'add' })}>
            {say(words.addTile)}
          </Button>
        }
      />
    )
  }
  const props = {
    kind: draft.kind,
    tiles,
    onPlace: place,
    onOpen: (id: string) => onOpen({ what: 'tile', id }),
    onRemove: remove,
  }
  return phone ? <PhoneList {...props} /> : <Canvas {...props} />
}

function Drawers({ open, onOpen, ...part }: PartProps & { open: Open; onOpen: (open: Open) => void }) {
  const { draft, page, onChange } = part
  const onClose = () => onOpen(null)
  if (open === null) return null
  if (open.what === 'add') return <AddTile {...part} onClose={onClose} />
  if (open.what === 'settings') return <SettingsDrawer draft={draft} onChange={onChange} onClose={onClose} />
  const tile = draft.pages[page]?.tiles.find((one) => one.id === open.id)
  if (!tile) return null
  return (
    <TileDrawer
      tile={tile}
      onClose={onClose}
      onApply={(made) => {
        onChange(withChanged(draft, page, { ...tile, ...made }))
        onClose()
      }}
    >
      {draft.pages.length > 1 && <OtherPage {...part} id={tile.id} onClose={onClose} />}
    </TileDrawer>
  )
}

/** Moves a tile of a wall to another page, where it takes the first free place. */
function OtherPage({ draft, page, onChange, id, onClose }: PartProps & { id: string; onClose: () => void }) {
  const say = useSay()
  const { message } = App.useApp()
  const turn = (to: number) => {
    const next = withTurned(draft, page, id, to)
    if (!next) {
      void message.warning(say(words.full))
      return
    }
    onChange(next)
    onClose()
  }
  return (
    <Field label={say(words.toPage)}>
      {(field) => (
        <Select<number>
          id={field}
          options={draft.pages
            .map((one, at) => ({ value: at, label: one.title ? say(one.title) : say(words.page, { page: at + 1 }) }))
            .filter((one) => one.value !== page)}
          onChange={turn}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

function AddTile({ draft, page, onChange, onTell, onClose }: PartProps & { onClose: () => void }) {
  const say = useSay()
  const titleOf = useTileTitle()
  const { message } = App.useApp()
  const add = (made: Pick<Tile, 'show' | 'title' | 'scope'>) => {
    const next = withAdded(draft, page, { ...made, id: newTileId() }, usualSize[made.show.kind])
    if (!next) {
      void message.warning(say(words.full))
      return
    }
    onTell(say(words.added, { title: titleOf(made) }))
    onChange(next)
    onClose()
  }
  return <TileDrawer tile={undefined} onApply={add} onClose={onClose} />
}

interface Saving {
  readonly run: () => void
  readonly busy: boolean
  /** True from the moment it is saved: nothing is lost by leaving. */
  readonly leaving: boolean
  readonly problem: unknown
  /** A problem to show as it is; a conflict is told in its own dialog. */
  readonly error: unknown
  readonly forget: () => void
}

function useSaving({
  present,
  base,
  saved,
}: {
  present: DashboardDraft
  base: { version: number } | null
  saved: Dashboard | undefined
}): Saving {
  const go = useGo()
  const [leaving, setLeaving] = useState<string | null>(null)
  const act = useAct(
    () =>
      saved && base
        ? reports.saveDashboard.call({ id: saved.id, version: base.version, draft: present })
        : reports.createDashboard.call({ draft: present }),
    { done: words.saved, refresh: ['reports'], quiet: true, onDone: (made) => setLeaving(made.id) },
  )
  // Only after the guard was told that nothing is unsaved.
  useEffect(() => {
    if (leaving !== null) go(`/dashboards/${leaving}`)
  }, [leaving, go])
  const conflict = isProblem(act.error, 'CHANGED_MEANWHILE')
  return {
    run: () => act.run(undefined),
    busy: act.busy,
    leaving: leaving !== null,
    problem: act.error,
    error: conflict ? null : act.error,
    forget: act.forget,
  }
}
