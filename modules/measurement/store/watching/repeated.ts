/** Events that repeat each other within a window, and when the last one came: questions of rules over events themselves. */
import type { Measurements } from '#platform/measurements/measurements'
import type { Condition } from '../../contract/definition.ts'
import { eventReach, READING_SETTINGS } from '../compile/compile-facts.ts'
import { compileCondition } from '../compile/conditions.ts'
import { parameterBag } from '../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../compile/subjects.ts'

const EXECUTION_SECONDS = 30
/** Groups one question answers with: the largest come first. */
export const REPEATED_LIMIT = 10_000

export interface RepeatedRow {
  readonly subject: number
  /** What they have in common, one text for each attribute. */
  readonly same: readonly string[]
  readonly count: number
  /** Epoch milliseconds. */
  readonly first: number
  readonly last: number
}

export interface RepeatedQuestion {
  readonly subjects: Subjects
  readonly eventType: string
  readonly where: readonly Condition[]
  readonly same: readonly string[]
  /** Count different values of this attribute instead of events. */
  readonly distinct: string | null
  readonly fromMilliseconds: number
  readonly untilMilliseconds: number
  readonly least: number
}

/** Groups of at least so many, the largest first. Events without one of the attributes are no repetition of anything. */
export async function readRepeated(
  measurements: Measurements,
  organisation: string,
  question: RepeatedQuestion,
): Promise<RepeatedRow[]> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const subjects = compileSubjects(bag, owner, question.subjects)
  const same = question.same.map((name) => `event.attributes[${bag('String', name)}]`)
  const distinct = question.distinct === null ? null : `event.attributes[${bag('String', question.distinct)}]`
  const where = [
    ...eventReach(bag, owner, question.eventType, question.fromMilliseconds, question.untilMilliseconds),
    ...question.where.map((each) => compileCondition(bag, each, new Map())),
    ...same.map((text) => `notEmpty(${text})`),
    ...(distinct === null ? [] : [`notEmpty(${distinct})`]),
    ...subjects.filter,
  ]
  const count = distinct === null ? 'count()' : `uniqExact(${distinct})`
  const sql = `
    SELECT ${subjects.subject} AS subject, [${same.map((text) => `toString(${text})`).join(', ')}]::Array(String) AS same, toFloat64(${count}) AS count,
      toUnixTimestamp64Milli(min(event.occurred_at)) AS first, toUnixTimestamp64Milli(max(event.occurred_at)) AS last
    FROM bihuan.event AS event FINAL${subjects.join}
    WHERE ${where.join('\n      AND ')}
    GROUP BY ${['subject', ...same].join(', ')}
    HAVING count >= ${bag('Float64', question.least)}
    ORDER BY count DESC, subject LIMIT ${REPEATED_LIMIT}`
  return measurements.query<RepeatedRow>(sql, parameters, {
    maxExecutionSeconds: EXECUTION_SECONDS,
    settings: READING_SETTINGS,
  })
}

/** Rows of subject and epoch milliseconds of its newest event since an instant. */
export async function readLastEvents(
  measurements: Measurements,
  organisation: string,
  question: { subjects: Subjects; eventType: string; sinceMilliseconds: number; untilMilliseconds: number },
): Promise<Float64Array> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const subjects = compileSubjects(bag, owner, question.subjects)
  const where = [
    ...eventReach(bag, owner, question.eventType, question.sinceMilliseconds, question.untilMilliseconds),
    ...subjects.filter,
  ]
  const sql = `
    SELECT toFloat64(${subjects.subject}), toFloat64(toUnixTimestamp64Milli(max(event.occurred_at)))
    FROM bihuan.event AS event FINAL${subjects.join}
    WHERE ${where.join(' AND ')}
    GROUP BY ${subjects.subject}`
  return measurements.numbers(sql, parameters, { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS })
}

/**
 * Rows of subject, epoch milliseconds and number of the case, for each event that fulfils `hit` among those that fulfil `where`: how many
 * cases passed between rare events.
 */
export async function readHits(
  measurements: Measurements,
  organisation: string,
  question: {
    subjects: Subjects
    eventType: string
    where: readonly Condition[]
    hit: readonly Condition[]
    fromMilliseconds: number
    untilMilliseconds: number
    limit: number
  },
): Promise<Float64Array> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const subjects = compileSubjects(bag, owner, question.subjects)
  const conditions = (list: readonly Condition[]) => list.map((each) => compileCondition(bag, each, new Map()))
  const where = [
    ...eventReach(bag, owner, question.eventType, question.fromMilliseconds, question.untilMilliseconds),
    ...conditions(question.where),
    ...subjects.filter,
  ]
  const hit = conditions(question.hit)
  const sql = `
    SELECT toFloat64(subject), toFloat64(at), toFloat64(place) FROM (
      SELECT ${subjects.subject} AS subject, toUnixTimestamp64Milli(event.occurred_at) AS at, ${hit.length === 0 ? '1' : hit.join(' AND ')} AS is_hit,
        row_number() OVER (PARTITION BY subject ORDER BY event.occurred_at, event.identity) AS place
      FROM bihuan.event AS event FINAL${subjects.join}
      WHERE ${where.join(' AND ')})
    WHERE is_hit ORDER BY subject, at LIMIT ${bag('UInt64', question.limit)}`
  return measurements.numbers(sql, parameters, { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS })
}
