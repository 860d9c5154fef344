/** Small parts of a plan: its state, outcome, progress, whom it waits for, its goal in one line. */
import type { Plan, PlanOutcome } from '#plans/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatValue } from '#platform/web/numbers.ts'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Language } from '#platform/web/words.ts'
import { words } from '../words.ts'

const states: Readonly<Record<Plan['state'], Status>> = {
  draft: 'grey',
  'in-review': 'blue',
  'in-approval': 'blue',
  running: 'blue',
  'change-requested': 'yellow',
  closed: 'green',
  withdrawn: 'grey',
  rejected: 'grey',
}
const outcomes: Readonly<Record<PlanOutcome, Status>> = {
  effective: 'green',
  'no-relevant-difference': 'orange',
  harmful: 'red',
  undecided: 'grey',
  waived: 'yellow',
}

export function OutcomeMark({ outcome }: { outcome: PlanOutcome }) {
  const say = useSay()
  return <StatusMark status={outcomes[outcome]} word={say(words.outcome[outcome])} />
}

export function StateMark({ plan }: { plan: Pick<Plan, 'state' | 'outcome'> }) {
  const say = useSay()
  const state = say(words.state[plan.state])
  if (plan.state === 'closed' && plan.outcome !== null) {
    return <StatusMark status={outcomes[plan.outcome]} word={`${state} · ${say(words.outcome[plan.outcome])}`} />
  }
  return <StatusMark status={states[plan.state]} word={state} />
}

export const doneCount = (plan: Plan) => plan.tasks.filter((task) => task.state === 'done').length
const lateCount = (plan: Plan) => plan.tasks.filter((task) => task.overdue).length

/** Tasks done of all, as a bar with its figures; late ones are told. */
export function Progress({ plan }: { plan: Plan }) {
  const say = useSay()
  const all = plan.tasks.length
  if (all === 0) return <span className="muted">{say(words.noTasks)}</span>
  const done = doneCount(plan)
  const late = lateCount(plan)
  return (
    <span className="plan-progress">
      <span className="bar" aria-hidden="true">
        <i style={{ width: `${(100 * done) / all}%` }} />
      </span>
      <span className="number">{say(words.progress, { done, all })}</span>
      {late > 0 && plan.state === 'running' && <StatusMark status="orange" word={say(words.late, { count: late })} />}
    </span>
  )
}

/** The size of a difference: of two percentages it is percentage points. */
export const effectSize = (value: number, unit: string, language: Language): string =>
  formatChange(Math.abs(value), unit, language).slice(1)

/** Who has to do the next step. */
export function useWaitsFor(): (plan: Plan) => string {
  const say = useSay()
  const { language } = useLanguage()
  return (plan) => {
    switch (plan.state) {
      case 'draft':
      case 'change-requested':
        return say(words.waits.author, { name: plan.createdBy.name })
      case 'in-review':
        return say(words.waits.office)
      case 'in-approval':
        return say(words.waits.group)
      case 'running':
        return doneCount(plan) < plan.tasks.length
          ? say(words.waits.owners)
          : say(words.waits.proof, { day: dayName(plan.verification.endsOn, language) })
      default:
        return say(words.waits.nobody)
    }
  }
}

/** The indicator of a plan's goal, where it may be read: its title and unit. */
export function useGoalIndicator(): (plan: Pick<Plan, 'goal'>) => { title: string; unit: string; direction: string } {
  const say = useSay()
  const indicators = useIndicators()
  return ({ goal }) => {
    const found = indicators?.find((one) => one.id === goal.indicator)
    return {
      title: found ? say(found.title) : goal.indicator,
      unit: found?.unit ?? 'number',
      direction: found?.direction ?? 'neutral',
    }
  }
}

/** Indicator: from → to. */
export function useGoalText(): (plan: Pick<Plan, 'goal'>) => string {
  const say = useSay()
  const { language } = useLanguage()
  const indicatorOf = useGoalIndicator()
  return (plan) => {
    const { title, unit } = indicatorOf(plan)
    return say(words.goalText, {
      indicator: title,
      from: formatValue(plan.goal.fromValue, unit, language),
      to: formatValue(plan.goal.toValue, unit, language),
    })
  }
}
