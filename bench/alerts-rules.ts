/**
 * Rules at size: three hundred over a thousand entities from stored facts, growth over a million entities, and a trial on two years of the past.
 * Each beside what one would write by hand for exactly this.
 */
import { createHash } from 'node:crypto'
import { backtestRule } from '../modules/alerts/actions/trying/backtest.ts'
import { evaluateRules } from '../modules/alerts/actions/evaluating/evaluate.ts'
import { type RuleDraft, type RuleDraftInput, ruleDraft } from '../modules/alerts/contract.ts'
import { currentRules, insertRule, setEvaluatedTo } from '../modules/alerts/store/rules.ts'
import { foldDue } from '../modules/measurement/folding/fold-due.ts'
import { factId } from '../modules/measurement/folding/register-facts.ts'
import { indicatorsById } from '../modules/measurement/actions/indicators.ts'
import { planOf } from '../modules/measurement/rules/plan/plan.ts'
import { presenceFact } from '../modules/measurement/rules/plan/fold.ts'
import { ENTITIES, generate, INDICATORS, type Made, prepare, ZONE } from './fold-world.ts'
import { type Place, withPlace } from './measurement-import.ts'
import { type Comparison, ORGANISATION } from './measurement-store.ts'

const FIRST_ENTITY = 10_000_000
const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
const ms = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}
const thisMonth = () => Temporal.Now.instant().toZonedDateTimeISO(ZONE).toPlainDate().with({ day: 1 })
const monthText = (back: number) => thisMonth().subtract({ months: back }).toString()

function ruleOf(index: number, condition: RuleDraftInput['condition'], part: Partial<RuleDraftInput> = {}): RuleDraft {
  return ruleDraft.parse({
    id: `rule-${index}`,
    title: { zh: `规则 ${index}`, en: `Rule ${index}` },
    indicator: `indicator-${index % INDICATORS}`,
    grain: 'month',
    watch: { entityKind: 'unit' },
    condition,
    startsOn: monthText(1),
    ...part,
  })
}

/** Thresholds, deviations from the own year and growth in turn; levels that hardly anybody reaches, as in a quiet month. */
const CONDITIONS: readonly RuleDraftInput['condition'][] = [
  { kind: 'threshold', levels: { yellow: 1e7 } },
  { kind: 'deviation', baseline: { of: 'own', periods: 12 }, levelsPercent: { yellow: 400 } },
  { kind: 'growth', against: 'previous', levelsPercent: { yellow: 400 } },
]

async function manyRules(place: Place, made: Made): Promise<Comparison> {
  for (let index = 0; index < INDICATORS; index += 1)
    await made.context((context) => insertRule(context, ruleOf(index, CONDITIONS[index % CONDITIONS.length]!), 1))
  // Both sides read merged parts: how far the engine has merged by itself is chance.
  for (const table of ['fact_day', 'fact_month'])
    await place.measurements.command(`OPTIMIZE TABLE bihuan.${table} FINAL`, {}, { maxExecutionSeconds: 600 })
  const again = () =>
    made.context(async (context) => {
      for (const { id } of await currentRules(context)) await setEvaluatedTo(context, id, null)
    })
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await again()
    times.push(await ms(() => made.context((context) => evaluateRules(context))))
  }
  const indicators = [
    ...(
      await made.context((context) =>
        indicatorsById(
          context,
          Array.from({ length: INDICATORS }, (_unused, index) => `indicator-${index}`),
        ),
      )
    ).values(),
  ]
  const hand: number[] = []
  for (let round = 0; round < 2; round += 1) hand.push(await ms(() => byHand(place, indicators)))
  const [ours, reference] = [Math.min(...times), Math.min(...hand)]
  const health = await made.context((context) => currentRules(context))
  return {
    name: `${INDICATORS} rules x ${ENTITIES} entities for a month, from stored facts`,
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash: hashOf(health.map((row) => [row.id, row.evaluatedTo, row.problem])),
  }
}

/** A query for each rule: the month and what it is held against, by the same folded sums. */
async function byHand({ measurements }: Place, indicators: readonly { definition: unknown }[]): Promise<void> {
  for (const [index, indicator] of indicators.entries()) {
    const { facts } = planOf(indicator as Parameters<typeof planOf>[0])
    const [above, below] = [factId(facts[0]!), factId(facts.at(-1)!)]
    const back = [1, 13, 2][index % 3]!
    await measurements.query(
      `SELECT count() AS beyond FROM (
         SELECT entity, sumIf(n + total, fact = {above:UInt64} AND month = {month:Date}) / sumIf(n, fact = {below:UInt64} AND month = {month:Date}) AS now,
           sumIf(n + total, fact = {above:UInt64} AND month < {month:Date}) / sumIf(n, fact = {below:UInt64} AND month < {month:Date}) AS before
         FROM bihuan.fact_month FINAL
         WHERE organisation = {organisation:UUID} AND fact IN ({above:UInt64}, {below:UInt64}) AND month >= {from:Date} AND month <= {month:Date}
         GROUP BY entity) WHERE now > 5 * before`,
      { organisation: ORGANISATION, above, below, month: monthText(1), from: monthText(back) },
      { settings: { do_not_merge_across_partitions_select_final: 1 } },
    )
  }
}

