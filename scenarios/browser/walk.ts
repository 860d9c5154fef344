/** One turn of the loop as people walk it: each step in the window of the one who takes it. */
import type { Locator, Page } from '@playwright/test'
import { expect } from 'vitest'
import { type Language, type Sentence, sayIn, type Values } from '#platform/web/words'
import { words as alertWords } from '../../modules/alerts/words.ts'
import { words as planWords } from '../../modules/plans/words.ts'
import { words as proofWords } from '../../modules/verification/words.ts'
import { floorWords } from '../../platform/web/floor-words.ts'
import { EFFECT_DAY, type Hall, waiting } from './world.ts'
import { expectSound, type Window } from './window.ts'

export const sayer =
  (language: Language) =>
  (sentence: Sentence, values?: Values): string =>
    sayIn(language, sentence, values)

/** By its word; an icon before it brings a name of its own. */
export const button = (scope: Page | Locator, name: string) =>
  scope.getByRole('button', { name: new RegExp(`(^|\\s)${RegExp.escape(name)}$`) })

/** Picks in a list that opens, by keyboard; where it can be searched, by what is typed into it. */
export async function choose(page: Page, box: Locator, name: string, search = true): Promise<void> {
  await box.focus()
  await box.press('ArrowDown')
  if (search) await box.fill(name)
  await page.locator('.ant-select-item-option-active', { hasText: name }).waitFor({ state: 'attached' })
  await box.press('Enter')
}

const MENU_TRIES = 5
const MENU_WAIT_MILLISECONDS = 2_000

/** Picks in the menu a button opens. A menu that opened while the page was still moving may lie outside the window: it is closed and opened again, as a person would. */
export async function pick(page: Page, opener: Locator, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name })
  for (let tried = 1; ; tried += 1) {
    await opener.click()
    try {
      await item.click({ timeout: MENU_WAIT_MILLISECONDS })
      return
    } catch (error) {
      if (tried === MENU_TRIES) throw error
      await page.keyboard.press('Escape')
      await item.waitFor({ state: 'hidden' })
    }
  }
}

/** The dialog before a step: what it brings about is read, then confirmed by the button of the same name. */
async function confirmStep(page: Page, name: string, title: string): Promise<void> {
  await button(page, name).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(title).waitFor()
  await button(dialog, name).click()
  await dialog.waitFor({ state: 'detached' })
}

export const MEASURE = { zh: '合并为一条队', en: 'Pool the queues' }
export const TASK = { zh: '调整叫号系统', en: 'Set up the ticket system' }

/** From the desk of alerts to a plan handed in. */
export async function answerAlert(window: Window, hall: Hall, data: readonly string[]): Promise<string> {
  const { page, reader } = window
  const say = sayer(reader.language)
  await page.goto('/alerts')
  const row = page.getByRole(reader.size === 'phone' ? 'listitem' : 'row').filter({ hasText: hall.name })
  await row.getByRole('link').first().click()
  const title = say(alertWords.page.title, { entity: hall.name, indicator: say(waiting.title) })
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.locator('main').getByText(say(alertWords.why.above), { exact: false }).first().waitFor()
  await expectSound(window, data)
  await button(page, say(alertWords.act.acknowledge)).click()
  await page.getByText(say(alertWords.act.acknowledged)).first().waitFor()
  await button(page, say(alertWords.act.improve)).click()
  await page.getByRole('heading', { level: 1, name: say(planWords.edit.alertTitle) }).waitFor()
  await fillPlan(window, hall, data)
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  await confirmStep(page, say(planWords.act.submit), say(planWords.act.submitTitle))
  await page.getByText(say(planWords.next['in-review'])).waitFor()
  await expectSound(window, data)
  return id
}

