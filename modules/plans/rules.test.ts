import { describe, expect, test } from 'vitest'
import type { PlanDraft, PlanState } from './contract.ts'
import { contradictions, decideStep, missingParts, possibleSteps, stepNames } from './rules.ts'

const states: PlanState[] = [
  'draft',
  'in-review',
  'in-approval',
  'running',
  'change-requested',
  'closed',
  'withdrawn',
  'rejected',
]

// The whole way, written once more by hand: first plans, then changes of plans that ran already. '-' is not possible.
const firstTime: Record<PlanState, Record<string, PlanState>> = {
  draft: { edit: 'draft', submit: 'in-review', withdraw: 'withdrawn' },
  'in-review': { pass: 'in-approval', return: 'draft', withdraw: 'withdrawn' },
  'in-approval': { approve: 'running', return: 'draft', reject: 'rejected', withdraw: 'withdrawn' },
  running: { 'request-change': 'change-requested', progress: 'running', close: 'closed' },
  'change-requested': { edit: 'change-requested', submit: 'in-review', withdraw: 'withdrawn' },
  closed: { reopen: 'change-requested' },
  withdrawn: {},
  rejected: {},
}
const change: Record<PlanState, Record<string, PlanState>> = {
  ...firstTime,
  draft: { ...firstTime.draft, withdraw: 'running' },
  'in-review': { pass: 'in-approval', return: 'change-requested', withdraw: 'running' },
  'in-approval': { approve: 'running', return: 'change-requested', reject: 'running', withdraw: 'running' },
  'change-requested': { edit: 'change-requested', submit: 'in-review', withdraw: 'running' },
}

describe('every state with every step', () => {
  for (const [approvedBefore, table] of [
    [false, firstTime],
    [true, change],
  ] as const) {
    for (const state of states) {
      for (const step of stepNames) {
        const expected = table[state][step]
        test(`${approvedBefore ? 'change' : 'first'}: ${state} + ${step} -> ${expected ?? 'not possible'}`, () => {
          const decision = decideStep({ state, approvedBefore, createdBy: 'author' }, step, 'other')
          expect(decision.possible ? decision.to : undefined).toBe(expected)
        })
      }
    }
  }
})

test('nobody judges a plan of their own', () => {
  const judged = [
    ['in-review', 'pass'],
    ['in-review', 'return'],
    ['in-approval', 'approve'],
    ['in-approval', 'return'],
    ['in-approval', 'reject'],
  ] as const
  for (const [state, step] of judged) {
    expect(decideStep({ state, approvedBefore: false, createdBy: 'author' }, step, 'author')).toEqual({
      possible: false,
      because: 'own-plan',
    })
  }
})

test('a change that is given up or rejected falls back to what was approved', () => {
  const standing = { state: 'in-approval', approvedBefore: true, createdBy: 'author' } as const
  expect(decideStep(standing, 'reject', 'other')).toEqual({ possible: true, to: 'running', restoresApproved: true })
  expect(decideStep({ ...standing, state: 'change-requested' }, 'withdraw', 'author')).toMatchObject({
    restoresApproved: true,
  })
  expect(decideStep(standing, 'approve', 'other')).toMatchObject({ restoresApproved: false })
})

const draft: PlanDraft = {
  title: 'Pool the windows',
  kind: 'rectification',
  entity: 'hall',
  alertId: null,
  currentState: 'Waiting is long.',
  goal: { indicator: 'waiting', entity: 'hall', fromValue: 48, toValue: 20, byDate: '2026-06-30' },
  measures: [{ what: 'One queue', ownerId: 'a', costYuan: 0, benefit: '' }],
  tasks: [{ title: 'Move the posts', ownerId: 'a', startsOn: '2026-03-01', dueOn: '2026-03-05' }],
  interventionOn: '2026-03-10',
  verification: { grain: 'day', baselineFrom: '2025-12-01', endsOn: '2026-05-31', smallestEffect: 5, seasonPeriods: 7 },
}

describe('contradictions', () => {
  const cases: [string, Partial<PlanDraft>, string[]][] = [
    ['none', {}, []],
    [
      'baseline after the measure',
      { verification: { ...draft.verification, baselineFrom: '2026-03-10' } },
      ['verification.baselineFrom'],
    ],
    [
      'proof ends before the measure',
      { verification: { ...draft.verification, endsOn: '2026-03-10' } },
      ['verification.endsOn'],
    ],
    ['goal due before the measure', { goal: { ...draft.goal, byDate: '2026-03-09' } }, ['goal.byDate']],
    ['goal is no improvement', { goal: { ...draft.goal, toValue: 48 } }, ['goal.toValue']],
    ['task ends before it starts', { tasks: [{ ...draft.tasks[0]!, dueOn: '2026-02-28' }] }, ['tasks.0.dueOn']],
  ]
  for (const [name, part, fields] of cases) {
    test(name, () => {
      expect(contradictions({ ...draft, ...part }, 'lower-is-better').map((issue) => issue.field)).toEqual(fields)
    })
  }
  test('the direction of the indicator decides what improves', () => {
    expect(contradictions(draft, 'higher-is-better').map((issue) => issue.rule)).toEqual(['improves'])
    expect(contradictions(draft, 'neutral').map((issue) => issue.rule)).toEqual(['has-direction'])
  })
})

test('a plan without current state, measures or tasks cannot be handed in', () => {
  expect(missingParts(draft)).toEqual([])
  const empty = missingParts({ ...draft, currentState: ' ', measures: [], tasks: [] })
  expect(empty.map((issue) => issue.field)).toEqual(['currentState', 'measures', 'tasks'])
})

test('buttons follow state, permission and ownership', () => {
  const all = new Set(['plans.draft', 'plans.review', 'plans.approve', 'tasks.progress'])
  const standing = { state: 'in-review', approvedBefore: false, createdBy: 'author' } as const
  expect(possibleSteps(standing, 'author', all)).toEqual(['withdraw'])
  expect(possibleSteps(standing, 'other', all)).toEqual(['review', 'withdraw'])
  expect(possibleSteps(standing, 'other', new Set())).toEqual([])
  expect(possibleSteps({ ...standing, state: 'running' }, 'author', all)).toEqual(['request-change', 'progress'])
})
