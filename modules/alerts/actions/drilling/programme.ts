/** How many drills a quarter, and the draw of each quarter. */
import { findEntities, readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { type DrillProgramme, drillProgramme } from '../../contract.ts'
import { defaultPolicy } from '../../rules/duties.ts'
import { drawDrills } from '../../rules/drilling/draw.ts'
import { findProgramme, insertDrills, isDrawn, keepDraw, saveProgramme } from '../../store/drills.ts'
import { findPolicy } from '../../store/rules.ts'
import { workingSpans } from '../duty-clock.ts'
import { listResponsePlans, readResponsePlan } from '../responding/plans.ts'

/** Units one draw chooses among. */
const UNITS_LIMIT = 100_000
/** None are held until somebody says how many. */
const NO_PROGRAMME: DrillProgramme = drillProgramme.parse({ perQuarter: 0 })

export async function readDrillProgramme(context: Context): Promise<DrillProgramme> {
  return (await findProgramme(context)) ?? NO_PROGRAMME
}

export async function saveDrillProgramme(context: Context, programme: DrillProgramme): Promise<DrillProgramme> {
  for (const id of programme.plans) await readResponsePlan(context, id)
  await saveProgramme(context, programme)
  return programme
}

/** Draws the drills of the quarter that runs, from tomorrow on; once for each quarter. */
export async function drawQuarter(context: Context): Promise<void> {
  const programme = await readDrillProgramme(context)
  if (programme.perQuarter === 0) return
  const today = dayOf(context.now, (await readProfile(context)).timeZone)
  const quarter = periodStartOf(today, 'quarter')
  if (await isDrawn(context, quarter)) return
  const tomorrow = addPeriods(today, 'day', 1)
  const days = Temporal.PlainDate.from(tomorrow).until(addPeriods(quarter, 'quarter', 1)).days
  const policy = (await findPolicy(context)) ?? defaultPolicy
  const active = (await listResponsePlans(context)).filter((plan) => plan.active).map(({ id }) => id)
  const seed = context.random()
  const drawn = drawDrills({
    seed,
    count: programme.perQuarter,
    spans: days > 0 ? await workingSpans(context, policy.calendarId, { first: tomorrow, days }) : [],
    plans: programme.plans.length === 0 ? active : active.filter((id) => programme.plans.includes(id)),
    entities: await placesOf(context, programme),
  })
  // Two servers draw at the same time: the first one's draw counts.
  if (!(await keepDraw(context, { quarter, rule: programme, seed: String(seed) }))) return
  await insertDrills(
    context,
    drawn.map(({ startsAt, plan, entity }) => ({
      id: context.newId(),
      quarter: Temporal.PlainDate.from(quarter),
      startsAt,
      planId: plan,
      entity,
      colour: programme.colour,
      state: 'drawn' as const,
      alertId: null,
      responseId: null,
      seed: String(seed),
      findings: [],
    })),
  )
}

async function placesOf(context: Context, { entityKind }: DrillProgramme): Promise<number[]> {
  if (entityKind === null) return [0]
  const found = await findEntities(context, { kind: entityKind, limit: UNITS_LIMIT })
  return found.map(({ number }) => number).toSorted((one, other) => one - other)
}
