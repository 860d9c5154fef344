/** Two years of visits, simulated: arrivals by hour, weekday and season, queues, service times, ratings that depend on waiting, complaints. */
import { DECLINING_HALL_KEY, DEPARTMENT_KEYS, DESK_KEY, HALL_KEYS, POSTER_HALL_KEY } from './places.ts'
import { type CustomerVisit, DESK_VISITORS, PLACE_VISITORS, withCustomers } from './visitors.ts'
import { exponential, nextArrival, openWindows, pass, type Passage } from './queue.ts'

/** When the stories happen, as days YYYY-MM-DD. */
export interface Calendar {
  readonly firstDay: string
  /** Last day with data. */
  readonly lastDay: string
  /** From this day on the registration desk's three windows serve one queue. */
  readonly poolingDay: string
  /** From this day on the declining hall gets slower month by month. */
  readonly declineDay: string
}

export const DESK_SERVICE_MINUTES = 4
export const DESK_LOAD = 12 / 13
export const DESK_WINDOWS = 3
const MINUTES_PER_DAY = 1440
const TARGET_MINUTES = 15
/** Share of visitors who rate. */
const RATING_SHARE = 0.35

/** Simulated time is minutes since the first day began, in China Standard Time (UTC+8, no clock changes since 1991). */
const ZONE = '+08:00'

/** Arrivals of a hall by opening hour (9 to 17), relative: the late morning is busiest. */
const hallHours = [0.7, 1.3, 1.4, 0.8, 0.6, 1.0, 1.2, 1.0] as const
const OPENING_HOUR = 9
/** Monday to Saturday; halls are closed on Sundays. */
const weekdays = [1.25, 1.05, 1.0, 0.95, 1.05, 0.7, 0] as const
/** By month: quiet around the spring festival, busy in September. */
const months = [0.9, 0.75, 1.05, 1.05, 1.0, 1.0, 0.95, 0.95, 1.15, 0.95, 1.05, 1.1] as const

const services: readonly string[] = ['户籍', '社保', '不动产', '企业登记', '公积金']
const clinics: readonly string[] = ['初诊', '复诊', '取药', '检查预约']
const complaintTexts: Readonly<Record<string, readonly string[]>> = {
  等候: ['排队太久，取号后等了一个多小时', '窗口只开了两个，队伍一直不动', '预约了还要重新排队'],
  态度: ['工作人员语气不耐烦', '问了两遍没有人回答', '让我自己去看墙上的说明'],
  材料: ['来了三次，每次说的材料都不一样', '官网写的材料和窗口要求不一致', '复印件又要重新打印，没有提前说明'],
  环境: ['大厅空调太冷，座椅不够', '叫号屏幕坏了没人修', '母婴室一直锁着'],
}

export interface Visit {
  readonly id: string
  readonly entity: string
  readonly at: string
  readonly service: string
  readonly waitingMinutes: number
  readonly serviceMinutes: number
  readonly stars: number | null
  readonly complaint: { readonly topic: string; readonly text: string } | null
}

const daysFrom = (first: string, day: string): number =>
  Temporal.PlainDate.from(first).until(day, { largestUnit: 'day' }).days

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** Stars 1 to 5: the longer the wait, the fewer; nobody is quite of one mind. */
function starsFor(random: () => number, waitingMinutes: number): number {
  const mood = 4.85 - waitingMinutes / 22 + (random() + random() + random() - 1.5) * 1.6
  return Math.min(5, Math.max(1, Math.round(mood)))
}

/** Complaints per visit grow with waiting: 4 in a thousand without any, 3 in a hundred at an hour. */
const complaintShare = (waitingMinutes: number): number => 0.004 + 0.026 * Math.min(1, waitingMinutes / 60)

function complain(random: () => number, waitingMinutes: number): Visit['complaint'] {
  if (random() >= complaintShare(waitingMinutes)) return null
  const topic = random() < Math.min(0.8, waitingMinutes / 50) ? '等候' : pick(random, ['态度', '材料', '环境'])
  return { topic, text: pick(random, complaintTexts[topic]!) }
}

