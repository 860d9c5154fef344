/** The alert desk: how many of which colour, the worst and most urgent first, what to do in place. */
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Alert } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { Go, useGo, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import './alerts.css'
import { alerts } from './api.ts'
import { AlertCards } from './desk/alert-cards.tsx'
import { AlertDrawer } from './desk/alert-drawer.tsx'
import { AlertTable, rowId } from './desk/alert-table.tsx'
import { BulkBar } from './desk/bulk-bar.tsx'
import { Counts } from './desk/counts.tsx'
import { DeskTools } from './desk/desk-tools.tsx'
import { type Filters, useFilters, useMatches } from './desk/filters.ts'
import { useKeys } from './desk/keys.ts'
import { SilentSources } from './silent-sources.tsx'

/** A search looks through so many of the most urgent; beyond them filters of the server serve better. */
const SEARCHED_LIMIT = 1000

export function AlertsPage() {
  const say = useSay()
  const go = useGo()
  const filters = useFilters()
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="alerts.read"
      scope={<ScopeBar parts={['entity']} />}
      actions={
        <>
          <Button onClick={() => go('/alerts/plans')}>{say(words.checklist.plans.title)}</Button>
          <Button onClick={() => go('/alerts/rules')}>{say(words.act.rules)}</Button>
        </>
      }
    >
      <SilentSources />
      <Counts input={filters.input} />
      <Desk filters={filters} />
    </PageFrame>
  )
}

function useDeskRows({ input, text }: Filters) {
  const matches = useMatches()
  const pages = usePages<Alert>(alerts.listAlerts.key({ input }), (cursor) =>
    alerts.listAlerts.call(cursor === undefined ? input : { ...input, cursor }),
  )
  const loaded = pages.data?.pages.flatMap((one) => one.rows)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const count = loaded?.length ?? 0
  useEffect(() => {
    if (text !== '' && hasNextPage && !isFetchingNextPage && count < SEARCHED_LIMIT) void fetchNextPage()
  }, [text, hasNextPage, isFetchingNextPage, fetchNextPage, count])
  return { pages, loaded, rows: text === '' ? loaded : loaded?.filter((row) => matches(row, text)) }
}

function Desk({ filters }: { filters: Filters }) {
  const say = useSay()
  const phone = usePhone()
  const { pages, loaded, rows } = useDeskRows(filters)
  const [open, setOpen] = useSearchValue('open')
  const [active, setActive] = useState<string>()
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const chosen = (rows ?? []).filter((row) => marked.has(row.id))
  const show = (id: string) => {
    setActive(id)
    setOpen(id)
  }
  useDeskKeys({ rows: rows ?? [], active, setActive, open, setOpen, marked, setMarked })
  if (rows === undefined || loaded === undefined) {
    return <Section>{pages.error ? <ProblemNotice error={pages.error} /> : <Waiting rows={10} />}</Section>
  }
  return (
    <Section>
      <DeskTools filters={filters} rows={rows} />
      <BulkBar chosen={chosen} forget={() => setMarked(new Set())} />
      {rows.length === 0 && <Nothing filters={filters} />}
      {rows.length > 0 &&
        (phone ? (
          <AlertCards rows={rows} />
        ) : (
          <AlertTable
            rows={rows}
            active={active}
            chosen={marked}
            choose={(ids) => setMarked(new Set(ids))}
            open={show}
          />
        ))}
      {rows.length > 0 && (
        <div className="list-end" aria-live="polite">
          <span>
            {filters.text === ''
              ? say(pages.hasNextPage ? floorWords.list.shown : floorWords.list.shownAll, { count: rows.length })
              : say(words.filter.searched, { loaded: loaded.length, found: rows.length })}
          </span>
          {pages.hasNextPage && (
            <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {say(floorWords.list.more)}
            </Button>
          )}
        </div>
      )}
      {!phone && rows.length > 0 && <KeysTold />}
      {!phone && <AlertDrawer id={open} leave={() => setOpen(undefined)} />}
    </Section>
  )
}

interface KeyState {
  readonly rows: readonly Alert[]
  readonly active: string | undefined
  readonly setActive: (id: string) => void
  readonly open: string | undefined
  readonly setOpen: (id: string | undefined) => void
  readonly marked: ReadonlySet<string>
  readonly setMarked: (ids: ReadonlySet<string>) => void
}

function useDeskKeys({ rows, active, setActive, open, setOpen, marked, setMarked }: KeyState): void {
  const mayAct = useMay('alerts.act')
  const acknowledge = useAct(alerts.acknowledgeAlert.call, { done: words.act.acknowledged, refresh: ['alerts'] })
  const place = rows.findIndex((row) => row.id === active)
  const here = rows[place]
  useKeys({
    move: (step) => {
      const next = rows[Math.min(rows.length - 1, Math.max(0, place + step))]
      if (!next) return
      setActive(next.id)
      if (open !== undefined) setOpen(next.id)
      document.getElementById(rowId(next.id))?.scrollIntoView({ block: 'nearest' })
    },
    open: () => here && setOpen(here.id),
    answer: () => {
      if (mayAct && here?.state === 'open') acknowledge.run({ id: here.id })
    },
    mark: () => {
      if (!here || !mayAct) return
      const next = new Set(marked)
      if (!next.delete(here.id)) next.add(here.id)
      setMarked(next)
    },
    close: () => setOpen(undefined),
  })
}

function KeysTold() {
  const say = useSay()
  return (
    <p className="muted small no-print">
      {say(words.keys.told, { down: 'j', up: 'k', open: say(words.keys.enter), answer: 'a', mark: 'x', close: 'Esc' })}
    </p>
  )
}

function Nothing({ filters }: { filters: Filters }) {
  const say = useSay()
  const mayRules = useMay('rules.edit')
  if (filters.filtered) {
    const clear = <Button onClick={filters.clear}>{say(words.filter.clear)}</Button>
    return <Empty title={say(words.empty.filtered)} begin={clear} />
  }
  return (
    <Empty
      title={say(words.empty.calm)}
      why={say(words.empty.calmWhy)}
      begin={
        <Go to={mayRules ? '/alerts/rules/new' : '/alerts/rules'}>
          {say(mayRules ? words.rules.new : words.empty.rules)}
        </Go>
      }
    />
  )
}