/** Two months of a count for very many entities as folding leaves them; one in a thousand grew. */
async function growth(place: Place, made: Made, entities: number): Promise<Comparison> {
  const { measurements } = place
  await measurements.command(
    `INSERT INTO bihuan.entity_place (organisation, entity, kind, ancestors, version, removed)
     SELECT {organisation:UUID}, {first:UInt64} + number, 'merchant', [{first:UInt64} + number], 1, 0 FROM numbers({entities:UInt64})`,
    { organisation: ORGANISATION, first: FIRST_ENTITY, entities },
  )
  const [indicator] = [...(await made.context((context) => indicatorsById(context, ['indicator-0']))).values()]
  const { facts } = planOf(indicator!)
  for (const fact of [...facts, presenceFact(facts)])
    for (const back of [1, 2])
      await measurements.command(
        `INSERT INTO bihuan.fact_month (organisation, fact, entity, month, n, total, squares, lowest, highest, version, removed)
         SELECT {organisation:UUID}, {id:UInt64}, {first:UInt64} + number, {month:Date},
           toFloat64(12 + intHash32(number * 17 + {back:UInt8}) % 17) + if({back:UInt8} = 1 AND number % 1000 = 0, 60, 0), 0, 0, inf, -inf, 1, 0
         FROM numbers({entities:UInt64})`,
        { organisation: ORGANISATION, id: factId(fact), first: FIRST_ENTITY, month: monthText(back), back, entities },
        { maxExecutionSeconds: 600 },
      )
  const rule = ruleOf(
    0,
    { kind: 'growth', against: 'previous', levelsPercent: { yellow: 30, red: 200 } },
    {
      id: 'merchants',
      watch: { entityKind: 'merchant' },
      falseDiscoveryShare: 0.05,
    },
  )
  await made.context((context) => insertRule(context, rule, 1))
  const only = async () => {
    await made.context((context) => setEvaluatedTo(context, 'merchants', null))
    return ms(() => made.context((context) => evaluateRules(context)))
  }
  const [first, second] = [await only(), await only()]
  const id = factId(facts[0]!)
  const reference = await ms(() =>
    measurements.query(
      `SELECT count() AS beyond FROM (
         SELECT entity, sumIf(n, month = {now:Date}) AS later, sumIf(n, month = {before:Date}) AS earlier FROM bihuan.fact_month FINAL
         WHERE organisation = {organisation:UUID} AND fact = {id:UInt64} AND month IN ({now:Date}, {before:Date})
           AND entity IN (SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID} AND kind = 'merchant')
         GROUP BY entity) WHERE later > 1.3 * earlier`,
      { organisation: ORGANISATION, id, now: monthText(1), before: monthText(2) },
      { settings: { do_not_merge_across_partitions_select_final: 1 } },
    ),
  )
  const ours = Math.min(first, second)
  return {
    name: `growth with exact tests and false discovery over ${entities} entities, beside the bare "+30 %"`,
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash: hashOf(entities),
  }
}

async function pastTrial({ measurements }: Place, made: Made): Promise<Comparison> {
  const to = thisMonth().subtract({ days: 1 })
  const from = to.subtract({ years: 2 })
  const draft = ruleOf(
    0,
    { kind: 'growth', against: 'previous', levelsPercent: { yellow: 60 } },
    { id: 'tried', grain: 'week', startsOn: from.toString() },
  )
  let answer: unknown
  const ours = await ms(() =>
    made.apart(async (context) => {
      const { milliseconds: _milliseconds, ...result } = await backtestRule(context, {
        draft,
        from: from.toString(),
        to: to.toString(),
        knownAfterDays: 1,
        mostLeadDays: 60,
      })
      answer = [result.periods, result.units, result.firings]
    }),
  )
  const reference = await ms(() =>
    measurements.query(
      `SELECT count() AS cells FROM (
         SELECT entity, toMonday(occurred_at) AS week, countIf(attributes['channel'] = 'c0') AS n FROM bihuan.event FINAL
         WHERE organisation = {organisation:UUID} AND event_type = 'type0' GROUP BY entity, week)`,
      { organisation: ORGANISATION },
    ),
  )
  return {
    name: `trial of one rule on ${ENTITIES} entities x 2 years of weeks, as known then, beside counting the weeks`,
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash: hashOf(answer),
  }
}

const SIZES = { small: { events: 60_000, merchants: 5_000 }, large: { events: 6_000_000, merchants: 1_000_000 } }

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const { events, merchants } = SIZES[size]
  return withPlace(async (place) => {
    const made = await prepare(place)
    const until = thisMonth().toZonedDateTime(ZONE).epochMilliseconds
    await generate(place, events, { entities: ENTITIES, first: made.first, days: 750, until, seed: 0 })
    while ((await made.apart((context) => foldDue(context, 10_000))) > 0);
    return [await manyRules(place, made), await growth(place, made, merchants), await pastTrial(place, made)]
  })
}
