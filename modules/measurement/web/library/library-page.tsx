import { Button, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Library, LibraryEntry, Sector } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useAddress, useSearchValues } from '#platform/web/router.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import { EntryState, wantedOf } from './entry-parts.tsx'
import { type Asked, InstallDialog } from './install-dialog.tsx'
import { SectorCards } from './sector-cards.tsx'
import './library.css'

const words = all.library

export function LibraryPage() {
  const say = useSay()
  const library = useQuery(measurement.readLibrary.queryOptions())
  const crumbs = [{ title: say(all.indicators.title), to: '/measure' }]
  const count = library.data?.entries.length ?? 0
  return (
    <PageFrame
      title={say(words.title)}
      lead={count > 0 ? say(words.lead, { count }) : ''}
      crumbs={crumbs}
      may="measurements.read"
    >
      <Loaded query={library} waiting={<Waiting rows={10} />}>
        {(data) => <Shelves library={data} />}
      </Loaded>
    </PageFrame>
  )
}

function Shelves({ library }: { library: Library }) {
  const say = useSay()
  const filters = useFilters()
  const [asked, setAsked] = useState<Asked | null>(null)
  const shown = library.entries.filter((entry) => matches(entry, filters))
  const open = library.entries.find((entry) => entry.id === filters.one) ?? null
  return (
    <>
      <Section title={say(words.sectorsTitle)}>
        <SectorCards
          library={library}
          chosen={filters.sector}
          onChoose={(sector) => filters.set({ sector: sector === filters.sector ? undefined : sector })}
          onInstall={(sector) => setAsked({ sector })}
        />
      </Section>
      <Section>
        <RowTable<LibraryEntry>
          rows={shown}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          columns={useColumns((id) => filters.set({ one: id }))}
          tools={<FilterTools />}
          empty={<Empty title={say(words.nothing)} why={say(words.nothingWhy)} />}
        />
      </Section>
      <EntryDrawer
        entry={open}
        library={library}
        onClose={() => filters.set({ one: undefined })}
        onInstall={(id) => setAsked({ ids: [id] })}
      />
      {asked && <InstallDialog library={library} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

/** All of them stand in the address, so that a list can be sent on. */
function useFilters() {
  const search = new URLSearchParams(useAddress().search)
  const set = useSearchValues()
  const get = (name: string) => search.get(name) ?? undefined
  return {
    sector: get('sector'),
    category: get('category'),
    search: get('search') ?? '',
    state: get('state'),
    one: get('one'),
    set,
  }
}
type Filters = ReturnType<typeof useFilters>

function matches(entry: LibraryEntry, { sector, category, search, state }: Filters): boolean {
  if (sector !== undefined && !entry.sectors.includes(sector as Sector)) return false
  if (category !== undefined && entry.draft.category !== category) return false
  if (state !== undefined && entry.installed !== (state === 'installed')) return false
  const { id, title, explanation } = entry.draft
  const text = [id, title.zh, title.en, explanation.zh, explanation.en].join(' ').toLowerCase()
  return text.includes(search.trim().toLowerCase())
}

function FilterTools() {
  const say = useSay()
  const { sector, category, search, state, set } = useFilters()
  const choice = (
    name: string,
    value: string | undefined,
    any: string,
    options: { value: string; label: string }[],
  ) => (
    <Select<string>
      allowClear
      aria-label={any}
      placeholder={any}
      {...(value === undefined ? {} : { value })}
      onChange={(next: string | undefined) => set({ [name]: next })}
      options={options}
      style={{ width: 140 }}
    />
  )
  const options = (of: Readonly<Record<string, Sentence>>) =>
    Object.entries(of).map(([value, title]) => ({ value, label: say(title) }))
  return (
    <>
      <Input.Search
        allowClear
        defaultValue={search}
        onChange={(event) => set({ search: event.target.value })}
        placeholder={say(words.search)}
        aria-label={say(words.search)}
        style={{ width: 240 }}
      />
      {choice('sector', sector, say(words.anySector), options(words.sectors))}
      {choice('category', category, say(words.anyCategory), options(words.categories))}
      {choice(
        'state',
        state,
        say(words.state),
        options({ installed: words.installed, 'not-installed': words.notInstalled }),
      )}
    </>
  )
}

function useColumns(onOpen: (id: string) => void): Column<LibraryEntry>[] {
  const say = useSay()
  const { language } = useLanguage()
  const sectorsOf = (row: LibraryEntry) =>
    row.sectors.map((sector) => say(words.sectors[sector])).join(say(words.listSeparator))
  return [
    {
      key: 'name',
      title: say(words.indicator),
      width: 260,
      render: (row) => (
        <Button type="link" size="small" className="library-name" onClick={() => onOpen(row.id)}>
          {say(row.draft.title)}
        </Button>
      ),
      text: (row) => say(row.draft.title),
    },
    {
      key: 'category',
      title: say(words.category),
      render: (row) => say(words.categories[row.draft.category ?? 'quality']),
      text: (row) => say(words.categories[row.draft.category ?? 'quality']),
    },
    {
      key: 'target',
      title: say(words.target),
      render: (row) => <span className="number">{wantedOf(row, language, say(words.noTarget))}</span>,
      text: (row) => wantedOf(row, language, say(words.noTarget)),
    },
    {
      key: 'sectors',
      title: say(words.forSectors),
      render: (row) => <span className="muted">{sectorsOf(row)}</span>,
      text: sectorsOf,
    },
    {
      key: 'source',
      title: say(words.source),
      render: (row) => say(row.source),
      text: (row) => say(row.source),
      extra: true,
    },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => <EntryState entry={row} />,
      text: (row) => String(row.installed),
    },
  ]
}