async function fillPlan(window: Window, hall: Hall, data: readonly string[]): Promise<void> {
  const { page, reader } = window
  const say = sayer(reader.language)
  const { edit, part } = planWords
  const named = say(planWords.suggestedTitle, { entity: hall.name, indicator: say(waiting.title) })
  // Nothing is copied by hand: title, goal and windows are filled from the alert.
  await expect.poll(() => page.getByLabel(say(edit.name), { exact: true }).inputValue()).toBe(named)
  expect(await page.getByLabel(say(edit.to), { exact: true }).inputValue()).toBe('15')
  expect(await page.getByLabel(say(edit.intervention), { exact: true }).inputValue()).toBe(EFFECT_DAY)
  const owner = page.getByRole('combobox', { name: say(floorWords.pick.person) })
  await button(page, say(edit.addMeasure)).click()
  await page.getByLabel(say(edit.what), { exact: true }).fill(MEASURE[reader.language])
  await choose(page, owner.nth(0), 'department-head')
  await page.getByLabel(say(part.cost), { exact: true }).fill('18000')
  await button(page, say(edit.addTask)).click()
  await page.getByLabel(say(part.task), { exact: true }).fill(TASK[reader.language])
  await choose(page, owner.nth(1), 'staff')
  await page.getByLabel(say(part.due), { exact: true }).fill('2026-01-09')
  await expectSound(window, data)
  await button(page, say(edit.save)).click()
  await page.getByRole('heading', { level: 1, name: named }).waitFor()
}

/** The office finds the plan on the loop's page and passes it on. */
export async function passPlan(window: Window, hall: Hall, data: readonly string[]): Promise<void> {
  const { page, reader } = window
  const say = sayer(reader.language)
  await page.goto('/')
  await page.getByRole('link', { name: hall.name }).and(page.locator('[href*="/plans/"]')).first().click()
  await confirmStep(page, say(planWords.act.pass), say(planWords.act.passTitle))
  await page.getByText(say(planWords.next['in-approval'])).waitFor()
  await expectSound(window, data)
}

/** The steering group decides where it stands: on the page of decisions. */
export async function approvePlan(window: Window, hall: Hall, data: readonly string[]): Promise<void> {
  const { page, reader } = window
  const say = sayer(reader.language)
  await page.goto('/decisions')
  const card = page.getByRole('listitem').filter({ hasText: hall.name })
  await expectSound(window, data)
  await button(card, say(planWords.act.approve)).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(say(planWords.act.approveWhy)).waitFor()
  await button(dialog, say(planWords.act.approve)).click()
  await page.getByText(say(planWords.act.told.approved)).first().waitFor()
  await card.filter({ has: button(page, say(planWords.act.approve)) }).waitFor({ state: 'detached' })
  await expectSound(window, data)
}

/** Staff finish their task with one thumb. */
export async function finishTask(window: Window, hall: Hall, data: readonly string[]): Promise<void> {
  const { page, reader } = window
  const say = sayer(reader.language)
  await page.goto('/my-work')
  const card = page.getByRole('listitem').filter({ hasText: TASK[reader.language] }).filter({ hasText: hall.name })
  await card.waitFor()
  await expectSound(window, data)
  const done = button(card, say(planWords.work.finish))
  const box = (await done.boundingBox())!
  if (reader.size === 'phone') expect(box.height, 'a thumb needs 44 pixels').toBeGreaterThanOrEqual(44)
  await done.click()
  await page.getByText(say(planWords.work.saved)).first().waitFor()
  await done.waitFor({ state: 'detached' })
}

/** After the end of the proof: the verdict in one sentence, the plan and its alert closed. */
export async function readVerdict(window: Window, hall: Hall, plan: string, data: readonly string[]): Promise<void> {
  const { page, reader } = window
  const say = sayer(reader.language)
  await page.goto(`/verify/${plan}`)
  const main = page.locator('main')
  await main.getByText(say(proofWords.outcome.effective), { exact: true }).first().waitFor()
  await main.getByText(hall.name).first().waitFor()
  await main.getByText('Prais–Winsten', { exact: false }).first().waitFor()
  await expectSound(window, data)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation').first().isVisible(), 'navigation is not printed').toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`/plans/${plan}`)
  await main.getByText(say(planWords.state.closed)).first().waitFor()
  await expectSound(window, data)
  await page.goto('/alerts?state=closed')
  await page
    .getByRole(reader.size === 'phone' ? 'listitem' : 'row')
    .filter({ hasText: hall.name })
    .first()
    .waitFor()
  await expectSound(window, data)
}
