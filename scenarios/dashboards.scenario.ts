/**
 * Dashboards and walls as people use them: composed by keyboard and mouse, shared, merged, seen by others; a wall that looks the same at two
 * resolutions, keeps its values while the line is down, and changes without a reload when events arrive.
 */
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DashboardDraft, Tile } from '../modules/reports/contract.ts'
import { draftFromTemplate } from '../modules/reports/rules/templates.ts'
import { words } from '../modules/reports/words.ts'
import { words as organisationWords } from '../modules/organisation/words.ts'
import type { RoleName } from '../modules/organisation/contract.ts'
import { floorWords } from '../platform/web/floor-words.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import { button, choose, pick, sayer } from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import { expectSound, openWindow, type Reader } from './browser/window.ts'
import * as world from './browser/world.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

const zhDesk: Reader = { size: 'desk', language: 'zh' }
const enPhone: Reader = { size: 'phone', language: 'en' }
const say = sayer('zh')
const data = [...world.dataWords, '大厅评分', '等候看板', '等候超限']

if (chromiumPath === undefined) process.stderr.write(`dashboards scenario skipped: ${NO_CHROMIUM}\n`)

describe.skipIf(chromiumPath === undefined)('dashboards', () => {
  let browser: Browser
  let house: House
  const seat = async (role: RoleName, reader: Reader) => {
    const window = await openWindow(browser, house.address, reader, house.clock.now())
    const { page } = window
    const told = sayer(reader.language)
    await page.goto('/sign-in')
    await page.getByLabel(told(organisationWords.signIn.email)).fill(`${role}@scenario.example`)
    await page.getByLabel(told(organisationWords.signIn.password)).fill(PASSWORD)
    await button(page, told(organisationWords.signIn.deed)).click()
    await page.getByRole('banner').getByText('Scenario').waitFor()
    return window
  }
  const tileOf = (page: Page) => page.locator('[data-canvas-tile]')
  const label = (page: Page, index = 0) => tileOf(page).nth(index).getAttribute('aria-label')
  const placed = (title: string, column: number, row: number, w: number, h: number) =>
    say(words.editor.tileLabel, { title, column, row, w, h })

  beforeAll(async () => {
    browser = await openBrowser()
    house = await openHouse({ timeZone: world.ZONE, start: world.ALERT_DAY, webDirectory: webDirectory() })
    for (const role of ['improvement-office', 'staff'] as const) await house.cookieOf(role)
    await world.foundWorld(house)
    await house.importFile(
      { name: '到访.csv', content: world.visitsFile(world.FIRST_MONDAY, world.ALERT_DAY) },
      world.MAPPING_NAME,
      world.mapping,
    )
    await world.defineWorld(house)
    await house.liveOn(world.ALERT_DAY)
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  let shared = ''
  test('composed by keyboard and mouse, saved and shared', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    await page.goto('/dashboards')
    await page.getByText(say(words.home.none)).waitFor()
    await expectSound(window, data)
    await button(page, say(words.begin.blank)).click()
    await button(page, say(words.editor.addTile)).first().click()
    const drawer = page.getByRole('dialog')
    await choose(page, drawer.getByRole('combobox', { name: say(floorWords.pick.indicator) }), world.waiting.title.zh)
    await drawer.locator('.tile-value').waitFor()
    await button(drawer, say(words.editor.addTile)).click()
    const title = world.waiting.title.zh
    await expect.poll(() => label(page)).toBe(placed(title, 1, 1, 3, 3))
    // By keyboard: two columns to the right, one row taller.
    await tileOf(page).first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => label(page)).toBe(placed(title, 3, 1, 3, 4))
    await page
      .getByRole('status')
      .filter({ hasText: say(words.editor.moved, { title, column: 3, row: 1, w: 3, h: 4 }) })
      .waitFor({ state: 'attached' })
    // By mouse: back to the left edge.
    const box = (await tileOf(page).first().boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x - 100, box.y + 24, { steps: 8 })
    await page.mouse.move(box.x - 240, box.y + 24, { steps: 8 })
    await page.mouse.up()
    await expect.poll(() => label(page)).toBe(placed(title, 1, 1, 3, 4))
    await page.keyboard.press('Control+z')
    await expect.poll(() => label(page)).toBe(placed(title, 3, 1, 3, 4))
    await page.keyboard.press('Control+y')
    await expect.poll(() => label(page)).toBe(placed(title, 1, 1, 3, 4))
    // Taken away and brought back.
    await tileOf(page).first().focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => tileOf(page).count()).toBe(0)
    await button(page, say(words.editor.undo)).click()
    await expect.poll(() => tileOf(page).count()).toBe(1)
    await button(page, say(words.editor.settings)).click()
    await page.getByRole('dialog').getByLabel(say(words.editor.title), { exact: true }).fill('等候看板')
    await page.keyboard.press('Escape')
    await button(page, say(words.editor.save)).click()
    await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}/)
    shared = new URL(page.url()).pathname.split('/').at(-1)!
    await page.getByRole('heading', { level: 1, name: '等候看板' }).waitFor()
    await page.locator('.tile-value').waitFor()
    await expectSound(window, data)
    await pick(page, button(page, say(words.deed.more)), say(words.deed.share))
    await page.getByText(say(words.sharing.everyone), { exact: true }).click()
    await button(page.getByRole('dialog'), '保存').click()
    await page.getByText(say(words.sharing.done)).first().waitFor()
    await window.close()
  })

  test('others see it, and cannot change it', async () => {
    const window = await seat('staff', enPhone)
    const { page } = window
    await page.goto('/dashboards')
    await page.locator('.tile-value').waitFor()
    expect(await button(page, words.deed.edit.en).count()).toBe(0)
    await expectSound(window, data)
    await page.goto(`/dashboards/${shared}/edit`)
    await page.locator('main').waitFor()
    await expect.poll(() => tileOf(page).count()).toBe(0)
    await window.close()
  })

  test('somebody else saved meanwhile: both are merged', async () => {
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    const office = await house.as('improvement-office')
    await page.goto(`/dashboards/${shared}/edit`)
    await tileOf(page).first().focus()
    await page.keyboard.press('ArrowDown')
    const before = await office.reports.readDashboard({ id: shared })
    const clock: Tile = {
      id: 'clock',
      box: { x: 6, y: 0, w: 3, h: 2 },
      title: null,
      scope: { from: 'page' },
      show: { kind: 'clock' },
    }
    const theirs: DashboardDraft = {
      ...before.draft,
      pages: [{ title: null, tiles: [...before.draft.pages[0]!.tiles, clock] }],
    }
    await office.reports.saveDashboard({ id: shared, version: before.version, draft: theirs })
    await button(page, say(words.editor.save)).click()
    await button(page.getByRole('dialog'), say(words.editor.conflict.merge)).click()
    await expect.poll(() => tileOf(page).count()).toBe(2)
    await button(page, say(words.editor.save)).click()
    await page.waitForURL(new RegExp(`/dashboards/${shared}$`))
    const after = await office.reports.readDashboard({ id: shared })
    expect(after.version).toBe(before.version + 2)
    const boxes = new Map(after.draft.pages[0]!.tiles.map((tile) => [tile.id, tile.box]))
    expect(boxes.get('clock')).toEqual(clock.box)
    expect([...boxes.values()].some((box) => box.y === 1 && box.h === 4)).toBe(true)
    // The refused save is the one answer with an error.
    expect(window.faults.filter((fault) => !fault.startsWith('409 '))).toEqual([])
    await window.close()
  })

  /** What a wall must keep, measured in the page: nothing scrolls, nothing is cut by its box, the smallest letters in pixels of the screen. */
  const measureWall = (page: Page) =>
    page.evaluate<{ over: number; cut: string[]; smallest: number; scale: number }>(`(() => {
      const stage = document.querySelector('.stage')
      const scale = stage.getBoundingClientRect().width / stage.offsetWidth
      const root = document.documentElement
      const over = Math.max(root.scrollWidth - innerWidth, root.scrollHeight - innerHeight)
      const shown = [...document.querySelectorAll('.stage-page.shown .tile-body')]
      const cut = shown.filter((body) => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1)
        .map((body) => body.closest('[data-tile]').dataset.tile + ' ' + body.scrollHeight + '>' + body.clientHeight + ' ' + body.scrollWidth + '>' + body.clientWidth)
      let smallest = Infinity
      const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement
        if (node.textContent.trim() === '' || holder.closest('.only-read')) continue
        const box = holder.getBoundingClientRect()
        if (box.width === 0 || getComputedStyle(holder).visibility === 'hidden') continue
        smallest = Math.min(smallest, parseFloat(getComputedStyle(holder).fontSize) * scale)
      }
      return { over, cut, smallest, scale }
    })()`)

  test('a wall: the same picture at two resolutions, kept through a broken line, live', async () => {
    const office = await house.as('improvement-office')
    const { rows: indicators } = await office.measurement.listIndicators({ limit: 200 })
    const facts = {
      indicators,
      schemes: await office.evaluation.listSchemes({}),
      kinds: await office.organisation.entityKinds({}),
    }
    const draft = draftFromTemplate('wall', facts, {
      title: words.template.wall.title,
      pages: words.template.wall.pages,
    })
    const wall = await office.reports.createDashboard({ draft: { ...draft, secondsPerPage: 600 } })
    const window = await seat('improvement-office', zhDesk)
    const { page } = window
    const measured: { smallest: number; boxes: string }[] = []
    for (const [width, height] of [
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.goto(`/wall/${wall.id}`)
      for (let at = 0; at < draft.pages.length; at += 1) {
        await page.locator('.stage-page.shown .tile').first().waitFor()
        await expect.poll(() => page.locator('.stage-page.shown .tile-waiting').count()).toBe(0)
        const found = await measureWall(page)
        expect(found.over, `page ${at + 1} at ${width}`).toBeLessThanOrEqual(0)
        expect(found.cut, `page ${at + 1} at ${width}`).toEqual([])
        expect(found.smallest, `page ${at + 1} at ${width}`).toBeGreaterThanOrEqual((28 * height) / 1080)
        const boxes = await page
          .locator('.stage-page.shown .tile')
          .evaluateAll(
            (tiles, size) =>
              tiles
                .map((tile) =>
                  Object.values(tile.getBoundingClientRect().toJSON() as Record<string, number>).map((value) =>
                    Math.round((value / size) * 1e3),
                  ),
                )
                .join(' | '),
            height,
          )
        measured.push({ smallest: found.smallest / height, boxes })
        await page.keyboard.press('ArrowRight')
      }
    }
    const half = measured.length / 2
    expect(measured.slice(half).map((one) => one.boxes)).toEqual(measured.slice(0, half).map((one) => one.boxes))
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.evaluate('globalThis.sameDocument = true')
    await liveThroughABreak(page, office)
    expect(await page.evaluate('globalThis.sameDocument'), 'nothing was reloaded').toBe(true)
    await window.close()
  })

  async function liveThroughABreak(page: Page, office: Awaited<ReturnType<House['as']>>): Promise<void> {
    const value = () => page.locator('.stage-page.shown .tile-value').first().innerText()
    const boxes = () =>
      page
        .locator('.stage-page.shown .tile')
        .evaluateAll((tiles) => tiles.map((tile) => JSON.stringify(tile.getBoundingClientRect())))
    await expect.poll(() => page.locator('.stage-page.shown .tile-value').count()).toBeGreaterThan(0)
    const send = async (from: number, minutes: number) => {
      const events = Array.from({ length: 400 }, (_, index) => ({
        id: `late-${from}-${index}`,
        type: world.EVENT_TYPE,
        entity: 'S1',
        at: '2025-12-15T02:00:00Z',
        attributes: {},
        values: { 等候分钟: minutes },
      }))
      await office.measurement.recordEvents({ events })
      await house.installation.platform.settle()
    }
    // The stage has taken the size of the window.
    await expect.poll(async () => (await measureWall(page)).scale).toBeCloseTo(2.4, 5)
    const [first, places] = [await value(), await boxes()]
    await send(1, 90)
    await expect.poll(value, { timeout: 20_000 }).not.toBe(first)
    expect(await boxes()).toEqual(places)
    // The line breaks: what is shown stays, and since when is told.
    const second = await value()
    await page.context().setOffline(true)
    await page.locator('.stage-offline svg').waitFor()
    expect(await page.locator('.stage-offline').innerText()).toMatch(/\d\d:\d\d 起离线/)
    expect(await value()).toBe(second)
    await send(2, 5)
    expect(await value()).toBe(second)
    await page.context().setOffline(false)
    await expect.poll(() => page.locator('.stage-offline svg').count(), { timeout: 40_000 }).toBe(0)
    await expect.poll(value, { timeout: 20_000 }).not.toBe(second)
    expect(await boxes()).toEqual(places)
  }
})
