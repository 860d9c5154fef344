/**
 * How often is a measure that did nothing called effective, and one that did something found? Whole verdicts on simulated weeks: 60 before and 24
 * after, errors of AR(1) kind, comparison units of their own, events common to all. Writes JSON: `node calibrate-verdicts.ts > calibration.json`.
 * The seed is fixed: the figures come again.
 */
import { normalNumber } from '#stats/quasi/structural/chance'
import { analyse } from '../rules/analysing.ts'
import { seededChance } from '#platform/seeded-random'
import type { Evidence, Observation, VerdictDesign } from '../rules/evidence.ts'
import { judge } from '../rules/judging.ts'
import { METHODS } from '../rules/robustness.ts'

const WORLDS = 80
/** Drawing takes some hundred times as long as the other methods. */
const STRUCTURAL_WORLDS = 6
const [BEFORE, AFTER, UNITS] = [60, 24, 10]
const EFFECT = 4

interface World {
  readonly correlation: number
  /** Errors common to all, a random walk: what no single series can tell from an effect. */
  readonly drift: number
  /** The unit was picked because its last four weeks were bad: the worst of forty. */
  readonly picked: boolean
}

function series(
  random: () => number,
  { correlation }: World,
  common: readonly number[],
  effect: number,
): Observation[] {
  const kept = Math.sqrt(1 - correlation ** 2)
  let error = normalNumber(random)
  return common.map((moved, index) => {
    error = correlation * error + kept * normalNumber(random)
    const start = Temporal.PlainDate.from('2024-01-01').add({ weeks: index })
    const value = 40 + 2 * error + moved + (index >= BEFORE ? effect : 0)
    const periodEnd = start.add({ days: 6 }).toString()
    return { periodStart: start.toString(), periodEnd, numerator: value, denominator: 1, n: 1, value, weight: 1 }
  })
}

const lastFour = (one: readonly Observation[]) =>
  one.slice(BEFORE - 4, BEFORE).reduce((sum, { value }) => sum + value!, 0)

function evidenceOf(random: () => number, world: World, effect: number): Evidence {
  let level = 0
  const common = Array.from({ length: BEFORE + AFTER }, () => (level += world.drift * normalNumber(random)))
  const draw = () => series(random, world, common, effect)
  const candidates = Array.from({ length: world.picked ? 40 : 1 }, draw)
  const treated = candidates.toSorted((a, b) => lastFour(b) - lastFour(a))[0]!
  const comparison = Array.from({ length: UNITS }, (_, i) => ({
    key: `C${i}`,
    observations: series(random, world, common, 0),
  }))
  return { treated, comparison }
}

const worlds: Record<string, World & { runUpPeriods?: number }> = {
  independent: { correlation: 0, drift: 0, picked: false },
  'correlated 0.4': { correlation: 0.4, drift: 0, picked: false },
  'common drift': { correlation: 0.2, drift: 0.5, picked: false },
  'picked at its worst': { correlation: 0.2, drift: 0, picked: true },
  'picked at its worst, run-up left out': { correlation: 0.2, drift: 0, picked: true, runUpPeriods: 4 },
}

const rows = Object.entries(worlds).flatMap(([name, { runUpPeriods = 0, ...world }]) =>
  METHODS.map((method) => {
    const count = method === 'structural' ? STRUCTURAL_WORLDS : WORLDS
    const tally = { falseEffective: 0, falseHarmful: 0, covered: 0, found: 0, called: 0 }
    for (let seed = 1; seed <= count; seed++) {
      const design: VerdictDesign = {
        method,
        direction: 'lower-is-better',
        interventionOn: Temporal.PlainDate.from('2024-01-01').add({ weeks: BEFORE }).toString(),
        smallestEffect: EFFECT,
        equivalenceMargin: EFFECT,
        seasonPeriods: 0,
        runUpPeriods,
        errorRate: 0.05,
        seed,
      }
      const none = analyse(design, evidenceOf(seededChance(seed), world, 0))
      const some = analyse(design, evidenceOf(seededChance(seed + 1e6), world, -EFFECT))
      if (none.kind === 'cannot' || some.kind === 'cannot') continue
      tally.called += 1
      const { outcome } = judge(design, none.effect)
      tally.falseEffective += Number(outcome === 'effective')
      tally.falseHarmful += Number(outcome === 'harmful')
      tally.covered += Number(none.effect.lower <= 0 && none.effect.upper >= 0)
      tally.found += Number(judge(design, some.effect).outcome === 'effective')
    }
    const percent = (part: number) => Math.round((1000 * part) / tally.called) / 10
    return {
      world: name,
      method,
      worlds: tally.called,
      falseEffectivePercent: percent(tally.falseEffective),
      falseHarmfulPercent: percent(tally.falseHarmful),
      coveredPercent: percent(tally.covered),
      foundPercent: percent(tally.found),
    }
  }),
)
process.stdout.write(
  `${JSON.stringify({ before: BEFORE, after: AFTER, units: UNITS, effect: EFFECT, rows }, null, 1)}\n`,
)
