/** One rule on points in order. Counts are points, distances sigmas; "side" means the side of the centre line. */
export type Rule =
  /** A point strictly beyond a control limit. */
  | { kind: 'beyond' }
  /** So many points in a row on one side; a point on the centre breaks the run. */
  | { kind: 'side'; points: number }
  /** So many points, each strictly above (or each strictly below) the one before it. */
  | { kind: 'trend'; points: number }
  /** So many points whose steps go up and down in turn. */
  | { kind: 'alternating'; points: number }
  /** `hits` of `window` points beyond `sigmas` on one side. `inLimits`: points beyond the limits do not count as hits.
   * `sameSide`: every point of the window must lie on that side. */
  | { kind: 'zone'; hits: number; window: number; sigmas: number; inLimits: boolean; sameSide: boolean }
  /** So many points in a row nearer to the centre than `sigmas`, on any side. */
  | { kind: 'hugging'; points: number; sigmas: number }
  /** So many points in a row farther than `sigmas`, with points on both sides. */
  | { kind: 'mixture'; points: number; sigmas: number }

export type RuleSetName =
  | 'limits-only'
  | 'western-electric-1956'
  | 'nelson-1984'
  | 'montgomery-2013'
  | 'nhs-making-data-count-2019'

export interface RuleSet {
  name: RuleSetName
  rules: readonly { id: string; rule: Rule }[]
  /** Which rule names a point that breaks several, first wins. */
  precedence: readonly string[]
}

const beyond: Rule = { kind: 'beyond' }
const zone = (hits: number, window: number, sigmas: number): Rule => ({
  kind: 'zone',
  hits,
  window,
  sigmas,
  inLimits: false,
  sameSide: false,
})

const WESTERN_ELECTRIC = [
  { id: 'we-1-beyond-limit', rule: beyond },
  { id: 'we-2-two-of-three', rule: zone(2, 3, 2) },
  { id: 'we-3-four-of-five', rule: zone(4, 5, 1) },
  { id: 'we-4-eight-one-side', rule: { kind: 'side', points: 8 } },
] as const

const NELSON = [
  { id: 'nelson-1-beyond-limit', rule: beyond },
  { id: 'nelson-2-nine-one-side', rule: { kind: 'side', points: 9 } },
  { id: 'nelson-3-six-trend', rule: { kind: 'trend', points: 6 } },
  { id: 'nelson-4-fourteen-alternating', rule: { kind: 'alternating', points: 14 } },
  { id: 'nelson-5-two-of-three', rule: zone(2, 3, 2) },
  { id: 'nelson-6-four-of-five', rule: zone(4, 5, 1) },
  { id: 'nelson-7-fifteen-hugging', rule: { kind: 'hugging', points: 15, sigmas: 1 } },
  { id: 'nelson-8-eight-mixture', rule: { kind: 'mixture', points: 8, sigmas: 1 } },
] as const

const MONTGOMERY = [
  { id: 'montgomery-1-beyond-limit', rule: beyond },
  { id: 'montgomery-2-two-of-three', rule: zone(2, 3, 2) },
  { id: 'montgomery-3-four-of-five', rule: zone(4, 5, 1) },
  { id: 'montgomery-4-eight-one-side', rule: { kind: 'side', points: 8 } },
  { id: 'montgomery-5-six-trend', rule: { kind: 'trend', points: 6 } },
  { id: 'montgomery-6-fifteen-hugging', rule: { kind: 'hugging', points: 15, sigmas: 1 } },
  { id: 'montgomery-7-fourteen-alternating', rule: { kind: 'alternating', points: 14 } },
  { id: 'montgomery-8-eight-mixture', rule: { kind: 'mixture', points: 8, sigmas: 1 } },
] as const

/** Two of three in the outer third, that is between two and three sigma, all three on one side, as the NHS-R package reads the guide. */
const NHS_ZONE: Rule = { kind: 'zone', hits: 2, window: 3, sigmas: 2, inLimits: true, sameSide: true }
const NHS = [
  { id: 'nhs-astronomical', rule: beyond },
  { id: 'nhs-seven-trend', rule: { kind: 'trend', points: 7 } },
  { id: 'nhs-two-of-three', rule: NHS_ZONE },
  { id: 'nhs-seven-one-side', rule: { kind: 'side', points: 7 } },
] as const

const set = (name: RuleSetName, rules: RuleSet['rules']): RuleSet => ({
  name,
  rules,
  precedence: rules.map(({ id }) => id),
})

/**
 * Named rule sets, so that a verdict can say by which rules it was found; they differ on purpose.
 *
 * Sources: Western Electric (1956), Statistical Quality Control Handbook, pages 25-28; Nelson (1984), Journal of Quality Technology
 * 16:237-239; Montgomery (2013), Introduction to Statistical Quality Control, table 5.1 (rules 1 to 8 of 10); NHS England (2019), Making
 * Data Count, with the precedence beyond, trend, two of three, shift of the NHS-R package. `anhoejRule` holds the fifth, which counts runs.
 */
export const RULE_SETS: Record<RuleSetName, RuleSet> = {
  'limits-only': set('limits-only', [{ id: 'beyond-limit', rule: beyond }]),
  'western-electric-1956': set('western-electric-1956', WESTERN_ELECTRIC),
  'nelson-1984': set('nelson-1984', NELSON),
  'montgomery-2013': set('montgomery-2013', MONTGOMERY),
  'nhs-making-data-count-2019': set('nhs-making-data-count-2019', NHS),
}
