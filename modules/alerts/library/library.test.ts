import { expect, test } from 'vitest'
import { libraryEntries } from '../../measurement/library/all.ts'
import { type RoleName, roleNames } from '../../organisation/contract.ts'
import { decisionTable } from '../../organisation/rules.ts'
import { hazard, responsePlanDraft } from '../contract/response.ts'
import { responseLibrary } from './library.ts'

const HAN = /\p{Script=Han}/u
const bothLanguages = ({ zh, en }: { zh: string; en: string }) =>
  HAN.test(zh) && /[A-Za-z]{2}/.test(en) && !HAN.test(en)

test('there are enough plans, and no two are the same', () => {
  expect(responseLibrary.length).toBeGreaterThanOrEqual(24)
  expect(new Set(responseLibrary.map((plan) => plan.hazard))).toEqual(new Set(hazard.options))
  for (const of of [
    responseLibrary.map(({ id }) => id),
    responseLibrary.map(({ title }) => title.zh),
    responseLibrary.map(({ title }) => title.en),
    responseLibrary.map(({ when }) => when.zh),
    responseLibrary.map(({ until }) => until.zh),
    responseLibrary.map(({ steps }) => JSON.stringify(steps)),
    responseLibrary.flatMap(({ steps }) => steps.flatMap(({ detail }) => detail?.zh ?? [])),
  ])
    expect(new Set(of).size).toBe(of.length)
})

test.each(responseLibrary.map((plan) => [plan.id, plan] as const))('%s can be followed', (_id, plan) => {
  expect(responsePlanDraft.parse(plan)).toEqual(plan)
  expect(plan.steps.length).toBeGreaterThanOrEqual(6)
  expect(plan.steps.length).toBeLessThanOrEqual(14)
  const minutes = plan.steps.map(({ withinMinutes }) => withinMinutes)
  expect(minutes).toEqual(minutes.toSorted((one, other) => one - other))
  for (const of of [
    plan.steps.map(({ id }) => id),
    plan.steps.map(({ title }) => title.zh),
    plan.steps.map(({ title }) => title.en),
  ])
    expect(new Set(of).size).toBe(of.length)
  expect(plan.steps.filter(({ detail }) => detail !== null)).not.toHaveLength(0)
  for (const said of [plan.title, plan.when, plan.until, ...plan.steps.map(({ title }) => title)])
    expect(bothLanguages(said), said.en).toBe(true)
  for (const { detail } of plan.steps) if (detail !== null) expect(bothLanguages(detail)).toBe(true)
  expect(new Set(plan.match.words.map((word) => word.toLowerCase())).size).toBe(plan.match.words.length)
  expect(plan.match.words.some((word) => HAN.test(word))).toBe(true)
  expect(plan.match.words.some((word) => !HAN.test(word))).toBe(true)
})

/** They own the accounts and the logs, and are told by those who follow the alert. */
const OF_THE_INSTALLATION: readonly RoleName[] = ['administrator', 'security-officer']

test.each(responseLibrary.map((plan) => [plan.id, plan] as const))('%s names roles that can do it', (_id, plan) => {
  for (const { id, role } of plan.steps) {
    expect(roleNames).toContain(role)
    const follows = decisionTable[role].includes('alerts.read')
    expect(follows || OF_THE_INSTALLATION.includes(role), `${id}: ${role}`).toBe(true)
  }
  expect(plan.steps.some(({ role }) => decisionTable[role].includes('alerts.act'))).toBe(true)
})

test('every indicator a plan names is one of the library of measurement', () => {
  const known = new Set(libraryEntries.map(({ id }) => id))
  const named = responseLibrary.flatMap(({ match }) => match.indicators)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((id) => !known.has(id))).toEqual([])
})
