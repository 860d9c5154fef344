/**
 * What people wait for: the 95th percentile of the API with 50 people asking at once, over an organisation with a year of visits, against the
 * health check of the same server (which asks both stores the least there is); and the first contentful paint of the sign-in page where Chromium is found.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { openHouse, type House } from '../../scenarios/house.ts'
import { meanWaiting } from '../../scenarios/indicators.ts'
import { type Comparison, hashOf } from '../measurement-store.ts'

const CONNECTIONS = 50
const SECONDS = { small: 1, large: 10 } as const
const VISITS_PER_DAY = { small: 5, large: 200 } as const
const DAYS = 365
const FIRST = '2025-01-01'

async function fill(house: House, visitsPerDay: number): Promise<void> {
  const administrator = await house.as('administrator')
  for (let hall = 0; hall < 8; hall += 1)
    await administrator.organisation.createEntity({ key: `HALL${hall}`, name: `Hall ${hall}`, kind: 'hall' })
  const lines: string[] = []
  for (let day = 0; day < DAYS; day += 1) {
    const date = Temporal.PlainDate.from(FIRST).add({ days: day })
    for (let visit = 0; visit < visitsPerDay; visit += 1)
      lines.push(
        `${day}-${visit},HALL${visit % 8},${date}T0${visit % 9}:${10 + (visit % 50)}:00Z,${5 + ((visit * 7 + day) % 40)}`,
      )
  }
  await house.importFile({ name: 'visits.csv', content: `id,hall,time,minutes\n${lines.join('\n')}\n` }, 'visits', {
    eventType: 'visit',
    entity: { columns: ['hall'] },
    unknownEntities: 'refuse',
    time: { column: 'time', format: 'iso' },
    identity: ['id'],
    attributes: [],
    values: [{ name: 'minutes', column: 'minutes' }],
    emptyNumber: 'refuse',
  })
  const office = await house.as('improvement-office')
  await office.measurement.saveIndicator(meanWaiting)
}

async function p95Milliseconds(url: string, cookie: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, headers: { cookie } })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${url}: ${result.non2xx} refused (${JSON.stringify(result.statusCodeStats)}), ${result.errors} failed; ${await (await fetch(url, { headers: { cookie } })).text()}`,
    )
  // autocannon gives no 95th percentile: the 97.5th is the next above it, so the figure is on the cautious side.
  return result.latency.p97_5
}

const ASKED = [
  ['who am I', '/api/me'],
  ['list of indicators', '/api/indicators'],
  ['monthly series of a hall', '/api/indicators/waiting/series?entity=HALL1&grain=month&from=2025-01-01&to=2025-12-31'],
  ['alert desk', '/api/alerts'],
] as const

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const web = join(import.meta.dirname, '..', '..', 'dist', 'web')
  const house = await openHouse({
    timeZone: 'Asia/Shanghai',
    start: '2026-01-05',
    ...(existsSync(join(web, 'index.html')) ? { webDirectory: web } : {}),
  })
  try {
    await fill(house, VISITS_PER_DAY[size])
    const cookie = await house.cookieOf('improvement-office')
    // The clock of the house stands still for scenarios; sessions are asked for anew each time unless it moves.
    house.clock.letGo()
    const reference = await p95Milliseconds(`${house.address}/healthz`, cookie, SECONDS[size])
    const rows: Comparison[] = []
    for (const [name, path] of ASKED) {
      const ours = await p95Milliseconds(`${house.address}${path}`, cookie, SECONDS[size])
      const answer = await (await fetch(`${house.address}${path}`, { headers: { cookie } })).json()
      const told = path === '/api/me' ? Object.keys(answer as object) : answer
      rows.push({
        name: `${name}, ${CONNECTIONS} at once, 97.5th percentile / health check`,
        ours,
        reference,
        ratio: ours / reference,
        unit: 'milliseconds',
        answerHash: hashOf(told),
      })
    }
    return rows
  } finally {
    await house.close()
  }
}
