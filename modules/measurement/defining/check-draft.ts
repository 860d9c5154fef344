/** Everything that speaks against a draft: what it says itself, what it names, and whether its worked examples come out. */
import { calendarDays } from '#organisation/actions/calendars'
import { dayOf } from '#platform/periods'
import { Refusal } from '#platform/refusal'
import type { Context } from '#platform/context'
import type { IndicatorDefinition } from '../contract/definition.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import { DERIVED_DEPTH_LIMIT } from '../reading/derived.ts'
import { faultsOfDraft } from '../rules/definition.ts'
import type { DefinitionIssue } from '../rules/drafts/issues.ts'
import { isFault, readFormula } from '../rules/formula.ts'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'
import { currentIndicators } from '../store/records/indicators.ts'
import { type ExampleOutcome, runExamples } from './run-examples.ts'

export interface DraftCheck {
  readonly issues: readonly DefinitionIssue[]
  /** Empty while there are issues that keep it from being calculated. */
  readonly examples: readonly ExampleOutcome[]
}

/** Definitions that will stand beside it, by id: those of the same file. */
export type Alongside = ReadonlyMap<string, IndicatorDraft>

export async function checkDraft(
  context: Context,
  draft: IndicatorDraft,
  alongside: Alongside = new Map(),
): Promise<DraftCheck> {
  const own = faultsOfDraft(draft)
  const named = own.some((issue) => issue.field.startsWith('definition'))
    ? []
    : await faultsOfNames(context, draft, alongside)
  const issues = [...own, ...named]
  if (issues.some(({ field }) => DECISIVE.test(field))) return { issues, examples: [] }
  const examples = await runExamples(context, draft)
  const disagreeing = examples.flatMap(({ agrees, value, n, expected }, index): DefinitionIssue[] => {
    if (agrees) return []
    const values = { value: value ?? '—', n, expected: expected ?? '—' }
    const message = `The worked example gives ${value ?? 'no value'} (n = ${n}), expected is ${expected ?? 'no value'}.`
    return [{ field: `examples.${index}.expected`, rule: 'example-disagrees', message, values }]
  })
  return { issues: [...issues, ...disagreeing], examples }
}

/** Fields without which examples cannot be calculated; faults of the others (target, band, …) stand beside their outcome. */
const DECISIVE = /^(definition|cap|exclusions|rollUp|missing|examples\.)/

/** Calendars and indicators the definition names: they exist, their units go together, and nothing rests on itself. */
async function faultsOfNames(
  context: Context,
  draft: IndicatorDraft,
  alongside: Alongside,
): Promise<DefinitionIssue[]> {
  const { definition } = draft
  const issues: DefinitionIssue[] = []
  if (definition.kind === 'derived') issues.push(...(await faultsOfParts(context, draft.id, definition, alongside)))
  else {
    for (const id of calendarsNamed(draft)) {
      if (!(await calendarExists(context, id)))
        issues.push({
          field: 'definition.where',
          rule: 'calendar-unknown',
          message: `There is no calendar ${id}. Create it first under administration.`,
          values: { id },
        })
    }
  }
  return issues
}

async function calendarExists(context: Context, id: string): Promise<boolean> {
  const today = dayOf(context.now, 'UTC')
  try {
    await calendarDays(context, id, today, today)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

type Derived = Extract<IndicatorDefinition, { kind: 'derived' }>

/** The newest version of each, or what will be it. */
async function draftsById(
  context: Context,
  ids: readonly string[],
  alongside: Alongside,
): Promise<Map<string, IndicatorDraft>> {
  const stored = await currentIndicators(
    context,
    ids.filter((id) => !alongside.has(id)),
  )
  const beside = ids.flatMap((id) => alongside.get(id) ?? [])
  return new Map([...stored, ...beside].map((each) => [each.id, each]))
}

async function faultsOfParts(
  context: Context,
  id: string,
  definition: Derived,
  alongside: Alongside,
): Promise<DefinitionIssue[]> {
  const issues: DefinitionIssue[] = []
  const parts = definition.parts.map((part) => part.indicator)
  const found = await draftsById(context, parts, alongside)
  for (const [index, part] of definition.parts.entries()) {
    if (!found.has(part.indicator))
      issues.push({
        field: `definition.parts.${index}.indicator`,
        rule: 'part-unknown',
        message: `There is no indicator ${part.indicator}.`,
        values: { id: part.indicator },
      })
  }
  if (issues.length > 0) return issues
  const units = new Map(definition.parts.map((part) => [part.name, found.get(part.indicator)!.unit as string]))
  const read = readFormula(definition.formula, units)
  if (isFault(read))
    issues.push({ field: 'definition.formula', rule: read.rule, message: read.message, values: { ...read.values } })
  else if (read.names.length === 0)
    issues.push({
      field: 'definition.formula',
      rule: 'formula-constant',
      message: 'The formula names no part: it would always be the same.',
    })
  const circle = await circleOf(context, id, definition, alongside)
  if (circle) issues.push({ field: 'definition.parts', ...circle })
  return issues
}

/** Follows the parts down: none may come back to the indicator itself, and the way down is short. */
async function circleOf(
  context: Context,
  id: string,
  definition: Derived,
  alongside: Alongside,
): Promise<Omit<DefinitionIssue, 'field'> | null> {
  let level: { path: readonly string[]; parts: readonly string[] }[] = [
    { path: [id], parts: definition.parts.map((part) => part.indicator) },
  ]
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: typeof level = []
    for (const { path, parts } of level) {
      for (const part of parts) {
        const circle = [...path, part].join(' > ')
        if (path.includes(part))
          return {
            rule: 'definition-cycle',
            message: `The indicator rests on itself: ${circle}.`,
            values: { path: circle },
          }
      }
      for (const found of (await draftsById(context, parts, alongside)).values()) {
        if (found.definition.kind !== 'derived') continue
        next.push({ path: [...path, found.id], parts: found.definition.parts.map((part) => part.indicator) })
      }
    }
    if (next.length > 0 && depth >= DERIVED_DEPTH_LIMIT)
      return {
        rule: 'definition-depth',
        message: `Indicators of indicators go at most ${DERIVED_DEPTH_LIMIT} levels deep.`,
        values: { limit: DERIVED_DEPTH_LIMIT },
      }
    level = next
  }
  return null
}
