/**
 * The product as people see it: a real browser walks the loop as four people, in Chinese at a desk and in English on a phone. Data come in by a file
 * from a Chinese queue system, alerts appear while the desk is open, a plan goes from alert to verdict.
 */
import { mkdtempSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realSurroundings } from '#platform/surroundings'
import { openInstallation, serveHttp } from '../apps/installation.ts'
import { usualProtection } from '../modules/measurement/contract/protection.ts'
import { words as shellWords } from '../apps/web/shell-words.ts'
import { words as alertWords } from '../modules/alerts/words.ts'
import { words as measurementWords } from '../modules/measurement/words.ts'
import type { RoleName } from '../modules/organisation/contract.ts'
import { problems, words as organisationWords } from '../modules/organisation/words.ts'
import { floorWords, otherProblems } from '../platform/web/floor-words.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import { expectSound, openWindow, type Reader, type Window } from './browser/window.ts'
import {
  answerAlert,
  approvePlan,
  button,
  choose,
  finishTask,
  MEASURE,
  passPlan,
  readVerdict,
  sayer,
  TASK,
} from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import * as world from './browser/world.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

/** What people wrote stays in the language they wrote it in, titles of plans among it. */
const written = [MEASURE, TASK, { zh: '平均等候时间改善', en: 'improve Mean waiting time' }]
/** Kinds of unit are what people called them, those delivered too. */
const data = [...world.dataWords, ...usualProtection.staffKinds, ...written.flatMap((words) => Object.values(words))]
const zhDesk: Reader = { size: 'desk', language: 'zh' }
const enPhone: Reader = { size: 'phone', language: 'en' }

if (chromiumPath === undefined) process.stderr.write(`browser scenario skipped: ${NO_CHROMIUM}\n`)

describe.skipIf(chromiumPath === undefined)('the first page of all', () => {
  test('a new installation is set up with the one-time code', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'bihuan-scenario-'))
    await chmod(directory, 0o755)
    const installation = await openInstallation({
      dataDirectory: join(directory, 'data'),
      log: pino({ level: 'silent' }),
      surroundings: realSurroundings,
    })
    const server = await serveHttp(installation, { host: '127.0.0.1', port: 0, webDirectory: webDirectory() })
    const browser = await openBrowser()
    const window = await openWindow(browser, server.address, zhDesk, realSurroundings.now())
    const { page } = window
    const say = sayer('zh')
    const text = organisationWords.setup
    await page.goto('/measure')
    await page.waitForURL('**/setup')
    await page.getByLabel(say(text.organisationName)).fill('海州市政务服务中心')
    await page.getByLabel(say(text.name)).fill('吴凡')
    await page.getByLabel(say(text.email)).fill('wu@scenario.example')
    await page.getByLabel(say(text.password)).fill(PASSWORD)
    await page.getByLabel(say(text.code)).fill('AAAAAAAAAA')
    await button(page, say(text.deed)).click()
    await page.getByText(problems.SETUP_CODE_WRONG.zh).first().waitFor()
    // A wrong code is refused, and nothing else may go wrong here.
    expect(window.faults.filter((fault) => !/^403 .*\/setup/.test(fault))).toEqual([])
    await page.getByLabel(say(text.code)).fill(installation.setUpCode!)
    await button(page, say(text.deed)).click()
    await page.getByRole('heading', { level: 1, name: say(shellWords.loop.title) }).waitFor()
    await page.getByText(say(shellWords.loop.noEvents)).waitFor()
    await browser.close()
    await server.close()
    await installation.close()
    await rm(directory, { recursive: true, force: true })
  })
})

