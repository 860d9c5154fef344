/** What the walks through schemes write and do again and again. */
import type { Browser, Locator, Page } from '@playwright/test'
import { schemeWords } from '../../modules/evaluation/words/schemes.ts'
import { words as organisationWords } from '../../modules/organisation/words.ts'
import { type House, PASSWORD } from '../house.ts'
import * as world from './scheme-world.ts'
import { button, sayer } from './walk.ts'
import { openWindow, type Reader, type Window } from './window.ts'

export const zhDesk: Reader = { size: 'desk', language: 'zh' }
export const OPTIONS_LIMIT = 30
export const enPhone: Reader = { size: 'phone', language: 'en' }
/** What people wrote stays in the language they wrote it in. */
export const NAME = { zh: '大厅月度评分', en: 'Monthly score of the halls' }
export const DIMENSIONS = ['办事效率', '群众感受'] as const
export const REASON = '首次启用'
export const ITEM = { zh: '窗口礼仪', en: 'Manners at the counter' }
export const QUESTION = { zh: '接待是否主动耐心？', en: 'Are visitors received well?' }
export const data = [
  ...world.dataWords,
  ...[NAME, ITEM, QUESTION].flatMap(({ zh, en }) => [zh, en]),
  ...DIMENSIONS,
  REASON,
  'Head of 清河大厅',
  '程立',
  '郑严',
  '王主任',
]

/** Somebody at a window of their own, signed in. */
export async function sit(
  { browser, house, windows }: { browser: Browser; house: House; windows: Window[] },
  email: string,
  reader: Reader,
): Promise<Window> {
  const window = await openWindow(browser, house.address, reader, house.clock.now())
  windows.push(window)
  const say = sayer(reader.language)
  const { page } = window
  await page.goto('/sign-in')
  await page.getByLabel(say(organisationWords.signIn.email)).fill(email)
  await page.getByLabel(say(organisationWords.signIn.password)).fill(PASSWORD)
  await button(page, say(organisationWords.signIn.deed)).click()
  await page.getByRole('banner').getByText('Scenario').waitFor()
  return window
}

/** Names in the order of the ranking beside the editor. */
export const shownOrder = (page: Page) => page.locator('.live-rows .live-title').allInnerTexts()
export const weightOf = (page: Page, language: 'zh' | 'en', name: string): Locator =>
  page.getByRole('slider', { name: sayer(language)(schemeWords.tree.weightOf, { name }) })
export const openPart = (page: Page, name: string) =>
  page.locator('.scheme-bar .ant-segmented-item', { hasText: name }).click()

/** In a list that opens and cannot be searched: by the arrow keys. */
export async function option(page: Page, box: string, name: RegExp): Promise<void> {
  const list = page.getByRole('combobox', { name: box })
  await list.focus()
  await list.press('ArrowDown')
  const active = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active')
  for (let step = 0; step < OPTIONS_LIMIT; step += 1) {
    await active.waitFor({ state: 'attached' })
    if (name.test((await active.textContent()) ?? '')) break
    await list.press('ArrowDown')
  }
  await list.press('Enter')
}