/** Minutes since the first day as local time text. */
function timeText(firstDay: string, minutes: number): string {
  const day = Temporal.PlainDate.from(firstDay).add({ days: Math.floor(minutes / MINUTES_PER_DAY) })
  const seconds = Math.floor((minutes % MINUTES_PER_DAY) * 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${ZONE}`
}

interface Scene {
  readonly random: () => number
  readonly calendar: Calendar
}

function toVisit(scene: Scene, entity: string, count: number, passage: Passage, service: string): Visit {
  const { random, calendar } = scene
  const { waitingMinutes } = passage
  const ended = passage.arrivalMinutes + waitingMinutes + passage.serviceMinutes
  return {
    id: `${entity}-${count}`,
    entity,
    at: timeText(calendar.firstDay, ended),
    service,
    waitingMinutes: Math.round(waitingMinutes * 100) / 100,
    serviceMinutes: Math.round(passage.serviceMinutes * 100) / 100,
    stars: random() < RATING_SHARE ? starsFor(random, waitingMinutes) : null,
    complaint: complain(random, waitingMinutes),
  }
}

/**
 * The registration desk: round the clock, Poisson arrivals at 12/13 of what three windows can serve, exponential service of 4 minutes. Until
 * the pooling day each arrival joins one of three queues at random, then one common queue: theory says 48.0, then 14.9 minutes.
 */
export function* deskVisits(scene: Scene): Iterable<Visit> {
  const { random, calendar } = scene
  const gap = DESK_SERVICE_MINUTES / (DESK_LOAD * DESK_WINDOWS)
  const pooledFrom = daysFrom(calendar.firstDay, calendar.poolingDay) * MINUTES_PER_DAY
  const end = (daysFrom(calendar.firstDay, calendar.lastDay) + 1) * MINUTES_PER_DAY
  const apart = Array.from({ length: DESK_WINDOWS }, () => openWindows(1))
  const pooled = openWindows(DESK_WINDOWS, pooledFrom)
  let count = 0
  for (let minutes = nextArrival(random, 0, gap); minutes < end; minutes = nextArrival(random, minutes, gap)) {
    const service = exponential(random, DESK_SERVICE_MINUTES)
    const own = Math.floor(random() * DESK_WINDOWS)
    const passage = minutes < pooledFrom ? pass(apart[own]!, minutes, service) : pass(pooled, minutes, service)
    const window = minutes < pooledFrom ? own : passage.window
    const visit = toVisit(scene, DESK_KEY, (count += 1), passage, `${window + 1}号窗口`)
    if (visit.at.slice(0, 10) <= calendar.lastDay) yield visit
  }
}

interface DayPlan {
  readonly entity: string
  readonly services: readonly string[]
  readonly windows: number
  readonly visitsPerDay: number
  readonly serviceMinutes: (day: string) => number
}

/** A place with opening hours: arrivals by hour, weekday and season; whoever waits at closing time is still served. */
function* openingHourVisits(scene: Scene, plan: DayPlan): Iterable<Visit> {
  const { random, calendar } = scene
  const days = daysFrom(calendar.firstDay, calendar.lastDay) + 1
  let count = 0
  for (let index = 0; index < days; index += 1) {
    const day = Temporal.PlainDate.from(calendar.firstDay).add({ days: index })
    const busy = weekdays[day.dayOfWeek - 1]! * months[day.month - 1]!
    if (busy === 0) continue
    const opening = index * MINUTES_PER_DAY + OPENING_HOUR * 60
    const windows = openWindows(plan.windows, opening)
    for (const [hour, share] of hallHours.entries()) {
      const gap = (60 * hallHours.length) / (plan.visitsPerDay * busy * share)
      const from = opening + hour * 60
      for (
        let minutes = nextArrival(random, from, gap);
        minutes < from + 60;
        minutes = nextArrival(random, minutes, gap)
      ) {
        const passage = pass(windows, minutes, exponential(random, plan.serviceMinutes(day.toString())))
        yield toVisit(scene, plan.entity, (count += 1), passage, pick(random, plan.services))
      }
    }
  }
}

/** From the decline on, service gets 5 % longer each month: nobody decided it, it just happens. */
const declining =
  (calendar: Calendar, minutes: number) =>
  (day: string): number =>
    day < calendar.declineDay ? minutes : minutes * 1.05 ** Math.floor(daysFrom(calendar.declineDay, day) / 30)

export function* hallVisits(scene: Scene, entity: string): Iterable<Visit> {
  const index = HALL_KEYS.indexOf(entity as (typeof HALL_KEYS)[number])
  const base = 12 + (index % 4)
  const serviceMinutes = entity === DECLINING_HALL_KEY ? declining(scene.calendar, base) : () => base
  // The hall of the posters is an ordinary one: whatever hangs on its walls, nothing changes.
  const visitsPerDay = entity === POSTER_HALL_KEY ? 48 : 46 + 2 * index
  yield* openingHourVisits(scene, { entity, services, windows: 2, visitsPerDay, serviceMinutes })
}

export function* departmentVisits(scene: Scene, entity: string): Iterable<Visit> {
  const index = DEPARTMENT_KEYS.indexOf(entity)
  yield* openingHourVisits(scene, {
    entity,
    services: clinics,
    windows: 2,
    visitsPerDay: 30 + index,
    serviceMinutes: () => 18 + (index % 3),
  })
}

export const VISIT_COLUMNS = '编号,机构,时间,客户,业务,等候分钟,办理分钟,15分钟内,已评价,星级,满意,投诉,主题'

/** One line of the visits file. Whoever did not rate has no stars: given and missing ratings are never mixed. */
export function visitLine(visit: CustomerVisit): string {
  const { stars } = visit
  const within = visit.waitingMinutes <= TARGET_MINUTES ? 1 : 0
  const rating = stars === null ? '0,,' : `1,${stars},${stars >= 4 ? 1 : 0}`
  const { id, entity, at, service, waitingMinutes, serviceMinutes, complaint } = visit
  const figures = [waitingMinutes, serviceMinutes, within, rating, complaint ? 1 : 0, complaint?.topic ?? '']
  return [id, entity, at, visit.customer, service, ...figures].join(',')
}

export const COMPLAINT_COLUMNS = '编号,机构,时间,客户,主题,内容'
export const complaintLine = (visit: CustomerVisit): string =>
  `${visit.id},${visit.entity},${visit.at},${visit.customer},${visit.complaint!.topic},${visit.complaint!.text}`

/** Every place of the demo world after another; each has dice of its own, so that a change of one leaves the others as they are. */
export function* allVisits(calendar: Calendar, chance: (seed: number) => () => number): Iterable<CustomerVisit> {
  const { firstDay } = calendar
  yield* withCustomers(deskVisits({ calendar, random: chance(1) }), firstDay, chance(1001), DESK_VISITORS)
  for (const [index, entity] of HALL_KEYS.entries()) {
    const visits = hallVisits({ calendar, random: chance(100 + index) }, entity)
    yield* withCustomers(visits, firstDay, chance(1100 + index), PLACE_VISITORS)
  }
  for (const [index, entity] of DEPARTMENT_KEYS.entries()) {
    if (entity === DESK_KEY) continue
    const visits = departmentVisits({ calendar, random: chance(200 + index) }, entity)
    yield* withCustomers(visits, firstDay, chance(1200 + index), PLACE_VISITORS)
  }
}
