/**
 * The demo's two years told through the public API, each person in their own session: the pooled windows, the declining hall, the posters that
 * do nothing, and work that waits for somebody today. What becomes of them is not written here: alerts, verdicts and scores are found by the product.
 */
import type { ContractRouterClient } from '@orpc/contract'
import type { Alert } from '#alerts/contract'
import type { PlanDraft } from '#plans/contract'
import type { apiContract } from '../contract.ts'
import { DECLINING_HALL_KEY, DESK_KEY, HALL_KEYS, POSTER_HALL_KEY } from './places.ts'
import type { Calendar } from './visits.ts'

export type Api = ContractRouterClient<typeof apiContract>

/** The people who act in the stories, each through a session of their own. */
export interface Cast {
  readonly office: Api
  readonly head: Api
  readonly steering: Api
  readonly headId: string
  readonly staffId: string
}

export interface Stage {
  readonly cast: Cast
  readonly calendar: Calendar
  /** Moves the story's clock to the morning of a day and lets schedules and deliveries happen. */
  readonly goTo: (day: string) => Promise<void>
  readonly today: string
}

const shift = (day: string, duration: Temporal.DurationLike): string =>
  Temporal.PlainDate.from(day).add(duration).toString()

async function liveAlert(api: Api, entity: string, rule: string): Promise<Alert | null> {
  const { rows } = await api.alerts.listAlerts({ entity, state: 'live' })
  return rows.find((alert) => alert.rule.id === rule) ?? null
}

async function approve(
  cast: Cast,
  author: Api,
  id: string,
  remarks: { office: string; steering: string },
): Promise<void> {
  await author.plans.submitPlan({ id, remark: '' })
  await cast.office.plans.reviewPlan({ id, decision: 'pass', remark: remarks.office })
  await cast.steering.plans.approvePlan({ id, decision: 'approve', remark: remarks.steering })
}

async function finishTasks(api: Api, id: string): Promise<void> {
  const plan = await api.plans.readPlan({ id })
  for (const task of plan.tasks) await api.plans.progressTask({ id, task: task.id, state: 'done', remark: '已完成' })
}

/** The head does what alerts ask for. The hall that declines has its alert left open: it waits for whoever looks at the demo. */
export async function doDuties({ head }: Cast): Promise<void> {
  const { rows } = await head.alerts.listAlerts({ state: 'live', limit: 200 })
  for (const alert of rows.filter(({ entity }) => entity.key !== DECLINING_HALL_KEY)) {
    if (alert.state === 'open') await head.alerts.acknowledgeAlert({ id: alert.id, remark: '已查看，按要求整改。' })
    const owed = alert.duties.filter((duty) => duty.doneAt === null && duty.kind === 'task')
    for (const duty of owed) await head.alerts.finishDuty({ id: alert.id, duty: duty.id, remark: '整改方案已提交。' })
  }
}

/** Three windows, each with a queue of its own, are pooled into one queue. The alert starts it, the series ends it. */
export async function poolTheWindows(stage: Stage): Promise<void> {
  const { cast, calendar, goTo } = stage
  await goTo(shift(calendar.poolingDay, { days: -40 }))
  const alert = await liveAlert(cast.head, DESK_KEY, 'desk-waiting')
  if (alert) await cast.head.alerts.acknowledgeAlert({ id: alert.id, remark: '已到现场查看：三个窗口各排各的队。' })
  const draft: PlanDraft = {
    title: '清河中心医院挂号处：三个窗口合为一条队',
    kind: 'rectification',
    entity: DESK_KEY,
    alertId: alert?.id ?? null,
    currentState:
      '挂号处三个窗口各自排队，平均等候约48分钟；经常出现一个窗口排长队、旁边窗口空闲的情况。窗口忙闲率约92%，排队论表明合并为一条队后平均等候可降到15分钟左右，无需增加人手。',
    goal: {
      indicator: 'mean-waiting',
      entity: DESK_KEY,
      fromValue: 48,
      toValue: 20,
      byDate: shift(calendar.poolingDay, { weeks: 20 }),
    },
    measures: [
      {
        what: '三个窗口合并为一条蛇形队，统一叫号',
        ownerId: cast.headId,
        costYuan: 18_000,
        benefit: '平均等候减少约30分钟',
      },
    ],
    tasks: [
      {
        title: '调整围栏与地面指引',
        ownerId: cast.staffId,
        startsOn: shift(calendar.poolingDay, { days: -12 }),
        dueOn: shift(calendar.poolingDay, { days: -3 }),
      },
      {
        title: '改叫号系统为统一队列',
        ownerId: cast.headId,
        startsOn: shift(calendar.poolingDay, { days: -10 }),
        dueOn: shift(calendar.poolingDay, { days: -1 }),
      },
    ],
    interventionOn: calendar.poolingDay,
    verification: {
      grain: 'week',
      baselineFrom: shift(calendar.poolingDay, { weeks: -52 }),
      endsOn: shift(calendar.poolingDay, { days: 20 * 7 - 1 }),
      smallestEffect: 5,
      seasonPeriods: 0,
      watchPeriods: 26,
    },
  }
  const plan = await cast.head.plans.draftPlan(draft)
  await goTo(shift(calendar.poolingDay, { days: -25 }))
  await approve(cast, cast.head, plan.id, {
    office: '依据充分，同意提交。',
    steering: '同意。请按约定的口径验证效果。',
  })
  await goTo(shift(calendar.poolingDay, { days: -1 }))
  await finishTasks(cast.head, plan.id)
}

