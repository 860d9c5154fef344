/** What keeps a scheme from standing, by field; warnings may be saved. Ids of indicators are looked up before. */
import type { SchemeDraft, SchemeIssue, SchemeItem, Transform } from '../../contract/scheme.ts'
import { flatItems } from './flat-items.ts'

/** What is asked about an indicator. */
export interface IndicatorFacts {
  readonly direction: 'higher-is-better' | 'lower-is-better' | 'neutral'
  readonly retired: boolean
  /** Whether values come with a standard error. */
  readonly scatterKnown: boolean
}

/** Weights typed by people sum to 1 within this. */
export const WEIGHT_TOLERANCE = 1e-6
/** A linear programme for each unit over all others: more take minutes. */
export const ENVELOPMENT_UNITS_LIMIT = 2_000

export function issuesOfScheme(draft: SchemeDraft, indicators: ReadonlyMap<string, IndicatorFacts>): SchemeIssue[] {
  const issues: SchemeIssue[] = []
  const error = (field: string, rule: string, message: string) =>
    issues.push({ field, rule, message, severity: 'error' })
  const warning = (field: string, rule: string, message: string) =>
    issues.push({ field, rule, message, severity: 'warning' })
  const told = { error, warning }
  weightIssues(draft, told)
  for (const [d, dimension] of draft.dimensions.entries())
    for (const [i, item] of dimension.items.entries())
      itemIssues(draft, item, `dimensions.${d}.items.${i}`, indicators, told)
  for (const [place, gate] of draft.gates.entries()) {
    const field = `gates.${place}.indicator`
    const facts = indicators.get(gate.indicator)
    if (!facts) error(field, 'unknown', `There is no indicator ${gate.indicator}.`)
    else if (facts.retired) error(field, 'retired', `The indicator ${gate.indicator} is retired.`)
  }
  wholeIssues(draft, told)
  return issues
}

interface Told {
  readonly error: (field: string, rule: string, message: string) => void
  readonly warning: (field: string, rule: string, message: string) => void
}

function weightIssues(draft: SchemeDraft, { error }: Told): void {
  const sumOf = (parts: readonly { weight: number }[]) => parts.reduce((sum, part) => sum + part.weight, 0)
  const demand = (field: string, sum: number) => {
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE)
      error(field, 'weights', `The weights must sum to 1; they sum to ${Number(sum.toFixed(6))}.`)
  }
  demand('dimensions', sumOf(draft.dimensions))
  for (const [place, dimension] of draft.dimensions.entries())
    demand(`dimensions.${place}.items`, sumOf(dimension.items))
  const twice = (field: string, ids: readonly string[]) => {
    const again = ids.find((id, place) => ids.indexOf(id) !== place)
    if (again !== undefined) error(field, 'unique', `The id ${again} is there twice.`)
  }
  twice(
    'dimensions',
    draft.dimensions.map((dimension) => dimension.id),
  )
  twice(
    'dimensions',
    flatItems(draft).map((item) => item.id),
  )
  twice(
    'gates',
    draft.gates.map((gate) => gate.id),
  )
}

function itemIssues(
  draft: SchemeDraft,
  item: SchemeItem,
  field: string,
  indicators: ReadonlyMap<string, IndicatorFacts>,
  { error, warning }: Told,
): void {
  const { source } = item
  if (source.kind === 'assessed') {
    if (!(source.scale.low < source.scale.high))
      error(`${field}.source.scale`, 'order', 'The scale must end above where it begins.')
    const sum = source.raters.reduce((total, rater) => total + rater.weight, 0)
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE)
      error(`${field}.source.raters`, 'weights', `The weights of the raters must sum to 1; they sum to ${sum}.`)
    for (const [place, rater] of source.raters.entries()) {
      const own = `${field}.source.raters.${place}.indicator`
      if (rater.kind !== 'customers' && rater.indicator !== null)
        error(own, 'customers', 'Only customers speak through an indicator.')
      if (rater.indicator !== null && !indicators.has(rater.indicator))
        error(own, 'unknown', `There is no indicator ${rater.indicator}.`)
    }
  }
  const facts = source.kind === 'indicator' ? indicators.get(source.indicator) : ASSESSED
  const own = `${field}.source.indicator`
  const name = source.kind === 'indicator' ? source.indicator : item.id
  if (!facts) error(own, 'unknown', `There is no indicator ${name}.`)
  else if (facts.retired) error(own, 'retired', `The indicator ${name} is retired.`)
  else {
    if (facts.direction === 'neutral' && item.transform.kind !== 'piecewise')
      error(
        `${field}.transform`,
        'direction',
        `More of ${name} is neither better nor worse: only straight lines between values and points can judge it.`,
      )
    if (item.shrink === 'peers' && !facts.scatterKnown)
      warning(
        `${field}.shrink`,
        'scatter',
        `The error of ${name} is not known, so its values cannot be drawn together.`,
      )
    if (
      draft.aggregation.kind === 'data-envelopment' &&
      facts.direction === 'lower-is-better' &&
      item.role === 'result'
    )
      error(`${field}.role`, 'direction', `Less of ${name} is better: in data envelopment it can only be a resource.`)
  }
  transformIssues(item.transform, `${field}.transform`, error)
}

/** People judge on a scale where more is better, and the error of their mean is known. */
const ASSESSED: IndicatorFacts = { direction: 'higher-is-better', retired: false, scatterKnown: true }

function transformIssues(transform: Transform, field: string, error: Told['error']): void {
  const pairs = transform.kind === 'piecewise' ? transform.points : transform.kind === 'step' ? transform.steps : []
  const disordered = pairs.some(([value], place) => place > 0 && value <= pairs[place - 1]![0])
  if (disordered) error(field, 'order', 'The values must ascend.')
}

function wholeIssues(draft: SchemeDraft, { error, warning }: Told): void {
  const items = flatItems(draft)
  const { aggregation, grades, experience, eligibility } = draft
  if (aggregation.kind === 'data-envelopment') {
    for (const role of ['result', 'resource'] as const)
      if (!items.some((item) => item.role === role))
        error('aggregation', 'roles', `Data envelopment needs at least one ${role}.`)
  } else if (items.some((item) => item.role === 'resource'))
    warning('aggregation', 'roles', 'Resources count as items like any other outside data envelopment.')
  if (aggregation.kind === 'fuzzy' && !ascends(aggregation.levels))
    error('aggregation.levels', 'order', 'The levels must ascend.')
  const { bands } = grades
  if (bands.kind === 'fixed' && !ascends(bands.from)) error('grades.bands', 'order', 'The borders must ascend.')
  if (bands.kind === 'quantile') {
    const sum = bands.shares.reduce((total, share) => total + share, 0)
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE)
      error('grades.bands', 'weights', `The shares of the grades must sum to 1; they sum to ${sum}.`)
  }
  if (!ascends(experience.map(([points]) => points)))
    error('experience', 'order', 'The points of the experience score must ascend.')
  if (eligibility.leastItems > items.length)
    error('eligibility.leastItems', 'limit', `The scheme has ${items.length} items only.`)
  if (eligibility.leastDimensions > draft.dimensions.length)
    error('eligibility.leastDimensions', 'limit', `The scheme has ${draft.dimensions.length} dimensions only.`)
  const again = draft.grains.find((grain, place) => draft.grains.indexOf(grain) !== place)
  if (again !== undefined) error('grains', 'unique', `The period ${again} is there twice.`)
}

const ascends = (values: readonly number[]) => values.every((value, place) => place === 0 || value > values[place - 1]!)
