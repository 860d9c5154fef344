import { EditOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Indicator, Series } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { instantName, periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue, unitNames } from '#platform/web/numbers.ts'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { Figure } from '#platform/web/parts/figure.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { Go, useGo, useParam, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'
import { ComparisonSection } from './comparison-section.tsx'
import { definitionTold } from './definition/definition-told.ts'
import { BreakdownSection } from './exploring/breakdown-section.tsx'
import { DistributionSection } from './exploring/distribution-section.tsx'
import { type Exportable, ExportMenu } from './exploring/export-menu.tsx'
import { PinButton } from './exploring/pins.tsx'
import { PublishedSection } from './exploring/published-section.tsx'
import { SegmentPicker, useAsked, useComparedKind } from './exploring/scope.tsx'
import { SeriesSection } from './exploring/series-section.tsx'
import { TargetsSection } from './exploring/targets/targets-section.tsx'
import { TogetherSection } from './exploring/together-section.tsx'
import { beforeLatest, latestOf } from './latest.ts'
import { SplitSection } from './split-section.tsx'

const words = all.one
const explore = all.explore

export function IndicatorPage() {
  const say = useSay()
  const id = useParam('id')
  const indicator = useQuery(measurement.readIndicator.queryOptions({ input: { id } }))
  const crumbs = [{ title: say(all.indicators.title), to: '/measure' }]
  if (!indicator.data) {
    return (
      <PageFrame title={say(all.title)} crumbs={crumbs} may="measurements.read">
        {indicator.error ? <ProblemNotice error={indicator.error} /> : <Waiting rows={10} />}
      </PageFrame>
    )
  }
  return (
    <PageFrame
      title={say(indicator.data.title)}
      lead={say(indicator.data.explanation)}
      crumbs={crumbs}
      may="measurements.read"
      actions={<Actions indicator={indicator.data} />}
      scope={
        <ScopeBar series>
          <SegmentPicker />
        </ScopeBar>
      }
    >
      <Content indicator={indicator.data} />
    </PageFrame>
  )
}

