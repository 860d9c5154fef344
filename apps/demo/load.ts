/** Loads the demo world through the public API and the import, then plays its stories. */
import { createWriteStream, openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { createApiClient, signInTo, uploadTo } from '#platform/http/client'
import { seededChance } from '#platform/seeded-random'
import { foundOrganisation } from '../../modules/organisation/actions/set-up.ts'
import { apiContract } from '../contract.ts'
import type { Installation } from '../installation.ts'
import { liveMorning, type StoryClock } from './clock.ts'
import { hangDashboards } from './dashboards.ts'
import { customers, indicators, mappings, rules, schemes } from './definitions.ts'
import { DEMO_PASSWORD, type DemoPerson, people, places } from './places.ts'
import { type Api, type Cast, doDuties, hangPosters, leaveWork, poolTheWindows } from './stories.ts'
import { allVisits, type Calendar, COMPLAINT_COLUMNS, complaintLine, VISIT_COLUMNS, visitLine } from './visits.ts'

export type Progress = (line: string) => void

/** How long the played-through past is. */
const YEARS = 2
const ZONE = 'Asia/Shanghai'
/** Weeks before today on which the windows are pooled: long enough for the proof to be over, short enough to remember. */
const POOLING_WEEKS_AGO = 28
const DECLINE_MONTHS_AGO = 6
/** Lines written to a file at once. */
const LINES_PER_WRITE = 5_000
const POLL_MILLISECONDS = 200

export function demoCalendar(today: string): Calendar {
  const day = Temporal.PlainDate.from(today)
  const pooling = day.subtract({ weeks: POOLING_WEEKS_AGO })
  return {
    firstDay: day.subtract({ years: YEARS }).with({ day: 1 }).toString(),
    lastDay: day.subtract({ days: 1 }).toString(),
    poolingDay: pooling.subtract({ days: pooling.dayOfWeek - 1 }).toString(),
    declineDay: day.subtract({ months: DECLINE_MONTHS_AGO }).with({ day: 1 }).toString(),
  }
}

interface Load {
  readonly installation: Installation
  readonly address: string
  readonly clock: StoryClock
  readonly progress: Progress
  readonly calendar: Calendar
  readonly today: string
}

export async function loadDemo(load: Omit<Load, 'calendar' | 'today'>): Promise<void> {
  const today = load.clock.now().toZonedDateTimeISO(ZONE).toPlainDate().toString()
  const whole: Load = { ...load, today, calendar: demoCalendar(today) }
  load.progress('创建机构、人员与组织树 founding the organisation, its people and its tree')
  await foundWorld(whole)
  const office = await session(whole, 'improvement-office')
  await importVisits(whole, office)
  load.progress('定义指标、评分方案与预警规则 defining indicators, schemes and rules')
  await define(whole, office.api)
  load.progress('重演两年：预警、计划、审批、验证 playing two years: alerts, plans, approvals, proofs')
  await play(whole, office.api)
  await hangDashboards(office.api)
}

interface Session {
  readonly api: Api
  readonly headers: () => Record<string, string>
}
async function session(load: Load, role: DemoPerson['role']): Promise<Session> {
  const { email } = people.find((each) => each.role === role)!
  const cookie = await signInTo(load.address, email, DEMO_PASSWORD)
  const headers = () => ({ cookie, origin: load.address, 'accept-language': 'zh-CN' })
  return { api: createApiClient(apiContract, load.address, headers), headers }
}

/** The administrator founds, then lets the others in; the security officer gives the roles. */
async function foundWorld(load: Load): Promise<void> {
  const administrator = people.find((each) => each.role === 'administrator')!
  await foundOrganisation(
    load.installation.signIn,
    { newId: load.installation.platform.newId, now: load.clock.now() },
    {
      organisationName: '宁川市公共服务改善办公室（演示）',
      timeZone: ZONE,
      name: administrator.name,
      email: administrator.email,
      password: DEMO_PASSWORD,
      demo: true,
      roles: ['administrator'],
      once: true,
    },
  )
  const { api, headers } = await session(load, 'administrator')
  const columns = ['key', 'name', 'kind', 'parentKey', 'region'] as const
  const lines = places.map((place) => columns.map((column) => place[column] ?? '').join(','))
  const file = await uploadTo(
    load.address,
    headers(),
    '组织树.csv',
    new Blob([`${columns.join(',')}\n${lines.join('\n')}\n`]),
  )
  const { issues } = await api.organisation.importEntities({ file })
  if (issues.length > 0) throw new Error(`The demo's tree was refused: ${JSON.stringify(issues)}`)
  for (const { name, email, role, entityKey } of people) {
    if (role !== 'administrator')
      await api.organisation.createPerson({ name, email, password: DEMO_PASSWORD, roles: [{ role, entityKey }] })
  }
}

async function writeLines(path: string, header: string, lines: Iterable<string>): Promise<number> {
  const file = createWriteStream(path)
  let block = [header]
  let count = 0
  for (const line of lines) {
    block.push(line)
    count += 1
    if (block.length >= LINES_PER_WRITE) {
      if (!file.write(`${block.join('\n')}\n`)) await once(file, 'drain')
      block = []
    }
  }
  file.end(block.length > 0 ? `${block.join('\n')}\n` : '')
  await once(file, 'finish')
  return count
}

async function importVisits(load: Load, office: Session): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-demo-'))
  try {
    load.progress('模拟两年的到访、排队、评价与投诉 simulating two years of visits, queues, ratings and complaints')
    const complaints: string[] = []
    const visits = function* () {
      for (const visit of allVisits(load.calendar, seededChance)) {
        if (visit.complaint) complaints.push(complaintLine(visit))
        yield visitLine(visit)
      }
    }
    const paths = { 到访明细: join(folder, '到访明细.csv'), 投诉明细: join(folder, '投诉明细.csv') }
    await writeLines(paths['到访明细'], VISIT_COLUMNS, visits())
    await writeLines(paths['投诉明细'], COMPLAINT_COLUMNS, complaints)
    for (const [name, definition] of Object.entries(mappings)) {
      await office.api.measurement.saveMapping({ name, definition })
      const path = paths[name as keyof typeof paths]
      const file = await uploadTo(load.address, office.headers(), `${name}.csv`, await openAsBlob(path))
      await runImport(load, office.api, file, name)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runImport(load: Load, api: Api, file: string, mapping: string): Promise<void> {
  let state = await api.measurement.startImport({ file, mapping })
  let told = 0
  const settled = load.installation.platform.settle()
  while (state.state === 'waiting' || state.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
    state = await api.measurement.readImport({ id: state.id })
    const percent = state.totalBytes > 0 ? Math.floor((100 * state.readBytes) / state.totalBytes) : 0
    if (percent >= told + 25) {
      told = percent - (percent % 25)
      load.progress(`导入${mapping} importing: ${told} %, ${state.rows} 行 rows`)
    }
  }
  await settled
  if (state.state !== 'done' || state.refused > 0)
    throw new Error(`The demo's import ended as ${state.state}: ${state.problem ?? JSON.stringify(state.issues)}`)
  load.progress(`导入${mapping} imported: ${state.stored} 条 events`)
}

const shift = (day: string, duration: Temporal.DurationLike): string =>
  Temporal.PlainDate.from(day).add(duration).toString()
/** People and schedules act at eight in the morning. */
const morningOf = (day: string): Temporal.Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: ZONE, plainTime: '08:00' }).toInstant()

async function define(load: Load, office: Api): Promise<void> {
  load.clock.stand(morningOf(shift(load.calendar.firstDay, { months: 13 })))
  await office.measurement.saveCustomerSetting(customers)
  for (const indicator of indicators) await office.measurement.saveIndicator(indicator)
  for (const rule of rules(shift(load.calendar.firstDay, { months: 12 }))) await office.alerts.saveRule(rule)
  for (const scheme of schemes) await office.evaluation.saveScheme({ ...scheme, adopt: {} })
  await load.installation.platform.settle()
}

async function play(load: Load, office: Api): Promise<void> {
  const { platform } = load.installation
  const head = (await session(load, 'department-head')).api
  const steering = (await session(load, 'steering-group')).api
  const { rows } = await head.organisation.listPeople({ limit: 200 })
  const idOf = (role: DemoPerson['role']) =>
    rows.find((row) => row.email === people.find((each) => each.role === role)!.email)!.id
  const cast: Cast = { office, head, steering, headId: idOf('department-head'), staffId: idOf('staff') }
  let at = load.clock.now().toZonedDateTimeISO(ZONE).toPlainDate().toString()
  const liveOn = async (day: string) => {
    await liveMorning(load.clock, platform, day, ZONE)
    await doDuties(cast)
    at = day
  }
  const goTo = async (day: string) => {
    for (let next = shift(at, { months: 1 }).slice(0, 8) + '02'; next < day; next = shift(next, { months: 1 }))
      await liveOn(next)
    await liveOn(day)
  }
  const stage = { cast, calendar: load.calendar, goTo, today: load.today }
  await poolTheWindows(stage)
  await hangPosters(stage)
  await leaveWork(stage)
  await goTo(load.today)
}
