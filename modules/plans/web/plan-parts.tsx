/** Parts of a plan's page: the goal on its indicator, the measures, how it is proved. */
import { useQuery } from '@tanstack/react-query'
import { measurementContract } from '#measurement/contract'
import type { Plan } from '#plans/contract'
import { apiOf } from '#platform/web/api.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { effectSize, useGoalIndicator } from './plan-marks.tsx'

const measurement = apiOf('measurement', measurementContract)
const part = words.part

export function GoalSection({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const mayMeasure = useMay('measurements.read')
  const indicator = useGoalIndicator()(plan)
  const { goal } = plan
  const entity = useQuery(organisation.readEntity.queryOptions({ input: { key: goal.entity } }))
  return (
    <Section title={say(part.goal)}>
      <p style={{ marginBottom: 12 }}>
        {say(part.goalSentence, {
          entity: entity.data?.name ?? goal.entity,
          indicator: indicator.title,
          day: dayName(goal.byDate, language),
          from: formatValue(goal.fromValue, indicator.unit, language),
          to: formatValue(goal.toValue, indicator.unit, language),
        })}
      </p>
      {mayMeasure && <GoalChart plan={plan} unit={indicator.unit} title={indicator.title} />}
    </Section>
  )
}

function GoalChart({ plan, unit, title }: { plan: Plan; unit: string; title: string }) {
  const say = useSay()
  const { goal, verification, interventionOn } = plan
  const now = today()
  const to = verification.endsOn < now ? verification.endsOn : now
  const series = useQuery(
    measurement.readSeries.queryOptions({
      input: {
        id: goal.indicator,
        entity: goal.entity,
        grain: verification.grain,
        from: verification.baselineFrom < to ? verification.baselineFrom : to,
        to,
      },
    }),
  )
  return (
    <Loaded query={series} waiting={<Waiting rows={6} />}>
      {({ groups }) => (
        <SeriesChart
          title={`${plan.title} · ${title}`}
          points={groups[0]?.points ?? []}
          unit={unit}
          grain={verification.grain}
          target={goal.toValue}
          levels={[{ value: goal.fromValue, name: say(part.fromLine) }]}
          // A cut still to come has no place on the axis.
          marks={interventionOn <= to ? [{ day: interventionOn, name: say(part.cut) }] : []}
          heightPixels={280}
        />
      )}
    </Loaded>
  )
}

type MeasureRow = Plan['measures'][number] & { readonly place: number }

export function MeasuresSection({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const columns: Column<MeasureRow>[] = [
    {
      key: 'what',
      title: say(part.measure),
      render: (row) => <span className="plan-name">{row.what}</span>,
      text: (row) => row.what,
    },
    { key: 'owner', title: say(part.owner), render: (row) => row.ownerName, text: (row) => row.ownerName },
    {
      key: 'cost',
      title: say(part.cost),
      align: 'right',
      render: (row) => <span className="number">{formatNumber(row.costYuan, language, 0)}</span>,
      text: (row) => row.costYuan,
    },
    { key: 'benefit', title: say(part.benefit), render: (row) => row.benefit || '—', text: (row) => row.benefit },
  ]
  return (
    <Section title={say(part.measures)}>
      <RowTable<MeasureRow>
        columns={columns}
        rows={plan.measures.map((measure, place) => ({ ...measure, place }))}
        rowKey={(row) => String(row.place)}
        empty={<p className="muted">{say(part.noMeasures)}</p>}
      />
    </Section>
  )
}

export function ProofSection({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const mayProof = useMay('verification.read')
  const { unit } = useGoalIndicator()(plan)
  const { verification } = plan
  const frozen = plan.steps.some((step) => step.what === 'approved')
  return (
    <Section title={say(part.proof)} lead={say(frozen ? part.proofFrozen : part.proofOpen)}>
      <Facts
        rows={[
          [say(part.baseline), <Day key="from" day={verification.baselineFrom} />],
          [say(part.intervention), <Day key="cut" day={plan.interventionOn} />],
          [say(part.ends), <Day key="ends" day={verification.endsOn} />],
          [say(part.smallest), effectSize(verification.smallestEffect, unit, language)],
          [say(part.grain), say(floorWords.grain[verification.grain])],
          [
            say(part.season),
            verification.seasonPeriods === 0
              ? say(part.seasonNone)
              : say(part.seasonPeriods, { count: verification.seasonPeriods }),
          ],
        ]}
      />
      {frozen && mayProof && (
        <p style={{ marginTop: 12 }}>
          <Go to={`/verify/${plan.id}`}>{say(part.toProof)}</Go>
        </p>
      )}
    </Section>
  )
}
