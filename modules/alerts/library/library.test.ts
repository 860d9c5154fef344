import { expect, test } from 'vitest'
import { responsePlanDraft } from '../contract/response.ts'
import { responseLibrary } from './library.ts'

const HAN = /\p{Script=Han}/u
const bothLanguages = ({ zh, en }: { zh: string; en: string }) =>
  HAN.test(zh) && /[A-Za-z]{2}/.test(en) && !HAN.test(en)

test('there are enough plans, and no two are the same', () => {
  expect(responseLibrary.length).toBeGreaterThanOrEqual(24)
  for (const of of [
    responseLibrary.map(({ id }) => id),
    responseLibrary.map(({ title }) => title.zh),
    responseLibrary.map(({ title }) => title.en),
    responseLibrary.map(({ steps }) => JSON.stringify(steps)),
  ])
    expect(new Set(of).size).toBe(of.length)
})

test.each(responseLibrary.map((plan) => [plan.id, plan] as const))('%s can be followed', (_id, plan) => {
  expect(responsePlanDraft.parse(plan)).toEqual(plan)
  expect(plan.steps.length).toBeGreaterThanOrEqual(6)
  expect(plan.steps.length).toBeLessThanOrEqual(14)
  const minutes = plan.steps.map(({ withinMinutes }) => withinMinutes)
  expect(minutes).toEqual(minutes.toSorted((one, other) => one - other))
  expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length)
  for (const said of [plan.title, plan.when, plan.until, ...plan.steps.map(({ title }) => title)])
    expect(bothLanguages(said), said.en).toBe(true)
  for (const { detail } of plan.steps) if (detail !== null) expect(bothLanguages(detail)).toBe(true)
  expect(plan.match.words.some((word) => HAN.test(word))).toBe(true)
  expect(plan.match.words.some((word) => !HAN.test(word))).toBe(true)
})
