import { EditOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Indicator, Series } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { addDays, addPeriods, instantName, periodName } from '#platform/web/calendar.ts'
import { SeriesChart, signalWords } from '#platform/web/charts/series-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue, unitNames } from '#platform/web/numbers.ts'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { Figure } from '#platform/web/parts/figure.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useGo, useParam } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { useMay } from '#platform/web/session.ts'
import { eventTypesOf } from '../rules/plan/event-types.ts'
import { words as all } from '../words.ts'
import { measurement } from './api.ts'
import { ComparisonSection } from './comparison-section.tsx'
import { definitionTold } from './definition/definition-told.ts'
import { beforeLatest, latestOf } from './latest.ts'
import { SplitSection } from './split-section.tsx'

const words = all.one

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
      scope={<ScopeBar />}
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
  const type = encodeURIComponent(eventTypesOf(indicator.definition)[0] ?? '')
  const onRetire = () =>
    ask({
      title: say(words.retireAsk, { name: say(indicator.title) }),
      lost: say(words.retireLost),
      deed: say(words.retire),
      onYes: () => retire.run(undefined),
    })
  return (
    <>
      <Button icon={<UnorderedListOutlined />} onClick={() => go(`/measure/events?type=${type}`)}>
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

function Content({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const { entity, from, to, grain } = useScope()
  const input = { id: indicator.id, grain, from, to, ...(entity === undefined ? {} : { entity }) }
  const series = useQuery({ ...measurement.readSeries.queryOptions({ input }), placeholderData: (before) => before })
  return (
    <>
      <div className="columns">
        <Section className="wide" title={say(words.series)} lead={say(words.seriesLead)}>
          <Loaded query={series} rows={10}>
            {(data) => <SeriesPart series={data} />}
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
      <ComparisonSection indicator={indicator} />
      <SplitSection indicator={indicator} />
    </>
  )
}

function SeriesPart({ series }: { series: Series }) {
  const say = useSay()
  const go = useGo()
  const { language } = useLanguage()
  const { indicator, grain, chart } = series
  const points = series.groups[0]?.points ?? []
  const where = series.entity?.name ?? say(words.whole)
  const drill = (periodStart: string) => {
    const to = addDays(addPeriods(periodStart, grain, 1), -1)
    const type = encodeURIComponent(eventTypesOf(indicator.definition)[0] ?? '')
    go(`/measure/events?type=${type}&from=${periodStart}&to=${to}`)
  }
  return (
    <div className="stack">
      <SeriesChart
        title={`${say(indicator.title)} · ${where}`}
        points={points}
        unit={indicator.unit}
        grain={grain}
        target={indicator.target}
        chart={chart}
        onPick={(point) => drill(point.periodStart)}
      />
      {chart === null && points.length > 0 && <p className="muted small">{say(words.noChart)}</p>}
      {chart !== null && chart.signals.length === 0 && <p className="muted small">{say(words.noSignals)}</p>}
      {chart !== null && chart.signals.length > 0 && (
        <div>
          <strong>{say(words.signalsFound)}</strong>
          <ul>
            {chart.signals.map((signal) => (
              <li key={`${signal.periodStart} ${signal.rule}`} className="row">
                <StatusMark status="orange" word={periodName(signal.periodStart, grain, language)} />
                <span className="muted">{say(signalWords(signal.rule))}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function LatestPart({ series }: { series: Series }) {
  const say = useSay()
  const { language } = useLanguage()
  const points = series.groups[0]?.points
  const latest = latestOf(points)
  const before = beforeLatest(points)
  const { unit, target, direction } = series.indicator
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
