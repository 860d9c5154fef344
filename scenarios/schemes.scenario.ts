/**
 * Schemes as people make them: built from nothing to adoption at a desk in Chinese, weighed by pairwise comparison on a phone in English, compared,
 * replayed and adopted, judged by people with one thumb.
 */
import type { Browser, Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '../apps/demo/stories.ts'
import { assessingWords } from '../modules/evaluation/words/assessing.ts'
import { rulesWords } from '../modules/evaluation/words/scheme-rules.ts'
import { raterWords, schemeWords } from '../modules/evaluation/words/schemes.ts'
import { versionWords } from '../modules/evaluation/words/versions.ts'
import { weightWords } from '../modules/evaluation/words/weights.ts'
import { words as evaluationWords } from '../modules/evaluation/words.ts'
import { floorWords } from '../platform/web/floor-words.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import * as world from './browser/scheme-world.ts'
import {
  data,
  DIMENSIONS,
  enPhone,
  ITEM,
  NAME,
  openPart,
  option,
  QUESTION,
  REASON,
  shownOrder,
  sit,
  weightOf,
  zhDesk,
} from './browser/scheme-walk.ts'
import { button, choose, sayer } from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import { expectSound, type Reader, type Window } from './browser/window.ts'
import { type House, openHouse } from './house.ts'

if (chromiumPath === undefined) process.stderr.write(`schemes scenario skipped: ${NO_CHROMIUM}\n`)

describe.skipIf(chromiumPath === undefined)('schemes on screen', () => {
  let browser: Browser
  let house: House
  let office: Api
  const windows: Window[] = []

  const seat = (email: string, reader: Reader) => sit({ browser, house, windows }, email, reader)

  beforeAll(async () => {
    browser = await openBrowser()
    house = await openHouse({ timeZone: world.ZONE, start: world.TODAY, webDirectory: webDirectory() })
    office = await house.as('improvement-office')
    await world.foundHalls(house)
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test('from nothing to adoption, at a desk in Chinese', async () => {
    const window = await seat('improvement-office@scenario.example', zhDesk)
    const { page } = window
    const say = sayer('zh')
    const { page: text, tree, preview } = schemeWords
    await page.goto('/evaluate/schemes')
    await page.getByText(say(schemeWords.list.none)).waitFor()
    await expectSound(window, data)
    await page.getByRole('link', { name: say(evaluationWords.newScheme) }).click()
    await page.getByRole('heading', { level: 1, name: say(text.newTitle) }).waitFor()
    await page.getByText(say(preview.nothing)).waitFor()
    await expectSound(window, data)

    // Who is ranked.
    await page.getByLabel(say(rulesWords.whom.name), { exact: true }).fill(NAME.zh)
    await option(page, say(floorWords.pick.kind), /^大厅/)
    // Saving too early says what is missing, where it is missing.
    await button(page, say(text.propose)).click()
    await page.getByText(say(text.mend, { count: 2 })).waitFor()

    // What counts: two dimensions, three indicators.
    const names = page.getByLabel(say(tree.dimensionName), { exact: true })
    await names.nth(0).fill(DIMENSIONS[0])
    await addIndicator(page, 0, world.indicators.prompt.zh)
    await expect.poll(() => shownOrder(page), { message: 'a ranking by the first indicator' }).toHaveLength(8)
    const byPromptness = await shownOrder(page)
    expect(byPromptness[0]).toBe(world.HALLS[0]!.name)
    await button(page, say(tree.addDimension)).click()
    await names.nth(1).fill(DIMENSIONS[1])
    await addIndicator(page, 1, world.indicators.satisfied.zh)
    await addIndicator(page, 1, world.indicators.rating.zh)
    await expect.poll(async () => (await shownOrder(page)).join() === byPromptness.join()).toBe(false)
    await expectSound(window, data)

    // A weight is dragged: the ranking follows while the hand moves, and both lead back.
    const slider = weightOf(page, 'zh', DIMENSIONS[0])
    await dragTo(page, slider, 0.95)
    await expect.poll(async () => (await shownOrder(page))[0]).toBe(world.HALLS[0]!.name)
    expect(Number(await slider.inputValue())).toBeGreaterThan(85)
    await dragTo(page, slider, 0.05)
    await expect.poll(async () => (await shownOrder(page)).indexOf(world.HALLS[0]!.name)).toBeGreaterThan(3)
    const dragged = await slider.inputValue()
    await page.keyboard.press('Control+z')
    await expect.poll(() => slider.inputValue()).not.toBe(dragged)
    await page.keyboard.press('Control+y')
    await expect.poll(() => slider.inputValue()).toBe(dragged)
    await dragTo(page, slider, 0.6)

    // By keyboard: a corner of the curve, and an item into the other dimension.
    await page.getByRole('button', { name: world.indicators.prompt.zh, exact: true }).click()
    const corner = page.getByRole('slider', { name: /^折点 1/ })
    const before = await corner.getAttribute('aria-valuetext')
    await corner.focus()
    await corner.press('ArrowUp')
    await expect.poll(() => corner.getAttribute('aria-valuetext')).not.toBe(before)
    await page.getByRole('button', { name: world.indicators.prompt.zh, exact: true }).click()
    const grip = page.getByRole('button', { name: new RegExp(`^${world.indicators.rating.zh}：`) })
    await grip.focus()
    await grip.press('Alt+ArrowUp')
    await grip.press('Alt+ArrowUp')
    const first = page.getByRole('region', { name: DIMENSIONS[0] })
    await first.getByText(world.indicators.rating.zh).first().waitFor()

    // All other parts, looked at once.
    for (const part of [text.part.whom, text.part.rules, text.part.grades, text.part.certainty, text.part.weights]) {
      await openPart(page, say(part))
      await expectSound(window, data)
    }

    // Adopted, with the reason; the scheme in words and its ranking are there.
    await button(page, say(text.adopt)).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say(versionWords.adopt.whatFirst)).waitFor()
    await dialog.getByLabel(say(versionWords.adopt.reason)).fill(REASON)
    await button(dialog, say(versionWords.adopt.deed)).click()
    await page.getByRole('heading', { level: 1, name: NAME.zh }).waitFor({ timeout: 60_000 })
    await page.getByText(say(versionWords.told.weighting)).waitFor()
    await expectSound(window, data)
    const [saved] = await office.evaluation.schemeVersions({ id: 'scheme-1' })
    expect(saved).toMatchObject({ version: 1, state: 'adopted', adoption: { reason: REASON, effectiveFrom: null } })
    expect(saved!.dimensions.map(({ items }) => items.map(({ id }) => id))).toEqual([
      ['prompt', 'rating'],
      ['satisfied'],
    ])
    const ranking = await office.evaluation.readRanking({ id: 'scheme-1' })
    expect(ranking.rows.filter((row) => row.rank !== null)).toHaveLength(8)
  })

  async function addIndicator(page: Page, dimension: number, name: string): Promise<void> {
    const say = sayer('zh')
    await button(page, say(schemeWords.tree.addIndicator)).nth(dimension).click()
    await choose(page, page.getByRole('combobox', { name: say(rulesWords.item.indicator) }), name)
    await page.getByRole('button', { name, exact: true }).waitFor()
  }

  /** With the mouse, in steps, as a hand would. */
  async function dragTo(page: Page, slider: Locator, share: number): Promise<void> {
    await slider.scrollIntoViewIfNeeded()
    const box = (await slider.boundingBox())!
    const [least, most] = [8, box.width - 8]
    const at = (part: number) => box.x + least + (most - least) * part
    const y = box.y + box.height / 2
    await page.mouse.move(at(Number(await slider.inputValue()) / 100), y)
    await page.mouse.down()
    await page.mouse.move(at(share), y, { steps: 15 })
    await page.mouse.up()
  }

  test('what was not saved is kept on the device and offered again', async () => {
    const window = await seat('improvement-office@scenario.example', zhDesk)
    const { page } = window
    const say = sayer('zh')
    await page.goto('/evaluate/schemes/scheme-1/edit')
    const slider = weightOf(page, 'zh', DIMENSIONS[0])
    await slider.focus()
    for (let step = 0; step < 8; step += 1) await slider.press('ArrowLeft')
    const typed = await slider.inputValue()
    // Leaving asks, and says that the draft stays.
    await page
      .getByRole('link', { name: say(schemeWords.list.title) })
      .first()
      .click()
    const ask = page.getByRole('dialog')
    await ask.getByText(say(schemeWords.page.leaveLost)).waitFor()
    await page.waitForTimeout(1_000)
    await ask.getByRole('button').last().click()
    await page.getByRole('heading', { level: 1, name: say(schemeWords.list.title) }).waitFor()
    await page.goto('/evaluate/schemes/scheme-1/edit')
    await page.getByText(say(schemeWords.page.keptTitle)).waitFor()
    expect(await slider.inputValue()).not.toBe(typed)
    await button(page, say(schemeWords.page.takeUp)).click()
    await expect.poll(() => slider.inputValue()).toBe(typed)
    await expectSound(window, data)
    await button(page, say(schemeWords.page.propose)).click()
    await page.waitForURL('**/evaluate/schemes/scheme-1?version=2')
    await expectSound(window, data)
    await page.goto('/evaluate/schemes/scheme-1/edit')
    await slider.waitFor()
    expect(await page.getByText(say(schemeWords.page.keptTitle)).count()).toBe(0)
  })

  test('pairwise comparison on a phone in English, with a contradiction mended', async () => {
    const window = await seat('improvement-office@scenario.example', enPhone)
    const { page } = window
    const say = sayer('en')
    const { ahp } = weightWords
    await page.goto('/evaluate/schemes/new')
    await page.getByLabel(say(rulesWords.whom.name), { exact: true }).fill(NAME.en)
    await page.getByLabel(say(rulesWords.whom.id), { exact: true }).fill('halls')
    await option(page, say(floorWords.pick.kind), /^大厅/)
    await option(page, say(schemeWords.page.parts), new RegExp(`^${say(schemeWords.page.part.items)}`))
    await page.getByLabel(say(schemeWords.tree.dimensionName), { exact: true }).fill('All')
    for (const { en } of Object.values(world.indicators)) {
      await button(page, say(schemeWords.tree.addIndicator)).click()
      await choose(page, page.getByRole('combobox', { name: say(rulesWords.item.indicator) }), en)
      await page.getByRole('button', { name: en, exact: true }).waitFor()
    }
    await expectSound(window, data)
    await option(page, say(schemeWords.page.parts), new RegExp(`^${say(schemeWords.page.part.weights)}`))
    await option(page, say(weightWords.method), /AHP/)
    await expectSound(window, data)
    const [a, b, c] = Object.values(world.indicators).map(({ en }) => en)
    const pair = (x: string, y: string) => page.getByRole('slider', { name: say(ahp.pair, { a: x, b: y }) })
    // a over b and b over c, but c over a: that cannot be.
    for (let step = 0; step < 4; step += 1) await pair(a!, b!).press('ArrowLeft')
    for (let step = 0; step < 4; step += 1) await pair(b!, c!).press('ArrowLeft')
    const towards = page.getByRole('button', { name: say(ahp.towards, { name: c! }) }).first()
    expect((await towards.boundingBox())!.height, 'a thumb needs 44 pixels').toBeGreaterThanOrEqual(44)
    for (let step = 0; step < 2; step += 1) await towards.click()
    await page
      .getByText(/contradict each other$/)
      .first()
      .waitFor()
    await page.getByText(say(ahp.repairs)).waitFor()
    await expectSound(window, data)
    // Hints are one thumb away; after a few of them the judgements fit together.
    for (let tried = 0; tried < 6 && (await page.getByText(/agree well enough$/).count()) === 0; tried += 1)
      await button(page, say(ahp.repairDeed)).first().click()
    await page
      .getByText(/agree well enough$/)
      .first()
      .waitFor()
    await expectSound(window, data)
    await button(page, say(schemeWords.page.propose)).click()
    await page.waitForURL('**/evaluate/schemes/halls?version=1')
    await page.getByText(/AHP/).first().waitFor()
    await expectSound(window, data)
    const saved = await office.evaluation.readScheme({ id: 'halls' })
    const { weighting, dimensions } = saved
    expect(weighting).toMatchObject({ method: 'analytic-hierarchy', randomIndex: 'saaty-1980' })
    const report = await office.evaluation.calculateWeights(saved)
    expect(report.warnings.filter(({ rule }) => rule !== 'zero-weight')).toEqual([])
    for (const [place, item] of dimensions[0]!.items.entries())
      expect(item.weight).toBeCloseTo(report.dimensions[0]!.items[place]!, 9)
  })

  test('two versions side by side, one replayed, then adopted from there', async () => {
    const window = await seat('improvement-office@scenario.example', zhDesk)
    const { page } = window
    const say = sayer('zh')
    const { compare, replay, adopt } = versionWords
    const current = await office.evaluation.readScheme({ id: 'scheme-1', version: 1 })
    const turned = current.dimensions.map((dimension, place) => ({ ...dimension, weight: place === 0 ? 0.1 : 0.9 }))
    await office.evaluation.saveScheme({ ...current, dimensions: turned, weighting: { method: 'hand' } })
    await page.goto('/evaluate/schemes/scheme-1?tab=compare&before=1&after=3')
    await page.getByText(say(compare.agreement)).waitFor()
    await expectSound(window, data)
    const told = await office.evaluation.compareVersions({ id: 'scheme-1', before: 1, after: 3 })
    expect(told.rises).toBeGreaterThan(0)
    await page
      .getByText(say(compare.units, { count: told.rises }))
      .first()
      .waitFor()
    await page.locator('.compared .ant-segmented-item', { hasText: say(compare.filter.rises) }).click()
    await expect.poll(() => page.locator('.compared tbody tr.ant-table-row').count()).toBe(told.rises)
    const download = page.waitForEvent('download')
    await button(page, say(compare.export)).click()
    expect((await download).suggestedFilename()).toContain(NAME.zh)

    await page.goto('/evaluate/schemes/scheme-1?tab=replay&replay=3')
    await button(page, say(replay.deed)).click()
    await page
      .getByRole('link', { name: say(replay.open) })
      .first()
      .waitFor()
    await expectSound(window, data)
    const result = new URL(
      (await page
        .getByRole('link', { name: say(replay.open) })
        .first()
        .getAttribute('href'))!,
      house.address,
    )
    const run = result.searchParams.get('run')!
    expect((await office.evaluation.readRanking({ id: 'scheme-1', run })).scheme.version).toBe(3)

    await page.goto('/evaluate/schemes/scheme-1?tab=versions')
    await button(page.locator('.versions li').first(), say(versionWords.list.adopt)).click()
    const dialog = page.getByRole('dialog')
    await button(dialog, say(adopt.deed)).click()
    await dialog.getByText(say(adopt.needReason)).waitFor()
    await dialog.getByLabel(say(adopt.reason)).fill(REASON)
    await dialog.getByLabel(say(adopt.overlap)).check()
    await button(dialog, say(adopt.deed)).click()
    await dialog.waitFor({ state: 'detached' })
    await expectSound(window, data)
    const [newest] = await office.evaluation.schemeVersions({ id: 'scheme-1' })
    expect(newest!.adoption).toMatchObject({ effectiveFrom: '2026-05-01', overlapUntil: '2026-08-01', reason: REASON })
    await page.emulateMedia({ media: 'print' })
    await page.goto('/evaluate/schemes/scheme-1')
    await page.getByText(say(versionWords.told.weighting)).waitFor()
    expect(await page.getByRole('navigation').first().isVisible(), 'navigation is not printed').toBe(false)
  })

  test('judging on a phone with one thumb; the office sees how far judges agree', async () => {
    const raters = [
      { kind: 'self' as const, weight: 0.2 },
      { kind: 'third-party' as const, weight: 0.8 },
    ]
    await office.evaluation.saveScheme({
      id: 'manners',
      title: ITEM,
      entityKind: '大厅',
      dimensions: [
        {
          id: 'manners',
          title: ITEM,
          weight: 1,
          items: [
            {
              id: 'manner',
              source: { kind: 'assessed', title: ITEM, question: QUESTION, scale: { low: 1, high: 5 }, raters },
              weight: 1,
              transform: {
                kind: 'piecewise',
                points: [
                  [1, 0],
                  [5, 100],
                ],
              },
            },
          ],
        },
      ],
      adopt: {},
    })
    await world.person(house, '王主任', 'head@scenario.example', [{ role: 'department-head', entityKey: 'S1' }])
    const judges = [
      await world.person(house, '程立', 'one@scenario.example', [{ role: 'assessor' }]),
      await world.person(house, '郑严', 'two@scenario.example', [{ role: 'assessor' }]),
    ]
    for (const [judge, api] of judges.entries())
      for (const [place, hall] of world.HALLS.entries())
        await api.evaluation.giveAssessment({
          scheme: 'manners',
          item: 'manner',
          grain: 'month',
          periodStart: world.MARCH,
          entity: hall.key,
          value: Math.min(5, 2 + (place % 3) + (judge === 0 ? 1 : 0)),
        })
    const phone = await seat('head@scenario.example', enPhone)
    const say = sayer('en')
    await phone.page.goto('/evaluate/assessments')
    const card = phone.page.getByRole('listitem').filter({ hasText: world.HALLS[0]!.name })
    await card.getByText(say(assessingWords.mine.as, { kind: say(raterWords.self) })).waitFor()
    await expectSound(phone, data)
    const four = card.getByRole('radio', { name: '4', exact: true })
    expect((await four.boundingBox())!.height, 'a thumb needs 44 pixels').toBeGreaterThanOrEqual(44)
    await four.click()
    await card.getByText(say(assessingWords.mine.saved)).waitFor()
    await button(card, say(assessingWords.mine.addRemark)).click()
    await card.getByLabel(say(assessingWords.mine.remark)).fill('New counters since March')
    await button(card, say(assessingWords.mine.saveRemark)).click()
    await expect.poll(() => button(card, say(assessingWords.mine.saveRemark)).count()).toBe(0)
    await phone.page.getByText(say(assessingWords.mine.allGiven)).waitFor()
    await expectSound(phone, data)

    const desk = await seat('improvement-office@scenario.example', zhDesk)
    const sayZh = sayer('zh')
    await desk.page.goto('/evaluate/agreement')
    await desk.page.getByText(sayZh(assessingWords.agreement.leniencyOut)).waitFor()
    for (const text of [
      '程立',
      '郑严',
      sayZh(assessingWords.agreement.lenient),
      sayZh(assessingWords.agreement.severe),
    ])
      await desk.page.getByText(text).first().waitFor()
    await expectSound(desk, data)
    const { shown } = await office.evaluation.readAgreement({ id: 'manners' })
    expect(shown!.kinds[0]).toMatchObject({ kind: 'self', judgements: 1, mean: 4 })
  })

  test('nothing went wrong behind any window', () => {
    expect(windows.flatMap((window) => window.faults)).toEqual([])
  })
})
