/** Schemes of all kinds with readings from a seed, calculated and written as files, for tests. */
import { newKeyPair, signText } from '#platform/signing/ed25519'
import { seededRandom } from '#platform/seeded-random'
import { canonicalText } from '#platform/text/canonical-text'
import type { Aggregation, SchemeDraft, SchemeDraftInput, Score, Transform } from '../../contract.ts'
import { itemOf, schemeOf } from '../../samples.ts'
import type { ItemColumn, PeriodBasis, Readings, Scatter } from '../composing/readings.ts'
import { keptScore } from '../kept-score.ts'
import { scorePeriod } from '../score-period.ts'
import { toScore } from '../to-score.ts'
import type { KeptInputs } from './frozen.ts'
import { flatItems } from '../schemes/flat-items.ts'
import { type FileUnit, scoreFile, type ScoreFile } from './score-file.ts'

export const pair = newKeyPair()
export const organisation = { id: '01900000-0000-7000-8000-00000000000a', name: '海州市政务服务中心' }
export const keys = { organisation, keys: [{ keyId: pair.keyId, publicKey: pair.publicKey }] }
export const signed = <T>(content: T) => ({
  content,
  signature: {
    algorithm: 'Ed25519',
    keyId: pair.keyId,
    publicKey: pair.publicKey,
    signedAt: '2026-04-10T00:00:00Z',
    value: signText(canonicalText(content), pair.privateKey),
  },
})

/** As the product calculates, keeps, reads back and publishes. */
export function fileOf(
  { draft, readings, starsBefore }: Made,
  onKept: (kept: KeptInputs[], basis: PeriodBasis) => void = () => {},
  told: (score: Score, entity: number) => Score = (score) => score,
): ScoreFile {
  const { units, summary } = scorePeriod(draft, readings, starsBefore, 0.25)
  const made = Array.from({ length: readings.count }, (_, unit): FileUnit => {
    const kept = {
      ...keptScore(units, readings, unit, '2026-03-01'),
      entity: { number: unit + 1 },
      gateValues: readings.gates.map((gate) => (Number.isNaN(gate[unit]!) ? null : gate[unit]!)),
    }
    const stars = starsBefore[unit]!
    const before = stars === 0 ? undefined : { composite: 10 + 9 * stars, error: 3, stars }
    const entity = { key: `U${unit + 1}`, name: `单位 ${unit + 1}` }
    const score = toScore(draft, kept, { entity, complete: true, summary, before })
    return { kept, before, score: told(score, unit + 1) }
  })
  const basis = {
    items: readings.items.map(({ minimumN, better, scatter, scale }) => ({ minimumN, better, scatter, scale })),
    before: null,
  }
  onKept(
    made.map(({ kept }) => kept),
    basis,
  )
  return scoreFile({
    organisation,
    publication: { id: 'p', publishedAt: '2026-04-10T00:00:00Z', track: 'main', corrects: null, reason: '' },
    scheme: { version: 1, createdAt: '2026-01-01T00:00:00Z', adoptedAt: null, adoption: null, draft },
    grain: 'month',
    periodStart: '2026-03-01',
    run: { id: 'r', kind: 'periodic', baseRun: 'r', at: '2026-04-01T00:00:00Z', codeVersion: '0', seed: 0.25 },
    basis,
    indicators: {},
    summary,
    units: made,
    adjustments: [],
  })
}
const transforms: readonly Transform[] = [
  {
    kind: 'piecewise',
    points: [
      [20, 0],
      [50, 60],
      [90, 100],
    ],
  },
  { kind: 'target-gap', target: 80, pointsPerUnit: 2, floor: 10 },
  { kind: 'z-score', centre: 50, pointsPerDeviation: 20 },
  { kind: 'percentile' },
  {
    kind: 'step',
    steps: [
      [30, 20],
      [60, 70],
      [85, 100],
    ],
  },
]
export const sums: readonly Aggregation[] = [
  { kind: 'weighted-sum' },
  { kind: 'weighted-product', leastPoints: 2 },
  ...(['min-max', 'product-max', 'min-bounded-sum', 'weighted-average'] as const).map(
    (operator): Aggregation => ({ kind: 'fuzzy', operator, levels: [20, 40, 60, 80, 100] }),
  ),
]
export const relative: readonly Aggregation[] = [
  { kind: 'topsis' },
  { kind: 'vikor', v: 0.3 },
  { kind: 'grey-relational', rho: 0.5 },
  { kind: 'data-envelopment', returns: 'variable', orientation: 'output' },
]
export const bands = [
  { kind: 'fixed', from: [30, 50, 70, 90] },
  { kind: 'quantile', shares: [0.1, 0.2, 0.4, 0.3] },
  { kind: 'k-means', count: 4 },
] as const satisfies readonly SchemeDraft['grades']['bands'][]

export interface Made {
  readonly draft: SchemeDraft
  readonly readings: Readings
  readonly starsBefore: Uint8Array
}

