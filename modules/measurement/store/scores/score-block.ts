/** Scores of many units as columns, and their way into the store as binary rows. */
import type { Measurements } from '#platform/measurements/measurements'
import { rowBinaryWriter, uuidBytes } from '#platform/measurements/row-binary'
import type { SeriesGrain } from '../../contract/grain.ts'
import { dayNumber } from '#worktime/days'

/** Which calculation the rows belong to. `version`: epoch milliseconds; of two rows of a unit the later one holds. */
export interface ScoreRun {
  readonly scheme: string
  readonly grain: SeriesGrain
  readonly periodStart: string
  readonly run: string
  readonly version: number
}

/** What is kept of each item, in the scheme's order; NaN: not there. */
export interface ScoreItemColumns {
  readonly values: Float64Array
  readonly ns: Float64Array
  readonly errors: Float64Array
  readonly used: Float64Array
  readonly points: Float64Array
  readonly slopes: Float64Array
  readonly flags: Uint8Array
}

/** One entry for each unit. */
export interface ScoreBlock {
  readonly entities: readonly number[] | Float64Array
  readonly peerGroups: readonly string[]
  readonly composite: Float64Array
  readonly uncapped: Float64Array
  readonly error: Float64Array
  readonly stars: Uint8Array
  readonly starsUncapped: Uint8Array
  readonly starsHeld: Uint8Array
  readonly gate: Int16Array
  readonly percentile: Float64Array
  readonly rank: Uint32Array
  readonly rankLow: Uint32Array
  readonly rankHigh: Uint32Array
  readonly groupRank: Uint32Array
  readonly top: Float64Array
  readonly bottom: Float64Array
  readonly n: Float64Array
  readonly provisional: Uint8Array
  readonly reason: Uint8Array
  readonly items: readonly ScoreItemColumns[]
  readonly gateValues: readonly Float64Array[]
}

const PLACE = [
  ['organisation', 'UUID'],
  ['scheme', 'String'],
  ['grain', 'String'],
  ['period_start', 'UInt64'],
  ['run', 'UUID'],
  ['entity', 'UInt64'],
  ['version', 'UInt64'],
] as const
const STANDING = [
  ['peer_group', 'String'],
  ['composite', 'Float64'],
  ['uncapped', 'Float64'],
  ['error', 'Float64'],
  ['stars', 'UInt8'],
  ['stars_uncapped', 'UInt8'],
  ['stars_held', 'UInt8'],
  ['gate', 'Float64'],
  ['percentile', 'Float64'],
  ['rank', 'UInt64'],
  ['rank_low', 'UInt64'],
  ['rank_high', 'UInt64'],
  ['group_rank', 'UInt64'],
  ['top', 'Float64'],
  ['bottom', 'Float64'],
  ['n', 'Float64'],
  ['provisional', 'UInt8'],
  ['reason', 'UInt8'],
] as const
const PARTS = [
  ['values', 'Array(Float64)'],
  ['ns', 'Array(Float64)'],
  ['errors', 'Array(Float64)'],
  ['used', 'Array(Float64)'],
  ['points', 'Array(Float64)'],
  ['slopes', 'Array(Float64)'],
  ['flags', 'Array(UInt8)'],
  ['gate_values', 'Array(Float64)'],
] as const
const named = (columns: readonly (readonly [string, string])[]) => columns.map(([name, type]) => ({ name, type }))

const BLOCK_ROWS = 20_000
const ROW_BYTES = 250
const ITEM_BYTES = 56

type Writer = ReturnType<typeof rowBinaryWriter>

/** What a score rests on first, then where it stands: whoever sees the second finds the first. The same call again changes nothing. */
export async function appendScores(
  measurements: Measurements,
  organisation: string,
  what: ScoreRun,
  block: ScoreBlock,
): Promise<void> {
  const count = block.entities.length
  const token = `${organisation} ${what.scheme} ${what.grain} ${what.periodStart} ${what.run} ${what.version}`
  for (const [table, columns, write] of [
    ['score_part', PARTS, partsWriter(block)],
    ['score', STANDING, standingWriter(block)],
  ] as const)
    for (let start = 0; start < count; start += BLOCK_ROWS) {
      const end = Math.min(count, start + BLOCK_ROWS)
      const writer = rowBinaryWriter((end - start) * (ROW_BYTES + block.items.length * ITEM_BYTES))
      const place = placeWriter(organisation, what, block)
      for (let unit = start; unit < end; unit += 1) {
        place(writer, unit)
        write(writer, unit)
      }
      const payload = { rowBinary: writer.written(), columns: named([...PLACE, ...columns]) }
      await measurements.insert(table, payload, { token: `${table} ${token} ${start} ${end}` })
    }
}

function placeWriter(organisation: string, what: ScoreRun, { entities }: ScoreBlock) {
  const [owner, run, day] = [uuidBytes(organisation), uuidBytes(what.run), dayNumber(what.periodStart)]
  return (writer: Writer, unit: number) => {
    writer.bytes(owner)
    writer.text(what.scheme)
    writer.text(what.grain)
    writer.uint64(day)
    writer.bytes(run)
    writer.uint64(entities[unit]!)
    writer.uint64(what.version)
  }
}

function standingWriter(block: ScoreBlock) {
  const scores = [block.composite, block.uncapped, block.error]
  const marks = [block.stars, block.starsUncapped, block.starsHeld]
  const places = [block.rank, block.rankLow, block.rankHigh, block.groupRank]
  return (writer: Writer, unit: number) => {
    writer.text(block.peerGroups[unit]!)
    for (const column of scores) writer.float64(column[unit]!)
    for (const column of marks) writer.byte(column[unit]!)
    writer.float64(block.gate[unit]!)
    writer.float64(block.percentile[unit]!)
    for (const column of places) writer.uint64(column[unit]!)
    writer.float64(block.top[unit]!)
    writer.float64(block.bottom[unit]!)
    writer.float64(block.n[unit]!)
    writer.byte(block.provisional[unit]!)
    writer.byte(block.reason[unit]!)
  }
}

function partsWriter({ items, gateValues }: ScoreBlock) {
  const floats = (writer: Writer, of: readonly Float64Array[], unit: number) => {
    writer.variableUInt(of.length)
    for (const column of of) writer.float64(column[unit]!)
  }
  const parts = (['values', 'ns', 'errors', 'used', 'points', 'slopes'] as const).map((name) =>
    items.map((item) => item[name]),
  )
  return (writer: Writer, unit: number) => {
    for (const part of parts) floats(writer, part, unit)
    writer.variableUInt(items.length)
    for (const item of items) writer.byte(item.flags[unit]!)
    floats(writer, gateValues, unit)
  }
}
