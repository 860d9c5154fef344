/** Results as people read them: the office at a desk in Chinese, a colleague on a phone in English: ranking, scorecard, sensitivity. */
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rankingWords } from '../modules/evaluation/words/ranking.ts'
import { scorecardWords } from '../modules/evaluation/words/scorecard.ts'
import { sensitivityWords } from '../modules/evaluation/words/sensitivity.ts'
import { words as evaluationWords } from '../modules/evaluation/words.ts'
import { words as organisationWords } from '../modules/organisation/words.ts'
import { chromiumPath, NO_CHROMIUM, openBrowser } from './browser/chromium.ts'
import * as world from './browser/scheme-world.ts'
import { button, sayer } from './browser/walk.ts'
import { webDirectory } from './browser/web-build.ts'
import { expectSound, openWindow, type Reader, type Window } from './browser/window.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

if (chromiumPath === undefined) process.stderr.write(`rankings scenario skipped: ${NO_CHROMIUM}\n`)

const readers: Reader[] = [
  { size: 'desk', language: 'zh' },
  { size: 'phone', language: 'en' },
]
const WAIT_MILLISECONDS = 15_000
const SCHEME = { zh: '大厅月度评分', en: 'Monthly score of the halls' }
const DIMENSION = { zh: '办事效率', en: 'Efficiency' }
const data = [...world.dataWords, ...[SCHEME, DIMENSION].flatMap(({ zh, en }) => [zh, en])]

/** Worth nothing at `low`, everything at `high`. */
const itemOf = (id: string, weight: number, low: number, high: number) => ({
  id,
  source: { kind: 'indicator' as const, indicator: id },
  weight,
  transform: {
    kind: 'piecewise' as const,
    points: [
      [low, 0],
      [high, 100],
    ] as [number, number][],
  },
})

async function adoptScheme(house: House): Promise<void> {
  const office = await house.as('improvement-office')
  await office.evaluation.saveScheme({
    id: 'scheme-1',
    title: SCHEME,
    entityKind: '大厅',
    below: 'NET',
    grains: ['month', 'quarter'],
    peerGroups: { by: 'region' },
    dimensions: [
      {
        id: 'all',
        title: DIMENSION,
        weight: 1,
        items: [itemOf('prompt', 0.5, 30, 100), itemOf('satisfied', 0.3, 30, 100), itemOf('rating', 0.2, 1, 5)],
      },
    ],
    adopt: {},
  })
  await house.installation.platform.settle()
}

describe.skipIf(chromiumPath === undefined)('results on screen', () => {
  let browser: Browser
  let house: House

  const seat = async (reader: Reader): Promise<Window> => {
    const window = await openWindow(browser, house.address, reader, house.clock.now())
    const say = sayer(reader.language)
    const { page } = window
    await page.goto('/sign-in')
    await page.getByLabel(say(organisationWords.signIn.email)).fill('improvement-office@scenario.example')
    await page.getByLabel(say(organisationWords.signIn.password)).fill(PASSWORD)
    await button(page, say(organisationWords.signIn.deed)).click()
    await page.getByRole('banner').getByText('Scenario').waitFor()
    return window
  }

  beforeAll(async () => {
    browser = await openBrowser()
    house = await openHouse({ timeZone: world.ZONE, start: world.TODAY, webDirectory: webDirectory() })
    await world.foundHalls(house)
    await adoptScheme(house)
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test.each(readers)(
    '$size $language: ranking, filters, one unit, what one more point would take, sensitivity',
    async (reader) => {
      const window = await seat(reader)
      const { page } = window
      const say = sayer(reader.language)
      const rows = page.locator(
        reader.size === 'phone' ? '.ranking .list-cards > li' : '.ranking tbody tr.ant-table-row',
      )
      const counts = (wanted: number) => expect.poll(() => rows.count(), { timeout: WAIT_MILLISECONDS }).toBe(wanted)
      await page.goto('/evaluate?scheme=scheme-1')
      await counts(world.HALLS.length)
      await expectSound(window, data)

      // The server searches; the address keeps it, and so does a fresh page.
      await page.getByRole('searchbox', { name: say(evaluationWords.filter.search) }).fill('清河')
      await counts(1)
      expect(new URL(page.url()).searchParams.get('search')).toBe('清河')
      await page.reload()
      await counts(1)
      await page.goto('/evaluate?scheme=scheme-1&show=not-ranked')
      await page.getByText(say(rankingWords.nothingFound)).waitFor()
      await button(page, say(rankingWords.clear)).click()
      await counts(world.HALLS.length)

      await page.goto('/evaluate?scheme=scheme-1&view=funnel')
      await page.getByRole('heading', { name: say(rankingWords.histogram) }).waitFor()
      await expectSound(window, data)

      await page.goto('/evaluate?scheme=scheme-1')
      await rows.first().getByRole('link').first().click()
      await page.getByRole('heading', { name: say(scorecardWords.gains.title) }).waitFor()
      await expectSound(window, data)

      await page.goto('/evaluate/sensitivity?scheme=scheme-1')
      await page.getByRole('heading', { name: say(sensitivityWords.ranges.title) }).waitFor()
      await expectSound(window, data)
      await window.close()
    },
  )

  test('a period without scores teaches where they are', async () => {
    const [reader] = readers
    const window = await seat(reader!)
    await window.page.goto('/evaluate?scheme=scheme-1&period=2020-01-01')
    await window.page.getByText(rankingWords.notThisPeriod.title.zh).waitFor()
    await button(window.page, rankingWords.notThisPeriod.begin.zh).click()
    await window.page.locator('.ranking tbody tr.ant-table-row').first().waitFor()
    await window.close()
  })
})
