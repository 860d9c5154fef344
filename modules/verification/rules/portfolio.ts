/** What share of plans is proved effective, group by group, and what a proved effect returns. */
import { shrinkProportions } from '#stats/shrinkage/shrink-proportions'
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import { normalNumber } from '#stats/quasi/structural/chance'
import type { PortfolioGroup, ReturnAnswer, ReturnQuestion } from '../contract.ts'
import { seededChance } from '#platform/seeded-random'

export interface Ended {
  readonly group: string
  readonly outcome: 'effective' | 'no-relevant-difference' | 'harmful' | 'undecided' | 'waived'
}

/**
 * Groups with few plans are drawn towards the share of all (beta-binomial, by moments); where groups are too few or too alike to learn from, each
 * has its own Wilson interval. Waived plans count as not proved: a waiver must not flatter.
 */
export function portfolioGroups(ended: readonly Ended[]): PortfolioGroup[] {
  const names = [...new Set(ended.map(({ group }) => group))].toSorted()
  const counted = names.map((group) => {
    const own = ended.filter((one) => one.group === group)
    const of = (outcome: Ended['outcome']) => own.filter((one) => one.outcome === outcome).length
    return {
      group,
      plans: own.length,
      effective: of('effective'),
      noRelevantDifference: of('no-relevant-difference'),
      harmful: of('harmful'),
      undecided: of('undecided'),
      waived: of('waived'),
    }
  })
  const shrunken = shrinkProportions({
    groups: counted.map(({ effective, plans }) => ({ successes: effective, trials: plans })),
    method: 'moments',
  })
  // A prior without spread would give every group an interval of no width.
  const usable = shrunken.kind === 'shrunken' && shrunken.prior.concentration !== null ? shrunken.groups : null
  return counted.map((one, index) => {
    const drawn = usable?.[index]
    if (drawn) return { ...one, share: drawn.estimate, low: drawn.lower, high: drawn.upper, shrunken: true }
    const own = wilsonInterval({ successes: one.effective, trials: one.plans })
    // A group exists by its plans, so there always is an interval.
    const [low, high] = own.kind === 'cannot' ? [0, 1] : [own.lower, own.upper]
    return { ...one, share: one.effective / one.plans, low, high, shrunken: false }
  })
}

const DRAWS = 20_000

/** Triangular: least, most likely, most (Johnson 1997). */
function triangular(range: ReturnQuestion['costYuan'], random: () => number): number {
  const { least, likely, most } = range
  if (most === least) return least
  const u = random()
  const edge = (likely - least) / (most - least)
  return u < edge
    ? least + Math.sqrt(u * (most - least) * (likely - least))
    : most - Math.sqrt((1 - u) * (most - least) * (most - likely))
}

/** Benefit of the effect (as uncertain as the verdict says) over the periods it lasts, less the costs, draw by draw. */
export function simulateReturn(
  question: Pick<ReturnQuestion, 'costYuan' | 'yuanPerUnit' | 'periods'>,
  effect: { readonly better: number; readonly standardError: number },
  seed: number,
): ReturnAnswer {
  const random = seededChance(seed)
  const draws = Array.from({ length: DRAWS }, () => {
    const size = effect.better + effect.standardError * normalNumber(random)
    const benefit = size * triangular(question.yuanPerUnit, random) * triangular(question.periods, random)
    return { benefit, net: benefit - triangular(question.costYuan, random) }
  })
  const interval = (values: number[]) => {
    const sorted = Float64Array.from(values).sort()
    const at = (share: number) => sorted[Math.round(share * (DRAWS - 1))]!
    return { low: at(0.025), median: at(0.5), high: at(0.975) }
  }
  return {
    netYuan: interval(draws.map(({ net }) => net)),
    benefitYuan: interval(draws.map(({ benefit }) => benefit)),
    chancePositive: draws.filter(({ net }) => net > 0).length / DRAWS,
    seed,
    draws: DRAWS,
  }
}
