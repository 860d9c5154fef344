/** First contentful paint of the sign-in page in headless Chromium, against an empty page from the same server. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath, openBrowser } from '../../scenarios/browser/chromium.ts'
import { openHouse } from '../../scenarios/house.ts'
import { type Comparison, hashOf, median } from '../measurement-store.ts'

const ROUNDS = { small: 1, large: 7 } as const

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const webDirectory = join(import.meta.dirname, '..', '..', 'dist', 'web')
  if (chromiumPath === undefined || !existsSync(join(webDirectory, 'index.html'))) return []
  const house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-01-05', webDirectory })
  const browser = await openBrowser()
  try {
    const paint = async (path: string) => {
      // A new context each time: nothing is cached, as on a first visit.
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${house.address}${path}`)
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
      const milliseconds = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
      )
      await context.close()
      return milliseconds
    }
    const own: number[] = []
    const plain: number[] = []
    for (let round = 0; round < ROUNDS[size]; round += 1) {
      plain.push(await paint('/api'))
      own.push(await paint('/sign-in'))
    }
    const [ours, reference] = [median(own), median(plain)]
    return [
      {
        name: 'first contentful paint of the sign-in page / a page without scripts',
        ours,
        reference,
        ratio: ours / reference,
        unit: 'milliseconds',
        answerHash: hashOf('paint'),
      },
    ]
  } finally {
    await browser.close()
    await house.close()
  }
}
