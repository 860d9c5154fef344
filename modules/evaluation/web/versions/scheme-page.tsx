/** A scheme: in words, its versions, what another version would change, and the past by any of them. */
import { EditOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import type { Scheme } from '#evaluation/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Go, useGo, useParam, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { schemeWords } from '../../words/schemes.ts'
import { versionWords } from '../../words/versions.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { Comparison } from './comparison.tsx'
import { InWords } from './in-words.tsx'
import { Replays } from './replays.tsx'
import { VersionList } from './version-list.tsx'
import '../schemes/parts/fields.css'
import './versions.css'

const words = versionWords.page
const tabs = ['words', 'versions', 'compare', 'replay'] as const
type Tab = (typeof tabs)[number]

export function SchemePage() {
  const say = useSay()
  const id = useParam('id')
  const [asked] = useSearchValue('version')
  const versions = useQuery(evaluation.schemeVersions.queryOptions({ input: { id } }))
  const scheme = useQuery(evaluation.readScheme.queryOptions({ input: { id } }))
  const shown = versions.data?.find((one) => String(one.version) === asked) ?? scheme.data
  return (
    <PageFrame
      title={shown ? say(shown.title) : id}
      lead={say(words.lead)}
      crumbs={[
        { title: say(all.title), to: '/evaluate' },
        { title: say(schemeWords.list.title), to: '/evaluate/schemes' },
      ]}
      may="evaluation.read"
      actions={shown && <Actions scheme={shown} />}
    >
      <Loaded query={versions} waiting={<Waiting rows={10} />}>
        {(rows) => (shown ? <Tabs versions={rows} shown={shown} /> : <Waiting rows={10} />)}
      </Loaded>
    </PageFrame>
  )
}

function Actions({ scheme }: { scheme: Scheme }) {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('schemes.edit')
  return (
    <>
      <Go to={`/evaluate?scheme=${scheme.id}`}>{say(words.ranking)}</Go>
      <Button icon={<PrinterOutlined />} onClick={() => print()}>
        {say(floorWords.act.print)}
      </Button>
      {mayEdit && (
        <Button
          type="primary"
          icon={<EditOutlined />}
          onClick={() => go(`/evaluate/schemes/${scheme.id}/edit?version=${scheme.version}`)}
        >
          {say(words.edit)}
        </Button>
      )}
    </>
  )
}

function Tabs({ versions, shown }: { versions: readonly Scheme[]; shown: Scheme }) {
  const say = useSay()
  const [asked, setTab] = useSearchValue('tab')
  const [, setVersion] = useSearchValue('version')
  const mayEdit = useMay('schemes.edit')
  const offered = tabs.filter((one) => one !== 'replay' || mayEdit)
  const tab = offered.find((one) => one === asked) ?? 'words'
  return (
    <>
      <div className="scope-bar">
        <Segmented<Tab>
          value={tab}
          onChange={(next) => setTab(next === 'words' ? undefined : next)}
          aria-label={say(words.tabs)}
          options={offered.map((one) => ({ value: one, label: say(words.tab[one]) }))}
        />
        {tab === 'words' && versions.length > 1 && (
          <label>
            {say(words.choose)}
            <Select<number>
              value={shown.version}
              onChange={(version) => setVersion(String(version))}
              options={versions.map(({ version, state }) => ({
                value: version,
                label: `${say(words.versionShown, { version })} · ${say(versionWords.state[state])}`,
              }))}
              popupMatchSelectWidth={false}
              style={{ minWidth: 160 }}
            />
          </label>
        )}
      </div>
      {tab === 'words' && <InWords scheme={shown} />}
      {tab === 'versions' && <VersionList versions={versions} />}
      {tab === 'compare' && <Comparison versions={versions} />}
      {tab === 'replay' && <Replays versions={versions} />}
    </>
  )
}
