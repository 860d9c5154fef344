/** All versions of an indicator: which judges which days, what each changed, and any two side by side. */
import { useQuery } from '@tanstack/react-query'
import { Select, Tag } from 'antd'
import { addDays, addMonths, dayName, instantName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { useParam, useSearchValue } from '#platform/web/router.tsx'
import type { Language } from '#platform/web/words.ts'
import { differencesOf } from '../../rules/drafts/differences.ts'
import { versionOn } from '../../rules/versions.ts'
import { adoptingWords as words } from '../../words/adopting.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { Differences } from './differences.tsx'
import { Told } from './side-panel.tsx'

type Version = Awaited<ReturnType<typeof measurement.indicatorVersions.call>>[number]
const SERIES_MONTHS = 24

export function VersionsPage() {
  const say = useSay()
  const id = useParam('id')
  const versions = useQuery(measurement.indicatorVersions.queryOptions({ input: { id } }))
  const title = versions.data?.at(-1)?.title
  const crumbs = [
    { title: say(all.indicators.title), to: '/measure' },
    { title: title ? say(title) : id, to: `/measure/${id}` },
  ]
  return (
    <PageFrame title={say(words.versions)} lead={say(words.versionsLead)} crumbs={crumbs} may="measurements.read">
      <Loaded query={versions} rows={8}>
        {(data) => <Content versions={data} />}
      </Loaded>
    </PageFrame>
  )
}

function judgesTold({ effectiveFrom, effectiveUntil }: Version, say: ReturnType<typeof useSay>, language: Language) {
  const from = effectiveFrom === null ? '' : dayName(effectiveFrom, language)
  if (effectiveUntil === null) return from === '' ? say(words.judgesAll) : say(words.judgesFrom, { from })
  // An empty day: replaced from the very beginning.
  if (effectiveUntil === '' || effectiveUntil === effectiveFrom) return say(words.judgesNone)
  const until = dayName(effectiveUntil, language)
  return from === '' ? say(words.judgesUntil, { until }) : say(words.judgesBetween, { from, until })
}

function Content({ versions }: { versions: readonly Version[] }) {
  const say = useSay()
  const [asked, setAsked] = useSearchValue('version')
  const [other, setOther] = useSearchValue('with')
  const newest = versions.at(-1)
  const shown = versions.find((one) => String(one.version) === asked) ?? newest
  const place = versions.findIndex((one) => one === shown)
  const compared = versions.find((one) => String(one.version) === other) ?? versions[Math.max(0, place - 1)]
  if (!shown || !compared) return null
  const options = versions.map(({ version }) => ({ value: String(version), label: say(words.version, { version }) }))
  return (
    <>
      <Section>
        <VersionTable versions={versions} />
      </Section>
      <Section
        title={say(words.compare)}
        actions={
          <>
            <Select
              aria-label={say(words.number)}
              value={String(compared.version)}
              options={options}
              onChange={setOther}
              style={{ width: 120 }}
            />
            <span>{say(words.compareWith)}</span>
            <Select
              aria-label={say(words.number)}
              value={String(shown.version)}
              options={options}
              onChange={setAsked}
              style={{ width: 120 }}
            />
          </>
        }
      >
        <Differences rows={differencesOf(compared, shown)} />
      </Section>
      <div className="columns">
        <Section className="narrow" title={say(words.version, { version: shown.version })}>
          <Told draft={shown} />
        </Section>
        <Section className="wide" title={say(words.itsSeries)}>
          <VersionSeries version={shown} />
        </Section>
      </div>
    </>
  )
}

function VersionTable({ versions }: { versions: readonly Version[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const inForce = versionOn(versions, today())
  const changedBy = (one: Version) => {
    const before = versions[versions.indexOf(one) - 1]
    if (!before) return say(words.first)
    return say(words.changedCount, { count: differencesOf(before, one).length })
  }
  return (
    <RowTable
      rows={versions.toReversed()}
      rowKey={(row) => String(row.version)}
      exportName={say(words.versions)}
      columns={[
        {
          key: 'version',
          title: say(words.number),
          render: (row) => (
            <span className="row">
              {say(words.version, { version: row.version })}
              {row.version === inForce?.version && <Tag color="blue">{say(words.inForce)}</Tag>}
            </span>
          ),
          text: (row) => row.version,
        },
        {
          key: 'judges',
          title: say(words.judges),
          render: (row) => judgesTold(row, say, language),
          text: (row) => judgesTold(row, say, language),
        },
        {
          key: 'recorded',
          title: say(words.recorded),
          render: (row) => instantName(row.createdAt, language),
          text: (row) => row.createdAt,
        },
        { key: 'by', title: say(words.by), render: (row) => row.createdBy, text: (row) => row.createdBy },
        { key: 'changed', title: say(words.changed), render: changedBy, text: changedBy },
      ]}
    />
  )
}

function VersionSeries({ version }: { version: Version }) {
  const say = useSay()
  const month = startOfPeriod(today(), 'month')
  const series = useQuery(
    measurement.readSeries.queryOptions({
      input: {
        id: version.id,
        version: version.version,
        grain: 'month',
        from: addMonths(month, 1 - SERIES_MONTHS),
        to: addDays(addMonths(month, 1), -1),
      },
    }),
  )
  return (
    <Loaded query={series} rows={8}>
      {(data) => (
        <SeriesChart
          title={say(version.title)}
          points={data.groups[0]?.points ?? []}
          unit={version.unit}
          grain="month"
          target={version.target}
        />
      )}
    </Loaded>
  )
}
