/**
 * The file anybody can calculate every score again from (`bihuan-scores/1`): the whole scheme, the frozen inputs, what came out. What is withheld
 * in the league table is withheld here too; it has no bearing on other units but through priors and usual values, which are told.
 */
import type { AppliedAdjustment } from '../../contract/publishing.ts'
import type { Adoption, SchemeDraft } from '../../contract/scheme.ts'
import type { RankingSummary, Score } from '../../contract/scores.ts'
import { HIDDEN, type PeriodBasis, TOO_FEW } from '../composing/readings.ts'
import { flatItems } from '../schemes/flat-items.ts'
import { PROVISIONAL } from '../score-period.ts'
import type { Before, KeptScore } from '../to-score.ts'
import { isWithheld } from './withheld.ts'
import type { KeptInputs } from './frozen.ts'

export const SCORE_FILE_FORMAT = 'bihuan-scores/1'

export interface FileFacts {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly publication: {
    readonly id: string
    readonly publishedAt: string
    readonly track: string
    readonly corrects: string | null
    readonly reason: string
  }
  readonly scheme: {
    readonly version: number
    readonly createdAt: string
    readonly adoptedAt: string | null
    readonly adoption: Adoption | null
    readonly draft: SchemeDraft
  }
  readonly grain: string
  readonly periodStart: string
  readonly run: {
    readonly id: string
    readonly kind: string
    readonly baseRun: string
    readonly at: string
    readonly codeVersion: string
    readonly seed: number
  }
  readonly basis: PeriodBasis
  /** Versions of the indicators that judged the period. */
  readonly indicators: Readonly<Record<string, number>>
  readonly summary: RankingSummary
  readonly units: readonly FileUnit[]
  readonly adjustments: readonly AppliedAdjustment[]
}

export interface FileUnit {
  readonly kept: KeptScore & KeptInputs & { readonly uncapped: number | null }
  readonly score: Score
  readonly before: Before | undefined
}

export function scoreFile(facts: FileFacts) {
  const { scheme, basis, indicators, summary } = facts
  const draft = withoutNames(scheme.draft)
  return {
    format: SCORE_FILE_FORMAT,
    organisation: facts.organisation,
    publication: facts.publication,
    scheme: { ...scheme, draft },
    grain: facts.grain,
    periodStart: facts.periodStart,
    run: facts.run,
    items: flatItems(draft).map(({ id, dimension, source }, place) => {
      const indicator = source.kind === 'indicator' ? source.indicator : null
      const version = indicator === null ? null : (indicators[indicator] ?? null)
      return { id, dimension, indicator, version, ...basis.items[place]! }
    }),
    gates: draft.gates.map(({ id, indicator }) => ({ id, indicator, version: indicators[indicator] ?? null })),
    borders: summary.starsFrom,
    mean: summary.mean,
    overDispersion: summary.overDispersion,
    ranked: summary.ranked,
    topCount: summary.topCount,
    priors: summary.priors,
    moments: summary.moments,
    units: facts.units.map(unitOf),
    adjustments: facts.adjustments.map((adjustment) => withoutFigures(adjustment, facts.units)),
  }
}
export type ScoreFile = ReturnType<typeof scoreFile>

/** Who judged in pairs is nobody's business outside: what they judged is, for the weights follow from it. */
function withoutNames(draft: SchemeDraft): SchemeDraft {
  const text = JSON.stringify(draft, (key: string, value: unknown) =>
    key === 'judges' && Array.isArray(value)
      ? value.map((judge: object, place) => ({ ...judge, name: `${place + 1}` }))
      : value,
  )
  return JSON.parse(text) as SchemeDraft
}

const NO_FIGURES = { value: null, n: 0, standardError: null }

function withoutFigures(adjustment: AppliedAdjustment, units: readonly FileUnit[]): AppliedAdjustment {
  const unit = units.find(({ score }) => score.entity.key === adjustment.entity.key)
  const open = !unit?.score.parts.some((part) => part.isProtected)
  return open ? adjustment : { ...adjustment, before: NO_FIGURES, after: NO_FIGURES }
}

function unitOf({ kept, score, before }: FileUnit) {
  const { entity, peerGroup, parts, ...result } = score
  const named = { key: entity.key, name: entity.name, peerGroup }
  if (isWithheld(score) || score.isProtected) return { ...named, withheld: true as const }
  const stood = before ? { composite: before.composite, error: before.error, stars: before.stars || null } : null
  // With what the others gave, the whole would tell what the protected item gave.
  const isProtected = parts.some((part) => part.isProtected)
  const told = <T>(column: readonly T[]): T[] => (isProtected ? [] : [...column])
  const open = <T>(column: readonly T[]) =>
    told(column.map((value, place) => (isCellOpen(kept.flags[place]!) ? value : null)))
  return {
    ...named,
    withheld: false as const,
    protected: isProtected,
    values: open(kept.values),
    ns: open(kept.ns),
    errors: open(kept.errors),
    missing: told(parts.map((part) => part.missingBecause)),
    gates: told(kept.gateValues),
    before: stood,
    used: open(kept.used),
    points: told(kept.points),
    effectiveWeights: told(parts.map((part) => part.effectiveWeight)),
    provisionalItems: told(parts.map((part) => part.provisional)),
    result: { ...result, uncapped: kept.uncapped },
  }
}

const isCellOpen = (flag: number) => flag % PROVISIONAL !== TOO_FEW && flag % PROVISIONAL !== HIDDEN