function Actions({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const go = useGo()
  const ask = useAsk()
  const mayEdit = useMay('indicators.edit')
  const retire = useAct(() => measurement.retireIndicator.call({ id: indicator.id }), {
    done: words.retiredDone,
    refresh: ['measurement'],
  })
  const asked = useAsked()
  const [by] = useSearchValue('by')
  const kind = useComparedKind()
  const { period } = useShown(indicator)
  const onRetire = () =>
    ask({
      title: say(words.retireAsk, { name: say(indicator.title) }),
      lost: say(words.retireLost),
      deed: say(words.retire),
      onYes: () => retire.run(undefined),
    })
  return (
    <>
      <PinButton id={indicator.id} />
      <ExportMenu files={filesOf(indicator, asked, by, kind, period)} />
      <Button icon={<UnorderedListOutlined />} onClick={() => go(`/measure/events?indicator=${indicator.id}`)}>
        {say(words.events)}
      </Button>
      {mayEdit && !indicator.retired && (
        <>
          <Button icon={<EditOutlined />} onClick={() => go(`/measure/${indicator.id}/edit`)}>
            {say(words.edit)}
          </Button>
          <Button danger loading={retire.busy} onClick={onRetire}>
            {say(words.retire)}
          </Button>
        </>
      )}
    </>
  )
}

/** What the page shows, as files. */
function filesOf(
  indicator: Indicator,
  asked: ReturnType<typeof useAsked>,
  by: string | undefined,
  kind: string | undefined,
  period: string | undefined,
): Exportable[] {
  const { id } = indicator
  const { grain, to, from, ...whose } = asked
  const { segment } = whose
  const compared = {
    grain,
    periodStart: period ?? to,
    ...(kind === undefined ? {} : { kind }),
    ...(segment ? { segment } : {}),
  }
  const split = by === undefined ? {} : { by }
  return [
    { name: explore.exportSeries, read: (how) => measurement.exportSeries.call({ id, ...asked, ...split, ...how }) },
    { name: explore.exportComparison, read: (how) => measurement.exportComparison.call({ id, ...compared, ...how }) },
    {
      name: explore.exportEvents,
      read: (how) => measurement.exportEvents.call({ indicator: id, from, to, ...whose, ...how }),
    },
  ]
}

/** The series of the address, its periods, and the one that units are compared in: the chosen one, else the newest full one. */
function useShown(indicator: Indicator) {
  const asked = useAsked()
  const [chosen] = useSearchValue('period')
  const input = { id: indicator.id, ...asked }
  const series = useQuery({ ...measurement.readSeries.queryOptions({ input }), placeholderData: (before) => before })
  const points = series.data?.grain === asked.grain ? (series.data.groups[0]?.points ?? []) : []
  const offered = points.map((point) => point.periodStart).toReversed()
  const full = points.findLast((point) => point.complete)?.periodStart
  const period = chosen !== undefined && offered.includes(chosen) ? chosen : (full ?? offered[0])
  return { series, offered, full, period }
}

function Content({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const { series, offered, full, period } = useShown(indicator)
  const kind = useComparedKind()
  return (
    <>
      <div className="columns">
        <Section className="wide" title={say(words.series)} lead={say(words.seriesLead)}>
          <Loaded query={series} rows={10}>
            {(data) => <SeriesSection series={data} />}
          </Loaded>
        </Section>
        <div className="narrow">
          <Section title={say(words.latest)}>
            <Loaded query={series} rows={2}>
              {(data) => <LatestPart series={data} />}
            </Loaded>
          </Section>
          <Section title={say(words.definition)}>
            <DefinitionPart indicator={indicator} />
          </Section>
        </div>
      </div>
      {series.data && <TogetherSection indicator={indicator} series={series.data} />}
      {period !== undefined && (
        <>
          <ComparisonSection indicator={indicator} offered={offered} periodStart={period} kind={kind} />
          <BreakdownSection indicator={indicator} periodStart={period} />
        </>
      )}
      <SplitSection indicator={indicator} />
      <DistributionSection indicator={indicator} />
      <TargetsSection indicator={indicator} />
      <PublishedSection indicator={indicator} periodStart={full} kind={kind} />
    </>
  )
}

function LatestPart({ series }: { series: Series }) {
  const say = useSay()
  const { language } = useLanguage()
  const points = series.groups[0]?.points
  const latest = latestOf(points)
  const before = beforeLatest(points)
  const { unit, direction } = series.indicator
  const target = latest ? series.targets[points?.indexOf(latest) ?? -1]?.value : null
  return (
    <div className="stack">
      <span className="muted small">
        {latest ? periodName(latest.periodStart, series.grain, language) : ''} ·{' '}
        {series.entity?.name ?? say(words.whole)}
      </span>
      <Figure
        large
        value={latest?.value}
        unit={unit}
        n={latest?.n}
        low={latest?.low}
        high={latest?.high}
        tooFew={latest?.tooFew}
        target={target}
        direction={direction}
      />
      {before && (
        <span className="muted">{say(words.before, { value: formatValue(before.value, unit, language) })}</span>
      )}
    </div>
  )
}

function DefinitionPart({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const { language } = useLanguage()
  const form = all.definition
  const at = instantName(indicator.createdAt, language)
  return (
    <div className="stack">
      <p>{definitionTold(indicator.definition, language)}</p>
      <Facts
        rows={[
          [say(form.unit), say(unitNames[indicator.unit])],
          [say(form.direction), say(form[indicator.direction])],
          [
            say(form.target),
            indicator.target === null
              ? say(all.indicators.noTarget)
              : formatValue(indicator.target, indicator.unit, language),
          ],
          [say(form.minimumN), `n ≥ ${indicator.minimumN}`],
        ]}
      />
      <p className="muted small">
        {say(words.version, { version: indicator.version })} · {say(words.changedBy, { by: indicator.createdBy, at })}
      </p>
      <Go to="/measure" className="only-read">
        {say(all.indicators.title)}
      </Go>
    </div>
  )
}