const scatters: readonly Scatter[] = ['binomial', 'poisson', 'normal', 'unknown']
const pickFrom =
  (random: () => number) =>
  <T>(list: readonly T[]): T =>
    list[Math.floor(random() * list.length)]!

function columnFrom(random: () => number, count: number): ItemColumn {
  const pick = pickFrom(random)
  const scatter = pick(scatters)
  const gone = Array.from({ length: count }, () => random() < 0.08)
  const ns = Array.from({ length: count }, () =>
    random() < 0.1 ? Math.floor(random() * 8) : 10 + Math.floor(random() * 200),
  )
  const whole = random() < 0.1
  return {
    values: Float64Array.from(ns, (n, unit) =>
      gone[unit] || n === 0
        ? Number.NaN
        : whole
          ? 50
          : scatter === 'binomial'
            ? (100 * Math.round(random() * n)) / n
            : random() * 100,
    ),
    ns: Float64Array.from(ns, (n, unit) => (gone[unit] ? 0 : n)),
    errors: Float64Array.from(ns, (n) => (n === 0 || random() < 0.1 ? Number.NaN : 30 / Math.sqrt(n))),
    hidden: Uint8Array.from(gone, (own) => (own && random() < 0.5 ? 1 : 0)),
    minimumN: pick([0, 5]),
    better: pick(['more', 'less']),
    scatter,
    scale: scatter === 'binomial' ? 100 : scatter === 'poisson' ? 1000 : 1,
  }
}

function draftFrom(random: () => number, aggregation: Aggregation, part: Partial<SchemeDraftInput>): SchemeDraft {
  const pick = pickFrom(random)
  const few = aggregation.kind === 'data-envelopment'
  const items = Array.from({ length: few ? 2 : 4 }, (_, place) =>
    itemOf(`item-${place}`, few ? 0.5 : [0.1, 0.2, 0.3, 0.4][place]!, {
      transform: pick(transforms),
      shrink: pick(['none', 'peers']),
      minimumN: pick([null, 5, 20]),
      belowMinimum: pick(['missing', 'provisional']),
      required: place === 0 && random() < 0.3,
      role: place === 0 ? 'result' : few ? 'resource' : 'result',
    }),
  )
  const half = Math.ceil(items.length / 2)
  const shared = (own: typeof items) => {
    const whole = own.reduce((sum, item) => sum + item.weight, 0)
    return own.map((item) => ({ ...item, weight: item.weight / whole }))
  }
  const weightOf = (own: typeof items) => own.reduce((sum, item) => sum + item.weight, 0)
  return schemeOf(items, {
    aggregation,
    dimensions: [items.slice(0, half), items.slice(half)].map((own, place) => ({
      id: `dimension-${place}`,
      title: { zh: '维度', en: 'Dimension' },
      weight: weightOf(own),
      items: shared(own),
    })),
    gates: [
      {
        id: 'stars',
        title: { zh: '门', en: 'Gate' },
        indicator: 'gate',
        operator: 'at-least',
        limit: 4,
        cap: { kind: 'stars', most: 2 },
      },
      {
        id: 'points',
        title: { zh: '门', en: 'Gate' },
        indicator: 'gate',
        operator: 'more-than',
        limit: 2,
        cap: { kind: 'points', most: 45 },
      },
    ],
    missing: { rule: pick(['redistribute-in-dimension', 'redistribute-all', 'not-ranked']), mostShare: 0.5 },
    eligibility: { leastItems: pick([1, 2]), leastDimensions: pick([1, 2]), leastN: pick([0, 3]) },
    grades: { bands: pick(bands), hysteresisPoints: pick([0, 2]) },
    certainty: { confidence: pick([0.9, 0.95]), draws: 200, topShare: 0.1 },
    experience: [
      [0, 1],
      [60, 3.5],
      [100, 5],
    ],
    ...part,
  })
}

/** A scheme and readings from a seed: all transforms, kinds of scatter, gaps, small units, peer groups, gates. */
export function made(seed: number, aggregation: Aggregation, part: Partial<SchemeDraftInput> = {}): Made {
  const random = seededRandom(seed)
  const pick = pickFrom(random)
  const draft = draftFrom(random, aggregation, part)
  const count = 3 + Math.floor(random() * 30)
  const groupNames = pick([[''], ['县', '市']])
  const given = Array.from({ length: count }, () => Math.floor(random() * groupNames.length))
  const present = [...new Set(given)].toSorted((a, b) => a - b)
  return {
    draft,
    readings: {
      count,
      groups: Int32Array.from(given, (group) => present.indexOf(group)),
      groupNames: present.map((group) => groupNames[group]!),
      items: flatItems(draft).map(() => columnFrom(random, count)),
      gates: [0, 1].map(() => Float64Array.from({ length: count }, () => (random() < 0.7 ? Number.NaN : random() * 6))),
    },
    starsBefore: Uint8Array.from({ length: count }, () => Math.floor(random() * 6)),
  }
}
