/** Which attributes there are, and what they hold. */
import type { Measurements } from '#platform/measurements/measurements'
import { CUSTOMERS_LIMITS } from './dealings.ts'

export interface AttributeRow {
  readonly attribute: string
  readonly events: number
  readonly distinct: number
  readonly eventTypes: readonly string[]
  readonly sample: readonly string[]
}

const SAMPLE_LIMIT = 1_000
const ATTRIBUTES_LIMIT = 200

/** Every attribute with the number of its values and some of them. */
export function readAttributes(measurements: Measurements, organisation: string): Promise<AttributeRow[]> {
  return measurements.query<AttributeRow>(
    `SELECT toString(pair.1) AS attribute, toInt64(count()) AS events, toInt64(uniq(pair.2)) AS distinct,
       arraySort(groupUniqArray(50)(toString(event_type))) AS eventTypes, groupUniqArray(${SAMPLE_LIMIT})(pair.2) AS sample
     FROM (
       SELECT event_type, arrayJoin(arrayZip(mapKeys(attributes), mapValues(attributes))) AS pair
       FROM bihuan.event AS event FINAL WHERE organisation = {organisation:UUID}
     ) WHERE pair.2 != '' GROUP BY attribute ORDER BY distinct DESC, attribute LIMIT ${ATTRIBUTES_LIMIT}`,
    { organisation },
    CUSTOMERS_LIMITS,
  )
}

/** A sample of the values of one attribute, and how many events carry it. */
export async function sampleAttribute(
  measurements: Measurements,
  organisation: string,
  attribute: string,
): Promise<{ events: number; sample: readonly string[] }> {
  const [row] = await measurements.query<{ events: number; sample: string[] }>(
    `SELECT toInt64(count()) AS events, groupUniqArray(${SAMPLE_LIMIT})(attributes[{attribute:String}]) AS sample
     FROM bihuan.event AS event FINAL WHERE organisation = {organisation:UUID} AND attributes[{attribute:String}] != ''`,
    { organisation, attribute },
    CUSTOMERS_LIMITS,
  )
  return row ?? { events: 0, sample: [] }
}

/** First and last event that carries the attribute, in epoch milliseconds; undefined where none does. */
export async function readSpan(
  measurements: Measurements,
  organisation: string,
  attribute: string,
  until: number,
): Promise<{ first: number; last: number } | undefined> {
  const [row] = await measurements.query<{ events: number; first: number; last: number }>(
    `SELECT toInt64(count()) AS events, toUnixTimestamp64Milli(min(occurred_at)) AS first, toUnixTimestamp64Milli(max(occurred_at)) AS last
     FROM bihuan.event AS event FINAL
     WHERE organisation = {organisation:UUID} AND attributes[{attribute:String}] != ''
       AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`,
    { organisation, attribute, until },
    CUSTOMERS_LIMITS,
  )
  return row && row.events > 0 ? row : undefined
}
