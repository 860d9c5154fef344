/** Worked examples: their events go through the store's own calculation, their parts through the formula. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf, periodInstant } from '#platform/periods'
import type { IndicatorDraft, WorkedExample } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import type { Cut } from '../reading/cut.ts'
import { derivedSums, formulaOf } from '../reading/derived.ts'
import { sumsOfFacts } from '../reading/sums.ts'
import { emptyPoint, toPoint } from '../rules/points.ts'

export interface ExampleOutcome {
  readonly value: number | null
  readonly n: number
  readonly expected: number | null
  readonly agrees: boolean
}

/** Expected values are written by hand: agreement to six digits. */
const AGREEMENT = 1e-6
const WINDOW_MILLISECONDS = 2 * 366 * 86_400_000

/** In the order of the examples. The draft must be free of faults. */
export async function runExamples(context: Context, draft: IndicatorDraft): Promise<ExampleOutcome[]> {
  const outcomes: ExampleOutcome[] = []
  for (const example of draft.examples) {
    const { value, n } = await pointOf(context, draft, example)
    const agrees = alike(value, example.expected) && (example.expectedN === undefined || alike(n, example.expectedN))
    outcomes.push({ value, n, expected: example.expected, agrees })
  }
  return outcomes
}

function alike(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other
  return Math.abs(one - other) <= AGREEMENT * Math.max(1, Math.abs(one), Math.abs(other))
}

async function pointOf(
  context: Context,
  draft: IndicatorDraft,
  example: WorkedExample,
): Promise<Pick<Measured, 'value' | 'n'>> {
  // What is hidden or shrunk for its small n is a matter of showing, not of calculating.
  const indicator = { ...draft, minimumN: 0, belowMinimum: 'provisional' as const }
  if (draft.definition.kind === 'derived') return partsPoint(indicator, example)
  const { timeZone } = await readProfile(context)
  const from = periodInstant(example.from, timeZone).epochMilliseconds
  const until = Temporal.PlainDate.from(example.to).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const cut: Cut = {
    grain: 'day',
    timeZone,
    periods: [{ start: dayOf(Temporal.Instant.fromEpochMilliseconds(from), timeZone), from, until }],
  }
  const asOf =
    example.asOf === undefined ? until + WINDOW_MILLISECONDS : Temporal.Instant.from(example.asOf).epochMilliseconds
  const [row] = await sumsOfFacts(context, {
    indicator,
    subjects: { kind: 'organisation' },
    cut,
    examples: eventsText(example),
    asOf,
  })
  if (row) return toPoint(indicator, example.from, row.sums, true)
  return draft.missing.noEvents === 'zero' ? { value: 0, n: 0 } : emptyPoint(indicator, example.from, true)
}

/** As the compiler wants them: entity, type, epoch milliseconds, attributes, values. */
function eventsText(example: WorkedExample): string {
  const entities = new Map<string, number>()
  return JSON.stringify(
    example.events.map((event) => {
      const entity = entities.get(event.entity) ?? entities.size + 1
      entities.set(event.entity, entity)
      return [entity, event.type, Temporal.Instant.from(event.at).epochMilliseconds, event.attributes, event.values]
    }),
  )
}

function partsPoint(indicator: IndicatorDraft, example: WorkedExample): Pick<Measured, 'value' | 'n'> {
  if (indicator.definition.kind !== 'derived') return { value: null, n: 0 }
  const points = Object.entries(example.parts ?? {}).map(([name, value]): [string, Measured] => [
    name,
    { ...emptyPoint(indicator, example.from, true), value, n: 1, standardError: 0 },
  ])
  return toPoint(
    indicator,
    example.from,
    derivedSums(formulaOf(indicator.definition), new Map(points), new Set()),
    true,
  )
}