/** Posters about patience were put up in a busy hall. Nothing changes: held against all other halls, what was promised has not come. */
export async function hangPosters(stage: Stage): Promise<void> {
  const { cast, calendar, goTo } = stage
  const hungOn = shift(calendar.poolingDay, { weeks: 4 })
  await goTo(shift(hungOn, { days: -20 }))
  const plan = await cast.head.plans.draftPlan({
    title: '滨江政务大厅：张贴“文明等候”海报',
    kind: 'quick-fix',
    entity: POSTER_HALL_KEY,
    alertId: null,
    currentState: '滨江政务大厅平均等候约15分钟，上午高峰明显更长，群众意见较多。',
    goal: {
      indicator: 'mean-waiting',
      entity: POSTER_HALL_KEY,
      fromValue: 15,
      toValue: 8,
      byDate: shift(hungOn, { weeks: 18 }),
    },
    measures: [
      { what: '在大厅张贴12张宣传海报', ownerId: cast.headId, costYuan: 6_000, benefit: '缓解等候焦虑，减少插队' },
    ],
    tasks: [{ title: '设计并张贴海报', ownerId: cast.staffId, startsOn: null, dueOn: shift(hungOn, { days: -1 }) }],
    interventionOn: hungOn,
    verification: {
      grain: 'week',
      baselineFrom: shift(hungOn, { weeks: -52 }),
      endsOn: shift(hungOn, { days: 18 * 7 - 1 }),
      smallestEffect: 6,
      seasonPeriods: 0,
      method: 'synthetic-control',
      comparison: HALL_KEYS.filter((key) => key !== POSTER_HALL_KEY),
    },
  })
  await goTo(shift(hungOn, { days: -10 }))
  await approve(cast, cast.head, plan.id, { office: '花费不大，可以一试，请如期验证。', steering: '同意试行。' })
  await finishTasks(cast.head, plan.id)
}

/** What waits today: a plan before the steering group, one before the office, one with tasks under way. */
export async function leaveWork(stage: Stage): Promise<void> {
  const { cast, today, goTo } = stage
  const start = shift(today, { weeks: 3 })
  const base = (entity: string, title: string, currentState: string): PlanDraft => ({
    title,
    kind: 'project',
    entity,
    alertId: null,
    currentState,
    goal: { indicator: 'within-15-minutes', entity, fromValue: 45, toValue: 65, byDate: shift(start, { weeks: 26 }) },
    measures: [{ what: '上午高峰增开弹性窗口', ownerId: cast.headId, costYuan: 40_000, benefit: '缩短高峰等候' }],
    tasks: [{ title: '排定弹性窗口班表', ownerId: cast.staffId, startsOn: null, dueOn: shift(today, { days: 10 }) }],
    interventionOn: start,
    verification: {
      grain: 'week',
      baselineFrom: shift(start, { weeks: -52 }),
      endsOn: shift(start, { days: 20 * 7 - 1 }),
      smallestEffect: 5,
      seasonPeriods: 0,
    },
  })
  await goTo(shift(today, { days: -9 }))
  const running = await cast.head.plans.draftPlan({
    ...base(
      'S7',
      '北原便民服务大厅：上午高峰增开弹性窗口',
      '上午10点至12点到访占全天近四成，等候超过15分钟的超过一半。',
    ),
    interventionOn: shift(today, { days: -5 }),
    goal: {
      indicator: 'within-15-minutes',
      entity: 'S7',
      fromValue: 42,
      toValue: 60,
      byDate: shift(today, { weeks: 26 }),
    },
  })
  await approve(cast, cast.head, running.id, { office: '同意提交。', steering: '同意。' })
  await goTo(shift(today, { days: -4 }))
  const waiting = await cast.head.plans.draftPlan(
    base('S8', '高新区企业服务大厅：企业登记预约分流', '企业登记业务办理时间长，占用窗口，其他业务等候明显变长。'),
  )
  await cast.head.plans.submitPlan({ id: waiting.id, remark: '请审阅。' })
  await cast.office.plans.reviewPlan({ id: waiting.id, decision: 'pass', remark: '测算已核对，提请领导小组审批。' })
  await goTo(shift(today, { days: -2 }))
  const inReview = await cast.head.plans.draftPlan(
    base('S6', '西岭便民服务大厅：材料一次告知', '因材料不全往返的群众较多，重复到访占用窗口。'),
  )
  await cast.head.plans.submitPlan({ id: inReview.id, remark: '' })
}
