/** The plan editor's values and the draft the server takes. Field names follow the contract, so that refusals find their fields. */
import type { Plan, PlanDraft } from '#plans/contract'
import { addDays, addMonths, daysBetween, startOfPeriod, today } from '#platform/web/calendar.ts'

type Loose<T> = { [K in keyof T]?: T[K] | null | undefined }
export interface PlanForm {
  title?: string
  kind: PlanDraft['kind']
  entity?: string
  currentState?: string
  goal: Loose<PlanDraft['goal']>
  measures: Loose<PlanDraft['measures'][number]>[]
  tasks: Loose<PlanDraft['tasks'][number]>[]
  interventionOn?: string
  verification: Loose<PlanDraft['verification']> & { grain: PlanDraft['verification']['grain'] }
}

/** Windows a new plan begins with: two years before, eight months after, as suggestions from alerts have them. */
const BASELINE_MONTHS = 24
const PROOF_MONTHS = 8
const WATCH_MONTHS = 6

export function emptyPlan(entity: string | undefined): PlanForm {
  const interventionOn = addMonths(startOfPeriod(today(), 'month'), 1)
  const endsOn = addDays(addMonths(interventionOn, PROOF_MONTHS), -1)
  return {
    kind: 'project',
    ...(entity === undefined ? {} : { entity }),
    goal: { byDate: endsOn, ...(entity === undefined ? {} : { entity }) },
    measures: [],
    tasks: [],
    interventionOn,
    verification: {
      grain: 'month',
      baselineFrom: addMonths(interventionOn, -BASELINE_MONTHS),
      endsOn,
      seasonPeriods: 0,
      method: 'interrupted-time-series',
      watchPeriods: WATCH_MONTHS,
    },
  }
}

/** From a suggestion or a plan; `startsOn: null` becomes an empty field. */
export const formOf = (draft: PlanDraft | Plan): PlanForm => ({
  title: draft.title,
  kind: draft.kind,
  entity: draft.entity,
  currentState: draft.currentState,
  goal: { ...draft.goal },
  measures: draft.measures.map(({ what, ownerId, costYuan, benefit }) => ({ what, ownerId, costYuan, benefit })),
  tasks: draft.tasks.map(({ id, title, ownerId, startsOn, dueOn }) => ({ id, title, ownerId, startsOn, dueOn })),
  interventionOn: draft.interventionOn,
  verification: { method: 'interrupted-time-series', ...draft.verification },
})

/** The form has been checked; what is still empty the server names. */
export function draftOf(values: PlanForm, alertId: string | null): PlanDraft {
  const { goal, verification } = values
  return {
    title: values.title?.trim() ?? '',
    kind: values.kind,
    entity: values.entity ?? '',
    alertId,
    currentState: values.currentState?.trim() ?? '',
    goal: {
      indicator: goal.indicator ?? '',
      entity: goal.entity ?? values.entity ?? '',
      fromValue: goal.fromValue ?? Number.NaN,
      toValue: goal.toValue ?? Number.NaN,
      byDate: goal.byDate ?? '',
    },
    measures: values.measures.map((measure) => ({
      what: measure.what?.trim() ?? '',
      ownerId: measure.ownerId ?? '',
      costYuan: Math.round(measure.costYuan ?? 0),
      benefit: measure.benefit?.trim() ?? '',
    })),
    tasks: values.tasks.map((task) => ({
      ...(task.id ? { id: task.id } : {}),
      title: task.title?.trim() ?? '',
      ownerId: task.ownerId ?? '',
      startsOn: task.startsOn || null,
      dueOn: task.dueOn ?? '',
    })),
    interventionOn: values.interventionOn ?? '',
    verification: {
      grain: verification.grain,
      baselineFrom: verification.baselineFrom ?? '',
      endsOn: verification.endsOn ?? '',
      smallestEffect: verification.smallestEffect ?? Number.NaN,
      seasonPeriods: verification.seasonPeriods ?? 0,
      method: verification.method ?? 'interrupted-time-series',
      comparison: verification.comparison ?? [],
      ...(verification.equivalenceMargin ? { equivalenceMargin: verification.equivalenceMargin } : {}),
      runUpPeriods: verification.runUpPeriods ?? 0,
      watchPeriods: verification.watchPeriods ?? 0,
    },
  }
}

const DAYS: Readonly<Record<PlanDraft['verification']['grain'], number>> = { day: 1, week: 7, month: 30.44 }
/** Below these the verdict is likely to be "undecided": a level, a slope and their errors are estimated from each side. */
const BEFORE_PERIODS_FEW = 12
const AFTER_PERIODS_FEW = 6

/** How many periods lie on each side of the measure, about. */
export function windowsOf(values: PlanForm | undefined): { before: number; after: number; few: boolean } | null {
  const { baselineFrom, endsOn, grain } = values?.verification ?? {}
  const cut = values?.interventionOn
  if (!baselineFrom || !endsOn || !cut || !grain) return null
  const before = Math.floor(daysBetween(baselineFrom, cut) / DAYS[grain] + 0.05)
  const after = Math.floor((daysBetween(cut, endsOn) + 1) / DAYS[grain] + 0.05)
  if (before < 0 || after < 0) return null
  return { before, after, few: before < BEFORE_PERIODS_FEW || after < AFTER_PERIODS_FEW }
}