describe.skipIf(chromiumPath === undefined)('in the browser', () => {
  let browser: Browser
  let house: House
  const open = (reader: Reader) => openWindow(browser, house.address, reader, house.clock.now())
  const enter = async ({ page, reader }: Window, role: RoleName) => {
    const say = sayer(reader.language)
    await page.getByLabel(say(organisationWords.signIn.email)).fill(`${role}@scenario.example`)
    await page.getByLabel(say(organisationWords.signIn.password)).fill(PASSWORD)
    await button(page, say(organisationWords.signIn.deed)).click()
    await page.getByRole('banner').getByText('Scenario').waitFor()
  }
  /** A window of somebody signed in. */
  const seat = async (role: RoleName, reader: Reader) => {
    const window = await open(reader)
    await window.page.goto('/sign-in')
    await enter(window, role)
    return window
  }

  beforeAll(async () => {
    browser = await openBrowser()
    house = await openHouse({ timeZone: world.ZONE, start: world.ALERT_DAY, webDirectory: webDirectory() })
    for (const role of [
      'improvement-office',
      'department-head',
      'steering-group',
      'staff',
      'security-officer',
    ] as const)
      await house.cookieOf(role)
    await world.foundWorld(house)
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test.each([zhDesk, enPhone])(
    'the door: deep links wait, a wrong password is told ($size $language)',
    async (reader) => {
      const window = await open(reader)
      const { page } = window
      const say = sayer(reader.language)
      await page.goto('/measure/imports?entity=S1')
      await page.waitForURL('**/sign-in?next=*')
      await page.getByLabel(say(organisationWords.signIn.email)).fill('improvement-office@scenario.example')
      await page.getByLabel(say(organisationWords.signIn.password)).fill('not the password')
      await button(page, say(organisationWords.signIn.deed)).click()
      await page.getByRole('alert').getByText(say(otherProblems.CREDENTIALS_WRONG)).waitFor()
      await expectSound(window, data)
      await enter(window, 'improvement-office')
      await page.waitForURL('**/measure/imports?entity=S1')
      await page.getByRole('heading', { level: 1, name: say(measurementWords.imports.title) }).waitFor()
      await expectSound(window, data)
      await window.close()
    },
  )

  test('by keyboard: the skip link, and Ctrl-K goes anywhere', async () => {
    const { page, close } = await seat('improvement-office', zhDesk)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate<string>('document.activeElement.textContent')).toBe(shellWords.shell.skip.zh)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('content')
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: shellWords.palette.hint.zh })
    await box.fill(alertWords.rules.title.zh)
    await page.getByRole('option', { name: alertWords.rules.title.zh, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/alerts/rules')
    await page.getByRole('heading', { level: 1, name: alertWords.rules.title.zh }).waitFor()
    await close()
  })

  test('a file in GB18030 with wrong rows: tried, told row by row, imported', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    const say = sayer('zh')
    const text = measurementWords.imports
    const wrong = ['坏1,S1,2025-03-03T10:00:00,三十', '坏2,S9,2025-03-03T10:00:00,12', '坏3,S1,昨天,12']
    const file = `${world.visitsFile(world.FIRST_MONDAY, '2026-01-05')}${wrong.join('\n')}\n`
    await page.goto('/measure/imports/new')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '到访.csv', mimeType: 'text/csv', buffer: world.inGb18030(file) })
    await page.getByText('GB18030').first().waitFor()
    await choose(page, page.getByRole('combobox', { name: say(text.saved) }), world.MAPPING_NAME, false)
    await expect.poll(() => page.getByLabel(say(text.eventType)).inputValue()).toBe(world.EVENT_TYPE)
    await expectSound(window, data)
    await button(page, say(text.tryIt)).click()
    const start = button(page, say(text.startForReal))
    await start.waitFor()
    await house.installation.platform.settle()
    await expect.poll(() => start.isEnabled(), { timeout: 20_000 }).toBe(true)
    await start.click()
    await page.getByRole('heading', { level: 1, name: '到访.csv' }).waitFor()
    await house.installation.platform.settle()
    await page.getByText(say(text.states.done)).first().waitFor()
    for (const rule of [floorWords.rule.number, floorWords.rule['unknown-entity'], floorWords.rule.time])
      await page.getByText(say(rule)).waitFor()
    await expectSound(window, [...data, 'S9'])
    await window.close()
    await world.defineWorld(house)
  })

  test('an alert that is raised while the desk is open appears by itself', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    await page.goto('/alerts')
    await page.getByText(alertWords.empty.calm.zh).waitFor()
    await expectSound(window, data)
    await world.watchWaiting(house)
    await house.liveOn(world.ALERT_DAY)
    await page.getByRole('row').filter({ hasText: world.halls[0].name }).waitFor()
    await page.getByRole('row').filter({ hasText: world.halls[1].name }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: world.halls[2].name }).count()).toBe(0)
    await expectSound(window, data)
    await window.close()
  })

  const walks = [
    { desk: zhDesk, hand: { size: 'phone', language: 'zh' } as const, hall: world.halls[0] },
    { desk: enPhone, hand: enPhone, hall: world.halls[1] },
  ]
  const plans = new Map<string, string>()
  test.each(walks)('from alert to running plan ($desk.size $desk.language)', async ({ desk, hand, hall }) => {
    const head = await seat('department-head', desk)
    plans.set(hall.key, await answerAlert(head, hall, data))
    const office = await seat('improvement-office', desk)
    await passPlan(office, hall, data)
    const steering = await seat('steering-group', hand)
    await approvePlan(steering, hall, data)
    const staff = await seat('staff', hand)
    await finishTask(staff, hall, data)
    // The head's window, left open, has heard of it all.
    await head.page
      .getByText(sayer(desk.language)({ zh: '执行中', en: 'Running' }))
      .first()
      .waitFor()
    for (const window of [head, office, steering, staff]) await window.close()
  })

  test.each(walks)('time passes, and the data decide ($desk.size $desk.language)', async ({ desk, hall }) => {
    if (hall === world.halls[0]) {
      await house.liveOn(world.VERDICT_DAY)
      const rest = { name: '到访2.csv', content: world.visitsFile('2026-01-05', '2026-04-13') }
      const { state, refused } = await house.importFile(rest, world.MAPPING_NAME, world.mapping)
      expect({ state, refused }).toEqual({ state: 'done', refused: 0 })
      await house.liveOn(world.VERDICT_DAY)
    }
    const head = await seat('department-head', desk)
    await readVerdict(head, hall, plans.get(hall.key)!, data)
    await head.close()
  })

  const pages: readonly (readonly [RoleName, readonly string[]])[] = [
    [
      'improvement-office',
      [
        '/',
        '/measure',
        `/measure/${world.waiting.id}`,
        `/measure/${world.waiting.id}/edit`,
        '/measure/new',
        '/measure/events',
        '/measure/imports',
        '/measure/imports/new',
        `/measure/${world.waiting.id}/versions`,
        '/measure/library',
        '/measure/files',
        '/measure/segments',
        '/measure/sources',
        '/measure/sources/new',
        '/measure/customers',
        '/dashboards',
        '/dashboards/all',
        '/admin/calendars',
        '/admin/calendars/new',
        '/evaluate',
        '/evaluate/units/S1',
        '/evaluate/schemes/new',
        '/evaluate/sensitivity',
        '/evaluate/publications',
        '/evaluate/consequences',
        '/admin/protection',
        '/alerts/rules',
        '/plans',
        '/plans/new',
        '/verify',
      ],
    ],
    ['steering-group', ['/decisions']],
    ['staff', ['/my-work']],
    ['administrator', ['/admin/entities', '/admin/people', '/admin/roles', '/admin/deliveries', '/admin/keys']],
    ['security-officer', ['/admin/people', '/admin/keys']],
  ]
  test.each([zhDesk, { ...enPhone, look: 'dark' } as const])(
    'every page is sound ($size $language)',
    async (reader) => {
      for (const [role, paths] of pages) {
        const window = await seat(role, reader)
        for (const path of paths) {
          await window.page.goto(path)
          await expectSound(window, data)
        }
        await window.close()
      }
    },
  )
})
