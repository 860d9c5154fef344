/** Two versions over one period: who rises, who falls, and why. */
import { DownloadOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Compared, ComparisonOfVersions, Scheme } from '#evaluation/contract'
import { addPeriods, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { versionWords } from '../../words/versions.ts'
import { evaluation } from '../api.ts'
import { ComparedRows } from './compared-rows.tsx'
import { ComparedFacts } from './compared-facts.tsx'
import { useComparisonFile } from './comparison-file.ts'
import { inForce } from './in-force.ts'
import { Adopting } from './version-list.tsx'

const words = versionWords.compare
const PERIODS_OFFERED = 24

export function Comparison({ versions }: { versions: readonly Scheme[] }) {
  const say = useSay()
  const setValues = useSearchValues()
  const [askedBefore] = useSearchValue('before')
  const [askedAfter] = useSearchValue('after')
  const [askedPeriod, setPeriod] = useSearchValue('period')
  const find = (asked: string | undefined) => versions.find((one) => String(one.version) === asked)
  const before = find(askedBefore) ?? inForce(versions, today())
  const after = find(askedAfter) ?? versions.find((one) => one.version !== before?.version)
  if (versions.length < 2 || !before || !after) {
    return (
      <Section>
        <Empty title={say(words.needTwo)} why={say(words.needTwoWhy)} />
      </Section>
    )
  }
  const grain = after.grains[0] ?? 'month'
  const last = addPeriods(startOfPeriod(today(), grain), grain, -1)
  const periodStart = askedPeriod && /^\d{4}-\d{2}-\d{2}$/.test(askedPeriod) ? startOfPeriod(askedPeriod, grain) : last
  return (
    <>
      <div className="scope-bar">
        <VersionChoice
          label={say(words.before)}
          versions={versions}
          value={before}
          onChange={(next) => setValues({ before: next })}
        />
        <Button
          icon={<SwapOutlined />}
          aria-label={say(words.swap)}
          onClick={() => setValues({ before: String(after.version), after: String(before.version) })}
        />
        <VersionChoice
          label={say(words.after)}
          versions={versions}
          value={after}
          onChange={(next) => setValues({ after: next })}
        />
        <PeriodChoice grain={grain} last={last} value={periodStart} onChange={setPeriod} />
      </div>
      {before.version === after.version ? (
        <Section>
          <Empty title={say(words.same)} />
        </Section>
      ) : (
        <Found before={before} after={after} periodStart={periodStart} />
      )}
    </>
  )
}

function VersionChoice(props: {
  label: string
  versions: readonly Scheme[]
  value: Scheme
  onChange: (version: string) => void
}) {
  const say = useSay()
  return (
    <label>
      {props.label}
      <Select<number>
        value={props.value.version}
        onChange={(next) => props.onChange(String(next))}
        options={props.versions.map(({ version, state }) => ({
          value: version,
          label: `${say(versionWords.page.versionShown, { version })} · ${say(versionWords.state[state])}`,
        }))}
        aria-label={props.label}
        popupMatchSelectWidth={false}
        style={{ minWidth: 160 }}
      />
    </label>
  )
}

function PeriodChoice(props: {
  grain: Scheme['grains'][number]
  last: string
  value: string
  onChange: (day: string) => void
}) {
  const say = useSay()
  const { language } = useLanguage()
  const { grain, last, value } = props
  const offered = Array.from({ length: PERIODS_OFFERED }, (_unused, back) => addPeriods(last, grain, -back))
  return (
    <label>
      {say(words.period)}
      <Select<string>
        value={value}
        onChange={props.onChange}
        options={[...new Set([...offered, value])].map((day) => ({
          value: day,
          label: periodName(day, grain, language),
        }))}
        aria-label={say(words.period)}
        popupMatchSelectWidth={false}
        style={{ minWidth: 130 }}
      />
    </label>
  )
}

function Found({ before, after, periodStart }: { before: Scheme; after: Scheme; periodStart: string }) {
  const input = { id: after.id, before: before.version, after: after.version, periodStart }
  const comparison = useQuery(evaluation.compareVersions.queryOptions({ input, retry: false }))
  return (
    <Loaded query={comparison} waiting={<Waiting rows={10} />}>
      {(found) => <Result found={found} />}
    </Loaded>
  )
}

const filters = ['all', 'rises', 'falls', 'stars'] as const
type Filter = (typeof filters)[number]
const rose = ({ before, after }: Compared) => before.rank !== null && after.rank !== null && after.rank < before.rank
const fell = ({ before, after }: Compared) => before.rank !== null && after.rank !== null && after.rank > before.rank
const keeps: Readonly<Record<Filter, (row: Compared) => boolean>> = {
  all: () => true,
  rises: rose,
  falls: fell,
  stars: ({ before, after }) => before.stars !== after.stars,
}

function Result({ found }: { found: ComparisonOfVersions }) {
  const say = useSay()
  const mayEdit = useMay('schemes.edit')
  const [asked, setFilter] = useSearchValue('show')
  const filter = filters.find((one) => one === asked) ?? 'all'
  const [adopting, setAdopting] = useState(false)
  const save = useComparisonFile(found)
  if (found.units === 0) {
    return (
      <Section>
        <Empty title={say(words.none)} />
      </Section>
    )
  }
  return (
    <>
      <Section>
        <ComparedFacts found={found} />
      </Section>
      <Section className="compared">
        <div className="list-tools">
          <div className="row">
            <Segmented<Filter>
              value={filter}
              onChange={(next) => setFilter(next === 'all' ? undefined : next)}
              aria-label={say(words.show)}
              options={filters.map((one) => ({ value: one, label: say(words.filter[one]) }))}
            />
          </div>
          <div className="row">
            <Button icon={<DownloadOutlined />} onClick={save}>
              {say(words.export)}
            </Button>
            {mayEdit && found.after.state === 'proposed' && (
              <Button type="primary" onClick={() => setAdopting(true)}>
                {say(words.adopt, { version: found.after.version })}
              </Button>
            )}
          </div>
        </div>
        <ComparedRows found={found} rows={found.rows.filter(keeps[filter])} />
      </Section>
      {adopting && <Adopting version={found.after} onClose={() => setAdopting(false)} />}
    </>
  )
}
