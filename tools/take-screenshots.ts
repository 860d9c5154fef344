/**
 * Takes the pictures of the README from a running demo: `node tools/take-screenshots.ts http://127.0.0.1:7700 [directory]`.
 * Needs a Chromium (CHROMIUM_PATH, else /usr/bin/chromium, else Playwright's own).
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { openBrowser } from '../scenarios/browser/chromium.ts'
import { createApiClient, signInTo } from '#platform/http/client'
import { apiContract } from '../apps/contract.ts'
import { DECLINING_HALL_KEY, DEMO_PASSWORD, DESK_KEY, people } from '../apps/demo/places.ts'

const ADDRESS = process.argv[2] ?? 'http://127.0.0.1:7700'
const DIRECTORY = process.argv[3] ?? join(import.meta.dirname, '..', 'docs', 'screenshots')
const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  wall: { width: 1920, height: 1080 },
} as const
const WAIT_LIMIT_MILLISECONDS = 20_000
/** Charts draw themselves after their data have come. */
const DRAWING_MILLISECONDS = 1_500

type Role = (typeof people)[number]['role']
interface Shot {
  readonly name: string
  readonly role: Role
  readonly path: string
  readonly size?: keyof typeof SIZES
  readonly language?: 'zh' | 'en'
  readonly look?: 'light' | 'dark'
}

const emailOf = (role: Role) => people.find((person) => person.role === role)!.email

/** The pages, by what the stories of the demo left behind: the pooled windows are proven, the declining hall has an open alert. */
async function shots(): Promise<Shot[]> {
  const cookie = await signInTo(ADDRESS, emailOf('improvement-office'), DEMO_PASSWORD)
  const api = createApiClient(apiContract, ADDRESS, () => ({ cookie, origin: ADDRESS }))
  const plans = (await api.plans.listPlans({ limit: 100 })).rows
  const pooled = plans.find((plan) => plan.entity === DESK_KEY && plan.state === 'closed')
  const running = plans.find((plan) => plan.state === 'running')
  const { rows } = await api.alerts.listAlerts({ entity: DECLINING_HALL_KEY })
  const [wall] = (await api.reports.listDashboards({ kind: 'wall' })).rows
  if (!pooled || !running || !rows[0] || !wall) throw new Error(`${ADDRESS} does not look like a fresh demo.`)
  const office = { role: 'improvement-office' } as const
  return [
    { ...office, name: 'loop', path: '/' },
    { ...office, name: 'indicator', path: `/measure/mean-waiting?entity=${DESK_KEY}&grain=month` },
    { ...office, name: 'dashboard', path: '/dashboards' },
    { ...office, name: 'wall', path: `/wall/${wall.id}`, size: 'wall' },
    { ...office, name: 'definition', path: '/measure/mean-waiting/edit' },
    { ...office, name: 'library', path: '/measure/library' },
    { ...office, name: 'ranking', path: '/evaluate?scheme=service-halls' },
    { ...office, name: 'alert', path: `/alerts/${rows[0].id}` },
    { ...office, name: 'plan', path: `/plans/${running.id}` },
    { ...office, name: 'proof', path: `/verify/${pooled.id}` },
    { ...office, name: 'proof-dark-en', path: `/verify/${pooled.id}`, look: 'dark', language: 'en' },
    { role: 'department-head', name: 'alert-phone', path: `/alerts/${rows[0].id}`, size: 'phone' },
    { role: 'staff', name: 'my-work-phone-en', path: '/my-work', size: 'phone', language: 'en' },
  ]
}

async function settled(page: Page): Promise<void> {
  await page.locator('main h1, .stage').first().waitFor({ timeout: WAIT_LIMIT_MILLISECONDS })
  await page
    .locator('.ant-skeleton:not(.tile-waiting)')
    .first()
    .waitFor({ state: 'detached', timeout: WAIT_LIMIT_MILLISECONDS })
  await page.waitForTimeout(DRAWING_MILLISECONDS)
}

async function take(browser: Browser, shot: Shot): Promise<void> {
  const size = shot.size ?? 'desk'
  const context = await browser.newContext({
    baseURL: ADDRESS,
    viewport: SIZES[size],
    deviceScaleFactor: 1,
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([language, look]) => {
      localStorage.setItem('bihuan.language', language!)
      localStorage.setItem('bihuan.look', look!)
      sessionStorage.setItem('bihuan.home', 'seen')
    },
    [shot.language ?? 'zh', shot.look ?? 'light'],
  )
  const entered = await context.request.post('/api/auth/sign-in/email', {
    data: { email: emailOf(shot.role), password: DEMO_PASSWORD },
    headers: { origin: ADDRESS },
  })
  if (!entered.ok()) throw new Error(`Signing in as ${shot.role} was answered with ${entered.status()}.`)
  const page = await context.newPage()
  await page.goto(shot.path)
  await settled(page)
  const path = join(DIRECTORY, `${shot.name}.png`)
  await page.screenshot({ path })
  process.stdout.write(`${path} ${Math.round(statSync(path).size / 1024)} kB\n`)
  await context.close()
}

mkdirSync(DIRECTORY, { recursive: true })
const browser = await openBrowser()
try {
  for (const shot of await shots()) await take(browser, shot)
} finally {
  await browser.close()
}
