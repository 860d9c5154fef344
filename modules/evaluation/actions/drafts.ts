/** Working on a draft: the weights its method gives, what it would be calculated from, and what would come out. */
import { readScoreOutline } from '#measurement/actions/scores/stored-scores'
import { lookUpEntities, readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods, periodStartOf } from '#platform/periods'
import type { SchemeDraft, SchemeInputs, Score, WeightsReport } from '../contract.ts'
import type { SingleWeighting, Weighting } from '../contract/weighting.ts'
import { compose } from '../rules/composing/compose.ts'
import { previewScores } from '../rules/preview.ts'
import { seededRandom } from '#platform/seeded-random'
import { calculateWeights as weightsOf, type PointsMatrix } from '../rules/weights/calculate-weights.ts'
import { standingRows } from '../store/runs.ts'
import { loadInputs, type PeriodInputs } from './calculating/inputs.ts'
import { flatItems } from '../rules/schemes/flat-items.ts'
import { hiddenItems, toldByKey } from './protecting.ts'
import { demandSound } from './schemes.ts'

/** The newest period that is over, where nobody named one. */
async function periodOf(context: Context, grain: Grain, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return periodStartOf(asked, grain)
  return addPeriods(periodStartOf(await readToday(context), grain), grain, -1)
}

async function inputsOf(
  context: Context,
  draft: SchemeDraft,
  asked: { grain?: Grain | undefined; periodStart?: string | undefined },
): Promise<{ grain: Grain; period: PeriodInputs; complete: boolean }> {
  const grain = asked.grain ?? draft.grains[0]!
  const periodStart = await periodOf(context, grain, asked.periodStart)
  const inputs = await loadInputs(context, draft, { grain, from: periodStart, to: periodStart })
  const complete = periodStart < periodStartOf(await readToday(context), grain)
  return { grain, period: inputs.at(periodStart), complete }
}

/** Stars of the period before, as they count. */
async function starsBefore(
  context: Context,
  scheme: string,
  grain: Grain,
  periodStart: string,
): Promise<Map<number, number>> {
  const earlier = addPeriods(periodStart, grain, -1)
  const [known] = await standingRows(context, { scheme, grain, track: 'main', from: earlier, to: earlier })
  if (!known) return new Map()
  const outline = await readScoreOutline(context, { scheme, grain, periodStart: earlier, run: known.run })
  return new Map(outline.entities.map((entity, place) => [entity, outline.stars[place]!]))
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

interface InputsAsked {
  readonly draft: SchemeDraft
  readonly grain?: Grain | undefined
  readonly periodStart?: string | undefined
}

/** Those who may not see single answers get protected values as if they were hidden: their calculation goes without them. */
export async function readInputs(context: Context, input: InputsAsked): Promise<SchemeInputs> {
  const inputs = await readAllInputs(context, input)
  if (context.who.permissions.has('answers.read')) return inputs
  const { grain, periodStart, units } = inputs
  const places = await lookUpEntities(
    context,
    units.map((unit) => unit.entity.key),
  )
  const numberOf = (key: string) => places.get(key)?.number ?? 0
  const entities = units.map((unit) => numberOf(unit.entity.key))
  const hidden = await hiddenItems(context, input.draft, { grain, periods: [periodStart], entities })
  const items = flatItems(input.draft)
  return {
    ...inputs,
    units: units.map((unit) => {
      const own = items.map(({ id }) => hidden(numberOf(unit.entity.key), periodStart, id))
      const without = <T, E>(list: readonly T[], empty: E) => list.map((each, place) => (own[place] ? empty : each))
      return {
        ...unit,
        values: without(unit.values, null),
        ns: without(unit.ns, 0),
        errors: without(unit.errors, null),
        hidden: without(unit.hidden, true),
      }
    }),
  }
}

/** Whole, for what is calculated here and told without figures of few people. */
export async function readAllInputs(context: Context, input: InputsAsked): Promise<SchemeInputs> {
  await demandSound(context, input.draft)
  const { grain, period, complete } = await inputsOf(context, input.draft, input)
  const { readings, units, periodStart } = period
  const before = await starsBefore(context, input.draft.id, grain, periodStart)
  return {
    periodStart,
    grain,
    complete,
    items: readings.items.map(({ minimumN, better, scatter, scale }) => ({ minimumN, better, scatter, scale })),
    units: units.map((unit, place) => ({
      entity: { key: unit.key, name: unit.name },
      peerGroup: readings.groupNames[readings.groups[place]!] || null,
      values: readings.items.map(({ values }) => orNull(values[place]!)),
      ns: readings.items.map(({ ns }) => ns[place]!),
      errors: readings.items.map(({ errors }) => orNull(errors[place]!)),
      hidden: readings.items.map(({ hidden }) => hidden[place] === 1),
      gates: readings.gates.map((gate) => orNull(gate[place]!)),
      starsBefore: before.get(unit.number) || null,
    })),
  }
}

export async function previewScheme(
  context: Context,
  input: { draft: SchemeDraft; grain?: Grain | undefined; periodStart: string },
): Promise<Score[]> {
  const inputs = await readAllInputs(context, input)
  return toldByKey(context, input.draft, inputs.grain, previewScores(input.draft, inputs, context.random()))
}

const needsData = (weighting: SingleWeighting) => 'periodStart' in weighting
const partsOf = (weighting: Weighting): SingleWeighting[] =>
  weighting.method === 'blend' ? weighting.parts.map((part) => part.from) : [weighting]

export async function calculateWeights(context: Context, draft: SchemeDraft): Promise<WeightsReport> {
  const data = partsOf(draft.weighting).find(needsData)
  const matrix = data ? await pointsMatrix(context, draft, data) : []
  return weightsOf(draft, draft.weighting, matrix)
}

/** Points of the units that have all items: what methods that look at data look at. */
async function pointsMatrix(context: Context, draft: SchemeDraft, data: SingleWeighting): Promise<PointsMatrix> {
  const asked = 'periodStart' in data ? data : {}
  const { period } = await inputsOf(context, draft, asked)
  const { items } = compose({ ...draft, aggregation: { kind: 'weighted-sum' } }, period.readings, seededRandom(0))
  const units = Array.from({ length: period.readings.count }, (_unused, unit) => unit)
  return units
    .filter((unit) => items.every((item) => item.missing[unit] === 0))
    .map((unit) => items.map((item) => item.points[unit]!))
}
