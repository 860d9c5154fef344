/** The one place that knows where a Chromium may be and how it is started: for scenarios, benchmarks and pictures. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'

const PATHS = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  chromium.executablePath(),
]
/** Where a Chromium is on this machine; undefined where there is none. */
export const chromiumPath = PATHS.find((path) => path !== undefined && path !== '' && existsSync(path))
export const NO_CHROMIUM = 'no Chromium found: install one or name it in CHROMIUM_PATH'

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
