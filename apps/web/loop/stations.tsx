/** Measured, scored, warned, diagnosed, planned, proven: each with its count, what moved, and what waits. */
import {
  AimOutlined,
  AlertOutlined,
  AuditOutlined,
  ExperimentOutlined,
  LineChartOutlined,
  OrderedListOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Permission } from '#organisation/contract'
import { relativeName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../shell-words.ts'
import { alerts, evaluation, measurement, plans, verification } from './loop-api.ts'

const words = all.loop
/** Lists are counted by their first page; more is told as "50+". */
const COUNT_LIMIT = 200
const DAY_MILLISECONDS = 86_400_000
const ALERT_DAYS = 7
const PLAN_DAYS = 30

/** How many of these instants lie within the last days. */
const recent = (instants: readonly (string | undefined)[], days: number, now: number) =>
  instants.filter((at) => at !== undefined && new Date(at).getTime() > now - days * DAY_MILLISECONDS).length

export function Stations() {
  const say = useSay()
  return (
    <ol className="stations" aria-label={say(words.stations)}>
      <Measured />
      <Scored />
      <Warned />
      <Station name={words.diagnosed} icon={<ExperimentOutlined />} later />
      <Planned />
      <Proven />
    </ol>
  )
}

interface StationProps {
  readonly name: Sentence
  readonly icon: ReactNode
  readonly to?: string
  readonly may?: Permission
  readonly later?: boolean
  readonly count?: number | string | undefined
  readonly what?: string
  readonly below?: ReactNode
}

function Station(props: StationProps) {
  const say = useSay()
  const allowed = useMay(props.may ?? 'entities.read')
  const shut = props.later || (props.may !== undefined && !allowed)
  const head = (
    <span className="station-name">
      <span aria-hidden="true">{props.icon}</span> {say(props.name)}
    </span>
  )
  if (shut) {
    return (
      <li className="station shut">
        {head}
        <span className="muted">{say(props.later ? words.nextVersion : words.noRight)}</span>
      </li>
    )
  }
  return (
    <li className="station">
      <Go to={props.to ?? '/'}>
        {head}
        {props.count === undefined ? (
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        ) : (
          <>
            <span className="station-count">
              <strong className="number">{props.count}</strong> {props.what}
            </span>
            <span className="station-below">{props.below}</span>
          </>
        )}
      </Go>
    </li>
  )
}

/** The number of rows, told honestly when the list goes on. */
const counted = (page: { rows: readonly unknown[]; nextCursor: string | null } | undefined) =>
  page === undefined ? undefined : page.nextCursor === null ? page.rows.length : `${page.rows.length}+`

const numberOf = (count: number | string | undefined) => (typeof count === 'number' ? count : 2)

function Measured() {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const may = useMay('measurements.read')
  const indicators = useQuery({
    ...measurement.listIndicators.queryOptions({ input: { limit: COUNT_LIMIT } }),
    enabled: may,
  })
  const types = useQuery({ ...measurement.eventTypes.queryOptions(), enabled: may })
  const newest = (types.data ?? [])
    .map((one) => one.last)
    .filter((last) => last !== null)
    .sort()
    .at(-1)
  const count = counted(indicators.data)
  return (
    <Station
      name={words.measured}
      icon={<LineChartOutlined />}
      to="/measure"
      may="measurements.read"
      count={count}
      what={say(words.indicators, { count: numberOf(count) })}
      below={newest ? say(words.freshest, { when: relativeName(newest, now, language) }) : say(words.noData)}
    />
  )
}

function Scored() {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const may = useMay('evaluation.read')
  const schemes = useQuery({ ...evaluation.listSchemes.queryOptions(), enabled: may })
  const runs = useQuery({ ...evaluation.listRuns.queryOptions({ input: { limit: 1 } }), enabled: may })
  const last = runs.data?.rows[0]?.at
  return (
    <Station
      name={words.scored}
      icon={<OrderedListOutlined />}
      to="/evaluate"
      may="evaluation.read"
      count={schemes.data?.length}
      what={say(words.schemes, { count: schemes.data?.length })}
      below={last ? say(words.lastRun, { when: relativeName(last, now, language) }) : say(words.neverRun)}
    />
  )
}

function Warned() {
  const say = useSay()
  const may = useMay('alerts.read')
  const { data } = useQuery({ ...alerts.alertCounts.queryOptions(), enabled: may })
  const now = useNow()
  const all = useQuery({
    ...alerts.listAlerts.queryOptions({ input: { state: 'all', limit: COUNT_LIMIT } }),
    enabled: may,
  })
  // Beyond the first page nobody has counted: then nothing is said rather than something wrong.
  const raised = all.data?.nextCursor === null ? all.data.rows.map((row) => row.raisedAt) : undefined
  const count = data && data.red + data.orange + data.yellow
  return (
    <Station
      name={words.warned}
      icon={<AlertOutlined />}
      to="/alerts"
      may="alerts.read"
      count={count}
      what={say(words.alerts, { count })}
      below={
        data && (
          <>
            <span className="row">
              <StatusMark status="red" word={String(data.red)} />
              <StatusMark status="orange" word={String(data.orange)} />
              <StatusMark status="yellow" word={String(data.yellow)} />
            </span>
            <span className={data.overdue > 0 ? 'station-waits' : ''}>
              {data.overdue > 0 ? say(words.overdue, { count: data.overdue }) : say(words.noneOverdue)}
            </span>
            {raised && <span>{say(words.newAlerts, { count: recent(raised, ALERT_DAYS, now) })}</span>}
          </>
        )
      }
    />
  )
}

function Planned() {
  const say = useSay()
  const may = useMay('plans.read')
  const running = useQuery({
    ...plans.listPlans.queryOptions({ input: { state: 'running', limit: COUNT_LIMIT } }),
    enabled: may,
  })
  const waiting = useQuery({
    ...plans.listPlans.queryOptions({ input: { waitingForMe: 'true', limit: COUNT_LIMIT } }),
    enabled: may,
  })
  const count = counted(running.data)
  const forMe = waiting.data?.rows.length ?? 0
  const now = useNow()
  const approved = (running.data?.rows ?? []).map((plan) => plan.steps.findLast((step) => step.what === 'approved')?.at)
  return (
    <Station
      name={words.planned}
      icon={<AimOutlined />}
      to="/plans"
      may="plans.read"
      count={count}
      what={say(words.running, { count: numberOf(count) })}
      below={
        <>
          <span className={forMe > 0 ? 'station-waits' : ''}>
            {forMe > 0 ? say(words.waitingForMe, { count: forMe }) : say(words.noneWaiting)}
          </span>
          <span>{say(words.newPlans, { count: recent(approved, PLAN_DAYS, now) })}</span>
        </>
      }
    />
  )
}

function Proven() {
  const say = useSay()
  const may = useMay('verification.read')
  const concluded = useQuery({
    ...verification.listProofs.queryOptions({ input: { state: 'concluded', limit: COUNT_LIMIT } }),
    enabled: may,
  })
  const waiting = useQuery({
    ...verification.listProofs.queryOptions({ input: { state: 'waiting', limit: COUNT_LIMIT } }),
    enabled: may,
  })
  const count = counted(concluded.data)
  const rest = waiting.data?.rows.length ?? 0
  const now = useNow()
  const told = (concluded.data?.rows ?? []).map((proof) => proof.verdict?.concludedAt)
  return (
    <Station
      name={words.proven}
      icon={<AuditOutlined />}
      to="/verify"
      may="verification.read"
      count={count}
      what={say(words.verdicts, { count: numberOf(count) })}
      below={
        <>
          <span>{rest > 0 ? say(words.waitingProofs, { count: rest }) : say(words.noneWaitingProofs)}</span>
          <span>{say(words.newVerdicts, { count: recent(told, PLAN_DAYS, now) })}</span>
        </>
      }
    />
  )
}
