import type { Cannot } from '../cannot.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'
import { type JudgementMatrix, type JudgementProblem, type JudgementScale, readJudgements } from './judgement-matrix.ts'

export type GroupMatrixResult =
  | { kind: 'judgements'; matrix: (number | null)[][] }
  | (Cannot<JudgementProblem> & { member: number | null })

/**
 * One judgement matrix for a group: aggregation of individual judgements (AIJ).
 *
 * When to use: the group acts as one and stands behind the result together.
 * Formula in words: for every pair the geometric mean of the members' judgements, weighted by the members; who did not judge a pair does
 * not count for it. The only mean that keeps reciprocals.
 * Source: Aczel and Saaty (1983), Journal of Mathematical Psychology 27:93-102; Forman and Peniwati (1998), European Journal of
 * Operational Research 108:165-169.
 * Arguments: `memberWeights` >= 0, scaled to 1; default equal. Feed the result to `ahpPriorities`.
 * Edge cases: a member's matrix that cannot be read gives 'cannot' with the member's position; members may have gaps of their own, so long
 * as the group's matrix is connected (otherwise 'disconnected', member null). A member of weight 0 is read but does not count.
 * Errors: RangeError for no members, sizes that differ, weights. Cost: O(members * n squared).
 */
export function groupJudgements(
  members: readonly JudgementMatrix[],
  options: { memberWeights?: readonly number[]; scale?: JudgementScale; reciprocalTolerance?: number } = {},
): GroupMatrixResult {
  const shares = sharesOfMembers(members.length, options.memberWeights)
  const n = members[0]!.length
  const logs = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  const heard = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  for (const [member, matrix] of members.entries()) {
    if (matrix.length !== n) throw new RangeError(`members[${member}] must be ${n} x ${n}`)
    const read = readMember(matrix, options.scale, options.reciprocalTolerance)
    if (read.kind === 'cannot') return { ...read, member }
    read.values.forEach((row, i) => {
      row.forEach((value, j) => {
        if (value === null) return
        logs[i]![j]! += shares[member]! * Math.log(value)
        heard[i]![j]! += shares[member]!
      })
    })
  }
  const matrix = logs.map((row, i) =>
    row.map((log, j) => (i === j ? 1 : heard[i]![j]! > 0 ? Math.exp(log / heard[i]![j]!) : null)),
  )
  const joined = readJudgements(matrix, 'positive')
  return joined.kind === 'cannot' ? { ...joined, member: null } : { kind: 'judgements', matrix: joined.values }
}

/** A member alone need not join all items: the group has to. */
function readMember(matrix: JudgementMatrix, scale: JudgementScale | undefined, tolerance: number | undefined) {
  const read = readJudgements(matrix, scale, tolerance)
  if (read.kind !== 'cannot' || read.because !== 'disconnected') return read
  // Joined through an extra item that is equal to all, which changes no judgement.
  const wider = [...matrix.map((row) => [...row, 1]), matrix.map(() => 1).concat(1)]
  const again = readJudgements(wider, scale, tolerance)
  return again.kind === 'cannot'
    ? again
    : { ...again, values: again.values.slice(0, -1).map((row) => row.slice(0, -1)) }
}

/**
 * One set of priorities for a group: aggregation of individual priorities (AIP).
 *
 * When to use: members stand for different interests and keep their own judgements.
 * Formula in words: for every item the geometric mean of the members' priorities, weighted by the members, scaled to sum 1.
 * Source: Forman and Peniwati (1998), European Journal of Operational Research 108:165-169.
 * Arguments: `priorities` members x items, each set > 0 and scaled to 1 first.
 * Errors: RangeError for no members, lengths that differ, a priority not above 0, member weights. Cost: O(members * items).
 */
export function groupPriorities(
  priorities: readonly (readonly number[])[],
  memberWeights?: readonly number[],
): number[] {
  const shares = sharesOfMembers(priorities.length, memberWeights)
  const scaled = positivePriorities(priorities)
  const logs = scaled[0]!.map((_, i) => scaled.reduce((sum, set, k) => sum + shares[k]! * Math.log(set[i]!), 0))
  const largest = Math.max(...logs)
  return normalisedWeights(logs.map((log) => Math.exp(log - largest)))
}

export interface Consensus {
  /** 1 when all agree, 0 when no item has priority for two members. */
  agreement: number
  /** Effective number of distinct opinions, from 1 to the effective number of members. */
  opinions: number
  /** Per item, the geometric standard deviation of its priority over members (1: all agree; 2: typically a factor 2 apart). */
  itemSpread: number[]
}

/**
 * How far members of a group agree on priorities.
 *
 * When to use: beside every group result: a mean of opposite opinions is nobody's opinion.
 * Formula in words: entropy of the mean priorities less the mean entropy of the members' priorities is the logarithm of the effective
 * number of opinions D; agreement = (1 / D - 1 / K) / (1 - 1 / K), K the effective number of members (their number, weights equal).
 * Source: Jost (2007), Ecology 88:2427-2439 (alpha, beta and gamma entropy of order 1; relative homogeneity). Goepel (2013), ISAHP,
 * uses the same entropies for his consensus indicator but rescales by the least agreement the 1 to 9 scale can express, so his figure is
 * lower; this one needs no assumption about the scale.
 * Arguments: `priorities` members x items, > 0, scaled to 1 first; `memberWeights` as above.
 * Edge cases: one member (or one of positive weight) agrees with himself: 1. Errors: as `groupPriorities`. Cost: O(members * items).
 */
export function groupConsensus(
  priorities: readonly (readonly number[])[],
  memberWeights?: readonly number[],
): Consensus {
  const shares = sharesOfMembers(priorities.length, memberWeights)
  const scaled = positivePriorities(priorities)
  const mean = scaled[0]!.map((_, i) => scaled.reduce((sum, set, k) => sum + shares[k]! * set[i]!, 0))
  const within = scaled.reduce((sum, set, k) => sum + shares[k]! * entropy(set), 0)
  const members = Math.exp(entropy(shares))
  const opinions = Math.min(members, Math.max(1, Math.exp(entropy(mean) - within)))
  const agreement = members <= 1 + 1e-12 ? 1 : (1 / opinions - 1 / members) / (1 - 1 / members)
  const itemSpread = mean.map((_, i) => {
    const logs = scaled.map((set) => Math.log(set[i]!))
    const centre = logs.reduce((sum, log, k) => sum + shares[k]! * log, 0)
    return Math.exp(Math.sqrt(logs.reduce((sum, log, k) => sum + shares[k]! * (log - centre) ** 2, 0)))
  })
  return { agreement, opinions, itemSpread }
}

function entropy(shares: readonly number[]): number {
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0)
}

function sharesOfMembers(count: number, memberWeights: readonly number[] | undefined): number[] {
  if (count === 0) throw new RangeError('a group must have at least one member')
  if (memberWeights && memberWeights.length !== count)
    throw new RangeError(`memberWeights must have ${count} values, got ${memberWeights.length}`)
  return normalisedWeights(memberWeights ?? Array.from({ length: count }, () => 1))
}

function positivePriorities(priorities: readonly (readonly number[])[]): number[][] {
  const items = priorities[0]!.length
  return priorities.map((set, k) => {
    if (set.length !== items) throw new RangeError(`priorities[${k}] must have ${items} values, got ${set.length}`)
    if (!set.every((value) => value > 0)) throw new RangeError(`priorities[${k}] must be above 0`)
    return normalisedWeights(set)
  })
}
