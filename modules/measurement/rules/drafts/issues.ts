/** The names of everything that can be wrong with a definition; each has its sentence in `words/definition-issues.ts`. */
export const definitionRules = [
  'never',
  'cancels',
  'share-of-all',
  'quantile-turned',
  'unit-duration',
  'unit-share',
  'unit-score',
  'beyond-window',
  'scale-order',
  'score-outside',
  'score-order',
  'pair-same',
  'match-twice',
  'ambiguous',
  'formula-constant',
  'formula-last',
  'fact-unknown',
  'shrink-minimum',
  'shrink-total',
  'roll-up-derived',
  'roll-up-stock',
  'zero-share',
  'zero-level',
  'exclusion-kind',
  'answers-window',
  'example-missing',
  'example-order',
  'example-parts',
  'example-disagrees',
  'share-range',
  'band-order',
  'band-direction',
  'band-target',
  'cap-empty',
  'cap-order',
  'cap-kind',
  'cap-percentile',
  'cap-too-few',
  'calendar-unknown',
  'part-unknown',
  'definition-cycle',
  'definition-depth',
  'formula-syntax',
  'formula-text',
  'formula-form',
  'formula-name',
  'formula-member',
  'formula-function',
  'formula-operator',
  'formula-arguments',
  'formula-unit',
  'formula-depth',
  'effective-overlap',
  'retired',
  'twice-in-text',
  'text-broken',
  'text-empty',
  'text-too-many',
] as const
export type DefinitionRule = (typeof definitionRules)[number]

/** What a sentence about an issue is filled with. */
export type IssueValues = Readonly<Record<string, string | number>>

export interface DefinitionIssue {
  /** Path in the draft: `definition.numerator.0.where`. */
  readonly field: string
  readonly rule: DefinitionRule
  /** In English, for programs; screens tell the rule in the reader's language. */
  readonly message: string
  readonly values?: Record<string, string | number>
}
