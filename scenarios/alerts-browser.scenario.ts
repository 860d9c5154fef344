/**
 * Alerts as people work them: the desk by keyboard and in the drawer, at a phone; a rule written and tried on the past; a quiet time planned. In a real
 * browser, in Chinese at a desk and in English on a phone.
 */
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../modules/alerts/words.ts'
import type { RoleName } from '../modules/organisation/contract.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import { button, sayer } from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import { expectSound, openWindow, type Reader, type Window } from './browser/window.ts'
import * as world from './browser/world.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

const zhDesk: Reader = { size: 'desk', language: 'zh' }
const enPhone: Reader = { size: 'phone', language: 'en' }
const [first, second] = world.halls
const RULE = 'waiting-too-long'
/** What people wrote, and names that stay as they are. */
const DONE = '调来两名窗口人员 Two clerks came'
const data = [...world.dataWords, RULE, '等候超限', 'Waiting too long', DONE, 'Enter']

if (chromiumPath === undefined) process.stderr.write(`browser scenario skipped: ${NO_CHROMIUM}\n`)

describe.skipIf(chromiumPath === undefined)('alerts on screen', () => {
  let browser: Browser
  let house: House
  const seat = async (role: RoleName, reader: Reader): Promise<Window> => {
    const window = await openWindow(browser, house.address, reader, house.clock.now())
    await window.page.context().request.post('/api/auth/sign-in/email', {
      data: { email: `${role}@scenario.example`, password: PASSWORD },
      headers: { origin: house.address },
    })
    return window
  }

  beforeAll(async () => {
    browser = await openBrowser()
    house = await openHouse({ timeZone: world.ZONE, start: world.ALERT_DAY, webDirectory: webDirectory() })
    for (const role of ['improvement-office', 'department-head', 'staff'] as const) await house.cookieOf(role)
    await world.foundWorld(house)
    const visits = { name: '到访.csv', content: world.visitsFile(world.FIRST_MONDAY, '2026-01-05') }
    await house.importFile(visits, world.MAPPING_NAME, world.mapping)
    await world.defineWorld(house)
    await world.watchWaiting(house)
    await house.liveOn(world.ALERT_DAY)
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test('the desk by keyboard: down, open beside the list, take charge, done with a note', async () => {
    const window = await seat('department-head', zhDesk)
    const { page } = window
    const say = sayer('zh')
    await page.goto('/alerts')
    const row = page.getByRole('row').filter({ hasText: first.name })
    await row.waitFor()
    await expectSound(window, data)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/alerts?open=*')
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('heading', { name: say(words.duty.title) }).waitFor()
    await page.keyboard.press('a')
    await page.getByText(say(words.act.acknowledged)).first().waitFor()
    await drawer
      .getByRole('button', { name: new RegExp(`^${say(words.duty.done)}：`) })
      .last()
      .click()
    const dialog = page.getByRole('dialog').filter({ hasText: say(words.duty.remark) })
    await dialog.getByRole('textbox').fill(DONE)
    await button(dialog, say(words.duty.finish)).click()
    await drawer.getByText(DONE).first().waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await expect.poll(() => new URL(page.url()).search).toBe('')
    await expectSound(window, data)
    await window.close()
  })

  test('filters stand in the address, and search looks into units', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    await page.goto('/alerts?state=all')
    await page.getByRole('row').filter({ hasText: second.name }).waitFor()
    await page.getByRole('searchbox').fill(first.name)
    await page.waitForURL('**/alerts?state=all&q=*')
    await expect.poll(() => page.getByRole('row').filter({ hasText: second.name }).count()).toBe(0)
    await page.reload()
    await page.getByRole('row').filter({ hasText: first.name }).waitFor()
    await expect.poll(() => page.getByRole('row').filter({ hasText: second.name }).count()).toBe(0)
    await window.close()
  })

  test('several at once are closed with a named reason, and one is opened again', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    const say = sayer('zh')
    await page.goto('/alerts')
    await page.getByRole('row').filter({ hasText: second.name }).getByRole('checkbox').check()
    await button(page, say(words.bulk.close)).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say(words.closedBecause['false-alarm'])).click()
    await dialog.getByRole('textbox').fill('数据补录造成')
    await button(dialog, say(words.act.close)).click()
    await expect.poll(() => page.getByRole('row').filter({ hasText: second.name }).count()).toBe(0)
    await page.goto('/alerts?state=closed')
    const row = page.getByRole('row').filter({ hasText: second.name })
    await row.getByText(say(words.closedBecause['false-alarm'])).waitFor()
    await button(row, say(words.act.more)).click()
    await page.getByRole('menuitem', { name: say(words.act.reopen) }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('又出现了')
    await button(page.getByRole('dialog'), say(words.act.reopen)).click()
    await page.goto(`/alerts?state=open`)
    await page.getByText(say(words.page.relapse)).first().waitFor()
    await expectSound(window, data)
    await window.close()
  })

  test.each([zhDesk, enPhone])('a rule is told in words and tried on the past ($size $language)', async (reader) => {
    const window = await seat('improvement-office', reader)
    const { page } = window
    const say = sayer(reader.language)
    await page.goto('/alerts/rules')
    await page.getByRole('link', { name: say({ zh: '等候超限', en: 'Waiting too long' }) }).click()
    await page
      .getByRole('heading', {
        level: 1,
        name: say(words.rules.edit, { name: say({ zh: '等候超限', en: 'Waiting too long' }) }),
      })
      .waitFor()
    await page.getByText(say(words.trying.falseAlarms), { exact: true }).waitFor()
    await page.getByText(first.name).first().waitFor()
    await expectSound(window, data)
    // Every kind of condition has its fields and explains itself.
    for (const kind of ['growth', 'chart', 'forecast-miss', 'repeated', 'keyword', 'combination'] as const) {
      const box = page.getByRole('combobox', { name: say(words.form.kindOf) })
      await box.click()
      await page
        .locator('.ant-select-item-option')
        .filter({ hasText: say(words.condition.kind[kind]) })
        .click()
      await page.getByText(say(words.condition.why[kind])).waitFor()
    }
    await expectSound(window, data)
    await window.close()
  })

  test.each([zhDesk, enPhone])('duties, quiet times and incidents ($size $language)', async (reader) => {
    const window = await seat('improvement-office', reader)
    const { page } = window
    const say = sayer(reader.language)
    for (const [path, title] of [
      ['/alerts/policy', words.policy.title],
      ['/alerts/quiet', words.quiet.title],
      ['/alerts/incidents', words.trying.incidents.title],
      ['/alerts/plans', words.checklist.plans.title],
      ['/alerts/drills', words.drill.title],
      ['/alerts/sharing', words.sharing.title],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: say(title) }).waitFor()
      await expectSound(window, [...data, '数据补录造成'])
    }
    await window.close()
  })

  test('on a phone what is late comes first and buttons are large', async () => {
    const window = await seat('department-head', enPhone)
    const { page } = window
    const say = sayer('en')
    await page.goto('/alerts')
    const card = page.getByRole('listitem').filter({ hasText: first.name })
    await card.waitFor()
    const deed = card.getByRole('button', { name: say(words.act.improve) })
    expect((await deed.boundingBox())!.height).toBeGreaterThanOrEqual(44)
    await expectSound(window, data)
    await window.close()
  })
})
