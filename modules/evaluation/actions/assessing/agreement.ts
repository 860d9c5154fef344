/** How far the judges of an item agree, how lenient each is, and what that does to the units' values. */
import { type EntityPlace, lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { periodStartOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { AGREEMENT_UNITS_LIMIT } from '../../contract/assessing.ts'
import { type AgreementReport, evaluationRefusals, type RaterKind, type Scheme } from '../../contract.ts'
import { agreementOf, reasonOf } from '../../rules/assessing/agreement.ts'
import { type Judgement, leniencyOf } from '../../rules/assessing/leniency.ts'
import { seededRandom } from '#platform/seeded-random'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import { versionOn } from '../../rules/schemes/versions.ts'
import { assessedPeriods, type AssessmentRow, assessmentsOf } from '../../store/assessments.ts'
import { adoptedVersions } from '../../store/schemes.ts'
import { assessedColumn } from '../assessed-column.ts'
import { hiddenItems } from '../protecting.ts'
import { demandGrain } from '../runs.ts'
import { requireScheme } from '../schemes.ts'
import { type AssessedItem, assessedItems } from './rounds.ts'

type Shown = NonNullable<AgreementReport['shown']>
type Kind = Shown['kinds'][number]

/** Rows of periods and items the choice is made from. */
const PERIODS_LIMIT = 500
/** Draws of the bootstrap are the same for the same judgements: whoever asks again gets the same interval. */
const BOOTSTRAP_SEED = 0.5

export async function readAgreement(
  context: Context,
  input: {
    id: string
    item?: string | undefined
    grain?: Grain | undefined
    periodStart?: string | undefined
  },
): Promise<AgreementReport> {
  const newest = await requireScheme(context, input.id)
  const grain = demandGrain(newest, input.grain)
  const adopted = await adoptedVersions(context, input.id)
  const named = new Map(
    adopted.flatMap(flatItems).flatMap(({ id, source }) => (source.kind === 'assessed' ? [[id, source.title]] : [])),
  )
  const items = [...named].map(([item, title]) => ({ item, title }))
  if (input.item !== undefined && !named.has(input.item))
    refuse(evaluationRefusals, 'ITEM_NOT_ASSESSED', { item: input.item })
  const of = { scheme: input.id, items: [...named.keys()], grain, limit: PERIODS_LIMIT }
  const counted = await assessedPeriods(context, of)
  const item = input.item ?? counted[0]?.item ?? items[0]?.item
  const periods = counted
    .filter((row) => row.item === item)
    .map(({ periodStart, judgements }) => ({ periodStart, judgements }))
  const wanted = input.periodStart === undefined ? periods[0]?.periodStart : periodStartOf(input.periodStart, grain)
  const base = { scheme: { id: newest.id, title: newest.title }, grain, items, periods }
  if (item === undefined || wanted === undefined) return { ...base, shown: null }
  const judge = versionOn(adopted, wanted) ?? newest
  const known = assessedItems(adopted, wanted).find((each) => each.id === item)
  const rows = await assessmentsOf(context, { scheme: input.id, item, grain, from: wanted, to: wanted })
  if (!known || rows.length === 0) return { ...base, shown: null }
  return { ...base, shown: await shownOf(context, judge, known, { grain, periodStart: wanted, rows }) }
}

interface Period {
  readonly grain: Grain
  readonly periodStart: string
  readonly rows: readonly AssessmentRow[]
}

async function shownOf(context: Context, scheme: Scheme, item: AssessedItem, period: Period): Promise<Shown> {
  const { rows, periodStart } = period
  const { source, asked } = item
  const { confidence } = scheme.certainty
  const judgements = rows.map(
    ({ rater, personId, entity, value }): Judgement => ({ kind: rater, rater: personId, unit: entity, value }),
  )
  const names = new Map(rows.map((row) => [row.personId, row.personName]))
  const ofKind = (kind: RaterKind) => judgements.filter((each) => each.kind === kind)
  const random = seededRandom(BOOTSTRAP_SEED)
  const spoken = asked.filter((kind) => ofKind(kind).length > 0)
  const agreement = [
    agreementOf(null, judgements, { confidence, random }),
    ...(spoken.length > 1 ? spoken.map((kind) => agreementOf(kind, ofKind(kind), { confidence, random })) : []),
  ]
  const { units, left } = await unitsOf(context, scheme, item, period)
  return {
    item: item.id,
    periodStart,
    scale: source.scale,
    confidence,
    leniencyTakenOut: source.leniency,
    kinds: source.raters.map(({ kind, weight, indicator }) => ({
      kind,
      weight,
      indicator,
      ...ratersOf(indicator === null ? ofKind(kind) : [], names, confidence),
    })),
    agreement,
    units,
    left,
  }
}

function ratersOf(
  judgements: readonly Judgement[],
  names: ReadonlyMap<string, string>,
  confidence: number,
): Pick<Kind, 'units' | 'judgements' | 'mean' | 'raters' | 'leniencyCannot'> {
  const found = leniencyOf(judgements, confidence)
  const effects = new Map(found.kind === 'leniency' ? found.raters.map((each) => [each.rater, each] as const) : [])
  const raters = [...Map.groupBy(judgements, (each) => each.rater)].map(([id, own]) => {
    const effect = effects.get(id)
    return {
      name: names.get(id) ?? id,
      judgements: own.length,
      mean: meanOf(own),
      leniency: effect ? { estimate: effect.leniency, low: effect.lower, high: effect.upper } : null,
    }
  })
  return {
    units: new Set(judgements.map(({ unit }) => unit)).size,
    judgements: judgements.length,
    mean: judgements.length === 0 ? null : meanOf(judgements),
    raters: raters.toSorted((a, b) => (b.leniency?.estimate ?? 0) - (a.leniency?.estimate ?? 0)),
    leniencyCannot: found.kind === 'cannot' && judgements.length > 0 ? reasonOf(found.because) : null,
  }
}

const meanOf = (judgements: readonly Judgement[]) =>
  judgements.reduce((sum, { value }) => sum + value, 0) / judgements.length

/** By the same way a score is calculated, once with leniency taken out and once without. */
async function unitsOf(
  context: Context,
  scheme: Scheme,
  { id, source }: AssessedItem,
  { grain, periodStart, rows }: Period,
): Promise<Pick<Shown, 'units' | 'left'>> {
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  const all = [...places.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const units = all.slice(0, AGREEMENT_UNITS_LIMIT)
  const range = { grain, from: periodStart, to: periodStart }
  const columnOf = async (leniency: boolean) =>
    (await assessedColumn(context, scheme, { id, source: { ...source, leniency } }, range))(units, periodStart)
  const [plain, fair] = [await columnOf(false), await columnOf(true)]
  const customers = source.raters.find((rater) => rater.indicator !== null)
  // What customers say alone: the same item with them as the only raters.
  const voice = customers
    ? (await assessedColumn(context, scheme, { id, source: { ...source, raters: [customers] } }, range))(
        units,
        periodStart,
      )
    : null
  const cells = { grain, periods: [periodStart], entities: units.map((unit) => unit.number) }
  const hidden = await hiddenItems(context, scheme, cells)
  // With what everybody else said, the item as a whole would tell what few customers said.
  const isHidden = (unit: EntityPlace) => hidden(unit.number, periodStart, id)
  const orNull = (value: number) => (Number.isNaN(value) ? null : value)
  const byUnit = Map.groupBy(rows, (row) => row.entity)
  const saidBy = (unit: EntityPlace, kind: RaterKind) => {
    const own = (byUnit.get(unit.number) ?? []).filter((row) => row.rater === kind)
    return {
      n: own.length,
      mean: own.length === 0 ? null : own.reduce((sum, { value }) => sum + value, 0) / own.length,
    }
  }
  return {
    units: units.map((unit, place) => ({
      entity: { key: unit.key, name: unit.name },
      kinds: source.raters.map((rater) =>
        rater.indicator === null || !voice
          ? saidBy(unit, rater.kind)
          : isHidden(unit)
            ? { n: 0, mean: null }
            : { n: voice.ns[place]!, mean: orNull(voice.values[place]!) },
      ),
      n: isHidden(unit) ? 0 : plain.ns[place]!,
      uncorrected: isHidden(unit) ? null : orNull(plain.values[place]!),
      corrected: isHidden(unit) ? null : orNull(fair.values[place]!),
      standardError: isHidden(unit) ? null : orNull((source.leniency ? fair : plain).errors[place]!),
    })),
    left: all.length - units.length,
  }
}
