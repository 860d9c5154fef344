/** Effective measures after their proof: once a day what is watched is looked at, and a plan whose effect has gone opens again. */
import { readToday } from '#organisation/actions/look-up'
import { reopenByRelapse } from '#plans/actions/step-plan'
import type { Context } from '#platform/context'
import { addPeriods, periodStartOf } from '#platform/periods'
import { effectRelapsed, type Watch } from '../contract.ts'
import { watchEffect } from '../rules/watching.ts'
import { type DesignRow, lockDesign, saveWatch, watchedDesigns } from '../store/designs.ts'
import type { FrozenDesign } from '../tables.ts'
import { observe } from './observe.ts'

/** Effects looked at in one daily run at most. */
const WATCHED_LIMIT = 1000

/** Null where the design asks for no watch. */
export function beginWatch(frozen: FrozenDesign, now: Temporal.Instant): Watch | null {
  if (frozen.watchPeriods === 0) return null
  const next = addPeriods(periodStartOf(frozen.endsOn, frozen.grain), frozen.grain, frozen.watchPeriods + 1)
  const nothing = { periods: [], relapsedSince: null, fadingP: null, halfLifePeriods: null }
  return { until: addPeriods(next, 'day', -1), state: 'watching', checkedAt: now.toString(), ...nothing }
}

async function look(context: Context, row: DesignRow, today: string): Promise<Watch> {
  const { frozen } = row
  const until = row.watch!.until
  const lastDay = until < today ? until : addPeriods(today, 'day', -1)
  const window = { ...frozen, baselineFrom: addPeriods(frozen.endsOn, 'day', 1), endsOn: lastDay }
  const now = await observe(context, window)
  const seen = watchEffect({
    interventionOn: frozen.interventionOn,
    endsOn: frozen.endsOn,
    effect: row.verdict!.effect!.value,
    points: row.points!,
    comparison: row.comparison ?? [],
    later: now.treated.map(({ periodStart, value }, index) => ({
      periodStart,
      value,
      comparison: now.comparison.map((unit) => unit.observations[index]?.value ?? null),
    })),
  })
  const state = seen.relapsedSince !== null ? 'relapsed' : until < today ? 'held' : 'watching'
  return { until, state, checkedAt: context.now.toString(), ...seen }
}

export async function watchEffects(context: Context): Promise<void> {
  const today = await readToday(context)
  for (const watched of await watchedDesigns(context, WATCHED_LIMIT)) {
    await context.separately(async (inside) => {
      const row = await lockDesign(inside, watched.id)
      if (row?.watchUntil == null || row.watch === null) return
      const watch = await look(inside, row, today)
      await saveWatch(inside, row.id, watch)
      if (watch.relapsedSince === null) return
      const since = watch.relapsedSince
      await reopenByRelapse(inside, row.planId, since)
      const news = { planId: row.planId, designId: row.id, entity: row.frozen.entityKey, since }
      await inside.announce(effectRelapsed, news)
    })
  }
}
