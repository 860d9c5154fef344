/** A Chromium, windows of people at a desk or with a phone, and what every page must keep: no fault, no foreign host, no overflow, one language. */
import type { Browser, Page } from '@playwright/test'
import { expect } from 'vitest'
import type { Language } from '#platform/web/words'

export type Size = 'desk' | 'phone'
export interface Reader {
  readonly size: Size
  readonly language: Language
  readonly look?: 'light' | 'dark'
}
export interface Window {
  readonly page: Page
  readonly reader: Reader
  /** Everything that must not happen and did. */
  readonly faults: readonly string[]
  readonly close: () => Promise<void>
}

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const ACTION_LIMIT_MILLISECONDS = 15_000

/** Moves what the page takes for now, and nothing else: its timers run as ever. */
const storyTime = (shiftMilliseconds: number) => `
  const real = Date
  globalThis.Date = class extends real {
    constructor(...given) { given.length === 0 ? super(real.now() + ${shiftMilliseconds}) : super(...given) }
    static now() { return real.now() + ${shiftMilliseconds} }
  }`

/** A window of nobody yet. `now` is what its clock shows: the story's time, not the machine's. */
export async function openWindow(
  browser: Browser,
  address: string,
  reader: Reader,
  now: Temporal.Instant,
): Promise<Window> {
  const phone = reader.size === 'phone'
  const context = await browser.newContext({
    baseURL: address,
    viewport: SIZES[reader.size],
    isMobile: phone,
    hasTouch: phone,
    reducedMotion: 'reduce',
    locale: reader.language === 'zh' ? 'zh-CN' : 'en-GB',
  })
  context.setDefaultTimeout(ACTION_LIMIT_MILLISECONDS)
  await context.addInitScript({ content: storyTime(now.epochMilliseconds - Date.now()) })
  await context.addInitScript(
    ([language, look]) => {
      localStorage.setItem('bihuan.language', language!)
      localStorage.setItem('bihuan.look', look!)
    },
    [reader.language, reader.look ?? 'light'],
  )
  const page = await context.newPage()
  const faults: string[] = []
  const { host } = new URL(address)
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && url.host !== host) faults.push(`asked a foreign host: ${request.url()}`)
  })
  page.on('response', (response) => {
    const status = response.status()
    // Only "who am I" and a wrong password may be answered with 401.
    const expected = status === 401 && /\/(me|email)$/.test(new URL(response.url()).pathname)
    if (status >= 400 && !expected) faults.push(`${status} from ${response.url()} on ${page.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`console on ${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page error on ${page.url()}: ${error.message}`))
  return { page, reader, faults, close: () => context.close() }
}

/** Words a screen of the other language may show: commands, names of formats, methods and languages, and fingerprints. */
const NAMES =
  /Asia\/Shanghai|\bnode recompute-[a-z]+\.mjs \S+|\b(Node|CSV|JSON|NDJSON|XLSX|xlsx|Excel|Parquet|YAML|yaml|ETag|HMAC|Cron|Wilson|Brier|SVG|SHA|ISO|UTF|GB18030|Ctrl|Esc|Bihuan|English|Durbin|Watson|Prais|Winsten|Newey|West)\b|\b[0-9a-f]{64}\b|闭环|中文/g
const LATIN_WORD = /[A-Za-z]{4,}/g
const HAN = /\p{Script=Han}+/gu

/** Waits until nothing is loading, then looks at the whole page. `data`: words of the data themselves, in whatever language. */
export async function expectSound({ page, reader, faults }: Window, data: readonly string[]): Promise<void> {
  await expect
    .poll(() => page.locator('.ant-skeleton, .ant-spin-spinning').count(), { timeout: ACTION_LIMIT_MILLISECONDS })
    .toBe(0)
  await page.locator('main h1').first().waitFor()
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  const text = await page.locator('main').innerText()
  const where = `${reader.size} ${reader.language} ${page.url()}`
  expect(wide, `pixels the page is wider than the window: ${where}`).toBeLessThanOrEqual(0)
  let own = text.replace(NAMES, ' ')
  // Longer ones first: some hold others.
  for (const word of [...data].sort((a, b) => b.length - a.length)) own = own.replaceAll(word, ' ')
  const foreign = own.match(reader.language === 'zh' ? LATIN_WORD : HAN) ?? []
  expect([...new Set(foreign)], `words of another language: ${where}`).toEqual([])
  expect(faults, where).toEqual([])
}
