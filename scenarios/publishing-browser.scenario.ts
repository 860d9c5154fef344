/** Scores on their way to the public as people see it: the office shows them, a head objects on a phone, the office upholds, anyone verifies. */
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishingWords as words } from '../modules/evaluation/words/publishing-screens.ts'
import { words as organisationWords } from '../modules/organisation/words.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import { button, sayer } from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import { expectSound, openWindow, type Reader, type Window } from './browser/window.ts'
import { PASSWORD } from './house.ts'
import { HALLS, openPublishingWorld, type PublishingWorld } from './publishing/world.ts'

const OBJECTION = 'The incident of 7 March was not ours.'
const REASON = '经核实属于另一家单位。'
/** What people and data bring stays in their language. */
const data = [
  ...HALLS.map((key) => `${key} 大厅`),
  '大厅评价',
  'improvement-office',
  'head of H08',
  'Scenario',
  'Process',
  'Voice',
  'Incident',
  'prompt',
  'rating',
  'Halls',
  OBJECTION,
  REASON,
  'recompute-scores.mjs',
  'node',
  'scores.json',
  'keys.json',
  'Node',
  'TOPSIS',
]
const zhDesk: Reader = { size: 'desk', language: 'zh' }
const enPhone: Reader = { size: 'phone', language: 'en' }

if (chromiumPath === undefined) process.stderr.write(`browser scenario skipped: ${NO_CHROMIUM}\n`)

describe.skipIf(chromiumPath === undefined)('publishing in the browser', () => {
  let browser: Browser
  let world: PublishingWorld
  let address = ''
  const open = (reader: Reader) => openWindow(browser, world.house.address, reader, world.house.clock.now())
  const seat = async (name: string, reader: Reader): Promise<Window> => {
    const window = await open(reader)
    const { page } = window
    const say = sayer(reader.language)
    await page.goto('/sign-in')
    await page.getByLabel(say(organisationWords.signIn.email)).fill(`${name}@scenario.example`)
    await page.getByLabel(say(organisationWords.signIn.password)).fill(PASSWORD)
    await button(page, say(organisationWords.signIn.deed)).click()
    await page.getByRole('banner').getByText('Scenario').waitFor()
    return window
  }
  const step = async ({ page, reader }: Window, name: 'preview' | 'publish') => {
    const say = sayer(reader.language)
    await button(page, say(words.act[name])).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say(words.act[`${name}What`])).waitFor()
    await button(dialog, say(words.act[name])).click()
    await dialog.waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    browser = await openBrowser()
    world = await openPublishingWorld(webDirectory())
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test('the office begins a publication and shows it to the rated', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    await page.goto('/evaluate/publications')
    await page.getByText(words.none.zh).waitFor()
    await expectSound(window, data)
    await button(page, words.begin.zh).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2026年3月').waitFor()
    await button(dialog, words.begin.zh).click()
    await page.waitForURL('**/evaluate/publications/*')
    address = new URL(page.url()).pathname
    await page.getByText(words.draftTold.zh).waitFor()
    await expectSound(window, data)
    await step(window, 'preview')
    await page.getByText(words.act.told.preview.zh).first().waitFor()
    await expectSound(window, data)
    await window.close()
  })

  test('a department head sees their unit on a phone and objects, in English', async () => {
    const window = await seat('head-of-h08', enPhone)
    const { page } = window
    await page.goto('/evaluate/publications')
    await page.getByRole('listitem').filter({ hasText: 'Mar 2026' }).getByRole('link').first().click()
    await page.waitForURL(`**${address}`)
    await page.getByText(words.rows.own.en).waitFor()
    expect(await page.getByText('H01 大厅').count(), 'units of others are not shown').toBe(0)
    await expectSound(window, data)
    const objects = button(page, words.appeal.make.en)
    expect((await objects.boundingBox())!.height, 'a thumb needs 44 pixels').toBeGreaterThanOrEqual(44)
    await objects.click()
    const dialog = page.getByRole('dialog')
    const evidence = { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('7 March: not H08') }
    await dialog.locator('input[type=file]').setInputFiles(evidence)
    await dialog.getByText('log.txt').waitFor()
    await dialog.getByLabel(words.appeal.text.en).fill(OBJECTION)
    await expectSound(window, data)
    await button(dialog, words.appeal.send.en).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(OBJECTION).waitFor()
    await page.getByText(words.appeal.states.open.en, { exact: true }).waitFor()
    await expectSound(window, data)
    await window.close()
  })

  test('the office tries a change, upholds the objection and publishes when the window is over', async () => {
    world.days(8)
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    await page.goto(address)
    await page.getByText(OBJECTION).waitFor()
    await button(page, words.decide.deed.zh).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words.decide.uphold.zh).click()
    const kind = dialog.getByLabel(words.decide.kind.zh)
    await kind.focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await kind.press(key)
    await dialog.getByText(words.decide.gateNone.zh).waitFor()
    await dialog.getByLabel(words.decide.why.zh).fill(REASON)
    await button(dialog, words.decide.try.zh).click()
    await dialog.getByText(words.decide.after.zh, { exact: true }).waitFor()
    await dialog.getByLabel(words.decide.reason.zh).fill(REASON)
    await expectSound(window, data)
    await button(dialog, words.decide.confirm.zh).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(words.window.ready.zh).waitFor()
    await page.getByText(words.adjusted.title.zh).waitFor()
    await expectSound(window, data)
    await step(window, 'publish')
    await page.getByText(words.file.title.zh).waitFor()
    await expectSound(window, data)
    await window.close()
  })

  test.each([zhDesk, enPhone])('anyone reads the league table and verifies it ($size $language)', async (reader) => {
    const window = await open(reader)
    const { page } = window
    const say = sayer(reader.language)
    await page.goto(`/public/${world.organisation}/league`)
    await expectSound(window, data)
    await page.getByRole('link').first().click()
    await page.waitForURL('**/league/*')
    await page.getByText(say(words.open.method)).waitFor()
    await page.getByText('H09 大厅').first().waitFor()
    await button(page, say(words.file.verify)).click()
    await page.getByText(say(words.file.passed, { units: 9 })).waitFor()
    await expectSound(window, data)
    await window.close()
  })

  test('who changed the file on its way is found out', async () => {
    const window = await open(enPhone)
    const { page } = window
    await page.route('**/league-tables/*/file', async (route) => {
      const answer = await route.fetch()
      const file = await answer.text()
      await route.fulfill({ body: file.replace('"stars":5', '"stars":4') })
    })
    await page.goto(`/public/${world.organisation}/league`)
    await page.getByRole('link').first().click()
    await button(page, words.file.verify.en).click()
    await page.getByRole('alert').getByText('Not verified').waitFor()
    await window.close()
  })
})
